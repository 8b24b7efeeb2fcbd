"""The owner reads what people said."""

import asyncio
import json

import pytest

from bot import config
from bot.cli.feedback_report import run_feedback
from bot.context import TABLES
from bot.storage.answers import AnswerStore
from bot.storage.database import Database
from bot.storage.feedback import FeedbackStore, Reason, Vote
from tests.bot.samples import call_answer


@pytest.fixture
def settings(tmp_path):
    return config.Settings(_env_file=None, data=tmp_path)


@pytest.fixture
def voted(settings):
    """A folder with a vote up, and one down of an answer that is still kept."""
    asyncio.run(_vote(settings.data))


async def _vote(folder):
    database = await Database.open(folder, TABLES)
    handle = await AnswerStore(database).save(call_answer())
    votes = FeedbackStore(database)
    await votes.save(Vote("gone", good=True), 1)
    why = {"reason": Reason.WRONG_SIDE, "comment": "No\x1b[2J!", "question": "Did [red]he?"}
    await votes.save(Vote(handle.answer_id, good=False, **why), 2)
    await database.close()


def test_nothing_yet(settings, capsys):
    assert run_feedback(settings) == 0
    assert capsys.readouterr().out == "Nobody has said anything of an answer yet.\n"
    run_feedback(settings, as_json=True)
    assert capsys.readouterr().out == ""


def test_in_words(settings, voted, capsys):
    run_feedback(settings)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1 up, 1 down"
    assert lines[2] == "Did [red]he?"
    assert lines[3].endswith(" · Reported and denied are mixed up")
    assert lines[4] == "No[2J!"


def test_as_json(settings, voted, capsys):
    run_feedback(settings, as_json=True)
    down, up = map(json.loads, capsys.readouterr().out.splitlines())
    assert (down["good"], down["reason"], down["words"], down["question"]) == (
        False, "wrong_side", "No\x1b[2J!", "Did [red]he?",
    )  # fmt: skip
    assert [(quote["url"], quote["start"], quote["end"]) for quote in down["quotes"]] == [
        (quote.article.url, quote.start, quote.end) for quote in call_answer().quotes
    ]
    assert (up["good"], up["reason"], up["question"], up["quotes"]) == (True, None, None, [])
