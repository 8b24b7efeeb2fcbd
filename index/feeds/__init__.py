"""Feeds: subscriptions, when to poll them, the crawler, the URL frontier and the queue into the archive."""
