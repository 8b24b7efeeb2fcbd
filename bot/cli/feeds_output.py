"""The commands of `verbatim feeds`: what each does and prints."""

import asyncio
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bot.circles import circle_name, most_feeds, server_circle
from bot.cli.answer_view import sanitize
from bot.cli.open_archive import open_archive, stderr_console, stdout_console
from bot.config import Settings
from bot.shutdown import ShutdownSignal
from index import HOUSE, DateSource, FeedCheck, FeedManager, FeedStatus, VerbatimError

STOP_TIMEOUT_SECONDS = 10.0  # for requests under way, judged
GUESSED_FROM = {  # the page, where neither its metadata nor its feed say when an article was published
    DateSource.BYLINE: "its byline",
    DateSource.ELSEWHERE: "its address or other text in it",
}
MAX_REFUSALS_PRINTED = 3  # pages without an article that `check` prints, judged


def run_add(settings: Settings, urls: Sequence[str], server: int | None = None) -> int:
    """Fetch every address and follow the feeds there, for a server or the house; return 1 if one is no feed.

    For a server nothing of the owner's own network is fetched.
    """
    failed = 0
    circle = server_circle(server) if server else HOUSE
    with _feed_manager(settings) as manager, stderr_console().status("Looking at the feeds ..."):
        for url in urls:
            checked = asyncio.run(manager.preview(url, allow_private=server is None))
            if checked.feed is None:
                failed += 1
                _print(f"not added: {_with_url(url, str(checked.error))}")
                continue
            new = manager.add(checked, circle=circle, allow_private=server is None, most=most_feeds(circle))
            _print(f"{'added' if new else 'followed already'}: {_summary(checked)} · {checked.url}")
    _suggest_contact(settings)
    return 1 if failed else 0


def run_list(settings: Settings, server: int | None = None) -> int:
    """Print every feed, or those that answer on a server, two lines each."""
    with _feed_manager(settings) as manager:
        statuses = manager.statuses()
    if server:
        statuses = [one for one in statuses if one.in_house or server_circle(server) in one.circles]
    if not statuses:
        _print("No feed is followed. Add one: verbatim feeds add URL")
    for status in statuses:
        for line in status_lines(status, time.time()):
            _print(line)
    return 0


def run_remove(settings: Settings, url: str, server: int | None = None) -> int:
    """Unfollow a feed, everywhere or on a server; return 1 if it was not followed there."""
    with _feed_manager(settings) as manager:
        feed = manager.find(url)
        in_house = feed is not None and HOUSE in manager.circles_of(feed)
        removed = manager.remove(url, server_circle(server) if server else None)
    if removed:
        stays = "its articles stay in the index" if in_house else "its articles go with it"
        _print(f"removed: {url} · {stays}")
        return 0
    return _not_followed(url)


def run_accept(settings: Settings, url: str) -> int:
    """Lift a feed into the house; return 1 if it is not followed."""
    with _feed_manager(settings) as manager:
        if manager.find(url) is None:
            return _not_followed(url)
        new = manager.accept(url)
    _print(f"{'accepted' if new else 'in the house already'}: {url} · its articles answer everywhere")
    return 0


def run_check(settings: Settings, urls: Sequence[str]) -> int:
    """Fetch feeds and print what was found; return 1 if one has an error."""
    with _feed_manager(settings) as manager:
        urls = urls or [status.feed.url for status in manager.statuses()]
        if not urls:
            _print("No feed is followed. Add one: verbatim feeds add URL")
        with stderr_console().status("Looking at the feeds ..."):
            found = asyncio.run(manager.check(urls))
        for url, checked in zip(urls, found, strict=True):
            for line in check_lines(url, checked):
                _print(line)
            if feed := manager.find(checked.url):
                for page, reason in manager.refusals(feed, MAX_REFUSALS_PRINTED):
                    _print(f"      lately not taken in: {_with_url(page, reason)}")
    return 1 if any(checked.error for checked in found) else 0


def run_import(settings: Settings, file: str) -> int:
    """Follow every feed of an OPML file."""
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except (OSError, ValueError) as error:
        raise VerbatimError(
            f"{file} cannot be read ({getattr(error, 'strerror', None) or error})."
        ) from error
    with _feed_manager(settings) as manager:
        new, known = manager.import_opml(body)
    _print(
        f"{_count_of_feeds(new)} added, {known:,} followed already. They are looked at when Verbatim runs."
    )
    _suggest_contact(settings)
    return 0


def run_export(settings: Settings) -> int:
    """Write the OPML list to standard output, as bytes."""
    with _feed_manager(settings) as manager:
        sys.stdout.buffer.write(manager.export_opml())
    return 0


