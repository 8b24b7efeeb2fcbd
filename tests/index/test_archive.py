import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from index.answering.answers import AnswerOutcome
from index.archive import Archive
from index.errors import BadQuestion, BrokenIndex, RefusedArticle
from index.ingest.pipeline import IngestOutcome
from index.ingest.rebuild import REBUILD_KEY
from tests.conftest import MODELS
from tests.index.conftest import BRIDGE, WHEAT, article


def results(archive, *articles):
    return [added.outcome for added in archive.add(articles)]


def first_quote(archive, question, **options):
    answer = archive.ask(question, **options)
    return answer.quotes[0].text if answer.quotes else None


def test_an_added_article_answers_word_for_word(archive):
    assert results(archive, BRIDGE, WHEAT) == [IngestOutcome.ADDED, IngestOutcome.ADDED]
    answer = archive.ask("Why did the harbour bridge in Norwick close?")
    assert answer.outcome is AnswerOutcome.QUOTES
    quote = answer.quotes[0]
    assert quote.article.url == BRIDGE.url
    assert quote.text == BRIDGE.text[quote.start : quote.end]
    assert "found cracks" in quote.text
    assert answer.searched_articles == 2
    assert answer.newest_published == WHEAT.published


def test_the_same_again_is_unchanged_and_a_correction_replaces(archive):
    results(archive, BRIDGE)
    assert results(archive, BRIDGE) == [IngestOutcome.UNCHANGED]
    corrected = replace(BRIDGE, text=BRIDGE.text.replace("six weeks", "eight months"))
    assert results(archive, corrected) == [IngestOutcome.REPLACED]
    answer = archive.ask("How long will the repairs of the bridge in Norwick take?")
    texts = [quote.text for quote in answer.quotes]
    assert any("eight months" in text for text in texts)
    assert not any("six weeks" in text for text in texts)
    assert answer.quotes[0].article.revised is not None


def test_one_address_twice_in_one_batch_ends_as_the_later(archive):
    later = replace(
        BRIDGE, text=BRIDGE.text + "\nThe council will meet about the bridge on Thursday evening."
    )
    assert results(archive, BRIDGE, later) == [IngestOutcome.ADDED, IngestOutcome.REPLACED]
    assert archive.stats().articles == 1
    assert archive.stats().sentences == 4
    assert results(archive, BRIDGE, later) == [IngestOutcome.REPLACED, IngestOutcome.REPLACED]
    assert archive.stats().sentences == 4


def test_tracking_parameters_do_not_make_another_article(archive):
    results(archive, BRIDGE)
    assert results(archive, replace(BRIDGE, url=BRIDGE.url + "?utm_source=mail#top")) == [
        IngestOutcome.UNCHANGED
    ]


def test_a_removed_article_leaves_every_answer(archive):
    results(archive, BRIDGE, WHEAT)
    assert archive.remove(BRIDGE.url) is True
    assert archive.remove(BRIDGE.url) is False
    answer = archive.ask("Why did the harbour bridge in Norwick close?")
    assert all(quote.article.url != BRIDGE.url for quote in answer.quotes)
    assert all(headline.url != BRIDGE.url for headline in answer.headlines)
    assert archive.stats().articles == 1


def test_a_restart_changes_nothing(tmp_path, encoder):
    question = "Why did the harbour bridge in Norwick close?"
    with Archive(tmp_path, encoder) as archive:
        results(archive, BRIDGE, WHEAT)
        before = archive.ask(question)
    with Archive(tmp_path, encoder) as archive:
        after = archive.ask(question, now=before.question.now)
    assert [(q.article.url, q.start, q.end) for q in after.quotes] == [
        (q.article.url, q.start, q.end) for q in before.quotes
    ]


def test_what_is_derived_may_be_lost(tmp_path, encoder):
    with Archive(tmp_path, encoder) as archive:
        results(archive, BRIDGE, WHEAT)
    for path in tmp_path.rglob("*"):
        if path.is_file() and not path.name.startswith("verbatim.db"):
            path.write_bytes(b"broken")
    with Archive(tmp_path, encoder) as archive:
        assert "found cracks" in first_quote(archive, "Why did the harbour bridge in Norwick close?")


