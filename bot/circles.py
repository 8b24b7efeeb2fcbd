"""Whose news: the keys of the circles that servers and people are, which the index keeps without reading them."""

from index import HOUSE

MAX_FEEDS_OF_SERVER = 100  # judged
MAX_FEEDS_OF_PERSON = 20  # judged
_SERVER, _PERSON = "guild:", "user:"


def server_circle(server: int) -> str:
    """Return the key of a server's circle."""
    return f"{_SERVER}{server}"


def person_circle(person: int) -> str:
    """Return the key of the circle of a person, for direct messages and where the bot is installed for them alone."""
    return f"{_PERSON}{person}"


def circle_of(server: int | None, person: int) -> str:
    """Return the key of those who read an answer: a server's that has the bot, else the person's."""
    return person_circle(person) if server is None else server_circle(server)


def is_server(circle: str) -> bool:
    """Return True if a key is that of a server."""
    return circle.startswith(_SERVER)


def number_of(circle: str) -> int:
    """Return the id of the server or person that a key is of."""
    return int(circle.partition(":")[2])


def most_feeds(circle: str) -> int | None:
    """Return how many feeds a circle may have, None for any number."""
    if circle == HOUSE:
        return None
    return MAX_FEEDS_OF_SERVER if is_server(circle) else MAX_FEEDS_OF_PERSON


def circle_name(circle: str) -> str:
    """Return a key in words, for the owner's terminal: `the house`, `server 42`, `person 42`."""
    if circle == HOUSE:
        return "the house"
    return f"{'server' if is_server(circle) else 'person'} {number_of(circle)}"
