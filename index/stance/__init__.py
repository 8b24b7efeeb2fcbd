"""What a sentence does to a claim: reports it, denies it, withholds comment, or none of these."""
