"""Shards identify one after the other, as many at once as Discord allows."""

import asyncio

from bot.gateway.identify_turns import WAVE_SECONDS, IdentifyTurns
from bot.shards import parse_shards
from bot.storage.leases import LeaseStore


class Discord:
    """What a bot asks Discord of its gateway, and a clock that goes while the bot waits."""

    def __init__(self, *, max_concurrency=1, remaining=1000, recommended=1):
        self.now, self.asked = 0.0, 0
        self.max_concurrency, self.remaining, self.recommended = max_concurrency, remaining, recommended
        self.http = self

    async def get_bot_gateway(self):
        self.asked += 1
        limits = {"total": 1000, "remaining": self.remaining, "reset_after": 30_000}
        return self.recommended, "ws://", limits | {"max_concurrency": self.max_concurrency}

    async def sleep(self, seconds):
        self.now += seconds
        await asyncio.sleep(0)


def turns(database, discord, numbers="", count=4):
    leases = LeaseStore(database, lambda: discord.now)
    return IdentifyTurns(leases, parse_shards(numbers, count), discord.sleep)


async def waits(own, discord, shard):
    """How long a shard waits for its turn."""
    begun = discord.now
    await own.wait(discord, shard)
    return discord.now - begun


async def test_the_first_goes_at_once_and_each_further_one_of_its_wave_waits(database):
    discord = Discord(max_concurrency=2)
    own = turns(database, discord)
    assert [await waits(own, discord, shard) for shard in (0, 1)] == [0, 0]
    assert WAVE_SECONDS <= await waits(own, discord, 2) < WAVE_SECONDS + 1
    assert await waits(own, discord, 3) < 1


async def test_another_process_waits_for_the_turn_of_the_first(database):
    discord = Discord()
    first, second = turns(database, discord, "0"), turns(database, discord, "1-3")
    assert await waits(first, discord, 0) == 0
    assert await waits(second, discord, 1) >= WAVE_SECONDS
    assert await waits(first, discord, 0) >= WAVE_SECONDS


async def test_who_watched_since_its_start_waits_no_longer_than_a_turn_lasts(database):
    discord = Discord(max_concurrency=4)
    await asyncio.gather(*[turns(database, discord, "0-3").wait(discord, shard) for shard in range(4)])
    restarted = turns(database, discord, "0-3")
    await restarted.watch()
    begun = discord.now
    for shard in range(4):
        await restarted.wait(discord, shard)
    assert WAVE_SECONDS <= discord.now - begun < WAVE_SECONDS + 1


async def test_no_start_is_made_that_is_not_left(database, capsys):
    discord = Discord(remaining=1, recommended=9)
    own = turns(database, discord)
    await own.prepare(discord)
    assert "Discord recommends more shards" in capsys.readouterr().out
    assert await waits(own, discord, 0) == 0
    discord.remaining = 0
    asyncio.get_running_loop().call_soon(setattr, discord, "remaining", 5)
    assert await waits(own, discord, 1) >= 30
    assert "allows no more logins" in capsys.readouterr().out


async def test_a_start_that_another_process_has_used_up_is_not_made(database):
    discord = Discord(remaining=1)
    first, second = turns(database, discord, "0"), turns(database, discord, "1")
    await first.wait(discord, 0)

    async def used_up_meanwhile(seconds):
        discord.remaining = 0 if discord.now < WAVE_SECONDS else 1000
        await discord.sleep(seconds)

    second._sleep = used_up_meanwhile
    assert await waits(second, discord, 1) >= 30


async def test_as_many_starts_are_left_as_shards_have_their_turn_at_once(database):
    discord = Discord(max_concurrency=3, remaining=2)
    own = turns(database, discord)
    asyncio.get_running_loop().call_soon(setattr, discord, "remaining", 3)
    assert await waits(own, discord, 0) >= 30


async def test_who_asked_for_too_long_has_no_turn_any_more(database):
    discord = Discord()
    slow, quick = turns(database, discord, "0"), turns(database, discord, "1")
    ask, times = discord.get_bot_gateway, []

    async def ask_slowly():
        times.append(discord.now)
        if len(times) == 2:  # the turn is taken
            await quick.wait(discord, 1)
            times.append(discord.now)
        return await ask()

    discord.get_bot_gateway = ask_slowly
    assert await waits(slow, discord, 0) >= 2 * WAVE_SECONDS
