"""The bundled model's tokenizer, of which encoder and reader share one: it is 8 MB."""

from functools import cache
from pathlib import Path
from typing import Any


@cache
def load_tokenizer(model: Path) -> Any:  # noqa: ANN401 - tokenizers has no types for mypy
    """Return the `tokenizers.Tokenizer` in the folder `model`, which neither cuts nor pads. Any thread may use it."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
