"""Cut the stamps off the entries of live blogs: the hour, the day and the label of a button, glued to a sentence."""

import re

from index.text.word_lists import alternation, load_words

_MONTH = rf"(?:{alternation(load_words('shared/months'))}|{alternation(load_words('shared/month_abbreviations'))}\.?|sept\.?)"
# An hour: "9:29 am", "14:05", "9.29 a.m."
_HOUR = r"\d{1,2}[:.]\d{2}\s?(?:[ap]\.?\s?m\b\.?)?"
# Its time zone, in capitals: "ET", "GMT+2", "CEST", "(0905 GMT)" is none.
_ZONE = r"(?-i:(?:[ECMP][DS]?T|AK[DS]T|H[DS]?T|GMT|UTC|BST|IST|CES?T|EES?T|AE[DS]T|JST|SAST|MSK)\b(?:[+-]\d{1,2})?)"
# A day: "Thursday, March 12, 2026", "12 March", "Mar. 12".
_DAY = (
    rf"(?:(?:{alternation(load_words('shared/weekdays'))}),?\s)?"
    rf"(?:{_MONTH}\s\d{{1,2}}(?:,?\s20\d\d)?|\d{{1,2}}\s{_MONTH}(?:,?\s20\d\d)?)\b"
)
# What the buttons beside it say: "Share this update", "Link copied!"
_BUTTON = r"(?:share(?:\sthis(?:\s(?:update|post|entry|story|article))?)?|(?:link\s)?copied!?|copy\slink(?:\sto\sclipboard)?)"
# A part and what may follow it: "9:29 am ET, ", "March 12, 2026 · "
_GAP = r"[\s,.|·•–—-]+"
# A stamp: an hour with its zone and a day in either order, or any of it with a button: what a sentence does not begin
# with. A capital or a quotation mark has to follow, as it does in a sentence.
_STAMP = re.compile(
    rf"(?:(?:updated|posted|published|last\supdated)(?:\sat)?:?\s)?(?:"
    rf"{_HOUR}\s?{_ZONE}{_GAP}{_DAY}(?:{_GAP}{_BUTTON})*|"
    rf"{_DAY}{_GAP}{_HOUR}\s?{_ZONE}(?:{_GAP}{_BUTTON})*|"
    rf"(?:{_HOUR}(?:\s?{_ZONE})?{_GAP})?(?:{_DAY}{_GAP})?{_BUTTON}(?:{_GAP}{_BUTTON})*|"
    rf"{_HOUR}(?:\s?{_ZONE})?{_GAP}{_DAY}{_GAP}{_BUTTON}"
    rf")(?:{_GAP}|(?<=!)\s?)(?=(?-i:[A-Z“\"‘'«]))",
    re.IGNORECASE,
)
_ONE_BUTTON = re.compile(r"share\s(?-i:[A-Z“\"‘'«])", re.IGNORECASE)


def cut_entry_stamps(text: str) -> str:
    """Return a text without the stamps that its lines begin with, where something follows on the line.

    A bare "Share" before a name may be a sentence ("Share prices fell") and stays, as does an hour without a zone, a
    day or a button, which a list of events gives.
    """
    return "\n".join(map(_cut_line, text.split("\n")))


def _cut_line(line: str) -> str:
    stamp = _STAMP.match(line)
    return line if stamp is None or _ONE_BUTTON.match(line) else line[stamp.end() :]
