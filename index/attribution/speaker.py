"""Whom an article reports as saying a sentence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom an article reports as saying a sentence: `Dmitry Peskov`, `Kremlin spokesman`.

    `name` is as the article writes it, its longest form; `description` too, where the article gives one.
    """

    name: str
    description: str | None = None

    def __str__(self) -> str:
        return f"{self.name}, {self.description}" if self.description else self.name
