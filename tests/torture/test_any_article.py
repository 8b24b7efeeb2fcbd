"""Whatever characters an article is made of, it comes back word for word: now, after a restart, out of a backup."""

import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from index.archive import Archive
from index.articles import ArticleKind, DateSource
from index.errors import BadQuestion, RefusedArticle
from index.ingest.pipeline import IngestOutcome
from index.maintenance.backup import restore_backup, write_backup
from index.parsing.build_article import make_article
from tests.torture.checks import check_indexes, check_store

ANY = st.text(st.characters(), max_size=60)  # lone surrogates, controls and NUL too
WORDS = st.sampled_from(
    [
        "The mayor of Norwick",
        "said",
        "on Monday",
        "nine percent",
        "“Naïve”",
        "東京",
        "'",
        '"',
        "\x00",
        "%",
        "\n",
    ]
)
TEXT = st.lists(ANY | WORDS, max_size=12).map(" ".join)
DATES = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)) | st.none()  # noqa: DTZ001
PARTS = st.fixed_dictionaries(
    {
        "text": TEXT.map("The harbour bridge in Norwick closed on Monday. {}".format) | TEXT,
        "title": ANY,
        "outlet": ANY,
        "author": ANY,
        "published": DATES,
        "modified": DATES,
        "language": st.sampled_from([None, "en", "de", "ja"]),
        "kind": st.sampled_from(ArticleKind),
        "date_source": st.sampled_from(DateSource),
        "image": st.none() | ANY,
    }
)


def made(parts):
    """The articles of these parts that are none to refuse."""
    for number, one in enumerate(parts):
        with suppress(RefusedArticle):
            yield make_article(url=f"https://wire.example.com/{number}", **one)


@settings(max_examples=8, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=5))
def test_any_article_comes_back_as_it_went_in(encoder, parts):
    articles = list(made(parts))
    with tempfile.TemporaryDirectory() as name:
        data, again = Path(name, "data"), Path(name, "again")
        data.mkdir()
        with Archive(data, encoder) as archive:
            results = archive.add(articles)
            taken = {one.url for one in results if one.outcome is not IngestOutcome.REFUSED}
            expected = {one.url: one for one in articles if one.url in taken}
            check(archive, expected)
        write_backup(data, ("verbatim.db",), Path(name, "kept.zip"))
        restore_backup(Path(name, "kept.zip"), again, ("verbatim.db",), lambda _: None)
        for folder in (data, again):
            with Archive(folder, encoder) as archive:
                check(archive, expected)
                assert all(one.outcome is not IngestOutcome.REPLACED for one in archive.add(articles))


def check(archive, expected):
    stored = {one.article.url: one for one in archive.stored_articles().values()}
    assert set(stored) == set(expected)
    for url, article in expected.items():
        kept = stored[url].article
        assert (kept.text, kept.title, kept.outlet, kept.author) == (
            article.text,
            article.title,
            article.outlet,
            article.author,
        )
        for sentence in stored[url].sentences()[1:]:
            with suppress(BadQuestion):  # too short to be searched for
                for match in archive.find_quote(sentence).matches:
                    assert match.quote.text in expected[match.quote.article.url].text
    check_store(archive._store)
    check_indexes(archive)
    assert archive.check().is_whole
