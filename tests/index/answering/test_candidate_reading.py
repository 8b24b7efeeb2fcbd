"""What is shown of what was read, and under which heading; the reader's chances are given here."""

from datetime import UTC, datetime, timedelta
from itertools import product

import numpy as np
import pytest

from index.answering import candidate_reading
from index.answering.candidate_reading import ASKED, UNASKED, cue_features, read_candidates, read_depth
from index.archive import Archive
from index.articles import Article
from index.query.question import parse_question
from index.ranking.chances import CandidateChances
from index.ranking.diversify import RankedCandidate
from index.reader.reader import Readings
from index.stance.judgement import Judgement, Stance
from tests.index.conftest import BRIDGE, WHEAT, article

NOW = datetime(2024, 11, 12, tzinfo=UTC)
CLAIM, OPEN = "Did the bridge close?", "Why did the bridge close?"
PLACES = ("Oslo", "Bonn", "Perth", "Kyoto")
CAUSES = ("cracks", "floods", "strikes", "fires", "frost", "protests", "landslides", "bombs", "whales")


class FakeReader:
    """Remembers what it was asked to read; the first passages answer with the log odds that a test names."""

    def __init__(self, *answers):
        self.read_texts, self.answers = [], answers

    def load_soon(self):
        pass

    def giving_way(self, give_way):
        return self

    def read(self, question, passages):
        self.read_texts += [(question, passage) for passage in passages]
        count = len(passages)
        answers = [*self.answers, *[0.0] * count][:count]
        return Readings(np.array(answers, np.float32), np.zeros((count, 4), np.float32))


class FakeModel:
    """Gives the first candidates the chances that a test names, all others none."""

    threshold = 0.0

    def __init__(self, logit=1.0, **first):
        self.logit, self.first = logit, first

    def answerable_logit(self, read, search_logit, words):
        return self.logit

    def candidate_chances(self, read):
        columns = {}
        for name in ("answers", "reports", "denies", "no_comment"):
            given = self.first.get(name, ())
            columns[name] = np.array([*given, *[0.0] * len(read.answer)], np.float32)[: len(read.answer)]
        return CandidateChances(**columns)


@pytest.fixture
def read(archive, monkeypatch):
    archive.add([BRIDGE, WHEAT])

    def reading(text, model, least=ASKED, reader=None, now=NOW):
        chances = type("Chances", (), {"claims": model, "open_questions": model})
        monkeypatch.setattr(candidate_reading, "bundled_chances", lambda: chances)
        question = parse_question(text, now=now).without_read_filters()
        found = archive.retriever.retrieve(question, archive.article_table())
        ranked = [RankedCandidate(place, 1.0 - place) for place in range(len(found.candidates))]
        return read_candidates(reader or FakeReader(), question, found, ranked, 0.0, least)

    return reading


def stances(reading):
    return [one.judgement.stance for one in reading.shown]


@pytest.mark.parametrize(("name", "stance"), [("reports", Stance.REPORTED), ("denies", Stance.DENIED)])
def test_a_heading_needs_its_chance(read, name, stance):
    assert stances(read(CLAIM, FakeModel(**{name: (ASKED.heading,)}))) == [stance]
    assert stances(read(CLAIM, FakeModel(**{name: (ASKED.heading - 0.01,)}))) == [Stance.BACKGROUND]


def test_what_nobody_asked_for_must_be_surer(read):
    chances = (UNASKED.heading - 0.01, UNASKED.heading + 0.01)
    assert stances(read(CLAIM, FakeModel(denies=chances))) == [Stance.DENIED] * 2
    assert stances(read(CLAIM, FakeModel(denies=chances), UNASKED)) == [Stance.DENIED]
    assert stances(read(CLAIM, FakeModel(reports=chances), UNASKED)) == [Stance.REPORTED, Stance.BACKGROUND]
    assert stances(read(OPEN, FakeModel(answers=(UNASKED.answers - 0.01,)), UNASKED)) == []


@pytest.mark.parametrize(
    ("text", "reports", "denies", "shown"),
    [
        (CLAIM, 0.4, 0.1, 1),
        (CLAIM, 0.1, 0.4, 0),
        (CLAIM, 0.1, 0.75, 1),
        ("Will the bridge close?", 0.1, 0.4, 1),
    ],
)
def test_that_a_thing_has_not_happened_is_told_unasked_under_a_heading_alone(
    read, text, reports, denies, shown
):
    model = FakeModel(reports=[reports], denies=[denies])
    assert len(read(text, model, UNASKED).shown) == shown
    assert read(text, model).shown


