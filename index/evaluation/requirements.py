"""What long work needs, looked for before it begins."""

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from index.errors import VerbatimError


def check_requirements(
    work: str, libraries: Iterable[str], data: Path, names: Iterable[str], kind: str
) -> None:
    """Raise VerbatimError when `work` lacks libraries, or the folder `data` of `kind` data some files or folders."""
    absent = [name for name in libraries if find_spec(name) is None]
    if absent:
        raise VerbatimError(f"{work} needs {', '.join(absent)}: pip install 'verbatim-news[eval]'")
    missing = [name for name in names if not (data / name).exists()]
    if missing:
        raise VerbatimError(f"{data} lacks {', '.join(missing)}; name the folder of {kind} data with --data.")
