"""The people: questions in, cards out. The news is reached only through `index.archive.Archive`."""
