"""Words typed wrongly are read as words of the index, carefully: with what is known, quoted, or a name, as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.archive import Archive
from index.retrieval.spelling import MAX_LENGTH, Correction, corrected, words_before_slip
from tests.index.conftest import article
from tests.index.storage.test_circles import ONE, TWO, announce, follow

QUAKE = article(
    "quake",
    "A strong earthquake shook Morocco on Friday night.",
    "The earthquake killed hundreds of people near Marrakesh.",
    "Rescuers reached the villages two days after the earthquake.",
    "A winner of the lottery gave half of it to them, and the lottery as much.",
    "Nobody had won the lottery for months.",
    "The lottery is drawn on Fridays.",
    "Doctors warned of a new variant, and of a variant of that.",
    "The variant is mild.",
    "No other country has the variant.",
)
NAMES = article(
    "names",
    *(f"On day {day} Zelensky spoke to Petrus about the fence." for day in range(5)),
    *(f"On day {day} they said that Zelensky had met Bolden." for day in range(5)),
)


@pytest.fixture(scope="module")
def stocked(tmp_path_factory, encoder):
    with Archive(tmp_path_factory.mktemp("stocked"), encoder) as opened:
        opened.add([QUAKE, NAMES])
        yield opened


def read(archive, topic, understood=(), circle=None):
    spell = archive.retriever.spelling.among(archive.article_table(circle))
    return dict(spell(topic, understood))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("earthqauke", "earthquake"),  # two letters changed places
        ("aerthquake", "earthquake"),  # the first two
        ("earthhquake", "earthquake"),  # one typed twice
        ("lotery", "lottery"),  # a double one typed once
        ("erthquake", "earthquake"),  # one left out
        ("eartjquake", "earthquake"),  # the key beside it
        ("varient", "variant"),  # one that sounds alike
        ("earthquoake", "earthquake"),  # one too many in a long word
        ("Earthqauke", "Earthquake"),
        ("EARTHQAUKE", "EARTHQUAKE"),
        ("zelenksy", "zelensky"),
    ],
)
def test_one_slip_is_put_right_as_it_was_written(stocked, typed, meant):
    assert read(stocked, f"{typed} in two days?") == {typed: meant}


def test_the_first_word_may_have_its_capital_and_others_only_as_names(stocked):
    assert read(stocked, "who is Zelenksy?") == {"Zelenksy": "Zelensky"}
    assert read(stocked, "who is Earthqauke?") == {}


@pytest.mark.parametrize(
    "topic",
    [
        "who said “earthqauke”?",
        'who said "a big earthqauke or two"?',
        "who said 'earthqauke lotery'?",
        "what of earthqauke.example and lotery/earthqauke and #earthqauke",
        "is it earthqauke-proof",
        "what of earthqauke7",
        "what of the earthquake and the variants",  # the index has them
        "who won the lotto",  # short
        "what of the batteries",  # a word that is merely absent
        "¿Cuántos muertos hubo ayer en el terremoto de la varient?",
        "what of earthqauke lotery varient zelenksy morroco",  # too many to be slips
        f"what of the {'long ' * (MAX_LENGTH // 5)} earthqauke",
    ],
)
def test_what_may_be_right_stays(stocked, topic):
    assert read(stocked, topic) == {}


def test_what_is_understood_already_stays(stocked):
    assert read(stocked, "earthqauke and lotery", ("on earthqauke day",)) == {"lotery": "lottery"}


@pytest.mark.parametrize("topic", ["did petras resign", "did Petras resign", "who is boldan", "who is boden"])
def test_a_name_becomes_another_only_by_a_common_slip_or_a_well_known_one(stocked, topic):
    assert read(stocked, topic) == {}


def test_a_common_word_that_the_index_lacks_is_no_slip(archive):
    archive.add([article("bridges", *(f"On day {day} they built the bridges." for day in range(9)))])
    assert read(archive, "who are the brides") == {}
    assert read(archive, "who has brdiges") == {"brdiges": "bridges"}


def test_a_word_that_two_sentences_have_may_be_a_slip_itself(archive):
    archive.add([article("quake", *QUAKE.text.split("\n")[:2])])
    assert read(archive, "earthqauke in morocco") == {}


def test_of_two_words_as_likely_neither_is_chosen(archive):
    sentences = [f"On day {day} the hopper met the hooper." for day in range(4)]
    archive.add([article("one", *sentences, *(f"A tractor came on day {day}." for day in range(4)))])
    assert read(archive, "what is a hoper") == {}
    assert read(archive, "what is a tracotr") == {"tracotr": "tractor"}


def test_a_circle_reads_words_by_what_it_sees(archive):
    archive.add([article("other", "Nothing happened.")])
    announce(archive, follow(archive, "https://wire.example.com/feed", ONE), QUAKE)
    assert read(archive, "what of the earthqauke", circle=ONE) == {"earthqauke": "earthquake"}
    assert read(archive, "what of the earthqauke", circle=TWO) == {}


def test_another_circles_slip_is_no_word(archive):
    archive.add([QUAKE])
    misprint = article("misprint", "The earthqauke was strong.")
    announce(archive, follow(archive, "https://wire.example.com/feed", ONE), misprint)
    assert read(archive, "what of the earthqauke", circle=ONE) == {}
    assert read(archive, "what of the earthqauke", circle=TWO) == {"earthqauke": "earthquake"}


def test_an_empty_index_puts_nothing_right(archive):
    assert read(archive, "earthqauke in morocco") == {}


WORDS = [
    "earthqauke",
    "Earthqauke",
    "lotery",
    "varient",
    "earthquake",
    "Zelenksy",
    "who",
    "the",
    '"',
    "’s",
    "?",
]


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)))
def test_any_text_is_put_right_once_and_known_words_stay(stocked, text):
    table = stocked.article_table()
    found = stocked.retriever.spelling.corrections(text, table)
    again = corrected(text, found)
    assert stocked.retriever.spelling.corrections(again, table) == ()
    assert corrected(again, found) == again
    assert not {"earthquake", "who", "the"} & {one.typed for one in found}


def test_words_are_put_right_where_they_stand_alone():
    slips = [Correction("earthqauke", "earthquake"), Correction("lotery", "lottery")]
    assert corrected("The earthqauke’s toll (lotery), earthqauke?", slips) == (
        "The earthquake’s toll (lottery), earthquake?"
    )
    assert corrected('"earthqauke" of earthqauke.example', slips) == '"earthqauke" of earthqauke.example'


@given(st.text("abcdehlmqz", min_size=5, max_size=12))
def test_a_slip_is_one_letter_more_or_less_or_another_or_two_that_changed_places(word):
    for other in words_before_slip(word):
        assert other != word
        assert abs(len(other) - len(word)) <= 1
        assert other[0] == word[0] or (other[1], other[0]) == (word[0], word[1])
