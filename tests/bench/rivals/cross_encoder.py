"""Verbatim's reader in the form of a CrossEncoder of sentence-transformers, for rivals to put behind their search.

Its answering head alone, in single precision: `CrossEncoder(folder, trust_remote_code=True)` reads a question and a
text, and gives the chance, before any calibration, that the text answers.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor
from transformers import AutoConfig, AutoTokenizer
from transformers.utils import logging

from index.arrays import FloatArray
from tests.bench.rivals.pair_model import PairModel

TOKENS = 512  # of question and passage together; standard: as many as BERT has positions
_EMBEDDINGS = "embeddings.{}_embeddings.weight"


def export_cross_encoder(network: Path, encoder: Path, folder: Path) -> Path:
    """Write the reader's `network`, with the embeddings of the `encoder` whose layers it continues, to `folder`."""
    config = AutoConfig.from_pretrained(encoder, num_labels=1)
    model = PairModel(config)
    weights = {
        name: weight for name, weight in _weights(network).items() if not name.startswith("stance_head")
    }
    model.load_state_dict(weights | _embeddings(encoder), strict=True)
    PairModel.register_for_auto_class("AutoModelForSequenceClassification")
    logging.disable_progress_bar()
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(encoder, model_max_length=TOKENS).save_pretrained(folder)
    return folder


def _weights(network: Path) -> dict[str, Tensor]:
    """Return all weights of the network by their names in PyTorch, those of one byte brought back to their scale."""
    graph = onnx.load(network).graph
    found = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    weights = {
        name.removeprefix("network."): one for name, one in found.items() if name.startswith("network.bert.")
    }
    bias_of = {
        given: name for node in graph.node if node.op_type == "Add" for name, given in _sum(node, found)
    }
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            bias = bias_of[node.output[0].removesuffix("_output_quantized")]
            module = bias.removeprefix("network.").removesuffix(".bias")
            weights[f"{module}.weight"] = _dequantised(found, node.input[1].removesuffix("_quantized")).T
            weights[f"{module}.bias"] = found[bias]
    return {name: torch.from_numpy(np.array(one, np.float32)) for name, one in weights.items()}


def _sum(node: onnx.NodeProto, found: dict[str, FloatArray]) -> list[tuple[str, str]]:
    """Return the name of what a node adds, if that is a weight, with the name of what it is added to."""
    first, second = node.input
    return [(name, given) for name, given in ((first, second), (second, first)) if name in found]


def _dequantised(found: dict[str, FloatArray], name: str) -> FloatArray:
    """Return the matrix (in, out), of which each column has a scale of its own."""
    whole = found[f"{name}_quantized"].astype(np.float32) - found[f"{name}_zero_point"]
    scaled: FloatArray = whole * found[f"{name}_scale"]
    return scaled


def _embeddings(encoder: Path) -> dict[str, Tensor]:
    from safetensors.torch import load_file

    kept = load_file(encoder / "model.safetensors")
    names = [_EMBEDDINGS.format(kind) for kind in ("word", "position", "token_type")]
    return {f"bert.{name}": kept[name] for name in names}
