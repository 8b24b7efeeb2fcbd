"""Which language a text is in."""

SURE = 300  # characters; less is too little to tell by
LOOKED_AT = 2_000  # characters


def language_of(text: str) -> str | None:
    """Return the ISO 639-1 code of a text's language; None when it is too short to tell.

    The text says it more often right than the template it sits in.
    """
    if len(text) < SURE:
        return None
    import py3langid  # here: its model takes half a second to load

    return str(py3langid.classify(text[:LOOKED_AT])[0])
