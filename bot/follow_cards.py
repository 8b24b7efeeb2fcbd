"""What is followed, as lines and cards. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import discord
from discord import SelectOption, ui

from bot.card import CARD, PLAIN, Block, Card
from bot.daily import Daily
from bot.follows import Follow
from bot.markdown import bold, clean, shortened, small
from bot.quotation_card import matched
from bot.quoting import headline, line
from bot.render import AMBER, BLURPLE
from bot.texts import Texts
from index.articles import Article
from index.quotes import Answer, Match, Quote

if TYPE_CHECKING:
    from index.stories import Story

END, EDIT = "following:end", "following:edit"  # names of the menus, and with a number that of the form
OPTIONS, OPTION = 25, 100  # Discord's limits: options of a menu, characters of one
_WORDS, _OUTLET, _QUESTION = 200, 40, 60


def only(answer: Answer, quotes: Sequence[Quote]) -> Answer:
    """Give an answer with these of its quotes alone."""
    groups = (
        replace(group, quotes=tuple(one for one in group.quotes if one in quotes)) for group in answer.groups
    )
    return replace(answer, groups=tuple(group for group in groups if group.quotes))


def follow_line(question: str, answer: Answer, texts: Texts) -> str:
    """Write the line that a phone shows: what is new, from whom, in which words."""
    first = answer.quotes[0]
    outlets = tuple(_outlet(quote.article, texts) for quote in answer.quotes)
    words = shortened(first.text, _WORDS)[0]
    return texts("follow-new", question=line(question, PLAIN), names=outlets, words=words)


def daily_line(stories: "Sequence[Story]", texts: Texts) -> str:
    """Write the line that a phone shows of a daily brief."""
    first = stories[0].quote
    return texts("daily-line", words=shortened(first.text, _WORDS)[0], outlet=_outlet(first.article, texts))


def correction_line(article: Article, texts: Texts) -> str:
    """Write the line that a phone shows of a correction."""
    return texts("correction-line", outlet=_outlet(article, texts))


def correction_card(article: Article, match: Match | None, texts: Texts) -> Card:
    """Say what became of words that were posted: how they read now, or that they are gone."""
    head = Block(f"## {texts('correction-title')}\n{bold(correction_line(article, texts))}")
    if match is None:
        return Card(
            AMBER, (head, Block(texts("correction-gone")), replace(headline(article, CARD, texts), rule=True))
        )
    return Card(AMBER, (head, Block(texts("correction-now")), matched(match, texts)))


@dataclass(frozen=True, slots=True)
class FollowingPanel:
    """What a person follows, and with which menus it is changed and ended."""

    follows: tuple[Follow, ...]
    dailies: tuple[Daily, ...]
    texts: Texts

    def view(self) -> ui.LayoutView:
        """Build the components; a new object each time, which the library need not keep."""
        texts = self.texts
        container: ui.Container[ui.LayoutView] = ui.Container(accent_colour=BLURPLE)
        lines = [
            *(_follow(one, texts) for one in self.follows),
            *(_daily(one, texts) for one in self.dailies),
        ]
        shown = lines[:OPTIONS] or [texts("following-none")]
        if len(lines) > OPTIONS:
            shown.append(texts("more-names", number=len(lines) - OPTIONS))
        container.add_item(ui.TextDisplay(f"## {texts('following-title')}"))
        container.add_item(ui.TextDisplay("\n".join(f"- {one}" for one in shown)))
        if self.follows:
            options = [_option(one.question, f"f{one.id}") for one in self.follows[:OPTIONS]]
            container.add_item(
                ui.ActionRow(ui.Select(custom_id=EDIT, options=options, placeholder=texts("following-edit")))
            )
        if lines:
            options = [
                *(_option(one.question, f"f{one.id}") for one in self.follows),
                *(
                    _option(texts("following-daily", hour=f"{one.hour:02}:00", zone=one.zone), f"d{one.id}")
                    for one in self.dailies
                ),
            ][:OPTIONS]
            container.add_item(
                ui.ActionRow(ui.Select(custom_id=END, options=options, placeholder=texts("following-end")))
            )
        container.add_item(ui.TextDisplay(small(texts("following-footer"))))
        view = ui.LayoutView(timeout=None).add_item(container)
        view.stop()
        return view


def edit_form(follow: Follow, texts: Texts, longest: int) -> ui.Modal:
    """Build the form in which a followed question is changed."""
    form = ui.Modal(title=texts("following-edit-title"), custom_id=f"{EDIT}:{follow.id}")
    field: ui.TextInput[ui.Modal] = ui.TextInput(
        custom_id="question", default=follow.question, max_length=longest, style=discord.TextStyle.paragraph
    )
    return form.add_item(ui.Label(text=texts("option-question"), component=field))


def _follow(follow: Follow, texts: Texts) -> str:
    """Write a followed question, and where its posts go."""
    where = (
        texts("following-in", channel=f"<#{follow.channel}>")
        if follow.channel
        else texts("following-private")
    )
    rests = texts("following-rests") if follow.resting else ""
    return " · ".join(filter(None, (bold(shortened(follow.question, _QUESTION)[0]), where, rests)))


def _daily(daily: Daily, texts: Texts) -> str:
    where = (
        texts("following-in", channel=f"<#{daily.channel}>") if daily.channel else texts("following-private")
    )
    return f"{bold(texts('following-daily', hour=f'{daily.hour:02}:00', zone=daily.zone))} · {where}"


def _option(label: str, value: str) -> SelectOption:
    return SelectOption(label=clean(label)[:OPTION] or "?", value=value)


def _outlet(article: Article, texts: Texts) -> str:
    return shortened(article.outlet or texts("no-outlet"), _OUTLET)[0]
