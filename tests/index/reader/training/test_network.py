import torch

IDS = torch.tensor([[101, 2040, 102, 2014, 102, 0, 0], [101, 2040, 102, 2014, 2180, 2180, 102]])
TYPES = torch.tensor([[0, 0, 0, 1, 1, 0, 0], [0, 0, 0, 1, 1, 1, 1]])
MASK = torch.tensor([[1, 1, 1, 1, 1, 0, 0], [1, 1, 1, 1, 1, 1, 1]])


def test_padding_changes_no_output(network):
    with torch.no_grad():
        answer, stance = network(IDS, TYPES, MASK)
        alone, stance_alone = network(IDS[:1, :5], TYPES[:1, :5], MASK[:1, :5])
    assert (answer.shape, stance.shape) == ((2,), (2, 4))
    torch.testing.assert_close(answer[:1], alone, atol=1e-4, rtol=0)
    torch.testing.assert_close(stance[:1], stance_alone, atol=1e-4, rtol=0)


def test_the_embeddings_are_the_encoders_own_and_stay():
    from index.encoding.encoder import bundled_model_path
    from index.reader.training.network import ReaderNetwork

    fresh = ReaderNetwork(bundled_model_path())
    assert not any(one.requires_grad for one in fresh.bert.embeddings.parameters())
    assert all(one.requires_grad for one in fresh.bert.encoder.parameters())
    names = fresh.trained_state()
    assert {"answer_head.weight", "stance_head.bias"} <= names.keys()
    assert not any(name.startswith("bert.embeddings") for name in names)
    assert any(name.startswith("bert.encoder.layer.5") for name in names)


def test_the_lowest_layers_are_held_still_and_set_free_again(network):
    def trained_layers():
        return [
            number
            for number, layer in enumerate(network.bert.encoder.layer)
            if all(weights.requires_grad for weights in layer.parameters())
        ]

    network.hold_still(3)
    assert trained_layers() == [3, 4, 5]
    network.hold_still(0)
    assert trained_layers() == [0, 1, 2, 3, 4, 5]
