"""What is done for a release: the locked packages looked up in advisories, and the list of what it runs on."""
