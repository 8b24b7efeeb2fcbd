"""The database's schema, version by version; a file of an earlier version is migrated in place."""

import sqlite3

HISTORY_KEY = "history"  # of `meta`: which course of changes the database is of (`Watermark.history`)
VERSION_KEY = "schema"  # of `meta`, whose value is the version of the file
# Each version's statements, in order. A released version is never changed; a new one is added at the end. On a server bots of
# the version before run on beside it, with the tables as it leaves them: it adds tables and columns, and what these bots
# would misread or write wrongly from then on gets another name, so that they say so and leave it.
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
        # 9: whose news (`index.storage.circles`): circles, their feeds, and the feeds that articles came from
        "CREATE TABLE circles (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE)",
        "INSERT INTO circles VALUES (1, 'house')",
        "CREATE TABLE feed_circles (feed INTEGER, circle INTEGER, PRIMARY KEY (feed, circle)) WITHOUT ROWID",
        "CREATE INDEX feed_circles_by_circle ON feed_circles (circle)",
        "INSERT INTO feed_circles VALUES (0, 1)",  # feed 0: what the owner added by hand
        """
        CREATE TABLE sources (
            first INTEGER,
            feed INTEGER,
            joined INTEGER NOT NULL DEFAULT 0, -- the place in the order of arrival, where the article was there before
            PRIMARY KEY (first, feed)
        ) WITHOUT ROWID
        """,
        "CREATE INDEX sources_by_joined ON sources (joined) WHERE joined > 0",
        "CREATE INDEX articles_by_last ON articles (last)",
        "CREATE INDEX sources_by_feed ON sources (feed)",
        # articles whose `sources` changed, or whose feed joined the house, after they came in
        "CREATE TABLE regrouped (sequence INTEGER PRIMARY KEY AUTOINCREMENT, first INTEGER NOT NULL)",
        # pages that another feed announces than the one they belong to
        "CREATE TABLE announcements (url TEXT, feed INTEGER, PRIMARY KEY (url, feed)) WITHOUT ROWID",
        "CREATE INDEX announcements_by_feed ON announcements (feed)",
        # whose an outlet's name is in a circle: the site that had it there first, by the name's folded form
        "CREATE TABLE outlet_names (circle INTEGER, key TEXT, site TEXT, PRIMARY KEY (key, circle)) WITHOUT ROWID",
        "ALTER TABLE feeds ADD COLUMN flooded REAL",  # when it last announced more pages than are taken in a day
        "ALTER TABLE feeds ADD COLUMN read_from TEXT",  # the address that its last items came from
        "UPDATE feeds SET added_by = 'guild:' || substr(added_by, 8) WHERE added_by LIKE 'server:%'",
        "UPDATE feeds SET added_by = 'house' WHERE added_by NOT LIKE 'guild:%'",
        "INSERT INTO circles (key) SELECT DISTINCT added_by FROM feeds WHERE added_by LIKE 'guild:%'",
        """
        INSERT INTO feed_circles SELECT feeds.id, circles.id FROM feeds JOIN circles ON circles.key = added_by
        """,
        """
        INSERT OR IGNORE INTO sources (first, feed) SELECT articles.first, pages.feed FROM pages
        JOIN articles ON articles.url = pages.article JOIN feeds ON feeds.id = pages.feed
        """,
        # What no page tells of, or one of a feed that was removed, may be anybody's: it goes to the house.
        """
        INSERT INTO sources (first, feed) SELECT first, 0 FROM articles WHERE first NOT IN (SELECT first FROM sources)
        """,
        """
        INSERT INTO regrouped (first) SELECT first FROM articles WHERE first NOT IN
        (SELECT first FROM sources JOIN feed_circles USING (feed) WHERE circle = 1)
        """,
        """
        INSERT INTO meta SELECT 'circles_upgrade', json_group_object(key, number) FROM (
            SELECT key, count(DISTINCT first) AS number
            FROM sources JOIN feed_circles USING (feed) JOIN circles ON circles.id = circle GROUP BY key
        ) WHERE EXISTS (SELECT 1 FROM articles) HAVING count(*)
        """,
        # lines are counted by the feeds that articles came from, and anew: `index.retrieval.line_table.backfill`
        "DROP TABLE lines",
        "DROP TABLE line_counts",
        """
        CREATE TABLE lines (
            first INTEGER PRIMARY KEY,
            form INTEGER NOT NULL,
            hashes BLOB NOT NULL, -- int64, one a sentence without the headline
            needed BLOB NOT NULL, -- uint8 each: on how many articles it has to stand to be furniture
            source_set INTEGER NOT NULL -- as which its lines are counted
        )
        """,
        "CREATE INDEX lines_by_form ON lines (form)",
        """
        CREATE TABLE line_counts (
            line INTEGER, source_set INTEGER, articles INTEGER NOT NULL, PRIMARY KEY (line, source_set)
        ) WITHOUT ROWID
        """,
        # sets of feeds that articles came from, a JSON list of numbers in order
        "CREATE TABLE source_sets (id INTEGER PRIMARY KEY AUTOINCREMENT, feeds TEXT NOT NULL)",
        "CREATE INDEX source_sets_by_feeds ON source_sets (feeds)",
    ),
    (
        # 10: which course of changes the file is of (`Watermark.history`), and checksums of what is stored (`checksums`)
        "INSERT INTO meta VALUES ('history', lower(hex(randomblob(8))))",
        "CREATE TABLE checksums (first INTEGER PRIMARY KEY, text INTEGER NOT NULL, vectors INTEGER NOT NULL)",
    ),
    (
        # 11: who may see what is written twice, and read only where both agree (`index.storage.circles`): what had been
        # the tables are views now
        """
        CREATE TABLE circle_rows (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            written TEXT NOT NULL AS (id || ':' || key) STORED
        )
        """,
        "INSERT INTO circle_rows (id, key) SELECT id, key FROM circles",
        """
        UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'circles')
        WHERE name = 'circle_rows'
        """,
        "DROP TABLE circles",
        "CREATE VIEW circles AS SELECT id, key FROM circle_rows WHERE written = id || ':' || key",
        """
        CREATE TABLE feed_circle_rows (
            feed INTEGER,
            circle INTEGER,
            written TEXT NOT NULL AS (feed || ':' || circle) STORED,
            PRIMARY KEY (feed, circle)
        ) WITHOUT ROWID
        """,
        "INSERT INTO feed_circle_rows (feed, circle) SELECT feed, circle FROM feed_circles",
        "DROP TABLE feed_circles",
        "CREATE INDEX feed_circles_by_circle ON feed_circle_rows (circle, written)",
        """
        CREATE VIEW feed_circles AS
        SELECT feed, circle FROM feed_circle_rows WHERE written = feed || ':' || circle
        """,
        """
        CREATE TABLE source_rows (
            first INTEGER,
            feed INTEGER,
            joined INTEGER NOT NULL DEFAULT 0, -- the place in the order of arrival, where the article was there before
            written TEXT NOT NULL AS (first || ':' || feed) STORED,
            PRIMARY KEY (first, feed)
        ) WITHOUT ROWID
        """,
        "INSERT INTO source_rows (first, feed, joined) SELECT first, feed, joined FROM sources",
        "DROP TABLE sources",
        "CREATE INDEX sources_by_joined ON source_rows (joined) WHERE joined > 0",
        "CREATE INDEX sources_by_feed ON source_rows (feed, written)",
        """
        CREATE VIEW sources AS
        SELECT first, feed, joined FROM source_rows WHERE written = first || ':' || feed
        """,
    ),
    (
        # 12: who asks which host and has which page in its hands, and until when (`index.feeds.leases`)
        """
        CREATE TABLE fetch_leases (
            kind TEXT, name TEXT, holder TEXT NOT NULL, until REAL NOT NULL, PRIMARY KEY (kind, name)
        ) WITHOUT ROWID
        """,
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
