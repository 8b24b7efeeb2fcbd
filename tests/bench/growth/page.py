"""Writes the figures of docs/growth.md from the JSON of a run and of the simulation: `python -m tests.bench.growth.page`."""

import json
from collections.abc import Iterator
from typing import Any

from tests.bench.growth.needs import BOT_CORES, DAY, FIRST, FULL, SECOND, Costs, Load, goes, occupied, sizes
from tests.bench.growth.queues import CALM, RUSH
from tests.bench.page import table
from tests.conftest import REPOSITORY

PAGE = REPOSITORY / "docs" / "growth.md"
FIGURES, QUEUES = (PAGE.parent / "benchmarks" / f"{name}.json" for name in ("growth", "queues"))
GIGABYTE = 1e9
BOT_MEMORY, CODE = (
    64e9,
    384,
)  # bytes: of a large bot, and of a sentence's one-byte vector, which a search reads
TABLES, NEWS = "primary, turns of the bots' tables", "primary, turns of the news"
Found = dict[str, Any]


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(filled(PAGE.read_text("utf-8"), *read()), "utf-8")


def read() -> tuple[Found, Found]:
    """Read what was measured and what was simulated."""
    figures, queues = (json.loads(path.read_text("utf-8")) for path in (FIGURES, QUEUES))
    return figures, queues


def filled(page: str, figures: Found, queues: Found) -> str:
    """Return the page with each part between `<!-- NAME -->` and `<!-- end -->` as was found."""
    costs = Costs.measured({row["name"]: row for row in figures["rows"]}, SECOND.sentences)
    parts = {
        "run": _run(figures["machine"]),
        "figures": _figures(figures["rows"]),
        "first case": _derived(FIRST, costs),
        "second case": _derived(SECOND, costs),
        "ends": _ends(costs),
        "queues": _queues(queues),
        "peaks": _peaks(queues),
    }
    for name, text in parts.items():
        before, mark, after = page.partition(f"<!-- {name} -->\n")
        if not mark:
            raise ValueError(f"the page has no place for: {name}")
        page = before + mark + text + "\n" + after[after.index("<!-- end -->") :]
    return page


def _run(about: Found) -> str:
    return (
        f"{about['processor']}, {about['cores']} cores, {about['memory_gb']} GB; {about['system']}, Python"
        f" {about['python']}; PostgreSQL {about['postgres']} with the settings it comes with, on the same two cores. Load of"
        f" the machine when the run began: {about['load_before']}, when it ended: {about['load_after']}."
    )


def _figures(rows: list[Found]) -> str:
    lines = []
    for row in rows:
        limit = "" if row["limit"] is None else f"≤ {_number(row['limit'])}"
        kept = {True: "yes", False: "**no**", None: ""}[row["kept"]]
        ratio = _number(row["ratio"]) if row["ratio"] else ""
        lines.append(
            [row["name"], f"{_number(row['value'])} {row['unit']}".strip(), ratio, limit, kept, row["note"]]
        )
    return table(("what", "figure", "ratio", "limit", "kept", ""), lines)


def _derived(load: Load, costs: Costs) -> str:
    """Return the arithmetic of a case, line by line."""
    return "\n".join(f"- {line}" for line in (*_traffic(load), *_machines(load, costs), *_room(load, costs)))


def _traffic(load: Load) -> Iterator[str]:
    questions, articles = load.questions_a_second, load.articles_a_second
    yield (
        f"Questions: {load.servers:,} × {load.questions:g} / {DAY:,} s = {_number(questions)} a second in the mean,"
        f" {_number(questions * load.peak)} at the peak."
    )
    yield (
        f"Articles: {load.feeds:,} × {load.articles:g} / {DAY:,} s = {_number(articles)} a second, {_number(articles * load.peak)}"
        f" at the peak. Polls: {load.feeds:,} / {load.poll_every:g} s = {_number(load.polls_a_second)} a second."
    )


