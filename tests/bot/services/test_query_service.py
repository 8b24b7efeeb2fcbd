"""The queue in front of the archive."""

import asyncio
import threading

import pytest
from structlog.testing import capture_logs

from bot.errors import (
    Busy,
    CrowdedServer,
    Stopping,
    TooManyClicks,
    TooOften,
    TooSlow,
    UnknownOutlet,
    error_text,
)
from bot.metrics import Metrics, Surface
from bot.services.query_service import Limits, QueryRequest, QueryService
from bot.storage.use_counts import UseCounts
from bot.texts import Texts
from index.errors import BadQuestion, BrokenIndex, BusyIndex, VerbatimError
from tests.bot.newsroom import News


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def news():
    made = News()
    yield made
    made.gate.set()


def ask(service, text="Did it rain?", person=1, **rest):
    return asyncio.ensure_future(service.ask(QueryRequest(person, text, **rest)))


async def begun(news, count=1):
    async with asyncio.timeout(10):
        while len(news.asked) < count:  # noqa: ASYNC110 - what is awaited happens in a thread
            await asyncio.sleep(0.005)


async def test_an_answer_comes_from_another_thread(news):
    threads = []
    told = news.ask
    news.ask = lambda *args, **how: (threads.append(threading.current_thread()), told(*args, **how))[1]
    answer = await ask(QueryService(news))
    assert answer.question.text == "Did it rain?"
    assert threads != [threading.main_thread()]


async def test_everything_asked_reaches_the_archive(news):
    circle = "guild:7"
    await ask(
        QueryService(news), outlet=" SAMPLE wire ", previous="Did it snow?", day_first=True, circle=circle
    )
    how = {"since": None, "until": None, "outlets": ("Sample Wire",), "previous": "Did it snow?"}
    assert news.asked == [("Did it rain?", how | {"day_first": True, "waiting": 0, "circle": circle})]


@pytest.mark.parametrize("kind", [BrokenIndex, BusyIndex])
async def test_an_index_that_cannot_be_read_is_told_to_people_and_its_owner_in_words_of_their_own(news, kind):
    def fail(*_, **__):
        raise kind("The index file /srv/data/verbatim.db is damaged. Restore a backup.")

    news.ask = fail
    with capture_logs() as logs, pytest.raises(kind) as failed:
        await ask(QueryService(news))
    assert [entry["why"] for entry in logs if entry["log_level"] == "error"] == [str(failed.value)]
    for language in ("en", "de", "uk"):
        told = error_text(failed.value, Texts(language))
        assert told
        assert "/srv" not in told


async def ask_fifty_at_once(service):
    texts = [f"Did it rain on day {number}?" for number in range(50)]
    asked = [ask(service, text, person=number) for number, text in enumerate(texts)]
    answers = await asyncio.gather(*asked)
    assert [answer.question.text for answer in answers] == texts
    return texts


async def test_fifty_at_once_each_get_their_answer(news):
    texts = await ask_fifty_at_once(QueryService(news))
    assert sorted(text for text, _ in news.asked) == sorted(texts)


async def test_questions_are_begun_in_the_order_they_came(news):
    # with one worker: two may take theirs in one instant, and whichever is noted first is chance
    texts = await ask_fifty_at_once(QueryService(news, Limits(workers=1)))
    assert [text for text, _ in news.asked] == texts


async def test_what_the_archive_says_is_passed_on(news):
    with pytest.raises(BadQuestion):
        await ask(QueryService(news), "   ")


async def test_an_outlet_that_is_not_there_never_reaches_the_archive(news):
    with pytest.raises(UnknownOutlet, match="Nowhere"):
        await ask(QueryService(news), outlet="Nowhere")
    assert news.asked == []


async def test_a_question_that_takes_too_long_is_given_up_and_the_next_one_is_answered(news):
    service = QueryService(news, Limits(workers=1, answer=0.5))
    news.gate.clear()
    with pytest.raises(TooSlow):
        await ask(service)
    assert service.running_work() == ["query"]
    news.gate.set()
    assert (await ask(service, person=2)).quotes
    assert service.queue_length() == 0


async def test_a_question_given_up_while_it_waits_is_never_put(news):
    service = QueryService(news, Limits(workers=1, answer=0.3))
    news.gate.clear()
    first = ask(service, "One?")
    await begun(news)
    second = ask(service, "Two?")
    for one in (first, second):
        with pytest.raises(TooSlow):
            await one
    news.gate.set()
    await service.stop(1)
    assert [text for text, _ in news.asked] == ["One?"]


