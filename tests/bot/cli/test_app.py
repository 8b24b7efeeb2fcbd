"""The command line as a person meets it: on a real index, in process and as a process of its own."""

import gc
import gzip
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.cli.ask import DEMO_QUESTION
from bot.services.date_input import MAX_DATE_LENGTH
from bot.texts import ENGLISH
from index.archive import Archive
from index.ingest.inputs import read_inputs
from index.ingest.pipeline import IngestOutcome
from tests.conftest import REPOSITORY

ENOUGH = 90  # seconds after which something waited for will not come any more

SAMPLE = str(REPOSITORY / "index" / "sample" / "articles.jsonl")
SAMPLES = len(Path(SAMPLE).read_text(encoding="utf-8").splitlines())
ROWS = [
    {
        "url": "https://wire.example.com/harbour",
        "outlet": "Sample Wire",
        "title": "Harbour bridge closes for repairs",
        "author": "Ada Fairweather",
        "published": "2024-05-01T08:00:00Z",
        "text": "The harbour bridge in Elmport was closed on Wednesday.\n"
        "“We found cracks in two of the pillars,” said Nora Quist, the city engineer.\n"
        "The repairs will take eleven weeks and cost 4 million crowns.",
    },
    {
        "url": "https://post.example.com/ferry",
        "outlet": "The Sample Post",
        "title": "A ferry replaces the harbour bridge",
        "published": "2024-05-03",
        "text": "A ferry has carried commuters across the harbour of Elmport since Friday.\n"
        "It leaves every ten minutes and costs nothing while the bridge is closed.",
    },
]


@pytest.fixture
def rows(tmp_path):
    """A file of JSON lines."""
    return write_rows(tmp_path / "rows.jsonl", ROWS)


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory, models):
    """An index of the sample and of ROWS, to be copied."""
    folder = tmp_path_factory.mktemp("filled")
    rows = write_rows(folder / "rows.jsonl", ROWS)
    with Archive.open(folder / "data", models=models) as archive:
        assert all(added.outcome is IngestOutcome.ADDED for added in archive.add(read_inputs([SAMPLE, rows])))
    return folder / "data"


@pytest.fixture
def filled(place, filled_once):
    """The data folder, filled with the sample and ROWS."""
    shutil.copytree(filled_once, place / "data", dirs_exist_ok=True)
    return place / "data"


def write_rows(path, given):
    path.write_text("".join(json.dumps(row) + "\n" for row in given), encoding="utf-8")
    return str(path)


@pytest.fixture(autouse=True)
def place(folder, fixed_date):
    """A working folder with a prepared data folder, on a day that stays the same."""
    return folder


def answered(ran):
    """Read the JSON of an answer and give its quotes."""
    return [quote for group in json.loads(ran.out)["groups"] for quote in group["quotes"]]


def test_articles_go_in(run, rows):
    ran = run("add", rows)
    assert (ran.code, ran.out) == (0, "2 added, 0 unchanged, 0 replaced, 0 refused · 5 sentences\n")
    ran = run("stats")
    assert ran.code == 0
    for part in ("Sample Wire", "The Sample Post", "1 May 2024 to 3 May 2024", "articles"):
        assert part in ran.out


@pytest.mark.usefixtures("filled")
def test_a_question_is_answered_with_the_article_s_words(run):
    ran = run("ask", "Who found cracks in the pillars of the harbour bridge?")
    assert ran.code == 0
    assert "│ “We found cracks in two of the pillars,” said Nora Quist, the city engineer." in ran.out
    assert "Sample Wire" in ran.out
    assert "1 May 2024" in ran.out
    assert "https://wire.example.com/harbour#:~:text=" in ran.out


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("question", ["Why is the harbour bridge closed?", "?"])
def test_memory_is_looked_after_again_when_a_question_is_done(run, question):
    run("ask", question)
    assert gc.isenabled()


