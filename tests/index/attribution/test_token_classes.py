"""Each word of a text gets one tag, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.attribution.token_classes import QUOTE_MASK, Tag, tag

TAGS = [
    ("Jane Roe, the former mayor, said", "NN,dmr,C"),
    ("Prime Minister Jane Roe’s aide", "TNPr"),
    ("he told the Acme campaign", "hLdNe"),
    ("according to Ursula von der Leyen", "KNppN"),
    ("the report claims that 42 of us were there", "deHwuoibk"),
    ("Kelly said", "NC"),
    ("Finally, she said", "a,hC"),
    ("Sen. Roe, R-S.C., added", "TN,N,V"),
    ("U.S.-led forces pointed out on Monday", "NxCfD"),
    (f"{QUOTE_MASK * 9} she says", "QhC"),
]


@pytest.mark.parametrize(("text", "tags"), TAGS)
def test_words_have_their_tags(text, tags):
    assert tag(text).tags == tags


def test_in_a_headline_a_verb_with_a_capital_is_still_a_verb():
    assert tag("Mayor Says Bridge Stays Closed").tags[1] == Tag.SAYING
    assert tag("The mayor, Ada Says, stays").tags[4] == Tag.NAME


def test_places_are_those_of_the_article():
    tagged = tag("Jane Roe said", 100)
    assert tagged[1] == "Roe"
    assert tagged.span(0, 2) == (100, 108)


@given(st.text(alphabet=st.sampled_from("aZ .,:’'-Q—(\n" + QUOTE_MASK)) | st.text(max_size=60))
def test_every_mark_and_word_has_one_tag_and_its_place(text):
    tagged = tag(text)
    assert len(tagged.tags) == len(tagged.spans)
    assert set(tagged.tags) <= {*Tag, *",:;-()"}
    assert all(start < end for start, end in tagged.spans)
    assert tagged.spans == sorted(tagged.spans)


def test_long_texts_are_tagged_to_their_end():
    for unit, number in (("according to ", 20_000), ("A.", 50_000)):
        text = unit * number
        assert tag(text).spans[-1][1] == len(text.rstrip())
