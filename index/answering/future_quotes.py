"""Tell whether a quote may answer a question about the future, or is about another time."""

import re
from datetime import datetime, timedelta

from index.answering.answers import Quote
from index.query.answer_type import AnswerType
from index.query.question import Question
from index.query.time_expressions import Period, read_times
from index.text.word_lists import alternation, load_words

HORIZON = timedelta(days=120)  # for which a plan without a date is one about the future; judged
_FUTURE_WORD = alternation(load_words("query/future_words"))
_AHEAD = re.compile(rf"\b{_FUTURE_WORD}\b|['’]ll\b", re.IGNORECASE)


def tells_ahead(sentence: str) -> bool:
    """Return True if a sentence tells of a plan, a forecast or a promise."""
    return bool(_AHEAD.search(sentence))


def may_tell_ahead(quote: Quote, question: Question) -> bool:
    """Return True unless a quote is about another time than the one to come that a question asks of.

    A sentence that tells of a plan or a forecast may answer, where the times it names, as its article's day has them,
    are not over, and are those that are asked of. One without a time must be new: the call that is planned for next
    month in an article of two years ago was another one. Open questions that name no time are left alone.
    """
    if question.coming is None and question.answer_type is not AnswerType.CLAIM:
        return True
    published = quote.article.published
    is_new = published is None or question.now - published <= HORIZON
    if not tells_ahead(quote.text):
        return is_new and question.coming is None
    times = read_times(quote.text, published, ahead=True).coming if published else []
    return any(_overlap(time, question.coming, question.now) for time in times) if times else is_new


def _overlap(time: Period, asked: Period | None, now: datetime) -> bool:
    """Return True if a time is not over, and meets the one that is asked of, if any is."""
    since, until = (asked.since, asked.until) if asked else (now, None)
    begins_before = time.since is None or until is None or time.since < until
    return begins_before and (time.until is None or since is None or time.until > since)
