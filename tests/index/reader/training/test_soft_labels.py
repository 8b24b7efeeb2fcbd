import pytest

from index.reader.passage import Passage
from index.reader.training.examples import DENIES, Example, ExampleGroup, SoftLabel
from index.reader.training.soft_labels import passage_key, read_soft_labels, soften, write_soft_labels

FIRST, SECOND = SoftLabel(0.7, (0.1, 0.6, 0.0, 0.3)), SoftLabel(0.002, (0.0, 0.0, 0.001, 0.999))


def group(question, *sentences):
    return ExampleGroup("made up", question, [Example(Passage(one), 1.0, DENIES) for one in sentences], 0.5)


def test_labels_are_kept_to_a_byte(tmp_path):
    labels = {2**64 - 1: FIRST, 3: SECOND}
    write_soft_labels(labels, tmp_path / "soft.npz")
    kept = read_soft_labels(tmp_path / "soft.npz")
    assert kept.keys() == labels.keys()
    for key, label in labels.items():
        assert kept[key].answers == pytest.approx(label.answers, abs=1 / 255)
        assert kept[key].stances == pytest.approx(label.stances, abs=2 / 255)
        assert sum(kept[key].stances) == pytest.approx(1)


def test_the_same_labels_make_the_same_file(tmp_path):
    write_soft_labels({9: FIRST, 3: SECOND}, tmp_path / "one")
    write_soft_labels({3: SECOND, 9: FIRST}, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_examples_with_a_label_are_left_and_groups_that_have_some():
    labels = {passage_key("Who won?", "Ada won."): FIRST}
    groups = [group("Who won? ", "It rained.", "Ada won."), group("Who lost?", "Ada won.")]
    [taught] = soften(groups, labels)
    assert (taught.source, taught.question, taught.weight) == ("made up", "Who won? ", 0.5)
    [example] = taught.examples
    assert example == Example(Passage("Ada won."), 1.0, DENIES, FIRST)


def test_a_question_and_a_sentence_make_a_key_together():
    keys = {passage_key(*pair) for pair in (("a", "b"), ("ab", ""), ("", "ab"), ("b", "a"))}
    assert len(keys) == 4
    assert all(0 <= key < 2**64 for key in keys)
