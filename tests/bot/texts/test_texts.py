"""Every text in every language: none is missing, none is left over, and each takes the same values."""

import ast
import re
from datetime import UTC, datetime

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.errors import BadDate, Refused, TooOften, UnknownOutlet, error_text
from bot.texts import ENGLISH, LANGUAGES, Texts, catalogue_source, texts_for, writes_day_first
from index.errors import BadQuestion, VerbatimError
from index.query.question import parse_question
from tests.bot.newsroom import online
from tests.conftest import REPOSITORY
from tests.discord_server.command_limits import commands_faults

OTHERS = [language for language in LANGUAGES if language != "en"]
DISCORD = {"de": "de", "fr": "fr", "es": "es-ES", "pt": "pt-BR", "uk": "uk"}
MOMENT = datetime(2024, 11, 10, 9, 30, tzinfo=UTC)


class Named(Visitor):
    """The variables and the other texts a text refers to."""

    def __init__(self):
        self.variables, self.texts = set(), set()

    def visit_VariableReference(self, node):  # noqa: N802 - the library's name
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node):  # noqa: N802 - the library's name
        self.texts.add(node.id.name)


def catalogue(language):
    entries = FluentParser().parse(catalogue_source(language)).body
    assert not [entry.content for entry in entries if isinstance(entry, ftl.Junk)]
    found = {}
    for entry in entries:
        if isinstance(entry, ftl.Message):
            assert entry.id.name not in found, f"{entry.id.name} stands twice"
            found[entry.id.name] = Named()
            found[entry.id.name].visit(entry.value)
    return found


CATALOGUES = {language: catalogue(language) for language in LANGUAGES}
KEYS = list(CATALOGUES["en"])


def variables(key, language="en"):
    """List what a text takes, together with the texts it holds."""
    named = CATALOGUES[language][key]
    return named.variables.union(*(variables(other, language) for other in named.texts))


