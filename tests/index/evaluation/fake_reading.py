"""A reader that looks for words, and models that take it at its word."""

import numpy as np

from index.evaluation.eval_reading import CalibratedReader
from index.ranking.chances import READ_FEATURES, SET_READ_FEATURES, ChanceModel, Chances, LogisticModel
from index.reader.reader import STANCES, Readings

SURE = 4.0  # log odds


class BridgeReader:
    """Says that what tells that something closed answers."""

    def __init__(self, *_):
        self.asked = []

    def read(self, question, passages):
        self.asked.append((question, passages))
        answer = np.array([2.0 if "closed" in one.sentence else -2.0 for one in passages], np.float32)
        stance = np.full((len(passages), len(STANCES)), -3.0, np.float32)
        stance[np.arange(len(passages)), np.where(answer > 0, 0, 3)] = -0.1
        return Readings(answer, stance)


class WordReader:
    """Finds that a sentence with `answering` answers, and with the words of `stances` does this or that."""

    def __init__(self, answering="", **stances):
        self.answering, self.stances, self.heard = answering, stances, []

    def giving_way(self, wait):
        return self

    def load_soon(self):
        pass

    def read(self, question, passages):
        self.heard.append((question, list(passages)))
        answer, stance = [], []
        for passage in passages:
            holds = bool(self.answering) and self.answering in passage.sentence
            does = [name for name, word in self.stances.items() if word in passage.sentence] or ["other"]
            answer.append(SURE if holds else -SURE)
            stance.append([-0.1 if name in does else -SURE for name in STANCES])
        return Readings(np.array(answer, np.float32), np.array(stance, np.float32))


def beyond(name, value, names, slope=SURE):
    """A model that is the surer the further a feature is above a value; with a negative slope, below it."""
    return LogisticModel.from_json({"constant": -slope * value, name: slope}, names)


def chances(answerable="first answer"):
    """Models of claims and of open questions that follow the outputs of the reader of the same name."""
    stances = {name: beyond(name, -1.0, READ_FEATURES) for name in ("reports", "denies", "no_comment")}
    anything = beyond(answerable, 0.0, SET_READ_FEATURES)
    return Chances(
        ChanceModel(stances, beyond("other least", -1.0, SET_READ_FEATURES, -SURE), 0.0),
        ChanceModel({"answers": beyond("answer", 0.0, READ_FEATURES)}, anything, 0.0),
    )


def word_reader(answering="", answerable="first answer", **stances):
    """A `WordReader` with its models."""
    return CalibratedReader(WordReader(answering, **stances), chances(answerable))
