"""The news: articles in, answers out. Nothing here knows of Discord."""
