"""Two bots and two fetchers on one PostgreSQL whose primary is killed, as people see it: `make cluster`."""
