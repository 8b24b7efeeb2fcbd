"""One file per thing a person can do; each is a cog that `bot.client` adds."""
