"""The encoder's embeddings of tokens, read from its file of weights where they are needed."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.reader.pair_tokenizer import Ids

# Bytes that tell the length of a safetensors file's header, which names its tensors; standard.
HEADER_SIZE = 8

FloatArray = NDArray[np.float32]


class TokenEmbeddings:
    """Word, position and segment embeddings, mapped from a safetensors file: words that no text holds take no memory."""

    def __init__(self, weights: Path) -> None:
        """Map the embeddings in the file `weights` of a BERT model."""
        with weights.open("rb") as file:
            length = int.from_bytes(file.read(HEADER_SIZE), "little")
            header = json.loads(file.read(length))

        def tensor(name: str) -> FloatArray:
            entry = header[f"embeddings.{name}_embeddings.weight"]
            offset = HEADER_SIZE + length + entry["data_offsets"][0]
            return np.memmap(weights, np.float32, "r", offset, tuple(entry["shape"]))

        self._words = tensor("word")
        self._positions = np.array(tensor("position"))
        self._segments = np.array(tensor("token_type"))

    def embed(self, ids: Ids, second: int) -> FloatArray:
        """Return the sums of the embeddings of a sequence, (tokens, width).

        `ids` is (tokens,); `second` is where its second segment begins.
        """
        embedded: FloatArray = self._words[ids] + self._positions[: len(ids)]
        embedded[:second] += self._segments[0]
        embedded[second:] += self._segments[1]
        return embedded
