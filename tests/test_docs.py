"""The documents hold what the code does: settings, commands, options, JSON fields, links."""

import json
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer

from bot import config
from bot.cli import answer_json, app
from bot.exts import check_message
from bot.storage import answer_messages, answers, feedback
from bot.texts import ENGLISH
from bot.ui.buttons import Action
from index.answering.answers import Answer, AnswerOutcome, Quote, QuoteGroup
from index.articles import Article
from index.attribution.speaker import Speaker
from index.query.question import Question
from tests.bench import page

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", *PAGES]
LONGEST_README = 220  # lines: a tour; details have pages of their own
FOLDERS = ("bot/", "index/", "tests/", "docs/", "examples/", ".github/")
TOP = typer.main.get_command(app.app).commands
INNER = {f"{group} {name}": one for group in TOP for name, one in getattr(TOP[group], "commands", {}).items()}
COMMANDS = {**TOP, **INNER}
# (a command on Discord, one of its options or subcommands, or "")
COMMAND_TEXTS = re.findall(
    r"^command-(\w+)(?:-(\w+))?(?:-\w+)* =", (ROOT / "bot/texts/en.ftl").read_text("utf-8"), re.MULTILINE
)
FIELDS = list(config.Settings.model_fields)


def default(field):
    """Write a setting's default as a person would."""
    value = config.Settings.model_fields[field].default
    return "" if value is None or value == frozenset() else str(value)


def read(name):
    """Read a document by its path from the root of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def section(name, title):
    """Cut out of a document what stands under a heading, up to the next of any depth."""
    match = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#+ |\Z)", read(name), re.MULTILINE | re.DOTALL)
    assert match, f"{name} has no heading {title!r}"
    return match[1]


def one_line(text):
    """Join a text's lines, so that it does not matter where they break."""
    return " ".join(text.split())


def options(command):
    """List a command's long options, as declared."""
    return [
        name for param in command.params for name in param.opts if name.startswith("--") and name != "--help"
    ]


def code_in(text):
    """Cut out what a document sets as code."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))


def anchors(text):
    """List the anchors that headings make."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("field", FIELDS)
def test_the_page_of_settings_has_every_setting_with_its_default(field):
    written = f"`{default(field)}`" if default(field) else ""
    description = config.Settings.model_fields[field].description
    row = f"| `{config.environment_variable(field)}` | {written} | {description} |".replace("|  |", "| |")
    assert row in read("docs/settings.md").splitlines()


@pytest.mark.parametrize("field", FIELDS)
def test_the_example_file_has_every_setting_with_its_default(field):
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    place = lines.index(f"{config.environment_variable(field)}={default(field)}")
    assert lines[place - 1] == f"# {config.Settings.model_fields[field].description}"


def test_no_document_has_a_setting_that_is_not_there():
    known = {config.environment_variable(field) for field in FIELDS}
    for name in [*DOCUMENTS, ".env.example", "compose.yaml", "Dockerfile"]:
        text = read(name)
        assert set(re.findall(r"\b(?:VERBATIM_[A-Z_]+|DISCORD_TOKEN)\b", text)) <= known, name


