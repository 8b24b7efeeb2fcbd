from index.encoding.encoder import bundled_model_path
from index.encoding.tokenizer import load_tokenizer


def test_a_model_has_one_tokenizer():
    assert load_tokenizer(bundled_model_path()) is load_tokenizer(bundled_model_path())


def test_texts_are_neither_cut_nor_padded():
    long, short = load_tokenizer(bundled_model_path()).encode_batch(["bridge " * 600, "bridge"])
    assert len(long.ids) == 602
    assert short.ids == [101, 2958, 102]
