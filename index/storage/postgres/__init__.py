"""The store's database on a server of PostgreSQL, 15 or newer."""
