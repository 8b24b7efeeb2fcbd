"""What a page is, beside its text: an article, a live blog, a video, a paywall's excerpt, or no article at all."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from index.articles import ArticleKind
from index.parsing.page_metadata import PageMetadata
from index.parsing.page_teasers import is_list_of_teasers
from index.text.word_lists import load_words

# All judged, by reading pages and what came of them.
SHORT_TEXT_WORDS = 150  # fewer may be a teaser, a notice or a consent form; more is an article
MIN_ARTICLE_WORDS = 25  # of the shortest news flash that is an article
EXCERPT_SHARE = 0.7  # of the words that the metadata state: a text with fewer is an excerpt
MAX_EXCERPT_WORDS = 400  # no site gives away more of an article for subscribers
MIN_PAYWALLED_WORDS = 40  # of a section for subscribers: with fewer it is a notice, not the section
MAX_PAYWALLED_ELEMENTS = 50  # that are counted
CHECKED_LENGTH = 20_000  # characters of a text that are searched for notices: far more than SHORT_TEXT_WORDS
MIN_CONSENT_PHRASES = 2  # different ones, for one alone may stand at the foot of any page
MIN_COOKIE_MENTIONS = 3
HEADLINE_WORDS = 5  # a link of so many words is a headline
MIN_LISTED_HEADLINES = 15  # a list of articles has as many
HEADLINES_PER_PARAGRAPH = 3  # a list of articles has more
PARAGRAPH_LENGTH = 120  # characters; a shorter line is no paragraph
LETTERS_PER_WORD = 5  # where words are not parted by spaces
MAX_MEAN_WORD_LENGTH = 12  # letters; longer "words" are whole sentences without spaces

# "bridge", "2024", "橋は月曜日に開く"
_WORD = re.compile(r"\w+")
# The address's path: /live-updates/2024/bridge, /politik/liveblog-bruecke.html, /monde/en-direct/1
_LIVE_PATH = re.compile(
    r"(?:^|[/_-])"
    r"(?:live-?blog|live-?(?:updates?|news|coverage|ticker)|liveticker|live-?story|en-direct|en-vivo|ao-vivo)"
    r"(?:[/_-]|$)",
    re.IGNORECASE,
)
# A title such as “Bridge opens: live updates”, “The bridge, as it happened”, “LIVE: the bridge”
_LIVE_TITLE = re.compile(
    r"\blive (?:updates?|blog|coverage)\b|\bas it happened\b|\blive-?ticker\b|^live:|"
    r"\ben direct\b.*:|\ben vivo\b.*:|\bao vivo\b.*:",
    re.IGNORECASE,
)

# What a visitor meets instead of the article. Each is telling only in a short text.
_CONSENT, _ROBOT_CHECK, _PAYWALL = (
    re.compile(rf"\b(?:{'|'.join(sorted(load_words(name)))})\b", re.IGNORECASE)
    for name in (
        "parsing/consent_phrases",  # "We use cookies", "Alle akzeptieren"
        "parsing/robot_check_phrases",  # "Are you a robot", "kein Roboter"
        "parsing/paywall_phrases",  # "Subscribe to continue", "réservé aux abonnés"
    )
)


def rejection_reason(text: str, title: str, meta: PageMetadata, tree: HtmlElement, url: str) -> str | None:
    """Return in words why a page is no article, or None when it is one."""
    return _interstitial_reason(text, title, meta) or _listing_reason(text, title, meta, tree, url)


def article_kind(text: str, title: str, meta: PageMetadata, tree: HtmlElement, url: str) -> ArticleKind:
    """Return what a reader should be told of an article: a live blog, a video's text, an excerpt, or a story."""
    if meta.is_live_blog or is_live(url, title):
        return ArticleKind.LIVE
    if not meta.is_free and _is_excerpt(text, meta, tree):
        return ArticleKind.EXCERPT
    return ArticleKind.VIDEO if meta.has_video and not meta.is_article else ArticleKind.STORY


def is_live(url: str, title: str) -> bool:
    """Return True if an address or a title calls its page a live blog."""
    return bool(_LIVE_PATH.search(urlsplit(url).path) or _LIVE_TITLE.search(title))


def count_words(text: str) -> int:
    """Count words; where no spaces part them (Chinese, Japanese, Thai), `LETTERS_PER_WORD` letters are one."""
    words = _WORD.findall(text)
    letters = sum(map(len, words))
    is_unspaced = len(words) * MAX_MEAN_WORD_LENGTH < letters
    return max(len(words), letters // LETTERS_PER_WORD if is_unspaced else 0)


def _interstitial_reason(text: str, title: str, meta: PageMetadata) -> str | None:
    """Return why a short text is not the article but what the site shows instead; None when it may be one."""
    words = count_words(text[:CHECKED_LENGTH])
    shown = f"{title}\n{text[:CHECKED_LENGTH]}"
    if words >= SHORT_TEXT_WORDS:
        return None
    if _ROBOT_CHECK.search(shown):
        return "the site asks whether we are a robot and shows no article"
    if _asks_for_consent(shown):
        return "the page asks for consent to cookies and shows no article"
    if not meta.is_free or _PAYWALL.search(shown):
        return "only the beginning can be read without a subscription"
    if meta.has_video and not meta.is_article:
        return "the page shows a video and no article text"
    if words < MIN_ARTICLE_WORDS:
        return "the page holds no article text"
    return None


def _asks_for_consent(text: str) -> bool:
    phrases = set(map(str.casefold, _CONSENT.findall(text)))
    return len(phrases) >= MIN_CONSENT_PHRASES or text.casefold().count("cookie") >= MIN_COOKIE_MENTIONS


def _is_excerpt(text: str, meta: PageMetadata, tree: HtmlElement) -> bool:
    """Return True if a text for subscribers stops short, by the word count or the section that the page states."""
    words = count_words(text)
    if meta.word_count and words < EXCERPT_SHARE * meta.word_count:
        return True
    if not meta.paywalled_class or words > MAX_EXCERPT_WORDS:
        return False
    paywalled = [
        element for element in tree.iter() if meta.paywalled_class in (element.get("class") or "").split()
    ]
    counts = (count_words(element.text_content()) for element in paywalled[:MAX_PAYWALLED_ELEMENTS])
    return sum(counts) < MIN_PAYWALLED_WORDS


def _listing_reason(text: str, title: str, meta: PageMetadata, tree: HtmlElement, url: str) -> str | None:
    """Return why a page is a list of other pages; None when it is not.

    A home page is one, and a page with far more headlines that are links than paragraphs.
    """
    reason = "the page is a list of articles, not one"
    parts = urlsplit(url)
    is_home_page = parts.scheme in {"http", "https"} and parts.path in {"", "/"} and not parts.query
    if is_home_page or (meta.is_listing and not meta.is_article):
        return reason
    if meta.is_article:
        return None
    headlines = sum(1 for link in tree.iter("a") if len(link.text_content().split()) >= HEADLINE_WORDS)
    paragraphs = sum(1 for line in text.split("\n") if len(line) >= PARAGRAPH_LENGTH)
    is_list = headlines >= MIN_LISTED_HEADLINES and paragraphs * HEADLINES_PER_PARAGRAPH < headlines
    if is_list or (not is_live(url, title) and is_list_of_teasers(tree, text, url)):
        return reason
    return None
