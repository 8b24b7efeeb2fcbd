"""Where an article came from, and how far that is to be believed about what stands at its address.

Whoever may add feeds may announce any address. So what everybody reads of an article depends on the best source only:
one that is less trusted than those the article has adds its circle and changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from index.articles import Article
from index.circles import BY_HAND
from index.sites import is_same_site
from index.storage.store import Store


class Trust(IntEnum):
    """How far a feed is believed about an address."""

    FOREIGN = 0  # it lies on another site: it tells the address, and what stands there is fetched from there
    OWN_SITE = 1  # the site announces its own pages
    HOUSE = 2  # the owner chose it


@dataclass(frozen=True, slots=True)
class Announced:
    """An article that feeds announced, named by their ids."""

    article: Article
    feeds: frozenset[int]


def trust_in(store: Store, feeds: Iterable[int], url: str) -> Trust:
    """Return how far the most trusted of some feeds is believed about an address."""
    rows = store.feed_places(feeds)
    if BY_HAND in feeds or any(in_house for _, in_house in rows):
        return Trust.HOUSE
    return max((trust_of_site(feed_url, url) for feed_url, _ in rows), default=Trust.FOREIGN)


def trust_of_site(feed_url: str, url: str) -> Trust:
    """Return how far a feed that the house has not is believed about an address."""
    return Trust.OWN_SITE if is_same_site(feed_url, url) else Trust.FOREIGN
