"""Writing all segments of the vectors as one anew: in inverted lists where they are many, else flat."""

from pathlib import Path

import numpy as np
import structlog

from index.arrays import FloatArray, IntArray
from index.retrieval import quantized_vectors
from index.retrieval.quantized_vectors import Precision, QuantizedVectors, write_index
from index.retrieval.vectors.inverted_vectors import (
    Check,
    InvertedVectors,
    KeptRows,
    ListSource,
    ListWriter,
    SortedRows,
)
from index.retrieval.vectors.list_choice import (
    ASKED,
    NEAREST,
    best_centroids,
    list_counts,
    probes_needed,
    sample_size,
)
from index.retrieval.vectors.segment import Segment
from index.retrieval.vectors.snapshot_files import (
    FINE_FILE,
    LISTS_FILE,
    NUMBERS_FILE,
    Kept,
    place_fine,
    write_flat,
    write_numbers,
)

# From so many sentences on a search looks into lists: below, reading all of them takes less than 50 ms. Judged.
MANY_ROWS = 3_000_000
KEPT_GROWTH = (
    2  # centroids are kept until the number of lists that would be tried has grown so many times; judged
)
_SEED = 7  # of the samples: the same vectors give the same lists

log = structlog.get_logger(__name__)


def write_merged(folder: Path, kept: Kept, check: Check) -> dict[str, int]:
    """Write segments as one; return the checksums that are known of the files. Raise OSError, and what `check` does.

    Where the first is inverted already its lists are kept, until they have become too few; how many of them a search
    looks into is measured each time.
    """
    if (
        sum(int(rows.sum()) for _, rows in kept) < MANY_ROWS // 2
    ):  # lists stay until so many have been removed
        write_flat(folder, kept)
        return {}
    writer = _write_lists(folder, kept, check)
    (base, rows), *rest = kept
    known = {}
    if not rest and rows.all() and FINE_FILE in base.checksums:
        place_fine(folder, base)
        known[FINE_FILE] = base.checksums[FINE_FILE]
    else:
        write_index(folder / FINE_FILE, [(part.fine, rows) for part, rows in kept])
    write_numbers(folder, kept)
    writer.set_probes(_probes(folder, check))
    return known


def _write_lists(folder: Path, kept: Kept, check: Check) -> ListWriter:
    """Write the lists, for a search into one of them."""
    total = sum(int(rows.sum()) for _, rows in kept)
    (base, alive), *rest = kept
    sources: list[ListSource] = []
    lists = base.coarse.lists if isinstance(base.coarse, InvertedVectors) else 0
    if isinstance(base.coarse, InvertedVectors) and lists * KEPT_GROWTH >= list_counts(total)[0]:
        centroids = base.coarse.centroids
        sources.append(KeptRows(base.coarse, base.sentences[~alive]))
    else:
        centroids, rest = best_centroids(_sample(kept, total), total, check), list(kept)
    writer = ListWriter(folder / LISTS_FILE, centroids)
    sources += [_sorted(writer, part, np.flatnonzero(rows), check) for part, rows in rest if rows.any()]
    writer.write(sources, check)
    return writer


def _sample(kept: Kept, total: int) -> FloatArray:
    """Return INT8 vectors from all over the segments, (n, d), in random order."""
    dice = np.random.default_rng(_SEED)
    share = sample_size(total) / total
    drawn = []
    for part, rows in kept:
        positions = np.flatnonzero(rows)
        chosen = np.sort(dice.choice(positions, round(share * len(positions)), replace=False))
        drawn.append(_scaled(part.fine, chosen))
    sample = np.concatenate(drawn)
    mixed: FloatArray = sample[dice.permutation(len(sample))]
    return mixed


def _sorted(writer: ListWriter, part: Segment, positions: IntArray, check: Check) -> SortedRows:
    """Find the lists of some rows of a segment."""
    lists = np.empty(len(positions), dtype=np.int32)
    step = quantized_vectors.CHUNK_ROWS
    for start in range(0, len(positions), step):
        check()
        lists[start : start + step] = writer.nearest(_scaled(part.fine, positions[start : start + step]))
    codes = part.coarse if isinstance(part.coarse, QuantizedVectors) else part.fine
    return SortedRows(codes, positions, part.sentences[positions], lists)


def _probes(folder: Path, check: Check) -> int:
    """Measure into how many of the written lists a search has to look; see `list_choice`."""
    lists = InvertedVectors.open_mapped(folder / LISTS_FILE)
    fine = QuantizedVectors.open_mapped(Precision.FP16, folder / FINE_FILE)
    numbers = np.load(folder / NUMBERS_FILE, mmap_mode="r")
    dice = np.random.default_rng(_SEED)
    asked = np.sort(dice.choice(len(numbers), min(ASKED, len(numbers)), replace=False))
    queries = _scaled(fine, asked)
    nearest = []
    for query, own in zip(queries, numbers[asked], strict=True):
        check()
        found = lists.search_all(query[None], NEAREST + 1)[0]
        nearest.append(_scaled(fine, np.searchsorted(numbers, found[found != own][:NEAREST])))
    probes = probes_needed(queries, np.concatenate(nearest), lists.centroids)
    log.info("vectors are in lists", sentences=len(numbers), lists=lists.lists, probes=probes)
    return probes


def _scaled(fine: QuantizedVectors, positions: IntArray) -> FloatArray:
    return Precision.INT8.scale(fine.take(positions).astype(np.float32))
