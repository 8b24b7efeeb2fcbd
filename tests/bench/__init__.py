"""How quick and how small Verbatim is, as ratios to what cannot be done without. No test asserts any of it."""