def test_a_denial_that_tells_of_nothing_new_is_told_to_who_asks_alone(read, monkeypatch):
    monkeypatch.setattr(candidate_reading, "tells_nothing_new", lambda sentence: True)
    model = FakeModel(denies=(0.9,))
    assert stances(read(CLAIM, model)) == [Stance.DENIED]
    assert stances(read(CLAIM, model, UNASKED)) == []
    assert stances(read("Will the bridge close?", model, UNASKED)) == [Stance.DENIED]


def test_what_a_fact_check_repeats_is_no_report_and_what_it_denies_is_a_denial(read, monkeypatch):
    reports, denies = FakeModel(reports=[0.9] * 9), FakeModel(reports=[0.1] * 9, denies=[0.8] * 9)
    assert set(stances(read(CLAIM, reports))) == {Stance.REPORTED}
    monkeypatch.setattr(candidate_reading, "is_fact_check", lambda article: True)
    assert stances(read(CLAIM, reports)) == []
    assert set(stances(read(CLAIM, denies))) == {Stance.DENIED}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Did the bridge close on 2 November 2024?", Stance.REPORTED),
        ("Did the bridge close on 3 November 2024?", None),
        ("Did the bridge close in December 2024?", None),
        ("Did the bridge close in January 2024?", Stance.REPORTED),
        ("Will the bridge close in December 2024?", Stance.REPORTED),
    ],
)
def test_what_came_out_before_the_time_asked_about_reports_nothing(read, text, stance):
    later = datetime(2025, 2, 1, tzinfo=UTC)
    shown = stances(read(text, FakeModel(reports=[0.9]), now=later))
    assert shown == ([stance] if stance else [])
    if not stance:
        assert stances(read(text, FakeModel(denies=[0.9, 0.3]), now=later)) == [Stance.DENIED]


def test_no_quote_of_an_open_question_takes_a_side(read):
    shown = read(OPEN, FakeModel(answers=(0.9,), reports=(0.99,))).shown
    assert [one.judgement.stance for one in shown] == [Stance.BACKGROUND]
    assert shown[0].chances["answers"] == pytest.approx(0.9)


def test_of_a_claim_the_likeliest_come_first(read):
    shown = read(CLAIM, FakeModel(reports=(0.3, 0.8))).shown
    assert [round(one.chances["answers"], 1) for one in shown] == [0.8, 0.3]


def test_of_an_open_question_trees_and_reader_put_first_what_they_agree_on(read):
    model = FakeModel(answers=(0.3, 0.8, ASKED.answers - 0.01))
    assert [one.ranked.position for one in read(OPEN, model).shown] == [0, 1]  # as the trees have it
    shown = read(OPEN, model, reader=FakeReader(0.0, 3.0)).shown
    assert [one.ranked.position for one in shown] == [1, 0]


def test_of_a_long_question_the_search_counts_for_more(read):
    model, reader = FakeModel(answers=(0.5, 0.5)), FakeReader(0.0, 1.5)
    # The trees are surer of the first, by 1.
    for text, first in (
        (OPEN, 1),
        (OPEN.replace("?", " that spans the river north of the town on Monday?"), 0),
    ):
        assert read(text, model, reader=reader).shown[0].ranked.position == first, text


@pytest.mark.parametrize(
    ("text", "margin", "is_first"),
    [
        ("What did Ada Fenn say about the bridge?", 1.0, True),
        ("What did Ada Fenn say about the bridge?", 2.0, False),  # surely better in itself
        ("What did Jane Roe say about the bridge?", -0.5, False),  # another speaks
        ("What did Jane Roe say about the bridge?", -1.0, True),
        ("What closes the bridge?", -0.1, True),
        ("What closes the bridge?", 0.1, False),
    ],
)
def test_what_the_asked_one_says_goes_before_what_others_do(archive, text, margin, is_first):
    archive.add([BRIDGE])
    chances = type("Chances", (), {"open_questions": FakeModel(answers=(0.5, 0.5))})
    question = parse_question(text, now=NOW)
    found = archive.retriever.retrieve(question, archive.article_table())
    said = {found.passage_of(place).sentence: place for place in range(len(found.candidates))}
    hers, other = (
        next(place for sentence, place in said.items() if sentence.startswith(first))
        for first in ("Mayor Ada Fenn", "Ferries")
    )
    ranked = [RankedCandidate(hers, 1.0), RankedCandidate(other, 1.0)]
    shown = read_candidates(FakeReader(0.0, margin), question, found, ranked, 0.0, chances=chances).shown
    assert (shown[0].ranked.position == hers) == is_first


