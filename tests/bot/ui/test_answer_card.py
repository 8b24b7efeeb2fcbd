"""Any answer, as a card that Discord takes and a person can trust."""

import itertools
import re
from collections import Counter
from dataclasses import replace

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.texts import ENGLISH, LANGUAGES, Texts
from bot.ui.answer_card import AMBER, BLURPLE, GREY, answer_card
from bot.ui.buttons import Action, ButtonSpec
from bot.ui.card import CARD, EMBED, PLAIN, Block, Card, link_url
from bot.ui.markdown import CUT_MARK, to_one_line, unescape, utf16_length
from index.answering.answers import AnswerOutcome, QuoteGroup
from index.articles import ArticleKind
from index.attribution.speaker import Speaker
from index.query.question import SmallTalk
from index.retrieval.keyword_index import SearchFilter
from index.retrieval.spelling import Correction
from index.stance.judgement import Stance
from tests.bot.samples import (
    DAY,
    HOSTILE,
    answer,
    answers,
    article,
    call_answer,
    nothing,
    question,
    quote,
    quotes,
)

generous = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
some_quotes = st.lists(quotes(), min_size=1, max_size=3).map(tuple)


def displays(view):
    return [item for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)]


def buttons(view):
    return [item for item in view.walk_children() if isinstance(item, discord.ui.Button)]


def body(made, medium=CARD):
    return answer_card(made, medium).text()


def test_the_card_of_a_disagreement():
    card = answer_card(call_answer())
    assert card.colour == AMBER
    assert [block.text for block in card.blocks] == [
        (
            "## Did Trump call Putin?\n"
            "**Sources disagree. Reported by The Evening Post; denied by Ivan Petrov.**\n"
            "-# quotes from 3 of 41,212 articles · newest article <t:1731326400:R>"
        ),
        "### Reported",
        (
            "> The Evening Post had claimed that the two men spoke by telephone on Thursday.\n"
            "**Sample Wire** · citing The Evening Post · <t:1731326400:d>"
        ),
        "### Denied",
        (
            "> -# The spokesman was asked about the call on Monday.\n"
            '> However, he called the report "pure fiction."\n'
            "**Daily Courier** · Ivan Petrov, Kremlin spokesman · <t:1731326400:d> · also in 2 outlets"
        ),
        "### No comment",
        "> A campaign spokeswoman declined to comment.\n**Sample Wire** · <t:1731326400:d>",
        "-# Word-for-word quotes. Verbatim does not decide who is right.",
    ]
    assert [button.label for button in buttons(card.view())] == [
        "Read in context · Sample Wire",
        "Read in context · Daily Courier",
        "Read in context · Sample Wire (2)",
    ], "whoever goes from button to button can tell them apart"


def test_below_each_quote_is_a_button_to_its_sentence(monkeypatch):
    monkeypatch.setattr(
        "index.answering.answers.text_fragment_link",
        lambda url, text, span, longest, title: f"{url}#{span.start}",
    )
    container = answer_card(call_answer()).view().children[0]
    below = [
        (above.content.splitlines()[-1].partition(" · ")[0], row.children[0].url)
        for above, row in itertools.pairwise(container.children)
        if isinstance(row, discord.ui.ActionRow)
    ]
    assert below == [
        ("**Sample Wire**", "https://news.example/sample-wire/1#0"),
        ("**Daily Courier**", "https://news.example/daily-courier/1#50"),
        ("**Sample Wire**", "https://news.example/sample-wire/2#0"),
    ]


def test_a_rule_parts_quotes_so_that_each_button_belongs_to_one():
    card = answer_card(answer((None, quote("First words."), quote("Other words.", number=2))))
    assert [block.divider for block in card.blocks] == [False, True, False, True, True]
    assert [block.divider for block in answer_card(nothing()).blocks] == [False, True, False, True]


def test_a_rule_parts_a_last_link_from_the_cards_own_buttons():
    own = ButtonSpec(Action.UP, "a" * 11, emoji="👍")
    for card in (answer_card(nothing()), answer_card(call_answer())):
        container = replace(card, rows=((own,),)).view().children[0]
        *_, above, row = container.children
        assert isinstance(row, discord.ui.ActionRow)
        assert isinstance(above, discord.ui.Separator) == (card.blocks[-1].link is not None)
        assert replace(card, rows=((own,),)).components == len(list(container.walk_children())) + 1


def test_a_group_without_a_stance_is_neutral():
    card = answer_card(answer((None, quote("Plain words."))))
    assert card.colour == BLURPLE
    assert "### What the articles say" in card.text()


