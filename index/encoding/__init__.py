"""Texts into vectors: the encoder, its backends, and the adapter of queries."""
