"""Measures of quality, the data they are taken on, and the fitting of the models."""
