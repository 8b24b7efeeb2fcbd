"""`python -m bot` is `verbatim`."""

from bot.cli.app import main

if __name__ == "__main__":  # the process that reads pages imports this file again
    main()
