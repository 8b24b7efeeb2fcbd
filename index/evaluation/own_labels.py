"""Our own judgements of sentences, kept as hashes and labels: the news they are about stays with its publishers."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from index.storage.records import StoredArticle

Row = dict[str, Any]

LABELS_FILE = Path(str(files("index.evaluation") / "own_labels.jsonl.gz"))
# Questions written to a sentence that reports, denies, only nearly settles or answers them: one sentence each.
CONTRASTS_FILE = LABELS_FILE.with_name("own_contrasts.jsonl.gz")
# Of the questions that measure: the sentences that the search finds beside those judged before. They train nothing.
FOUND_FILE = LABELS_FILE.with_name("own_labels_of_found.jsonl.gz")
HASH_LENGTH = (
    12  # hexadecimal digits; judged: among a million sentences two share them once in hundreds of cases
)
CLAIM_LABELS = {"r": "reports", "d": "denies", "n": "no_comment", "o": "other"}
OPEN_LABELS = {"2": 2, "1": 1, "0": 0}


def question_hash(question: str) -> str:
    """Return the hash by which a question is known."""
    return _hash(question.strip())


def sentence_hash(url: str, sentence: str) -> str:
    """Return the hash by which a sentence of an article is known."""
    return _hash(f"{url}\n{sentence}")


def read_own_labels(
    articles: Iterable[StoredArticle], questions: Iterable[str], source: Path = LABELS_FILE
) -> Iterator[Row]:
    """Yield our judged questions, in the shape of a file of judged questions, as far as the texts are there.

    `articles` hold the sentences, `questions` are those that are not ours to keep, `source` is the file that
    `write_own_labels` wrote. What is missing is left out.
    """
    by_hash = {question_hash(text): text for text in questions}
    sentences = _sentences(articles)
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row.get("question") or by_hash.get(row["hash"])
            labels = CLAIM_LABELS if "expected" in row else OPEN_LABELS
            candidates: list[Row] = [
                sentences[key] | {"label": labels[label]}
                for key, label in zip(row["sentences"], row["labels"], strict=True)
                if key in sentences
            ]
            if text and candidates:
                kept = {name: row[name] for name in ("now", "expected", "answerable") if name in row}
                yield {"id": row["hash"], "question": text, "candidates": candidates, **kept}


def write_own_labels(rows: Iterable[Row], target: Path, foreign: Mapping[str, Any]) -> None:
    """Write judged questions to `target`; those in `foreign`, by hash, without their text."""
    codes = {label: code for code, label in (CLAIM_LABELS | OPEN_LABELS).items()}
    with gzip.GzipFile(target, "wb", mtime=0) as packed:
        for row in rows:
            key = question_hash(row["question"])
            shape: Row = {"hash": key} if key in foreign else {"hash": key, "question": row["question"]}
            shape |= {name: row[name] for name in ("now", "expected", "answerable") if name in row}
            shape["sentences"] = [sentence_hash(one["url"], one["sentence"]) for one in row["candidates"]]
            shape["labels"] = "".join(codes[one["label"]] for one in row["candidates"])
            packed.write((json.dumps(shape, separators=(",", ":")) + "\n").encode())


def _sentences(articles: Iterable[StoredArticle]) -> dict[str, Row]:
    """Return every sentence of some articles, as a candidate, by its hash."""
    found: dict[str, Row] = {}
    for stored in articles:
        article, before = stored.article, ""
        for span in stored.spans[1:]:
            sentence = article.text[slice(*span)]
            found[sentence_hash(article.url, sentence)] = {
                "url": article.url,
                "title": article.title,
                "before": before,
                "sentence": sentence,
            }
            before = sentence
    return found


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:HASH_LENGTH]
