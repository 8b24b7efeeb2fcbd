"""A worker process that parses pages, texts and feeds, so that none can stop, swell or crash the caller's.

What goes through the pipe is JSON and is read as the values expected, never as pickled objects: a process that a
hostile page has taken over can send a wrong article, but no code.
"""

import contextlib
import json
import logging
import multiprocessing
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import Enum, auto
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Self, cast

from index.articles import Article
from index.errors import BadFeed, NoParser, RefusedArticle, VerbatimError
from index.parsing.feeds.items import Feed
from index.parsing.feeds.opml import Outline, read_opml
from index.parsing.overrides import MetadataOverrides

PARSE_TIMEOUT = 20.0  # seconds for one page; judged: real ones take some hundredths
START_TIMEOUT = 120.0  # seconds for the process to load its libraries on a busy machine; judged
MAX_MEMORY_BYTES = 1024**3  # of address space for one page; judged: the worst known take a fifth of it


class _Format(Enum):
    """What the process is asked to parse."""

    PAGE = auto()
    MARKDOWN = auto()
    FEED = auto()
    OPML = auto()


_RESULT, _REFUSAL = b"=", b"!"  # the first byte of what the process answers
_ERRORS: dict[str, type[VerbatimError]] = {
    error.__name__: error for error in (RefusedArticle, BadFeed, VerbatimError)
}


@dataclass(frozen=True, slots=True)
class _RefusalMessage:
    """A refusal as it comes through the pipe; `error` is one of _ERRORS."""

    error: str
    reason: str
    kind: str
    facts: dict[str, int | str | Sequence[str]]
    url: str
    title: str


class ParserProcess:
    """A context manager that parses one page at a time; safe to share between threads.

    The process starts with the first page, and anew after a page that ended it, or when it died while it was idle.
    `timeout` is in seconds, for one page. Every method raises NoParser when the process cannot be started.
    """

    def __init__(self, timeout: float = PARSE_TIMEOUT) -> None:
        self._timeout = timeout
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def parse_page(self, html: str, url: str, *, trust_canonical: bool = False) -> Article:
        """Call `article_html.article_from_page` within the timeout; raise RefusedArticle."""
        return cast("Article", self._parse(_Format.PAGE, html, url, trust_canonical))

    def parse_markdown(self, text: str, name: str, overrides: MetadataOverrides) -> Article:
        """Call `article_text.article_from_markdown` within the timeout; raise RefusedArticle."""
        return cast("Article", self._parse(_Format.MARKDOWN, text, name, asdict(overrides)))

    def parse_feed(self, body: bytes, content_type: str, url: str) -> Feed:
        """Call `feeds.reader.read_feed` within the timeout; raise BadFeed."""
        return cast("Feed", self._parse(_Format.FEED, body, content_type, url))

    def parse_opml(self, body: bytes) -> list[Outline]:
        """Call `feeds.opml.read_opml` within the timeout; raise BadFeed."""
        return cast("list[Outline]", self._parse(_Format.OPML, body))

    def _parse(self, data_format: _Format, document: str | bytes, *arguments: object) -> object:
        with self._lock:
            try:
                result = self._exchange(data_format, document, *arguments)
            except (OSError, EOFError, ValueError) as error:
                self._terminate()
                raise _refusal(data_format, "it broke the program that reads it") from error
            except BaseException:
                self._terminate()  # a result still under way must not be taken for the next page's
                raise
        if isinstance(result, VerbatimError):
            raise result
        return result

    def close(self) -> None:
        """Kill the process, if there is one; the page it is parsing is refused."""
        if process := self._process:
            with contextlib.suppress(ValueError):  # another thread has closed it meanwhile
                process.kill()
        with self._lock:
            self._terminate()

    def _exchange(self, data_format: _Format, document: str | bytes, *arguments: object) -> object:
        """Send one task to the process and return its result, or the refusal when it takes too long.

        Raise ValueError for an answer that is neither.
        """
        pipe = self._live_pipe()
        pipe.send_bytes(json.dumps((data_format.name, *arguments)).encode())
        pipe.send_bytes(document.encode("utf-8", "surrogatepass") if isinstance(document, str) else document)
        if not pipe.poll(self._timeout):
            self._terminate()
            return _refusal(data_format, f"reading it took more than {self._timeout:g} seconds")
        answer = pipe.recv_bytes(MAX_MEMORY_BYTES)
        if answer[:1] == _REFUSAL:
            return _refusal_from_json(answer[1:])
        return _result_type(data_format).validate_json(answer[1:])

    def _live_pipe(self) -> Connection:
        """Return the pipe to the process, which is started if there is none. Raise NoParser."""
        if self._process and not self._process.is_alive():  # the system may end it to get memory
            self._terminate()
        try:
            return self._pipe or self._start()
        except (OSError, EOFError) as error:
            raise NoParser from error

    def _start(self) -> Connection:
        # Forking would copy the locks of other threads in whatever state they are.
        context = multiprocessing.get_context("spawn")
        parent_end, child_end = context.Pipe()
        process = context.Process(target=_run_worker, args=(child_end,), daemon=True, name="page-reader")
        self._pipe = parent_end
        with child_end:
            process.start()
        self._process = process
        if not self._pipe.poll(START_TIMEOUT):
            raise EOFError
        self._pipe.recv_bytes()
        return self._pipe

    def _terminate(self) -> None:
        if self._pipe:
            self._pipe.close()
        if self._process:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._pipe = None


