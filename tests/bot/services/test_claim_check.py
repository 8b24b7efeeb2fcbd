"""Of several claims the first that the news answers is shown, and the others are told."""

import pytest

from bot.errors import TooOften
from bot.services.claim_check import check_claims
from tests.bot.samples import call_answer, nothing


class FakeService:
    """Answers some claims, and refuses after so many."""

    def __init__(self, answered: set[str], limit: int = 10) -> None:
        self.answered, self.limit, self.asked = answered, limit, []

    async def ask(self, request):
        if len(self.asked) >= self.limit:
            raise TooOften(1.0)
        self.asked.append(request.text)
        self.day_first, self.circle = request.day_first, request.circle
        return call_answer() if request.text in self.answered else nothing()


async def test_the_first_claim_that_is_answered_is_shown_with_the_others():
    service = FakeService({"second", "third"})
    checked = await check_claims(
        service, 1, None, ["first", "second", "third"], circle="guild:7", day_first=False
    )
    assert service.day_first is False
    assert service.circle == "guild:7"
    assert checked.answer.quotes
    assert checked.others == ("first", "third")
    assert service.asked == ["first", "second"]


async def test_where_none_is_answered_the_silence_on_the_first_is_shown():
    checked = await check_claims(FakeService(set()), 1, None, ["first", "second"], circle="guild:7")
    assert (checked.answer.quotes, checked.others) == ((), ("second",))


async def test_who_may_ask_no_more_gets_what_was_found_until_then():
    checked = await check_claims(
        FakeService({"third"}, limit=2), 1, None, ["first", "second", "third"], circle="guild:7"
    )
    assert checked.answer.quotes == ()
    with pytest.raises(TooOften):
        await check_claims(FakeService(set(), limit=0), 1, None, ["first"], circle="guild:7")
