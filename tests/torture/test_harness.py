"""The torture in short: a process is killed twenty times. `make torture` does so two hundred times."""

import shutil

from tests.torture.harness import DEEDS, Torture

ROUNDS = 20
SEED = 20_240


def test_a_folder_whose_process_is_killed_again_and_again_loses_nothing_and_opens(tmp_path):
    torture = Torture(tmp_path, SEED)
    assert len(list(torture.run(ROUNDS))) == ROUNDS
    assert set(torture.kills) >= set(DEEDS) - {"add", "replace", "snapshot"}  # which give way to pruning
    shutil.rmtree(tmp_path)
