"""Training of the reader: public sets first, then questions on news that people judged."""
