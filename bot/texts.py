"""Every fixed text a person sees, in one place; plain text, for Discord and for the terminal alike.

Names, outlets and questions go in as they are: whoever shows a text makes it safe for its medium.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from index.question import Question, SmallTalk
from index.quotes import Answer, Outcome, Quote, Stance

FOOTER = "Word-for-word quotes. Verbatim does not decide who is right."
READ = "Read in context"
READ_WHOLE = "Read it in full"
OPEN = "Open the article"
HEADLINES = "Nearest headlines, which do not answer it"
NO_ARTICLES = "There are no articles to search yet."
NOTHING = "I found no article that answers this."
IN_PART = "shown in part"
NO_DATE = "no date"
NO_OUTLET = "unnamed outlet"
LONG_ADDRESS = "The article's address is too long to be shown."

HELP = (
    "Ask me about the news, and I show what articles say, word for word, each with its outlet, who says it, "
    "the date, and a link to the sentence. I write nothing of my own, and I do not decide who is right."
)
HELP_WAYS = (
    "`/ask question` works anywhere; add `since`, `until` or `outlet` to narrow it, `private` to keep it to yourself.",
    "Mention me in a channel with your question, or reply to one of my messages and mention me.",
    "Send me a direct message. A question may lean on the one before: “And what did Kyiv say?”",
)
HELP_PRIVACY = "Questions are not logged."
ASK_SOMETHING = "What would you like to know? Write your question after my name, or use /ask."

BUSY = "Many people are asking at once. Please ask again in a minute."
TOO_SLOW = (
    "The search took too long and was given up. Please ask again, or narrow it with since, until or outlet."
)
COMMAND_CHANGED = "This command has changed. Restart Discord, or try again in a minute."
STOPPING = "I am being restarted. Please ask again in a minute."

REJECTED = {  # Discord's close codes that no waiting mends
    4004: "Discord does not know this token. Make a new one (developer portal, your application, Bot, Reset Token).",
    4010: "Discord refuses the shard. Please report this.",
    4011: "The bot is on too many servers for one connection. Please report this.",
    4012: "Discord no longer speaks this version of its protocol. Update Verbatim.",
    4013: "Discord refuses the intents. Please report this.",
    4014: "Discord refuses the intents. Please report this.",
}

_HEADINGS = {
    Stance.REPORTED: "Reported",
    Stance.DENIED: "Denied",
    Stance.NO_COMMENT: "No comment",
    Stance.BACKGROUND: "Background",
    None: "What the articles say",
}
_SMALL_TALK = {
    SmallTalk.GREETING: "Hello! Ask me something about the news, for example: Did Trump call Putin?",
    SmallTalk.THANKS: "You are welcome.",
    SmallTalk.IDENTITY: "I am Verbatim, a bot that answers questions about the news with word-for-word quotes.",
    SmallTalk.HELP: HELP,
    SmallTalk.OPINION: "I have no opinions. Ask me what was reported or said, and I show who said it.",
    SmallTalk.FUTURE: "I cannot tell the future. Ask me what has been reported or said about it so far.",
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TICK = timedelta(microseconds=1)
_NAMED = 3  # so many names in one line; the rest are counted


def heading(stance: Stance | None) -> str:
    """Give the title over a group of quotes: what they do to the claim, never a verdict."""
    return _HEADINGS[stance]


def summary(answer: Answer) -> str:
    """Say in one line what kind of answer it is."""
    if answer.outcome is Outcome.REPLY:
        return _SMALL_TALK[answer.question.small_talk or SmallTalk.HELP]
    if answer.outcome is Outcome.NOTHING or not answer.quotes:
        return NOTHING if answer.articles else NO_ARTICLES
    sides = _sides(answer)
    if answer.outcome is Outcome.DISAGREE:
        return f"Sources disagree. {sides}".strip()
    return sides or f"Found in {names([quote.article.outlet or NO_OUTLET for quote in answer.quotes])}."


def _sides(answer: Answer) -> str:
    """Say who reports and who denies, as in `Reported by A and B; denied by C.`."""
    reported = f"reported by {names(answer.reported_by)}" if answer.reported_by else ""
    denied = f"denied by {names(answer.denied_by)}" if answer.denied_by else ""
    line = "; ".join(filter(None, (reported, denied)))
    return f"{line[0].upper()}{line[1:]}." if line else ""


def names(all_of_them: Sequence[str]) -> str:
    """List names once each, at most three: `A`, `A and B`, `A, B, C and 2 more`."""
    unique = list(dict.fromkeys(all_of_them))
    shown, rest = unique[:_NAMED], len(unique) - _NAMED
    if rest > 0:
        shown.append(f"{rest:,} more")
    return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1]))) if shown else ""


def searched(answer: Answer) -> str:
    """Say how many articles were searched and how new they are: `3 of 41,212 articles · newest 11 Nov 2024`."""
    newest = f"newest {_day(answer.newest)}" if answer.newest else ""
    return " · ".join(filter(None, (counted(answer), newest)))


def counted(answer: Answer) -> str:
    """Say in how many of the searched articles the quotes stand: `3 of 41,212 articles`."""
    quoted = len({quote.article.url for quote in answer.quotes})
    number = f"{quoted:,} of {answer.articles:,}" if quoted else f"{answer.articles:,}"
    return f"{number} {'article' if answer.articles == 1 else 'articles'}"


def shown_of(shown: int, found: int) -> str:
    """Say that not every quote fits: `3 of 7 quotes`."""
    return f"{shown:,} of {found:,} quotes"


def filters(question: Question) -> str | None:
    """Say which filters were used: `Searched: CNN · 1–7 Nov 2024`; None without any."""
    outlets = names(question.outlets)
    used = " · ".join(filter(None, (outlets, _period(question.since, question.until))))
    return f"Searched: {used}" if used else None


def unmatched(question: Question) -> str:
    """Say that nothing matched the filters that were read out of the question, so that they were dropped."""
    phrases = names([f"“{phrase}”" for phrase in question.read_from_text])
    return f"Nothing matched {phrases or 'the filters'}, so every article was searched."


def following(question: Question) -> str | None:
    """Say which earlier question this one was understood to lean on; None if it stands alone."""
    return f"Following on from: {question.completed_from}" if question.completed_from else None


def citing(source: str) -> str:
    """Say whom the sentence itself names as its source."""
    return f"citing {source}"


def also_in(quote: Quote) -> str:
    """Say in how many other outlets (nearly) the same sentence stands; empty if in none."""
    others = len({article.outlet for article in quote.also} - {quote.article.outlet})
    return f"also in {others:,} {'outlet' if others == 1 else 'outlets'}" if others else ""


def wait(seconds: float) -> str:
    """Tell a person who asks very often how long to wait."""
    whole = max(1, round(seconds + 0.49))
    return (
        f"You are asking faster than I can read. Please wait {whole} {'second' if whole == 1 else 'seconds'}."
    )


def unknown_outlet(outlet: str, known: Sequence[str]) -> str:
    """Tell a person that no article is from this outlet, and which outlets there are."""
    there = f"I have {names(known)}; the list under outlet shows all." if known else NO_ARTICLES
    return f"I have no articles from “{outlet}”. {there}"


def went_wrong(fault: str) -> str:
    """Tell a person that it is our fault, and what to quote when reporting it."""
    return f"Something went wrong on our side ({fault}). Please try again later."


def may_not_write(channel: str | None) -> str:
    """Tell a person in private why the bot did not answer in public; `channel` is its name if known."""
    there = f"#{channel}" if channel else "that channel"
    return f"I may not write in {there}, so I cannot answer there. Ask me here, or use /ask."


def _period(since: datetime | None, until: datetime | None) -> str:
    """Write a stretch of time in UTC, `until` being exclusive: `1–7 Nov 2024`, `since 1 Nov 2024`."""
    first = _moment(since) if since else ""
    last = _last(until) if until else ""
    if first and last:
        return first if first == last else _joined(first, last)
    return f"since {first}" if first else f"until {last}" if last else ""


def _joined(first: str, last: str) -> str:
    """Join two dates, leaving out of the first what the second repeats: `1–7 Nov 2024`."""
    start, end = first.split(" ", 1), last.split(" ", 1)
    return f"{start[0]}–{last}" if start[1:] == end[1:] else f"{first} – {last}"


def _last(until: datetime) -> str:
    """Write the last day before an exclusive end, or the end itself when it has a time of day."""
    first_ever = datetime.min.replace(tzinfo=UTC)
    return _day(max(until - _TICK, first_ever)) if _midnight(until) and until > first_ever else _moment(until)


def _moment(moment: datetime) -> str:
    """Write a day as `11 Nov 2024`, with the time of day unless it is midnight."""
    return _day(moment) if _midnight(moment) else f"{_day(moment)} {moment.astimezone(UTC):%H:%M} UTC"


def _midnight(moment: datetime) -> bool:
    return moment.astimezone(UTC).time() == time(0)


def _day(moment: datetime) -> str:
    """Write a day as `11 Nov 2024`, whatever the machine's language."""
    moment = moment.astimezone(UTC)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
