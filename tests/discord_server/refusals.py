"""Discord's answers when it says no."""

from typing import Any


class Refusal(Exception):  # noqa: N818 - it is Discord's word, not a fault of ours
    """An HTTP error with Discord's JSON code. `breach` marks what a correct bot never causes."""

    def __init__(
        self, status: int, code: int, text: str, *, errors: list[str] | None = None, breach: bool = False
    ):
        super().__init__(text)
        self.status, self.code, self.text = status, code, text
        self.errors = errors or []
        self.breach = breach

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"message": self.text, "code": self.code}
        if self.errors:
            faults = [{"code": "INVALID", "message": error} for error in self.errors]
            answer["errors"] = {"_errors": faults}
        return answer


def invalid_form(problems: list[str]) -> Refusal:
    return Refusal(400, 50035, "Invalid Form Body", errors=problems, breach=True)


def unknown(what: str, code: int) -> Refusal:
    return Refusal(404, code, f"Unknown {what}")
