import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from index.answering import candidate_reading
from index.answering.answers import Answer, AnswerOutcome, Quote, QuoteGroup
from index.archive import Archive
from index.articles import Article
from index.evaluation.judged_news import (
    CLAIM_FILE,
    OPEN_FILE,
    JudgedNews,
    JudgedQuestion,
    claim_figures,
    judged_further,
    judged_sentences,
    label_of,
    open_figures,
    opening,
    read_judged_questions,
    recall_at_precision,
    unjudged_share,
)
from index.evaluation.own_labels import question_hash, write_own_labels
from index.query.question import parse_question
from index.stance.judgement import Judgement, Stance
from tests.index.evaluation.fake_reading import chances, word_reader

NOW = datetime(2024, 5, 1, tzinfo=UTC)
RESIGNED = "Mayor Bren Tull resigned on Friday after the vote of the council."
DENIED = "A spokesman denied that Mayor Bren Tull resigned on Friday."
WRITER = "The new opera in Norwick was written by Ada Roth over nine years."
TICKETS = "Tickets for the new opera in Norwick cost forty crowns at the door."
URLS = {
    text: f"https://news.example/{place}" for place, text in enumerate((RESIGNED, DENIED, WRITER, TICKETS))
}
READER = {"reports": "vote", "denies": "denied"}


def article(text):
    return Article(URLS[text], "News", "A headline", text, published=NOW)


def candidates(**labels):
    texts = {"resigned": RESIGNED, "denied": DENIED, "writer": WRITER, "tickets": TICKETS}
    return [
        {"url": URLS[texts[name]], "sentence": texts[name], "label": label} for name, label in labels.items()
    ]


def claim(expected, **labels):
    pairs = {(one["url"], one["sentence"]): one["label"] for one in candidates(**labels)}
    return JudgedQuestion("0", "Did Mayor Bren Tull resign?", NOW, expected, pairs)


def answer(*groups, outcome=AnswerOutcome.QUOTES):
    quotes = [
        QuoteGroup(
            stance, tuple(Quote(article(text), 0, len(text), judgement=Judgement(stance)) for text in texts)
        )
        for stance, *texts in groups
    ]
    return Answer(parse_question("Did he resign?", now=NOW), outcome, tuple(quotes))


@pytest.fixture
def folder(tmp_path):
    claims = [
        {"expected": "disagree", "candidates": candidates(resigned="reports", denied="denies")},
        {"expected": "reported", "candidates": candidates(resigned="reports", tickets="unrelated")},
    ]
    asked = [
        {
            "question": "Who wrote the new opera in Norwick?",
            "answerable": True,
            "candidates": candidates(writer=2, tickets=0),
        },
        {
            "question": "What does the new opera in Norwick earn?",
            "answerable": False,
            "candidates": candidates(tickets=0),
        },
    ]
    for path, rows in ((CLAIM_FILE, claims), (OPEN_FILE, asked)):
        (tmp_path / path).parent.mkdir()
        with gzip.open(tmp_path / path, "wt", encoding="utf-8") as file:
            for place, row in enumerate(rows):
                shape = {"id": place + 5, "question": "Did Mayor Bren Tull resign?", "now": "2024-05-01"}
                file.write(json.dumps(shape | row) + "\n")
    return tmp_path


@pytest.fixture
def news(encoder, folder, monkeypatch):
    monkeypatch.setattr(candidate_reading, "bundled_chances", chances)
    reader = word_reader("Ada Roth", **READER)
    with Archive(folder, encoder, reader=reader.reader) as archive:
        archive.add(article(text) for text in URLS)
        yield JudgedNews(archive, reader)


def test_a_card_opens_rightly_or_falsely_and_its_quotes_do_what_is_said_of_them():
    questions = [claim("reported", resigned="reports"), claim("nothing", denied="other")]
    answers = [answer((Stance.REPORTED, RESIGNED)), answer((Stance.DENIED, DENIED))]
    figures = claim_figures(questions, answers)
    assert [opening(one) for one in answers] == ["reported", "denied"]
    assert (figures["opens falsely"], figures["opens rightly"]) == (0.5, 0.5)
    assert (figures["under reported"], figures["under denied"]) == (1.0, 0.0)


