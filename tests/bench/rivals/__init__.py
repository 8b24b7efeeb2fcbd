"""What a person would build otherwise, each in an environment of its own, asked the same questions."""
