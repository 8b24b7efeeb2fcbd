"""The measures, the data they are taken on, and the fitting of models."""
