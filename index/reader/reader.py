"""The trained cross-encoder, run by ONNX Runtime: how well passages answer, and what they do to what is asked."""

import copy
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoding.onnx_session import load_onnxruntime, usable_cores
from index.encoding.tokenizer import load_tokenizer
from index.reader.embeddings import TokenEmbeddings
from index.reader.pair_tokenizer import Ids, PairTokenizer
from index.reader.passage import Passage

FloatArray = NDArray[np.float32]

STANCES = ("reports", "denies", "no_comment", "other")  # in the order of the network's outputs


@dataclass(frozen=True, slots=True)
class Readings:
    """What n passages were read to say.

    `answer`, (n,), is the log odds that each answers the question; `stance`, (n, len(STANCES)), the logarithms of
    the chances that it does this or that to what is asked. Neither is calibrated.
    """

    answer: FloatArray
    stance: FloatArray


class Reader:
    """Reads passages one by one, so that a score depends on nothing else that is read. Any thread may use it."""

    def __init__(self, network: Path, model: Path) -> None:
        """Name the network, and the folder of the sentence encoder whose tokenizer and embeddings it uses.

        Both are loaded at the first reading, or by `load_soon`: what only adds articles does without.
        """
        self._lazy = _LazyNetwork(network, model)
        self._threads = ThreadPoolExecutor(usable_cores(), "reading")
        self._give_way: Callable[[], None] | None = None

    def giving_way(self, wait: Callable[[], None]) -> "Reader":
        """Return a reader with the same network and its own threads, which calls `wait` before each passage."""
        other = copy.copy(self)
        other._threads = ThreadPoolExecutor(1, "reading-later")  # noqa: SLF001 - of this class
        other._give_way = wait  # noqa: SLF001
        return other

    def load_soon(self) -> None:
        """Begin to load the network, unless that is done, beside whatever the caller goes on with.

        What fails here fails again, and is told, at the first reading.
        """
        if not self._lazy.is_loaded:
            self._threads.submit(self._lazy.load)

    def read(self, question: str, passages: Sequence[Passage]) -> Readings:
        """Return what `passages` say, in their order; each core reads its own share of them."""
        if not passages:
            return Readings(np.empty(0, np.float32), np.empty((0, len(STANCES)), np.float32))
        network = self._lazy.load()

        def read_one(sequence: tuple[Ids, int]) -> tuple[FloatArray, FloatArray]:
            if self._give_way:
                self._give_way()
            return network.read_one(sequence)

        read = list(self._threads.map(read_one, network.pairs.encode(question, passages)))
        return Readings(
            np.concatenate([answer for answer, _ in read]), np.concatenate([stance for _, stance in read])
        )


class _LazyNetwork:
    """The network, loaded by whoever needs it first."""

    def __init__(self, network: Path, model: Path) -> None:
        self._network, self._model = network, model
        self._loading = threading.Lock()
        self._loaded: _LoadedNetwork | None = None

    @property
    def is_loaded(self) -> bool:
        """Whether `load` returns at once."""
        return self._loaded is not None

    def load(self) -> "_LoadedNetwork":
        """Return the network in memory."""
        with self._loading:
            if self._loaded is None:
                self._loaded = _LoadedNetwork(self._network, self._model)
            return self._loaded


class _LoadedNetwork:
    """The network in memory, with what makes its input."""

    def __init__(self, network: Path, model: Path) -> None:
        onnxruntime = load_onnxruntime()
        self.pairs = PairTokenizer(load_tokenizer(model))
        self._embeddings = TokenEmbeddings(model / "model.safetensors")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_mem_pattern = False  # every sequence has another length
        self._session: Any = onnxruntime.InferenceSession(
            network, options, providers=["CPUExecutionProvider"]
        )

    def read_one(self, sequence: tuple[Ids, int]) -> tuple[FloatArray, FloatArray]:
        """Return the outputs of the network, (1,) and (1, len(STANCES)), for one sequence."""
        embedded = self._embeddings.embed(*sequence)[None]
        mask = np.ones(embedded.shape[:2], np.int64)
        answer, stance = self._session.run(None, {"embedded": embedded, "mask": mask})
        return answer, stance
