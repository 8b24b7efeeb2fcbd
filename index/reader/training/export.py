"""The trained reader as an ONNX network of one-byte weights, small enough to ship."""

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from torch import Tensor, nn

from index.encoding.onnx_session import load_onnxruntime
from index.reader.training.network import ReaderNetwork

OPSET = 17  # standard: the newest that torch's exporter without dynamo is tested with
MASKED = -1e4  # added to the attention paid to padding: no weight is left after the softmax


class EmbeddedReader(nn.Module):
    """The reader behind its embeddings, which are summed outside of the network: they belong to the encoder."""

    def __init__(self, network: ReaderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, embedded: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the answer logits, (n,), and the logarithms of the chances of the stances, (n, 4)."""
        states = self.network.bert.embeddings.LayerNorm(embedded)
        hidden = (1.0 - mask[:, None, None, :].to(states.dtype)) * MASKED
        for layer in self.network.bert.encoder.layer:
            states = layer(states, hidden)
        weights = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        pooled = torch.cat([states[:, 0], mean], dim=-1)
        stance = torch.log_softmax(self.network.stance_head(pooled), dim=-1)
        return self.network.answer_head(pooled).squeeze(-1), stance


def export_reader(network: ReaderNetwork, target: Path) -> None:
    """Write the network to the file `target`, whole or not at all.

    Inputs are `embedded`, the sums of a sequence's embeddings, float32 (n, tokens, width), and `mask`, int64 (n,
    tokens); outputs `answer` (n,) and `stance` (n, 4), both float32. Weights of matrices are of one byte with a
    scale for each column.
    """
    load_onnxruntime()
    from onnxruntime.quantization import QuantType, quantize_dynamic

    width = int(network.bert.config.hidden_size)
    network.bert.set_attn_implementation("eager")
    example = (torch.randn(2, 8, width), torch.ones(2, 8, dtype=torch.long))
    with TemporaryDirectory(dir=target.parent, prefix="unfinished-") as folder:
        whole, small = Path(folder, "whole.onnx"), Path(folder, "small.onnx")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the exporter warns of its successor
            torch.onnx.export(
                EmbeddedReader(network).eval(),
                example,
                str(whole),
                input_names=["embedded", "mask"],
                output_names=["answer", "stance"],
                dynamic_axes={
                    "embedded": {0: "n", 1: "tokens"},
                    "mask": {0: "n", 1: "tokens"},
                    "answer": {0: "n"},
                    "stance": {0: "n"},
                },
                opset_version=OPSET,
                dynamo=False,
            )
        quantize_dynamic(
            whole,
            small,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            reduce_range=True,
        )
        onnx.checker.check_model(small)
        small.replace(target)
