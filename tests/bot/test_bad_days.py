"""Discord's bad days: whatever breaks on the way of whatever a person does, they get one answer, or a reason."""

import asyncio
import gc
import re

import discord
import pytest

from tests.bot.bad_days import (
    CALLBACK,
    DEEDS,
    DELETE,
    FURTHER,
    LOOK,
    ORIGINAL,
    UNHURRIED,
    Scene,
    at_work,
)
from tests.bot.fleet import PATIENT
from tests.bot.newsroom import News, online
from tests.bot.samples import story

FOR_EVER = 999
# What happens to each request on the way of each deed, and what becomes of it: it goes "well" in the end, is "never"
# carried out, or stays "unconfirmed"; "late" is well or a reason, but for a first response, for which Discord waits
# three seconds.
FAULTS = {
    "429": ("well", lambda faults, *at: faults.rate_limit(*at, retry_after=0.5, times=2)),
    "429 of everything": ("well", lambda faults, *at: faults.rate_limit(*at, retry_after=0.5, everywhere=True)),
    "429 for 30 s": ("late", lambda faults, *at: faults.rate_limit(*at, retry_after=30.0)),
    "429 for an hour": ("never", lambda faults, *at: faults.rate_limit(*at, retry_after=3600.0, times=FOR_EVER)),
    "429 without Via": ("well", lambda faults, *at: faults.rate_limit(*at, retry_after=1.0, by_proxy=True)),
    "barred": ("never", lambda faults, *at: faults.rate_limit(*at, retry_after=3600.0, by_proxy=True, times=FOR_EVER)),
    "500": ("well", lambda faults, *at: faults.error(*at, status=500)),
    "503": ("well", lambda faults, *at: faults.error(*at, status=503)),
    "500 for ever": ("never", lambda faults, *at: faults.error(*at, status=500, times=FOR_EVER)),
    "503 for ever": ("never", lambda faults, *at: faults.error(*at, status=503, times=FOR_EVER)),
    "dropped": ("well", lambda faults, *at: faults.drop(*at)),
    "dropped for ever": ("never", lambda faults, *at: faults.drop(*at, times=FOR_EVER)),
    "answer lost": ("unconfirmed", lambda faults, *at: faults.lose_answer(*at)),
    "502 though it worked": ("unconfirmed", lambda faults, *at: faults.lose_answer(*at, status=502)),
    "answers lost for ever": ("unconfirmed", lambda faults, *at: faults.lose_answer(*at, times=FOR_EVER)),
    "slow": ("well", lambda faults, *at: faults.slow(*at, seconds=1.0)),
    "slow by 5 s": ("late", lambda faults, *at: faults.slow(*at, seconds=5.0)),
}  # fmt: skip


@pytest.fixture
async def scene(discord_server, tmp_path, monkeypatch):
    async with online(discord_server, tmp_path, News(story(16)), UNHURRIED) as bot:
        yield Scene(discord_server, bot, monkeypatch)
    # First responses that are sent again are refused, as the bot expects.
    discord_server.violations[:] = [one for one in discord_server.violations if "40060" not in one]


def allowed(deed, step, becomes, *, for_ever):
    """Return what a person may see."""
    never, unconfirmed = deed.steps[step]
    if becomes == "late":
        return {deed.well, "reason", "no response"} if step == CALLBACK else {deed.well}
    if becomes == "never":
        return {never}
    if becomes == "unconfirmed" and (for_ever or step == FURTHER):
        return {never if step == LOOK else unconfirmed}
    return {deed.well}


