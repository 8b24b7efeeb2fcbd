"""Each person's last question, in memory only."""

from bot.cache import TTLCache
from index import Answer, AnswerOutcome

MAX_PEOPLE, REMEMBERED_SECONDS = 2000, 600.0  # whose last question is kept in mind, and for how long


class Conversation:
    """Each person's last question about the news: in memory only, for ten minutes, of the latest 2,000 people."""

    def __init__(self) -> None:
        self._last: TTLCache[int, str] = TTLCache(MAX_PEOPLE, REMEMBERED_SECONDS)

    def previous(self, person: int) -> str | None:
        """Give what the person asked last."""
        return self._last.get(person)

    async def forget(self, person: int) -> None:
        """Forget what the person asked."""
        self._last.discard(person)

    def remember(self, person: int, answer: Answer) -> None:
        """Keep the question just answered, completed if it leaned on the one before; small talk is not kept."""
        question = answer.question
        if answer.outcome is not AnswerOutcome.REPLY:
            self._last.put(person, question.topic if question.completed_from else question.text)
