"""Articles and questions to measure with: real ones where there are any, and as many made-up ones as are wanted."""

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import chain, islice
from pathlib import Path

import numpy as np

from index.articles import Article
from index.encoding.encoder import Encoder
from index.encoding.onnx_session import Vectors
from index.errors import RefusedArticle
from index.ingest.batches import prepare
from index.ingest.inputs import read_inputs
from tests.conftest import REPOSITORY

SAMPLE = REPOSITORY / "index" / "sample" / "articles.jsonl"
NOW = datetime(2023, 12, 1, tzinfo=UTC)
_SENTENCES = 25  # of a made-up article, as news has
_CHANGED = 0.3  # of the words of a sentence that is used again
_OUTLETS = 40
_QUESTIONS = 60
_POOL = 500  # real articles whose sentences are used again
_ASKED = (
    "Did Trump call Putin?",
    "Who is the new pope?",
    "How many people died in the fires of Los Angeles?",
)


@dataclass(frozen=True)
class Corpus:
    """Real articles, and questions with the reader's now."""

    articles: Sequence[Article]
    questions: Sequence[tuple[str, datetime]]
    name: str

    def sentences(self) -> Iterator[tuple[str, ...]]:
        """Yield what is indexed of each article that has a sentence to quote: its headline, its sentences."""
        for article in self.articles:
            with suppress(RefusedArticle):
                yield prepare(article).texts

    def first(self, sentences: int) -> list[Article]:
        """Give as many articles as have just about so many sentences, or all there are."""
        chosen = []
        for article in self.articles:
            if sentences <= 0:
                break
            with suppress(RefusedArticle):
                sentences -= len(prepare(article).texts) - 1
                chosen.append(article)
        return chosen

    @cached_property
    def pool(self) -> Sequence[str]:
        """Give real sentences, of which others are made."""
        return list(chain.from_iterable(texts[1:] for texts in islice(self.sentences(), _POOL)))

    def made_up(self, sentences: int, seed: int) -> Iterator[Article]:
        """Yield articles of about so many sentences in all: real ones with three words in ten exchanged.

        Words are exchanged by others as frequent, so that the word index has news-like work; no two are alike.
        """
        dice = random.Random(seed)
        words = [word for sentence in self.pool for word in sentence.split()]
        mark = dice.getrandbits(32)
        for number in range(-(-sentences // _SENTENCES)):
            chosen = dice.choices(self.pool, k=min(_SENTENCES, sentences - number * _SENTENCES))
            mixed = [_exchanged(sentence, words, dice) for sentence in chosen]
            yield Article(
                url=f"https://bench.example/{mark}/{number}",
                outlet=f"Outlet {number % _OUTLETS}",
                title=" ".join(mixed[0].split()[:10]),
                text="\n".join(mixed),
                published=NOW - timedelta(hours=number % 8760),
            )


class Mixing:
    """Stands in for the encoder where a million sentences would take hours: mixtures of real vectors, and noise.

    It has the encoder's fingerprint, so that the same index opens with either.
    """

    def __init__(self, encoder: Encoder, texts: Sequence[str]) -> None:
        self._base = encoder.encode(texts)
        self._dice = np.random.default_rng(1)
        self.fingerprint, self.dimensions = encoder.fingerprint, encoder.dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors that have nothing to do with the texts."""
        return self.mixed(len(texts), self._dice)

    def mixed(self, many: int, dice: np.random.Generator) -> Vectors:
        """Return so many unit vectors."""
        picked = dice.integers(len(self._base), size=(2, many))
        noise = dice.standard_normal((many, self.dimensions), dtype=np.float32)
        mixed = self._base[picked[0]] + 0.5 * self._base[picked[1]] + 0.03 * noise
        unit: Vectors = (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float32)
        return unit


def read_corpus(data: Path) -> Corpus:
    """Read `news-qa` of the evaluation data, or else the bundled sample."""
    folder = data / "news-qa"
    if not folder.is_dir():
        articles = [one for one in read_inputs([str(SAMPLE)]) if isinstance(one, Article)]
        return Corpus(articles, [(text, NOW) for text in _ASKED], "the bundled sample")
    articles = [one for one in read_inputs([str(folder / "articles.jsonl.gz")]) if isinstance(one, Article)]
    with gzip.open(folder / "questions.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line, _ in zip(lines, range(_QUESTIONS), strict=False)]
    asked = [(row["question"], datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)) for row in rows]
    return Corpus(articles, asked, "news-qa")


def _exchanged(sentence: str, words: Sequence[str], dice: random.Random) -> str:
    return " ".join(dice.choice(words) if dice.random() < _CHANGED else word for word in sentence.split())
