"""Feeds of every format: RSS, Atom, JSON Feed, sitemaps, and the pages and lists that lead to them."""
