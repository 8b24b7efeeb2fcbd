"""Faults of ours, logged with a number by which the person is told of them."""

import secrets
import traceback

import structlog

log = structlog.get_logger(__name__)


def report_fault(error: BaseException, where: str) -> str:
    """Log an error and where it arose, and return the number it is logged under.

    What an error says is left out, since it may repeat a person's question.
    """
    number = secrets.token_hex(4)
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("fault", id=number, where=where, error=_name(error), frames=frames)
    return number


def _name(error: BaseException) -> str:
    """Name an error, with status and code when it is an HTTP answer, as Discord's are."""
    parts = (type(error).__name__, getattr(error, "status", None), getattr(error, "code", None))
    return " ".join(str(part) for part in parts if part is not None)
