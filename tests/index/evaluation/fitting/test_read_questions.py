from datetime import UTC, datetime

import pytest

from index.articles import Article
from index.evaluation.fitting.read_questions import read_questions, read_quiz
from index.reader.training.quiz_questions import QuizQuestion
from tests.index.conftest import BRIDGE, WHEAT
from tests.index.evaluation.fake_reading import BridgeReader

NOW = datetime(2024, 6, 2, 12, tzinfo=UTC)
TOWN = "The mayor said on Monday that a bridge closed after the flood. In which town is it?"


def test_candidates_are_labelled_by_page_and_sentence(archive):
    archive.add([BRIDGE, WHEAT])
    closed = archive.stored_articles()[BRIDGE.url].sentences()[1]
    row = {
        "question": "Did the bridge in Norwick close?", "now": "2025-01-01", "expected": "reported",
        "candidates": [
            {"url": BRIDGE.url, "title": "", "before": "", "sentence": closed, "label": "reports"},
            {"url": WHEAT.url, "title": "", "before": "", "sentence": closed, "label": "denies"},
        ],
    }  # fmt: skip
    reader = BridgeReader()
    [question] = read_questions(archive, reader, [row], lambda _: None)
    [(_, passages)] = reader.asked
    labels = dict(zip((one.sentence for one in passages), question.labels, strict=True))
    assert labels.pop(closed) == "reports"
    assert set(labels.values()) == {""}
    assert (question.is_claim, question.answerable, question.event) == (True, True, BRIDGE.url)
    assert question.read.cues.shape == (len(passages), 3)
    assert question.read.cues.any()


def test_a_question_for_which_nothing_is_found_is_left_out(archive):
    row = {"question": "Who won?", "now": "2025-01-01", "answerable": False, "candidates": []}
    assert read_questions(archive, BridgeReader(), [row], lambda _: None) == []


@pytest.fixture
def years(archive):
    """An index of the same news in two years, of which the elder names no town."""
    archive.add(
        [
            Article(
                "https://news.example.com/2024",
                "News",
                "A flood",
                "The bridge in Norwick closed on Monday, the mayor said.",
                published=datetime(2024, 6, 1, tzinfo=UTC),
            ),
            Article(
                "https://news.example.com/2022",
                "News",
                "A flood",
                "A bridge of the railway closed on Monday, a mayor said.",
                published=datetime(2022, 6, 1, tzinfo=UTC),
            ),
        ]
    )
    return archive


def quiz(text=TOWN, answer="Norwick", page="2024"):
    return QuizQuestion("7", text, NOW, answer, frozenset({f"https://news.example.com/{page}"}))


def test_a_quiz_is_asked_of_its_own_year_and_of_others(years):
    reader = BridgeReader()
    own, other = read_quiz(years, reader, [quiz()], lambda _: None)
    assert (own.answerable, other.answerable) == (True, False)
    assert {own.event, other.event} == {"quiz 7"}
    assert own.words == len(TOWN.split())
    assert set(own.labels) == {""}
    [(_, over_all), (_, elsewhere)] = reader.asked
    assert any("Norwick" in one.sentence for one in over_all)
    assert not any("Norwick" in one.sentence for one in elsewhere)


@pytest.mark.parametrize(
    ("one", "answerable"),
    [
        (quiz(page="nowhere"), [False]),
        (quiz(answer="Aldham"), [False]),
        (quiz(answer="railway"), [True]),
        (quiz(text="Did a bridge in Norwick close on Monday?"), []),
    ],
)
def test_what_teaches_nothing_is_left_out(years, one, answerable):
    """A page that is not stored; an answer that is not read; one that other years give too; a claim."""
    read = read_quiz(years, BridgeReader(), [one], lambda _: None)
    assert [question.answerable for question in read] == answerable
