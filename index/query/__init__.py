"""What a question asks: its kind of answer, its filters, what it leans on."""
