"""Each person's last question, in memory only."""

from dataclasses import replace
from typing import NamedTuple

from bot.cache import TTLCache
from index import Answer, AnswerOutcome

MAX_PEOPLE, REMEMBERED_SECONDS = 2000, 600.0  # judged; the privacy card promises ten minutes


class _Asked(NamedTuple):
    """What was searched for, and the words with which the person began: a chain of follow-ups shows those."""

    topic: str
    words: str


class Conversation:
    """Each person's last question about the news: in memory only, for REMEMBERED_SECONDS."""

    def __init__(self) -> None:
        self._last: TTLCache[int, _Asked] = TTLCache(MAX_PEOPLE, REMEMBERED_SECONDS)

    def previous(self, person: int) -> str | None:
        """Return the person's last question as it was searched for, None after ten minutes."""
        last = self._last.get(person)
        return last.topic if last else None

    async def forget(self, person: int) -> None:
        """Remove the person's last question."""
        self._last.discard(person)

    def remember(self, person: int, answer: Answer) -> Answer:
        """Store the question just answered, completed if it was a follow-up; small talk is not stored.

        Return the answer as it is shown: it names the person's own words as what the question follows on from.
        """
        question, last = answer.question, self._last.get(person)
        words = question.completed_from
        if last and words == last.topic:
            words = last.words
        if answer.outcome is not AnswerOutcome.REPLY:
            topic = question.topic if words else question.text
            self._last.put(person, _Asked(topic, words or question.text))
        return replace(answer, question=replace(question, completed_from=words)) if words else answer
