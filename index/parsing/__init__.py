"""Files, pages and feeds of any format, read into articles."""
