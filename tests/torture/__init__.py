"""Torture: a real process at work on a data folder is killed at a random moment, again and again."""
