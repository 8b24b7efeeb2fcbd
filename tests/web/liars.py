"""What a feed does that lies: it forges what an outlet says, and reaches for what is another's.

Each act sets a newspaper, `liar`, up; `paper` is the one that it harms, `url` the address of its story.
"""

from datetime import UTC, datetime

from tests.web import feeds, pages
from tests.web.feeds import Story
from tests.web.newspaper import Wanted

FORGED = (
    "The Ellwater dam broke on Friday and the water board of Norwick lied about it all along, it is said."
)
QUOTED = tuple(f"<p>{sentence}</p>" for sentence in (FORGED, *pages.PARAGRAPHS[4:]))


def forgery(name="The Harbour Post", *paragraphs, **options):
    data = {"publisher": {"@type": "Organization", "name": name}}
    return Wanted(
        pages.story((FORGED, *paragraphs, *pages.PARAGRAPHS[4:]), data=data, **options), "text/html"
    )


def calls_itself_another(liar, paper, url):
    liar.wanted["/a"] = forgery()
    liar.wanted["/feed"] = Wanted(feeds.rss([Story(f"{liar.origin}/a")]))


def claims_anothers_links(liar, paper, url):
    old = datetime(2020, 1, 1, tzinfo=UTC)
    liar.wanted["/feed"] = Wanted(
        feeds.rss(
            [Story(url, FORGED, old, full="".join(QUOTED), author="A Liar"), Story(f"{url}?x=1", FORGED)]
        )
    )


def redirects_its_page_to_another(liar, paper, url):
    liar.wanted["/feed"] = Wanted(
        feeds.rss([Story(f"{liar.origin}/to?url={url}", FORGED, full="".join(QUOTED), author="A Liar")])
    )


def redirects_its_feed_to_another(liar, paper, url):
    liar.wanted["/feed"] = Wanted(status=301, headers={"Location": paper.press.feed("atom")})


def floods(liar, paper, url):
    for number in range(30):
        liar.wanted[f"/{number}"] = forgery(
            "The Harbour Post",
            f"This is lie {number} about the dam of Ellwater, said {number} people on Friday.",
        )
    liar.wanted["/feed"] = Wanted(feeds.rss([Story(f"{liar.origin}/{number}") for number in range(30)]))


ACTS = (
    calls_itself_another,
    claims_anothers_links,
    redirects_its_page_to_another,
    redirects_its_feed_to_another,
    floods,
)
