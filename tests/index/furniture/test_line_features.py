import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Article, Span
from index.furniture.line_features import is_word_feature, line_features


def features(*lines, title="The bridge", outlet="Elm News", author=None, dropped=""):
    """The features of lines that stand each on a line of its own, after a text that was left out."""
    text, spans = dropped, []
    for line in lines:
        text += "\n"
        spans.append(Span(len(text), len(text) + len(line)))
        text += line
    return line_features(Article("https://elm.example.com/a", outlet, title, text, author), spans)


@pytest.mark.parametrize(("line", "name"), [
    ("How much is bread right now?", "ends_question"),
    ("More:Bakers say that a loaf costs more", "glued_colon"),
    ("LIVE UPDATES: The trial of the mayor", "capitals_label"),
    ("Jane Roe/Elm Press Two ferries leave the harbour", "slashed_names"),
    ("Ann Kell is a reporter in the newsroom", "role"),
    ("Write to tips@elm.example with what you know", "address"),
    ("You can read the whole story", "reader"),
    ("We show what happened", "publisher"),
    ("The editors of Elm News read every letter.", "outlet_named"),
    ("The bridge opens on Monday", "unfinished"),
    ("“Where is it?” she asked, and then “Why?”", "asked_in_quotation"),
])  # fmt: skip
def test_what_is_unusual_is_seen(line, name):
    (found,) = features(line)
    assert found[name] == 1.0


def test_a_sentence_of_the_news_is_plain():
    plain, *others = features(
        "The mayor told Elm News on Friday that the bridge would open.",
        "Elm News asks for your help.",
        "Kim Ash has written about bridges since 1998.",
        author="Kim Ash",
    )
    assert plain["plain"] == 1.0
    assert plain["outlet_named"] == 0.0
    assert [one["plain"] for one in others] == [0.0, 0.0]
    assert others[1]["author_opens"] == 1.0


def test_places_and_neighbours_count():
    first, *_, last = features(*["The ferry left the harbour at noon."] * 8, "Is it late?", dropped="Menu")
    assert (first["first"], first["gap_before"], first["own_line"]) == (1.0, 1.0, 1.0)
    assert (last["last"], last["near_end"], last["gap_before"]) == (1.0, 1.0, 0.0)
    before_last = features("A long way from home.", "Is it late?", "It was noon.")[2]
    assert before_last["before_asks"] == 1.0


def test_words_are_features_and_once_more_at_the_start():
    (found,) = features("Follow the ferry as it leaves")
    words = {name for name in found if is_word_feature(name)}
    assert words == {
        *("word follow", "word the", "word ferry", "word as", "word it", "word leaves"),
        *("opens follow", "opens the"),
    }


@given(
    st.lists(st.text(alphabet=st.characters(exclude_characters="\n"), min_size=1), max_size=6),
    st.text(),
    st.text(),
)
def test_any_text_has_finite_features(lines, title, outlet):
    found = features(*lines, title=title, outlet=outlet, author=title)
    assert len(found) == len(lines)
    assert all(-1e6 < value < 1e6 for one in found for value in one.values())
