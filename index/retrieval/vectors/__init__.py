"""Many vectors: segments of them, the lists that a search of millions looks into, and the files of a snapshot."""