def _machines(load: Load, costs: Costs) -> Iterator[str]:
    there = sizes(load, costs)
    questions, articles = load.questions_a_second * load.peak, load.articles_a_second * load.peak
    followed = goes(load, there.bots, load.peak)
    asking = questions / there.bots * (costs.question + costs.larger)
    following = followed * costs.follow + articles * costs.follow_article
    busy = occupied(load, costs, there, load.peak)
    yield (
        f"**Bots: {there.bots} processes of {BOT_CORES} cores.** At the peak each has {_number(questions / there.bots)}"
        f" questions a second × ({_ms(costs.question)} + {_ms(costs.larger)}) = {_number(asking)} cores, and follows"
        f" {_number(followed)} times a second × {_ms(costs.follow)} + {_number(articles)} articles × {_ms(costs.follow_article)}"
        f" = {_number(following)} cores: {_percent(busy['bots'])} of {BOT_CORES}. One fewer would be above {_percent(FULL)},"
        " or there would be no second one."
    )
    yield (
        f"**Fetchers: {there.fetchers} processes of one core.** {_number(articles)} articles a second × ({_ms(costs.article)}"
        f" + {_ms(costs.page_parsed)}) / {there.fetchers} = {_percent(busy['fetchers'])}."
    )
    bots = there.bots * (followed * costs.follow_server + articles * costs.follow_article_server)
    yield (
        f"**Primary: {there.primary} cores.** {_number(questions)} × {_ms(costs.question_server)} for questions,"
        f" {_number(articles)} × ({_ms(costs.article_server)} + {_ms(costs.page_server)}) for articles and their pages,"
        f" {_number(load.polls_a_second)} × {_ms(costs.poll_server)} for polls, and {there.bots} bots × ({_number(followed)} ×"
        f" {_ms(costs.follow_server)} + {_number(articles)} × {_ms(costs.follow_article_server)}) = {_number(bots)} cores for"
        f" those that follow: {_percent(busy['primary, processors'])}."
    )
    yield (
        f"Turns among writers: {_number(questions)} × {_ms(costs.question_turn)} ="
        f" {_percent(busy[TABLES])} for the bots' tables, {_number(articles)} ×"
        f" {_ms(costs.article_turn)} = {_percent(busy[NEWS])} for the news."
    )


def _room(load: Load, costs: Costs) -> Iterator[str]:
    yield (
        f"Room: {load.feeds:,} × {load.articles:g} × {load.sentences:g} sentences × {load.days} days ="
        f" {load.kept / 1e6:,.0f} million sentences; × {costs.room_server:,.0f} bytes = {_gigabytes(load.kept * costs.room_server)}"
        f" on the primary, × {costs.room_bot:,.0f} bytes = {_gigabytes(load.kept * costs.room_bot)} on every bot."
    )
    log = load.articles_a_second * costs.article_log + load.questions_a_second * costs.question_log
    yield (
        f"Write-ahead log: {_number(load.articles_a_second)} × {costs.article_log / 1000:,.0f} kB +"
        f" {_number(load.questions_a_second)} × {costs.question_log / 1000:,.1f} kB = {log / 1000:,.0f} kB a second,"
        f" {_gigabytes(log * DAY)} a day to each replica and to the archive."
    )


def _ends(costs: Costs) -> str:
    """Return how far one primary goes, by each of what it has one of."""
    there = sizes(SECOND, costs)
    busy = occupied(SECOND, costs, there)
    lines = [[one, _percent(busy[one]), f"{1 / busy[one]:,.0f} times the mean"] for one in (TABLES, NEWS)]
    cores = busy["primary, processors"] * there.primary
    lines.append(["primary, 64 cores", _percent(cores / 64), f"{64 / cores:,.0f} times the mean"])
    days = BOT_MEMORY / CODE / (SECOND.kept / SECOND.days)
    lines.append(
        [
            f"a bot's {BOT_MEMORY / GIGABYTE:g} GB of memory, {CODE} bytes a sentence",
            "",
            f"{days:,.0f} days of news",
        ]
    )
    return table(("of the second case", "busy in the mean", "ends at"), lines)


def _queues(queues: Found) -> str:
    run = queues["runs"][f"{SECOND.peak:g}"]
    lines = []
    for where, parts in run["waits"].items():
        times = [_seconds(one) for part in (CALM, RUSH) for one in parts[part]]
        lines.append([where, *times, _percent(run["occupied"][where]) if where in run["occupied"] else ""])
    head = ("", *(f"p{share} {part}" for part in (CALM, RUSH) for share in (50, 99)), f"busy {RUSH}")
    return table(head, lines)


def _peaks(queues: Found) -> str:
    lines = []
    for factor, run in queues["runs"].items():
        waits = run["waits"]
        lines.append(
            [
                f"{factor} times",
                *(_seconds(waits[where][RUSH][1]) for where in run["occupied"]),
                f"{run['refused']:,} of {run['asked']:,}",
                ", ".join(run["broken"]) or "nothing",
            ]
        )
    first = next(iter(queues["runs"].values()))
    return table(("peak", *(f"{where}, p99" for where in first["occupied"]), "refused", "broken"), lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _ms(seconds: float) -> str:
    return f"{_number(1000 * seconds)} ms"


def _seconds(value: float) -> str:
    return _ms(value) if value < 1 else f"{_number(value)} s"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.1 else f"{100 * share:.2g} %"


def _gigabytes(size: float) -> str:
    return f"{_number(size / GIGABYTE)} GB"


if __name__ == "__main__":
    main()
