"""Names for the numpy array types that modules hand to each other; shapes are said where an array is used."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]  # scores, similarities, features, vectors
HalfArray = NDArray[np.float16]  # vectors as the store keeps them
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
ByteArray = NDArray[np.uint8]  # codes, or bits that are tested with "&"
NumberArray = NDArray[Any]  # numbers of any dtype, which whoever receives them converts

SentenceIds = IntArray  # the numbers under which the store keeps sentences; they only grow
TermHashes = NDArray[np.uint32]  # stems, as `index.retrieval.lexer.term_hash` maps them