def run_watch(settings: Settings) -> int:
    """Follow the feeds until SIGINT or SIGTERM."""
    from bot import logs
    from index import FeedWorker

    logs.configure_logging(settings.log_level, settings.log_format)
    signal = ShutdownSignal()
    with signal.installed(), open_archive(settings) as archive:
        worker = FeedWorker(archive, settings.data, settings.fetching)

        async def follow() -> bool:
            stop = signal.on_this_loop()
            worker.start()
            await stop.wait()
            return await worker.stop(STOP_TIMEOUT_SECONDS)

        finished = asyncio.run(follow())
    return 0 if finished else 1


def check_lines(url: str, checked: FeedCheck) -> Iterator[str]:
    """Yield the lines about one feed; the first begins with `ok`, `note` or `fix`."""
    if checked.feed is None:
        yield f"fix: {_with_url(url, str(checked.error))}"
        return
    lines = list(checked.feed.warnings)
    if not checked.feed.items:
        lines.append("it announces nothing")
    if checked.article_error:
        lines.append(f"its newest page is no article: {checked.article_error}")
    elif checked.article_from_feed:
        lines.append("its newest page cannot be had; the text that the feed carries is taken")
    lines += _date_lines(checked)
    yield f"{'note' if lines else 'ok'}: {_summary(checked)} · {checked.url}"
    for line in lines:
        yield f"      {line}"


def _date_lines(checked: FeedCheck) -> Iterator[str]:
    """Yield what is to be known of the date of the newest article, besides what the feed's warnings say."""
    if checked.article is None:
        return
    source = checked.article.date_source
    guessed_from = GUESSED_FROM.get(source) if source else None
    if checked.article.published is None:
        yield "its newest article has no date, neither in the feed nor in the page"
    elif guessed_from:
        yield f"its newest article is dated by a guess, from {guessed_from}"


def status_lines(statuses: FeedStatus, now: float) -> Iterator[str]:
    """Yield the lines about one followed feed: its name and address, then its state."""
    feed = statuses.feed
    yield f"{feed.name} · {feed.url}" if feed.title else feed.url
    whose = [] if statuses.circles == (HOUSE,) else [", ".join(map(circle_name, statuses.circles))]
    facts = [*whose, feed.kind or "not looked at yet", f"{statuses.stored_articles:,} articles"]
    if waiting := statuses.waiting_pages:
        facts.append(f"{waiting:,} waiting")
    if feed.last_new_item:
        facts.append(f"something new {format_age(now - feed.last_new_item)}")
    if feed.is_flooding:
        facts.append("announces more than 2,000 articles a day: slowed, the others are left out")
    if feed.paused:
        facts.append("PAUSED, looked at once a day")
    elif feed.interval:
        facts.append(f"looked at every {format_duration(feed.interval)}")
    if feed.error_text:
        facts.append(f"failed {feed.failures:,} times: {feed.error_text}")
    yield f"      {' · '.join(facts)}"


def format_age(seconds: float) -> str:
    """Return an age in words: `5 minutes ago`."""
    return "just now" if seconds < 60 else f"{format_duration(seconds)} ago"


def format_duration(seconds: float) -> str:
    """Return a duration in one unit: `45 seconds`, `6 minutes`, `2 hours`, `3 days`."""
    for unit, length in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * length or (seconds >= length and unit != "day"):
            number = round(seconds / length)
            return f"{number:,} {unit}{'' if number == 1 else 's'}"
    return f"{round(seconds)} seconds"


@contextmanager
def _feed_manager(settings: Settings) -> Iterator[FeedManager]:
    manager = FeedManager(settings.data, settings.fetching, settings.lifts, settings.postgres)
    try:
        yield manager
    finally:
        manager.close()


def _not_followed(url: str) -> int:
    stderr_console().print(f"This feed is not followed: {sanitize(url)}", markup=False)
    return 1


def _summary(checked: FeedCheck) -> str:
    feed = checked.feed
    if feed is None:
        return checked.url
    number = len(feed.items)
    newest = feed.items[0].published.timestamp() if feed.items and feed.items[0].published else None
    age = f", newest {format_age(time.time() - newest)}" if newest else ""
    return f"{feed.title or 'without a name'} · {feed.kind} · {number:,} {'item' if number == 1 else 'items'}{age}"


def _with_url(url: str, error: str) -> str:
    return error if url in error else f"{url}: {error}"


def _count_of_feeds(number: int) -> str:
    return f"{number:,} {'feed' if number == 1 else 'feeds'}"


def _suggest_contact(settings: Settings) -> None:
    if not settings.contact:
        stderr_console().print("Set VERBATIM_CONTACT, so that the sites can reach you if need be.")


def _print(line: str) -> None:
    indent = len(line) - len(line.lstrip())
    stdout_console().print(" " * indent + sanitize(line), markup=False, soft_wrap=True)
