"""A small search for text directives, as the specification has it, over plain text."""

import unicodedata
from urllib.parse import unquote

from index.articles import Span


class Page:
    """What a browser sees: blocks of text without case and accents, each letter knowing where it came from."""

    def __init__(self, text: str) -> None:
        letters: list[str] = []
        self.places: list[int] = []
        for place, letter in enumerate(text):
            for plain in folded(letter):
                if plain == " " and (not letters or letters[-1].isspace()):
                    letters[-1:] = ["\n"] if letters and letter == "\n" else letters[-1:]
                else:
                    letters.append("\n" if letter == "\n" else plain)
                    self.places.append(place)
        self.letters = "".join(letters)

    def find(self, term: str, start: int) -> int:
        """Return where the term next stands between edges of words, -1 if nowhere."""
        at = self.letters.find(term, start)
        while at >= 0 and not (self.edge(at) and self.edge(at + len(term))):
            at = self.letters.find(term, at + 1)
        return at

    def edge(self, at: int) -> bool:
        around = self.letters[max(0, at - 1) : at + 1]
        return len(around) < 2 or at == 0 or not all(wordy(letter) for letter in around) or unspaced(around)

    def skip_blank(self, at: int) -> int:
        while at < len(self.letters) and self.letters[at].isspace():
            at += 1
        return at

    def first_match(self, directive: str) -> Span | None:
        """Follow the specification's search for a directive's first match."""
        prefix, start, end, suffix = parsed(directive)
        at = 0
        while True:
            begin = self.find(prefix or start, at)
            if begin < 0:
                return None
            at = begin + 1
            if prefix:
                begin = self.skip_blank(begin + len(prefix))
                if not self.letters.startswith(start, begin) or not self.edge(begin + len(start)):
                    continue
            stop = begin + len(start)
            if end:
                stop = self.find(end, stop)
                if stop < 0:
                    return None
                stop += len(end)
            if suffix and not self.letters.startswith(suffix, self.skip_blank(stop)):
                continue
            return Span(self.places[begin], self.places[stop - 1] + 1)


def folded(text: str) -> str:
    plain = "".join(
        letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)
    )
    return "".join(" " if letter.isspace() else letter for letter in plain.casefold())


def wordy(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LMN"


def unspaced(text: str) -> bool:
    return any("\u0e00" <= letter <= "\u0eff" or "\u3040" <= letter <= "\u9fff" for letter in text)


def parsed(directive: str) -> tuple[str, str, str, str]:
    assert "&" not in directive
    terms = directive.split(",")
    prefix = terms.pop(0)[:-1] if terms[0].endswith("-") else ""
    suffix = terms.pop()[1:] if terms[-1].startswith("-") else ""
    assert len(terms) in (1, 2)
    assert all(terms)
    assert not any("-" in term for term in [prefix, suffix, *terms])
    start, end = (*terms, "")[:2]
    return tuple(folded(unquote(term)) for term in (prefix, start, end, suffix))  # type: ignore[return-value]


def directives_of(link: str) -> list[str]:
    return link.partition(":~:text=")[2].split("&text=") if ":~:" in link else []


def highlighted(text: str, link: str) -> Span | None:
    """Return from where to where a browser highlights the text of a page: what any directive finds."""
    page = Page(text)
    matches = [match for match in map(page.first_match, directives_of(link)) if match]
    if not matches:
        return None
    return Span(min(match.start for match in matches), max(match.end for match in matches))


def words_of(text: str) -> str:
    """Return the text as compared, from its first word to its last."""
    plain = " ".join(folded(text).split())
    while plain and not wordy(plain[0]):
        plain = plain[1:]
    while plain and not wordy(plain[-1]):
        plain = plain[:-1]
    return plain
