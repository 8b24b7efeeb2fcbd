"""The warning that a model is weak in the languages of a question and of what answers it."""

from dataclasses import replace

from index.answering.answers import Answer, AnswerOutcome
from index.text.language_id import ENGLISH, question_language


def with_language_warning(answer: Answer) -> Answer:
    """Return the answer with the languages, other than English, of its question and its quotes."""
    if answer.outcome is AnswerOutcome.REPLY:
        return answer
    languages = [
        question_language(answer.question.text),
        *(quote.article.language for quote in answer.quotes),
    ]
    unsupported = dict.fromkeys(code for code in languages if code and code != ENGLISH)
    return replace(answer, unsupported_languages=tuple(unsupported)) if unsupported else answer
