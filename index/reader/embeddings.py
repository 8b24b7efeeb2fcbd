"""The encoder's embeddings of tokens, read from its file of weights where they are needed."""

import json
import os
import weakref
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.reader.pair_tokenizer import Ids

# Bytes that tell the length of a safetensors file's header, which names its tensors; standard.
HEADER_SIZE = 8
FLOAT_SIZE = 4  # bytes of a weight, standard

FloatArray = NDArray[np.float32]


class TokenEmbeddings:
    """Word, position and segment embeddings in a safetensors file.

    Each word's are read where they are needed: in memory all would take 47 MB, and a mapped file as much, since the
    system maps many pages around each that is touched.
    """

    def __init__(self, weights: Path) -> None:
        """Open the file `weights` of a BERT model."""
        self._file = os.open(weights, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        length = int.from_bytes(os.pread(self._file, HEADER_SIZE, 0), "little")
        header = json.loads(os.pread(self._file, length, HEADER_SIZE))
        begin = HEADER_SIZE + length

        def place(name: str) -> tuple[int, tuple[int, int]]:
            entry = header[f"embeddings.{name}_embeddings.weight"]
            rows, width = entry["shape"]
            return begin + entry["data_offsets"][0], (rows, width)

        self._words, (_, self._width) = place("word")
        self._row_size = self._width * FLOAT_SIZE
        self._positions, self._segments = (
            self._read([offset], rows) for offset, (rows, _) in map(place, ("position", "token_type"))
        )

    def embed(self, ids: Ids, second: int) -> FloatArray:
        """Return the sums of the embeddings of a sequence, (tokens, width).

        `ids` is (tokens,); `second` is where its second segment begins.
        """
        different, places = np.unique(ids, return_inverse=True)
        words = self._read((self._words + different * self._row_size).tolist(), 1)
        embedded: FloatArray = words[places] + self._positions[: len(ids)]
        embedded[:second] += self._segments[0]
        embedded[second:] += self._segments[1]
        return embedded

    def _read(self, offsets: Sequence[int], rows: int) -> FloatArray:
        """Return so many `rows` from each of the `offsets`, which are bytes of the file, (rows, width)."""
        size = rows * self._row_size
        read = b"".join([os.pread(self._file, size, offset) for offset in offsets])
        return np.frombuffer(read, np.float32).reshape(-1, self._width)
