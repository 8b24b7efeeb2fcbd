"""Measures of what follows would have posted, and of what they cost."""
