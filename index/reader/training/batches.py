"""Examples as token arrays, and batches of them: sequences of like length together, so that little is padded."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.reader.pair_tokenizer import Ids, join_parts
from index.reader.reader import STANCES
from index.reader.training.examples import NOT_REPORTS, UNKNOWN, ExampleGroup
from index.reader.training.question_forms import vary

Tokens = NDArray[np.uint16]

BATCH_TOKENS = 5_000  # padding included; judged: some 64 pairs
MAX_ANSWERING, MAX_SILENT = 4, 5  # examples drawn of a question in a round; judged
BARE_SHARE = 0.15  # of the groups, which are read without headline and sentence before; judged
HARD_SHARE = 0.4  # of the label, where a teacher gives a chance beside it; judged
LENGTH_NOISE = 6.0  # tokens, by which lengths are blurred, so that batches differ between rounds; judged


@dataclass(frozen=True, slots=True)
class TokenGroup:
    """A group as token ids: the question in its forms, and (sentence, headline, before) of each example."""

    questions: tuple[Tokens, ...]
    passages: tuple[tuple[Tokens, Tokens, Tokens], ...]
    answers: NDArray[np.float32]  # (n,), NaN where unknown
    stances: NDArray[np.int64]  # (n,)
    weight: float
    soft: NDArray[
        np.float32
    ]  # (n, 5), of a teacher: that it answers, and its stances; NaN where there is none
    marks: tuple[int, int]  # the vocabulary's tokens at the start and between parts


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded sequences, (n, tokens), with what they should be given, and the number of its group for each, (n,).

    `answers`, (n,), are NaN where unknown; `stances`, (n, 5), are shares of the STANCES and of NOT_REPORTS that add up
    to 1, or to 0 where unknown.
    """

    ids: Ids
    types: Ids
    mask: Ids
    answers: NDArray[np.float32]
    stances: NDArray[np.float32]
    weights: NDArray[np.float32]
    groups: Ids


def tokenize(groups: Sequence[ExampleGroup], tokenizer: Any, seed: int) -> list[TokenGroup]:  # noqa: ANN401
    """Return groups as tokens; each question as written, and in a form drawn by `seed`."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret
    forms = [(group.question, vary(group.question, rng)) for group in groups]
    texts = list({text: 0 for form in forms for text in form})
    texts += list({part: 0 for group in groups for one in group.examples for part in one.passage})
    encoded = tokenizer.encode_batch(texts, add_special_tokens=False)
    ids = {text: np.array(one.ids, dtype=np.uint16) for text, one in zip(texts, encoded, strict=True)}
    start, between = tokenizer.encode("").ids
    return [
        TokenGroup(
            tuple(ids[text] for text in form),
            tuple(
                (ids[one.passage.sentence], ids[one.passage.headline], ids[one.passage.before])
                for one in group.examples
            ),
            np.array([np.nan if one.answers is None else one.answers for one in group.examples], np.float32),
            np.array([one.stance for one in group.examples], np.int64),
            group.weight,
            _soft_labels(group),
            (start, between),
        )
        for group, form in zip(groups, forms, strict=True)
    ]


def _soft_labels(group: ExampleGroup) -> NDArray[np.float32]:
    none = [np.nan] * (1 + len(STANCES))
    rows = [[one.soft.answers, *one.soft.stances] if one.soft else none for one in group.examples]
    return np.array(rows, np.float32).reshape(-1, len(none))


def batches(groups: Sequence[TokenGroup], seed: int) -> Iterator[Batch]:
    """Yield batches that go through all groups once, in an order that depends on `seed` alone."""
    rng = np.random.default_rng(seed)
    drawn = [_draw(group, rng) for group in groups]
    longest = np.array([max(len(ids) for ids, _ in sequences) for _, _, sequences in drawn])
    order = np.argsort(longest + rng.random(len(drawn)) * LENGTH_NOISE, kind="stable")
    parts: list[list[int]] = [[]]
    size = width = 0
    for at in order.tolist():
        width = max(width, int(longest[at]))
        size += len(drawn[at][2])
        if parts[-1] and width * size > BATCH_TOKENS:
            parts.append([])
            size, width = len(drawn[at][2]), int(longest[at])
        parts[-1].append(at)
    for part in rng.permutation(len(parts)).tolist():
        yield _batch([drawn[at] for at in parts[part]])


Drawn = tuple[TokenGroup, list[int], list[tuple[Ids, int]]]


def _draw(group: TokenGroup, rng: np.random.Generator) -> Drawn:
    """Return some of a group's examples as sequences, with their places in the group."""
    order = rng.permutation(len(group.passages))
    answering = [at for at in order if not group.answers[at] <= 0][:MAX_ANSWERING]
    chosen = answering + [at for at in order if group.answers[at] <= 0][:MAX_SILENT]
    question = group.questions[int(rng.integers(len(group.questions)))]
    bare = rng.random() < BARE_SHARE
    sequences, none = [], np.empty(0, np.uint16)
    for at in chosen:
        sentence, headline, before = group.passages[at]
        headline, before = (none, none) if bare else (headline, before)
        sequences.append(join_parts(question, sentence, headline, before, group.marks))
    return group, chosen, sequences


def _batch(drawn: Sequence[Drawn]) -> Batch:
    sequences = [sequence for _, _, part in drawn for sequence in part]
    ids, types, mask = pad(sequences)
    sizes = [len(chosen) for _, chosen, _ in drawn]
    return Batch(
        ids,
        types,
        mask,
        np.concatenate([_answer_targets(group, chosen) for group, chosen, _ in drawn]),
        np.concatenate([_stance_targets(group, chosen) for group, chosen, _ in drawn]),
        np.repeat(np.array([group.weight for group, _, _ in drawn], np.float32), sizes),
        np.repeat(np.arange(len(drawn)), sizes),
    )


def _answer_targets(group: TokenGroup, chosen: list[int]) -> NDArray[np.float32]:
    return _blended(group.answers[chosen], group.soft[chosen, 0])


def _stance_targets(group: TokenGroup, chosen: list[int]) -> NDArray[np.float32]:
    stances = group.stances[chosen]
    known = (stances != UNKNOWN)[:, None]
    hard = (stances[:, None] == np.arange(NOT_REPORTS + 1)).astype(np.float32)
    soft = group.soft[chosen, 1:]
    nothing = np.where(np.isnan(soft[:, :1]), np.nan, 0)  # of NOT_REPORTS: a teacher knows what it is instead
    soft = np.hstack([soft, nothing]).astype(np.float32)
    return np.where(known, _blended(hard, soft), np.float32(0))


def _blended(hard: NDArray[np.float32], soft: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return labels with a teacher's chances mixed in, where it gave some: cross-entropy is linear in both."""
    return np.where(np.isnan(soft), hard, HARD_SHARE * hard + (1 - HARD_SHARE) * soft).astype(np.float32)


def pad(sequences: Sequence[tuple[Ids, int]]) -> tuple[Ids, Ids, Ids]:
    """Return ids, segment types and mask, (n, tokens) each, of sequences with where their second segment begins."""
    width = max(len(ids) for ids, _ in sequences)
    ids, types, mask = (np.zeros((len(sequences), width), np.int64) for _ in range(3))
    for row, (sequence, second) in enumerate(sequences):
        ids[row, : len(sequence)] = sequence
        types[row, second : len(sequence)] = 1
        mask[row, : len(sequence)] = 1
    return ids, types, mask
