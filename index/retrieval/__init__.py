"""The derived indexes (vectors, keywords, tokens, article columns) and the search over them."""
