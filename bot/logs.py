"""Logging: one line per event on standard error, the libraries' too, without anybody's words in it.

Faults of ours are logged with a number, by which the person is told of them.
"""

import logging
import sys

import structlog

log = structlog.get_logger(__name__)

_SHARED_PROCESSORS: tuple[structlog.typing.Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configure_logging(level: str) -> None:
    """Log from this level on. Libraries speak from INFO on at most: below, they log messages and tokens."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter())
    handler.addFilter(_fold_exception)
    chosen = logging.getLevelName(level)
    logging.basicConfig(handlers=[handler], level=max(logging.INFO, chosen), force=True)
    structlog.configure(
        processors=[*_SHARED_PROCESSORS, _renderer()],
        wrapper_class=structlog.make_filtering_bound_logger(chosen),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _renderer() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )


def _formatter() -> structlog.stdlib.ProcessorFormatter:
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED_PROCESSORS, processors=[remove, _renderer()]
    )


def _fold_exception(record: logging.LogRecord) -> bool:
    """Say a library's exception in a line: connections break all the time, and its text may hold words.

    That there is no voice is not said: there is none to be had.
    """
    if "voice will NOT be supported" in record.getMessage():
        return False
    if record.exc_info and record.exc_info[0]:
        record.msg = f"{record.getMessage()} ({record.exc_info[0].__name__})"
        record.args, record.exc_info, record.exc_text = (), None, None
    return True
