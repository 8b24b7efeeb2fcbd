"""Checks the claims of a message: the first that the news answers is shown, and the others are told."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.errors import TooOften
from bot.metrics import Surface
from bot.services.query_service import QueryRequest, QueryService
from index import Answer


class CheckedClaims(NamedTuple):
    """The answer to one claim, and the claims that are not answered by it."""

    answer: Answer
    others: tuple[str, ...]


async def check_claims(
    service: QueryService,
    person: int,
    server: int | None,
    claims: Sequence[str],
    *,
    circle: str,
    day_first: bool | None = None,
) -> CheckedClaims:
    """Return the first answer with quotes, else that to the first claim. Raise what `QueryService.ask` raises.

    `claims` is not empty. A person who may ask no more for now gets what was found until then. `circle` and
    `day_first` are as in QueryRequest.
    """
    answers: list[Answer] = []
    for claim in claims:
        try:
            request = QueryRequest(
                person, claim, server=server, day_first=day_first, surface=Surface.CHECK, circle=circle
            )
            answers.append(await service.ask(request))
        except TooOften:
            if not answers:
                raise
            break
        if answers[-1].quotes:
            others = (*claims[: len(answers) - 1], *claims[len(answers) :])
            return CheckedClaims(answers[-1], others)
    return CheckedClaims(answers[0], tuple(claims[1:]))
