"""What the cogs share: queries to the archive, follows, conversations, dates, the pruning task."""
