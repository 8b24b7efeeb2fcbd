"""What runs on the faulty disk: articles are put in, asked about and taken out while writes fail, and afterwards.

`python -m tests.torture.faulty_disk FOLDER ERRNO` prints, as JSON, what was told in words. Any other exception ends it.
"""

import ctypes
import errno
import json
import logging
import random
import sys
from pathlib import Path

import structlog

from index.archive import Archive
from index.encoding.encoder import load_encoder
from index.errors import VerbatimError
from tests.conftest import MODELS
from tests.torture.checks import check_answers, check_indexes, check_store
from tests.torture.stories import number_of, question_of, sentence_of, story, url_of, version_of

AFTER = (0, 1, 3, 8, 21)  # writes that pass before the first that fails
NUMBERS = range(6)


class FaultyDisk:
    """An archive whose disk fails; `told` are the texts of errors, `state` the version of each article."""

    def __init__(self, folder: Path, error: int) -> None:
        self.disk = ctypes.CDLL(None)
        self.error = error
        self.encoder = load_encoder(None, MODELS)
        self.archive = Archive(folder, self.encoder)
        self.folder = folder
        self.told: list[str] = []
        self.archive.add([story(number, 1) for number in NUMBERS])
        self.state = dict.fromkeys(NUMBERS, 1)

    def run(self) -> None:
        for version, after in enumerate(AFTER, 2):
            self.disk.fail_writes(self.error, ctypes.c_long(after))
            self.attempt(
                lambda version=version: self.archive.add([story(number, version) for number in NUMBERS])
            )
            self.read_what_is_there()
            self.attempt(lambda: self.archive.remove(url_of(0)))
            self.attempt(lambda: self.archive.prune(full=True))
            self.attempt(lambda: self.archive._indexes.vectors.save())
            self.attempt(lambda: Archive(self.folder, self.encoder).close())
            self.disk.fail_writes(0, ctypes.c_long(0))
            self.archive.add([story(7 + version, 1)])  # all is well again
            self.check()
        self.disk.fail_writes(self.error, ctypes.c_long(0))
        self.archive.close()
        self.disk.fail_writes(0, ctypes.c_long(0))
        self.archive = Archive(self.folder, self.encoder)
        self.check()
        self.disk.fail_reads(errno.EIO)
        self.attempt(lambda: self.archive.find_quote(sentence_of(1, 1)))
        self.disk.fail_reads(0)
        self.check()

    def attempt(self, deed) -> None:
        """Do what may fail, but only in words."""
        try:
            deed()
        except (VerbatimError, OSError) as error:
            self.told.append(str(error))

    def read_what_is_there(self) -> None:
        """Questions are answered while nothing can be written, from what is committed."""
        for number in list(NUMBERS)[1:3]:
            [quote] = self.archive.ask(question_of(number)).quotes[:1]
            assert quote.text == sentence_of(number, version_of(quote.article)), number

    def check(self) -> None:
        check_store(self.archive._store)
        stored = [one.article for one in self.archive.stored_articles().values()]
        check_indexes(self.archive)
        check_answers(self.archive, {number_of(one.url): version_of(one) for one in stored}, random.Random(0))


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    disk = FaultyDisk(Path(sys.argv[1]), int(sys.argv[2]))
    disk.run()
    print(json.dumps(disk.told))  # noqa: T201