@pytest.mark.usefixtures("filled")
def test_json_holds_quotes_that_are_spans_of_the_article(run):
    words = ["Who", "found", "cracks", "in", "the", "pillars", "of", "the", "harbour", "bridge?"]
    ran = run("ask", *words, "--json", "--explain")
    assert ran.code == 0
    answer = json.loads(ran.out)
    assert answer["question"] == " ".join(words)
    assert answer["searched"]["articles"] == SAMPLES + 2
    sample = [json.loads(line) for line in Path(SAMPLE).read_text(encoding="utf-8").splitlines()]
    texts_by_url = {row["url"]: row["text"] for row in [*sample, *ROWS]}
    assert answered(ran)
    for quote in answered(ran):
        assert quote["text"] == texts_by_url[quote["article"]["url"]][quote["start"] : quote["end"]]
        assert quote["explain"]["features"]


@pytest.mark.usefixtures("filled")
def test_three_quotes_or_all(run):
    few = run("ask", DEMO_QUESTION)
    everything = run("ask", DEMO_QUESTION, "--all", "--explain")
    found = answered(run("ask", DEMO_QUESTION, "--json"))
    assert few.out.count("#:~:text=") == 3 < len(found) == everything.out.count("#:~:text=")
    assert everything.out.count("read: answers ") == len(found)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("options", "holds"),
    [
        (["--outlet", "sample wire"], lambda quote: quote["outlet"] == "Sample Wire"),
        (["--since", "11 Nov 2024"], lambda quote: quote["date"] >= "2024-11-11"),
        (["--until", "2024-11-10"], lambda quote: quote["date"] < "2024-11-11"),
        (["--since", "11/11/2024"], lambda quote: quote["date"] >= "2024-11-11"),
        (["--since", "Q4 2024", "--until", "10.11.2024"], lambda quote: quote["date"] < "2024-11-11"),
    ],
)
def test_options_narrow_the_search(run, options, holds):
    assert not all(holds(quote) for quote in answered(run("ask", DEMO_QUESTION, "--json")))
    narrowed = answered(run("ask", DEMO_QUESTION, "--json", *options))
    assert narrowed
    assert all(holds(quote) for quote in narrowed)


def test_the_same_again_is_unchanged_and_a_correction_replaces(run, rows, place, filled):
    assert run("add", rows).out.startswith("0 added, 2 unchanged")
    corrected = {**ROWS[0], "text": ROWS[0]["text"].replace("two of the pillars", "seven of the pillars")}
    ran = run("add", write_rows(place / "new.jsonl", [corrected]))
    assert ran.out.startswith("0 added, 0 unchanged, 1 replaced")
    quotes = answered(run("ask", "Who found cracks in the pillars of the harbour bridge?", "--json"))
    assert any("seven of the pillars" in quote["text"] for quote in quotes)
    assert not any("two of the pillars" in quote["text"] for quote in quotes)
    assert stored(filled) == SAMPLES + 2


def test_gzip_and_piped_input(run, place):
    packed = place / "rows.jsonl.gz"
    packed.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in ROWS).encode()))
    assert run("add", str(packed)).code == 0
    piped = json.dumps({**ROWS[0], "url": "https://wire.example.com/other"}).encode()
    assert run("add", stdin=piped).out.startswith("1 added")
    assert run("add", "-", stdin=piped).out.startswith("0 added, 1 unchanged")


def test_one_bad_article_stops_nothing(run, place):
    path = place / "mixed.jsonl"
    path.write_text(f"not json\n{json.dumps(ROWS[0])}\n{{}}\n{json.dumps(ROWS[1])}\n", encoding="utf-8")
    ran = run("add", "missing.jsonl", str(path))
    assert ran.code == 1
    assert "2 added, 0 unchanged, 0 replaced, 3 refused" in ran.out
    assert ran.out.count("refused: ") == 3
    assert "line 1" in ran.out
    assert "missing.jsonl" in ran.out


@pytest.mark.usefixtures("filled")
def test_removed_is_gone_from_every_answer(run):
    question = "Who found cracks in the pillars of the harbour bridge?"
    address = ROWS[0]["url"]
    assert any(quote["article"]["url"] == address for quote in answered(run("ask", question, "--json")))
    assert run("remove", address).code == 0
    assert not any(quote["article"]["url"] == address for quote in answered(run("ask", question, "--json")))
    again = run("remove", address)
    assert again.code == 1
    assert "No article" in again.err


