"""What a message wants: a question, or what a command does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.message_requests import RequestKind, read_request


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Did Trump call Putin?", RequestKind.QUESTION),
        ("is this true?", RequestKind.TRUTH_CHECK),
        ("is this fake news?", RequestKind.TRUTH_CHECK),
        ("is this still true?", RequestKind.TRUTH_CHECK),
        ("debunk this", RequestKind.TRUTH_CHECK),
        ("can you confirm that?", RequestKind.TRUTH_CHECK),
        ("what did I miss?", RequestKind.NEWS),
        ("what's going on in the world", RequestKind.NEWS),
        ("top stories", RequestKind.NEWS),
        ("gib mir nachrichten", RequestKind.NEWS),
        ("news about Kelheim", RequestKind.QUESTION),
        ("is the harbour still closed?", RequestKind.QUESTION),
        ("/follow Did Trump call Putin?", RequestKind.HELP),
        ("/outlets", RequestKind.HELP),
        ("fact check", RequestKind.TRUTH_CHECK),
        ("news", RequestKind.NEWS),
        ("what's new?", RequestKind.NEWS),
        ("help", RequestKind.HELP),
        ("https://news.example/story", RequestKind.LINK),
        ("", RequestKind.NOTHING),
        ("👍", RequestKind.QUESTION),
        ("news of the harbour", RequestKind.QUESTION),
        ("is this true of the harbour of Norwick?", RequestKind.QUESTION),
    ],
)
def test_what_a_message_wants(text: str, kind: RequestKind) -> None:
    assert read_request(text).kind is kind


@pytest.mark.parametrize(
    "typed",
    [
        "/ask Did Trump call Putin?",
        "/ask question: Did Trump call Putin?",
        "/quote words: Did Trump call Putin?",
        "/zitat Did Trump call Putin?",
    ],
)
def test_a_typed_command_is_no_part_of_the_question(typed: str) -> None:
    assert read_request(typed) == (RequestKind.QUESTION, "Did Trump call Putin?")


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    request = read_request(text)
    assert request.kind in RequestKind
    assert len(request.words) <= len(text)
