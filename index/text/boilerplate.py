"""Tell sentences from the rest of a page's text: teasers, credits, bylines, notices of the publisher."""

from index.text.boilerplate_patterns import (
    BYLINE,
    CONTACT_ADDRESS,
    CREDIT_START,
    DETERMINER,
    ENCLOSED_CREDIT,
    FINITE_VERB,
    GLUED_LABEL,
    HEADING_START,
    INNER_CREDIT,
    INSTRUCTION,
    LABEL,
    LEADING_MARKS,
    LETTER_WORD,
    NOTICE,
    NOTICE_START,
    NOTICE_WORDS,
    PLAYER_TEXT,
    POST_SIGNATURE,
    QUOTE_START,
    SENTENCE_END,
    SLASH_CREDIT,
    UNSPACED_LETTER,
    VIA_CREDIT,
    WORD_OR_NUMBER,
)

# All of these numbers are judged, by reading what was kept and left out of real pages.
MIN_TOKENS = 4  # words and numbers; fewer say nothing on their own
_MIN_UNSPACED_LETTERS = 8  # letters that do for a sentence in a script without spaces
_MIN_UNFINISHED_UNSPACED = 32  # characters in such a script of an unfinished line that counts as a sentence
_LONG_LINE = (
    15  # words; an unfinished line of that many, mostly in small letters, is prose without its full stop
)
_SHORT_LINE = 7  # words; an unfinished line of fewer is a label
_MIN_LOWERCASE_SHARE = 0.5  # of the words of prose
_MAX_CAPITALISED_HEADING = 12  # words that all begin with a capital: more are a speech, not a heading
SCANNED_LENGTH = 400  # characters looked at; boilerplate shows itself early
_END_LENGTH = 40  # characters in which a sentence's end mark is looked for
_CARE_OF_LENGTH = 80  # characters in which "c/o" marks a credit


def is_quotable(sentence: str) -> bool:
    """Return True if a span of text is a sentence somebody could be quoted with, rather than boilerplate.

    False for teasers ("Read more"), instructions to the reader, credits, bylines, notices of the publisher,
    headings and other lines that never finish, and what is too short to say anything. In doubt it is a sentence.
    """
    start = sentence[:SCANNED_LENGTH]
    finished = bool(SENTENCE_END.search(sentence[-_END_LENGTH:]))
    if len(UNSPACED_LETTER.findall(start)) >= _MIN_UNSPACED_LETTERS:
        return finished or len(start) >= _MIN_UNFINISHED_UNSPACED
    words = LETTER_WORD.findall(start)
    if len(words) < MIN_TOKENS - 1 or len(WORD_OR_NUMBER.findall(start)) < MIN_TOKENS:
        return False
    if all(word[0].isupper() for word in words):
        return finished and len(words) > _MAX_CAPITALISED_HEADING
    return (finished or _is_prose(start, words)) and not is_boilerplate(start, words)


def is_boilerplate(start: str, words: list[str]) -> bool:
    """Return True if a text whose words are `words` is no sentence of an article: a teaser, a credit, a notice."""
    bare = LEADING_MARKS.sub("", start)
    return bool(
        LABEL.match(bare)
        or GLUED_LABEL.match(start)
        or PLAYER_TEXT.match(start)
        or _is_instruction(start, bare)
        or NOTICE_START.match(start)
        or _is_notice(start, words)
        or BYLINE.match(start)
        or _is_contact(start)
        or _is_credit(start)
    )


def _is_instruction(start: str, bare: str) -> bool:
    """Return True if the page tells the reader to do something, outside of anybody's quotation."""
    instruction = INSTRUCTION.search(bare)
    return instruction is not None and not QUOTE_START.search(
        start, 0, len(start) - len(bare) + instruction.start()
    )


def _is_notice(start: str, words: list[str]) -> bool:
    """Return True if the publisher speaks of its own page, outside of anybody's quotation."""
    if NOTICE_WORDS.isdisjoint(map(str.lower, words)):
        return False
    notice = NOTICE.search(start)
    if notice is None:
        return False
    before = start[: notice.start()]
    return before.count("“") <= before.count("”") and before.count('"') % 2 == 0


def _is_contact(start: str) -> bool:
    """Return True if the line says where to write to, or links to more, and quotes nobody."""
    if not ("@" in start or "/" in start or "-" in start):  # far cheaper than the pattern
        return False
    return bool(CONTACT_ADDRESS.search(start)) and not QUOTE_START.search(start)


def _is_credit(start: str) -> bool:
    """Return True if a picture's or a post's author is named the way only credits do."""
    return bool(
        CREDIT_START.match(start)
        or ("/" in start and SLASH_CREDIT.match(start))
        or (" via " in start and VIA_CREDIT.search(start))
        or ("c/o " in start[:_CARE_OF_LENGTH])
        or (("/" in start or "©" in start) and INNER_CREDIT.search(start))
        or ("(" in start and ENCLOSED_CREDIT.search(start))
        or ("@" in start and POST_SIGNATURE.match(start))
    )


def _is_prose(start: str, words: list[str]) -> bool:
    """Return True if an unfinished line is too much like prose to be a heading, a caption or a list item."""
    lowercase = sum(not word[0].isupper() for word in words) / len(words)
    if lowercase < _MIN_LOWERCASE_SHARE or HEADING_START.match(LEADING_MARKS.sub("", start)):
        return False
    if len(words) >= _LONG_LINE:
        return True
    return len(words) >= _SHORT_LINE and bool(DETERMINER.search(start) and FINITE_VERB.search(start))