ARTICLES = SAMPLES + len(ROWS)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("more", [[], ["--older-than", "1d"]])
def test_an_outlets_articles_are_removed_at_once(run, more):
    selection = ["--outlet", "sample evening news", *more]
    ran = run("remove", *selection)
    assert (ran.code, ran.out.startswith("removed: 6 articles, ")) == (0, True)
    shown = run("stats").out
    assert "Sample Evening News" not in shown
    assert f"articles     {ARTICLES - 6}" in shown
    again = run("remove", *selection)
    assert again.code == 1
    assert "No article is in the index from “sample evening news”" in again.err


@pytest.mark.usefixtures("filled")
def test_old_articles_are_removed_at_once(run):
    assert f"removed: {ARTICLES} articles" in run("remove", "--older-than", "1d").out
    assert "that old" in run("remove", "--older-than", "1d").err


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "arguments", [[], ["https://x.example/1", "--outlet", "Sample Wire"], ["--older-than", "soon"]]
)
def test_a_removal_that_does_not_say_what_is_refused(run, arguments):
    ran = run("remove", *arguments)
    assert ran.code == 2
    assert "--older-than" in ran.err or "90d" in ran.err
    assert f"articles     {ARTICLES}" in run("stats").out


@pytest.mark.usefixtures("filled")
def test_pruning_keeps_what_the_setting_says(run, monkeypatch):
    assert "pruned: 0 articles" in run("prune").out
    monkeypatch.setenv("VERBATIM_KEEP", "5, 100y")
    ran = run("prune")
    assert (ran.code, f"pruned: {ARTICLES - 5} articles, " in ran.out) == (0, True)
    monkeypatch.setenv("VERBATIM_KEEP", "Nobody: 300y, 5, 100y")
    assert "names “Nobody”, of which no article is in the index" in run("prune").err
    monkeypatch.setenv("VERBATIM_KEEP", "a while")
    wrong = run("prune")
    assert wrong.code == 2
    assert "VERBATIM_KEEP: I cannot read “a while”" in wrong.err


@pytest.mark.usefixtures("filled")
def test_nothing_found_leaves_with_1_and_says_so(run):
    ran = run("ask", "Who won the chess championship in Reykjavik?")
    assert ran.code == 1
    assert ENGLISH("nothing") in ran.out
    assert "│" not in ran.out


def test_an_empty_index_says_what_to_do(run):
    ran = run("ask", "Did Trump call Putin?")
    assert ran.code == 1
    assert "verbatim add" in ran.err


def test_the_demo_answers_from_the_sample_and_ends(run, place):
    first = run("demo")
    assert first.code == 0
    for part in ("Did Trump call Putin?", "Reported", "Denied", "No comment", "Kremlin", "https://"):
        assert part in first.out
    assert "> " not in first.out
    second = run("demo")
    assert second.out == first.out
    assert (place / "data" / "demo").is_dir()


def test_an_index_of_another_model_names_the_way_out(run, rows, place):
    run("add", rows)
    with closing(sqlite3.connect(place / "data" / "verbatim.db")) as database:
        database.execute("UPDATE meta SET value = 'another:fp32' WHERE key = 'encoder'")
        database.commit()
    ran = run("ask", "Why was the harbour bridge closed?")
    assert ran.code == 2
    assert "verbatim rebuild" in ran.err
    ran = run("rebuild")
    assert ran.code == 0
    assert ran.out.startswith("rebuilt: 2 articles, 5 sentences")
    assert run("stats").code == 0


