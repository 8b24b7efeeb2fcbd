"""Questions on news whose candidate sentences people judged by reading: what the task itself looks like."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from index.reader.passage import Passage
from index.reader.reader import STANCES
from index.reader.training.examples import Example, ExampleGroup
from index.reader.training.public_sets import Row, read_rows

CLAIM_FILES, OPEN_FILES = "claims-*.jsonl.gz", "open-*.jsonl.gz"
ANSWER_OF = {2: 1.0, 1: 0.5, 0: 0.0}  # how well a sentence answers an open question, of its label
UNSETTLED = frozenset({"related", "unrelated"})  # other names of "other"


def judged_rows(folder: Path) -> Iterator[Row]:
    """Yield the judged questions of all files in a folder, claims first."""
    for path in sorted([*folder.glob(CLAIM_FILES), *folder.glob(OPEN_FILES)]):
        yield from read_rows(path)


def judged_groups(rows: Sequence[Row]) -> list[ExampleGroup]:
    """Return judged questions as groups of examples, in their order."""
    return [_group(row) for row in rows]


def deciding_pages(row: Row) -> list[str]:
    """Return the addresses of the sentences that decide a judged question, in the order of its candidates."""
    examples = _group(row).examples
    return [one["url"] for one, example in zip(row["candidates"], examples, strict=True) if example.answers]


def events_of(rows: Sequence[Row]) -> list[str]:
    """Return the event of each judged question: a name that all questions connected by deciding pages share.

    A question that nothing decides is an event of its own.
    """
    parent: dict[str, str] = {}

    def root(page: str) -> str:
        parent.setdefault(page, page)
        while parent[page] != page:
            parent[page] = page = parent[parent[page]]
        return page

    pages = [deciding_pages(row) or [f"nothing:{row['question']}"] for row in rows]
    for deciding in pages:
        for page in deciding[1:]:
            parent[root(page)] = root(deciding[0])
    return [root(deciding[0]) for deciding in pages]


def _group(row: Row) -> ExampleGroup:
    is_claim = "expected" in row
    examples = []
    for one in row["candidates"]:
        passage = Passage(one["sentence"], one["title"] or "", one["before"] or "")
        if is_claim:
            stance = STANCES.index("other" if one["label"] in UNSETTLED else one["label"])
            examples.append(Example(passage, float(stance < STANCES.index("other")), stance))
        else:
            examples.append(Example(passage, ANSWER_OF[one["label"]]))
    return ExampleGroup("claims" if is_claim else "open", row["question"], examples)
