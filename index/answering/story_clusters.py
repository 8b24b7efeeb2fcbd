"""What is reported most: articles of one stretch of time, put together by what they are about."""

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

MIN_SIMILARITY = (
    0.4  # mean cosine distance from which two groups are other stories; chosen by eye on busy weeks
)
LEAD_SENTENCES = 40  # characters; a shorter first sentence is a label or a greeting


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


def cluster_stories(fresh: Sequence[ArrivedArticle], most: int) -> tuple[Story, ...]:
    """Group articles into at most `most` stories: what most outlets report for themselves comes first."""
    quotable = [one for one in fresh if _lead(one)]
    told = [_story(group) for group in _groups(quotable)]
    told.sort(key=lambda story: (-len(story.outlets), -story.articles, -story.newest.timestamp()))
    return tuple(told[:most])


def _groups(fresh: Sequence[ArrivedArticle]) -> list[list[ArrivedArticle]]:
    """Cluster by average linkage over the cosine distance of their vectors (Sokal and Michener 1958)."""
    if len(fresh) < 2:
        return [[one] for one in fresh]
    from scipy.cluster.hierarchy import fcluster, linkage  # takes long to load, and few ask for it

    vectors = np.stack([one.vector for one in fresh])
    labels: NDArray[np.int64] = fcluster(linkage(vectors, "average", "cosine"), MIN_SIMILARITY, "distance")
    groups: dict[int, list[ArrivedArticle]] = {}
    for label, one in zip(labels.tolist(), fresh, strict=True):
        groups.setdefault(label, []).append(one)
    return list(groups.values())


def _story(group: Sequence[ArrivedArticle]) -> Story:
    """Tell a group by the article nearest to all of them."""
    middle = np.mean([one.vector for one in group], axis=0)
    typical = max(group, key=lambda one: (float(one.vector @ middle), -one.cursor))
    first: dict[int, ArrivedArticle] = {}
    for one in sorted(group, key=lambda one: (one is not typical, one.time, one.cursor)):
        first.setdefault(one.cluster_id, one)  # of near-copies, the first to appear speaks for itself
    outlets = dict.fromkeys(one.article.outlet for one in first.values())
    return Story(_quote(typical), tuple(outlets), len(group), max(one.time for one in group))


def _quote(fresh: ArrivedArticle) -> Quote:
    article, lead = fresh.article, _lead(fresh) or fresh.lead[0]
    text = article.text[lead.start : lead.end]
    return Quote(
        article,
        lead.start + dateline_end(text),
        lead.end,
        speaker=speaker_of(article.text, fresh.lead, fresh.lead.index(lead)),
        cited_source=cited_source(text),
    )


def _lead(fresh: ArrivedArticle) -> Span | None:
    """Choose the first sentence that stands by itself, else the first; None if there is none."""
    text = fresh.article.text
    telling = (
        span
        for span in fresh.lead
        if span.end - span.start >= LEAD_SENTENCES
        and not needs_previous_sentence(text[span.start : span.end])
    )
    return next(telling, fresh.lead[0] if fresh.lead else None)
