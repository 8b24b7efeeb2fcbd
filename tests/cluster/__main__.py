"""`python -m tests.cluster`: in two minutes, what people see while a primary is killed and a replica takes its place."""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from index.encoding.encoder import load_encoder
from tests.cluster.people import Transcript
from tests.cluster.story import story
from tests.conftest import MODELS

USUAL_SECONDS = 165  # for everything but making the encoder ready, which takes ten seconds once
LAST_LINES = 5  # of each log that are shown after a failure


def main() -> int:
    """Print the transcript and a summary; return 1 if a question was lost or anything else was not in order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--within",
        type=float,
        default=USUAL_SECONDS,
        metavar="SECONDS",
        help="end after so many, in any case",
    )
    asked = parser.parse_args()
    load_encoder(None, MODELS)
    transcript = Transcript()
    with tempfile.TemporaryDirectory() as folder:
        try:
            wrong = asyncio.run(_within(asked.within, Path(folder), transcript))
        except Exception as error:  # noqa: BLE001 - whatever it was is said
            wrong = list(_causes(error))
        if wrong:
            print("\n".join(_ends_of_logs(Path(folder))))  # noqa: T201
    print("\n".join(_summary(transcript, wrong)))  # noqa: T201
    return 1 if wrong else 0


async def _within(seconds: float, folder: Path, transcript: Transcript) -> list[str]:
    try:
        async with asyncio.timeout(seconds) as limit:
            return await story(folder, transcript)
    except TimeoutError:
        if limit.expired():
            return [f"it was not over after {seconds:.0f} s"]
        raise


def _causes(error):
    """Say what went wrong, of everything that did."""
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _causes(one)
    else:
        yield f"{type(error).__name__}: {error}"


def _ends_of_logs(folder):
    for log in sorted(folder.glob("*.log")):
        yield f"--- the end of {log.name}"
        yield from log.read_text("utf-8", errors="replace").splitlines()[-LAST_LINES:]


def _summary(transcript, wrong):
    counts = transcript.counts
    yield f"{counts['asked']} questions: {counts['answered']} answered, {counts['old news']} of them while no news came in"
    yield (
        f"{counts['pressed']} buttons: {counts['shown']} showed what was wanted, {counts['noted']} noted a thumb, "
        f"{counts['not saved']} said that nothing can be saved"
    )
    yield f"lost: {transcript.lost}"
    yield f"NOT in order: {'; '.join(wrong)}" if wrong else f"in order, after {transcript.seconds:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
