"""The share of ordinary sentences that the line classifier keeps: what nobody read counts as lost."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.articles import Article
from index.errors import RefusedArticle
from index.evaluation.fitting.fit_lines import article_key, read_labels
from index.evaluation.news_qa import read_rows
from index.evaluation.plain_sentences import (
    PLAIN_LABELS,
    SAMPLED_ARTICLES,
    plain_sentences_kept,
    taken_sentences,
)
from index.furniture.line_model import bundled_line_model
from index.ingest.batches import prepare
from index.storage.records import StoredArticle
from index.text.cleaning import clean_text
from tests.index.evaluation.fitting.test_fit_lines import NAMES, stored

LEAST_KEPT = 0.998  # the floor of `verbatim eval`
FEW, LEAST_KEPT_OF_FEW = 400, 0.995  # articles of the sample, which are read in seconds: one is lost


def split(article):
    prepared = prepare(article)
    return StoredArticle(prepared.article, 0, prepared.spans, datetime(2024, 1, 1, tzinfo=UTC), None)


@pytest.fixture(scope="module")
def articles():
    return [stored(name) for name in NAMES]


@pytest.fixture(scope="module")
def strict():
    """A model that takes every line for furniture."""
    return replace(bundled_line_model(), threshold=-1000.0)


def test_one_sentence_of_each_article_is_looked_at_whatever_their_order(articles, strict):
    taken = taken_sentences(articles, articles, strict)
    assert len(taken) == len(articles)
    assert taken_sentences(articles[::-1], articles[::-1], strict) == taken


def test_the_figure_falls_with_every_sentence_that_is_taken_out(articles, strict):
    assert plain_sentences_kept(articles, replace(strict, threshold=1000.0), {}) == 1.0
    assert plain_sentences_kept(articles, strict, {}) == 0.0
    few = taken_sentences(articles, articles, strict)
    assert plain_sentences_kept(articles, strict, dict.fromkeys(few, "s")) == 0.0


def test_what_was_read_and_is_no_sentence_does_not_count(articles, strict):
    heading, furniture, *sentences = taken_sentences(articles, articles, strict)
    labels = {heading: "q", furniture: "f", sentences[0]: "s", sentences[1]: "m"}
    assert plain_sentences_kept(articles, strict, labels) == 0.0
    labels |= dict.fromkeys(sentences, "f")
    assert plain_sentences_kept(articles, strict, labels) == 1.0
    assert plain_sentences_kept([], strict, labels) == 1.0


def test_a_line_counts_as_often_as_it_stands_in_the_whole_corpus():
    line = "Make smart choices about bread without hours of waiting."
    same = [split(Article(f"https://elm.example.com/{name}", "Elm News", name, line)) for name in NAMES]
    assert taken_sentences(same[:1], same[:1]) == {}
    assert list(taken_sentences(same[:1], same).values()) == [line]


def test_the_labels_hold_no_text_and_hardly_a_sentence():
    labels = read_labels(PLAIN_LABELS)
    assert set(labels.values()) == {"s", "q", "f"}
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in labels)
    assert sum(letter == "s" for letter in labels.values()) <= SAMPLED_ARTICLES * (1 - LEAST_KEPT)


def test_the_bundled_model_keeps_the_sentences_of_ordinary_articles(shared_data):
    """On the first articles of the sample, without the repetitions over the whole corpus."""
    rows = read_rows(shared_data / "news-qa" / "articles.jsonl.gz")
    sample = []
    for row in sorted(rows, key=lambda row: article_key(row["url"]))[:FEW]:
        text = clean_text(row["text"])
        with suppress(RefusedArticle):  # a page of pictures
            sample.append(split(Article(row["url"], row["outlet"], row["title"], text, row.get("author"))))
    model = bundled_line_model()
    kept = plain_sentences_kept(sample, model)
    assert kept >= LEAST_KEPT_OF_FEW
    assert plain_sentences_kept(sample, replace(model, threshold=model.threshold - 3.0)) < kept
