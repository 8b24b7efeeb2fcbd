"""Phrases about an answer, put together from fixed texts; plain text, for Discord and the terminal alike."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from bot.texts import Texts
from index import Answer, AnswerOutcome, Article, ArticleKind, Question, Quote, SmallTalk, Stance

_TICK = timedelta(microseconds=1)
_EARLIEST = datetime.min.replace(tzinfo=UTC)


def heading(stance: Stance | None, texts: Texts) -> str:
    """Return the title over a group of quotes: what they do to the claim, never a verdict."""
    return texts(f"heading-{stance.value if stance else 'neutral'}")


def summary(answer: Answer, texts: Texts) -> str:
    """Return a line that says what kind of answer it is."""
    if answer.outcome is AnswerOutcome.REPLY:
        return texts(f"small-talk-{(answer.question.small_talk or SmallTalk.HELP).value}")
    if answer.outcome is AnswerOutcome.NOTHING or not answer.quotes:
        return texts("nothing") if answer.searched_articles else _nothing_to_search(answer, texts)
    newer = answer.groups[0]
    days = [quote.article.published for quote in newer.quotes if quote.article.published]
    if answer.outcome is AnswerOutcome.CHANGED and days:
        denied = newer.stance is Stance.DENIED
        return texts("changed-denied" if denied else "changed-reported", day=max(days))
    sides = _sides(answer, texts)
    if answer.outcome is AnswerOutcome.DISAGREE:
        return f"{texts('disagree')} {sides}".strip()
    outlets = [quote.article.outlet or texts("no-outlet") for quote in answer.quotes]
    return sides or texts("found-in", names=outlets)


def _nothing_to_search(answer: Answer, texts: Texts) -> str:
    """Return why no article was searched: there are none, or none of that time, and how new the newest is."""
    if not answer.indexed_articles:
        return texts("no-articles")
    question, newest = answer.question, answer.newest_of_outlets
    if not newest:
        return texts("none-as-narrowed")
    if question.outlets:
        return texts("none-of-time-from", names=question.outlets, day=newest)
    return texts("none-of-time", day=newest)


def _sides(answer: Answer, texts: Texts) -> str:
    """Return who reports and who denies, as in `Reported by A and B; denied by C.`."""
    reported, denied = (_own_names(names, texts) for names in (answer.reported_by, answer.denied_by))
    if reported and denied:
        return texts("reported-and-denied", reported=reported, denied=denied)
    if reported:
        return texts("reported-by", names=reported)
    return texts("denied-by", names=denied) if denied else ""


def _own_names(names: Sequence[str], texts: Texts) -> tuple[str, ...]:
    """Return names as they stand in a sentence of the language: without an English article, but in English.

    "The" with a capital letter is a part of the name: The Guardian.
    """
    return tuple(names if texts.language == "en" else (name.removeprefix("the ") for name in names))


def search_scope(answer: Answer, texts: Texts) -> str:
    """Return how many articles were searched and how new they are: `3 of 41,212 articles · newest 11 Nov 2024`.

    Empty if none were.
    """
    many = article_count(answer, texts)
    newest = texts("newest-article", day=answer.newest_published) if many and answer.newest_published else ""
    return " · ".join(filter(None, (many, newest)))


def article_count(answer: Answer, texts: Texts) -> str:
    """Return in how many of the searched articles the quotes stand: `3 of 41,212 articles`; empty without any."""
    if not answer.searched_articles:
        return ""
    quoted = len({quote.article.url for quote in answer.quotes})
    if quoted:
        return texts("counted-quoted", quoted=quoted, number=answer.searched_articles)
    return texts("counted", number=answer.searched_articles)


def filters_used(question: Question, texts: Texts) -> str | None:
    """Return the filters that were used: `Searched: CNN · 1–7 Nov 2024`; None without any."""
    outlets = texts.names(question.outlets)
    used = " · ".join(filter(None, (outlets, _period(question.since, question.until, texts))))
    return texts("searched", what=used) if used else None


def filters_dropped(question: Question, texts: Texts) -> str:
    """Return the sentence that filters read out of the question matched nothing and were dropped.

    It does not claim that every article was searched where filters that the person gave remain.
    """
    phrases = [f"“{phrase}”" for phrase in question.filter_phrases]
    if question.without_read_filters().filters:
        return texts("unmatched-partly", phrases=phrases)
    return texts("unmatched", phrases=phrases) if phrases else texts("unmatched-filters")


def unread_times(question: Question, texts: Texts) -> str | None:
    """Return which words look like a time and were not understood; None without any."""
    phrases = [f"“{phrase}”" for phrase in question.unread_times]
    return texts("time-unread", phrases=phrases) if phrases else None


def corrections(question: Question, texts: Texts) -> str | None:
    """Return which words were read as others, typed wrongly as they were; None without any."""
    pairs = [texts("spelling-pair", typed=typed, meant=meant) for typed, meant in question.corrections]
    return texts("spelling-read", read=pairs) if pairs else None


def left_out(question: Question, texts: Texts) -> str | None:
    """Return that only the first of several questions was answered; None where there was one."""
    return texts("first-of-several") if question.is_first_of_several else None


def followed_question(question: Question, texts: Texts) -> str | None:
    """Return which earlier question this one was completed from; None if it stands alone."""
    return texts("following-on", question=question.completed_from) if question.completed_from else None


def duplicate_count(quote: Quote, texts: Texts) -> str:
    """Return in how many other outlets nearly the same sentence stands; empty if in none."""
    others = len({article.outlet for article in quote.duplicates} - {quote.article.outlet})
    return texts("also-in", number=others) if others else ""


def _period(since: datetime | None, until: datetime | None, texts: Texts) -> str:
    """Return a stretch of time in UTC, `until` being exclusive: `1–7 Nov 2024`, `since 1 Nov 2024`."""
    last = _last_instant(until) if until else None
    if since and last:
        if _is_midnight(since) and (_is_midnight(last) or last != until):
            return texts.days(since, last)
        return f"{texts.moment(since)} – {_period_end(last, until, texts)}"
    if since:
        return texts("since", day=texts.moment(since))
    return texts("until", day=_period_end(last, until, texts)) if last else ""


def _period_end(last: datetime, until: datetime | None, texts: Texts) -> str:
    """Return the last moment of a stretch: a day when it ends with one."""
    return texts.moment(last) if last == until else texts.day(last)


def _last_instant(until: datetime) -> datetime:
    """Return the last instant before an exclusive end that is a midnight; any other end is itself."""
    return until - _TICK if _is_midnight(until) and until > _EARLIEST else until


def _is_midnight(moment: datetime) -> bool:
    return moment.astimezone(UTC).time() == time(0)


def language_warning(answer: Answer, texts: Texts) -> str | None:
    """Return the languages in which the answer may be weak; None if the model supports all."""
    if not answer.unsupported_languages:
        return None
    return texts(
        "weak-language", languages=[texts.language_name(code) for code in answer.unsupported_languages]
    )


def article_kind(article: Article, texts: Texts) -> str:
    """Return that an article is a live blog, a video's text or an excerpt; empty for a plain story."""
    return "" if article.kind is ArticleKind.STORY else texts(f"kind-{article.kind.value}")


def revision_date(article: Article, day: str, texts: Texts) -> str:
    """Return when an article's text was revised: a live blog is `updated`, any other `corrected`; empty if never."""
    if not article.revised:
        return ""
    return texts("updated" if article.kind is ArticleKind.LIVE else "corrected", day=day)
