"""The JSON shape of an answer, which people build on."""

import json
from datetime import UTC, datetime

import numpy as np

from bot.cli.answer_json import answer_to_json
from index.answering.answers import Answer, AnswerOutcome, Quote, QuoteGroup
from index.articles import Article
from index.attribution.speaker import Speaker
from index.query.question import AnswerType, Question
from index.retrieval.spelling import Correction
from index.stance.judgement import Judgement, Stance

NOW = datetime(2024, 11, 12, 10, 30, tzinfo=UTC)
TEXT = "First.\nThe Kremlin denied it.\x9b"
ARTICLE = Article("https://wire.example.com/a", "Sample Wire", "Denied", TEXT, "A. Writer", NOW)
QUOTE = Quote(
    ARTICLE,
    7,
    29,
    Speaker("Dmitry Peskov", "spokesman"),
    None,
    Judgement(Stance.DENIED, "denied", np.float32(0.5)),
    duplicates=(Article("https://b.example.com/a", "B", "T", "x"),),
    features={"words": np.float32(0.25)},
    chances={"denies": np.float32(0.5)},
)
QUESTION = Question(
    "Didd it?",
    "Did it",
    NOW,
    AnswerType.CLAIM,
    since=NOW,
    outlets=("Sample Wire",),
    corrections=(Correction("Didd", "Did"),),
)
ANSWER = Answer(
    QUESTION, AnswerOutcome.QUOTES, (QuoteGroup(Stance.DENIED, (QUOTE,)),), (), 3, NOW, (), ("Dmitry Peskov",)
)


PLAIN = {"revised": None, "kind": "story", "language": None, "image": None}


def test_the_shape():
    shape = json.loads(answer_to_json(ANSWER))
    assert shape == {
        "question": "Didd it?",
        "topic": "Did it",
        "corrections": [{"typed": "Didd", "meant": "Did"}],
        "first_of_several": False,
        "outcome": "quotes",
        "small_talk": None,
        "groups": [
            {
                "stance": "denied",
                "quotes": [
                    {
                        "text": "The Kremlin denied it.",
                        "start": 7,
                        "end": 29,
                        "stance": "denied",
                        "outlet": "Sample Wire",
                        "speaker": {"name": "Dmitry Peskov", "description": "spokesman"},
                        "cites": None,
                        "date": "2024-11-12T10:30:00+00:00",
                        "link": QUOTE.link,
                        "lead": None,
                        "article": {
                            "url": "https://wire.example.com/a",
                            "outlet": "Sample Wire",
                            "title": "Denied",
                            "author": "A. Writer",
                            "published": "2024-11-12T10:30:00+00:00",
                            **PLAIN,
                        },
                        "also": [
                            {
                                "url": "https://b.example.com/a",
                                "outlet": "B",
                                "title": "T",
                                "author": None,
                                "published": None,
                                **PLAIN,
                            }
                        ],
                    }
                ],
            }
        ],
        "headlines": [],
        "reported_by": [],
        "denied_by": ["Dmitry Peskov"],
        "filters": {
            "since": "2024-11-12T10:30:00+00:00",
            "until": None,
            "outlets": ["Sample Wire"],
            "read_from_text": [],
            "dropped": False,
        },
        "searched": {"articles": 3, "newest": "2024-11-12T10:30:00+00:00"},
        "weak_in": [],
    }


def test_explain_adds_the_reasons():
    [group] = json.loads(answer_to_json(ANSWER, explain=True))["groups"]
    assert group["quotes"][0]["explain"] == {
        "cue": "denied",
        "confidence": 0.5,
        "chances": {"denies": 0.5},
        "score": 0.0,
        "features": {"words": 0.25},
    }


def test_the_json_is_ascii_without_control_characters():
    whole = Quote(ARTICLE, 0, len(TEXT))
    written = answer_to_json(Answer(QUESTION, AnswerOutcome.QUOTES, (QuoteGroup(None, (whole,)),)))
    assert written.isascii()
    assert "\x9b" not in written
    assert json.loads(written)["groups"][0]["quotes"][0]["text"] == TEXT
