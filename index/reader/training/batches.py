"""Examples as token arrays, and batches of them: sequences of like length together, so that little is padded."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.reader.pair_tokenizer import Ids, join_parts
from index.reader.training.examples import ExampleGroup
from index.reader.training.question_forms import vary

Tokens = NDArray[np.uint16]

BATCH_TOKENS = 5_000  # padding included; judged: some 64 pairs
MAX_ANSWERING, MAX_SILENT = 4, 5  # examples drawn of a question in a round; judged
BARE_SHARE = 0.15  # of the groups, which are read without headline and sentence before; judged
LENGTH_NOISE = 6.0  # tokens, by which lengths are blurred, so that batches differ between rounds; judged


@dataclass(frozen=True, slots=True)
class TokenGroup:
    """A group as token ids: the question in its forms, and (sentence, headline, before) of each example."""

    questions: tuple[Tokens, ...]
    passages: tuple[tuple[Tokens, Tokens, Tokens], ...]
    answers: NDArray[np.float32]  # (n,), NaN where unknown
    stances: NDArray[np.int64]  # (n,)
    weight: float


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded sequences, (n, tokens), with their labels, (n,), and the number of its group for each, (n,)."""

    ids: Ids
    types: Ids
    mask: Ids
    answers: NDArray[np.float32]
    stances: NDArray[np.int64]
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
        )
        for group, form in zip(groups, forms, strict=True)
    ]


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
        sequences.append(join_parts(question, sentence, none if bare else headline, none if bare else before))
    return group, chosen, sequences


def _batch(drawn: Sequence[Drawn]) -> Batch:
    sequences = [sequence for _, _, part in drawn for sequence in part]
    ids, types, mask = pad(sequences)
    sizes = [len(chosen) for _, chosen, _ in drawn]
    return Batch(
        ids,
        types,
        mask,
        np.concatenate([group.answers[chosen] for group, chosen, _ in drawn]),
        np.concatenate([group.stances[chosen] for group, chosen, _ in drawn]),
        np.repeat(np.array([group.weight for group, _, _ in drawn], np.float32), sizes),
        np.repeat(np.arange(len(drawn)), sizes),
    )


def pad(sequences: Sequence[tuple[Ids, int]]) -> tuple[Ids, Ids, Ids]:
    """Return ids, segment types and mask, (n, tokens) each, of sequences with where their second segment begins."""
    width = max(len(ids) for ids, _ in sequences)
    ids, types, mask = (np.zeros((len(sequences), width), np.int64) for _ in range(3))
    for row, (sequence, second) in enumerate(sequences):
        ids[row, : len(sequence)] = sequence
        types[row, second : len(sequence)] = 1
        mask[row, : len(sequence)] = 1
    return ids, types, mask
