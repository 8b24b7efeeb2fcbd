"""Binding outlets' names to hosts while articles come in: who was called so first, in the house or in a circle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from index.articles import Article
from index.circles import HOUSE_ID
from index.outlet_names import name_key, outlet_name
from index.sites import site_of
from index.storage.store import Store

DONE_KEY = "outlet_names"  # of the store's metadata, present once the names of an index have been recorded


@dataclass(frozen=True, slots=True)
class OutletBinding:
    """Names articles after the hosts that they came from. `own_names` are those that the owner set, by host."""

    store: Store
    own_names: Mapping[str, str] = field(default_factory=dict)

    def bind(self, article: Article, feeds: Iterable[int]) -> Article:
        """Return the article under the name that it is quoted under.

        A name is taken when another site has it in the house, or in a circle that one of `feeds` belongs to: what
        other circles have does not count.
        """
        circles = {HOUSE_ID, *self.store.circle_ids(feeds)}

        def is_taken(key: str) -> bool:
            return self.store.has_outlet_name(key, circles, other_than=site_of(article.url))

        name = outlet_name(article.url, article.outlet, self.own_names, is_taken)
        return article if name == article.outlet else replace(article, outlet=name)


def record_name(store: Store, article: Article, circles: Iterable[int]) -> None:
    """Record whose the name of an article's outlet is in some circles, unless it is somebody's already.

    Call it inside `store.transaction()`.
    """
    site = site_of(article.url)
    if site:
        store.add_outlet_name(name_key(article.outlet), site, circles)


def record_names(store: Store) -> None:
    """Record the names of all outlets of an index of an earlier version, once. Raise BusyIndex."""
    if store.meta(DONE_KEY):
        return
    rows = store.query(
        "SELECT outlet, url, circle FROM articles JOIN sources USING (first) JOIN feed_circles USING (feed)"
        " ORDER BY added, first, circle"
    )
    names = dict.fromkeys((outlet, site_of(url), circle) for outlet, url, circle in rows)
    with store.transaction():
        for outlet, site, circle in names:
            if site:
                store.add_outlet_name(name_key(outlet), site, [circle])
    store.set_meta(DONE_KEY, "1")
