"""What a real browser highlights when a link to a sentence is opened on a real page."""