def _run_worker(pipe: Connection) -> None:
    """Parse what comes through the pipe until its other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent process
    logging.disable()  # the libraries' remarks on odd markup; what matters of them is in the result
    pipe.send_bytes(b"ready")
    with contextlib.suppress(EOFError, OSError):
        while True:
            name, *arguments = json.loads(pipe.recv_bytes())
            pipe.send_bytes(_answer(_Format[name], pipe.recv_bytes(), arguments))


def _answer(data_format: _Format, document: bytes, arguments: list[Any]) -> bytes:
    """Parse one document; return the message that tells what it holds, or why it is refused."""
    try:
        parse, result_type = _load_parser(data_format), _result_type(data_format)
        limit_memory()
        written: bytes = result_type.dump_json(parse(document, *arguments))
    except VerbatimError as refusal:
        return _refusal_as_json(refusal)
    except (MemoryError, RecursionError):
        return _refusal_as_json(_refusal(data_format, "it is too tangled to read"))
    return _RESULT + written


def _load_parser(data_format: _Format) -> Callable[..., object]:
    """Return the parser of a format, which takes bytes first; its libraries take a second to load, which only this process spends."""
    match data_format:
        case _Format.PAGE:
            from index.parsing.article_html import article_from_page
            from index.text.language_id import MIN_ARTICLE_LENGTH, article_language

            article_language("text " * MIN_ARTICLE_LENGTH)  # loads its model before the memory is limited
            return lambda html, url, trust_canonical: article_from_page(
                _text(html), url, trust_canonical=trust_canonical
            )
        case _Format.MARKDOWN:
            from index.parsing.article_text import article_from_markdown

            return lambda text, name, overrides: article_from_markdown(
                _text(text), name, MetadataOverrides(**overrides)
            )
        case _Format.FEED:
            from index.parsing.feeds.reader import read_feed

            return read_feed
        case _Format.OPML:
            return read_opml


def _text(document: bytes) -> str:
    return document.decode("utf-8", "surrogatepass")


def _result_type(data_format: _Format) -> Any:  # noqa: ANN401 - an adapter of pydantic's
    types: dict[_Format, Any] = {_Format.FEED: Feed, _Format.OPML: list[Outline]}
    return _adapter(types.get(data_format, Article))


@cache
def _adapter(value_type: Any) -> Any:  # noqa: ANN401 - pydantic is loaded where it is needed
    """Return what writes values of a type as JSON, and reads them back, checked."""
    from pydantic import TypeAdapter

    return TypeAdapter(value_type)


def _refusal_as_json(refusal: VerbatimError) -> bytes:
    name = next(name for name, error in _ERRORS.items() if isinstance(refusal, error))
    words = (str(refusal), getattr(refusal, "url", ""), getattr(refusal, "title", ""))
    reason, url, title = (text.encode("utf-8", "replace").decode() for text in words)
    message = _RefusalMessage(name, reason, refusal.kind, dict(refusal.facts), url, title)
    return _REFUSAL + json.dumps(asdict(message)).encode()


def _refusal_from_json(message: bytes) -> VerbatimError:
    told = cast("_RefusalMessage", _adapter(_RefusalMessage).validate_json(message))
    kind = _ERRORS.get(told.error, VerbatimError)
    refusal = (
        RefusedArticle(told.reason, url=told.url, title=told.title)
        if kind is RefusedArticle
        else kind(told.reason)
    )
    refusal.kind, refusal.facts = told.kind, told.facts
    return refusal


def _refusal(data_format: _Format, reason: str) -> VerbatimError:
    is_feed = data_format in {_Format.FEED, _Format.OPML}
    return BadFeed(reason) if is_feed else RefusedArticle(reason)


def limit_memory() -> None:
    """Limit this process to `MAX_MEMORY_BYTES` beyond what its libraries take now (RLIMIT_AS).

    The limit is relative because libraries reserve more address space the more cores there are. Where the
    system has no such limit, do nothing.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        in_use = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
        hard_limit = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (in_use + MAX_MEMORY_BYTES, hard_limit))
