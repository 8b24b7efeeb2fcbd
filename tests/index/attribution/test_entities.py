"""Who a name is within its article."""

import pytest

from index.articles import Span
from index.attribution.entities import (
    canonical_name,
    description_of,
    is_institution,
    is_person,
    looks_like_institution,
    pronoun_agrees,
    role_holder,
)
from index.attribution.sentence_attribution import Mention, MentionType


def mention_of(text, words, kind=MentionType.NAME):
    start = text.rindex(words)
    return Mention(kind, Span(start, start + len(words)))


def shown(text, span):
    return text[slice(*span)] if span else None


def test_the_longest_form_of_a_name_stands_for_it():
    text = "Dmitry Peskov came. Peskov spoke."
    assert shown(text, canonical_name(text, mention_of(text, "Peskov"))) == "Dmitry Peskov"


def test_a_last_name_of_two_people_stays_short():
    text = "Jane Roe met John Roe. Roe spoke."
    assert shown(text, canonical_name(text, mention_of(text, "Roe"))) == "Roe"


def test_a_longer_name_around_it_is_not_his():
    text = "Ships crossed the South China Sea. China spoke."
    assert shown(text, canonical_name(text, mention_of(text, "China"))) == "China"


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("Kremlin spokesman Dmitry Peskov came. Peskov spoke.", "Kremlin spokesman"),
        ("Dmitry Peskov, the former mayor of Oslo, came. Peskov spoke.", "former mayor of Oslo"),
        ("Senator Dmitry Peskov came. Peskov spoke.", "Senator"),
        ("Mr. Dmitry Peskov came. Peskov spoke.", None),
    ],
)
def test_the_description_beside_any_place_of_a_name_is_found(text, description):
    mention = mention_of(text, "Peskov")
    assert shown(text, description_of(text, mention, canonical_name(text, mention))) == description


def test_people_and_institutions():
    text = "Jane Roe works for CNN and the Kremlin. Roe spoke."
    assert is_person(text, mention_of(text, "Roe"))
    assert not is_person(text, mention_of(text, "CNN"))
    assert looks_like_institution(text, mention_of(text, "CNN").name)
    assert looks_like_institution(text, mention_of(text, "Kremlin").name)
    assert not looks_like_institution(text, mention_of(text, "Roe").name)


def test_a_name_that_no_person_bears_is_an_institution_of_its_article():
    assert is_institution("", "Acme Institute")
    assert is_institution("Acme rose on Monday.", "Acme")
    assert not is_institution("Jane Roe rose on Monday.", "Roe")
    assert not is_institution("", "Roe")


def test_a_role_stands_for_the_one_person_who_holds_it():
    text = "Sen. Jane Roe came. Later the senator spoke."
    holder = role_holder(text, mention_of(text, "senator", MentionType.ROLE))
    assert shown(text, holder.name) == "Jane Roe"
    text = "Sen. Jane Roe met Sen. John Poe. Later the senator spoke."
    assert role_holder(text, mention_of(text, "senator", MentionType.ROLE)) is None


def test_pronouns_agree_with_whom_they_may_stand_for():
    text = "The Acme Institute met Mrs. Jane Roe. Later on came Mr. John Poe with officials."
    agreeing = {
        words: {
            one
            for one in ("he", "she", "it", "they", "we")
            if pronoun_agrees(text, mention_of(text, words), one)
        }
        for words in ("Acme Institute", "Jane Roe", "John Poe", "officials")
    }
    assert agreeing == {
        "Acme Institute": {"it"},
        "Jane Roe": {"she"},
        "John Poe": {"he"},
        "officials": {"they"},
    }
