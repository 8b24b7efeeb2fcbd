"""Answers: which quotes are shown, in which groups, with which links."""
