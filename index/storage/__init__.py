"""The SQLite store: the truth that every index is derived from."""
