"""What the reader reads beside a question: a sentence with what stands around it."""

from typing import NamedTuple


class Passage(NamedTuple):
    """A sentence of an article, its headline, and the sentence before it; "" where there is none."""

    sentence: str
    headline: str = ""
    before: str = ""
