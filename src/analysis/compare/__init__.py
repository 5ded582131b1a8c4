"""What differs between groups of articles: terms and topics, with intervals."""