def test_no_answer_shows_headlines_that_do_not_look_like_quotes():
    card = answer_card(nothing())
    assert card.colour == GREY
    assert [block.text for block in card.blocks] == [
        (
            "## Who won the cup in 1931?\n"
            "**I found no article that answers this.**\n"
            "-# 41,212 articles · newest article <t:1731326400:R>"
        ),
        "-# Nearest headlines, which do not answer it",
        "Cup final postponed \\*again\\*\n-# Daily Courier · <t:1731326400:d>",
        "Stadium roof to be mended\n-# Sample Wire · no date",
    ]
    assert not re.search(r"^> |\bNo\b", card.text(), re.MULTILINE)
    assert ENGLISH("footer") not in card.text()
    assert [button.label for button in buttons(card.view())] == [
        "Open the article · Daily Courier",
        "Open the article · Sample Wire",
    ]


def test_small_talk_is_one_line():
    card = answer_card(answer(outcome=AnswerOutcome.REPLY, asked=question("hi", small_talk=SmallTalk.THANKS)))
    assert card.text() == "You are welcome."


def test_filters_are_said_and_so_is_dropping_them():
    used = body(call_answer(asked=question(outlets=("CNN",))))
    dropped = body(call_answer(asked=question(filter_phrases=("last week",)), filters_dropped=True))
    assert "-# Searched: CNN\n" in used + "\n"
    assert "-# Nothing matched “last week”, so every article was searched." in dropped


def test_a_dropped_filter_is_shown_once_and_a_time_not_understood_in_a_line():
    asked = question(filter_phrases=("last week",), since=DAY, unread_times=("two Lents ago",))
    text = body(call_answer(asked=asked, filters_dropped=True))
    assert "Nothing matched “last week”" in text
    assert "Searched:" not in text
    assert "-# I did not understand “two Lents ago” as a time" in text


def test_a_card_says_how_a_word_was_read_once_also_where_nothing_was_found():
    asked = question(corrections=(("earthqauke", "earthquake"),))
    line = "-# Read “earthqauke” as “earthquake”."
    assert body(call_answer(asked=asked)).count(line) == 1
    assert body(nothing(asked)).count(line) == 1


def test_a_follow_up_says_what_it_follows():
    assert "-# Following on from: Did he call?" in body(
        call_answer(asked=question(completed_from="Did he call?"))
    )


def test_a_speaker_who_is_also_the_source_is_named_once():
    card = body(answer((None, quote("Words.", speaker=Speaker("The Post"), cited_source="The Post"))))
    assert "**Sample Wire** · The Post · <t:" in card


def test_a_corrected_article_says_so():
    source = quote("Words.", revised=call_answer().newest_published)
    assert "corrected <t:1731326400:d>" in body(answer((None, source)))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ArticleKind.LIVE, "live blog"),
        (ArticleKind.VIDEO, "video"),
        (ArticleKind.EXCERPT, "excerpt, the rest is for subscribers"),
    ],
)
def test_what_is_no_plain_story_is_marked(kind, words):
    assert f" · {words}\n" in body(answer((None, quote("Words.", kind=kind)))) + "\n"
    assert words not in body(answer((None, quote("Words."))))


def test_a_live_blog_is_updated_not_corrected():
    card = body(
        answer((None, quote("Words.", kind=ArticleKind.LIVE, revised=call_answer().newest_published)))
    )
    assert "updated <t:1731326400:d> · live blog" in card
    assert "corrected" not in card


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "-# My language model knows English best: answers in German and xx may be weak."),
        ("de", "Deutsch und xx"),
    ],
)
def test_a_language_the_model_is_weak_in_is_told_in_a_small_line(language, line):
    weak = answer((None, quote("Worte.")), unsupported_languages=("de", "xx"))
    assert line in answer_card(weak, texts=Texts(language)).text()
    assert "language model" not in body(answer((None, quote("Words."))))


def test_at_most_three_quotes_each_group_first_and_the_rest_are_counted():
    many = [quote(f"Sentence number {number}.", number=number) for number in range(5)]
    card = body(
        answer((Stance.REPORTED, *many), (Stance.DENIED, quote("Untrue.")), outcome=AnswerOutcome.DISAGREE)
    )
    assert len(re.findall("^> ", card, re.MULTILINE)) == 3
    assert [found for found in ("number 0", "number 1", "number 2", "Untrue") if found in card] == [
        "number 0",
        "number 1",
        "Untrue",
    ]
    assert "3 of 6 quotes" in card


def test_long_quotes_give_way_to_fewer_whole_ones():
    long = [quote(f"{number} " + "word " * 300 + "end.", number=number) for number in range(3)]
    card = body(answer((None, *long)))
    assert len(re.findall("^> ", card, re.MULTILINE)) == 2
    assert CUT_MARK not in card
    assert "2 of 3 quotes" in card


