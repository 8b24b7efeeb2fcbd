"""Each person's last question, in memory only."""

from bot.cache import TTLCache
from index import Answer, AnswerOutcome

MAX_PEOPLE, REMEMBERED_SECONDS = 2000, 600.0  # judged; the privacy card promises ten minutes


class Conversation:
    """Each person's last question about the news: in memory only, for REMEMBERED_SECONDS."""

    def __init__(self) -> None:
        self._last: TTLCache[int, str] = TTLCache(MAX_PEOPLE, REMEMBERED_SECONDS)

    def previous(self, person: int) -> str | None:
        """Return the person's last question, None after ten minutes."""
        return self._last.get(person)

    async def forget(self, person: int) -> None:
        """Remove the person's last question."""
        self._last.discard(person)

    def remember(self, person: int, answer: Answer) -> None:
        """Store the question just answered, completed if it was a follow-up; small talk is not stored."""
        question = answer.question
        if answer.outcome is not AnswerOutcome.REPLY:
            self._last.put(person, question.topic if question.completed_from else question.text)
