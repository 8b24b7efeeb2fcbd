"""Fits of everything that `verbatim eval --fit` and `verbatim train` learn: trees, adapters, chances."""
