"""The way of an article into the store: read, split, encoded, committed."""
