"""Whom a sentence names as its own speaker, and how plainly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.articles import Span
from index.attribution.sentence_attribution import (
    MentionType,
    find_attribution,
    find_cited,
    find_dialogue_label,
    find_opening_subject,
    find_subject,
    mask_quotes,
)
from index.attribution.token_classes import QUOTE_MASK

NAME, PRONOUN, ROLE, INSTITUTION = MentionType

SENTENCES = [
    ("It was late, said Jane Roe.", "Jane Roe", NAME, 4),
    ("It also said the road was closed.", "It", PRONOUN, 4),
    ("Jane Roe said the road was closed.", "Jane Roe", NAME, 3),
    (
        "The road was closed, according to a spokesman for the Acme company.",
        "spokesman for the Acme company",
        ROLE,
        3,
    ),
    ("The road fell in, with the senator saying that it was old.", "senator", ROLE, 2),
    ("The Acme campaign criticised the road.", "Acme campaign", INSTITUTION, 1),
    ("She said he had denied it.", "She", PRONOUN, 3),
]


@pytest.mark.parametrize(("sentence", "speaker", "kind", "explicitness"), SENTENCES)
def test_a_sentence_names_its_speaker(sentence, speaker, kind, explicitness):
    found = find_attribution(mask_quotes(sentence))
    assert found is not None
    assert (sentence[slice(*found.mention.name)], found.mention.kind) == (speaker, kind)
    assert found.explicitness == explicitness


def test_a_question_and_a_sentence_without_a_verb_of_saying_name_nobody():
    assert find_attribution("Did Jane Roe say so?") is None
    assert find_attribution("The road is closed.") is None


def test_what_stands_in_quotation_marks_names_nobody():
    assert find_attribution(mask_quotes("“Jane Roe said so.”")) is None


def test_title_and_description_are_parted_from_the_name():
    sentence = "Senator Jane Roe, the mayor of Oslo, said so."
    mention = find_attribution(sentence).mention
    parts = (mention.title, mention.name, mention.description)
    assert [sentence[slice(*part)] for part in parts] == ["Senator", "Jane Roe", "mayor of Oslo"]


def test_spans_are_those_of_the_article():
    assert find_attribution("Roe said so.", 50).mention.name == Span(50, 53)


def test_the_subject_of_a_cue_stands_before_or_behind_it():
    for sentence in ("Acme Corp. denied it.", "It was denied by Acme Corp. on Monday."):
        start = sentence.index("denied")
        found = find_subject(sentence, Span(start, start + 6))
        assert sentence[slice(*found.name)] == "Acme Corp."


def test_everybody_cited_is_found_but_not_who_only_agrees_to_do_something():
    sentence = "Jane Roe said so, according to Acme Corp."
    assert [sentence[slice(*one.name)] for one in find_cited(sentence)] == ["Jane Roe", "Acme Corp."]
    assert find_cited("Acme Corp. has agreed to buy the yard.") == []


def test_an_opening_subject_and_a_label():
    assert find_opening_subject("In Oslo, Jane Roe was there.").name == Span(9, 17)
    assert find_dialogue_label("JANE ROE: Thank you.").name == Span(0, 8)
    assert find_dialogue_label("Thank you, Jane Roe.") is None


def test_quotations_are_masked_with_their_marks():
    assert mask_quotes("A “b” c") == f"A {QUOTE_MASK * 3} c"
    assert mask_quotes("A ``b'' c") == f"A {QUOTE_MASK * 5} c"
    assert mask_quotes("A “b c") == f"A {QUOTE_MASK * 4}"


@given(st.text(alphabet=st.sampled_from("ab “”\"'`«»")) | st.text())
def test_masking_keeps_the_length_and_everything_else(text):
    masked = mask_quotes(text)
    assert len(masked) == len(text)
    assert all(new in (old, QUOTE_MASK) for old, new in zip(text, masked, strict=True))


@given(st.text(alphabet=st.sampled_from("Roe said, according to the mayor: “x” - (R).")))
def test_no_text_breaks_it(text):
    found = find_attribution(mask_quotes(text))
    assert found is None or 1 <= found.explicitness <= 4
