from datetime import UTC, datetime

from index.answering.answers import Answer, AnswerOutcome, with_language_warning
from index.query.question import parse_question

NOW = datetime(2024, 11, 12, tzinfo=UTC)


def test_other_languages_than_english_are_told_and_a_reply_has_none():
    german = parse_question("Was hat der Bürgermeister gestern über die Brücke gesagt?", now=NOW)
    english = parse_question("What did the mayor say about the bridge?", now=NOW)
    assert with_language_warning(Answer(german, AnswerOutcome.NOTHING)).unsupported_languages == ("de",)
    assert with_language_warning(Answer(english, AnswerOutcome.NOTHING)).unsupported_languages == ()
    assert with_language_warning(Answer(german, AnswerOutcome.REPLY)).unsupported_languages == ()
