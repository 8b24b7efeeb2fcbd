"""A crowd on the local Discord for an hour: `python -m tests.soak --help`."""