def test_another_process_is_seen_at_the_next_question(tmp_path, encoder):
    with Archive(tmp_path, encoder) as bot, Archive(tmp_path, encoder) as adding:
        results(bot, WHEAT)
        results(adding, BRIDGE)
        assert "found cracks" in first_quote(bot, "Why did the harbour bridge in Norwick close?")
        adding.remove(BRIDGE.url)
        assert all(
            q.article.url != BRIDGE.url for q in bot.ask("Why did the bridge in Norwick close?").quotes
        )


def test_refused_articles_do_not_stop_the_others(archive):
    outcomes = archive.add(
        [
            RefusedArticle("line 3 is no JSON", url="https://wire.example.com/broken"),
            article("empty", "Read more"),
            replace(BRIDGE, url="not an address"),
            BRIDGE,
        ]
    )
    assert [added.outcome for added in outcomes].count(IngestOutcome.REFUSED) >= 2
    assert outcomes[0].reason == "line 3 is no JSON"
    assert "no sentence" in outcomes[1].reason
    assert outcomes[-1].outcome is IngestOutcome.ADDED


def test_filters_given_with_the_question_hold(archive):
    results(archive, BRIDGE, WHEAT)
    question = "What did the statistics office report about wheat prices?"
    assert "nine percent" in first_quote(archive, question, outlets=["The Sample Post"])
    early = archive.ask(question, until=datetime(2024, 11, 5, tzinfo=UTC))
    assert all(quote.article.url == BRIDGE.url for quote in early.quotes)
    assert early.searched_articles == 1


def test_an_empty_index_says_that_it_has_nothing(archive):
    answer = archive.ask("Why did the harbour bridge in Norwick close?")
    assert answer.outcome is AnswerOutcome.NOTHING
    assert answer.searched_articles == 0
    assert answer.headlines == ()


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "?" * 20, "x" * 5000])
def test_what_is_no_question_is_told_in_words(archive, text):
    with pytest.raises(BadQuestion):
        archive.ask(text)


def texts(context, spans):
    return [context.article.text[span.start : span.end] for span in spans]


def test_a_quote_is_shown_in_its_article(archive):
    results(archive, BRIDGE)
    assert archive.article(BRIDGE.url + "?utm_source=mail") == BRIDGE
    quote = archive.ask("What did Mayor Ada Fenn say about the repairs?").quotes[0]
    context = archive.context(BRIDGE.url, quote.text, quote.start)
    assert context.span == (quote.start, quote.end)
    assert texts(context, context.before) == [BRIDGE.text.split("\n")[0]]
    assert texts(context, context.after) == [BRIDGE.text.split("\n")[2]]
    assert archive.context(BRIDGE.url, quote.text, quote.start, 0).before == ()


def test_quoted_words_that_moved_are_found_again_and_changed_ones_are_not(archive):
    results(archive, BRIDGE)
    first, second, third = BRIDGE.text.split("\n")
    start = BRIDGE.text.index(second)
    moved = f"A correction was made to this report on Tuesday morning.\n{first}\n{second}\n{third}"
    results(archive, replace(BRIDGE, text=moved))
    context = archive.context(BRIDGE.url, second, start)
    assert texts(context, [context.span]) == [second]
    assert len(context.before) == 2
    results(archive, replace(BRIDGE, text=f"{first}\n{third}"))
    assert archive.context(BRIDGE.url, second, start) is None


def test_words_said_twice_are_taken_where_they_were_quoted(archive):
    said = "The council of Norwick said that it would vote on Monday."
    twice = replace(BRIDGE, text=f"{said}\n{BRIDGE.text}\n{said}")
    results(archive, twice)
    for start in (0, twice.text.rindex(said)):
        assert archive.context(BRIDGE.url, said, start).span.start == start


def test_an_article_that_has_left_is_none(archive):
    results(archive, BRIDGE)
    archive.remove(BRIDGE.url)
    for url in (BRIDGE.url, "not an address"):
        assert archive.article(url) is None
        assert archive.context(url, "The harbour", 0) is None


def test_an_index_of_another_model_is_refused_until_it_is_rebuilt(tmp_path, encoder):
    with Archive(tmp_path, encoder) as archive:
        results(archive, BRIDGE, WHEAT)
        archive._store.set_meta("encoder", "another:fp32")
    with pytest.raises(BrokenIndex, match="verbatim rebuild"):
        Archive(tmp_path, encoder)
    heard = []
    Archive.rebuild(tmp_path, models=MODELS, progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 2), (2, 2)]
    with Archive(tmp_path, encoder) as archive:
        answer = archive.ask("Why did the harbour bridge in Norwick close?")
        assert "found cracks" in answer.quotes[0].text
        assert answer.quotes[0].article.revised is None


