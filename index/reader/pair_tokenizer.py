"""Question and passage as one sequence of tokens, in the form that the reader was trained on."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.reader.passage import Passage

Ids = NDArray[np.int64]
Pieces = Sequence[int] | NDArray[np.uint16]  # the tokens of one text

CLS, SEP = 101, 102  # standard: BERT's vocabulary
# Tokens kept of each part; judged: 97 of 100 sentences of news are shorter. Of the sentence before, the last ones.
QUESTION_TOKENS = 40
SENTENCE_TOKENS = 80
HEADLINE_TOKENS = 20
BEFORE_TOKENS = 28


class PairTokenizer:
    """Makes sequences `[CLS] question [SEP] sentence [SEP] headline [SEP] before [SEP]`; empty parts are left out."""

    def __init__(self, tokenizer: Any) -> None:  # noqa: ANN401 - tokenizers has no types for mypy
        """Wrap a `tokenizers.Tokenizer` of BERT's vocabulary that neither cuts nor pads."""
        self._tokenizer = tokenizer

    def encode(self, question: str, passages: Sequence[Passage]) -> list[tuple[Ids, int]]:
        """Return for each passage the token ids (t,), and where its second segment, behind the question, begins."""
        texts = [question, *(part for passage in passages for part in passage)]
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch(texts, add_special_tokens=False)]
        return [join_parts(pieces[0], *pieces[at : at + 3]) for at in range(1, len(pieces), 3)]


def join_parts(question: Pieces, sentence: Pieces, headline: Pieces, before: Pieces) -> tuple[Ids, int]:
    """Return the token ids (t,) of the parts joined, and where the second segment begins."""
    ids = [CLS, *question[:QUESTION_TOKENS], SEP]
    second = len(ids)
    for part in (sentence[:SENTENCE_TOKENS], headline[:HEADLINE_TOKENS], before[-BEFORE_TOKENS:]):
        if len(part):
            ids += [*part, SEP]
    return np.array(ids, dtype=np.int64), second
