"""Made-up questions whose answers are known, to fit models on."""

import numpy as np

from index.evaluation.news_qa import RankingCase, fold_of
from index.ranking.features import FEATURE_NAMES

WIDE = 16  # dimensions of a vector


def unit(rows):
    return rows / np.linalg.norm(rows, axis=-1, keepdims=True)


def made_up(count, kind="q", answerable=True, seed=0):
    """Questions whose answer lies where the question's vector points when its halves change places."""
    random = np.random.default_rng(seed)
    cases = []
    for place in range(count):
        query = unit(random.normal(size=WIDE)).astype(np.float32)
        vectors = unit(random.normal(size=(12, WIDE))).astype(np.float32)
        vectors[3] = unit(np.roll(query, WIDE // 2) + 0.1 * random.normal(size=WIDE))
        matrix = random.uniform(size=(12, len(FEATURE_NAMES))).astype(np.float32) * 0.2
        relevant = np.zeros(12, dtype=np.bool_)
        if answerable:
            matrix[3, FEATURE_NAMES.index("covered")] = 0.9
            relevant[3] = True
        number = f"{kind}{place}"
        articles = tuple(range(12))
        cases.append(
            RankingCase(
                number,
                fold_of(number),
                query,
                matrix,
                relevant,
                vectors.astype(np.float16),
                articles,
                np.ones(12, dtype=np.bool_),
            )
        )
    return cases