@pytest.mark.parametrize("how", ["by the command", "by the next start"])
def test_an_interrupted_rebuild_goes_on_where_it_stopped(tmp_path, encoder, how):
    with Archive(tmp_path, encoder) as archive:
        results(archive, BRIDGE, WHEAT)
        archive._store.set_meta("encoder", "another:fp32")

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Archive.rebuild(tmp_path, models=MODELS, progress=stop)
    heard = []
    if how == "by the command":
        Archive.rebuild(tmp_path, models=MODELS, progress=lambda done, total: heard.append((done, total)))
        assert heard == [(1, 1)]
    with Archive(tmp_path, encoder) as archive:
        assert archive.stats().articles == 2
        assert archive._store.meta(REBUILD_KEY) is None
        assert "found cracks" in first_quote(archive, "Why did the harbour bridge in Norwick close?")


def test_an_unusable_folder_is_told_in_words(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BrokenIndex, match="VERBATIM_DATA"):
        Archive.open(tmp_path / "file", models=MODELS)


KILLED = """
    import sys
    from pathlib import Path
    from index.archive import Archive
    from tests.conftest import MODELS
    from tests.index.conftest import article

    def endless():
        number = 0
        while True:
            yield article(f"n{number}", *(f"The council of Norwick voted on matter {number} number {i}." for i in range(200)))
            number += 1

    with Archive.open(Path(sys.argv[1]), models=MODELS) as archive:
        for added in archive.iter_add(endless()):
            print(added.url, flush=True)
"""


def test_a_killed_process_loses_nothing_it_committed(tmp_path, encoder):
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    told = [process.stdout.readline().strip() for _ in range(6)]
    os.kill(process.pid, signal.SIGKILL)
    told += process.stdout.read().split()
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    with Archive(tmp_path, encoder) as archive:
        stored = {
            archive._store.get_many([e.first_sentence])[e.first_sentence].article.url
            for e in archive._store.entries()
        }
        assert set(filter(None, told)) <= stored
        for entry in archive._store.entries():
            assert (
                len(archive._store.vectors(entry.first_sentence))
                == entry.last_sentence - entry.first_sentence
            )
        assert (
            archive._indexes.keywords.watermark
            == archive._indexes.vectors.watermark
            == archive._store.watermark()
        )
        assert archive.ask("What did the council of Norwick vote on?").quotes


def test_an_open_archive_keeps_products_of_matrices_to_one_core(tmp_path, encoder):
    with threadpool_limits(2, user_api="blas"), Archive(tmp_path, encoder):
        assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}


def test_add_works_when_called_and_iter_add_when_it_is_iterated(archive):
    coming = archive.iter_add([WHEAT])
    [result] = archive.add([BRIDGE])
    assert (result.url, result.outcome, result.sentences) == (BRIDGE.url, IngestOutcome.ADDED, 3)
    assert archive.article(WHEAT.url) is None
    assert [result.url for result in coming] == [WHEAT.url]
    assert archive.article(WHEAT.url) == WHEAT


def test_a_word_typed_wrongly_is_read_as_one_of_the_articles_and_told(archive):
    archive.add([BRIDGE, article("boats", "Boats lay in the harbour.")])
    asked = archive.ask("When will the harbuor bridge open?")
    assert asked.question.corrections == (("harbuor", "harbour"),)
    assert asked.question.text == "When will the harbuor bridge open?"
    assert asked.quotes == archive.ask("When will the harbour bridge open?").quotes
    assert asked.quotes
    silent = archive.ask("Who sang in the harbuor opera of Atlantis?")
    assert (silent.outcome, silent.question.corrections) == ("nothing", (("harbuor", "harbour"),))


def test_an_answer_from_new_articles_reads_words_as_any_other(archive):
    archive.add([BRIDGE, article("boats", "Boats lay in the harbour.")])
    answer = archive.answer_from("When will the harbuor bridge open?", archive.arrivals(0))
    assert answer.question.topic == "When will the harbour bridge open?"
