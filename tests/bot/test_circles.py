from bot.circles import circle_name, circle_of, is_server, most_feeds, person_circle, server_circle
from index import HOUSE


def test_keys_of_servers_and_people():
    assert circle_of(42, 7) == server_circle(42) == "guild:42"
    assert circle_of(None, 7) == person_circle(7) == "user:7"
    assert is_server("guild:42")
    assert not is_server("user:42")
    assert (most_feeds(HOUSE), most_feeds("guild:1"), most_feeds("user:1")) == (None, 100, 20)
    names = [circle_name(key) for key in (HOUSE, "guild:42", "user:7")]
    assert names == ["the house", "server 42", "person 7"]
