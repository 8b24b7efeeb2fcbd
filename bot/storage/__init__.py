"""bot.db: answers behind buttons, follows, settings, feedback."""
