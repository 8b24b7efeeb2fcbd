"""An encoder that remembers: the second run of an evaluation encodes only what is new."""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoding.encoder import Encoder
from index.encoding.onnx_session import Vectors

ENCODE_BATCH = 2000  # texts encoded between two commits


class CachedEncoder:
    """Wraps an encoder and keeps every vector, in half precision, under the text's checksum."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        """Keep the vectors in `folder`, in a file of the encoder's own."""
        folder.mkdir(parents=True, exist_ok=True)
        self._encoder = encoder
        self.fingerprint = encoder.fingerprint
        self.dimensions = encoder.dimensions
        name = self.fingerprint.replace(":", "-")
        self._db = sqlite3.connect(folder / f"{name}.db", check_same_thread=False)
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return an (n, dimensions) float32 array of unit rows, in the order of `texts`."""
        keys = [
            hashlib.sha1(text.encode("utf-8", "replace"), usedforsecurity=False).digest() for text in texts
        ]
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        missing = []
        for place, key in enumerate(keys):
            row = self._db.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
            if row is None:
                missing.append(place)
            else:
                vectors[place] = np.frombuffer(row[0], dtype=np.float16)
        for start in range(0, len(missing), ENCODE_BATCH):
            places = missing[start : start + ENCODE_BATCH]
            vectors[places] = self._encoder.encode([texts[place] for place in places])
            self._db.executemany(
                "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
                [(keys[place], vectors[place].astype(np.float16).tobytes()) for place in places],
            )
            self._db.commit()
        return vectors

    def close(self) -> None:
        """Close the file."""
        self._db.close()
