"""Claims, and how sentences overlap with them."""

from hypothesis import given
from hypothesis import strategies as st

from index.stance.claim import concepts_in, is_headline_case, overlap, parse_claim
from index.stance.negation_scope import parse

CALL = "Did Trump call Putin?"


def test_a_claim_has_names_and_actions():
    claim = parse_claim(CALL)
    assert claim.content == {"trump", "call", "putin"}
    assert (claim.actions, claim.names) == ({"call"}, {"trump", "putin"})
    assert claim.proper_names == {"trump", "putin"}
    assert claim.predicate.verb == "call"
    assert claim.is_past
    assert claim.is_truecased


def test_a_negative_claim():
    claim = parse_claim("Did Trump not call Putin?")
    assert claim.negated == {"call"}
    assert claim.negated_predicate == "call"
    assert claim.is_negative
    assert not claim.is_denial
    assert parse_claim("Did Trump deny that he called Putin?").is_denial


def test_a_negated_question_expects_a_yes():
    assert not parse_claim("Didn't Trump call Putin?").negated


def test_synonyms_and_forms_overlap():
    match = overlap(parse_claim(CALL), "Trump phoned Putin on Thursday.")
    assert match.cover == 1
    assert match.mentions == (0, 1, 2)
    assert match.action_positions == (1,)


def test_a_name_must_have_its_capital():
    assert overlap(parse_claim("Did May resign?"), "It may rain.").cover == 0


def test_names_in_lower_case_are_learned_from_the_sentence():
    claim = parse_claim("did trump call putin")
    assert claim.actions == {"trump", "call", "putin"}
    match = overlap(claim, "Trump called Putin.")
    assert match.claim.actions == {"call"}
    assert overlap(claim, "Trump Called Putin in May").claim is claim


def test_to_call_somebody_names_is_no_phone_call():
    claim = parse_claim(CALL)
    for sentence in ("Trump called the report false.", "Trump called for Putin.", "He is called “Joe”."):
        assert not overlap(claim, sentence).action_positions


def test_the_context_is_the_headline_and_the_sentence_before():
    claim = parse_claim(CALL)
    alone = overlap(claim, "He denied it.")
    assert alone.has_no_context
    assert alone.context_cover == 0
    match = overlap(claim, "He denied it.", "Kremlin and Putin", "Trump was asked.")
    assert not match.has_no_context
    assert match.terms_nearby == {"trump"}
    assert match.terms_in_context == {"trump", "putin"}


def test_concepts_may_be_looked_up_elsewhere():
    seen = []

    def find(text):
        seen.append(text)
        return concepts_in(text)

    assert overlap(parse_claim(CALL), "It rained.", "Putin", "Trump", find).context_cover > 0
    assert sorted(seen) == ["Putin", "Trump"]


def test_headline_case():
    assert is_headline_case(parse("Mayor Quits After Long Meeting"))
    assert not is_headline_case(parse("The mayor quit after a long meeting"))


@given(st.text(max_size=100), st.text(max_size=100), st.text(max_size=50))
def test_shares_are_shares_for_any_text(claim, sentence, title):
    match = overlap(parse_claim(claim), sentence, title)
    assert 0 <= match.cover <= match.context_cover <= 1
    assert set(match.action_positions) <= set(match.mentions)
