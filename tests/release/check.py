"""`make release-check`: builds wheel and sdist, installs them in a new folder, and runs the README's commands from them.

From the wheel: `verbatim demo`, in an environment with the locked versions. From the sdist, unpacked: `make demo` and
`make test`, in the environment that its own `make setup` makes. TESTS names the tests to run instead of the whole
suite. Nothing of the checkout is used but what was packed; the folder, some 5 GB, is removed at the end.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"
ANSWER = "Sources disagree. Reported by The Washington Post; denied by the Kremlin."
# What a wheel must hold besides code, and must not.
NEEDED = ("index/reader/network.onnx", "index/sample/articles.jsonl", "bot/texts/en.ftl", "bot/py.typed")
FOREIGN = ("tests/", "data/", ".env", "docs/", ".venv/")


def main() -> int:
    """Run all steps; return the exit code."""
    wheel, sdist = build()
    check_wheel(wheel)
    with tempfile.TemporaryDirectory(prefix="verbatim-release-") as folder:
        for check, packed in ((check_installed, wheel), (check_unpacked, sdist)):
            place = Path(folder, check.__name__)
            place.mkdir()
            check(packed, place)
    say(f"{wheel.name} and {sdist.name} run.")
    return 0


def build() -> tuple[Path, Path]:
    """Build wheel and sdist anew; the wheel is built from the sdist."""
    for old in (*DIST.glob("*.whl"), *DIST.glob("*.tar.gz")):
        old.unlink()
    run(ROOT, sys.executable, "-m", "uv", "build", "--no-build-isolation", "--out-dir", str(DIST), "--quiet")
    [wheel], [sdist] = DIST.glob("*.whl"), DIST.glob("*.tar.gz")
    return wheel, sdist


def check_wheel(wheel: Path) -> None:
    """Refuse a wheel that lacks data, or carries what is not its own."""
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    missing = [name for name in NEEDED if name not in names]
    foreign = [name for name in names if name.startswith(FOREIGN) or "__pycache__" in name]
    if missing or foreign:
        raise SystemExit(f"{wheel.name} lacks {missing} and should not hold {foreign}")


def check_installed(wheel: Path, place: Path) -> None:
    """Install the wheel beside the locked versions, and run the demo with nothing else there."""
    python = str(place / "venv" / "bin" / "python")
    run(place, sys.executable, "-m", "venv", "venv")
    run(
        place,
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "--requirement",
        str(ROOT / "requirements.txt"),
    )
    run(place, python, "-m", "pip", "install", "--quiet", str(wheel))
    expect_answer(run(place, str(place / "venv" / "bin" / "verbatim"), "demo"))


def check_unpacked(sdist: Path, place: Path) -> None:
    """Unpack the sdist and run both commands of the README in it."""
    with tarfile.open(sdist) as archive:
        archive.extractall(place, filter="data")
    [source] = place.iterdir()
    run(source, "make", "setup")
    expect_answer(run(source, "make", "demo"))
    tests = os.environ.get("TESTS", "").split()
    say(
        run(source, str(source / ".venv/bin/python"), "-m", "pytest", "-q", *tests).splitlines()[-1]
        if tests
        else run(source, "make", "test").splitlines()[-1]
    )


def expect_answer(printed: str) -> None:
    """Refuse a demo that does not answer."""
    if ANSWER not in printed:
        raise SystemExit(f"The demo does not answer:\n{printed}")


def run(place: Path, *command: str) -> str:
    """Run a command in a folder, without the settings and paths of the checkout; return what it printed."""
    say(f"{place.name}: {' '.join(command)}")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("VERBATIM_", "PYTHON", "MAKE", "MFLAGS", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        command, cwd=place, env=kept, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(
            f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-4000:]}{done.stderr[-4000:]}"
        )
    return done.stdout


def say(line: str) -> None:
    """Print a line of progress at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
