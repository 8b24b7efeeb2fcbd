"""The checksums of tantivy's files: tantivy writes one at the end of each file of a segment, and reads none.

A file ends with a footer in JSON, which holds the CRC-32 of what comes before it, the footer's length and a magic number
(`directory/footer.rs` of tantivy; the same since its version 0.12).
"""

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

_END = struct.Struct("<II")  # the length of the footer, and the magic number
_MAGIC = 1337
_ATTEMPTS = 5  # while another process merges segments; judged


def checksums_hold(folder: Path) -> bool:
    """Return True if every file of the index in `folder` has its checksum, or there is no index yet.

    What a killed process left beside the index is not looked at. Raise OSError or ValueError when a file is missing or
    the list of segments cannot be read.
    """
    listed = folder / "meta.json"
    if not listed.exists():
        return True
    for _ in range(_ATTEMPTS):
        before = listed.read_bytes()
        try:
            return all(_checksum_holds(path) for path in _files(folder, before))
        except FileNotFoundError:
            if listed.read_bytes() == before:
                raise
    return True


def _files(folder: Path, listed: bytes) -> Iterator[Path]:
    """Yield the files of the segments that the index consists of. Raise ValueError or KeyError for a damaged list."""
    for segment in json.loads(listed)["segments"]:
        name, deletes = segment["segment_id"].replace("-", ""), segment["deletes"]
        parts = [path for path in folder.glob(f"{name}.*") if path.suffix != ".del"]
        yield from parts
        if not parts:
            raise FileNotFoundError(name)
        if deletes:
            yield folder / f"{name}.{deletes['opstamp']}.del"


def _checksum_holds(path: Path) -> bool:
    """Return True if a file has the checksum that its footer says."""
    content = path.read_bytes()
    if len(content) < _END.size:
        return False
    length, magic = _END.unpack(content[-_END.size :])
    body, footer = content[: -_END.size - length], content[-_END.size - length : -_END.size]
    return magic == _MAGIC and int(json.loads(footer)["crc"]) == zlib.crc32(body)