async def test_a_full_queue_refuses_and_stuck_work_keeps_it_full(news):
    service = QueryService(news, Limits(workers=1, queue=1, answer=0.05))
    news.gate.clear()
    first = ask(service)
    await begun(news)
    with pytest.raises(Busy):
        await ask(service, person=2)
    with pytest.raises(TooSlow):
        await first
    with pytest.raises(Busy):
        await ask(service, person=3)


async def test_what_would_wait_too_long_is_refused_at_once(news):
    clock = Clock()
    service = QueryService(news, Limits(workers=1, answer=10.0, questions=100), clock)

    def slow(archive):
        clock.now += 5

    for _ in range(50):  # until five seconds are usual
        await service.run_query(1, None, slow, Surface.COMMAND)
        clock.now += 30
    news.gate.clear()
    waiting = [ask(service, "One?"), ask(service, "Two?"), ask(service, "Three?")]
    await begun(news)
    with pytest.raises(Busy):
        await ask(service, person=2)
    news.gate.set()
    await asyncio.gather(*waiting)


async def test_one_person_may_ask_so_often_and_then_waits(news):
    clock = Clock()
    service = QueryService(news, Limits(questions=2, per=30.0), clock)
    await ask(service)
    clock.now += 10
    await ask(service)
    with pytest.raises(TooOften) as refused:
        await ask(service)
    assert refused.value.seconds == pytest.approx(20)
    assert "20 seconds" in str(refused.value) or "21 seconds" in str(refused.value)
    await ask(service, person=2)
    clock.now += 20.1
    await ask(service)


async def test_a_server_may_ask_so_often_whoever_asks(news):
    clock = Clock()
    service = QueryService(news, Limits(server=2, server_per=60.0), clock)
    for person in (1, 2):
        await service.ask(QueryRequest(person, "Did it rain?", server=7))
    with pytest.raises(CrowdedServer) as crowded:
        await service.ask(QueryRequest(3, "Did it rain?", server=7))
    assert crowded.value.seconds == 60.0
    await service.ask(QueryRequest(4, "Did it rain?", server=8))
    await service.ask(QueryRequest(4, "Did it rain?"))
    clock.now += 61
    await service.ask(QueryRequest(3, "Did it rain?", server=7))


async def test_looking_something_up_is_limited_for_each_person_and_done_in_a_thread(news):
    service = QueryService(news, Limits(clicks=1), Clock())
    assert await service.run_click(1, lambda news: threading.current_thread()) is not threading.main_thread()
    with pytest.raises(TooOften):
        await service.run_click(1, lambda news: None)
    await service.run_click(2, lambda news: news.outlets())
    await service.stop(1)
    with pytest.raises(Stopping):
        await service.run_click(3, lambda news: None)


async def test_asking_in_vain_does_not_make_the_wait_longer(news):
    clock = Clock()
    service = QueryService(news, Limits(questions=1, per=30.0), clock)
    await ask(service)
    for _ in range(3):
        clock.now += 9
        with pytest.raises(TooOften):
            await ask(service)
    clock.now += 4
    await ask(service)


async def test_outlets_are_read_once_a_minute(news):
    clock, reads = Clock(), []
    news.outlets = lambda circle: reads.append(circle) or (f"A {circle}",)
    service = QueryService(news, clock=clock)
    for circle in ("house", "guild:7", "house", "guild:7"):
        assert await service.outlets(circle) == (f"A {circle}",)
    assert reads == ["house", "guild:7"]
    clock.now += 61
    assert await service.available_outlets(7, "guild:7") == ["A guild:7"]
    assert reads == ["house", "guild:7", "guild:7"]


async def test_a_new_outlet_can_be_chosen_as_soon_as_an_article_of_it_is_there(news):
    names, articles = ["Daily Courier"], 1
    news.outlets, news.cursor = lambda circle: tuple(names), lambda: articles
    service = QueryService(news, clock=Clock())
    with pytest.raises(VerbatimError):
        await service.resolve_outlets("Sample Wire", None, "house")
    names.append("Sample Wire")
    articles += 1
    assert await service.resolve_outlets("sample wire", None, "house") == ("Sample Wire",)


async def test_who_says_nothing_of_a_circle_is_answered_from_the_house(news):
    await ask(QueryService(news))
    assert news.asked[0][1]["circle"] == "house"


async def test_stopping_lets_the_running_end_and_takes_no_more(news):
    service = QueryService(news)
    news.gate.clear()

    async def answered():
        with service.in_flight():
            return await ask(service)

    running = asyncio.ensure_future(answered())
    await begun(news)
    stopping = asyncio.ensure_future(service.stop(30))
    await asyncio.sleep(0)
    with pytest.raises(Stopping):
        await ask(service, person=2)
    assert not stopping.done()
    news.gate.set()
    assert (await running).quotes
    await stopping
    assert service.running_work() == []


