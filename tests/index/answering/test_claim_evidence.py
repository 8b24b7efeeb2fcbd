from datetime import UTC, datetime

import pytest

from index.answering.claim_evidence import ClaimEvidence
from index.query.question import Question
from index.ranking.diversify import RankedCandidate
from index.stance.claim import parse_claim
from index.stance.judgement import Stance
from tests.index.conftest import article

REPORT = "The Washington Post reported that Trump phoned Putin on Thursday."
PLAIN = "Trump phoned Putin on Thursday."
DENIAL = "Kremlin spokesman Dmitry Peskov denied that Trump had phoned Putin."
ASIDE = "The harbour bridge in Norwick closed on Monday after engineers found cracks in two of its cables."
NEGATION = "Trump did not phone Putin."
SENTENCES = (REPORT, PLAIN, DENIAL, ASIDE, NEGATION)
CLAIM = "Did Trump phone Putin?"


class Case:
    """A claim and what was found for it; sentences stand for their candidates."""

    def __init__(self, archive, claim=CLAIM):
        self.question = Question(claim, claim, datetime(2024, 11, 12, tzinfo=UTC))
        self.found = archive.retriever.retrieve(self.question, archive.article_table(), k=None)
        self.evidence = ClaimEvidence(parse_claim(claim), self.found)
        self.places = {self.found.passage_of(at).sentence: at for at in range(len(self.found.candidates))}

    def ranked(self, *sentences, score=1.0):
        return [RankedCandidate(self.places[sentence], score) for sentence in sentences]

    def sentences(self, ranked):
        return [self.found.passage_of(one.position).sentence for one in ranked]

    def added(self, shown, ranked):
        return self.sentences(self.evidence.add_missing_side(self.ranked(*shown), self.ranked(*ranked)))

    def kept(self, *sentences):
        return self.sentences(self.evidence.keep_on_topic(self.ranked(*sentences)))


@pytest.fixture
def filled(archive):
    list(archive.add([article(f"story-{place}", text) for place, text in enumerate(SENTENCES)]))
    return archive


@pytest.fixture
def case(filled):
    return Case(filled)


def test_each_candidate_is_judged_and_its_source_named(case):
    stances = {text: case.evidence.judge(at).stance for text, at in case.places.items() if text in SENTENCES}
    assert stances == {
        REPORT: Stance.REPORTED, PLAIN: Stance.REPORTED, DENIAL: Stance.DENIED, ASIDE: Stance.BACKGROUND,
        NEGATION: Stance.DENIED,
    }  # fmt: skip
    assert case.evidence.cited_source(case.places[REPORT]) == "The Washington Post"
    assert case.evidence.cited_source(case.places[PLAIN]) is None


@pytest.mark.parametrize(
    ("shown", "ranked", "added"),
    [
        ([REPORT], [REPORT, ASIDE, DENIAL], [DENIAL]),
        ([DENIAL], [DENIAL, PLAIN, REPORT], [PLAIN]),
        ([ASIDE], [ASIDE, REPORT, PLAIN, DENIAL], [REPORT, DENIAL]),
        ([REPORT, DENIAL], [REPORT, DENIAL, PLAIN], []),
        ([REPORT], [REPORT, PLAIN, ASIDE], []),
    ],
)
def test_the_best_of_a_side_that_is_missing_is_added(case, shown, ranked, added):
    assert case.added(shown, ranked) == added


def test_what_has_been_removed_since_takes_no_side(filled, case):
    unread = ClaimEvidence(
        parse_claim(CLAIM), filled.retriever.retrieve(case.question, filled.article_table(), k=None)
    )
    assert case.added([REPORT], [DENIAL]) == [DENIAL]
    filled.remove(case.found.article_of(case.places[DENIAL]).article.url)
    assert unread.add_missing_side(case.ranked(REPORT), case.ranked(DENIAL)) == []


def test_a_negative_claim_may_be_denied_without_a_word_of_denial(filled):
    case = Case(filled, "Did Trump not phone Putin?")
    assert case.evidence.judge(case.places[PLAIN]).stance is Stance.DENIED
    assert case.evidence.judge(case.places[NEGATION]).stance is Stance.REPORTED
    assert case.added([NEGATION], [NEGATION, PLAIN]) == [PLAIN]


def test_what_tells_of_something_else_is_left_out_and_sources_come_first(case):
    assert case.kept(ASIDE, PLAIN, REPORT) == [REPORT, PLAIN]


def test_a_much_better_score_outranks_a_source(case):
    shown = [*case.ranked(REPORT, score=0.0), *case.ranked(PLAIN, score=1.0)]
    assert case.sentences(case.evidence.keep_on_topic(shown)) == [PLAIN, REPORT]


def test_where_nothing_surely_tells_of_the_claim_nothing_is_kept(case):
    assert case.kept(ASIDE) == []
    assert case.kept() == []
