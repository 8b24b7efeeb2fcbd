import json

import pytest

from index.articles import Article, Span
from index.furniture.line_model import (
    MAX_REPETITIONS,
    NEVER,
    REPEATED,
    REPEATED_PLAIN,
    LineModel,
    bundled_line_model,
    repetition,
    repetition_features,
)

NEWS = (
    "The harbour bridge in Norwick closed on Monday after engineers found cracks in two of its cables.",
    "Mayor Ada Fenn said the repairs would take six weeks and cost four million pounds.",
    "“Nobody could have seen these cracks,” said the engineer, who has worked there since 1998.",
    "Ferries carried commuters across the harbour until the bridge opened again.",
    "The council will vote on the cost of the repairs next Thursday.",
    "Two men who were hurt in the storm left the hospital on Sunday, the police said.",
    "It was the third time this year that the bridge had to be closed.",
    "In March the town had bought new cables for two million pounds.",
)


def counts(*lines, outlet="Elm News", author=None, model=None):
    text = "\n".join((*NEWS, *lines))
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    article = Article("https://elm.example.com/a", outlet, "The bridge in Norwick", text, author)
    return (model or bundled_line_model()).furniture_counts(article, spans).tolist()[len(NEWS) :]


def model(**weights):
    return LineModel.from_json(json.dumps({"constant": -3.0, "threshold": 0.0, "weights": weights}))


@pytest.mark.parametrize("line", [
    # questions and headings of parts
    "How much is gas right now?",
    "What time does the bridge open on Monday?",
    "Who is Ada Fenn?",
    # related links with a glued label
    "Settlement:Elm News, Dominion reach $787 million deal in court",
    "More storms:Two ferries sink off the coast of Garton",
    "HARBOUR FIRE: Latest on the blaze that closed the port of Garton",
    # pointers and list intros
    "Here's what we know.",
    "Here's what you need to know.",
    # bios
    "Ann Kell is a senior reporter for Elm News.",
    "Bob Roth covers the Iowa Statehouse for the Elm Register.",
])  # fmt: skip
def test_furniture_is_seen_at_once(line):
    assert counts(line) == [1]


def test_sentences_of_the_news_are_sentences_on_any_page():
    text_only = counts(*NEWS)
    assert min(text_only) > 1
    assert text_only.count(NEVER) >= 6


@pytest.mark.parametrize(
    "line", ["Nobody was hurt.", "No injuries were reported.", "He was not involved in the study."]
)
def test_a_plain_sentence_may_be_printed_on_many_pages(line):
    assert counts(line, *NEWS)[0] > 12


@pytest.mark.parametrize("line", [
    "“Where were you that night?” the judge asked the captain of the ferry.",
    "“Where were you that night when the ferry sank, and who was with you?”",
    "The Kremlin denied on Monday that the two presidents had spoken.",
    "Nobody was hurt in the fire, the police said.",
    "Sign-up sheets for the ferry were gone by noon, the harbour office said.",
    "PARIS (AP) — The mayor of Paris said on Monday that the tower would open again in May.",
])  # fmt: skip
def test_what_only_looks_like_it_stays(line):
    assert counts(line)[0] > 1


def test_the_count_is_the_least_number_of_articles_that_reaches_the_threshold():
    fitted = model(**{REPEATED: 1.0, REPEATED_PLAIN: -0.25})
    (plain,) = counts("The ferry was late at noon.", model=fitted)
    (other,) = counts("We left you the ferry at noon.", model=fitted)
    assert (other, plain) == (8, 16)
    assert repetition(other) >= 3.0 > repetition(other - 1)
    assert counts("The ferry left the harbour.", model=model(**{REPEATED: 0.5})) == [NEVER]
    assert counts("The ferry left the harbour.", model=model()) == [NEVER]
    assert counts("The ferry left the harbour.", model=model(plain=3.5)) == [1]


def test_repetition_is_bounded():
    assert repetition(1) == repetition(0.5) == 0.0
    assert repetition(10 * MAX_REPETITIONS) == repetition(MAX_REPETITIONS) == 4.0
    plain = {"plain": 1.0, "ends_period": 1.0, "finite_verb": 1.0}
    assert repetition_features(4, plain) == plain | {REPEATED: 2.0, REPEATED_PLAIN: 2.0}
    assert repetition_features(4, plain | {"finite_verb": 0.0})[REPEATED_PLAIN] == 0.0


def test_another_model_has_another_form():
    assert model().form != model(plain=1.0).form
    assert 0 <= model().form < 2**32
