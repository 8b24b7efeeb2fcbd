import numpy as np
import torch

from index.encoding.encoder import bundled_model_path
from index.reader.embeddings import TokenEmbeddings
from index.reader.pair_tokenizer import PairTokenizer
from index.reader.passage import Passage

PASSAGE = Passage("Ada Fenn won the race on Monday.", "The race of Norwick", "It rained.")


def test_the_sums_are_those_of_transformers(tokenizer, network):
    [(ids, second)] = PairTokenizer(tokenizer).encode("Who won the race?", [PASSAGE])
    parts = network.bert.embeddings
    types = torch.tensor([0] * second + [1] * (len(ids) - second))
    with torch.no_grad():
        expected = parts.word_embeddings(torch.from_numpy(ids)) + parts.token_type_embeddings(types)
        expected += parts.position_embeddings(torch.arange(len(ids)))
    embedded = TokenEmbeddings(bundled_model_path() / "model.safetensors").embed(ids, second)
    assert embedded.dtype == np.float32
    np.testing.assert_allclose(embedded, expected.numpy(), atol=1e-6)


def test_embedding_twice_gives_the_same():
    embeddings = TokenEmbeddings(bundled_model_path() / "model.safetensors")
    ids = np.array([101, 2040, 102, 2014, 102])
    first = embeddings.embed(ids, 3)
    assert np.array_equal(first, embeddings.embed(ids, 3))
    assert not np.array_equal(first, embeddings.embed(ids, 4))
