"""Settings: defaults, `.env`, faults in words, secrets kept."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import (
    BadSettings,
    HttpAddress,
    Settings,
    environment_variable,
    load_settings,
    require_token,
    token_problem,
    unknown_variables,
)
from bot.shards import Shards

TOKEN = f"{base64.urlsafe_b64encode(b'123456789012345678').decode()}.Gabcde.made-up_letters-0123456789"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    """Run in an empty folder, with none of our variables set."""
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(environment_variable(field), raising=False)


def test_defaults_need_nothing():
    settings = load_settings()
    assert settings.discord_token is None
    assert str(settings.data) == "data"
    assert (settings.model, settings.log_level, settings.contact) == ("", "INFO", "")
    assert settings.open_hosts == frozenset()


def test_the_environment_comes_before_the_file(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("VERBATIM_DATA=from-file\nVERBATIM_CONTACT=me@example.com\nOTHER=1\n")
    monkeypatch.setenv("VERBATIM_DATA", "from-environment")
    assert str(load_settings().data) == "from-environment"
    assert load_settings().contact == "me@example.com"


def test_an_empty_value_is_the_default(monkeypatch):
    for field in Settings.model_fields:
        monkeypatch.setenv(environment_variable(field), "")
    assert load_settings() == Settings()


def test_values_are_tidied(monkeypatch):
    monkeypatch.setenv("VERBATIM_LOG_LEVEL", " debug ")
    monkeypatch.setenv("VERBATIM_OPEN_HOSTS", "News.LAN, 10.0.0.1:8080,,[::1]:80")
    monkeypatch.setenv("VERBATIM_DATA", "~/news")
    monkeypatch.setenv("HOME", "/home/somebody")
    settings = load_settings()
    assert settings.log_level == "DEBUG"
    assert settings.open_hosts == {"news.lan", "10.0.0.1:8080", "[::1]:80"}
    assert str(settings.data) == "/home/somebody/news"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VERBATIM_LOG_LEVEL", "loud"),
        ("VERBATIM_LOG_FORMAT", "xml"),
        ("VERBATIM_HTTP", "8080"),
        ("VERBATIM_HTTP", ":8080"),
        ("VERBATIM_HTTP", "10.0.0.7"),
        ("VERBATIM_HTTP", "127.0.0.1:0"),
        ("VERBATIM_HTTP", "127.0.0.1:99999"),
        ("VERBATIM_HTTP", "::1:9464"),
        ("VERBATIM_HTTP", "http://127.0.0.1:9464"),
        ("VERBATIM_HTTP", "127.0.0.1:9464/metrics"),
        ("VERBATIM_HTTP", "me:secret@127.0.0.1:9464"),
        ("VERBATIM_HTTP", "127.0.0.1:port"),
        ("VERBATIM_OPEN_HOSTS", "http://news.lan"),
        ("VERBATIM_OPEN_HOSTS", "news.lan/path"),
        ("VERBATIM_OPEN_HOSTS", "me:secret@news.lan"),
        ("VERBATIM_OPEN_HOSTS", "news.lan:port"),
        ("VERBATIM_OPEN_HOSTS", "[::1"),
        ("VERBATIM_CONTACT", "a\r\nX-Injected: 1"),
        ("VERBATIM_CONTACT", "x" * 201),
        ("VERBATIM_DATA", "a\x07b"),
        ("VERBATIM_STORE", "mysql://me:secret@db.example/news"),
    ],
)
def test_a_bad_value_is_named_and_not_repeated(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as caught:
        load_settings()
    assert str(caught.value).startswith(f"{name}: ")
    assert value not in str(caught.value)
    assert "pydantic" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("written", "address", "shown"),
    [
        ("127.0.0.1:9464", HttpAddress("127.0.0.1", 9464), "127.0.0.1:9464"),
        (" [::1]:80 ", HttpAddress("::1", 80), "[::1]:80"),
        ("LocalHost:65535", HttpAddress("localhost", 65535), "localhost:65535"),
        ("0.0.0.0:1", HttpAddress("0.0.0.0", 1), "0.0.0.0:1"),
    ],
)
def test_an_address_to_listen_on_is_read(monkeypatch, written, address, shown):
    monkeypatch.setenv("VERBATIM_HTTP", written)
    assert load_settings().http_address == address
    assert str(address) == shown


def test_nothing_is_served_unless_it_is_asked_for():
    assert load_settings().http_address is None
    assert load_settings().log_format == "text"


def test_every_bad_value_is_told_at_once(monkeypatch):
    monkeypatch.setenv("VERBATIM_LOG_LEVEL", "loud")
    monkeypatch.setenv("VERBATIM_OPEN_HOSTS", "http://x")
    with pytest.raises(BadSettings) as caught:
        load_settings()
    assert len(str(caught.value).splitlines()) == 2


def test_a_file_that_is_not_text_is_told(tmp_path):
    (tmp_path / ".env").write_bytes(b"VERBATIM_CONTACT=\xff\xfe\x00")
    with pytest.raises(BadSettings, match=r"\.env is not UTF-8"):
        load_settings()


def test_a_home_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setenv("VERBATIM_DATA", "~nobody-of-that-name/news")
    with pytest.raises(BadSettings, match="VERBATIM_DATA"):
        load_settings()


def test_the_token_never_shows(monkeypatch):
    monkeypatch.setenv("DISCORD_TOKEN", f" {TOKEN} ")
    settings = load_settings()
    assert TOKEN not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert require_token(settings) == TOKEN


def test_settings_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        load_settings().contact = "another"


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("", "is not set"),
        (f"Bot {TOKEN}", 'the word "Bot"'),
        ("abc", "three parts"),
        ("a.b.c.d", "three parts"),
        (TOKEN.replace(".", " "), "three parts"),
        (TOKEN + "\n", "three parts"),
        (f"{base64.urlsafe_b64encode(b'not digits').decode().strip('=')}.x.y", "bot's id"),
        ("a.x.y", "bot's id"),
    ],
)
def test_a_malformed_token_is_told_without_repeating_it(token, said):
    fault = token_problem(token)
    assert fault is not None
    assert said in fault
    assert "DISCORD_TOKEN" in fault
    assert len(token) < 8 or token not in fault


@pytest.mark.parametrize("settings", [Settings(), Settings(discord_token="malformed")])
def test_the_bot_does_not_start_without_a_well_formed_token(settings):
    with pytest.raises(BadSettings, match="DISCORD_TOKEN"):
        require_token(settings)


@given(st.integers(min_value=10**16, max_value=10**20), st.from_regex(r"[A-Za-z0-9_-]{1,40}", fullmatch=True))
def test_every_well_formed_token_passes(number, rest):
    first = base64.urlsafe_b64encode(str(number).encode()).decode().strip("=")
    assert token_problem(f"{first}.{rest[:6]}.{rest}") is None


@given(st.text(max_size=200))
def test_any_text_gets_a_verdict(text):
    fault = token_problem(text)
    assert fault is None or "DISCORD_TOKEN" in fault


def test_mistyped_variables_are_found():
    names = ["PATH", "VERBATIM_DTA", "VERBATIM_DATA", "verbatim_model", "DISCORD_TOKEN"]
    assert unknown_variables(names) == ["VERBATIM_DTA"]


def test_servers_feeds_go_to_the_house_where_the_owner_says_so(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert not load_settings().lifts("guild:1")
    monkeypatch.setenv("VERBATIM_SERVER_FEEDS", "house")
    assert load_settings().lifts("guild:1")
    assert not load_settings().lifts("user:1")
    monkeypatch.setenv("VERBATIM_SERVER_FEEDS", "everybody")
    with pytest.raises(BadSettings, match="VERBATIM_SERVER_FEEDS"):
        load_settings()


def test_names_of_outlets_are_given_by_host(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERBATIM_OUTLETS", "www.Post.example: The Post, wire.example:Wire")
    assert load_settings().outlet_names == {"post.example": "The Post", "wire.example": "Wire"}
    monkeypatch.setenv("VERBATIM_OUTLETS", "post.example")
    with pytest.raises(BadSettings, match="VERBATIM_OUTLETS"):
        load_settings()


def test_shards_are_read_from_the_settings_and_options_come_first(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert load_settings().own_shards is None
    monkeypatch.setenv("VERBATIM_SHARD_COUNT", "16")
    assert load_settings().own_shards == Shards(tuple(range(16)), 16)
    monkeypatch.setenv("VERBATIM_SHARDS", "0-3")
    assert load_settings().own_shards == Shards((0, 1, 2, 3), 16)
    assert load_settings(shards="1", shard_count="4").own_shards == Shards((1,), 4)


@pytest.mark.parametrize(
    ("shards", "count", "words"),
    [
        ("0-3", "2", "VERBATIM_SHARDS: shard 3 does not exist: there are 2 shards, numbered from 0 to 1."),
        (
            "0-1",
            "",
            "VERBATIM_SHARDS: say how many shards there are in all, in VERBATIM_SHARD_COUNT or --shard-count.",
        ),
        ("0-1", "many", "VERBATIM_SHARD_COUNT: write a whole number from 1 to 10,000, such as 16."),
        ("0-1", "0", "VERBATIM_SHARD_COUNT: write a whole number from 1 to 10,000, such as 16."),
        ("", "-4", "VERBATIM_SHARD_COUNT: write a whole number from 1 to 10,000, such as 16."),
    ],
)
def test_shards_that_cannot_be_are_told_by_the_setting_and_by_the_option(
    monkeypatch, tmp_path, shards, count, words
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadSettings) as by_option:
        load_settings(shards=shards or None, shard_count=count or None)
    monkeypatch.setenv("VERBATIM_SHARDS", shards)
    monkeypatch.setenv("VERBATIM_SHARD_COUNT", count)
    with pytest.raises(BadSettings) as refused:
        load_settings()
    assert str(refused.value) == words
    field, _, reason = words.partition(": ")
    option = {"VERBATIM_SHARDS": "--shards", "VERBATIM_SHARD_COUNT": "--shard-count"}[field]
    assert str(by_option.value) == f"{option}: {reason}"


def test_a_database_is_named_by_an_address_that_is_not_shown(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert load_settings().postgres is None
    monkeypatch.setenv("VERBATIM_STORE", " postgresql://reader:s3cret@db.example/news ")
    settings = load_settings()
    assert settings.postgres.url == "postgresql://reader:s3cret@db.example/news"
    assert str(settings.postgres) == "postgresql://reader@db.example/news"
    assert "s3cret" not in f"{settings!r} {settings.model_dump_json()}"
    monkeypatch.setenv("VERBATIM_STORE", "mysql://reader:s3cret@db.example/news")
    with pytest.raises(BadSettings, match="VERBATIM_STORE: write it like postgresql://") as refused:
        load_settings()
    assert "s3cret" not in str(refused.value)