@pytest.mark.parametrize("question", ["", "   ", "x" * 5000, "why " * 1250, "🎉🎉🎉", "?!...", "\x1b\x07"])
def test_a_question_that_cannot_be_asked(run, question):
    ran = run("ask", question)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("verbatim: ")
    assert len(ran.err) < 500
    assert "\x1b" not in ran.err


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "the other day or so"], "cannot read the date"),
        (["--until", "x" * MAX_DATE_LENGTH * 10], "cannot read the date"),
        (["--since", "2024-05-02", "--until", "2024-05-01"], "swap"),
        (["--outlet", "Sample Wirr"], "Did you mean Sample Wire"),
        (["--outlet", "\x1b[2J"], "No article is from"),
    ],
)
def test_a_filter_that_cannot_be_used(run, arguments, said):
    ran = run("ask", "Why was the harbour bridge closed?", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert "\x1b" not in ran.err


def test_an_unreadable_data_folder(run, rows, monkeypatch, place):
    (place / "file").write_text("not a folder")
    for where in ("file", "file/below"):
        monkeypatch.setenv("VERBATIM_DATA", where)
        for arguments in (
            ["ask", "Why?"],
            ["add", rows],
            ["stats"],
            ["demo"],
            ["rebuild"],
            ["remove", "https://x"],
            ["prune"],
        ):
            ran = run(*arguments)
            assert ran.code == 2
            assert "VERBATIM_DATA" in ran.err


def test_a_damaged_database(run, place):
    (place / "data" / "verbatim.db").write_bytes(b"this is no database, " * 1000)
    ran = run("stats")
    assert ran.code == 2
    assert ran.err.startswith("verbatim: ")


@pytest.mark.parametrize("token", [None, "", "malformed", "Bot a.b.c", "a.b.c"])
def test_no_token_or_a_malformed_one(run, monkeypatch, token):
    if token is not None:
        monkeypatch.setenv("DISCORD_TOKEN", token)
    ran = run("run")
    assert ran.code == 2
    assert "DISCORD_TOKEN" in ran.err
    assert not token or len(token) < 6 or token not in ran.err


def test_a_bad_setting(run, monkeypatch):
    monkeypatch.setenv("VERBATIM_LOG_LEVEL", "loud")
    for arguments in (["ask", "Why?"], ["run"], ["stats"], ["demo"]):
        ran = run(*arguments)
        assert (ran.code, ran.err) == (
            2,
            "verbatim: VERBATIM_LOG_LEVEL: write one of DEBUG, INFO, WARNING, ERROR.\n",
        )


@pytest.mark.parametrize(
    ("name", "content"),
    [("noise.txt", bytes(range(256)) * 50), ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(2000))],
)
def test_a_file_that_is_not_text_is_refused(run, place, name, content):
    (place / name).write_bytes(content)
    ran = run("add", name, "--outlet", "A", "--url", "https://example.com/a")
    assert ran.code == 1
    assert f"refused: {name} is not text" in ran.out


def test_an_address_for_two_articles_is_refused(run):
    ran = run("add", "a.txt", "b.txt", "--url", "https://example.com/a")
    assert ran.code == 2
    assert "one input" in ran.err


def test_text_pages_and_folders_go_in(run, place):
    (place / "news").mkdir()
    (place / "news" / "speech.md").write_text(f"# The speech\n\n{ROWS[0]['text']}")
    page = f"<html><head><title>Ferry</title></head><body><article><p>{ROWS[1]['text']}</p></article></body></html>"
    (place / "news" / "page.html").write_text(page)
    speech = [
        "--outlet",
        "The Gazette",
        "--url",
        "https://gazette.example.com/speech",
        "--date",
        "10 Nov 2024",
    ]
    assert run("add", "news/speech.md", *speech, "--author", "B. Smith", "--title", "Speech").out.startswith(
        "1 added"
    )
    ran = run(
        "add", "news/page.html", "--url", "https://post.example.com/page", "--outlet", "The Sample Post"
    )
    assert ran.out.startswith("1 added")
    quotes = answered(run("ask", "Who found cracks in the pillars of the harbour bridge?", "--json"))
    [article] = [quote["article"] for quote in quotes if "cracks" in quote["text"]]
    assert {name: article[name] for name in ("url", "outlet", "title", "author", "published")} == {
        "url": "https://gazette.example.com/speech",
        "outlet": "The Gazette",
        "title": "Speech",
        "author": "B. Smith",
        "published": "2024-11-10T12:00:00+00:00",
    }
    assert run("add", "news").out.startswith("2 added")


def test_an_unreachable_address_is_refused(run, monkeypatch):
    monkeypatch.setenv("VERBATIM_OPEN_HOSTS", "127.0.0.1:9")
    ran = run("add", "http://127.0.0.1:9/news")
    assert ran.code == 1
    assert "127.0.0.1:9" in ran.out
    assert "0 added, 0 unchanged, 0 replaced, 1 refused" in ran.out


