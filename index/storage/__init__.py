"""Storage: the SQLite database, the one source of truth that every index is derived from."""