def calls():
    """Yield every text that the code asks for, as (file, key or None, pattern of keys, names of values)."""
    for path in sorted((REPOSITORY / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            if ast.unparse(node.func).rpartition(".")[2] not in {"texts", "_texts", "self", "ENGLISH"}:
                continue
            values = {keyword.arg for keyword in node.keywords}
            for key in branches(node.args[0]):
                yield path.name, pattern_of(key), values


def branches(node):
    return [*branches(node.body), *branches(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def pattern_of(node):
    if isinstance(node, ast.Constant):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(re.escape(v.value) if isinstance(v, ast.Constant) else r"[\w-]+" for v in node.values)
    return None


CALLS = [call for call in calls() if call[1]]


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_is_missing_and_none_is_left_over(language):
    assert list(CATALOGUES[language]) == KEYS, "the same texts, in the same order"


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_takes_the_same_values(language):
    wrong = [key for key in KEYS if variables(key, language) != variables(key)]
    assert not wrong


@pytest.mark.parametrize(("file", "pattern", "values"), CALLS)
def test_every_text_asked_for_is_there_and_given_its_values(file, pattern, values):
    found = [key for key in KEYS if re.fullmatch(pattern, key)]
    assert found
    if None not in values:
        assert not [key for key in found if variables(key) != values]


def test_no_text_is_unused():
    written = "\n".join(
        path.read_text("utf-8") for name in ("bot", "index") for path in (REPOSITORY / name).rglob("*.py")
    )
    held = set().union(*(named.texts for named in CATALOGUES["en"].values()))
    exact = "|".join(pattern for _, pattern, _ in CALLS if pattern != r"error\-[\w-]+")
    for key in KEYS:
        if key.startswith(OF_COMMANDS):
            continue  # see the test of the commands
        raised = key.startswith("error-") and f'"{key.removeprefix("error-")}"' in written
        assert raised or key in held or re.fullmatch(exact, key), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_shown_with_any_values(language):
    texts = Texts(language)
    for key in KEYS:
        for value in (0, 1, 2, 5, 21, 1234567, "x", ("A", "B"), MOMENT):
            shown = texts(key, **dict.fromkeys(variables(key), value))
            assert shown == shown.strip() != ""
            assert "{" not in shown


def test_numbers_days_and_lists_are_written_as_the_language_does():
    assert Texts("en")("counted", number=41212) == "41,212 articles"
    assert Texts("de")("counted", number=41212) == "41.212 Artikel"
    assert Texts("uk")("counted", number=3) == "3 статті"
    assert Texts("uk")("counted", number=11) == "11 статей"
    assert Texts("pt").day(MOMENT) == "10 de nov. de 2024"
    assert Texts("de").moment(MOMENT) == "10. Nov. 2024 09:30 UTC"
    assert [Texts(language).names(["A", "B", "C", "D", "E"]) for language in ("en", "de", "fr")] == [
        "A, B, C and 2 more",
        "A, B, C und 2 weiteren",
        "A, B, C et 2 autres",
    ]


def test_a_text_or_value_that_is_not_there_is_a_fault():
    for wrong in (
        lambda: ENGLISH("no-such-text"),
        lambda: ENGLISH("counted"),
        lambda: ENGLISH("citing", x="y"),
    ):
        with pytest.raises(KeyError):
            wrong()


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("de", "de"),
        ("pt-BR", "pt"),
        ("es-419", "es"),
        ("en-GB", "en"),
        ("ja", "en"),
        (None, "en"),
        ("", "en"),
    ],
)
def test_discords_locales_find_their_language(locale, language):
    assert texts_for(locale).language == language


@pytest.mark.parametrize("text", ["", "?!", "x" * 2001])
def test_a_bad_question_is_told_in_every_language(text):
    with pytest.raises(BadQuestion) as caught:
        parse_question(text, now=MOMENT)
    assert error_text(caught.value, ENGLISH) == str(caught.value)
    assert len({error_text(caught.value, Texts(language)) for language in LANGUAGES}) == len(LANGUAGES)


def test_a_refusal_is_told_in_every_language():
    refusals = [TooOften(1.2), UnknownOutlet("Xyz", ("A", "B")), UnknownOutlet("Xyz", ())]
    refusals += [BadDate("dates-swapped", since="a", until="b"), Refused("busy")]
    for refusal in refusals:
        assert len({error_text(refusal, Texts(language)) for language in LANGUAGES}) == len(LANGUAGES)
    assert str(refusals[0]).endswith("Please wait 2 seconds.")
    assert "I have A and B" in str(refusals[1])
    assert error_text(VerbatimError("Only in English."), Texts("de")) == "Only in English."


OF_COMMANDS = ("name-", "option-", "command-", "menu-", "choice-")


def parts(commands, above="command"):
    """Yield the keys of all that a list of commands shows, and that part of the payload."""
    for command in commands:
        if (command.get("type") or 1) != 1 and above == "command":
            yield f"menu-{command['name'].lower().replace(' ', '-')}", command, "name"
            continue
        key = f"{above}-{command['name']}"
        yield key, command, "description"
        yield f"name-{command['name']}", command, "name"
        for option in command.get("options", []):
            if option["type"] in {1, 2}:
                yield from parts([option], key)
                continue
            yield f"{key}-{option['name']}", option, "description"
            yield f"option-{option['name']}", option, "name"
            for choice in option.get("choices", []):
                yield f"choice-{choice['value']}", choice, "name"


async def test_discord_is_told_every_command_in_every_language(discord_server, tmp_path):
    async with online(discord_server, tmp_path):
        commands = list(discord_server.commands.values())
    assert commands_faults(commands) == []
    told_of = set()
    for key, part, what in parts(commands):
        told_of.add(key)
        assert part[what] == ENGLISH(key)
        for language, locale in DISCORD.items():
            assert part[f"{what}_localizations"][locale] == Texts(language)(key), (key, locale)
    assert told_of == {key for key in KEYS if key.startswith(OF_COMMANDS)}


async def test_the_readme_has_every_command(discord_server, tmp_path):
    async with online(discord_server, tmp_path):
        names = {name for kind, name in discord_server.commands if kind == 1}
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert not [name for name in names if f"`/{name}" not in readme]


async def test_a_person_is_answered_in_their_language_and_a_server_in_its(discord_server, tmp_path):
    ada = discord_server.person("Ada", locale="de")
    async with online(discord_server, tmp_path):
        private = await ada.waits_for_answer(
            await ada.slash(discord_server.channel, "ask", question="Did Trump call Putin?", private=True)
        )
        public = await ada.waits_for_answer(
            await ada.slash(discord_server.channel, "ask", question="Did Trump call Putin?")
        )
        direct = await ada.waits_for_reply(await ada.dm("Did Trump call Putin?"))
        wrong = await ada.waits_for_answer(
            await ada.slash(discord_server.channel, "ask", question="Why?", since="31 Feb")
        )
    assert "### Bestritten" in private.texts
    assert "### Denied" in public.texts
    assert "### Bestritten" in direct.texts
    assert "Das Datum bei seit kann ich nicht lesen: „31 Feb“" in wrong.text


@pytest.mark.parametrize(
    ("locale", "day_first"),
    [
        ("en-US", False),
        ("en-GB", True),
        ("de", True),
        ("pt-BR", True),
        ("es-419", True),
        ("ja", None),
        ("xx-XX", None),
        ("", None),
        (None, None),
    ],
)
def test_a_locale_tells_whether_days_come_before_months(locale, day_first):
    assert writes_day_first(locale) is day_first
