"""Read the first candidates of a question, and tell from that which answer it and what they do to its claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Protocol

import numpy as np

from index.answering.candidates import CandidateSet, ReadCandidate
from index.answering.denied_reports import tells_nothing_new, with_denied_reports
from index.arrays import BoolArray, FloatArray
from index.articles import Article
from index.attribution.asked_speaker import asked_speaker, is_named
from index.attribution.speaker_attribution import speaker_of
from index.query.question import Question
from index.query.small_talk import asks_so_far
from index.ranking.chances import CandidateChances, Chances, ReadCandidates, bundled_chances
from index.ranking.diversify import RankedCandidate, spread_over_articles
from index.reader.passage import Passage
from index.reader.reader import Readings
from index.stages import Stage, stage
from index.stance.claim import Claim, concepts_in, overlap
from index.stance.classifier import classify
from index.stance.fact_checks import is_fact_check
from index.stance.judgement import Judgement, Stance

READ_DEPTH = 24  # candidates that are read of a question when nothing else is asked; measured
MIN_READ_DEPTH = 8  # however much is asked at once; judged
# Of the chances to answer, 0 to 1, below that of the first given: within it another article's sentence goes before a third
# one of the same article. The first of an open question need not have the highest chance. Judged: on 120 open questions .15
# to 1, which limits nothing, have an answer among three equally often.
MAX_CHANCE_GAP = 0.3
# Words of an open question up to which trees and reader count alike in the order; measured: see docs/reader.md.
SHORT_QUESTION = 8
# Log odds that an answer gains where the one whose words are asked for says it, and loses where another does; measured:
# see docs/reader.md.
ASKED_SPEAKS, ANOTHER_SPEAKS = 1.5, -0.75
# Log odds that an answer to what is so at present loses for each doubling of the time, AGE_UNIT at least, by which it is older
# than the newest that is read; measured: see docs/reader.md.
OLDER = 0.15
AGE_UNIT = 7 * 86_400.0  # seconds
DATE_ALONE = timedelta(days=1)  # by which an article may be later than the date that stands for its time
_CUE_STANCES = (Stance.REPORTED, Stance.DENIED, Stance.NO_COMMENT)


@dataclass(frozen=True, slots=True)
class LeastChances:
    """What is asked of a sentence: the chance that it answers, that it does what its heading says, or withholds comment.

    "No comment" accuses nobody. `report` is the chance that a sentence without a heading reports the claim; where one is
    asked, that something has not happened so far is no answer either. `unsure` is how many sentences are shown of an open
    question that something answers, although none of them does so surely.
    """

    answers: float
    heading: float
    no_comment: float
    report: float = 0.0
    unsure: int = 0


ASKED = LeastChances(0.1, 0.62, 0.6, unsure=3)  # measured: see docs/reader.md for what it costs
# Of what is posted by itself, where a wrong denial is worst, and where it is no news that a thing has not happened; judged.
UNASKED = LeastChances(0.35, 0.7, 0.7, 0.35)


class PassageReader(Protocol):
    """What reads a question and passages together."""

    def load_soon(self) -> None:
        """Begin to load what reading needs, beside whatever the caller goes on with."""
        ...

    def read(self, question: str, passages: Sequence[Passage]) -> Readings:
        """Return what the passages say, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class CandidateReading:
    """What reading showed: whether anything answers, and the candidates worth showing, best first."""

    is_answerable: bool
    shown: tuple[ReadCandidate, ...]


