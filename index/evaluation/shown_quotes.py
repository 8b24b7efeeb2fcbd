"""Measure how many of the quotes shown are sentences of their articles, and not furniture around them.

Each quote that the first cards of the judged questions show was read; `shown_labels.jsonl.gz` holds the hash of each and its
letter, as in `fit_lines`. What nobody has read counts for nothing.
"""

from collections.abc import Iterable, Mapping

from index.answering.answers import Answer, Quote
from index.evaluation.fitting.fit_lines import label_key, read_labels

SHOWN_LABELS = "shown_labels.jsonl.gz"
SHOWN_FIRST = 3  # quotes that a card shows, of each group, before any button is pressed
FURNITURE = "f"


def sentences_shown(answers: Iterable[Answer], labels: Mapping[str, str] | None = None) -> float:
    """Return which share of the quotes shown that were read are no furniture, from 0 to 1; 1 without any.

    `labels` are letters by `label_key`, those that come with Verbatim where they are None.
    """
    labels = read_labels(SHOWN_LABELS) if labels is None else labels
    shown = {label_key(quote.article.url, quote.text) for answer in answers for quote in _first_of(answer)}
    letters = [labels[key] for key in shown if key in labels]
    return 1.0 - letters.count(FURNITURE) / max(1, len(letters))


def _first_of(answer: Answer) -> Iterable[Quote]:
    return (quote for group in answer.groups for quote in group.quotes[:SHOWN_FIRST])
