"""Answer -> JSON as docs/json.md documents it: fields may be added, but not renamed or removed."""

import json
from datetime import datetime
from typing import Any

from index import Answer, Article, Quote


def answer_to_json(answer: Answer, *, explain: bool = False) -> str:
    """Return an answer as indented JSON.

    It is ASCII, so that no terminal or log has to know the encoding of an article.
    `explain` adds to every quote why it was chosen and what decided its stance.
    """
    return json.dumps(answer_to_dict(answer, explain=explain), indent=2)


def answer_to_dict(answer: Answer, *, explain: bool = False) -> dict[str, Any]:
    """Return an answer as plain JSON values."""
    question = answer.question
    return {
        "question": question.text,
        "topic": question.topic,
        "corrections": [{"typed": typed, "meant": meant} for typed, meant in question.corrections],
        "first_of_several": question.is_first_of_several,
        "outcome": answer.outcome.value,
        "small_talk": question.small_talk.value if question.small_talk else None,
        "groups": [
            {
                "stance": group.stance.value if group.stance else None,
                "quotes": [quote_to_dict(quote, explain=explain) for quote in group.quotes],
            }
            for group in answer.groups
        ],
        "headlines": [article_to_dict(article) for article in answer.headlines],
        "reported_by": list(answer.reported_by),
        "denied_by": list(answer.denied_by),
        "filters": {
            "since": iso_time(question.since),
            "until": iso_time(question.until),
            "outlets": list(question.outlets),
            "read_from_text": list(question.filter_phrases),
            "dropped": answer.filters_dropped,
        },
        "searched": {"articles": answer.searched_articles, "newest": iso_time(answer.newest_published)},
        "weak_in": list(answer.unsupported_languages),
    }


def quote_to_dict(quote: Quote, *, explain: bool = False) -> dict[str, Any]:
    """Return a quote: `text` is the article's text from character `start` up to, not including, `end`."""
    speaker = quote.speaker
    shape: dict[str, Any] = {
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "stance": quote.stance.value,
        "outlet": quote.article.outlet,
        "speaker": {"name": speaker.name, "description": speaker.description} if speaker else None,
        "cites": quote.cited_source,
        "date": iso_time(quote.article.published),
        "link": quote.link,
        "lead": quote.context_text,
        "article": article_to_dict(quote.article),
        "also": [article_to_dict(article) for article in quote.duplicates],
    }
    if explain:
        shape["explain"] = {
            "cue": quote.judgement.cue,
            "confidence": float(quote.judgement.confidence),
            "chances": {name: float(value) for name, value in quote.chances.items()},
            "score": float(quote.score),
            "features": {name: float(value) for name, value in quote.features.items()},
        }
    return shape


def article_to_dict(article: Article) -> dict[str, Any]:
    """Return an article without its text."""
    return {
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "author": article.author,
        "published": iso_time(article.published),
        "revised": iso_time(article.revised),
        "kind": article.kind.value,
        "language": article.language,
        "image": article.image,
    }


def iso_time(when: datetime | None) -> str | None:
    """Return a time in ISO 8601."""
    return when.isoformat() if when else None
