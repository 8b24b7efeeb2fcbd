"""The database's schema, version by version; a file of an earlier version is migrated in place."""

import sqlite3

VERSION_KEY = "schema"  # of `meta`, whose value is the version of the file
# Each version's statements, in order. A released version is never changed; a new one is added at the end.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """
        CREATE TABLE IF NOT EXISTS articles (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            url TEXT NOT NULL UNIQUE,
            digest TEXT NOT NULL,
            outlet TEXT NOT NULL,
            title TEXT NOT NULL,
            author TEXT,
            published INTEGER, -- seconds since 1970, like every time here
            language TEXT,
            revised INTEGER,
            added INTEGER NOT NULL,
            first INTEGER NOT NULL UNIQUE, -- its sentences are numbered from `first` up to, not including, `last`
            last INTEGER NOT NULL
        )
        """,
        """
        CREATE TABLE IF NOT EXISTS bodies (
            first INTEGER PRIMARY KEY,
            text TEXT NOT NULL,
            spans BLOB NOT NULL, -- int32 pairs: start, end
            vectors BLOB NOT NULL -- float16 rows, one a sentence
        )
        """,
        """
        CREATE TABLE IF NOT EXISTS removed (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, first INTEGER NOT NULL, last INTEGER NOT NULL
        )
        """,
    ),
    (
        # 2: revisions, copies, kinds of article, what has gone
        "ALTER TABLE articles ADD COLUMN kind TEXT NOT NULL DEFAULT 'story'",
        "ALTER TABLE articles ADD COLUMN modified INTEGER",  # as the outlet says
        "ALTER TABLE articles ADD COLUMN image TEXT",
        "ALTER TABLE articles ADD COLUMN missing INTEGER NOT NULL DEFAULT 0",  # times it was not found in a row
        "ALTER TABLE articles ADD COLUMN story INTEGER",  # the same in near-copies; NULL: not compared yet
        "CREATE INDEX articles_by_story ON articles (story)",
        "CREATE INDEX articles_by_time ON articles (coalesce(published, added))",
        "CREATE TABLE copies (band INTEGER, first INTEGER, PRIMARY KEY (band, first)) WITHOUT ROWID",
        "ALTER TABLE bodies ADD COLUMN signature BLOB",  # uint32: its MinHash, of which `copies` has the bands
        """
        CREATE TABLE revisions (
            url TEXT NOT NULL,
            replaced INTEGER NOT NULL,
            title TEXT NOT NULL,
            text BLOB NOT NULL, -- zlib
            PRIMARY KEY (url, replaced)
        ) WITHOUT ROWID
        """,
        "CREATE TABLE barred (url TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID",
    ),
    (
        # 3: the feeds that are followed, and the pages they announced
        """
        CREATE TABLE IF NOT EXISTS feeds (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            url TEXT NOT NULL UNIQUE,
            kind TEXT NOT NULL DEFAULT '',
            title TEXT NOT NULL DEFAULT '',
            added REAL NOT NULL,
            added_by TEXT NOT NULL,
            inside INTEGER NOT NULL, -- whether hosts of the owner's own network may be reached for it
            etag TEXT,
            modified TEXT,
            ttl REAL,
            skip_hours TEXT NOT NULL DEFAULT '',
            skip_days TEXT NOT NULL DEFAULT '',
            interval REAL,
            due REAL NOT NULL,
            polled REAL,
            newest REAL, -- when it last brought something new
            failures INTEGER NOT NULL DEFAULT 0,
            reason TEXT, -- of the last failure
            paused INTEGER NOT NULL DEFAULT 0,
            told INTEGER NOT NULL DEFAULT 0 -- whether the owner knows that it is paused
        )
        """,
        # whether its server tells that nothing has changed, instead of sending it all
        "ALTER TABLE feeds ADD COLUMN light INTEGER NOT NULL DEFAULT 0",
        """
        CREATE TABLE IF NOT EXISTS pages (
            url TEXT PRIMARY KEY,
            feed INTEGER NOT NULL,
            host TEXT NOT NULL,
            state TEXT NOT NULL,
            mark TEXT NOT NULL, -- of the announcement
            title TEXT NOT NULL,
            author TEXT NOT NULL,
            published REAL,
            html TEXT, -- the text that the feed carries, until the page is dealt with
            seen REAL NOT NULL,
            listed REAL NOT NULL, -- when its feed last had it
            due REAL, -- when it is to be fetched; NULL: not any more
            tries INTEGER NOT NULL DEFAULT 0, -- failures in a row
            checks INTEGER NOT NULL DEFAULT 0, -- times it was looked at again
            fetched REAL,
            article TEXT, -- the address it has in the index
            carried INTEGER NOT NULL DEFAULT 0, -- whether the article is the text the feed carried
            etag TEXT,
            modified TEXT,
            reason TEXT -- why it is not in the index
        ) WITHOUT ROWID
        """,
        "CREATE INDEX IF NOT EXISTS pages_by_due ON pages (host, due) WHERE due IS NOT NULL",
        "CREATE INDEX IF NOT EXISTS pages_by_feed ON pages (feed, seen)",
    ),
    (
        # 4: what `index.retrieval.forward_index` keeps of the words of each article
        """
        CREATE TABLE forward (
            first INTEGER PRIMARY KEY, form INTEGER NOT NULL, sentences BLOB NOT NULL, words BLOB NOT NULL
        )
        """,
    ),
    (
        # 5: why a feed failed, for whoever words it in another language: JSON, its kind and facts
        "ALTER TABLE feeds ADD COLUMN fault TEXT",
    ),
    (
        # 6: a start asks which articles' words are kept, and need not read the words for it
        "CREATE INDEX forward_by_form ON forward (form)",
    ),
    (
        # 7: who says when an article was published (`DateSource`); NULL where an earlier version did not keep it
        "ALTER TABLE articles ADD COLUMN date_source TEXT",
        # Dates of feeds from before 1990 were misread: a Unix time as a year.
        "UPDATE pages SET published = NULL WHERE published < 631152000",
        # Every feed is read whole once more, so that dates that were misread are found to differ.
        "UPDATE feeds SET etag = NULL, modified = NULL",
        """
        UPDATE articles SET date_source = 'feed' WHERE EXISTS
        (SELECT 1 FROM pages WHERE pages.url = articles.url AND pages.published = articles.published)
        """,
    ),
    (
        # 8: what `index.retrieval.line_table` keeps of the lines of each article, and how often each line occurs
        """
        CREATE TABLE lines (
            first INTEGER PRIMARY KEY,
            form INTEGER NOT NULL,
            hashes BLOB NOT NULL, -- int64, one a sentence without the headline
            needed BLOB NOT NULL -- uint8 each: on how many articles it has to stand to be furniture
        )
        """,
        "CREATE INDEX lines_by_form ON lines (form)",
        "CREATE TABLE line_counts (line INTEGER PRIMARY KEY, articles INTEGER NOT NULL)",
    ),
    (
        # 9: which course of changes the file is of (`Watermark.history`), and checksums of what is stored (`checksums`)
        "INSERT INTO meta VALUES ('history', lower(hex(randomblob(8))))",
        "CREATE TABLE checksums (first INTEGER PRIMARY KEY, text INTEGER NOT NULL, vectors INTEGER NOT NULL)",
    ),
)
LATEST_VERSION = len(MIGRATIONS)


def schema_version(db: sqlite3.Connection) -> int:
    """Return the version of a database, 0 for an empty one. Raise sqlite3.DatabaseError for another file."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
        return 0
    row = db.execute("SELECT value FROM meta WHERE key = ?", (VERSION_KEY,)).fetchone()
    return int(row[0]) if row else 0


def migrate(db: sqlite3.Connection) -> int:
    """Migrate a database to the latest version, in one transaction; return the version it has then.

    One of a later version is left as it is. `db` must be in autocommit mode. Several processes may try at
    once.
    """
    if schema_version(db) >= LATEST_VERSION:
        return schema_version(db)
    db.execute("BEGIN IMMEDIATE")
    try:
        for statements in MIGRATIONS[schema_version(db) :]:
            for statement in statements:
                db.execute(statement)
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (VERSION_KEY, str(LATEST_VERSION)))
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
    return LATEST_VERSION
