"""The tests. `discord_server/` is a local Discord, the other folders mirror the packages."""
