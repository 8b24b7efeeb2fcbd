"""`verbatim train`: the reader's network and the chances of what it reads, written into the checkout."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from bot.cli.open_archive import log_warnings, models_folder, require_checkout, stderr_console, stdout_console
from bot.config import Settings
from index.evaluation.train import TrainSettings, run_training

NETWORK_FILE = Path("index/reader/network.onnx")
CHANCES_FILE = Path("index/ranking/chances.json")
LOG_FILE = "train.log"


class TrainingLog:
    """Lines for the owner, on the screen and at the end of a file, with the time before them."""

    def __init__(self, path: Path) -> None:
        self._path, self._console = path, stderr_console()

    def show(self, line: str) -> None:
        """Print a line, and keep it."""
        self._console.print(line, markup=False, soft_wrap=True)
        self.write(line)

    def write(self, line: str) -> None:
        """Keep a line."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {line}\n")


def run_train(settings: Settings, data: Path, folder: Path) -> int:
    """Train on `data`, keeping in `folder` what a later run goes on from; write the results, print the figures.

    Raise VerbatimError outside of a checkout, or when data or a library are missing.
    """
    require_checkout((NETWORK_FILE, CHANCES_FILE), "train")
    log_warnings()
    folder.mkdir(parents=True, exist_ok=True)
    log = TrainingLog(folder / LOG_FILE)
    log.show(f"training on {data}")
    result = run_training(TrainSettings(data, folder, models_folder(settings)), log.show)
    shutil.copyfile(result.network, NETWORK_FILE)
    CHANCES_FILE.write_text(result.chances, "utf-8")
    table = Table("Measure", "Figure", box=None, padding=(0, 2, 0, 0))
    for name, figure in result.figures.items():
        table.add_row(name, f"{figure:.4f}")
        log.write(f"{name} {figure:.4f}")
    stdout_console().print(table)
    log.show(f"wrote {NETWORK_FILE} and {CHANCES_FILE}")
    return 0
