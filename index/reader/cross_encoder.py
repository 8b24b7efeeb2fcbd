"""Another model in the place of the answering head: any CrossEncoder of sentence-transformers.

What such a model gives has a scale of its own. `verbatim eval --fit` finds how to bring it to that of our head, for
which everything behind it was fitted; what it found is kept beside the index. Stance stays ours.
"""

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.arrays import FloatArray
from index.errors import BrokenIndex
from index.reader.passage import Passage
from index.reader.reader import Reader, Readings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

SCALES_FILE = "reader-scales.json"  # in the data folder, by the name of the model


@dataclass(frozen=True, slots=True)
class Scale:
    """How log odds of one model become those of another: times `slope`, plus `shift`."""

    slope: float
    shift: float

    def apply(self, logits: FloatArray) -> FloatArray:
        """Return log odds, (n,), on the other scale."""
        scaled: FloatArray = (logits * self.slope + self.shift).astype(np.float32)
        return scaled


UNSCALED = Scale(1.0, 0.0)


class CrossEncoderReader(Reader):
    """Reads how well passages answer with a model of another maker, and their stance with ours."""

    def __init__(self, ours: Path, model: Path, name: str, scale: Scale = UNSCALED) -> None:
        """Name our network, the folder of the encoder, and the other model, by name or path.

        The other is loaded at the first reading. `scale` brings what it gives to the scale of ours.
        """
        super().__init__(ours, model)
        self.name, self.scale = name, scale
        self._other = _LazyCrossEncoder(name)

    def read(self, question: str, passages: Sequence[Passage]) -> Readings:
        """Return what `passages` say, in their order. Raise BrokenIndex when the other model cannot be had."""
        ours, other = self.read_both(question, passages)
        return Readings(self.scale.apply(other), ours.stance)

    def read_both(self, question: str, passages: Sequence[Passage]) -> tuple[Readings, FloatArray]:
        """Return the readings of our network, and what the other gives for each passage, (n,), unscaled."""
        ours = super().read(question, passages)
        return ours, self._other.logits([(question, _as_text(passage)) for passage in passages])


class _LazyCrossEncoder:
    """The other model, loaded by whoever needs it first."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._loading = threading.Lock()

    def logits(self, pairs: Sequence[tuple[str, str]]) -> FloatArray:
        """Return what the model gives for pairs of question and text, (n,)."""
        if not pairs:
            return np.empty(0, np.float32)
        with self._loading:
            model = self._model
        given = model.predict(list(pairs), show_progress_bar=False)
        return np.asarray(given, np.float32).reshape(len(pairs))

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder
        from torch import nn

        try:
            model: CrossEncoder = CrossEncoder(
                self._name,
                device="cpu",
                model_kwargs={"use_safetensors": True},
                activation_fn=nn.Identity(),
            )
        except Exception as error:  # as many kinds as there are ways to have no model
            raise BrokenIndex(f"The reader {self._name!r} cannot be loaded: {error}") from error
        if model.num_labels != 1:
            raise BrokenIndex(
                f"The reader {self._name!r} gives {model.num_labels} figures a pair; one that ranks gives one."
            )
        return model


def read_scale(folder: Path, name: str) -> Scale:
    """Return the scale of the model `name`. Raise BrokenIndex, in words for the owner, when none was fitted."""
    try:
        found = json.loads((folder / SCALES_FILE).read_text("utf-8"))[name]
        return Scale(float(found["slope"]), float(found["shift"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BrokenIndex(
            f"The reader {name!r} is not calibrated for {folder}. Run `verbatim eval --fit` with it once, or "
            "leave VERBATIM_READER empty for the one that comes with Verbatim."
        ) from error


def write_scale(folder: Path, name: str, scale: Scale) -> Path:
    """Keep the scale of the model `name` beside those of other models; return the file."""
    file = folder / SCALES_FILE
    kept = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    kept[name] = {"slope": scale.slope, "shift": scale.shift}
    file.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    return file


def _as_text(passage: Passage) -> str:
    return " ".join(filter(None, (passage.headline, passage.before, passage.sentence)))
