"""The connection to Discord: commands, interactions, messages, locales."""
