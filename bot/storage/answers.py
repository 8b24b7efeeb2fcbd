"""Stored answers, for the buttons of their cards: positions and digests of quotes, never their words.

Neither the question nor the person is stored. A quote whose article left the index can no longer be resolved.
"""

import asyncio
import hashlib
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Annotated

from pydantic import AliasChoices, Field, TypeAdapter
from pydantic.fields import FieldInfo

from bot.cache import TTLCache
from bot.storage.database import Connection, Database, TableSchema
from index import (
    Answer,
    AnswerOutcome,
    Archive,
    BusyIndex,
    Quote,
    QuoteContext,
    Span,
    Speaker,
    Stance,
    VerbatimError,
    quote_words,
    report_fault,
)

MAX_ANSWERS, RETENTION_SECONDS = 20_000, 180 * 86_400  # judged: half a year
PRUNE_EVERY = 100  # answers that a process keeps between two looks for those beyond MAX_ANSWERS, which all are counted for
MAX_DUPLICATES = 30  # near-duplicate articles stored of one quote, judged
MAX_SEARCHED_CHARACTERS = 200_000  # characters of a corrected article, judged: bounds the time
MIN_LEADING_WORDS = 4  # of a sentence that a quote leans on; judged
MAX_REMEMBERED = 2_000  # answers of this process that are held in memory too, judged: some 2 MB
SAVE_AGAIN = 2.0  # seconds until what could not be written is tried again; judged
CONTEXT_SENTENCES = 2  # before and after a quote, judged


def _expired(now: float) -> tuple[str, tuple[int]]:
    return "DELETE FROM answers WHERE at <= ?", (int(now) - RETENTION_SECONDS,)


TABLE = TableSchema(
    "answers",
    (
        "CREATE TABLE answers (id TEXT PRIMARY KEY, at INTEGER NOT NULL, quotes TEXT NOT NULL)",
        "CREATE INDEX answers_at ON answers (at)",
    ),
    _expired,
)


@dataclass(frozen=True, slots=True)
class AnswerRef:
    """What the buttons of an answer need: its id, and whether the card may still be shared."""

    answer_id: str
    shareable: bool = False


def _also_named(*names: str) -> FieldInfo:
    """Return what makes a field readable under any of these names; it is written under its own."""
    info: FieldInfo = Field(validation_alias=AliasChoices(*names))
    return info


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """Where a quote stood, and a digest of its words, by which it is found again where it stands now.

    `stance` is its group's, `has_context` says that it leaned on the sentence before. The names under which
    version 0.1.0 stored the last three are read too.
    """

    url: str
    start: int
    end: int
    digest: str
    stance: Stance | None = None
    speaker: str | None = None
    description: str | None = None
    cited_source: Annotated[str | None, _also_named("cited_source", "cites")] = None
    has_context: Annotated[bool, _also_named("has_context", "lead")] = False
    duplicates: Annotated[tuple[str, ...], _also_named("duplicates", "also")] = ()


@dataclass(frozen=True, slots=True)
class ResolvedQuote:
    """A stored quote that still stands in its article, as the article is now; `position` is its place in the answer."""

    position: int
    stance: Stance | None
    quote: Quote
    context: QuoteContext


_WORD_START = re.compile(r"(?<!\S)\S")
_ID_BYTES = 8  # random bytes, which make 11 characters
_QUOTES_ADAPTER = TypeAdapter(tuple[StoredQuote, ...])


