"""Answer -> card. Pure: what is shown, in which order, and what gives way when it does not all fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot import wording
from bot.card import BUTTON_ADDRESS, CARD, Block, Card, Link, Medium, openable
from bot.markdown import MARK, bold, quote, shortened, shown, size, small, stamp
from bot.texts import ENGLISH, Texts
from index.articles import Article
from index.quotes import Answer, Outcome, Quote, Stance

MOST = 3  # quotes in one public message
AMBER, BLURPLE, GREY = 0xF0B232, 0x5865F2, 0x80848E  # never green or red: nobody is declared right
_COLOURS = {
    Outcome.DISAGREE: AMBER,
    Outcome.QUOTES: BLURPLE,
    Outcome.NOTHING: GREY,
    Outcome.REPLY: BLURPLE,
}
_NOTICE = 1000
_SUMMARY, _BRIEF = 300, 36  # units of the summary, characters of a name in it: both sides fit
_SIDES = {Stance.REPORTED, Stance.DENIED}


@dataclass(frozen=True, slots=True)
class _Pick:
    """A quote to be shown, under which group, and in how many units at most (None: in full)."""

    stance: Stance | None
    quote: Quote
    room: int | None = None


def render(answer: Answer, medium: Medium = CARD, texts: Texts = ENGLISH) -> Card:
    """Make the card for any answer, in the language of `texts`, within the medium's limits.

    What does not fit gives way in this order: further quotes of a group, then whole groups from the last,
    but neither side of a disagreement; then the remaining quotes are shown in part, marked with `[…]`.
    """
    if answer.outcome is Outcome.REPLY:
        return Card(BLURPLE, (Block(wording.summary(answer, texts)),))
    picks = _pick(answer)
    if answer.outcome is Outcome.NOTHING or not picks:
        return _nothing(answer, medium, texts)
    while True:
        card = _card(answer, picks, medium, texts)
        if card.size <= medium.text:
            return card
        spare = _spare(picks)
        if spare is None:
            return _card(answer, _cut(answer, picks, medium, texts), medium, texts)
        picks = [pick for pick in picks if pick is not spare]


def notice(text: str) -> Card:
    """Make a card of a plain sentence: a refusal, a hint."""
    return Card(GREY, (Block(shortened(text, _NOTICE)[0]),))


def _pick(answer: Answer) -> list[_Pick]:
    """Choose quotes, in order: the first of each group, then the next ones while there is room."""
    ranked = [
        (place, number, _Pick(group.stance, found))
        for number, group in enumerate(answer.groups)
        for place, found in enumerate(group.quotes)
    ]
    best = sorted(ranked, key=lambda entry: entry[:2])[:MOST]
    return [pick for _, _, pick in sorted(best, key=lambda entry: (entry[1], entry[0]))]


def _spare(picks: Sequence[_Pick]) -> _Pick | None:
    """Find the quote that can best be done without, or None when each is needed."""
    stances = [pick.stance for pick in picks]
    doubled = [pick for pick in picks if stances.count(pick.stance) > 1]
    if doubled:
        return doubled[-1]
    disagree = set(stances) >= _SIDES
    others = [pick for pick in picks[0 if disagree else 1 :] if not (disagree and pick.stance in _SIDES)]
    return others[-1] if others else None


def _cut(answer: Answer, picks: Sequence[_Pick], medium: Medium, texts: Texts) -> list[_Pick]:
    """Share what room there is among the quotes: short ones stay whole, long ones are shown in part."""
    bare = _card(answer, [replace(pick, room=0) for pick in picks], medium, texts)
    room = medium.text - bare.size - len(picks)  # each quote will stand on lines of its own
    wanted = [size(_words(pick.quote, None)[0]) for pick in picks]
    shares = dict.fromkeys(range(len(picks)), 0)
    for done, number in enumerate(sorted(shares, key=lambda number: wanted[number])):
        shares[number] = min(wanted[number], room // (len(picks) - done))
        room -= shares[number]
    return [
        pick if wanted[number] <= shares[number] else replace(pick, room=shares[number])
        for number, pick in enumerate(picks)
    ]


def _card(answer: Answer, picks: Sequence[_Pick], medium: Medium, texts: Texts) -> Card:
    """Put header, groups and footer together."""
    blocks = [_header(answer, medium, texts, shown_quotes=len(picks))]
    above: Stance | str | None = ""
    for pick in picks:
        again = pick.stance == above
        if not again:
            blocks.append(Block(f"### {wording.heading(pick.stance, texts)}", rule=True))
        above = pick.stance
        blocks.append(replace(_quoted(pick, medium, texts), rule=again))
    blocks.append(Block(small(texts("footer")), rule=True))
    return Card(_COLOURS[answer.outcome], tuple(blocks))


def _nothing(answer: Answer, medium: Medium, texts: Texts) -> Card:
    """Say that nothing answers, and offer the nearest headlines as headlines."""
    blocks = [_header(answer, medium, texts)]
    if answer.headlines:
        blocks.append(Block(small(texts("headlines")), rule=True))
    blocks += [
        replace(_headline(article, medium, texts), rule=place > 0)
        for place, article in enumerate(answer.headlines[:MOST])
    ]
    while len(blocks) > 1 and Card(GREY, tuple(blocks)).size > medium.text:
        blocks.pop()
    return Card(GREY, tuple(blocks))


def _header(answer: Answer, medium: Medium, texts: Texts, shown_quotes: int = 0) -> Block:
    """Write the question, the summary, and what was searched."""
    question = answer.question
    named = replace(answer, reported_by=_brief(answer.reported_by), denied_by=_brief(answer.denied_by))
    lines = [
        f"## {_line(question.text, medium)}",
        bold(shortened(wording.summary(named, texts), _SUMMARY)[0]),
        small(_searched(answer, shown_quotes, texts)),
    ]
    if answer.unfiltered:
        lines.append(small(_line(wording.unmatched(question, texts), medium)))
    lines += [
        small(_line(line, medium))
        for line in (wording.filters(question, texts), wording.following(question, texts))
        if line
    ]
    return Block("\n".join(lines))


def _searched(answer: Answer, shown_quotes: int, texts: Texts) -> str:
    """Say how much was searched, how new it is, and whether there are more quotes than shown."""
    found = len(answer.quotes)
    parts = [wording.counted(answer, texts)]
    if answer.newest:
        parts.append(texts("newest", day=stamp(answer.newest, "R")))
    if 0 < shown_quotes < found:
        parts.append(texts("shown-of", shown=shown_quotes, found=found))
    return " · ".join(parts)


def _quoted(pick: _Pick, medium: Medium, texts: Texts) -> Block:
    """Write a quote, whose it is, and the link to it."""
    words, in_part = _words(pick.quote, pick.room)
    label = texts("read-whole") if in_part else texts("read")
    link, address = _link((pick.quote.link, pick.quote.article.url), label, medium, texts)
    attribution = " · ".join(_attribution(pick.quote, medium, texts, in_part=in_part))
    return Block("\n".join(filter(None, (words, attribution, address))), link)


def _words(quoted: Quote, room: int | None) -> tuple[str, bool]:
    """Write the quoted words, small the sentence they lean on above them, and say whether they were cut."""
    if room is None:
        lead = shown(quoted.lead_text or "")
        return quote([*([small(lead)] if lead else []), shown(quoted.text)]), False
    least = size(quote(["", small("")])) + 2 * (size(MARK) + 2)
    if room < least:
        return "", True
    room -= size(quote(["", small("")]))
    lead, _ = shortened(quoted.lead_text or "", room // 4, MARK)
    words, _ = shortened(quoted.text, room - size(lead), MARK)
    return quote([*([small(lead)] if lead else []), words]), True


def _attribution(quoted: Quote, medium: Medium, texts: Texts, *, in_part: bool) -> Iterator[str]:
    """Yield the outlet that published a quote, the speaker it reports, and when."""
    article = quoted.article
    yield bold(_name(article.outlet or texts("no-outlet"), medium))
    if quoted.speaker:
        yield _name(str(quoted.speaker), medium)
    if quoted.cites and not (quoted.speaker and quoted.cites == quoted.speaker.name):
        yield _name(texts("citing", source=quoted.cites), medium)
    yield stamp(article.published) if article.published else texts("no-date")
    if article.revised:
        yield texts("corrected", day=stamp(article.revised))
    if also := wording.also_in(quoted, texts):
        yield also
    if in_part:
        yield texts("in-part")


def _headline(article: Article, medium: Medium, texts: Texts) -> Block:
    """Write a headline, in no way like a quote."""
    link, address = _link((article.url,), texts("open-article"), medium, texts)
    when = stamp(article.published) if article.published else texts("no-date")
    outlet = article.outlet or texts("no-outlet")
    source = small(f"{_name(outlet, medium)} · {when}")
    title = _line(article.title or outlet, medium)
    return Block("\n".join(filter(None, (title, source, address))), link)


def _link(urls: Sequence[str], label: str, medium: Medium, texts: Texts) -> tuple[Link | None, str]:
    """Make a button of the first address that fits one, or else give the first that fits as text."""
    addresses = [address for address in map(openable, urls) if address]
    for address in addresses:
        if medium.buttons and size(address) <= BUTTON_ADDRESS:
            return Link(label, address), ""
    for address in addresses:
        if size(address) <= medium.address:
            return None, f"<{address}>"
    return None, small(texts("long-address")) if addresses else _line(urls[-1], medium)


def _brief(names: Sequence[str]) -> tuple[str, ...]:
    """Cut long names, so that a summary never ends before its second side."""
    return tuple(name if len(name) <= _BRIEF else f"{name[: _BRIEF - 1]}…" for name in names)


def _line(text: str, medium: Medium) -> str:
    return shortened(text, medium.line)[0]


def _name(text: str, medium: Medium) -> str:
    return shortened(text, medium.name)[0]
