"""A full disk, a read-only folder, a disk with errors: told in words, nothing lost, and all is well when it is over."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

SOURCE = Path(__file__).with_name("faulty_disk.c")


@pytest.fixture(scope="session")
def faulty_disk(tmp_path_factory):
    """The library that makes a disk fail."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("a C compiler on Linux is needed to make a disk fail")
    library = tmp_path_factory.mktemp("disk") / "faulty_disk.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-w", "-o", library, SOURCE, "-ldl"], check=True)
    return library


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS], ids=errno.errorcode.get)
def test_a_failing_disk_is_told_in_words_and_loses_nothing(tmp_path, models, faulty_disk, error):
    folder = tmp_path / "data"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.faulty_disk", str(folder), str(error)],
        cwd=REPOSITORY,
        env={**os.environ, "LD_PRELOAD": str(faulty_disk), "FAULTY_FOLDER": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert len(told) > 6  # it did fail
    assert sum("look whether the disk is full" in one for one in told) > 3