class AnswerStore:
    """The latest answers, by id. While the database's server is out of reach they are held in memory, and saved later."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock
        self._remembered: TTLCache[str, str] = TTLCache(MAX_REMEMBERED, RETENTION_SECONDS)
        self._unsaved: dict[str, tuple[str, int, str]] = {}  # rows by id
        self._saving: asyncio.Task[None] | None = None
        self._saves = 0

    async def save(self, answer: Answer, *, shareable: bool = False) -> AnswerRef | None:
        """Store an answer's quotes and return the reference for its buttons; None for small talk, and as `save_quotes`."""
        if answer.outcome is AnswerOutcome.REPLY:
            return None
        stored = [_stored(quote, group.stance) for group in answer.groups for quote in group.quotes]
        return await self._insert(stored, shareable)

    async def save_quotes(self, quotes: Sequence[Quote], *, shareable: bool = False) -> AnswerRef | None:
        """Store quotes that stand under no claim, and return the reference for the buttons of their card.

        Return None without quotes, and when the database cannot be written: the card is then shown without buttons.
        """
        return await self._insert([_stored(quote) for quote in quotes], shareable) if quotes else None

    async def _insert(self, stored: Sequence[StoredQuote], shareable: bool) -> AnswerRef | None:
        """Insert the quotes of a card; delete answers beyond RETENTION_SECONDS and, now and then, beyond MAX_ANSWERS."""
        ref = AnswerRef(secrets.token_urlsafe(_ID_BYTES), shareable)
        try:
            row = (ref.answer_id, int(self._clock()), _QUOTES_ADAPTER.dump_json(tuple(stored)).decode())
            self._remembered.put(ref.answer_id, row[2])
            await self._insert_rows([row])
        except BusyIndex:  # of a server, which may have it all the same
            self._save_later(row)
        except (sqlite3.Error, VerbatimError, ValueError) as error:
            report_fault(error, "keeping an answer")
            return None
        return ref

    async def _insert_rows(self, rows: Sequence[tuple[str, int, str]]) -> None:
        now = int(self._clock())
        is_pruning = self._saves % PRUNE_EVERY == 0
        self._saves += 1

        def work(db: Connection) -> None:
            db.executemany("INSERT INTO answers VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING", rows)
            db.execute(*_expired(now))
            if is_pruning:
                db.execute(
                    "DELETE FROM answers WHERE rowid <="
                    " (SELECT rowid FROM answers ORDER BY rowid DESC LIMIT 1 OFFSET ?)",
                    (MAX_ANSWERS,),
                )

        await self._database.hurried_transaction(work)

    def _save_later(self, row: tuple[str, int, str]) -> None:
        self._unsaved[row[0]] = row
        while len(self._unsaved) > MAX_REMEMBERED:
            self._unsaved.pop(next(iter(self._unsaved)))
        if self._saving is None or self._saving.done():
            self._saving = asyncio.create_task(self._save_unsaved())

    async def _save_unsaved(self) -> None:
        """Save what could not be saved as soon as that is possible."""
        while rows := list(self._unsaved.values()):
            await asyncio.sleep(SAVE_AGAIN)
            try:
                await self._insert_rows(rows)
            except BusyIndex:
                continue
            except (sqlite3.Error, VerbatimError) as error:
                report_fault(error, "keeping answers")
                return
            for row in rows:
                self._unsaved.pop(row[0], None)

    async def load(self, answer_id: str) -> tuple[StoredQuote, ...] | None:
        """Return an answer's quotes in the order of the answer; None when it is not stored, or no longer.

        Raise BusyIndex for another process's answer while the database cannot be read.
        """
        quotes = self._unsaved[answer_id][2] if answer_id in self._unsaved else None
        if quotes is None:
            try:
                row = await self._database.fetch_one("SELECT quotes FROM answers WHERE id = ?", answer_id)
            except BusyIndex:
                quotes = self._remembered.get(answer_id)
                if quotes is None:
                    raise
            else:
                quotes = row[0] if row else None
        return _QUOTES_ADAPTER.validate_json(quotes) if quotes else None


def resolve(
    stored: tuple[StoredQuote, ...], archive: Archive, circle: str | None
) -> tuple[ResolvedQuote, ...]:
    """Return the quotes that still stand in articles that a circle sees (None: all), as these are now. Blocks."""
    contexts = ((position, one, _context(one, archive, circle)) for position, one in enumerate(stored))
    return tuple(
        _resolved(position, one, context, archive, circle) for position, one, context in contexts if context
    )


def _context(stored: StoredQuote, archive: Archive, circle: str | None) -> QuoteContext | None:
    article = archive.article(stored.url, circle)
    words = _find_text(article.text, stored) if article else None
    return archive.context(stored.url, words, stored.start, CONTEXT_SENTENCES, circle) if words else None


def _find_text(text: str, stored: StoredQuote) -> str | None:
    """Return the quoted words from where they stood or, in a corrected article, from any word start; None if gone. Linear."""
    length = stored.end - stored.start
    for start in chain(
        (stored.start,), (word.start() for word in _WORD_START.finditer(text, 0, MAX_SEARCHED_CHARACTERS))
    ):
        words = text[start : start + length]
        if _digest(words) == stored.digest:
            return words
    return None


def _digest(words: str) -> str:
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _stored(quote: Quote, stance: Stance | None = None) -> StoredQuote:
    return StoredQuote(
        url=quote.article.url,
        start=quote.start,
        end=quote.end,
        digest=_digest(quote.text),
        stance=stance,
        speaker=quote.speaker.name if quote.speaker else None,
        description=quote.speaker.description if quote.speaker else None,
        cited_source=quote.cited_source,
        has_context=quote.context is not None,
        duplicates=tuple(article.url for article in quote.duplicates[:MAX_DUPLICATES]),
    )


def _leading(context: QuoteContext) -> Span | None:
    """Return the sentence before the quote that says enough to be leaned on."""
    text = context.article.text
    for span in reversed(context.before):
        if len(quote_words(text[span.start : span.end])) >= MIN_LEADING_WORDS:
            return span
    return None


def _resolved(
    position: int, stored: StoredQuote, context: QuoteContext, archive: Archive, circle: str | None
) -> ResolvedQuote:
    duplicates = (archive.article(url, circle) for url in stored.duplicates)
    quote = Quote(
        context.article,
        context.span.start,
        context.span.end,
        speaker=Speaker(stored.speaker, stored.description) if stored.speaker is not None else None,
        cited_source=stored.cited_source,
        context=_leading(context) if stored.has_context else None,
        duplicates=tuple(article for article in duplicates if article),
    )
    return ResolvedQuote(position, stored.stance, quote, context)
