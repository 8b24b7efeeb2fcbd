"""The order of candidates, and whether any of them answers."""
