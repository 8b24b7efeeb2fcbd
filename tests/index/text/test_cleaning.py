import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import RefusedArticle
from index.parsing.build_article import MAX_TEXT_LENGTH, make_article
from index.text.cleaning import clean_line, clean_text

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
        (URL, "a" * (MAX_TEXT_LENGTH + 1), "longer than 1,000,000 characters"),
        ("nowhere", "Text", "not an address"),
    ],
)
def test_refusals_are_in_words(url: str, text: str, words: str) -> None:
    with pytest.raises(RefusedArticle, match=words):
        make_article(url=url, text=text)
