"""What tests of the encoders share."""

import pytest

from index.encoding import openvino_session
from index.encoding.openvino_session import NoBfloat16Error


@pytest.fixture
def bf16(models):
    """Skip the test where the network cannot be run in bf16."""
    try:
        openvino_session._compile(next(models.glob("*.onnx")))
    except NoBfloat16Error:
        pytest.skip("OpenVINO is not installed, or this processor does not compute in bf16")
