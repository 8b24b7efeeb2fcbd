"""Fact checks: articles that repeat what they examine, before they say what is known of it."""

import re

from index.articles import Article

_IN_TITLE = re.compile(
    r"\bfact[- ]?(?:check(?:s|ed|ing)?|focus)\b|\b(?:bbc|reality) (?:verify|check)\b", re.IGNORECASE
)
# Addresses of pages and outlets that do nothing else.
_IN_ADDRESS = re.compile(
    r"fact-?check|/fact-?focus|//(?:www\.)?(?:politifact|snopes|fullfact)\.", re.IGNORECASE
)


def is_fact_check(article: Article) -> bool:
    """Return True if an article examines a claim, so that a sentence of it that says the same reports nothing.

    Measured on judged questions: of 149 such sentences, 124 belong to questions that the news denies.
    """
    return bool(_IN_TITLE.search(article.title) or _IN_ADDRESS.search(article.url))