def test_a_groups_second_quote_gives_way_before_another_group():
    long = [quote(f"{number} " + "word " * 330 + "end.", number=number) for number in range(2)]
    card = body(answer((Stance.REPORTED, *long), (Stance.BACKGROUND, quote("word " * 330))))
    assert "### Background" in card
    assert len(re.findall("^> ", card, re.MULTILINE)) == 2


def test_a_disagreement_keeps_both_sides_however_long():
    sides = [
        (stance, quote(stance.value + " word" * 20_000, stance))
        for stance in (Stance.REPORTED, Stance.DENIED)
    ]
    made = answer(*sides, (Stance.NO_COMMENT, quote("nothing to say " * 100)), outcome=AnswerOutcome.DISAGREE)
    card = answer_card(made)
    assert "### Reported" in card.text()
    assert "### Denied" in card.text()
    assert "### No comment" not in card.text()
    assert card.text().count(f" {CUT_MARK}\n") == 2
    assert 3800 < card.size <= 4000


def test_one_quote_too_long_is_marked_and_linked_to_the_whole():
    card = answer_card(answer((None, quote("word " * 20_000 + "end."))))
    block = next(block for block in card.blocks if block.text.startswith("> "))
    assert block.text.split("\n")[0].endswith(f"word {CUT_MARK}")
    assert ENGLISH("in-part") in block.text
    assert block.link.label == f"{ENGLISH('read-whole')} · Sample Wire"
    assert 3900 < card.size <= 4000


@pytest.mark.parametrize("medium", [CARD, EMBED, PLAIN])
@pytest.mark.parametrize("lead", [None, "A sentence before it, on which it leans."])
def test_a_cut_fills_the_room_and_never_a_character_more(medium, lead):
    for length in range(3000, 4200, 7):
        card = answer_card(answer((None, quote("0" * length, context=lead))), medium)
        assert card.size <= medium.text


def test_a_short_quote_beside_a_long_one_stays_whole():
    card = body(
        answer(
            (Stance.REPORTED, quote("long " * 5000, Stance.REPORTED)),
            (Stance.DENIED, quote("It is a lie.", Stance.DENIED)),
            outcome=AnswerOutcome.DISAGREE,
        )
    )
    assert "> It is a lie.\n" in card
    assert card.count(CUT_MARK) == 1


@pytest.mark.parametrize(
    ("deep", "url", "button", "text"),
    [
        ("https://a.example/" + "x" * 494, "https://a.example/", "deep", None),
        ("https://a.example/" + "x" * 495, "https://a.example/", "url", None),
        ("https://a.example/" + "x" * 700, "https://a.example/" + "y" * 500, None, "url"),
        ("https://a.example/" + "x" * 700, "https://a.example/" + "y" * 700, None, "long"),
        ("javascript:alert(1)", "javascript:alert(1)", None, "escaped"),
    ],
)
def test_the_link_falls_back(monkeypatch, deep, url, button, text):
    monkeypatch.setattr("index.answering.answers.text_fragment_link", lambda *_, title: deep)
    block = answer_card(answer((None, quote("Words.", url=url)))).blocks[2]
    assert (block.link.url if block.link else None) == {"deep": deep, "url": url, None: None}[button]
    shown = {"url": f"<{url}>", "long": ENGLISH("long-address"), "escaped": r"javascript:alert\(1\)"}
    assert text is None or shown[text] in block.text


@pytest.mark.parametrize(
    ("url", "accepted"),
    [
        ("https://a.example/b?c=d#:~:text=e%2Df", "https://a.example/b?c=d#:~:text=e%2Df"),
        ("https://bücher.example/ä ö", "https://xn--bcher-kva.example/%C3%A4%20%C3%B6"),
        ("http://localhost/", None),
        ("https://a.example:99999/", None),
        ("https://[::1", None),
        ("ftp://a.example/", None),
        ("https://a.example/\n<x>", None),
        ("", None),
    ],
)
def test_openable(url, accepted):
    assert link_url(url) == accepted


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("medium", [CARD, EMBED, PLAIN])
def test_hostile_words_are_shown_as_words(text, medium):
    made = answer(
        (None, quote(text, outlet=text, speaker=Speaker(text, text), cited_source=text)),
        asked=question(text),
        reported_by=(text,),
    )
    card = body(made, medium)
    marks = re.sub(
        r"<t:-?\d+:[dR]>|<https://[!-;=?-~]+>|^(> |### |## |-# )|\\.", "", card, flags=re.MULTILINE
    )
    assert not re.search(r"[<>@#`|~\[\]_]", marks.replace(CUT_MARK, ""))
    assert "://" not in marks
    line = next(line for line in card.split("\n") if line.startswith("> "))
    assert unescape(line.removeprefix("> ")).rstrip("\u202c\u2069") == to_one_line(text).rstrip(
        "\u202c\u2069"
    )


