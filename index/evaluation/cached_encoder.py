"""An encoder with a cache on disk, so that a second evaluation encodes only new texts."""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoding.encoder import Encoder
from index.encoding.onnx_session import Vectors

ENCODE_BATCH = 2000  # texts encoded between two commits; judged: an interrupted run loses little


class CachedEncoder:
    """Wraps an encoder and keeps every vector, in half precision, under the SHA-1 of its text."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        """Open the cache in `folder`, a file named for the encoder's fingerprint."""
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
        for position, key in enumerate(keys):
            row = self._db.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
            if row is None:
                missing.append(position)
            else:
                vectors[position] = np.frombuffer(row[0], dtype=np.float16)
        for start in range(0, len(missing), ENCODE_BATCH):
            positions = missing[start : start + ENCODE_BATCH]
            encoded = self._encoder.encode([texts[position] for position in positions]).astype(np.float16)
            vectors[positions] = encoded  # as they are found the next time
            self._db.executemany(
                "INSERT OR IGNORE INTO vectors VALUES (?, ?)",
                [(keys[position], row.tobytes()) for position, row in zip(positions, encoded, strict=True)],
            )
            self._db.commit()
        return vectors

    def close(self) -> None:
        """Close the cache's database."""
        self._db.close()