def test_the_example_file_is_read_as_the_defaults(monkeypatch, tmp_path):
    for field in FIELDS:
        monkeypatch.delenv(config.environment_variable(field), raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text((ROOT / ".env.example").read_text(encoding="utf-8"), encoding="utf-8")
    assert config.load_settings() == config.Settings(_env_file=None)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_page_of_commands_has_every_command_and_option(name):
    text = section("docs/commands.md", f"`verbatim {name}`")
    for option in options(COMMANDS[name]):
        assert f"`{option}`" in text, option


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_commands_section_has_no_option_that_is_not_there(name):
    text = section("docs/commands.md", f"`verbatim {name}`")
    written = set(re.findall(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*", text))
    assert written <= set(options(COMMANDS[name]))


def test_no_document_has_a_command_that_is_not_there():
    for name in DOCUMENTS:
        code = code_in(read(name))
        assert set(re.findall(r"\bverbatim ([a-z]+)\b", code)) <= set(TOP), name
        for group in {inner.partition(" ")[0] for inner in INNER}:
            named = set(re.findall(rf"\bverbatim ({group} [a-z]+)\b", code))
            assert named <= set(INNER), name


def test_the_page_of_json_has_every_field():
    article = Article("https://example.com/a", "A", "T", "Words.", published=datetime(2024, 1, 1, tzinfo=UTC))
    quote = Quote(article, 0, 6, Speaker("A"), duplicates=(article,))
    question = Question("Q?", "Q", datetime(2024, 1, 1, tzinfo=UTC))
    answer = Answer(question, AnswerOutcome.QUOTES, (QuoteGroup(None, (quote,)),), (article,))
    written = section("docs/json.md", "JSON") + section("docs/json.md", "A quote")
    for key in re.findall(r'"(\w+)":', json.dumps(answer_json.answer_to_dict(answer, explain=True))):
        assert f"`{key}`" in written, key


def test_the_make_targets_named_are_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for name in DOCUMENTS:
        named = set(re.findall(r"\bmake ([a-z]+(?:-[a-z]+)*)", code_in(read(name))))
        assert named <= targets, name


@pytest.mark.parametrize("key", ["read", "context", "timeline", "newest-first", "share"])
def test_the_page_of_discord_has_every_button(key):
    assert f"| **{ENGLISH(key)}** |" in section("docs/discord.md", "Buttons")


def test_the_page_of_discord_has_what_is_counted_and_the_message_command():
    text = section("docs/discord.md", "Buttons")
    assert f"| **{ENGLISH('more-quotes', number=7).partition(' (')[0]}** |" in text
    assert f"***{check_message.NAME}***" in section("docs/discord.md", "Asking")
    assert {action.value for action in Action} == {
        "more", "context", "timeline", "newest", "share", "up", "down",
    }, "a new button needs a row in docs/discord.md"  # fmt: skip


def test_the_page_of_discord_has_every_command_and_option():
    assert len(COMMAND_TEXTS) > 30
    page, feeds = read("docs/discord.md"), read("docs/feeds.md")
    for name, option in COMMAND_TEXTS:
        assert f"`/{name}" in page, name
        words = feeds if name == "feeds" else page
        assert not option or re.search(rf"\b{option}\b", words), (name, option)


def test_the_page_of_privacy_has_the_bounds_of_what_is_kept():
    text = one_line(section("docs/privacy.md", "What is stored"))
    assert (
        f"latest {answers.MAX_ANSWERS:,} answers are kept, {answers.RETENTION_SECONDS // 86_400} days at most"
        in text
    )
    assert f"for {answer_messages.RETENTION_DAYS} days" in text
    assert f"latest {feedback.MAX_VOTES:,} are kept" in text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_relative_links_lead_somewhere(name):
    text = read(name)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        linked = (ROOT / name).parent / path if path else ROOT / name
        assert linked.is_file(), target
        assert not anchor or anchor in anchors(linked.read_text(encoding="utf-8")), target


def test_the_readme_is_a_tour():
    assert len(read("README.md").splitlines()) <= LONGEST_README


def test_every_page_is_linked_from_the_readme_or_from_a_page_linked_there():
    def linked(name):
        targets = re.findall(r"\]\(([^)\s#]+)(?:#[^)\s]*)?\)", read(name))
        paths = [(ROOT / name).parent / target for target in targets if "://" not in target]
        return {str(path.resolve().relative_to(ROOT)) for path in paths}

    near = linked("README.md")
    reached = near.union(*(linked(name) for name in near if name.endswith(".md")))
    assert not set(PAGES) - reached


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_and_test_named_is_there(name):
    for named in re.findall(r"`([^`\n]+)`", read(name)):
        path, _, test = named.partition("::")
        if not re.fullmatch(r"[\w./-]+", path) or not (path.startswith(FOLDERS) or path.endswith(".py")):
            continue
        assert (ROOT / path).exists(), named
        assert not test or re.search(rf"^(?:async )?def {test}\(", read(path), re.MULTILINE), named


def test_the_answer_in_the_readme_is_quoted_from_the_sample():
    rows = read("index/sample/articles.jsonl").splitlines()
    texts = [one_line(json.loads(row)["text"]) for row in rows]
    quotes = re.findall(r"(?:^│ .*\n)+", read("README.md"), re.MULTILINE)
    assert len(quotes) == 3
    for quote in quotes:
        assert any(one_line(quote.replace("│", "")) in text for text in texts), quote


def test_every_picture_is_there_and_told_in_words():
    tags = [(name, tag) for name in DOCUMENTS for tag in re.findall(r"<(?:img|source)\b[^>]*>", read(name))]
    assert {name for name, _ in tags} >= {"README.md", "docs/discord.md"}
    shown = set()
    for document, tag in tags:
        name = re.search(r'(?:src|srcset)="([^"]+)"', tag)[1]
        path = ((ROOT / document).parent / name).resolve()
        shown.add(path)
        assert 1_000 < path.stat().st_size < 150_000, name
        if tag.startswith("<img"):
            assert len(re.search(r'alt="([^"]+)"', tag)[1]) > 60, name
    assert shown == set((ROOT / "docs/pictures").glob("*.png"))


def test_the_changelog_has_the_version_that_is_packaged():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(.+?)\]", changelog, re.MULTILINE)[:2] == ["Unreleased", project["version"]]


def test_ci_and_hooks_run_the_same_tools_as_make():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    for tool in ("ruff check", "ruff format --check", "mypy"):
        assert f"$(BIN)/{tool}" in makefile
        assert f".venv/bin/{tool}" in hooks
    workflow = (ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    assert re.findall(r"run: make (\w+)", workflow) == ["setup", "lint", "types", "test"]


def test_the_page_of_benchmarks_says_what_was_measured():
    text = page.PAGE.read_text(encoding="utf-8")
    assert page.filled(text, page.read_runs()) == text
