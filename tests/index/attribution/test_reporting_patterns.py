"""The patterns over tags match the words that stand in the comments above them."""

import pytest

from index.attribution import reporting_patterns as patterns
from index.attribution.sentence_attribution import mask_quotes
from index.attribution.token_classes import tag

# pattern, words, the words of some of its groups
EXAMPLES = [
    (patterns.SUBJECT_THEN_VERB, "Jane Roe, the mayor, said", {"name": "Jane Roe", "saying": "said"}),
    (patterns.SUBJECT_THEN_VERB, "Roe on Monday told us", {"name": "Roe", "saying": "told"}),
    (patterns.SUBJECT_THEN_VERB, "she criticised", {"pronoun": "she", "reacting": "criticised"}),
    (patterns.SUBJECT_THEN_VERB, "the aide reports that", {"role": "the aide", "ambiguous": "reports"}),
    (patterns.SUBJECT_THEN_VERB, "Roe added: “No.”", {"name": "Roe", "quoting": "added"}),
    (patterns.SUBJECT_THEN_VERB, "Roe is saying", {"name": "Roe", "progressive": "saying"}),
    (patterns.SUBJECT_THEN_VERB, "Roe saying that", {"name": "Roe", "gerund": "saying"}),
    (patterns.SUBJECT_THEN_VERB, "the Acme campaign said", {"institution": "the Acme campaign"}),
    (patterns.SUBJECT_THEN_VERB, "former Acme spokesman John Poe said", {"before": "former Acme spokesman"}),
    (patterns.VERB_THEN_SUBJECT, "“No,” said Jane Roe, the mayor.", {"saying": "said", "name": "Jane Roe"}),
    (patterns.VERB_THEN_SUBJECT, "It is safe, says the senator", {"saying": "says", "role": "the senator"}),
    (patterns.ACCORDING_TO, "according to Jane Roe", {"name": "Jane Roe"}),
    (patterns.ACCORDING_TO, "according to a report by the senator", {"role": "the senator"}),
    (patterns.ACCORDING_TO_POSSESSIVE, "according to Acme's report", {"name": "Acme's report"}),
    (patterns.PASSIVE, "said Monday by Jane Roe", {"by": "by", "name": "Jane Roe"}),
    (patterns.PASSIVE, "criticised by the senator", {"by": "by", "role": "the senator"}),
    (patterns.WITH_SAYING, "It fell, with Jane Roe saying that", {"with": "with", "name": "Jane Roe"}),
    (patterns.SUBJECT_COLON_QUOTE, "Jane Roe on Monday: “No.”", {"name": "Jane Roe"}),
    (patterns.OPENING_SUBJECT, "But in May, Jane Roe, the mayor, was", {"name": "Jane Roe"}),
    (patterns.SECOND_VERB, "left early, saying that", {"saying": "saying"}),
    (patterns.SECOND_VERB, "left and said that", {"saying": "said"}),
    (patterns.DIALOGUE_LABEL, "JANE ROE: Thank you", {"name": "JANE ROE"}),
    (patterns.DIALOGUE_LABEL, "Jane Roe (Acme): Thank you", {"name": "Jane Roe"}),
    (patterns.PRONOUN_SAYS, "It said", {"pronoun": "It", "saying": "said"}),
    (patterns.PRONOUN_SAYS, "But we also said", {"pronoun": "we", "saying": "said"}),
    (patterns.SENTENCE_END, "on Monday.", {}),
    (patterns.APPOSED_NAME, ", Jane Roe,", {"name": "Jane Roe"}),
    (patterns.APPOSED_NAME, "-Jane Roe-", {"name": "Jane Roe"}),
    (patterns.DESCRIPTION_ASIDE, ", the mayor of Oslo,", {"description": "the mayor of Oslo"}),
    (patterns.DESCRIPTION_ASIDE, "(Acme)", {"description": "Acme"}),
]


@pytest.mark.parametrize(("pattern", "words", "groups"), EXAMPLES)
def test_a_pattern_matches_what_its_comment_says(pattern, words, groups):
    masked = mask_quotes(words)
    tagged = tag(masked)
    match = pattern.search(tagged.tags)
    assert match
    for group, text in groups.items():
        assert words[slice(*tagged.span(*match.span(group)))] == text


def test_what_hangs_on_a_preposition_is_no_subject_nor_is_a_part_of_it():
    for words, tags in (
        ("of Jane Roe said", "oNNC"),
        ("of El Roe said", "opNC"),
        ("of the Roe said", "odNC"),
    ):
        tagged = tag(words)
        assert tagged.tags == tags
        assert patterns.SUBJECT_THEN_VERB.search(tagged.tags) is None


@pytest.mark.parametrize(
    ("pattern", "tags"),
    [
        (patterns.BODY_BEFORE, "dNoN,"),
        (patterns.BODY_BEFORE, "NoNN,N,"),
        (patterns.FIRM_BEFORE, "drN,"),
        (patterns.BODY_BEHIND, ",N,NcN"),
        (patterns.OVERLONG_NAME, "NoNNNNN"),
    ],
)
def test_the_rest_of_a_name_is_seen(pattern, tags):
    assert pattern.search(tags)
    assert pattern.search("fN,") is None


def test_the_dead_and_the_notes_of_writers():
    assert patterns.DEATH.match(", the mayor, has died at 84")
    assert patterns.DEATH.match(" died")
    assert patterns.DEATH.match(", a judge, said that a mayor died") is None
    assert patterns.BYLINE_NOTE.match("reported from Oslo")
    assert patterns.BYLINE_NOTE.match("reported that") is None


def test_patterns_over_the_text_itself():
    assert patterns.DATELINE.match("OSLO, Norway (AP) — The bridge").group() == "OSLO, Norway (AP) —"
    assert patterns.DATELINE.match("Oslo is a town - the") is None
    assert patterns.INFINITIVE.match(" to buy")
    assert patterns.INFINITIVE.match(" that") is None
    assert patterns.QUOTE_MARK.findall("“a” ``b’’") == ["“", "”", "``", "’’"]
