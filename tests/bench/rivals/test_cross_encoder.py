"""What rivals are given to read with is what Verbatim reads with."""

from copy import deepcopy
from itertools import product

import numpy as np
import pytest
import torch
from sentence_transformers import CrossEncoder

from index.encoding.encoder import bundled_model_path
from index.reader.load import bundled_network, bundled_reader
from index.reader.passage import Passage
from tests.bench.rivals.cross_encoder import TOKENS, export_cross_encoder

QUESTIONS = ["Did the bridge in Norwick close?", "What does wheat cost?"]
PASSAGES = [
    Passage("The harbour bridge in Norwick closed on Monday.", "Bridge closed", "Engineers found cracks."),
    Passage(
        "The mayor denied that the bridge was closed, saying that it stays open until engineers look at it."
    ),
    Passage("Wheat prices rose by nine percent in October.", "Wheat"),
    Passage("No."),
]


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The exported model, loaded as a user of sentence-transformers loads it."""
    folder = export_cross_encoder(
        bundled_network(), bundled_model_path(), tmp_path_factory.mktemp("exported")
    )
    with pytest.MonkeyPatch.context() as patched:
        modules = tmp_path_factory.mktemp("modules")
        patched.setattr("transformers.dynamic_module_utils.HF_MODULES_CACHE", str(modules))
        patched.syspath_prepend(modules)
        yield CrossEncoder(
            str(folder), device="cpu", trust_remote_code=True, activation_fn=torch.nn.Identity()
        )


def pairs():
    """Each question with each passage, joined as the reader's own layout joins them."""
    for question, passage in product(QUESTIONS, PASSAGES):
        yield question, " [SEP] ".join(filter(None, passage))


def ours():
    """The log odds that our reader gives for the pairs."""
    return np.concatenate([bundled_reader().read(question, PASSAGES).answer for question in QUESTIONS])


def in_one_byte(_module, given):
    """Round what goes into a matrix as the network does: to one byte, with one scale for all of it."""
    (whole,) = given
    low, high = min(whole.min().item(), 0.0), max(whole.max().item(), 0.0)
    scale = (high - low) / 255
    zero = round(-low / scale)
    return (((whole / scale).round() + zero).clamp(0, 255) - zero) * scale


def test_it_reads_as_ours_does_with_the_same_rounding(exported):
    """In double precision: a last bit of single precision, which processors add differently, decides for other bytes."""
    rounding = deepcopy(exported).double()
    for module in rounding.modules():
        if isinstance(module, torch.nn.Linear):
            module.register_forward_pre_hook(in_one_byte)
    given = [rounding.predict([pair], show_progress_bar=False)[0] for pair in pairs()]
    assert np.ptp(given) > 5  # else the comparison says nothing
    np.testing.assert_allclose(given, ours(), atol=1e-2)


def test_in_single_precision_and_in_a_batch_it_ranks_alike(exported):
    given = exported.predict(list(pairs()), show_progress_bar=False)
    np.testing.assert_allclose(given, ours(), atol=0.5)
    for at in range(0, len(given), len(PASSAGES)):
        few = slice(at, at + len(PASSAGES))
        assert np.argmax(given[few]) == np.argmax(ours()[few])


def test_it_needs_no_more_tokens_than_it_has_positions(exported):
    assert exported.max_seq_length == TOKENS
    long = exported.predict([(QUESTIONS[0], "The bridge closed. " * 400)], show_progress_bar=False)
    assert np.isfinite(long).all()
