"""Pages and feeds from the web: polite, bounded, and never from private addresses."""
