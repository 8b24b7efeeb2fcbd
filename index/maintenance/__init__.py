"""What is kept and what is pruned; figures about the index."""
