"""`make audit`: known weaknesses of the locked packages, where an advisory service can be reached.

It leaves with 1 when a package has one, with 0 when none has, or when nothing could be asked: it says which.
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
TIME_LIMIT = 300  # seconds


def main() -> int:
    """Audit each lock; return the exit code."""
    return max(audited(name) for name in LOCKS)


def audited(name: str, command: tuple[str, ...] = (sys.executable, "-m", "pip_audit")) -> int:
    """Audit one lock, print what was found, and return the exit code."""
    options = ("--requirement", str(ROOT / name), "--disable-pip", "--no-deps", "--require-hashes")
    try:
        done = subprocess.run(
            [*command, *options, "--format", "json", "--progress-spinner", "off"],
            capture_output=True, text=True, timeout=TIME_LIMIT, check=False,
        )  # fmt: skip
        packages = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError):
        packages = []
    unknown = sum("skip_reason" in package for package in packages)
    if unknown == len(packages):  # the service does not answer, or knows none of them
        sys.stdout.write(f"{name}: no advisory service could be reached; nothing was checked.\n")
        return 0
    weak = [(package, one) for package in packages for one in package.get("vulns", ())]
    for package, one in weak:
        fixed = ", ".join(one["fix_versions"]) or "no version yet"
        found = f"{package['name']} {package['version']}: {one['id']}, mended in {fixed}"
        sys.stdout.write(f"{name}: {found}\n")
    rest = f"; {unknown} could not be checked" if unknown else ""
    checked = len(packages) - unknown
    sys.stdout.write(f"{name}: {checked} packages checked, {len(weak)} known weaknesses{rest}.\n")
    return int(bool(weak))


if __name__ == "__main__":
    sys.exit(main())
