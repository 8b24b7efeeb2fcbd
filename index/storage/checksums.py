"""The table of checksums: what is stored of an article is neither shown nor searched once it has changed by itself.

SQLite finds damage to the structure of its file, not to a letter in it. The checksum is CRC-32 (ITU-T V.42), which finds
every error of up to 32 bits in a row.
"""

import zlib

from index.articles import Article
from index.storage.engine import NULL_STORED_AS, Tables
from index.storage.records import to_timestamp


class ChecksumsMixin(Tables):
    """The part of the store that keeps checksums. Call its methods inside `transaction()`."""

    def add_checksums(self, first_sentence: int, text: int, vectors: int) -> None:
        """Keep the checksums of the article whose headline has this number."""
        self.execute(
            "INSERT INTO checksums VALUES (?, ?, ?)"
            " ON CONFLICT (first) DO UPDATE SET text = excluded.text, vectors = excluded.vectors",
            *(first_sentence, text, vectors),
        )


def text_checksum(article: Article, spans: bytes) -> int:
    """Return the checksum of all that is shown of an article, and of where its sentences are, as the store keeps them.

    When it was last corrected is left out: that is the store's own to say. A character 0, which PostgreSQL keeps as
    another, counts as that one.
    """
    times = (to_timestamp(article.published), to_timestamp(article.modified))
    names = (article.url, article.outlet, article.title, article.author, article.language, article.kind)
    shown = (*names, *times, article.image, article.date_source, article.text)
    words = "\x1f".join("" if one is None else str(one) for one in shown)
    return zlib.crc32(spans, zlib.crc32(words.replace("\0", NULL_STORED_AS).encode("utf-8", "surrogatepass")))


def vectors_checksum(vectors: bytes) -> int:
    """Return the checksum of an article's vectors, as the store keeps them."""
    return zlib.crc32(vectors)
