"""Load the reader that the settings name."""

from importlib.resources import files
from pathlib import Path

from index.encoding.encoder import bundled_model_path
from index.reader.cross_encoder import CrossEncoderReader, Scale, read_scale
from index.reader.reader import Reader

NO_READER = "none"


def load_reader(name: str | None, folder: Path) -> Reader | None:
    """Return the reader that comes with Verbatim; None for the name "none".

    Any other name is that of a CrossEncoder of sentence-transformers, whose scale is kept in the data folder
    `folder`. Raise BrokenIndex when none was fitted for it.
    """
    if name == NO_READER:
        return None
    if name:
        return cross_encoder_reader(name, read_scale(folder, name))
    return bundled_reader()


def bundled_reader() -> Reader:
    """Return the reader that comes with Verbatim."""
    return Reader(bundled_network(), bundled_model_path())


def cross_encoder_reader(name: str, scale: Scale) -> CrossEncoderReader:
    """Return a reader with the model `name`, a name or path, in the place of our answering head."""
    return CrossEncoderReader(bundled_network(), bundled_model_path(), name, scale)


def bundled_network() -> Path:
    """Return the file of the network that comes with Verbatim."""
    return Path(str(files("index.reader") / "network.onnx"))
