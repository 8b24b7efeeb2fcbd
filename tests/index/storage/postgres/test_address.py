import pytest

from index.errors import VerbatimError
from index.storage.postgres.address import PostgresAddress

SECRET = "tr%40p-d00r"
URLS = (
    f"postgresql://reader:{SECRET}@db.example:5432/news",
    f"postgres://reader:{SECRET}@one.example:5432,two.example:5433/news?target_session_attrs=primary",
    f"postgresql://db.example/news?user=reader&password={SECRET}",
)


@pytest.mark.parametrize("url", URLS)
def test_an_address_never_shows_its_password(url):
    address = PostgresAddress.parse(f" {url}\n")
    assert address.url == url
    for shown in (
        str(address),
        repr(address),
        f"{address!r:>9}",
        address.hide(f'no "{url}" and tr@p-d00r\nhere'),
    ):
        assert SECRET not in shown
        assert "tr@p-d00r" not in shown
    assert "example" in str(address)


def test_what_is_said_stays_readable():
    address = PostgresAddress.parse(URLS[0])
    assert str(address) == "postgresql://reader@db.example:5432/news"
    assert address.hide("the\n server   said tr@p-d00r") == "the server said [password]"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "db.example/news",
        "mysql://a@b/c",
        "postgresql://",
        f"postgresql:/r:{SECRET}@h",
        "postgresql://[::1/n",
        "postgresql://h/a b",
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(text):
    with pytest.raises(VerbatimError, match="write it like") as refused:
        PostgresAddress.parse(text)
    assert SECRET not in str(refused.value)
