"""The command line: one module a command, and what it prints."""
