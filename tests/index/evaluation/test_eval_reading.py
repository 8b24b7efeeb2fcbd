from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from index.archive import Archive
from index.articles import Article
from index.evaluation import eval_reading
from index.evaluation.eval_reading import CalibratedReader, ReadingEvaluation
from index.evaluation.news_qa import FOLDS, EvalQuestion, fold_of, parsed_question
from index.ranking.answerability import SET_FEATURES
from index.ranking.chances import bundled_chances
from index.ranking.model import bundled_ranking
from index.ranking.tree_ensemble import TreeEnsemble
from index.reader.cross_encoder import UNSCALED
from index.reader.load import cross_encoder_reader
from tests.index.evaluation.fake_reading import word_reader
from tests.index.reader.test_cross_encoder import make_model

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
SENTENCES = {
    "opera": "The new opera in Norwick was written by Ada Roth over nine years.",
    "tickets": "Tickets for the new opera in Norwick cost forty crowns at the door.",
    "critics": "Critics who saw the new opera in Norwick were pleased with the choir.",
    "mayor": "Mayor Bren Tull resigned on Friday after the vote of the council.",
    "spokesman": "A spokesman denied that Mayor Bren Tull resigned on Friday.",
}
WRITER = EvalQuestion("w", "Who wrote the new opera in Norwick?", NOW, "Ada Roth")
SALARY = EvalQuestion("s", "What does the conductor of the opera in Norwick earn?", NOW, None)


def saying(logit):
    """Trees that are always as sure."""
    return TreeEnsemble.from_nodes([[[logit]]], SET_FEATURES)


@pytest.fixture
def evaluation(encoder, tmp_path):
    with Archive(tmp_path, encoder) as archive:
        archive.add(
            Article(f"https://news.example/{name}", "News", f"About {name}", text, published=NOW)
            for name, text in SENTENCES.items()
        )
        model = bundled_ranking()

        def build(reader, **logits):
            """An evaluation of whose search it is given how sure it is of each question, by its id."""
            sure = {fold_of(name): logit for name, logit in logits.items()}
            rankings = [replace(model, answerability=saying(sure.get(fold, 0.0))) for fold in range(FOLDS)]
            return ReadingEvaluation(reader, rankings, archive.retriever, archive.article_table())

        yield build


def test_what_the_reader_likes_is_shown_first_and_the_figures_follow(evaluation):
    heard = []
    good = evaluation(word_reader("Ada Roth")).figures(
        [WRITER], [SALARY], lambda done, total: heard.append((done, total))
    )
    assert good == {
        "quiz hit@1": 1.0, "quiz hit@3": 1.0, "quiz hit@5": 1.0, "quiz answered in 300 characters": 1.0,
        "quiz not falsely silent": 1.0, "quiz silent": 0.0,
    }  # fmt: skip
    assert heard == [(1, 2), (2, 2)]
    bad = evaluation(word_reader("Tickets")).figures([WRITER], [SALARY], lambda *_: None)
    assert (bad["quiz hit@1"], bad["quiz answered in 300 characters"]) == (0.0, 0.0)


def test_another_model_is_heard_beside_ours_to_be_brought_to_its_scale(evaluation, tmp_path):
    model = make_model(tmp_path)
    reading = evaluation(CalibratedReader(cross_encoder_reader(model, UNSCALED), bundled_chances()))
    read = reading.judged_readings([WRITER], lambda *_: None)
    assert len(read.ours) == len(read.theirs) == len(SENTENCES)
    assert read.relevant.sum() == 1
    assert np.ptp(read.theirs) > 0.0
    with pytest.raises(TypeError, match="needs no scale"):
        evaluation(word_reader("")).judged_readings([WRITER], lambda *_: None)


def test_silence_follows_the_reader_and_the_search_out_of_fold(evaluation):
    def silent(reader, **logits):
        figures = evaluation(reader, **logits).figures([WRITER], [SALARY], lambda *_: None)
        return 1.0 - figures["quiz not falsely silent"], figures["quiz silent"]

    assert silent(word_reader("nowhere")) == (1.0, 1.0)
    by_search = word_reader("Ada Roth", answerable="search")
    assert silent(by_search, w=3.0, s=-3.0) == (0.0, 1.0)
    assert silent(by_search, w=-3.0, s=3.0) == (1.0, 0.0)
    unsure = bundled_ranking().threshold - 0.1
    assert silent(word_reader("opera"), w=unsure) == (1.0, 0.0), "not worth reading"


def test_another_model_is_heard_of_what_is_found_first_only(evaluation, tmp_path, monkeypatch):
    monkeypatch.setattr(eval_reading, "READ_DEPTH", 2)
    reader = CalibratedReader(cross_encoder_reader(make_model(tmp_path), UNSCALED), bundled_chances())
    read = evaluation(reader).judged_readings([WRITER], lambda *_: None)
    assert len(read.ours) == len(read.theirs) == len(read.relevant) == 2


def shown(built, question):
    asked = EvalQuestion("w", question, NOW, None)
    quotes = built.answerer(built.rankings[0]).answer(parsed_question(asked, built.table), built.table).quotes
    return [quote.text for quote in quotes]


def test_what_is_found_is_read_with_its_headline_and_not_shown_where_it_does_not_answer(evaluation):
    reader = word_reader("nowhere")
    assert shown(evaluation(reader), WRITER.text) == []
    [(_, passages)] = reader.reader.heard
    assert len(passages) == len(SENTENCES)
    assert passages[0].headline.startswith("About ")


def test_a_question_that_puts_a_claim_is_ordered_by_what_settles_it(evaluation):
    def first(reader):
        return shown(evaluation(reader), "Did Mayor Bren Tull resign?")[0]

    assert first(word_reader("", denies="spokesman")) == SENTENCES["spokesman"]
    assert first(word_reader("", reports="vote")) == SENTENCES["mayor"]
    assert first(word_reader("Tickets", reports="vote")) == SENTENCES["mayor"]


def test_a_year_that_leaves_nothing_is_left_out_as_the_bot_does(evaluation):
    built = evaluation(word_reader("Ada Roth"))
    assert shown(built, "Who wrote the new opera in Norwick in 2019?")[:1] == [SENTENCES["opera"]]
