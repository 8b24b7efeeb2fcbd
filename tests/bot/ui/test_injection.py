"""No words from articles, titles, outlets, feeds or questions change what a card is built of, or become a link."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

import discord
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.errors import Refused
from bot.exts._message_claims import claims_shown
from bot.storage.answers import AnswerRef
from bot.storage.follows import Follow
from bot.storage.guild_settings import GuildSettings
from bot.texts import LANGUAGES, Texts
from bot.ui.about_cards import OutletsPanel
from bot.ui.answer_card import announcement, answer_card, notice_card
from bot.ui.answer_pages import PageRequest, answer_page
from bot.ui.brief_card import brief_card, brief_line
from bot.ui.buttons import Action, ButtonSpec
from bot.ui.card import CARD, EMBED, PLAIN, Block, Card, append_line, link_url
from bot.ui.feed_cards import broken_feeds_card, feed_check_card, feed_list_card
from bot.ui.follow_cards import FollowPanel, correction_card, follow_line
from bot.ui.quote_search_card import quote_search_card
from bot.ui.settings_panel import SettingsPanel
from index import FeedCheck, FeedStatus, Story
from index.answering.answers import QuoteMatch, QuoteSearchResult
from index.answering.quote_alignment import AlignedSegment, SegmentKind
from index.attribution.speaker import Speaker
from index.maintenance.stats import IndexStats, OutletSummary
from index.stance.judgement import Stance
from tests.bot.samples import DAY, HOSTILE, NOW, answer, article, nothing, question, quote
from tests.bot.ui.card_checks import assert_within_limits
from tests.bot.ui.test_answer_pages import standing_of
from tests.bot.ui.test_feed_cards import feed
from tests.pictures.markup import Markup

MARKUP = Markup(NOW)
URL = "https://news.example/a"
REF = AnswerRef("A" * 11, shareable=True)
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
PLAIN_WORD = "word"  # what has no meaning in any medium
active = st.text(alphabet="\\*_~|`[]()<>#@:/-+.!&? \n\r\u2028\u202e1aA", max_size=24)
hostile = st.one_of(active, st.sampled_from(HOSTILE), st.text(max_size=24)).map(lambda text: f"x{text[:48]}y")


def quoted(word, url=URL, **rest):
    """A quote of which all that an article says of itself is `word`."""
    return quote(
        f"The bridge {word} closed.", context=f"It {word} was old.", outlet=word, title=word, url=url, author=word,
        speaker=Speaker(word, word), cited_source=f"{word} z", duplicates=(article("t", outlet=f"{word} 2", url=url),),
        **rest,
    )  # fmt: skip


def answered(word, url=URL):
    sides = (
        (stance, quoted(word, url, stance=stance))
        for stance in (Stance.REPORTED, Stance.DENIED, Stance.BACKGROUND)
    )
    asked = question(word, outlets=(word,), filter_phrases=(word,), completed_from=word)
    return answer(*sides, asked=asked, reported_by=(word,), denied_by=(word,))


def cards(word, texts, url=URL):
    """Every card and panel in which words from outside stand, all of them `word`."""
    made = answered(word, url)
    yield answer_card(made, CARD, texts, REF)
    yield replace(answer_card(nothing(question(word)), CARD, texts), rows=())
    yield answer_card(
        replace(nothing(), headlines=(article("t", title=word, outlet=word, url=url),)), CARD, texts
    )
    for action in (Action.MORE, Action.CONTEXT, Action.TIMELINE, Action.NEWEST):
        button = ButtonSpec(action, "A" * 11, frozenset({0}))
        yield answer_page(PageRequest(button, standing_of(made), 3, "## Title", share=True), texts)
    source = quoted(word, url)
    pieces = (
        AlignedSegment(SegmentKind.SAME, f"The {word} "), AlignedSegment(SegmentKind.MISSING, word),
        AlignedSegment(SegmentKind.DIFFERENT, f"{word} "), AlignedSegment(SegmentKind.SAME, "closed."),
    )  # fmt: skip
    match = QuoteMatch(source, 0.9, pieces)
    yield quote_search_card(QuoteSearchResult(word, (match,), 3, DAY, (word,)), texts, REF)
    yield quote_search_card(QuoteSearchResult(word, (), 3, DAY, (word,)), texts)
    yield brief_card([Story(source, (word, f"{word} 2"), 2, DAY)], NOW, texts, REF)
    yield correction_card(source.article, match, texts)
    yield correction_card(source.article, None, texts)
    bad = Refused("feeds-bad", address=word, reason=word)
    yield feed_list_card(
        [FeedStatus(feed(word, url=word), {}), FeedStatus(feed(word, paused=True, error_text=word), {})],
        texts,
    )
    yield feed_check_card([FeedCheck(word, error=bad)], texts)
    yield broken_feeds_card([feed(word, error_text=word)], texts)
    yield OutletsPanel(
        IndexStats(1, 1, (OutletSummary(word, 1, None, DAY),), None, None, None, "m", 0), texts
    )
    yield FollowPanel((Follow(1, 7, None, None, word, "en", 0),), (), texts)
    yield SettingsPanel(GuildSettings(outlets=(word,)), (word,), texts)
    yield notice_card(texts("feeds-added", name=word))
    base = Card(0, (Block("Checked"),))
    yield append_line(base, texts("check-others", claims=claims_shown([word, f"{word} 2"])))
    lines = (
        announcement(made, texts),
        follow_line(word, made, texts),
        brief_line([Story(source, (word,), 1, DAY)], texts),
    )
    yield Card(0, tuple(map(Block, lines)))
    alone = replace(made, groups=made.groups[:1])  # of several one would have to give way to long names
    for medium in (EMBED, PLAIN):
        yield Card(0, (Block(answer_card(alone, medium, texts).text()),))


def parts(view):
    """Yield the texts of a view as HTML."""
    for item in view.walk_children():
        if isinstance(item, discord.ui.TextDisplay):
            yield MARKUP.html(_ESCAPED.sub(_unlinked, item.content))


def _unlinked(escaped):
    """Put a colon that makes no link in place of an escaped one, which `Markup` takes for any other."""
    return "\N{FULLWIDTH COLON}" if escaped[1] == ":" else escaped[0]


def skeleton(view):
    """Return what a view is built of: its components, and the tags of its markdown without the words between."""
    kinds = [type(item).__name__ for item in view.walk_children()]
    # A line break alone is none: an article's paragraphs have them.
    return kinds, [re.findall(r"<(/?(?!br)\w+)", html) for html in parts(view)]


@settings(max_examples=20)
@given(hostile, st.sampled_from(LANGUAGES))
@example("x**y", "en")
@example("x\n# y", "en")
@example("xhttps://evil.exampley", "en")
def test_no_words_change_what_a_card_is_built_of(word, language):
    texts = Texts(language)
    for plain, odd in zip(cards(PLAIN_WORD, texts), cards(word, texts), strict=True):
        view = odd.view()
        assert_within_limits(view)
        assert skeleton(view) == skeleton(plain.view())


schemes = st.sampled_from(
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "\x01javascript:x",
        "data:text/html,<b>", "vbscript:x", "file:///etc/passwd", "discord://-/settings", "steam://run/1", "//evil.example/x",
        "https:evil.example", "https:///x", "http://", "https://a", "https://u:p@evil.example/x", "blob:https://a.example/1",
        "https://a.example/)**[x](javascript:alert(1))", "https://a.example/`@everyone`", "https://a.example/|| <@1>",
        "view-source:https://a.example/", "intent://a.example#Intent;end", "ms-word:ofe|u|https://a.example", "mailto:a@b.example",
    ]
)  # fmt: skip


@settings(max_examples=30)
@given(st.one_of(schemes, st.text(max_size=40), st.text(max_size=30).map("https://a.example/".__add__)))
def test_only_http_and_https_ever_become_links(url):
    for card in cards(PLAIN_WORD, Texts("en"), url):
        view = card.view()
        addresses = [
            item.url for item in view.walk_children() if isinstance(item, discord.ui.Button) and item.url
        ]
        for html in parts(view):
            addresses += re.findall(r'href="([^"]*)"', html)
        for address in addresses:
            found = urlsplit(address)
            assert found.scheme in {"http", "https"}
            assert found.hostname
            assert "@" not in found.netloc
            assert address.isascii()


@pytest.mark.parametrize("url", ["https://u:p@evil.example/x", "https://www.bank.example@evil.example/"])
def test_an_address_that_hides_its_host_behind_a_name_is_no_link(url):
    assert link_url(url) is None


def test_a_name_is_escaped_once():
    shown = broken_feeds_card([feed("A_B*C", error_text="see https://x.example")], Texts("en")).text()
    assert r"**A\_B\*C**" in shown
    assert r"see https\://x.example" in shown
