"""What of a page is no sentence of its article: the lines' classifier, and the stamps glued to sentences."""
