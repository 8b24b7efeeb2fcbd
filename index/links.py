"""The link that opens an article at a sentence: a URL with a text fragment."""

from index.articles import Span


def deep_link(url: str, text: str, span: Span) -> str:
    """Return the address that opens the article at the sentence `text[span.start:span.end]`."""
    raise NotImplementedError
