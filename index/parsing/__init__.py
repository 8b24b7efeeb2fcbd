"""Pages, texts, rows and feeds of any format, parsed into articles and feed items."""
