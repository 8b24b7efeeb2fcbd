"""What tests of feeds share: a story, and reading it out of a feed."""

from index.parsing.feeds.items import Feed
from index.parsing.feeds.reader import read_feed
from tests.web.feeds import Story

HOME = "https://post.example/feed"


STORY = Story(
    "https://post.example/bridge?utm_source=rss#top", full="<p>The bridge opens.</p>", author="Jo Berg"
)


def read(text: str | bytes, content_type: str = "", url: str = HOME) -> Feed:
    return read_feed(text.encode() if isinstance(text, str) else text, content_type, url)
