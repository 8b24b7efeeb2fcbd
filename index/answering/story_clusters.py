"""Cluster recent articles into stories, those that most outlets report first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from index.answering.answers import Quote
from index.articles import Span
from index.attribution.speaker_attribution import cited_source, speaker_of
from index.storage.recent_articles import ArrivedArticle
from index.text.context_dependence import dateline_end, needs_previous_sentence

MAX_DISTANCE = 0.4  # mean cosine distance of two groups of one story; judged, by reading those of busy weeks
MIN_LEAD_LENGTH = 40  # characters of a lead; judged: a shorter first sentence is a label or a greeting


@dataclass(frozen=True, slots=True)
class Story:
    """One story: the lead sentence of its most typical article, as a quote, and who else reports it.

    `outlets` are those that report it in words of their own, the quoted one first; near-copies of one text
    count once. `articles` is how many there are in all, `newest` when the last of them appeared.
    """

    quote: Quote
    outlets: tuple[str, ...]
    articles: int
    newest: datetime


def cluster_stories(articles: Sequence[ArrivedArticle], k: int) -> tuple[Story, ...]:
    """Return at most `k` stories: what most outlets report in their own words comes first."""
    quotable = [article for article in articles if _lead(article)]
    stories = [_story(group) for group in _groups(quotable)]
    stories.sort(key=lambda story: (-len(story.outlets), -story.articles, -story.newest.timestamp()))
    return tuple(stories[:k])


def _groups(arrived: Sequence[ArrivedArticle]) -> list[list[ArrivedArticle]]:
    """Return clusters by average linkage over the cosine distance of vectors (Sokal and Michener 1958)."""
    if len(arrived) < 2:
        return [[one] for one in arrived]
    from scipy.cluster.hierarchy import fcluster, linkage  # slow to import, and rarely needed

    vectors = np.stack([one.vector for one in arrived])
    labels: NDArray[np.int64] = fcluster(linkage(vectors, "average", "cosine"), MAX_DISTANCE, "distance")
    groups: dict[int, list[ArrivedArticle]] = {}
    for label, one in zip(labels.tolist(), arrived, strict=True):
        groups.setdefault(label, []).append(one)
    return list(groups.values())


def _story(group: Sequence[ArrivedArticle]) -> Story:
    """Return the story of a group, quoted from the article nearest to its centroid."""
    centroid = np.mean([one.vector for one in group], axis=0)
    typical = max(group, key=lambda one: (float(one.vector @ centroid), -one.cursor))
    originals: dict[int, ArrivedArticle] = {}
    for one in sorted(group, key=lambda one: (one is not typical, one.time, one.cursor)):
        originals.setdefault(one.cluster_id, one)  # of near-copies the first to appear counts
    outlets = dict.fromkeys(one.article.outlet for one in originals.values())
    return Story(_quote(typical), tuple(outlets), len(group), max(one.time for one in group))


def _quote(arrived: ArrivedArticle) -> Quote:
    article, lead = arrived.article, _lead(arrived) or arrived.lead[0]
    text = article.text[lead.start : lead.end]
    return Quote(
        article,
        lead.start + dateline_end(text),
        lead.end,
        speaker=speaker_of(article.text, arrived.lead, arrived.lead.index(lead)),
        cited_source=cited_source(text),
    )


def _lead(arrived: ArrivedArticle) -> Span | None:
    """Return the first sentence that stands by itself, else the first; None if there is none."""
    text = arrived.article.text
    independent = (
        span
        for span in arrived.lead
        if span.end - span.start >= MIN_LEAD_LENGTH
        and not needs_previous_sentence(text[span.start : span.end])
    )
    return next(independent, arrived.lead[0] if arrived.lead else None)
