"""What an audit says of what the advisory service answers, or does not."""

import json
import sys

import pytest

from tests.release.audit import audited

FINE = {"name": "a", "version": "1.0", "vulns": []}
WEAK = {"name": "b", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
UNMENDED = {"name": "c", "version": "3.0", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]}
SKIPPED = {"name": "d", "skip_reason": "not found"}


def answering(packages, code):
    """Return a command that answers as pip-audit does, whatever it is asked."""
    body = json.dumps({"dependencies": packages}) if packages is not None else ""
    return (sys.executable, "-c", f"import sys; print({body!r}); sys.exit({code})")


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([FINE, FINE], 0, "lock.txt: 2 packages checked, 0 known weaknesses."),
        ([FINE, WEAK], 1, "lock.txt: b 2.0: PYSEC-1, mended in 2.1"),
        ([UNMENDED], 1, "lock.txt: c 3.0: PYSEC-2, mended in no version yet"),
        ([FINE, SKIPPED], 0, "1 packages checked, 0 known weaknesses; 1 could not be checked."),
    ],
)
def test_weaknesses_are_told(capsys, packages, code, said):
    assert audited("lock.txt", answering(packages, code)) == code
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(("packages", "code"), [(None, 1), ([SKIPPED, SKIPPED], 0)])
def test_a_service_out_of_reach_stops_nothing_and_is_told(capsys, packages, code):
    assert audited("lock.txt", answering(packages, code)) == 0
    assert "no advisory service could be reached; nothing was checked" in capsys.readouterr().out
