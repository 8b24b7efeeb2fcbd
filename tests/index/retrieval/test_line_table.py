from dataclasses import replace

import numpy as np
import pytest

from index.archive import Archive
from index.retrieval.line_table import WINDOW, furniture_mask, isolated_count, line_hashes, window_of
from index.storage.places import NEWS_FILE
from index.storage.store import Store
from tests.conftest import MODELS
from tests.index.conftest import BRIDGE, WHEAT, article

NAMES = (
    "barley",
    "copper",
    "ferry",
    "granite",
    "heron",
    "kiln",
    "lantern",
    "meadow",
    "orchard",
    "pier",
    "quarry",
    "reed",
)
PROMISE = "Make smart choices about bread without hours of waiting."


def story(name, *more, outlet="Sample Wire"):
    """An article of its own sentences, and more lines."""
    own = (
        f"The {name} in Norwick was sold on Monday for nine million pounds, the council said.",
        f"Engineers found that the {name} had been closed since the storm in March.",
        f"Mayor Ada Fenn told the council that the {name} would open again in six weeks.",
        f"Its former owner had bought the {name} from the town for two million pounds in 1998.",
        f"The town will decide about a new road to the {name} before the summer ends.",
    )
    return article(name, *own, *more, outlet=outlet)


def quoted(archive, words):
    answer = archive.ask(words)
    return {(quote.article.url, quote.text) for quote in answer.quotes}


def mask(archive, stored):
    """Which lines of a stored article are furniture now."""
    count = len(stored.spans) - 1
    return furniture_mask(
        archive._store, np.full(count, stored.first_sentence), np.arange(1, count + 1)
    ).tolist()


def masks(archive):
    return {url: mask(archive, stored) for url, stored in archive.stored_articles().items()}


def test_a_line_that_is_repeated_later_leaves_the_quotes_of_earlier_articles(archive):
    question = "How do you make smart choices about bread without hours of waiting?"
    archive.add([story(NAMES[0], PROMISE)])
    before = quoted(archive, question)
    assert any(text == PROMISE for _, text in before)
    archive.add([story(name, PROMISE) for name in NAMES[1:]])
    assert not any(text == PROMISE for _, text in quoted(archive, question))
    for name in NAMES[1:]:
        archive.remove(story(name).url)
    assert quoted(archive, question) == before


def test_any_order_and_a_rebuild_give_the_same(tmp_path, encoder):
    articles = [BRIDGE, *(story(name, PROMISE) for name in NAMES[:6]), WHEAT]
    found = []
    for turn, order in enumerate(([*articles], [*reversed(articles)], [*articles[4:], *articles[:4]])):
        (tmp_path / str(turn)).mkdir()
        with Archive(tmp_path / str(turn), encoder) as archive:
            for one in order:
                archive.add([one])
            archive.add([replace(BRIDGE, text=BRIDGE.text + "\nIt rained."), BRIDGE])
            found.append(masks(archive))
    Archive.rebuild(tmp_path / "0", models=MODELS)
    with Archive(tmp_path / "0", encoder) as archive:
        found.append(masks(archive))
    assert all(one == found[0] for one in found[1:])


def test_another_outlet_may_print_the_same_words(archive):
    archive.add([story(name, PROMISE) for name in NAMES])
    archive.add([story("bell", PROMISE, outlet="The Sample Post")])
    stored = archive.stored_articles()
    assert not mask(archive, stored[story("bell").url])[-1]
    assert mask(archive, stored[story(NAMES[0]).url])[-1]


def test_a_text_that_is_printed_again_as_a_whole_is_no_furniture(archive):
    again = [replace(BRIDGE, url=f"https://wire.example.com/bridge-{turn}") for turn in range(12)]
    archive.add(again)
    assert not any(line for lines in masks(archive).values() for line in lines)


def test_plain_sentences_are_sentences_and_questions_are_context(archive):
    asks = story(
        "kiln", "How much is bread right now?", "Bread costs four pounds a loaf in Norwick, bakers said."
    )
    archive.add([asks, BRIDGE, WHEAT])
    texts = {text for _, text in quoted(archive, "How much is bread right now?")}
    assert "How much is bread right now?" not in texts
    context = archive.context(asks.url, "Bread costs four pounds a loaf in Norwick, bakers said.", 0)
    assert context is not None
    assert any("How much is bread" in asks.text[slice(*span)] for span in context.before)


def test_counts_go_with_their_articles(tmp_path, encoder):
    with Archive(tmp_path, encoder) as archive:
        archive.add([story(name, PROMISE) for name in NAMES[:4]])
        archive.add([replace(BRIDGE, text=BRIDGE.text + "\nIt rained all day, the office said.")])
        archive.add([BRIDGE])
        archive.remove(story(NAMES[0]).url)
    store = Store(tmp_path / NEWS_FILE)
    counted = store.line_counts([row[0] for row in store.query("SELECT line FROM line_counts")], None)
    assert counted[line_hashes("Sample Wire", [PROMISE]).tolist()[0]] == 3
    assert len(counted) == 3 * 5 + 1 + 3
    assert store.query("SELECT first FROM lines ORDER BY first") == store.query(
        "SELECT first FROM articles ORDER BY first"
    )
    store.close()


def test_articles_of_an_earlier_version_are_brought_up_when_the_index_opens(tmp_path, encoder):
    with Archive(tmp_path, encoder) as archive:
        archive.add([BRIDGE, WHEAT])
    store = Store(tmp_path / NEWS_FILE)
    tables = [f"SELECT * FROM {table} ORDER BY 1" for table in ("lines", "line_counts")]
    kept = [store.query(table) for table in tables]
    assert [len(rows) for rows in kept] == [2, 5]
    with store.transaction():
        store.remove_lines(0)
        store.execute("UPDATE lines SET form = form - 1, needed = x'010101'")
    assert [len(store.query(table)) for table in tables] == [1, 2]
    store.close()
    Archive(tmp_path, encoder).close()
    store = Store(tmp_path / NEWS_FILE)
    assert [store.query(table) for table in tables] == kept
    store.close()


def test_letter_case_and_marks_make_no_other_line_but_the_outlet_does():
    one, same, other = line_hashes(
        "Elm", ["Read on: the Harbour!", "read on the “harbour”", "read on the harbours"]
    )
    assert one == same != other
    assert (
        one
        == line_hashes("ELM", ["Read on the harbour"])[0]
        != line_hashes("Ash", ["Read on the harbour"])[0]
    )


@pytest.mark.parametrize(("counts", "at", "expected"), [
    ([1, 1, 9, 1, 1], 2, 9.0), ([9, 9, 9, 9, 9], 2, 1.0), ([3, 3, 9, 3, 3], 2, 7.0), ([7], 0, 7.0), ([5, 5, 1], 2, 1.0),
])  # fmt: skip
def test_repetition_counts_beyond_that_of_the_lines_around(counts, at, expected):
    assert isolated_count(np.array(counts), at) == expected


@pytest.mark.parametrize("count", [1, 5, WINDOW, 40])
def test_the_window_holds_the_line_and_its_neighbours(count):
    for at in range(count):
        window = window_of(at, count)
        assert window.start <= at < window.stop <= count
        assert window.stop - window.start == min(count, WINDOW)


def test_an_article_without_lines_has_no_furniture(archive):
    archive.add([BRIDGE])
    assert furniture_mask(archive._store, np.array([99]), np.array([1])).tolist() == [False]
    assert (
        furniture_mask(archive._store, np.array([], dtype=np.int64), np.array([], dtype=np.int64)).tolist()
        == []
    )
