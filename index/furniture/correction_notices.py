"""Notices on an article itself: what a newsroom corrected, clarified or changed in it, and its editors' notes.

They are no sentences of the article. A correction even repeats what was wrong.
"""

import re
from collections.abc import Iterator, Sequence

from index.articles import Article, Span
from index.text.word_lists import alternation, load_words

MAX_NOTICE_LENGTH = (
    1000  # characters from a notice's start to its paragraph's end; judged: more is the article
)

# What is a newsroom's own where it says "this".
_OWN = (
    r"(?:stor(?:y|ies)|articles?|columns?|headlines?|op-?ed|editorial|obituary|newsletter|explainer|live\s?blog|"
    r"fact\s?check|(?:photo\s)?(?:captions?|gallery)|infographic|profile|piece|segment|transcript)"
)
# What may be somebody else's, whom the article is about: "This video wrongly claims ..."
_ANY = (
    rf"(?:{_OWN}|posts?|tweets?|videos?|graphics?|pages?|reports?|lists?|charts?|maps?|interview|review|"
    r"podcast|episode|letter)"
)
_FORMER = r"(?:earl(?:y|ier)|previous|prior|original|initial|older)"
_WRONGLY = r"(?:incorrectly|wrongly|mistakenly|erroneously|inaccurately|in\serror)"
_MISTOOK = (
    r"mis(?:stated|identified|spelled|spelt|quoted|attributed|characteri[sz]ed|reported|label+ed|represented|"
    r"named|gendered|interpreted|dated)"
)
# What such a version did: "incorrectly stated", "gave the wrong name", "did not make clear"
_ERRED = (
    rf"(?:{_MISTOOK}|{_WRONGLY}|(?:gave|included|contained|used|listed|had|cited|named)\s(?:an?\s|the\s)?(?:wrong|"
    r"incorrect|outdated|inaccurate|error|misspelling|typo)|did\snot\s(?:make\sclear|clearly|specify))\b"
)
_SAID = (
    r"(?:said|stated|listed|gave|named|described|identified|quoted|attributed|reported|referred|cited|included|"
    r"contained)\b"
)
_CHANGED = r"(?:amended|corrected|updated|edited|revised|clarified|changed|modified)\b"
_TO_CORRECT = r"[^!?\n]{0,60}?\bto\s(?:\w+ly\s)?(?:correct|reflect|clarify|remove|include|add|fix|note|make\sclear|show)\b"
_LEAD = r"[^.!?\n\"“„«]{0,100}?\b"  # before it: "Due to an editing error, "

