"""Measure how well article text is extracted from real pages.

The measure is that of the article-extraction-benchmark (github.com/scrapinghub/article-extraction-benchmark): texts
are compared as bags of shingles of four words (Broder 1997); precision and recall are averaged over the pages, F1 is
taken of the two averages.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import VerbatimError
from index.parsing.article_html import article_from_page
from index.text.charset import decode_page

SHINGLE_WORDS = 4  # given by the benchmark


@dataclass(frozen=True, slots=True)
class ExtractionScores:
    """Averages over `pages` pages, each from 0 to 1."""

    precision: float
    recall: float
    pages: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 when both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score_extraction(folder: Path) -> ExtractionScores:
    """Return the scores of `article_from_page` on the pages of `folder` against the text that people marked.

    `folder` holds `ground-truth.json` (`{name: {"articleBody": text, "url": address}}`) and
    `html/<name>.html.gz`. A page that is refused counts as an empty text. Raise OSError when a file is missing.
    """
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    pairs = []
    for name, page in truth.items():
        html = decode_page(gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()))
        pairs.append((page["articleBody"], _extracted_text(html, page.get("url") or "https://example.com/")))
    return score_texts(pairs)


def score_texts(pairs: Sequence[tuple[str, str]]) -> ExtractionScores:
    """Return the scores of pairs of (true text, extracted text).

    A page without extracted text counts for recall only, one without true text for precision only.
    """
    precisions, recalls = [], []
    for true, found in pairs:
        expected, extracted = _shingles(true), _shingles(found)
        shared = (expected & extracted).total()
        if extracted:
            precisions.append(shared / extracted.total())
        if expected:
            recalls.append(shared / expected.total())
    return ExtractionScores(_mean(precisions), _mean(recalls), len(pairs))


def _extracted_text(html: str, url: str) -> str:
    try:
        return article_from_page(html, url).text
    except VerbatimError:
        return ""


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    count = max(len(words) - SHINGLE_WORDS + 1, 1 if words else 0)
    return Counter(tuple(words[start : start + SHINGLE_WORDS]) for start in range(count))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
