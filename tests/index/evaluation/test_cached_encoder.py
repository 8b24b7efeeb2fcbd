import numpy as np

from index.evaluation.cached_encoder import CachedEncoder


class CountingEncoder:
    fingerprint = "test:1"
    dimensions = 4

    def __init__(self):
        self.encoded = []

    def encode(self, texts):
        self.encoded += texts
        return np.array([[len(text), 0, 1 / 3, 1] for text in texts], dtype=np.float32)


def test_a_vector_is_the_same_the_first_time_as_when_it_is_found(tmp_path):
    cached = CachedEncoder(CountingEncoder(), tmp_path)
    first, again = cached.encode(["ab"]), cached.encode(["ab"])
    cached.close()
    assert first.tolist() == again.tolist()
    assert first[0, 2] != np.float32(1 / 3)


def test_a_text_is_encoded_once_also_by_a_second_cache(tmp_path):
    encoder = CountingEncoder()
    for _ in range(2):
        cached = CachedEncoder(encoder, tmp_path)
        vectors = cached.encode(["ab", "abc", "ab"])
        cached.close()
        assert vectors.dtype == np.float32
        assert vectors[:, 0].tolist() == [2, 3, 2]
    assert sorted(set(encoder.encoded)) == ["ab", "abc"]
    assert len(encoder.encoded) <= 3


def test_encoders_do_not_share_a_cache(tmp_path):
    first, second = CountingEncoder(), CountingEncoder()
    second.fingerprint = "test:2"
    for encoder in (first, second):
        cached = CachedEncoder(encoder, tmp_path)
        cached.encode(["ab"])
        cached.close()
    assert second.encoded == ["ab"]


def test_lone_surrogates_can_be_cached(tmp_path):
    cached = CachedEncoder(CountingEncoder(), tmp_path)
    assert cached.encode(["\ud83d"]).shape == (1, 4)
    assert cached.encode([]).shape == (0, 4)
    cached.close()
