"""Text and its units: cleaning, dates, languages, sentences, tokens, word lists."""
