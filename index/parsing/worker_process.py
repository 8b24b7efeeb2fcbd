"""Pages, texts and feeds are taken apart in a process of their own: none can stop, swell or crash ours."""

import contextlib
import logging
import multiprocessing
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Self, cast

from index.articles import Article
from index.errors import BadFeed, RefusedArticle, VerbatimError
from index.parsing.feeds.items import Feed
from index.parsing.feeds.opml import Outline, read_opml
from index.parsing.overrides import MetadataOverrides

DEADLINE = 20.0  # seconds for one page; real ones take some hundredths
STARTING = 120.0  # seconds for the process to load its libraries on a busy machine
MEMORY = 1024**3  # bytes of address space a page may take; the worst known take a fifth of it


class ParserProcess:
    """A context manager that reads one page at a time; safe to share between threads.

    The process starts with the first page, and anew after a page that ended it.
    """

    def __init__(self, deadline: float = DEADLINE) -> None:
        self._deadline = deadline
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def page(self, html: str, url: str, *, trusted: bool = False) -> Article:
        """Do what `index.parsing.article_html.article_from_page` does, within the deadline; raises `RefusedArticle`."""
        return cast("Article", self._read("page", html, url, trusted))

    def markdown(self, text: str, name: str, hints: MetadataOverrides) -> Article:
        """Do what `index.parsing.article_text.article_from_markdown` does, within the deadline; raises `RefusedArticle`."""
        return cast("Article", self._read("markdown", text, name, hints))

    def feed(self, body: bytes, content_type: str, url: str) -> Feed:
        """Do what `index.parsing.feeds.read_feed` does, within the deadline; raises `BadFeed`."""
        return cast("Feed", self._read("feed", body, content_type, url))

    def opml(self, body: bytes) -> list[Outline]:
        """Do what `index.parsing.feeds.opml.read_opml` does, within the deadline; raises `BadFeed`."""
        return cast("list[Outline]", self._read("opml", body))

    def _read(self, kind: str, *details: object) -> object:
        with self._lock:
            try:
                result = self._ask(kind, *details)
            except (OSError, EOFError) as error:
                self._end()
                raise _refusal(kind, "it broke the program that reads it") from error
            except BaseException:
                self._end()  # an answer still under way must not be taken for the next page's
                raise
        if isinstance(result, VerbatimError):
            raise result
        return result

    def close(self) -> None:
        """End the process, if there is one; what it is reading is refused."""
        if process := self._process:
            with contextlib.suppress(ValueError):  # it was ended by whoever is waiting for it
                process.kill()
        with self._lock:
            self._end()

    def _ask(self, kind: str, *details: object) -> object:
        pipe = self._pipe or self._start()
        pipe.send((kind, *details))
        if not pipe.poll(self._deadline):
            self._end()
            return _refusal(kind, f"reading it took more than {self._deadline:g} seconds")
        return pipe.recv()

    def _start(self) -> Connection:
        # Forking would copy the locks of our threads in whatever state they are.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs,), daemon=True, name="page-reader")
        process.start()
        self._pipe, self._process = ours, process
        theirs.close()
        if not self._pipe.poll(STARTING):
            raise EOFError
        self._pipe.recv()
        return self._pipe

    def _end(self) -> None:
        if self._pipe:
            self._pipe.close()
        if self._process:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._pipe = None


def _work(pipe: Connection) -> None:
    """Read pages until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    logging.disable()  # the libraries' remarks on odd markup; what they come to is in the answer
    pipe.send("ready")
    with contextlib.suppress(EOFError, OSError):
        while True:
            kind, *details = pipe.recv()
            result: object
            try:
                read = _reader(kind)
                _limit_memory()
                result = read(*details)
            except VerbatimError as refusal:
                result = refusal
            except (MemoryError, RecursionError):
                result = _refusal(kind, "it is too tangled to read")
            pipe.send(result)


def _reader(kind: str) -> Callable[..., object]:
    """Give what reads one kind of thing, with its libraries loaded: in this process alone, it takes a second."""
    match kind:
        case "page":
            from index.parsing.article_html import article_from_page
            from index.text.language_id import MIN_ARTICLE_LENGTH, article_language

            article_language("text " * MIN_ARTICLE_LENGTH)
            return lambda html, url, trusted: article_from_page(html, url, trusted=trusted)
        case "markdown":
            from index.parsing.article_text import article_from_markdown

            return article_from_markdown
        case "feed":
            from index.parsing.feeds import read_feed

            return read_feed
        case _:
            return read_opml


def _refusal(kind: str, reason: str) -> VerbatimError:
    return BadFeed(reason) if kind in {"feed", "opml"} else RefusedArticle(reason)


def _limit_memory() -> None:
    """Bound what is taken beyond the libraries, which reserve more the more cores there are."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # not every system tells, or has such a limit
        import resource

        taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
