from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import RefusedArticle, VerbatimError
from index.parsing.build_article import LONGEST_TEXT, make_article
from index.text.cleaning import clean_line, clean_text
from index.text.dates import parse_date, parse_typed_date, parse_written_date, plausible_date

URL = "https://example.com/story"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("One.\r\nTwo.\rThree.", "One.\nTwo.\nThree."),
        ("One.\u2028Two.\u2029Three.\x85Four.", "One.\nTwo.\nThree.\nFour."),
        ("  One.  \n\t Two.\t\n\n\n\n\nThree.  ", "One.\nTwo.\n\nThree."),
        ("a\u00a0b\u2009c\u3000 d", "a b c d"),
        ("Pu\u00adtin\u200b said\ufeff", "Putin said"),
        ("nul\x00 bell\x07 del\x7f", "nul bell del"),
        ("lone \ud83d half", "lone half"),
        ("\u202eoverridden\u202c", "overridden"),
        ("می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"),
    ],
)
def test_texts_are_cleaned(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@given(st.text(st.characters(), max_size=500))
def test_cleaning_is_final_and_can_be_stored(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert clean.encode("utf-8").decode("utf-8") == clean
    assert "\x00" not in clean
    assert "\r" not in clean


@given(st.text("aé漢 \n.", max_size=300))
def test_cleaning_keeps_every_word(text: str) -> None:
    assert clean_text(text).split() == text.split()


@pytest.mark.parametrize("piece", [" ", "\n", " \n", "\x00", "\u202e ", "a \n \n"])
def test_long_runs_are_cleaned(piece: str) -> None:
    assert len(clean_text(piece * 300_000)) <= 3 * 300_000


def test_lines_are_short_and_one() -> None:
    assert clean_line(" One \n two\t ") == "One two"
    assert len(clean_line("word " * 100_000)) <= 500
    assert clean_line(None) == ""


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020/07/02", datetime(2020, 7, 2, 12, tzinfo=UTC)),
        ("2020/7/2", datetime(2020, 7, 2, 12, tzinfo=UTC)),
        ("2020-07-02", datetime(2020, 7, 2, 12, tzinfo=UTC)),
        ("2020-07-02T00:00:00", datetime(2020, 7, 2, 12, tzinfo=UTC)),
        ("2020-07-02T00:00:00Z", datetime(2020, 7, 2, tzinfo=UTC)),
        ("2020-07-02T23:30:00-05:00", datetime(2020, 7, 3, 4, 30, tzinfo=UTC)),
        ("2020-07-02 08:15", datetime(2020, 7, 2, 8, 15, tzinfo=UTC)),
        ("Thu, 02 Jul 2020 08:15:00 EST", datetime(2020, 7, 2, 13, 15, tzinfo=UTC)),
        ("11 Nov 2024 18:00:00 GMT", datetime(2024, 11, 11, 18, tzinfo=UTC)),
        ("November 11, 2024 6:00 PM EST", None),
        ("1889-05-06", datetime(1889, 5, 6, 12, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", None),
        ("1970/01/20", None),
        ("2099-01-01", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_machine_dates(text: str | None, moment: datetime | None) -> None:
    assert parse_date(text) == moment


@given(st.text(max_size=200))
def test_any_text_is_a_date_or_none(text: str) -> None:
    moment = parse_date(text)
    assert moment is None or moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("November 11, 2024 6:00 PM EST", datetime(2024, 11, 11, 23, tzinfo=UTC)),
        ("Nov. 11, 2024, 6 p.m.", datetime(2024, 11, 11, 18, tzinfo=UTC)),
        ("11 November 2024", datetime(2024, 11, 11, 12, tzinfo=UTC)),
        ("2 days ago", None),
        ("November 2024", None),
        ("word " * 20_000, None),
    ],
)
def test_dates_in_words(text: str, moment: datetime | None) -> None:
    assert parse_written_date(text) == moment


def test_tomorrow_is_plausible_and_next_week_is_not() -> None:
    now = datetime(2024, 11, 11, 12, tzinfo=UTC)
    ahead = datetime(2024, 11, 12, 6, tzinfo=timezone(timedelta(hours=14)))
    assert plausible_date(ahead, now) == ahead
    assert plausible_date(now + timedelta(days=7), now) is None


@pytest.mark.parametrize("text", ["11 Nov 2024", "November 11, 2024", "2024-11-11", "2024/11/11"])
def test_dates_a_person_types(text: str) -> None:
    assert parse_typed_date(text) == datetime(2024, 11, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "32 Nov 2024", "x" * 5_000])
def test_a_date_that_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(VerbatimError, match="as a date"):
        parse_typed_date(text)


def test_an_article_has_what_it_was_given() -> None:
    article = make_article(
        url=URL + "#top", text="The bridge opens.\r\n", title=" Bridge\nopens ", outlet=" Post ", author=""
    )
    assert (article.url, article.text, article.title) == (URL, "The bridge opens.", "Bridge opens")
    assert (article.outlet, article.author) == ("Post", None)


def test_what_is_missing_is_named_by_text_and_address() -> None:
    article = make_article(url="https://www.example.com/a", text="The bridge opens.\nIt was late.")
    assert (article.title, article.outlet) == ("The bridge opens.", "example.com")
    assert make_article(url="file:///a.txt", text="Text").outlet == "Local file"


@pytest.mark.parametrize(
    ("url", "text", "words"),
    [
        (URL, "", "no text"),
        (URL, " \n\x00\u200b ", "no text"),
        (URL, "...!", "no text"),
        (URL, "a" * (LONGEST_TEXT + 1), "longer than 1,000,000 characters"),
        ("nowhere", "Text", "not an address"),
    ],
)
def test_refusals_are_in_words(url: str, text: str, words: str) -> None:
    with pytest.raises(RefusedArticle, match=words):
        make_article(url=url, text=text)