@generous
@given(answers)
def test_any_answer_keeps_every_limit_of_a_card(made):
    view = answer_card(made).view()
    assert view.total_children_count <= 40
    assert 0 < sum(utf16_length(item.content) for item in displays(view)) <= 4000
    assert all(item.content.strip() for item in displays(view))
    for button in buttons(view):
        assert button.url == link_url(button.url)
        assert len(button.url) <= 512
        assert len(button.label) <= 38
    assert len(view.children) == 1
    assert not view.has_components_v2() or all(not button.custom_id for button in buttons(view))


@generous
@given(answers)
def test_any_answer_keeps_every_limit_of_an_embed_and_of_plain_text(made):
    assert 0 < utf16_length(answer_card(made, EMBED).embed().description) <= 4096
    assert 0 < utf16_length(answer_card(made, PLAIN).text()) <= 2000


@generous
@given(answers)
def test_every_quote_is_the_articles_words_or_is_marked(made):
    shown = Counter(
        unescape(line[2:]).rstrip("\u202c\u2069")
        for line in body(made).split("\n")
        if line.startswith("> ") and not line.startswith("> -# ")
    )
    whole = {to_one_line(found.text).rstrip("\u202c\u2069") for found in made.quotes}
    for line in shown:
        head = line.removesuffix(f" {CUT_MARK}").rstrip("\u202c\u2069")
        assert line in whole or (line.endswith(CUT_MARK) and any(text.startswith(head) for text in whole))


@settings(generous, max_examples=10)
@given(answers, some_quotes, some_quotes)
def test_no_side_of_a_disagreement_is_left_out(made, reports, denials):
    groups = (QuoteGroup(Stance.REPORTED, reports), QuoteGroup(Stance.DENIED, denials))
    card = body(replace(made, outcome=AnswerOutcome.DISAGREE, groups=groups))
    assert "### Reported" in card
    assert "### Denied" in card


@given(st.sampled_from(AnswerOutcome))
def test_a_view_is_new_each_time(outcome):
    card = answer_card(replace(call_answer(), outcome=outcome))
    assert card.view() is not card.view()


def test_a_card_knows_its_size():
    assert Card(0, (Block("a\U0001f680"), Block("b"))).size == 5


def test_headlines_that_do_not_fit_are_left_out_whole():
    wide = tuple(article("x", title="w " * 500, url="https://a.example/" + "y" * 280) for _ in range(3))
    card = answer_card(replace(nothing(), headlines=wide), PLAIN)
    assert card.size <= 2000
    assert card.text().count("<https://") >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_disagreement_of_long_names_and_addresses_fits_plain_text_without_its_last_notes(language):
    name, url = "N" * 60, "https://a.example/" + "y" * 281
    sides = [
        quote(
            "It is said. " * 20,
            stance,
            speaker=Speaker(name, "a spokesman"),
            cited_source=name,
            outlet=name,
            url=f"{url}{number}",
            revised=DAY,
            kind=ArticleKind.EXCERPT,
            duplicates=(article("x"),),
        )
        for number, stance in enumerate((Stance.REPORTED, Stance.DENIED))
    ]
    asked = question(
        "word " * 60,
        filter_phrases=("last week " * 9,),
        since=DAY,
        outlets=(name, f"{name}!"),
        options=SearchFilter(DAY, None, (name, f"{name}!")),
        unread_times=("the day " * 9,),
        corrections=tuple(Correction(f"{number}{'t' * 20}", "m" * 20) for number in range(4)),
        completed_from="earlier " * 20,
    )
    made = answer(
        *((side.judgement.stance, side) for side in sides),
        outcome=AnswerOutcome.DISAGREE,
        asked=asked,
        reported_by=(name, f"{name}!"),
        denied_by=(name, f"{name}!"),
        filters_dropped=True,
        unsupported_languages=("ja", "ko", "zh"),
        is_behind=True,
    )
    texts = Texts(language)
    notes = answer_card(made, CARD, texts).blocks[0].text.split("\n")
    card = answer_card(made, PLAIN, texts)
    lines = card.blocks[0].text.split("\n")
    assert utf16_length(card.text()) <= 2000
    assert 2 < len(lines) < len(notes) == 10
    assert notes[2].startswith(lines[2])
    assert card.text().count("<https://") == 2
