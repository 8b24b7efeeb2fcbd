import pytest

from index.errors import BrokenIndex
from index.reader.cross_encoder import CrossEncoderReader, Scale, write_scale
from index.reader.load import load_reader
from index.reader.reader import Reader


def test_the_settings_name_a_reader(tmp_path):
    assert load_reader("none", tmp_path) is None
    assert type(load_reader(None, tmp_path)) is Reader
    with pytest.raises(BrokenIndex, match=r"not calibrated.*verbatim eval --fit"):
        load_reader("their/model", tmp_path)
    write_scale(tmp_path, "their/model", Scale(0.5, 0.25))
    other = load_reader("their/model", tmp_path)
    assert isinstance(other, CrossEncoderReader)
    assert other.scale == Scale(0.5, 0.25)
