"""The markup within the sentences of a page, as text."""
