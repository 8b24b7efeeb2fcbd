from collections import Counter

import numpy as np
import pytest

from index.reader.passage import Passage
from index.reader.training import batches as batches_module
from index.reader.training.batches import BATCH_TOKENS, MAX_ANSWERING, MAX_SILENT, batches, pad, tokenize
from index.reader.training.examples import DENIES, UNKNOWN, Example, ExampleGroup
from tests.index.reader.training.harness import token_group

NAN = float("nan")


def many(count=40, answers=(1.0, 0.0, NAN)):
    return [token_group(1_000 + 20 * number, answers, length=3 + number % 9) for number in range(count)]


def sentences(batch):
    """The first tokens of the sentences, which tell the examples apart."""
    second = batch.types.argmax(axis=1)
    return batch.ids[np.arange(len(second)), second].tolist()


def test_a_round_has_every_example_once():
    groups = many()
    seen = Counter(token for batch in batches(groups, 1) for token in sentences(batch))
    assert seen == {group.passages[at][0][0]: 1 for group in groups for at in range(3)}


def test_of_a_question_with_many_sentences_some_are_drawn():
    groups = [token_group(1_000, [1.0] * 8 + [0.0] * 9)]
    [first], [second] = (list(batches(groups, seed)) for seed in (1, 2))
    for batch in (first, second):
        assert ((batch.answers > 0).sum(), (batch.answers == 0).sum()) == (MAX_ANSWERING, MAX_SILENT)
        assert len(set(sentences(batch))) == MAX_ANSWERING + MAX_SILENT
    assert set(sentences(first)) != set(sentences(second))


def test_labels_stay_with_their_sentences():
    groups = many()
    known = {
        int(passage[0][0]): (group.answers[at], group.stances[at])
        for group in groups
        for at, passage in enumerate(group.passages)
    }
    for batch in batches(groups, 3):
        for token, answer, stance in zip(sentences(batch), batch.answers, batch.stances, strict=True):
            np.testing.assert_equal((answer, stance), known[token])


def test_a_group_stands_together_with_its_number_and_weight():
    groups = [token_group(1_000 + 20 * number, [1.0, 0.0], weight=number) for number in range(5)]
    [batch] = batches(groups, 1)
    assert batch.groups.tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    for number in range(5):
        tokens = {token for token, at in zip(sentences(batch), batch.groups, strict=True) if at == number}
        [first] = {(token - 1_000) // 20 for token in tokens}
        assert set(batch.weights[batch.groups == number]) == {first}


def same(left, right):
    return all(
        np.array_equal(getattr(a, name), getattr(b, name), equal_nan=name == "answers")
        for a, b in zip(left, right, strict=True)
        for name in ("ids", "types", "mask", "answers", "stances", "weights", "groups")
    )


def test_the_seed_alone_makes_the_batches(monkeypatch):
    monkeypatch.setattr(batches_module, "BATCH_TOKENS", 200)
    groups = many()
    one, again, other = (list(batches(groups, seed)) for seed in (1, 1, 2))
    assert len(one) > 5
    assert same(one, again)
    assert [sentences(batch) for batch in one] != [sentences(batch) for batch in other]


@pytest.mark.parametrize("limit", [100, 500, BATCH_TOKENS])
def test_a_batch_has_no_more_tokens_than_allowed(monkeypatch, limit):
    monkeypatch.setattr(batches_module, "BATCH_TOKENS", limit)
    for batch in batches(many(200), 1):
        assert batch.ids.size <= limit or len(set(batch.groups)) == 1


def test_padding_is_masked():
    ids, types, mask = pad([(np.array([101, 5, 102, 7, 102]), 3), (np.array([101, 102, 7]), 2)])
    assert ids.tolist() == [[101, 5, 102, 7, 102], [101, 102, 7, 0, 0]]
    assert types.tolist() == [[0, 0, 0, 1, 1], [0, 0, 1, 0, 0]]
    assert mask.tolist() == [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]


def test_groups_become_tokens(tokenizer):
    examples = [
        Example(Passage("Ada won.", "The race", ""), 1.0, DENIES),
        Example(Passage("It rained.", "", "Ada won."), None),
    ]
    [group] = tokenize([ExampleGroup("made up", "Who won?", examples, 0.5)], tokenizer, 1)
    assert tokenizer.decode(group.questions[0].tolist()) == "who won?"
    assert [tokenizer.decode(part.tolist()) for part in group.passages[0]] == ["ada won.", "the race", ""]
    np.testing.assert_array_equal(group.answers, [1.0, np.nan])
    assert group.stances.tolist() == [DENIES, UNKNOWN]
    assert group.weight == 0.5
