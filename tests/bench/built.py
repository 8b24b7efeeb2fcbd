"""The indexes that are measured: built once in a folder that is kept, never changed by a measure."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from index.archive import Archive
from index.encoding.encoder import Encoder
from index.evaluation.cached_encoder import CachedEncoder
from tests.bench.clock import seconds
from tests.bench.corpus import Corpus, Mixing

REAL = 100_000  # sentences that are real at most: the others are made up
_PIECE = 200_000  # made-up sentences added between two looks at how many there are
_MIXED = 2_000  # real sentences whose vectors are mixed


@dataclass(frozen=True, slots=True)
class Built:
    """An index to measure: how many sentences it has, and how many of them are made up."""

    folder: Path
    sentences: int
    made_up: int

    @property
    def size(self) -> str:
        """Say how large it is."""
        return f"{self.sentences:,} sentences"

    @property
    def note(self) -> str:
        """Say what is not real in it."""
        return f"{self.made_up:,} of them made up, with mixed vectors" if self.made_up else ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where indexes, encodings and models are kept."""

    folder: Path
    cache: Path
    models: Path

    def built(self, corpus: Corpus, encoder: Encoder, wanted: int) -> Built:
        """Return the index of about `wanted` sentences, made now if it is not there or of another encoder."""
        folder, facts = self.folder / str(wanted), self.folder / f"{wanted}.json"
        if facts.exists():
            known = json.loads(facts.read_text("utf-8"))
            if known.pop("encoder") == encoder.fingerprint:
                return Built(folder, **known)
        unfinished = folder.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        built = self._fill(corpus, encoder, wanted, unfinished)
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.rename(folder)
        told = {"encoder": encoder.fingerprint, "sentences": built.sentences, "made_up": built.made_up}
        facts.write_text(json.dumps(told), "utf-8")
        return replace(built, folder=folder)

    def _fill(self, corpus: Corpus, encoder: Encoder, wanted: int, folder: Path) -> Built:
        cached = CachedEncoder(encoder, self.cache)
        with Archive(folder, cached) as archive:
            archive.add(corpus.first(min(wanted, REAL)))
            real = archive.stats().sentences
        cached.close()
        with Archive(folder, mixing(encoder, corpus)) as archive:
            seed, has = 1, real
            while wanted - has > wanted // 200:
                archive.add(corpus.made_up(min(wanted - has, _PIECE), seed))
                seed, has = seed + 1, archive.stats().sentences
        return Built(folder, has, has - real)

    @contextmanager
    def copy(self, built: Built) -> Iterator[Built]:
        """Lend a copy of an index that may be changed."""
        with TemporaryDirectory(dir=self.folder) as place:
            folder = Path(place, "copy")
            shutil.copytree(built.folder, folder)
            yield Built(folder, built.sentences, built.made_up)


def mixing(encoder: Encoder, corpus: Corpus) -> Mixing:
    """Return what stands in for the encoder, over this corpus."""
    return Mixing(encoder, list(islice(corpus.pool, _MIXED)))


def storing(built: Built, corpus: Corpus, encoder: Encoder, sentences: int) -> float:
    """Return at how many sentences a second an index takes in articles, encoding aside; it is changed by it."""
    with Archive(built.folder, mixing(encoder, corpus)) as archive:
        coming = list(corpus.made_up(sentences, seed=99))
        before = archive.stats().sentences
        took = seconds(lambda: archive.add(coming))
        return (archive.stats().sentences - before) / took
