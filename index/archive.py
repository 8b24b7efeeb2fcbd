"""The door: everything the bot may know of the news goes through `Archive`."""
