"""Maintenance: how long articles are kept, removing the others, and figures about the index."""
