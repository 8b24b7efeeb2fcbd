"""Subscriptions, the crawl of what they announce, and the way of its articles into the index."""
