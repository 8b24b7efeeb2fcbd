import json
import math
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from index.articles import Article
from index.evaluation.fitting.fit_lines import (
    article_key,
    collect_examples,
    fit_lines,
    label_key,
    labelled_articles,
    line_model_to_json,
    read_labels,
)
from index.evaluation.news_qa import read_rows
from index.furniture.line_model import REPEATED, LineModel, bundled_line_model
from index.ingest.batches import prepare
from index.storage.records import StoredArticle
from index.text.cleaning import clean_text

# Of labelled lines in 200 articles: sentences taken for furniture, and furniture found.
MOST_LOST, LEAST_FOUND = 0.02, 0.75
PROMISE = "Make smart choices about bread without hours of waiting."
NAMES = ("barley", "copper", "ferry", "granite", "heron", "kiln", "lantern", "meadow", "orchard", "pier")


def stored(name, outlet="Elm News"):
    text = "\n".join(
        [
            *(
                f"The {name} in Garton was sold for {price} million pounds, the council said."
                for price in range(2, 12)
            ),
            PROMISE,
        ]
    )
    prepared = prepare(Article(f"https://elm.example.com/{name}", outlet, f"The {name} is sold", text))
    return StoredArticle(prepared.article, 0, prepared.spans, datetime(2024, 1, 1, tzinfo=UTC), None)


def labelled(articles):
    return {
        label_key(one.article.url, line): "f" if line == PROMISE else "s"
        for one in articles
        for line in one.sentences()[1:]
    }


def test_labelled_lines_are_found_again_with_their_repetition():
    articles = [stored(name) for name in NAMES]
    labels = labelled(articles[:4])
    examples = collect_examples(articles, labels)
    assert len(examples.values) == len(labels) == 44
    assert examples.furniture.sum() == 4
    repeated = {
        one[REPEATED] for one, furniture in zip(examples.values, examples.furniture, strict=True) if furniture
    }
    assert repeated == {math.log2(10)}


def test_a_question_that_nobody_says_is_no_answer_whatever_its_letter():
    article = Article(
        "https://elm.example.com/q",
        "Elm News",
        "Bread",
        "How much is bread right now?\n“Where is it now?” he asked.",
    )
    prepared = prepare(article)
    one = StoredArticle(article, 0, prepared.spans, datetime(2024, 1, 1, tzinfo=UTC), None)
    examples = collect_examples([one], {label_key(article.url, line): "s" for line in one.sentences()[1:]})
    assert examples.furniture.tolist() == [True, False]


def test_what_is_fitted_is_written_and_read_again():
    articles = [stored(name, outlet) for outlet in ("Elm News", "Ash Post") for name in NAMES]
    articles = [
        replace(one, article=replace(one.article, url=one.article.url + one.article.outlet[:3]))
        for one in articles
    ]
    fitted = fit_lines(collect_examples(articles, labelled(articles)))
    assert set(fitted.figures) == {
        *("furniture precision", "furniture recall"),
        *("furniture elsewhere precision", "furniture elsewhere recall"),
    }
    assert fitted.figures["furniture recall"] == 1.0
    read = LineModel.from_json(line_model_to_json(fitted.model))
    assert fitted.model["weights"]["word smart"] > 0
    assert read.threshold == fitted.model["threshold"]
    assert json.loads(line_model_to_json(fitted.model))["constant"] == read.constant


def test_the_labels_hold_no_text():
    labels = read_labels()
    assert len(labels) > 2500
    assert set(labels.values()) == {"s", "q", "f", "m"}
    assert all(len(key) == 16 and int(key, 16) >= 0 for key in labels)


def test_the_bundled_model_on_labelled_articles_of_the_corpus(shared_data):
    """Out of fold `verbatim eval` measures; here what is shipped, on lines that it was fitted on."""
    wanted, labels = labelled_articles(), read_labels()
    articles = []
    for row in read_rows(shared_data / "news-qa" / "articles.jsonl.gz"):
        if article_key(row["url"]) in wanted and len(articles) < 200:
            prepared = prepare(
                Article(row["url"], row["outlet"], row["title"], clean_text(row["text"]), row.get("author"))
            )
            articles.append(
                StoredArticle(prepared.article, 0, prepared.spans, datetime(2024, 1, 1, tzinfo=UTC), None)
            )
    examples = collect_examples(articles, labels)
    model = bundled_line_model()
    taken = np.array([model.logit(values) >= model.threshold for values in examples.values])
    assert len(taken) > 300
    assert taken[~examples.furniture].mean() <= MOST_LOST
    assert taken[examples.furniture].mean() >= LEAST_FOUND
