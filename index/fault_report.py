"""Log errors of the program under an id that can be shown to the person who met them."""

import secrets
import traceback

import structlog

log = structlog.get_logger(__name__)


def report_fault(error: BaseException, where: str) -> str:
    """Log an error and return the id it is logged under, eight hex digits.

    `where` names what was being done. The error's message is left out, since it may repeat a person's question.
    """
    fault_id = secrets.token_hex(4)
    frames = "".join(traceback.format_tb(error.__traceback__))
    log.error("fault", id=fault_id, where=where, error=_error_name(error), frames=frames)
    return fault_id


def _error_name(error: BaseException) -> str:
    """Return an error's class, with `status` and `code` where it has them, as Discord's HTTP errors do."""
    parts = (type(error).__name__, getattr(error, "status", None), getattr(error, "code", None))
    return " ".join(str(part) for part in parts if part is not None)
