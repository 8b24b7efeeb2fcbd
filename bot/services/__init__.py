"""What the cogs share: questions put to the index, follows, conversations, dates."""
