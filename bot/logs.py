"""Logging: one line per event on standard error, the libraries' too, without what people wrote.

Unexpected errors are logged under a number that the person is shown.
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
    """Log from this level on; libraries from INFO at the lowest, since their DEBUG shows messages and tokens."""
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
    """Replace a library's traceback by the exception's class: its text may quote messages.

    Return False, which drops the record, for discord.py's warning that voice is not supported: the bot has none.
    """
    if "voice will NOT be supported" in record.getMessage():
        return False
    if record.exc_info and record.exc_info[0]:
        record.msg = f"{record.getMessage()} ({record.exc_info[0].__name__})"
        record.args, record.exc_info, record.exc_text = (), None, None
    return True
