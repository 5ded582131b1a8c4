"""What goes out by itself: issues of reports, a site of them, and what changed."""
