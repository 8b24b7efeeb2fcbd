"""Whom an article reports as saying a sentence."""
