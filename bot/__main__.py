"""`python -m bot` is `verbatim`."""

from bot.cli import main

main()
