"""`verbatim train` without the training: what it writes, prints and keeps."""

import pytest
from typer.testing import CliRunner

from bot.cli import train
from bot.cli.app import app
from bot.cli.train import run_train
from bot.config import Settings
from index import VerbatimError
from index.evaluation.train import TrainResult


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout with both folders to write to, and a training that takes no time."""
    monkeypatch.chdir(tmp_path)
    for target in (train.NETWORK_FILE, train.CHANCES_FILE):
        target.parent.mkdir(parents=True)

    def no_training(settings, log):
        log(f"steps in {settings.folder}")
        network = settings.folder / "network.onnx"
        network.write_bytes(b"network")
        return TrainResult(network, '{"claims": {}}\n', {"claims: answerable AUC": 0.875})

    monkeypatch.setattr(train, "run_training", no_training)
    return tmp_path


def test_the_results_are_written_into_the_checkout_and_the_figures_printed(checkout, capsys):
    assert run_train(Settings(data=checkout), checkout / "data", checkout / "kept") == 0
    assert (checkout / "index/reader/network.onnx").read_bytes() == b"network"
    assert (checkout / "index/ranking/chances.json").read_text() == '{"claims": {}}\n'
    printed = capsys.readouterr()
    assert "claims: answerable AUC" in printed.out
    assert "0.8750" in printed.out
    assert "steps in" in printed.err


def test_every_run_is_added_to_the_log(checkout):
    for _ in range(2):
        run_train(Settings(data=checkout), checkout / "data", checkout / "kept")
    lines = (checkout / "kept" / "train.log").read_text().splitlines()
    assert len(lines) == 8
    assert "training on" in lines[0]
    assert lines[2].endswith("claims: answerable AUC 0.8750")


def test_outside_of_a_checkout_nothing_is_begun(checkout):
    (checkout / "index/ranking").rmdir()
    with pytest.raises(VerbatimError, match="checkout"):
        run_train(Settings(data=checkout), checkout / "data", checkout / "kept")
    assert not (checkout / "kept").exists()


def test_data_that_are_missing_are_told_in_words(checkout, monkeypatch):
    def missing(settings, log):
        raise VerbatimError("It lacks everything.")

    monkeypatch.setattr(train, "run_training", missing)
    result = CliRunner().invoke(app, ["train", "--data", "nowhere", "--folder", "kept"])
    assert str(result.exception) == "It lacks everything."
    assert not train.NETWORK_FILE.exists()


def test_the_folders_have_defaults(checkout, monkeypatch):
    seen = []
    monkeypatch.setattr(train, "run_train", lambda settings, data, folder: seen.append((data, folder)) or 0)
    assert CliRunner().invoke(app, ["train"]).exit_code == 0
    assert [tuple(map(str, folders)) for folders in seen] == [("../shared/train", "data/reader")]
