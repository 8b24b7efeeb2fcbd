"""Measure how well the stance of a sentence towards a claim is classified, on Emergent and on FNC-1.

Emergent (Ferreira and Vlachos 2016) has headlines that report, deny or only observe a claim. FNC-1 (Fake News
Challenge 2017) has articles that agree with, disagree with, discuss, or have nothing to do with a headline. It
was made from Emergent's articles, so it is no independent test. The word lists are ours; only the weights of
`index.stance.factuality` are fitted, and the figures of Emergent are always out of fold: no claim is on both sides.

With a reader, what it says of a headline is joined to these features (Emergent), or settles a sentence (FNC-1).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from index.evaluation.eval_reading import CalibratedReader
from index.evaluation.news_qa import read_rows
from index.reader.passage import Passage
from index.reader.reader import STANCES
from index.stance.claim import overlap, parse_claim
from index.stance.classifier import classify_sentence
from index.stance.factuality import factuality_features, predict
from index.stance.judgement import Judgement, Stance
from index.stance.weights import MIN_CONFIDENCE
from index.text.sentence_splitter import split_sentences

FOLDS = 10  # judged: the usual number
MAX_READ_PAIRS = 600  # pairs of FNC-1 whose articles are read; judged, for the time it takes
MAX_READ_SENTENCES = 12  # sentences of an article that are read; judged, likewise
MIN_SETTLING_CHANCE = (
    0.5  # that a sentence reports or denies, to settle its article; judged: more likely than not
)


@dataclass(frozen=True, slots=True)
class StanceScores:
    """Shares from 0 to 1; `confusion` counts headlines by (true, judged) label.

    `denies_precision` and `denies_recall` are taken where a denial is shown (from `MIN_CONFIDENCE` on), `precision_at_recall_60`
    is the best precision at a threshold that still finds 0.60 of the denials.
    """

    accuracy: float
    denies_precision: float
    denies_recall: float
    precision_at_recall_60: float
    confusion: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class LabelledHeadline:
    """One row of Emergent: a headline, the claim it is about, and its label (reports, denies or neutral)."""

    claim: str
    sentence: str
    label: str


def read_headlines(folder: Path) -> list[LabelledHeadline]:
    """Return Emergent's rows in the data folder `folder`. Raise OSError when the file is missing."""
    rows = read_rows(folder / "stance" / "emergent.jsonl.gz")
    return [LabelledHeadline(row["claim"], row["sentence"], row["stance"]) for row in rows]


def score_stance(folder: Path) -> StanceScores:
    """Return the scores of the rules on Emergent in the data folder `folder`.

    Raise OSError when a file is missing.
    """
    headlines = read_headlines(folder)
    judgements = [classify_sentence(headline.claim, headline.sentence) for headline in headlines]
    labels = label_headlines(headlines, judgements)
    confusion = Counter((headline.label, label) for headline, label in zip(headlines, labels, strict=True))
    correct = sum(count for (true, guess), count in confusion.items() if true == guess)
    denials = [
        (judgement.confidence, headline.label == "denies")
        for headline, judgement in zip(headlines, judgements, strict=True)
        if judgement.stance is Stance.DENIED
    ]
    total = sum(headline.label == "denies" for headline in headlines)
    denies = _shown([true for confidence, true in denials if confidence >= MIN_CONFIDENCE], total)
    at_60 = precision_at_recall(0.6, denials, total)
    return StanceScores(correct / len(headlines), *denies, at_60, dict(confusion))


def precision_at_recall(recall: float, denials: Iterable[tuple[float, bool]], total: int) -> float:
    """Return the best precision with at least `recall` of `total`, over every confidence as the threshold.

    `denials` are (confidence, whether it is one) of the judged denials; 0 when no threshold finds so many.
    """
    ranked = sorted(denials, key=lambda denial: -denial[0])
    best = 0.0
    for i, (confidence, _) in enumerate(ranked, start=1):
        tied = i < len(ranked) and ranked[i][0] == confidence
        right = sum(true for _, true in ranked[:i])
        if not tied and right >= recall * total:
            best = max(best, right / i)
    return best


def label_headlines(headlines: Sequence[LabelledHeadline], judgements: Sequence[Judgement]) -> list[str]:
    """Return a label for each headline: `denies` as it was judged, the others by weights fitted out of fold."""
    denied = [judgement.stance is Stance.DENIED for judgement in judgements]
    rows = [_features(headline) for headline in headlines]
    claims = [headline.claim for headline in headlines]
    facts = np.zeros(len(rows))
    for train, test in GroupKFold(FOLDS).split(rows, groups=claims):
        weights = fit_factuality([headlines[i] for i in train])
        facts[test] = [predict(rows[i], weights) for i in test]
    return [
        "denies" if no else "reports" if fact >= 0.5 else "neutral"
        for no, fact in zip(denied, facts, strict=True)
    ]


def fit_factuality(headlines: Iterable[LabelledHeadline]) -> dict[str, float]:
    """Return the weights of `index.stance.factuality` for headlines that report against those that stay neutral."""
    kept = [headline for headline in headlines if headline.label != "denies"]
    rows = [_features(headline) for headline in kept]
    names = sorted({name for row in rows for name in row})
    table: npt.NDArray[np.float64] = np.array([[row[name] for name in names] for row in rows])
    model = LogisticRegression(fit_intercept=False, max_iter=1000)
    model.fit(table, [headline.label == "reports" for headline in kept])
    return {name: round(float(weight), 2) for name, weight in zip(names, model.coef_[0], strict=True)}


