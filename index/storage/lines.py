"""The tables of lines: what is kept of each article's lines, and on how many articles each line stands."""

import numpy as np
from numpy.typing import NDArray

from index.storage.database import SqliteDatabase


class LinesMixin(SqliteDatabase):
    """The part of the store that counts lines. Call its methods inside `transaction()`."""

    def add_lines(self, first_sentence: int, form: int, hashes: NDArray[np.int64], needed: bytes) -> None:
        """Keep an article's lines, `hashes` (n,) and a byte of `needed` for each, and count each line once.

        `form` names the model that made `needed`.
        """
        self.execute(
            "INSERT INTO lines VALUES (?, ?, ?, ?)",
            *(first_sentence, form, hashes.astype("<i8").tobytes(), needed),
        )
        self.execute_many(
            "INSERT INTO line_counts VALUES (?, 1) ON CONFLICT DO UPDATE SET articles = articles + 1",
            ((line,) for line in np.unique(hashes).tolist()),
        )

    def remove_lines(self, first_sentence: int) -> None:
        """Forget an article's lines, which count no longer."""
        for row in self.query("DELETE FROM lines WHERE first = ? RETURNING hashes", first_sentence):
            lines = [(line,) for line in np.unique(np.frombuffer(row[0], dtype="<i8")).tolist()]
            self.execute_many("UPDATE line_counts SET articles = articles - 1 WHERE line = ?", lines)
            self.execute_many("DELETE FROM line_counts WHERE line = ? AND articles < 1", lines)
