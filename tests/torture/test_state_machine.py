"""An archive is a dict: whatever is done to it, in which process, and wherever one of them dies."""

import shutil
import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from index.archive import Archive
from tests.torture import child
from tests.torture.checks import check_folder
from tests.torture.harness import CONTEXT, PATIENT
from tests.torture.stories import number_of, question_of, sentence_of, story, url_of, version_of

NUMBERS, VERSIONS = st.integers(0, 6), st.integers(1, 3)
SOME = st.lists(st.tuples(NUMBERS, VERSIONS), min_size=1, max_size=4)
EXAMPLES, STEPS = 5, 14


class ArchiveMachine(RuleBasedStateMachine):
    """`model` is what must be in the index: the version of each number."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.model = {}
        self.archive = self.other = self.pipe = None

    @initialize()
    def open(self):
        CONTEXT.set_forkserver_preload(["tests.torture.child"])
        self.archive = Archive(self.folder, child.ENCODER)

    @rule(some=SOME)
    def add(self, some):
        self.take_in(some, [result.outcome.value for result in self.archive.add(story(*one) for one in some)])

    @rule(some=SOME)
    def another_process_adds(self, some):
        self.take_in(some, self.ask_other("add", some))

    def take_in(self, some, outcomes):
        expected, known = [], dict(self.model)
        for number, version in some:
            before = known.get(number)
            expected.append("added" if before is None else "unchanged" if before == version else "replaced")
            known[number] = version
        assert sorted(outcomes) == sorted(expected)
        self.model = known

    @rule(number=NUMBERS)
    def remove(self, number):
        assert self.archive.remove(url_of(number)) == (self.model.pop(number, None) is not None)

    @rule(number=NUMBERS)
    def another_process_removes(self, number):
        assert self.ask_other("remove", [(number, 0)]) == [self.model.pop(number, None) is not None]

    @rule(number=NUMBERS)
    def ask(self, number):
        self.check_quotes(number, self.archive.ask(question_of(number)).quotes[:1])

    @rule(number=NUMBERS)
    def another_process_is_asked(self, number):
        self.check_quotes(number, self.ask_other("ask", [(number, 0)])[0])

    def check_quotes(self, number, quotes):
        texts = [quote.text for quote in quotes]
        if number in self.model:
            assert texts == [sentence_of(number, self.model[number])]
        else:
            assert all(quote.article.url != url_of(number) for quote in quotes)

    @rule(number=NUMBERS)
    def find_the_words(self, number):
        version = self.model.get(number, 1)
        urls = {
            match.quote.article.url for match in self.archive.find_quote(sentence_of(number, version)).matches
        }
        assert (url_of(number) in urls) == (number in self.model)

    @rule(some=SOME, delay=st.floats(0, 0.15))
    def another_process_crashes_while_it_adds(self, some, delay):
        self.crash(
            "add",
            some,
            {number: {version for n, version in some if n == number} for number, _ in some},
            delay,
        )

    @rule(number=NUMBERS, delay=st.floats(0, 0.05))
    def another_process_crashes_while_it_removes(self, number, delay):
        self.crash("remove", [(number, 0)], {number: {None}}, delay)

    def crash(self, what, some, may, delay):
        self.start_other()
        self.pipe.send((what, some))
        time.sleep(delay)
        self.kill_other()
        found = self.in_the_store()
        for number in {*self.model, *found}:
            assert found.get(number) in {self.model.get(number), *may.get(number, ())}
        self.model = found

    @rule()
    def reopen(self):
        self.archive.close()
        self.archive = Archive(self.folder, child.ENCODER)

    @rule()
    def open_beside_what_was_not_closed(self):
        self.archive = Archive(self.folder, child.ENCODER)

    @rule(full=st.booleans())
    def compact(self, full):
        assert self.archive.prune(full=full).articles == 0

    @rule()
    def save_a_snapshot(self):
        self.archive._indexes.vectors.save()

    @precondition(lambda self: self.other)
    @rule()
    def another_process_dies_at_rest(self):
        self.kill_other()

    @invariant()
    def the_store_is_the_model(self):
        if self.archive:
            assert self.in_the_store() == self.model

    def in_the_store(self):
        rows = self.archive._store.query("SELECT url FROM articles")
        return {number_of(url): version for (url,) in rows if (version := self.version(url))}

    def version(self, url):
        return version_of(self.archive.article(url))

    def start_other(self):
        if not self.other:
            self.pipe, theirs = CONTEXT.Pipe()
            self.other = CONTEXT.Process(target=child.serve, args=(theirs, str(self.folder)))
            self.other.start()
            theirs.close()

    def ask_other(self, what, some):
        self.start_other()
        self.pipe.send((what, some))
        assert self.pipe.poll(PATIENT)
        return self.pipe.recv()

    def kill_other(self):
        self.other.kill()
        self.other.join()
        self.pipe.close()
        self.other = None

    def teardown(self):
        if self.other:
            self.kill_other()
        if self.archive:
            self.archive.close()
            assert check_folder(self.folder, child.ENCODER) == self.model
        shutil.rmtree(self.folder)


def test_an_archive_keeps_to_a_plain_model_in_several_processes_and_through_crashes():
    run_state_machine_as_test(
        ArchiveMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
