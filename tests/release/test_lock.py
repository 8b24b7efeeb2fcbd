"""The locks hold all that the package needs, by hashes, and name no index."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.conftest import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
DIRECT = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
LOCKS = {
    "requirements.txt": DIRECT,
    "requirements-dev.txt": [*DIRECT, *EXTRAS["dev"], *EXTRAS["eval"], *PROJECT["build-system"]["requires"]],
}


def entries(name):
    """Return the lock's entries: each requirement with its hashes, as one line."""
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return "\n".join(lines).replace("\\\n", "").splitlines()


def versions(name):
    """Return the locked versions of each package; of some there is one for each range of Python's versions."""
    locked = {}
    for entry in entries(name):
        requirement = Requirement(entry.split("--hash")[0])
        [pin] = requirement.specifier
        locked.setdefault(canonicalize_name(requirement.name), []).append(Version(pin.version))
    return locked


@pytest.mark.parametrize("name", [*LOCKS, "requirements-image.txt"])
def test_every_entry_is_a_version_with_hashes_and_no_address(name):
    for entry in entries(name):
        assert re.fullmatch(r"[\w.-]+==[\w.]+(?: ; [^-]+?)?(?:\s+--hash=sha256:[0-9a-f]{64})+", entry), entry[
            :80
        ]
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    assert not re.search(r"://|^\s*-(?!-hash)|@ ", text, re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_what_the_package_asks_for_is_locked_in_a_version_it_takes(name):
    locked = versions(name)
    for line in LOCKS[name]:
        wanted = Requirement(line)
        if wanted.name in {"torch", "verbatim-news"}:  # torch comes in builds for CPUs and GPUs
            continue
        found = locked.get(canonicalize_name(wanted.name))
        assert found, f"{wanted.name} is not locked: make lock UPGRADE="
        assert all(wanted.specifier.contains(version) for version in found), f"{line}: make lock UPGRADE="


def test_torch_is_pinned_beside_the_lock_and_no_gpu_library_is_in_it():
    for name in LOCKS:
        assert not [one for one in versions(name) if re.match(r"torch|nvidia|cuda|triton", one)]
    [torch] = [Requirement(line) for line in DIRECT if line.startswith("torch==")]
    [told] = PROJECT["tool"]["uv"]["dependency-metadata"]
    assert str(torch.specifier) == f"=={told['version']}"


def test_both_locks_agree():
    run, dev = versions("requirements.txt"), versions("requirements-dev.txt")
    assert run.keys() <= dev.keys()
    assert all(dev[package] == found for package, found in run.items())


def test_make_sets_up_from_the_lock():
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    assert "--no-deps --require-hashes --requirement requirements-dev.txt" in makefile
    assert "requirements.txt" in (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
