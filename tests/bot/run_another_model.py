"""A command of `verbatim`, aimed at a local Discord, with another language model.

`run_another_model.py <base url> <folder> <command>`: a rebuild puts a file `begun` in the folder when the first article is
encoded anew, and goes on with the next one when a file `go` is there.
"""

import sys
import time
from pathlib import Path

import numpy as np

from tests.discord_server.aim import aimed_at


class HalfEncoder:
    """The bundled model with every second number left out."""

    def __init__(self, encoder):
        self._encoder = encoder
        self.fingerprint, self.dimensions = "half:fp32", encoder.dimensions // 2

    def encode(self, texts):
        vectors = self._encoder.encode(texts)[:, ::2]
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def use_another_model(folder):
    """Let the bundled model be another, and rebuilding wait after the first article."""
    from index import archive
    from index.ingest import rebuild

    load, replace = archive.load_encoder, rebuild._replace

    def replace_when_let(*arguments):
        replace(*arguments)
        (folder / "begun").touch()
        while not (folder / "go").exists():
            time.sleep(0.02)

    rebuild._replace = replace_when_let
    archive.load_encoder = lambda *arguments: HalfEncoder(load(*arguments))


def main(base: str, folder: str, *command: str) -> None:
    """Run until it is done, or a signal comes."""
    with aimed_at(base):
        from bot.cli import app

        use_another_model(Path(folder))
        app.main(list(command))


if __name__ == "__main__":
    main(*sys.argv[1:])
