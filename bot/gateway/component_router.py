"""Routes presses of buttons, choices in menus and submitted forms to the handlers that cogs register."""

from collections.abc import Awaitable, Callable, Collection
from contextlib import AbstractContextManager

import structlog

from bot.gateway.interactions import Interaction, report_errors
from bot.ui.buttons import Action, ButtonSpec, read_button
from bot.ui.forms import chosen_values, pressed_button, submitted_form_id

Handler = Callable[[Interaction, str], Awaitable[None]]  # the string is the custom_id without its prefix
ActionHandler = Callable[[Interaction, ButtonSpec], Awaitable[None]]
log = structlog.get_logger(__name__)


class ComponentRouter:
    """Finds the handler of a component or form by the prefix of its custom_id, or by the action of a button.

    custom_ids outlive the process that sent them, so a handler learns everything from the interaction. No
    prefix may begin with another. A custom_id that nothing is registered for is ignored.
    """

    def __init__(self, in_flight: Callable[[], AbstractContextManager[None]]) -> None:
        """Enter `in_flight` around every handler, so that a shutdown waits for it."""
        self._in_flight = in_flight
        self._components: dict[str, Handler] = {}
        self._forms: dict[str, Handler] = {}
        self._actions: dict[Action, ActionHandler] = {}

    def add_component(self, prefix: str, handler: Handler) -> None:
        """Route menus and buttons whose custom_id begins with `prefix`. Raise ValueError if it clashes."""
        _add_prefix(self._components, prefix, handler)

    def add_form(self, prefix: str, handler: Handler) -> None:
        """Route submitted forms whose custom_id begins with `prefix`. Raise ValueError if it clashes."""
        _add_prefix(self._forms, prefix, handler)

    def add_actions(self, actions: Collection[Action], handler: ActionHandler) -> None:
        """Route the buttons under answers that do one of `actions`. Raise ValueError if one has a handler."""
        for action in actions:
            if action in self._actions:
                raise ValueError(f"the action {action} already has a handler")
            self._actions[action] = handler

    async def dispatch(self, interaction: Interaction) -> None:
        """Run the handler of an interaction, if there is one; the person is told of any error in it."""
        running = self._begin(interaction)
        if running is None:
            return
        with self._in_flight():
            async with report_errors(interaction):
                await running

    def _begin(self, interaction: Interaction) -> Awaitable[None] | None:
        """Call the handler of an interaction; None when there is none."""
        component, _ = chosen_values(interaction)
        form = submitted_form_id(interaction) or ""
        for custom_id, handlers in ((component, self._components), (form, self._forms)):
            for prefix, handler in handlers.items():
                if custom_id.startswith(prefix):
                    return handler(interaction, custom_id.removeprefix(prefix))
        button = pressed_button(interaction)
        spec = read_button(button) if button else None
        action_handler = self._actions.get(spec.action) if spec else None
        return action_handler(interaction, spec) if action_handler and spec else None


def _add_prefix(handlers: dict[str, Handler], prefix: str, handler: Handler) -> None:
    if any(known.startswith(prefix) or prefix.startswith(known) for known in handlers):
        raise ValueError(f"another prefix of custom_ids clashes with {prefix!r}")
    handlers[prefix] = handler


def page_number(text: str) -> int | None:
    """Return the number of a page in a custom_id, 1 where it has none; None, logged, if it is malformed."""
    try:
        return int(text or 1)
    except ValueError:
        log.warning("malformed custom_id")
        return None