@pytest.mark.parametrize("name", FAULTS)
async def test_a_person_gets_one_answer_or_a_reason(scene, name, capsys):
    becomes, install = FAULTS[name]
    wrong = []
    for title, deed in DEEDS.items():
        for step in deed.steps:
            faults, installed = scene.server.faults, []
            outcome = await deed.act(scene, lambda: installed.append(install(faults, *step)))  # noqa: B023
            faults.clear()
            if not installed[0].used:
                wrong.append(f"{title}: {step} was never asked for")
            fits = allowed(deed, step, becomes, for_ever=installed[0].times == FOR_EVER)
            if outcome not in fits:
                wrong.append(f"{title}, {step}: {outcome}, not {fits}")
    assert not wrong, "\n".join(wrong)
    assert scene.bot.service._in_flight == 0
    assert faults_logged(capsys) <= {"ZeroDivisionError"}


def faults_logged(capsys):
    """Return the classes of the errors that were logged as our own."""
    logged = re.sub(r"\x1b\[[\d;]*m", "", capsys.readouterr().out)
    return {
        error.removeprefix("'")
        for line in logged.splitlines()
        if re.search(r"\] fault ", line)
        for error in re.findall(r"error=(\S+)", line)
    }


REFUSALS = [
    ("a mention", ("POST", "/channels/{channel}/messages$"), 403, 50013, "reason"),  # missing permissions
    ("a mention", ("POST", "/channels/{channel}/messages$"), 403, 50001, "reason"),  # missing access
    ("a mention", ("POST", "/channels/{channel}/messages$"), 404, 10003, "nothing"),  # unknown channel
    ("a direct message", ("POST", "/messages$"), 403, 50007, "nothing"),  # closed to messages
    ("a slow command", ORIGINAL, 401, 50027, "thinking"),  # expired; Discord itself ends it
    ("a slow command", ORIGINAL, 404, 10008, "thinking"),  # unknown message
    ("a slow command", ORIGINAL, 404, 10015, "thinking"),  # unknown webhook
    ("a quick command", CALLBACK, 404, 10062, "no response"),  # unknown interaction
    ("a command that fails", FURTHER, 401, 50027, "nothing"),
    ("a changed question", LOOK, 404, 10008, "unchanged"),
    ("a deleted question", DELETE, 404, 10008, "stays"),
    ("a deleted question", DELETE, 403, 50001, "stays"),
]


async def test_what_discord_refuses_for_good_is_no_fault(scene, capsys):
    wrong = []
    for title, (method, path), status, code, expected in REFUSALS:
        where = path.format(channel=scene.channel.id) if "{channel}" in path else path
        outcome = await DEEDS[title].act(
            scene,
            lambda: scene.server.faults.error(method, where, status=status, code=code, times=FOR_EVER),  # noqa: B023
        )
        scene.server.faults.clear()
        if outcome != expected:
            wrong.append(f"{title}, {status} {code}: {outcome}, not {expected}")
    assert not wrong, "\n".join(wrong)
    assert faults_logged(capsys) <= {"ZeroDivisionError"}


async def test_bad_days_leave_nothing_in_memory(scene):
    await every_deed_under_trouble(scene, "dropped for ever")
    await scene.server.until(lambda: not any(live().values()), "the first round to be forgotten", PATIENT)
    tasks = len(asyncio.all_tasks())
    await every_deed_under_trouble(scene, "answers lost for ever")
    await scene.server.until(
        lambda: not any(live().values()) and len(asyncio.all_tasks()) <= tasks and at_work() == [],
        "all to be forgotten",
        PATIENT,
    )
    assert scene.bot.service.queue_length() == 0


async def every_deed_under_trouble(scene, name):
    for deed in DEEDS.values():
        for step in deed.steps:
            await deed.act(scene, lambda: FAULTS[name][1](scene.server.faults, *step))  # noqa: B023
            scene.server.faults.clear()


def live():
    """Count what discord.py holds of people's doings."""
    gc.collect()
    kinds = (
        discord.Interaction,
        discord.Message,
        discord.InteractionMessage,
        discord.ui.View,
        discord.ui.LayoutView,
    )
    counted = [type(one) for one in gc.get_objects()]
    return {kind.__name__: sum(one is kind for one in counted) for kind in kinds}