async def test_stopping_gives_up_what_takes_too_long(news):
    service = QueryService(news, Limits(answer=60))
    news.gate.clear()

    async def answered():
        with service.in_flight():
            await ask(service)

    running = asyncio.ensure_future(answered())
    await begun(news)
    await service.stop(0.05)
    with pytest.raises(Stopping):
        await running
    assert service.running_work() == ["query"]


async def test_the_loop_runs_on_while_the_archive_works(news):
    news.gate.clear()
    ticks = 0

    async def tick():
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0)

    ticking = asyncio.ensure_future(tick())
    asked = ask(QueryService(news))
    await begun(news)
    before = ticks
    await asyncio.sleep(0.05)
    assert ticks > before
    news.gate.set()
    await asked
    ticking.cancel()


async def test_questions_are_not_logged(news, capsys):
    await ask(QueryService(news), "Did the secret leak?")
    news.fault = BadQuestion("No words in: secret")
    with pytest.raises(BadQuestion):
        await ask(QueryService(news), "Did the secret leak?")
    logged = capsys.readouterr().out
    assert "length=20" in logged
    assert "disagree" in logged
    assert "secret" not in logged


def counted(metrics, name, **labels):
    return metrics.registry.get_sample_value(f"verbatim_{name}", labels)


async def test_answers_are_counted_where_they_were_asked(news):
    metrics = Metrics()
    service = QueryService(news, metrics=metrics)
    news.silent_on.add("Did it snow?")
    await ask(service, surface=Surface.MESSAGE)
    await ask(service, "Did it snow?")
    await service.run_query(1, None, lambda archive: archive.outlets(), Surface.QUOTE)
    await service.run_click(1, lambda archive: archive.outlets())
    assert counted(metrics, "answers_total", surface="message", outcome="disagree") == 1
    assert counted(metrics, "answers_total", surface="command", outcome="nothing") == 1
    assert counted(metrics, "answers_total", surface="quote", outcome="served") == 1
    assert counted(metrics, "answers_total", surface="button", outcome="served") == 1
    assert counted(metrics, "answer_seconds_count", surface="message") == 1
    assert counted(metrics, "stage_seconds_count", stage="search") == 4


async def test_the_time_in_the_queue_is_told_apart_from_that_of_the_search(news):
    metrics, clock = Metrics(), Clock()
    service = QueryService(news, Limits(workers=1), clock, metrics=metrics)
    news.gate.clear()
    first = ask(service)
    await begun(news)
    second = ask(service, person=2)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    clock.now += 4
    news.gate.set()
    await asyncio.gather(first, second)
    assert counted(metrics, "stage_seconds_sum", stage="queue") == 4
    assert counted(metrics, "stage_seconds_sum", stage="search") == 4
    assert counted(metrics, "answer_seconds_sum", surface="command") == 8


async def test_refusals_and_faults_are_counted(news):
    metrics = Metrics()
    service = QueryService(news, Limits(questions=3, clicks=1), metrics=metrics)
    with pytest.raises(BadQuestion):
        await ask(service, "   ")
    with pytest.raises(UnknownOutlet):
        await ask(service, outlet="Nowhere")
    news.fault = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        await ask(service)
    with pytest.raises(TooOften):
        await ask(service)
    await service.run_click(1, lambda archive: None)
    with pytest.raises(TooOften):
        await service.run_click(1, lambda archive: None)
    assert counted(metrics, "refusals_total", surface="command", reason="bad-request") == 2
    assert counted(metrics, "refusals_total", surface="command", reason="fault") == 1
    assert counted(metrics, "refusals_total", surface="command", reason="too-often") == 1
    assert counted(metrics, "refusals_total", surface="button", reason="too-often") == 1
    assert service.queue_length() == 0


async def test_a_person_and_a_server_ask_no_more_of_several_processes_than_of_one(databases):
    limits = Limits(questions=2, clicks=2, server=2)
    one, two = (QueryService(News(), limits, counts=UseCounts(database)) for database in databases[:2])
    for service in (one, two):
        await service.ask(QueryRequest(1, "What happened?"))
        await service.run_click(1, lambda archive: None)
    for service in (one, two):
        with pytest.raises(TooOften):
            await service.ask(QueryRequest(1, "What happened?"))
        with pytest.raises(TooManyClicks):
            await service.run_click(1, lambda archive: None)
    for person, service in ((2, one), (3, two)):
        await service.ask(QueryRequest(person, "What happened?", server=9))
    for person, service in ((4, one), (5, two)):
        with pytest.raises(CrowdedServer):
            await service.ask(QueryRequest(person, "What happened?", server=9))
        await service.stop(1)
