"""Measure how many sentences of ordinary articles the line classifier keeps: one sentence of each of 3,000 articles.

Articles and sentences are chosen by their hashes, whatever they look like. What the classifier takes out of them was
read, and `plain_labels.jsonl.gz` holds the hash of each and its letter, as in `fit_lines`. A line that nobody has read
counts as a lost sentence, so that a classifier that takes out more has a lower figure until somebody has read what.
"""

from collections.abc import Mapping, Sequence

from index.evaluation.fitting.fit_lines import (
    article_key,
    count_lines,
    isolated_repetitions,
    label_key,
    read_labels,
)
from index.furniture.line_model import NEVER, LineModel, bundled_line_model
from index.storage.records import StoredArticle

PLAIN_LABELS = "plain_labels.jsonl.gz"
SAMPLED_ARTICLES = 3000  # judged: one of 500 is six of them
NO_SENTENCES = frozenset("fq")  # letters of lines that are rightly taken out


def plain_sentences_kept(
    articles: Sequence[StoredArticle],
    model: LineModel | None = None,
    labels: Mapping[str, str] | None = None,
) -> float:
    """Return the share of the chosen sentences that stay quotable, from 0 to 1; 1 without any.

    The articles are all of the corpus, over which repetitions are counted. `model` and `labels` are those that come
    with Verbatim where they are None.
    """
    labels = read_labels(PLAIN_LABELS) if labels is None else labels
    sample = sorted(articles, key=lambda stored: (article_key(stored.article.url), stored.article.url))
    sample = sample[:SAMPLED_ARTICLES]
    taken = taken_sentences(sample, articles, model)
    right = sum(labels.get(key, "s") in NO_SENTENCES for key in taken)
    return 1.0 - (len(taken) - right) / (len(sample) - right) if len(sample) > right else 1.0


def taken_sentences(
    sample: Sequence[StoredArticle], articles: Sequence[StoredArticle], model: LineModel | None = None
) -> dict[str, str]:
    """Return those of one sentence of each article of a sample that are taken for furniture, by `label_key`."""
    model = model or bundled_line_model()
    counts = count_lines(articles)
    taken = {}
    for stored in sample:
        lines = stored.sentences()[1:]
        keys = [label_key(stored.article.url, line) for line in lines]
        at = keys.index(min(keys))
        needed = model.furniture_counts(stored.article, stored.spans[1:])[at]
        if needed < NEVER and isolated_repetitions(stored, counts)[at] >= needed:
            taken[keys[at]] = lines[at]
    return taken
