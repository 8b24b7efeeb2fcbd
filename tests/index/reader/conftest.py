"""What tests of the reader share: the bundled tokenizer, and a network that was not trained."""

import pytest
import torch

from index.encoding.encoder import bundled_model_path
from index.encoding.tokenizer import load_tokenizer
from index.reader.training.network import ReaderNetwork


@pytest.fixture(scope="package")
def tokenizer():
    """The bundled encoder's tokenizer, as the reader uses it."""
    return load_tokenizer(bundled_model_path())


@pytest.fixture(scope="package")
def network():
    """A network whose heads are drawn, with larger weights than at the start of a training: scores differ."""
    torch.manual_seed(3)
    drawn = ReaderNetwork(bundled_model_path()).eval()
    with torch.no_grad():
        for head in (drawn.answer_head, drawn.stance_head):
            head.weight.mul_(2)
    return drawn
