from index.answering.answers import Answer, AnswerOutcome, Quote, QuoteGroup
from index.evaluation.fitting.fit_lines import label_key, read_labels
from index.evaluation.shown_quotes import SHOWN_FIRST, SHOWN_LABELS, sentences_shown
from index.query.question import parse_question
from tests.index.conftest import BRIDGE
from tests.index.evaluation.test_judged_news import NOW

SPANS = [(place, place + 20) for place in range(5)]


def answer():
    quotes = tuple(Quote(BRIDGE, start, end) for start, end in SPANS)
    question = parse_question("Why did the bridge close?", now=NOW)
    return Answer(question, AnswerOutcome.QUOTES, (QuoteGroup(None, quotes),))


def labels(letters):
    spans = zip(SPANS, letters, strict=False)
    return {label_key(BRIDGE.url, BRIDGE.text[slice(*span)]): letter for span, letter in spans}


def test_furniture_is_counted_among_what_was_read_of_what_is_shown():
    assert sentences_shown([answer()], labels("sfs")) == 1 - 1 / 3
    assert sentences_shown([answer(), answer()], labels("sf")) == 0.5
    assert sentences_shown([answer()], labels("s" * SHOWN_FIRST + "ff")) == 1.0
    assert sentences_shown([], labels("f")) == sentences_shown([answer()], {}) == 1.0


def test_what_cards_show_was_read():
    letters = list(read_labels(SHOWN_LABELS).values())
    assert len(letters) > 500
    assert set(letters) == {"s", "f"}
    assert letters.count("f") / len(letters) < 0.01