# Each is what a notice begins with; of any letter case.
_FORMS = (
    # "In an earlier version of this story, ...", "The original version of this article said ..."
    (
        rf"{_LEAD}{_FORMER}\s(?:\w+\s)?versions?\sof\s(?:this|these|our|the\s(?:following|above))\s(?:\w+\s){{0,2}}?"
        rf"(?:{_OWN}\b|{_ANY}\s(?:[\w’'-]+\s){{0,8}}?{_ERRED})"
    ),
    # "An earlier version of the story misstated ...", "A previous caption wrongly ..."
    (
        rf"(?:an?\s|the\s|some\s|our\s)?(?:{_FORMER}\sversions?(?:\sof\sthe\s(?:\w+\s){{0,2}}?{_OWN}(?:\sbelow)?)?|"
        rf"(?:earlier|previous|prior)\s(?:\w+\s)?{_ANY})\s(?:\w+\s){{0,2}}?{_ERRED}"
    ),
    # "This article originally said ...", "This story misidentified ..."
    (
        rf"this\s(?:\w+\s){{0,2}}?{_OWN}\s(?:(?:had\s)?(?:originally|initially|previously)\s{_SAID}|(?:\w+\s){{0,2}}?"
        rf"(?:{_MISTOOK}|{_WRONGLY})\b)"
    ),
    # "This article was amended on ...", "This story, first printed in May, has been updated ..."
    (
        rf"this\s(?:\w+\s){{0,3}}?{_OWN}(?:\sand\s(?:\w+\s)?headline|,[^,.!?\n]{{1,60}},)?\s(?:was|were|has|have|is)\s"
        rf"(?:\w+\s){{0,3}}?{_CHANGED}"
    ),
    # "This page has been updated to correct ..."
    rf"(?:this|these)\s(?:\w+\s)?{_ANY}\s(?:was|were|has|have)\s(?:\w+\s){{0,3}}?{_CHANGED}{_TO_CORRECT}",
    # "The article has since been updated to reflect ...": "was" would tell of another newsroom's
    rf"the\s(?:\w+\s)?{_OWN}\s(?:has|have)\s(?:since\s)?been\s(?:\w+\s)?{_CHANGED}{_TO_CORRECT}",
    # "We have corrected this article."
    rf"we(?:[’']ve|\shave)?\s(?:since\s)?{_CHANGED}\s(?:this|our)\s(?:\w+\s){{0,2}}?{_OWN}\b",
)
_FORMS_ELSEWHERE = (
    # German
    rf"{_LEAD}(?:version|fassung)\s(?:dieses|des)\s(?:artikels|textes|beitrags|berichts)\b",
    r"dieser\s(?:artikel|beitrag|text)\swurde\s[^!?\n]{0,60}?\b(?:korrigiert|aktualisiert|geändert|berichtigt)\b",
    # French
    rf"{_LEAD}version(?:\s\w+)?\sde\s(?:cet\sarticle|ce\stexte|cette\sdépêche)\b",
    r"cet\sarticle\sa\sété\s(?:modifié|corrigé|mis\sà\sjour)\b",
    # Spanish and Portuguese
    (
        rf"{_LEAD}vers(?:i[oó]n|ão)(?:\s\w+)?\s(?:de\sest[ea]|dest[ea])\s(?:art[ií]culo|artigo|nota|not[ií]cia|texto|"
        r"reportagem|matéria|información)\b"
    ),
    (
        r"este\s(?:artículo|texto|artigo)\s(?:ha\ssido|fue|foi)\s(?:corregido|actualizado|modificado|corrigido|"
        r"atualizado|alterado)\b"
    ),
    # Ukrainian
    rf"{_LEAD}верс\w+\s(?:цієї|цього)\s(?:статті|новини|матеріалу|тексту)\b",
    r"(?:цю|цей)\s(?:статтю|матеріал)\s(?:було\s)?(?:виправлено|оновлено|уточнено)\b",
)
_LABEL = alternation(load_words("furniture/correction_labels"))
# What stands between a label and its notice: a colon or a dash, perhaps behind a date: " (May 5, 2023): "
_AFTER_LABEL = r"(?:[\s,]+\(?(?:\w+\s)?[^:\n.!?]{0,20}\d[^:\n!?]{0,15})?\s*(?::|[—–|]|\s-\s)"
# Where a sentence may begin.
_START = re.compile(r"^|[.!?…][\"”’)\]»]?[ \t]{1,3}", re.MULTILINE)
# How a notice begins, with what may stand before its first word: "— ", "(", "News: "
_NOTICE = re.compile(
    rf"[ \t*_•>([—–-]{{0,4}}(?:{_LABEL}{_AFTER_LABEL}|"
    rf"(?:(?-i:[A-Z])[\w&/ ]{{1,24}}:\s)?(?:{'|'.join(_FORMS + _FORMS_ELSEWHERE)}))",
    re.IGNORECASE,
)
# A label that is a line of its own; the notice is the next one.
_HEADING = re.compile(
    rf"^[ \t*_]{{0,4}}{_LABEL}[ \t:*_]{{0,4}}\n{{1,3}}(?P<notice>[^\n]+)", re.IGNORECASE | re.MULTILINE
)
# What such a notice speaks of, unlike a part of an article on markets that is headed "Correction"
_OF_ARTICLE = re.compile(
    rf"\b(?:version|{_OWN}|post|report|{_MISTOOK}|{_WRONGLY}|incorrect|error|should\shave)\b|\b{_CHANGED}",
    re.IGNORECASE,
)
# The title of a newspaper's list of its corrections: "Corrections & Clarifications 2020"
_LIST_TITLE = re.compile(rf"{_LABEL}[\s\d]*", re.IGNORECASE)


def notice_mask(article: Article, lines: Sequence[Span]) -> list[bool]:
    """Return for each line of an article whether it stands in a notice on the article itself.

    A notice goes on to the end of its paragraph. What merely tells of somebody's correction is none.
    """
    if _LIST_TITLE.fullmatch(article.title):
        return [True] * len(lines)
    notices = list(_notices(article.text))
    return [any(notice.start <= line.start < notice.end for notice in notices) for line in lines]


def _notices(text: str) -> Iterator[Span]:
    for beginning in _START.finditer(text):
        start = beginning.end()
        found = _NOTICE.match(text, start)
        if found and not _is_said(text, start):
            yield Span(start, _end_of_notice(text, start, found.end()))
    for found in _HEADING.finditer(text):
        if _OF_ARTICLE.search(found["notice"]):
            yield Span(found.start(), _end_of_notice(text, found.start("notice"), found.end()))


def _is_said(text: str, start: int) -> bool:
    """Return True for a place within somebody's words: in quotation marks that its paragraph opened."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _end_of_notice(text: str, start: int, least: int) -> int:
    """Return where a notice ends: at its paragraph's end, or at `least` where that is too far for a notice."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    return end if end - start <= MAX_NOTICE_LENGTH else least
