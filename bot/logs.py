"""Logging: one line per event on standard error, the libraries' too, without what people wrote and without tokens.

Unexpected errors are logged under a number that the person is shown.
"""

import logging
import re
import sys
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

# A bot's token (three base64url parts, the first the bot's id), and that of an interaction, base64 of
# "interaction:" and more (both seen in Discord's documentation).
_TOKEN = re.compile(
    r"\b(?:[A-Za-z0-9_-]{22,30}\.[A-Za-z0-9_-]{5,8}\.[A-Za-z0-9_-]{25,80}|aW50ZXJhY3Rpb2[A-Za-z0-9_-]{20,400})"
)
# What would steer a terminal, or disguise what stands beside it. A line break within a value is written as \n anyway.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
Processors = tuple[structlog.typing.Processor, ...]


def configure_logging(
    level: str, log_format: str = "text", count: Callable[[str], None] = lambda level: None
) -> None:
    """Log from this level on; libraries from INFO at the lowest, since their DEBUG shows messages and tokens.

    `log_format` is "text" or "json", one object a line; `count` is called with the level of each of our own lines.
    """
    shared: Processors = (
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _hide_tokens,
    )
    is_json = log_format == "json"
    if not is_json:  # which escapes them itself
        shared = (*shared, _escape_controls)
    renderer = structlog.processors.JSONRenderer() if is_json else _text_renderer()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=(structlog.stdlib.add_logger_name, *shared) if is_json else shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    handler.addFilter(_fold_exception)
    chosen = logging.getLevelName(level)
    logging.basicConfig(handlers=[handler], level=max(logging.INFO, chosen), force=True)
    structlog.configure(
        processors=[*shared, _counting(count), renderer],
        wrapper_class=structlog.make_filtering_bound_logger(chosen),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _text_renderer() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


def _hide_tokens(
    logger: object, method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Put "[token]" in place of whatever has the form of a Discord token, also within a list, an error, bytes."""
    for key, value in event.items():
        text = value if isinstance(value, str) else repr(value)
        if _TOKEN.search(text):
            event[key] = _TOKEN.sub("[token]", text)
    return event


def _escape_controls(
    logger: object, method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Write out control characters, so that no foreign word makes a line of its own or steers the terminal."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _CONTROL.sub(lambda found: ascii(found[0])[1:-1], value)
    event["event"] = str(event.get("event", "")).replace("\n", "\\n")
    return event


def _counting(count: Callable[[str], None]) -> structlog.typing.Processor:
    def counted(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        count(str(event.get("level", method)))
        return event

    return counted


def _fold_exception(record: logging.LogRecord) -> bool:
    """Replace a library's traceback by the exception's class: its text may quote messages.

    Return False, which drops the record, for discord.py's warning that voice is not supported: the bot has none.
    """
    if "voice will NOT be supported" in record.getMessage():
        return False
    if record.exc_info and record.exc_info[0]:
        record.msg = f"{record.getMessage()} ({record.exc_info[0].__name__})"
        record.args, record.exc_info, record.exc_text = (), None, None
    return True
