"""A data folder made by an earlier version opens and answers: `data_folders/<version>.tar.xz`.

Each holds eight articles of the sample, a feed, and a bot.db with one kept answer, a vote and a server's settings.
A release adds one, made by itself; none is ever made again.
"""

import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.context import TABLES
from bot.storage.answers import AnswerStore, resolve
from bot.storage.database import Database
from bot.storage.feedback import FeedbackStore
from bot.storage.guild_settings import GuildSettings, GuildSettingsStore
from index import (
    AnswerOutcome,
    Archive,
    DateSource,
    FeedManager,
    Stance,
    VerbatimError,
    restore_backup,
    write_backup,
)
from index.fetching.settings import DEFAULT_FETCH_SETTINGS
from tests.conftest import REPOSITORY

FOLDERS = sorted((REPOSITORY / "tests" / "data_folders").glob("*.tar.xz"))
KEPT_ANSWERS = {"0.1.0": "AYKDaI6tn4M", "0.2.0": "isDXuQs_wog"}  # the answer in each folder's bot.db
NOW = datetime(2024, 11, 12, tzinfo=UTC)


def version_of(path):
    return path.name.removesuffix(".tar.xz")


@pytest.fixture(params=FOLDERS, ids=version_of)
def earlier(request, tmp_path, models):
    """A data folder as an earlier version left it, and that version."""
    with tarfile.open(request.param) as packed:
        packed.extractall(tmp_path, filter="data")
    (tmp_path / "models").symlink_to(models)
    return tmp_path, version_of(request.param)


def test_there_is_a_folder_of_every_version_that_kept_one():
    assert {version_of(path) for path in FOLDERS} == set(KEPT_ANSWERS)


def test_the_index_of_an_earlier_version_answers_and_takes_articles_in(earlier):
    folder, _ = earlier
    with Archive.open(folder) as archive:
        assert archive.stats().articles == 8
        answer = archive.ask("Did Trump call Putin?", now=NOW)
        assert answer.outcome is AnswerOutcome.DISAGREE
        assert {Stance.REPORTED, Stance.DENIED} <= {group.stance for group in answer.groups}
        assert all(quote.text in archive.article(quote.article.url).text for quote in answer.quotes)
        assert archive.remove(answer.quotes[0].article.url)
        assert archive.stats().articles == 7
        assert archive.check().is_whole
        assert archive._store.query("SELECT count(*) FROM checksums") == [(7,)]
    feeds = FeedManager(folder, DEFAULT_FETCH_SETTINGS)
    assert [status.feed.url for status in feeds.statuses()] == ["https://post.example.com/feed.xml"]
    feeds.close()


def test_an_article_of_an_earlier_version_takes_the_date_of_its_feed(earlier):
    folder, _ = earlier
    guessed, announced = (datetime(2024, *day, tzinfo=UTC) for day in ((1, 1, 12), (11, 10, 20, 4)))
    database = sqlite3.connect(folder / "verbatim.db")
    (url,) = database.execute("SELECT url FROM articles ORDER BY first LIMIT 1").fetchone()
    database.execute("UPDATE articles SET published = ? WHERE url = ?", (guessed.timestamp(), url))
    database.execute(
        "INSERT INTO pages (url, feed, host, state, mark, title, author, published, seen, listed, article)"
        " VALUES (?, 1, 'h', 'stored', '', '', '', ?, 0, 0, ?)",
        (f"{url}?rss", announced.timestamp(), url),
    )
    database.commit()
    database.close()
    for _ in range(2):
        with Archive.open(folder) as archive:
            assert archive.stats().articles == 8
            assert archive.article(url).published == announced
            assert archive.article(url).date_source is DateSource.FEED
            day = archive.latest(
                datetime(2024, 11, 10, 20, tzinfo=UTC), datetime(2024, 11, 10, 21, tzinfo=UTC)
            )
            assert url in {arrived.article.url for arrived in day}


def test_a_backup_of_an_earlier_version_is_brought_up_to_date_and_answers(earlier, tmp_path):
    folder, _ = earlier
    databases = ("verbatim.db", "bot.db")
    assert write_backup(folder, databases, tmp_path / "kept.zip").articles == 8
    again = tmp_path / "again"
    assert restore_backup(tmp_path / "kept.zip", again, databases, lambda _: None).databases == databases
    (again / "models").symlink_to(folder / "models")
    with Archive.open(again) as archive:
        assert archive.ask("Did Trump call Putin?", now=NOW).outcome is AnswerOutcome.DISAGREE


def test_a_folder_that_a_newer_version_has_opened_is_refused_in_words_and_left_as_it_is(earlier):
    folder, _ = earlier
    with closing(sqlite3.connect(folder / "verbatim.db")) as database, database:
        database.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
        before = database.execute("SELECT sql FROM sqlite_master").fetchall()
    for opening in (lambda: Archive.open(folder), lambda: FeedManager(folder, DEFAULT_FETCH_SETTINGS)):
        with pytest.raises(VerbatimError, match="update Verbatim"):
            opening()
    with closing(sqlite3.connect(folder / "verbatim.db")) as database:
        assert database.execute("SELECT sql FROM sqlite_master").fetchall() == before


async def test_the_database_of_an_earlier_bot_opens_and_its_buttons_work(earlier):
    folder, version = earlier
    database = await Database.open(folder, TABLES)
    kept = await AnswerStore(database).load(KEPT_ANSWERS[version])
    with Archive.open(folder) as archive:
        quotes = [resolved.quote for resolved in resolve(kept, archive, None)]
    assert len(quotes) == len(kept) > 2
    assert {"The Washington Post", "The Kremlin"} <= {quote.cited_source for quote in quotes}
    assert any(quote.context for quote in quotes)
    assert any(quote.speaker for quote in quotes)
    assert [vote.good for vote in await FeedbackStore(database).votes()] == [True]
    settings = GuildSettingsStore(database)
    await settings.load()
    assert settings.get(11) == GuildSettings(outlets=("Sample Wire",))
    await database.close()


def test_articles_of_an_earlier_version_go_to_whoever_added_their_feed(earlier):
    folder, _ = earlier
    database = sqlite3.connect(folder / "verbatim.db")
    database.execute("UPDATE feeds SET added_by = 'server:42'")
    urls = [row[0] for row in database.execute("SELECT url FROM articles ORDER BY first LIMIT 3")]
    for url in urls:
        database.execute(
            "INSERT INTO pages (url, feed, host, state, mark, title, author, seen, listed, article)"
            " VALUES (?, (SELECT id FROM feeds), 'h', 'stored', '', '', '', 0, 0, ?)",
            (f"{url}?rss", url),
        )
    database.commit()
    database.close()
    with Archive.open(folder) as archive:
        assert archive.take_upgrade_counts() == {"guild:42": 3, "house": 5}
        assert archive.take_upgrade_counts() == {}
        assert archive.stats("guild:42").articles == 8
        assert archive.stats("guild:7").articles == archive.stats("user:42").articles == 5
        assert not any(archive.article(url, "guild:7") for url in urls)
    feeds = FeedManager(folder, DEFAULT_FETCH_SETTINGS)
    assert [status.circles for status in feeds.statuses()] == [("guild:42",)]
    feeds.close()