def test_an_open_question_is_answered_or_met_with_silence():
    full = JudgedQuestion("1", "Who wrote it?", NOW, "answer", {(URLS[WRITER], WRITER): "2"})
    silent = JudgedQuestion("2", "Who paid?", NOW, "silence", {(URLS[TICKETS], TICKETS): "0"})
    shown = answer((Stance.BACKGROUND, TICKETS, WRITER))
    figures = open_figures([full, silent], [shown, answer(outcome=AnswerOutcome.NOTHING)])
    assert figures == {
        "first answers": 0.0,
        "one of three answers": 1.0,
        "silent": 1.0,
        "falsely silent": 0.0,
    }
    assert unjudged_share([full], [shown]) == 0.5
    assert label_of(full, shown.quotes[1]) == "2"


def test_recall_is_taken_where_the_precision_is_kept():
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.6], np.float32)
    right = np.array([True, True, False, True, False])
    assert recall_at_precision(0.8, scores, right) == pytest.approx(2 / 3)
    assert recall_at_precision(0.6, scores, right) == 1.0  # the two at 0.6 stand or fall together
    assert recall_at_precision(0.7, scores, right) == pytest.approx(2 / 3)
    assert recall_at_precision(0.8, scores, ~right) == 0.0


def test_judged_sentences_are_found_in_their_articles(news, folder):
    questions = read_judged_questions(folder / CLAIM_FILE)
    articles = news.archive.stored_articles()
    first = {articles[URLS[text]].first_sentence + 1 for text in (RESIGNED, DENIED)}
    assert set(judged_sentences(articles, questions[0]).tolist()) == first
    del articles[URLS[DENIED]]
    assert len(judged_sentences(articles, questions[0])) == 1


def test_every_figure_is_a_share_that_rises_with_quality(news, folder):
    heard = []
    figures = news.figures(folder, lambda what, done, total: heard.append((what, done, total)))
    assert all(0.0 <= value <= 1.0 for value in figures.values())
    assert not [name for name in figures if "falsely" in name and "not falsely" not in name]
    assert {name for name in figures if name.startswith(("open judged", "open whole"))} == {
        f"open {mode} {name}"
        for mode in ("judged", "whole")
        for name in ("first answers", "one of three answers", "silent", "not falsely silent", "shown judged")
    }
    # Among the judged sentences both claims are settled rightly; over the whole corpus the second is denied too.
    assert (figures["claims judged opens rightly"], figures["claims whole opens rightly"]) == (1.0, 0.5)
    assert (figures["claims judged not falsely opened"], figures["claims whole not falsely opened"]) == (
        1.0,
        0.5,
    )
    assert figures["claims whole shown judged"] < figures["claims judged shown judged"] == 1.0
    assert figures["claims reports recall"] == figures["claims denies recall"] == 1.0
    assert (figures["open judged first answers"], figures["open judged not falsely silent"]) == (1.0, 1.0)
    assert (figures["open judged silent"], figures["open whole silent"]) == (1.0, 0.0)
    assert ("claims, judged", 2, 2) in heard


def test_our_own_judgements_of_what_is_found_count_beside_the_given_ones(news, tmp_path):
    articles = news.archive.stored_articles().values()
    question = claim("reported", resigned="reports")
    row = {"question": question.text, "now": "2024-05-01", "expected": "reported"}
    found = [row | {"candidates": candidates(resigned="other", denied="denies")}]
    write_own_labels(found, tmp_path / "found.gz", {question_hash(question.text): True})
    further = judged_further([question], articles, tmp_path / "found.gz")
    assert further[0].labels == {(URLS[RESIGNED], RESIGNED): "reports", (URLS[DENIED], DENIED): "denies"}
    assert judged_further([replace(question, text="Did he?")], articles, tmp_path / "found.gz")[0].labels == (
        question.labels
    )


def test_what_the_reader_does_not_see_is_not_recalled(news, folder):
    questions = read_judged_questions(folder / CLAIM_FILE)
    judged = [judged_sentences(news.archive.stored_articles(), question) for question in questions]
    blind = JudgedNews(news.archive, word_reader("", reports="vote", no_comment="denied"))
    assert blind.claim_recall(questions, judged) == {
        "claims reports recall": 1.0,
        "claims denies recall": 0.0,
    }
