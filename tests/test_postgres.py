"""Tests for the server that other tests run on."""

import subprocess

import pytest

from tests.postgres import copy_programs, programs


@pytest.mark.parametrize("program", ["initdb", "postgres"])
def test_programs_run_where_they_are_copied_to(tmp_path, program):
    copied = copy_programs(programs(), tmp_path / "programs")
    done = subprocess.run([copied / "bin" / program, "--version"], capture_output=True, text=True, check=True)
    assert "PostgreSQL" in done.stdout
