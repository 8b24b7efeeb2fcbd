"""The one-time export of the bundled model to ONNX, pooling and normalising included."""

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

OPSET = (
    17  # standard: the newest version of ONNX operators that torch's exporter without dynamo is tested with
)


def is_exported(network: Path) -> bool:
    """Return True if `network` and the file of its weights are there: an export was finished."""
    return network.exists() and _weights(network).exists()


def export_network(model: Path, target: Path) -> None:
    """Write the sentence encoder in the folder `model` to the file `target`, whole or not at all.

    Its weights go to a file beside it, which is memory-mapped: embeddings of words that no text holds take no
    memory. Inputs `ids` and `mask` are int64 (n, tokens); the output `vectors` is float32 (n, dimensions),
    the mean of the token vectors scaled to length 1, as the model's own pooling configuration asks.
    """
    import torch
    from transformers import AutoModel
    from transformers.utils import logging

    class Pooled(torch.nn.Module):
        """The transformer with its pooling, as one network."""

        def __init__(self, transformer: torch.nn.Module) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            """Return unit rows (n, dimensions)."""
            states = self.transformer(input_ids=ids, attention_mask=mask).last_hidden_state
            weights = mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    network = Pooled(AutoModel.from_pretrained(model, attn_implementation="eager")).eval()
    example = torch.ones(2, 8, dtype=torch.long)
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target.parent, prefix="unfinished-") as folder:
        whole = Path(folder, "whole.onnx")
        with warnings.catch_warnings():
            # the exporter warns of its successor, which takes seven times as long for the same network
            warnings.simplefilter("ignore")
            torch.onnx.export(
                network,
                (example, example),
                str(whole),
                input_names=["ids", "mask"],
                output_names=["vectors"],
                dynamic_axes={
                    "ids": {0: "n", 1: "tokens"},
                    "mask": {0: "n", 1: "tokens"},
                    "vectors": {0: "n"},
                },
                opset_version=OPSET,
                dynamo=False,
            )
        _save_with_external_weights(whole, Path(folder, target.name))
        for path in (_weights(target), target):  # the network last: is_exported asks for both
            Path(folder, path.name).replace(path)


def _save_with_external_weights(whole: Path, target: Path) -> None:
    """Write the network `whole` to `target`, with its weights in a file of their own."""
    import onnx

    onnx.save(onnx.load(whole), target, save_as_external_data=True, location=_weights(target).name)


def _weights(network: Path) -> Path:
    return network.with_suffix(".weights")
