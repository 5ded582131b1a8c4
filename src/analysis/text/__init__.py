"""What the articles say: tokens, counts and keyword in context."""