@pytest.mark.parametrize(
    ("text", "older", "margin", "is_first"),
    [
        ("Who is the mayor of Norwick?", timedelta(weeks=7), 0.46, True),  # three doublings of a week
        ("Who is the mayor of Norwick?", timedelta(weeks=7), 0.44, False),
        ("Who is the mayor of Norwick?", timedelta(), 0.01, True),
        ("How many mayors has Norwick?", timedelta(weeks=1), 0.14, False),
        ("Who was the mayor of Norwick?", timedelta(weeks=7), 0.01, True),
        ("Who is the mayor of Norwick?", None, 0.01, True),  # as old as the oldest that is known
    ],
)
def test_of_what_is_so_at_present_the_newest_knows_best(archive, text, older, margin, is_first):
    first, second = (
        Article(
            f"https://news.example.com/{name}",
            "News",
            "A mayor",
            f"{name} is the mayor of Norwick.",
            published=date,
        )
        for name, date in (("Ada Fenn", NOW - older if older is not None else None), ("Jane Roe", NOW))
    )
    archive.add([first, second])
    chances = type("Chances", (), {"open_questions": FakeModel(answers=(0.5, 0.5))})
    question = parse_question(text, now=NOW)
    found = archive.retriever.retrieve(question, archive.article_table())
    at = {found.passage_of(place).sentence.split()[0]: place for place in range(len(found.candidates))}
    ranked = [RankedCandidate(at["Ada"], 1.0), RankedCandidate(at["Jane"], 1.0)]
    shown = read_candidates(FakeReader(margin, 0.0), question, found, ranked, 0.0, chances=chances).shown
    assert (shown[0].ranked.position == at["Ada"]) == is_first


def test_another_article_goes_first_where_its_chance_is_near_enough(read):
    def order(elsewhere):
        shown = read(OPEN, FakeModel(answers=(0.9, 0.8, 0.7, *[elsewhere] * 3))).shown
        return [one.ranked.position for one in shown]

    first, second, third, *_ = order(0.9 - candidate_reading.MAX_CHANCE_GAP + 0.01)
    assert (first, second) == (0, 1)
    assert third > 2
    far = order(0.9 - candidate_reading.MAX_CHANCE_GAP - 0.01)
    assert far == sorted(far)


def test_nothing_answers_below_the_threshold(read):
    assert not read(OPEN, FakeModel(logit=-0.1, answers=(0.9,))).is_answerable
    assert read(OPEN, FakeModel(logit=0.0, answers=(0.9,))).is_answerable


def test_a_removed_article_is_not_read(archive):
    archive.add([BRIDGE])
    question = parse_question(OPEN, now=NOW)
    found = archive.retriever.retrieve(question, archive.article_table())
    archive.remove(BRIDGE.url)
    reading = read_candidates(FakeReader(), question, found, [RankedCandidate(0, 1.0)], 0.0)
    assert (reading.is_answerable, reading.shown) == (False, ())


def test_the_more_wait_the_less_is_read_down_to_a_third():
    assert [read_depth(waiting) for waiting in (0, 1, 2, 99)] == [24, 12, 8, 8]


@pytest.mark.parametrize(("waiting", "number"), [(0, 24), (1, 12), (9, 8)])
def test_as_many_passages_are_read_as_those_who_wait_leave_time_for(tmp_path, encoder, waiting, number):
    reader = FakeReader()
    with Archive(tmp_path, encoder, reader=reader) as archive:
        archive.add(
            article(f"{place}-{cause}", f"The bridge in {place} closed on Monday because of {cause}.")
            for place, cause in product(PLACES, CAUSES)
        )
        archive.ask(OPEN, now=NOW, waiting=waiting)
    assert len(reader.read_texts) == number


def test_cues_are_columns_by_stance():
    cues = [
        Judgement(Stance.DENIED, "no", 0.7),
        Judgement(Stance.BACKGROUND),
        Judgement(Stance.REPORTED, "a", 0.5),
    ]
    assert cue_features(cues, 3).tolist() == [pytest.approx([0, 0.7, 0]), [0, 0, 0], [0.5, 0, 0]]
    assert cue_features([], 2).tolist() == [[0, 0, 0], [0, 0, 0]]


def test_an_answer_of_which_no_sentence_is_sure_is_shown_to_who_asked(read):
    first = [one.ranked.position for one in read(OPEN, FakeModel(answers=(0.01, 0.02, 0.03, 0.04))).shown]
    assert first == [0, 1, 2][: ASKED.unsure]
    surely = read(OPEN, FakeModel(answers=(0.01, ASKED.answers)))
    assert [one.ranked.position for one in surely.shown] == [1], "beside a sure one they would only distract"
    assert read(OPEN, FakeModel(), UNASKED).shown == (), "nothing unsure is posted"
    assert read(OPEN, FakeModel(logit=-1.0)).shown == ()
    assert read(CLAIM, FakeModel()).shown == ()
    assert read("When will the bridge close?", FakeModel()).shown == ()