def score_read_stance(
    folder: Path, reader: CalibratedReader, pairs: int = MAX_READ_PAIRS
) -> dict[str, float]:
    """Return the figures with a reader, by name: of Emergent out of fold, of FNC-1 over at most `pairs` pairs.

    Raise OSError when a file is missing.
    """
    headlines = read_headlines(folder)
    labels, denials = label_read_headlines(headlines, reader)
    true = [headline.label for headline in headlines]
    right = [label == wanted for label, wanted in zip(labels, true, strict=True)]
    denied = [(chance, label == "denies") for chance, label in zip(denials, true, strict=True)]
    disagree = _disagree(count_read_articles(folder, reader, pairs))
    return {
        "read stance accuracy": sum(right) / len(right),
        "read stance denies precision": precision_at_recall(0.6, denied, true.count("denies")),
        "read disagree f1": _f1(*disagree),
    }


def label_read_headlines(
    headlines: Sequence[LabelledHeadline], reader: CalibratedReader
) -> tuple[list[str], list[float]]:
    """Return a label for each headline, and the chance that it denies, by a regression fitted out of fold.

    Its features are those of the factuality, the reader's outputs, and the confidence of the judgement by cues.
    """
    rows = _read_features(headlines, reader)
    true = np.array([headline.label for headline in headlines])
    labels, denials = np.empty(len(rows), true.dtype), np.zeros(len(rows))
    for train, test in GroupKFold(FOLDS).split(rows, groups=[headline.claim for headline in headlines]):
        model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
        chances = model.fit(rows[train], true[train]).predict_proba(rows[test])
        classes = model.classes_.tolist()
        labels[test] = model.classes_[chances.argmax(axis=1)]
        denials[test] = chances[:, classes.index("denies")] if "denies" in classes else 0.0
    return labels.tolist(), denials.tolist()


def _read_features(
    headlines: Sequence[LabelledHeadline], reader: CalibratedReader
) -> npt.NDArray[np.float64]:
    """Return the features of headlines, (n, columns); those of one claim are read together."""
    places: dict[str, list[int]] = {}
    for place, headline in enumerate(headlines):
        places.setdefault(headline.claim, []).append(place)
    read = np.zeros((len(headlines), len(STANCES) + 1))
    for claim, those in places.items():
        readings = reader.reader.read(claim, [Passage(headlines[place].sentence) for place in those])
        read[those] = np.column_stack([readings.stance, readings.answer])
    return np.column_stack([read, [_rule_features(headline) for headline in headlines]])


def _rule_features(headline: LabelledHeadline) -> list[float]:
    """Return the features of the factuality, then the confidence of the judgement in the place of its stance."""
    features, judged = _features(headline), classify_sentence(headline.claim, headline.sentence)
    cues = [judged.confidence if judged.stance is stance else 0.0 for stance in Stance]
    return [*(features[name] for name in sorted(features)), *cues]


def _features(headline: LabelledHeadline) -> dict[str, float]:
    match = overlap(parse_claim(headline.claim), headline.sentence)
    return factuality_features(match.claim.parsed, match.sentence, match.cover)


def count_read_articles(
    folder: Path, reader: CalibratedReader, pairs: int = MAX_READ_PAIRS
) -> Counter[tuple[str, str]]:
    """Count at most `pairs` of FNC-1's related pairs, taken at even steps, by (true, judged) label.

    An article disagrees when the surest of the sentences that settle the claim denies it.
    """
    bodies = {row["id"]: row["text"] for row in read_rows(folder / "stance" / "fnc-bodies.jsonl.gz")}
    rows = list(read_rows(folder / "stance" / "fnc-pairs.jsonl.gz"))
    rows = [row for row in rows if row["stance"] != "unrelated"]
    rows = rows[:: max(1, -(-len(rows) // pairs))]
    return Counter(
        (row["stance"], _read_article_label(row["claim"], bodies[row["body"]], reader)) for row in rows
    )


def _read_article_label(claim: str, text: str, reader: CalibratedReader) -> str:
    passages = _article_passages(text)
    if not passages:
        return "other"
    chances = reader.read(claim, parse_claim(claim), passages).chances()
    surest = int(np.maximum(chances.reports, chances.denies).argmax())
    denies = float(chances.denies[surest])
    settled = denies >= MIN_SETTLING_CHANCE and denies > chances.reports[surest]
    return "disagree" if settled else "other"


def _article_passages(text: str) -> list[Passage]:
    """Return the first sentences of an article, of which the first stands for its headline."""
    sentences = [text[span.start : span.end] for span in split_sentences(text)][:MAX_READ_SENTENCES]
    before = ["", *sentences]
    return [Passage(one, sentences[0], last) for one, last in zip(sentences, before, strict=False)]


def _disagree(counts: Mapping[tuple[str, str], int]) -> tuple[float, float]:
    shown = [
        true == "disagree" for (true, guess), n in counts.items() if guess == "disagree" for _ in range(n)
    ]
    return _shown(shown, sum(n for (true, _), n in counts.items() if true == "disagree"))


def _shown(shown: Sequence[bool], total: int) -> tuple[float, float]:
    """Return precision and recall of what is shown, out of `total` that should be."""
    return sum(shown) / max(1, len(shown)), sum(shown) / max(1, total)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(1e-9, precision + recall)
