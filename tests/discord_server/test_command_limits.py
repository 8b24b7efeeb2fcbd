"""Every limit of application commands lets through what just fits and names what breaks it."""

import discord
import pytest

from tests.discord_server import running
from tests.discord_server.bare import BareClient
from tests.discord_server.command_limits import command_faults, commands_faults


def option(name="q", **more):
    return {"type": 3, "name": name, "description": "d", **more}


def command(*options, **more):
    return {"type": 1, "name": "ask", "description": "d", "options": list(options), **more}


def choices(count, size=1):
    return [{"name": f"{n}".rjust(size, "n"), "value": f"{n}".rjust(size, "v")} for n in range(count)]


@pytest.mark.parametrize(
    "body",
    [
        command(name="a" * 32, description="d" * 100),
        command(*(option(f"o{n}") for n in range(25))),
        command(option(choices=choices(25, 100))),
        command(option("a", required=True), option("b")),
        command(option(autocomplete=True, min_length=0, max_length=6000)),
        command(name_localizations={"de": "fragen"}, description_localizations={"de": "Fragen"}),
        {"type": 3, "name": "Check the news"},
    ],
)
def test_what_just_fits(body):
    assert command_faults(body) == []


BAD = {
    "is not a name": command(name="a" * 33),
    "'Ask' is not a name": command(name="Ask"),
    "'a b' is not a name": command(name="a b"),
    "de: 'Fragen' is not a name": command(name_localizations={"de": "Fragen"}),
    "description has 0": command(description=""),
    "description has 101": command(description="d" * 101),
    "de: the description has 101": command(description_localizations={"de": "d" * 101}),
    "26 options": command(*(option(f"o{n}") for n in range(26))),
    "options have the same name": command(option("a"), option("a")),
    "required option follows": command(option("a"), option("b", required=True)),
    "option 'q' : the description": command(option(description="d" * 101)),
    "both choices and autocomplete": command(option(choices=choices(1), autocomplete=True)),
    "26 choices": command(option(choices=choices(26))),
    "beyond 100 characters": command(option(choices=choices(1, 101))),
    "max_length 6001": command(option(max_length=6001)),
    "at most 8000": command(*(option(f"o{n}", choices=choices(25, 100)) for n in range(2))),
    "cannot have a description": {"type": 3, "name": "Check", "description": "d"},
    "cannot have options": {"type": 3, "name": "Check", "options": [option()]},
    "must have 1 to 32": {"type": 3, "name": "C" * 33},
}


@pytest.mark.parametrize(("fault", "body"), BAD.items(), ids=BAD)
def test_what_breaks_a_command(fault, body):
    assert any(fault in one for one in command_faults(body)), command_faults(body)


def test_faults_inside_a_subcommand_are_found():
    inner = {"type": 1, "name": "add", "description": "d", "options": [option("Bad")]}
    assert len(command_faults(command(inner))) == 1


def test_how_many_commands_there_may_be():
    slash = [command(name=f"c{n}") for n in range(100)]
    menus = [{"type": 3, "name": f"M{n}"} for n in range(15)]
    assert commands_faults(slash + menus) == []
    assert commands_faults([*slash, command(name="more")]) == ["commands: 101 of type 1, at most 100"]
    assert commands_faults([*menus, {"type": 3, "name": "More"}]) == ["commands: 16 of type 3, at most 15"]
    assert commands_faults([command(), command()]) == ["command 'ask': declared 2 times"]


async def test_a_bad_list_is_refused_and_the_old_one_stays(discord_server):
    client = BareClient()
    async with running(client, discord_server):
        good = [command()]
        await client.http.bulk_upsert_global_commands(client.application_id, good)
        bad = [command(option("a"), option("b", required=True))]
        with pytest.raises(discord.HTTPException):
            await client.http.bulk_upsert_global_commands(client.application_id, bad)
    assert discord_server.commands[1, "ask"]["options"] == []
    assert len(discord_server.violations) == 1
    discord_server.violations.clear()