def test_nothing_to_add_is_told(run):
    ran = run("add", terminal=True)
    assert ran.code == 2
    assert "Nothing to add" in ran.err


def test_on_a_terminal_the_demo_takes_questions_until_an_empty_line(run):
    ran = run("demo", stdin=b"What did Steven Cheung say?\n!!\n\nnever read\n", terminal=True)
    assert ran.code == 0
    assert ran.out.count(ENGLISH("footer")) == 2
    assert "What did Steven Cheung say?" in ran.out
    assert "never read" not in ran.out
    assert run("demo", stdin=b"", terminal=True).code == 0


def test_help_and_version(run):
    assert "Usage: verbatim" in run("--help").out
    assert run("--version").out.startswith("verbatim")
    for name in ("demo", "add", "ask", "run", "stats", "doctor", "remove", "prune", "rebuild"):
        assert run(name, "--help").code == 0


def test_a_mistyped_command_or_option(run):
    for arguments in (["aks"], ["ask"], ["ask", "Why?", "--sinse", "today"]):
        assert run(*arguments).code == 2


@contextmanager
def process(*arguments, **options):
    """Run the command line as a process of its own, which ends with the block."""
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "OMP_NUM_THREADS": "1"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-m", "bot", *arguments]
    # a suite that runs in the background ignores Ctrl-C, and its children would too
    heeding = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    with subprocess.Popen(command, env=environment, **{**pipes, **heeding, **options}) as started:
        try:
            yield started
        finally:
            started.kill()


def stored(folder):
    """Count the articles that are committed."""
    with closing(sqlite3.connect(folder / "verbatim.db", timeout=ENOUGH)) as database:
        try:
            return database.execute("SELECT count(*) FROM articles").fetchone()[0]
        except sqlite3.DatabaseError:  # the table is not made yet
            return 0


def wait_until(happened):
    """Wait until something is so, but not for ever."""
    patience = time.monotonic() + ENOUGH
    while not happened():
        assert time.monotonic() < patience
        time.sleep(0.1)


def test_stopping_and_running_again_neither_loses_nor_doubles(run, place):
    many = [
        {
            "url": f"https://wire.example.com/{number}",
            "outlet": "Sample Wire",
            "title": f"Bridge {number}",
            "text": f"Bridge {number} was closed on Monday. " * 12,
            "padding": "x" * 5000,  # is not read, and fills the pipe's buffers
        }
        for number in range(60)
    ]
    lines = "".join(json.dumps(row) + "\n" for row in many).encode()
    with process("add", "-", cwd=place) as adding:
        adding.stdin.write(lines)
        adding.stdin.flush()  # and left open: it waits for more
        wait_until(lambda: stored(place / "data") or adding.poll() is not None)
        adding.send_signal(signal.SIGINT)
        out, err = adding.communicate(timeout=ENOUGH)
    kept = stored(place / "data")
    assert adding.returncode == 130
    assert b"Stopped" in err
    assert b"Traceback" not in err
    assert int(out.split(b" added")[0]) <= kept
    assert 0 < kept < len(many)

    ran = run("add", "-", stdin=lines)
    assert ran.code == 0
    assert ran.out.startswith(f"{len(many) - kept} added, {kept} unchanged, 0 replaced, 0 refused")
    assert stored(place / "data") == len(many)


@pytest.mark.usefixtures("filled")
def test_a_terminal_without_the_letters_shows_question_marks(place, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    with process("ask", "Who found cracks in the pillars of the harbour bridge?", cwd=place) as asking:
        out, err = asking.communicate(timeout=ENOUGH)
    assert (asking.returncode, err) == (0, b"")
    assert b"?We found cracks in two of the pillars,?" in out


@pytest.mark.usefixtures("filled")
def test_a_reader_that_goes_away_is_no_error(place):
    reading, writing = os.pipe()
    os.close(reading)
    with process(
        "ask", "Who found cracks in the pillars of the bridge?", cwd=place, stdout=writing
    ) as asking:
        os.close(writing)
        _, err = asking.communicate(timeout=ENOUGH)
    assert b"Traceback" not in err
