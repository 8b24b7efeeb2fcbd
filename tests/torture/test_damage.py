"""Files cut short or with a bit turned over: what is derived is made anew, what is not is never shown."""

import random
import shutil

import pytest

from index.archive import Archive
from index.errors import VerbatimError
from tests.index.storage.test_circles import announce, follow
from tests.torture.checks import check_indexes
from tests.torture.stories import number_of, sentence_of, story, url_of

NUMBERS = range(8)
OF_A_FEED, CIRCLE = (5, 6, 7), "guild:1"  # of the numbers
GONE = 8
FLIPS = 40  # of bits of the database
DERIVED = [
    *("vectors/*/facts.json", "vectors/*/numbers.npy", "vectors/*/coarse.faiss", "vectors/*/fine.faiss"),
    *(
        f"{words}/*.{kind}"
        for words in ("words-1", "words-feeds-1")
        for kind in ("idx", "term", "pos", "fast", "fieldnorm", "store", "del")
    ),
    *("words-1/meta.json", "words-1/.managed.json", "words-feeds-1/meta.json", "words-feeds-1/.managed.json"),
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory, encoder):
    """A folder with a snapshot, with articles of a server's feed, and with removed articles in both word indexes."""
    folder = tmp_path_factory.mktemp("whole")
    with Archive(folder, encoder) as archive:
        archive.add([story(number, 1) for number in NUMBERS if number not in OF_A_FEED])
        archive.add([story(0, 2)])
        feed = follow(archive, "https://wire.example.com/feed", CIRCLE)
        announce(archive, feed, *(story(number, 1) for number in OF_A_FEED))
        announce(archive, feed, story(GONE, 1))
        assert archive.remove(url_of(GONE))
        archive._indexes.vectors.save()
    return folder


@pytest.fixture
def folder(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "copy")


def turn_over(path, chance):
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def turn_over_in_use(path, chance):
    """Turn over a bit of a byte that is not 0, as those of empty tables are."""
    content = bytearray(path.read_bytes())
    content[chance.choice([place for place, byte in enumerate(content) if byte])] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def cut_short(path, chance):
    path.write_bytes(path.read_bytes()[: chance.randrange(path.stat().st_size)])


@pytest.mark.parametrize("pattern", DERIVED)
@pytest.mark.parametrize("harm", [turn_over, cut_short])
def test_a_damaged_index_is_made_anew_from_the_store(folder, encoder, pattern, harm):
    for path in sorted(folder.glob(pattern)) or pytest.fail("there is no such file"):
        harm(path, random.Random(pattern))
    for _ in range(2):
        with Archive(folder, encoder) as archive:
            check_indexes(archive)
            assert archive.stats(CIRCLE).articles == len(NUMBERS)
            assert archive.stats("guild:2").articles == len(NUMBERS) - len(OF_A_FEED)
            for number in NUMBERS:
                words = sentence_of(number, 1 + (number == 0))
                assert [
                    number_of(match.quote.article.url) for match in archive.find_quote(words).matches[:1]
                ] == [number]


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_database_shows_nothing_that_was_not_written(folder, encoder, seed):
    chance, noticed, told = random.Random(seed), 0, []
    good = (folder / "verbatim.db").read_bytes()
    texts = [story(number, 1 + (number == 0)).text for number in NUMBERS]
    for _ in range(FLIPS // 4):
        (folder / "verbatim.db").write_bytes(good)
        turn_over_in_use(folder / "verbatim.db", chance)
        shutil.rmtree(folder / "vectors", ignore_errors=True)
        try:
            with Archive(folder, encoder) as archive:
                shown = [
                    match.quote.text
                    for n in NUMBERS
                    for match in archive.find_quote(sentence_of(n, 1)).matches
                ]
                assert all(any(words in text for text in texts) for words in shown)
                noticed += not archive.check().is_whole
        except VerbatimError as error:
            told.append(str(error))
    assert all("verbatim restore" in one or "verbatim rebuild" in one for one in told)
    assert noticed + len(told) > 0  # most of these bytes are of articles