def read_depth(waiting: int) -> int:
    """Return how many candidates are read of a question while `waiting` others wait."""
    return max(MIN_READ_DEPTH, READ_DEPTH // (1 + waiting))


@stage(Stage.READING)
def read_candidates(
    reader: PassageReader,
    question: Question,
    found: CandidateSet,
    ranked: Sequence[RankedCandidate],
    search_logit: float,
    least: LeastChances = ASKED,
    chances: Chances | None = None,
) -> CandidateReading:
    """Read `ranked`, whose articles are looked up in `found`; what has gone from the store meanwhile is left out.

    `search_logit` is how sure the search alone is that anything answers, as log odds; `chances` are by default those that
    come with Verbatim.
    """
    stored = set(found.load_articles(one.position for one in ranked))
    ranked = [one for one in ranked if one.position in stored]
    if not ranked:
        return CandidateReading(False, ())
    passages = [passage_of(found, one.position) for one in ranked]
    cues = cue_judgements(question.claim, passages) if question.claim else []
    readings = reader.read(question.topic, passages)
    scores = np.array([one.score for one in ranked], np.float32)
    read = ReadCandidates(readings.answer, readings.stance, scores, cue_features(cues, len(ranked)))
    fitted = chances or bundled_chances()
    model = fitted.claims if question.claim else fitted.open_questions
    is_answerable = model.answerable_logit(read, search_logit, question.word_count) >= model.threshold
    sentences = [passage.sentence for passage in passages]
    articles = [found.article_of(one.position).article for one in ranked]
    earlier = [_is_earlier(article, question) for article in articles]
    cannot_report = np.logical_or(earlier, [is_fact_check(article) for article in articles])
    found_chances = without_reports(model.candidate_chances(read), cannot_report)
    judged = with_denied_reports(judge_candidates(ranked, found_chances, cues, least), sentences)
    worth = _worth(judged, read, question, found)
    order = [
        judged[row]
        for row in best_first(worth)
        if _is_worth_showing(judged[row], sentences[row], earlier[row], question, least)
    ]
    if not order and is_answerable and question.claim is None and not question.asks_ahead:
        order = judged[: least.unsure]  # as the search has them: of what reading is unsure, that knows better
    by_position = {one.ranked.position: one for one in order}
    spread = spread_over_articles([one.ranked for one in order], found.article_ids, max_gap=MAX_CHANCE_GAP)
    return CandidateReading(is_answerable, tuple(by_position[one.position] for one in spread))


def passage_of(found: CandidateSet, position: int) -> Passage:
    """Return what is read of a candidate. Raise LookupError when its article has been removed since the search."""
    words = found.passage_of(position)
    return Passage(words.sentence, words.headline, words.before)


def cue_judgements(claim: Claim, passages: Sequence[Passage]) -> list[Judgement]:
    """Return what the words of each passage do to a claim, by rule."""
    concepts = cache(concepts_in)
    return [classify(overlap(claim, *passage, concepts)) for passage in passages]


def cue_features(cues: Sequence[Judgement], count: int) -> FloatArray:
    """Return how surely the cues of `count` passages report, deny and withhold comment, (count, 3), 0 to 1."""
    features = np.zeros((count, len(_CUE_STANCES)), np.float32)
    for row, cue in enumerate(cues):
        if cue.stance in _CUE_STANCES:
            features[row, _CUE_STANCES.index(cue.stance)] = cue.confidence
    return features


def without_reports(chances: CandidateChances, cannot_report: BoolArray) -> CandidateChances:
    """Return the chances of n candidates where those that `cannot_report`, n flags, report nothing."""
    reports = np.where(cannot_report, np.float32(0.0), chances.reports)
    return replace(chances, reports=reports)


def _is_earlier(article: Article, question: Question) -> bool:
    """Return True for what came out before the time in which something is asked to have happened, and cannot report it.

    Measured on judged questions that name a time: of 317 such sentences one reports what happened in it, 11 deny it.
    """
    since, published = question.happened_since, article.published
    return since is not None and published is not None and published + DATE_ALONE <= since


def judge_candidates(
    ranked: Sequence[RankedCandidate],
    chances: CandidateChances,
    cues: Sequence[Judgement],
    least: LeastChances = ASKED,
) -> list[ReadCandidate]:
    """Return the candidates with what they do to a claim, by chances and cues; `cues` are [] without a claim."""
    judged = []
    for row, one in enumerate(ranked):
        by_name = {
            name: float(getattr(chances, name)[row])
            for name in ("answers", "reports", "denies", "no_comment")
        }
        judgement = Judgement(Stance.BACKGROUND)
        if cues:
            by_name["answers"] = min(1.0, by_name["reports"] + by_name["denies"] + by_name["no_comment"])
            judgement = _judgement(by_name, cues[row].cue, least)
        judged.append(ReadCandidate(replace(one, score=by_name["answers"]), judgement, by_name))
    return judged


def open_worth(read: ReadCandidates, words: int) -> FloatArray:
    """Return by what the candidates of an open question of so many `words` are put in order, (n,).

    Trees and reader err differently: together they put an open question's answer first more often than either. The longer
    it is, the better the trees know; the reader learned from short ones.
    """
    worth: FloatArray = read.answer + np.float32(max(1.0, words / SHORT_QUESTION)) * read.score
    return worth


def speaker_agreement(question: str, found: CandidateSet, ranked: Sequence[RankedCandidate]) -> FloatArray:
    """Return what the speakers of `ranked` add to how well each answers, (n,), as log odds; 0 where nobody's words are asked for.

    Their articles must be loaded.
    """
    asked = asked_speaker(question)
    agreement = np.zeros(len(ranked), np.float32)
    for row, one in enumerate(ranked if asked else ()):
        stored, index = found.article_of(one.position), int(found.candidates.sentence_index[one.position])
        speaker = speaker_of(stored.article.text, stored.spans[1:], index - 1) if index else None
        if speaker:
            agreement[row] = ASKED_SPEAKS if is_named(asked, speaker) else ANOTHER_SPEAKS
    return agreement


def age_penalty(question: str, found: CandidateSet, ranked: Sequence[RankedCandidate]) -> FloatArray:
    """Return what the age of `ranked` takes from how well each answers, (n,), as log odds of at most 0.

    Only where a question asks for what is so at present: an office changes hands, and the dead become more. What has no date
    is taken to be as old as the oldest. Their articles must be loaded.
    """
    asks = asks_so_far(question)
    dates = [found.article_of(one.position).article.published for one in (ranked if asks else ())]
    known = [date.timestamp() for date in dates if date]
    if not known:
        return np.zeros(len(ranked), np.float32)
    times = np.array([date.timestamp() if date else min(known) for date in dates])
    penalty: FloatArray = (-OLDER * np.log2(1.0 + (max(known) - times) / AGE_UNIT)).astype(np.float32)
    return penalty


def best_first(worth: FloatArray) -> list[int]:
    """Return the rows of candidates in the order in which they are worth showing, (n,)."""
    rows: list[int] = np.argsort(-worth, kind="stable").tolist()
    return rows


def _worth(
    judged: Sequence[ReadCandidate], read: ReadCandidates, question: Question, found: CandidateSet
) -> FloatArray:
    """Return by what candidates are put in order, (n,); of a claim by their chances to settle it."""
    if question.claim:
        return np.array([one.chances["answers"] for one in judged], np.float32)
    ranked = [one.ranked for one in judged]
    agreement = speaker_agreement(question.topic, found, ranked)
    return open_worth(read, question.word_count) + agreement + age_penalty(question.topic, found, ranked)


def _judgement(chances: Mapping[str, float], cue: str | None, least: LeastChances) -> Judgement:
    """Return the stance whose chance is high enough to head a quote with it, else background."""
    limits = (
        (Stance.REPORTED, chances["reports"], least.heading),
        (Stance.DENIED, chances["denies"], least.heading),
        (Stance.NO_COMMENT, chances["no_comment"], least.no_comment),
    )
    for stance, chance, limit in limits:
        if chance >= limit:
            return Judgement(stance, cue, chance)
    return Judgement(Stance.BACKGROUND, cue, max(chance for _, chance, _ in limits))


def _is_worth_showing(
    one: ReadCandidate, sentence: str, is_earlier: bool, question: Question, least: LeastChances
) -> bool:
    """Return True for what has a heading, or answers surely enough.

    What `is_earlier` than the time that a claim names settles it surely or not at all. Where `least` asks that something has
    happened, what only says that it has not so far is not worth it.
    """
    asks_for_news = least.report > 0.0 and question.claim is not None and not question.asks_ahead
    if one.judgement.stance is not Stance.BACKGROUND:
        is_denied = one.judgement.stance is Stance.DENIED
        return not (asks_for_news and is_denied and tells_nothing_new(sentence))
    if is_earlier and question.claim:
        return False
    may_report = one.chances["reports"] >= least.report or not asks_for_news
    return may_report and one.chances["answers"] >= least.answers
