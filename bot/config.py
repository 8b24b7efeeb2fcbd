"""Settings from the environment and from `.env` in the working folder, validated once."""

import base64
import binascii
import ipaddress
import re
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.circles import is_server
from bot.shards import MAX_SHARDS, Shards, parse_shards
from index import (
    BackupSchedule,
    FetchSettings,
    PostgresAddress,
    RetentionPolicy,
    VerbatimError,
    parse_backup_schedule,
    parse_retention,
)

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
LogFormat = Literal["text", "json"]

_LOG_FORMATS = ("text", "json")
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_TOKEN_PART = re.compile(r"[A-Za-z0-9_-]+")
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_PORTAL_HINT = "Copy it from https://discord.com/developers/applications, your application, Bot, Reset Token."


class BadSettings(VerbatimError):  # noqa: N818 - it is the settings that are bad
    """A setting that cannot be used, which one, and how to write it."""


class HttpAddress(NamedTuple):
    """Where to listen: a host name or IP address, IPv6 without brackets, and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Settings(BaseSettings):
    """Everything a server owner may set. The environment comes before `.env`; an empty value is no value."""

    model_config = SettingsConfigDict(
        env_prefix="VERBATIM_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        populate_by_name=True,
    )

    discord_token: SecretStr | None = Field(
        default=None,
        validation_alias="DISCORD_TOKEN",
        description="The bot's token from the Discord developer portal. Needed by `verbatim run` only.",
    )
    data: Path = Field(
        default=Path("data"),
        description="The folder in which articles and index are kept.",
    )
    store: SecretStr | None = Field(
        default=None,
        description="A PostgreSQL database for all but the index: `postgresql://user:password@host/name`. Empty: the folder.",
    )
    model: str = Field(
        default="",
        description="The sentence-transformers model, by name or path. Empty: the one that comes with Verbatim.",
    )
    reader: str = Field(
        default="",
        description="What reads sentences beside the question: empty, the one that comes with Verbatim; `none`: nothing; or the name or path of a CrossEncoder.",
    )
    keep: str = Field(
        default="",
        description="What is kept, parted by commas: `90d`, `100000` articles, `5GB`, `Sample Wire: 30d`. Empty: everything.",
    )
    backup: str = Field(
        default="",
        description="How often the running bot backs up, how many are kept, and where: `24h, keep 7, in /mnt/backups`. Empty: never.",
    )
    log_level: LogLevel = Field(
        default="INFO",
        description="How much is logged: DEBUG, INFO, WARNING or ERROR.",
    )
    log_format: LogFormat = Field(
        default="text",
        description="How it is logged: `text` for people, `json` for programs, one object a line.",
    )
    http: str = Field(
        default="",
        description="Where health and metrics are served to you, such as `127.0.0.1:9464`. Empty: nowhere.",
    )
    shard_count: int | None = Field(
        default=None,
        description="How many shards all processes of the bot have together. Empty: as many as Discord recommends, in one process.",
    )
    shards: str = Field(
        default="",
        description="Which of them this process has: numbers and ranges, such as `0-3` or `0-3, 8`. Empty: all.",
    )
    contact: str = Field(
        default="",
        max_length=200,
        description="An address or page told to the sites that articles are fetched from.",
    )
    open_hosts: Annotated[frozenset[str], NoDecode] = Field(
        default=frozenset(),
        description="Hosts (or host:port) of your own network that may be fetched, parted by commas.",
    )

    server_feeds: Literal["", "house"] = Field(
        default="",
        description="`house`: feeds that servers add answer everywhere at once, as for the bot of one community. Empty: on that server.",
    )
    outlets: str = Field(
        default="",
        description="What outlets are called, by host, parted by commas: `post.example: The Post`. Empty: what is known, or they say.",
    )

    @property
    def outlet_names(self) -> dict[str, str]:
        """Return the names of outlets that `outlets` holds, by host."""
        pairs = (part.partition(":") for part in self.outlets.split(",") if part.strip())
        return {host.strip().lower().removeprefix("www."): name.strip() for host, _, name in pairs}

    def lifts(self, circle: str) -> bool:
        """Return True if the feeds of a circle go to the house at once."""
        return self.server_feeds == "house" and is_server(circle)

    @property
    def fetching(self) -> FetchSettings:
        """Return how to fetch from the web."""
        return FetchSettings(contact=self.contact, open_hosts=self.open_hosts)

    @property
    def postgres(self) -> PostgresAddress | None:
        """Return the database that `store` names, None where all is in the folder."""
        return PostgresAddress.parse(self.store.get_secret_value()) if self.store else None

    @field_validator("store")
    @classmethod
    def _database(cls, value: SecretStr | None) -> SecretStr | None:
        try:
            PostgresAddress.parse(value.get_secret_value()) if value else None
        except VerbatimError as error:
            raise ValueError(str(error)) from None
        return value

    @field_validator("discord_token", mode="before")
    @classmethod
    def _strip_token(cls, value: object) -> object:
        return value.strip() if isinstance(value, str) else value

    @field_validator(
        "data", "model", "reader", "contact", "keep", "backup", "outlets", "server_feeds", mode="before"
    )
    @classmethod
    def _one_line(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        if not value.isprintable():
            raise ValueError("write it on one line, without control characters")
        return value.strip()

    @field_validator("data")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("keep")
    @classmethod
    def _bounds(cls, value: str) -> str:
        try:
            parse_retention(value)
        except VerbatimError as error:
            raise ValueError(str(error).rstrip(".")) from None
        return value

    @field_validator("backup")
    @classmethod
    def _schedule(cls, value: str, others: ValidationInfo) -> str:
        if value and others.data.get("store"):
            raise ValueError(
                "VERBATIM_STORE names a database server, which PostgreSQL's own tools back up; leave this empty"
            )
        try:
            parse_backup_schedule(value)
        except VerbatimError as error:
            raise ValueError(str(error).rstrip(".")) from None
        return value

    @field_validator("shard_count", mode="before")
    @classmethod
    def _count(cls, value: object) -> object:
        written = str(value).strip()
        if value is None or (written.isdecimal() and 1 <= int(written) <= MAX_SHARDS):
            return value
        raise ValueError(f"write a whole number from 1 to {MAX_SHARDS:,}, such as 16")

    @field_validator("shards")
    @classmethod
    def _some_of_all(cls, value: str, others: ValidationInfo) -> str:
        if not value.strip() or "shard_count" not in others.data:
            return value
        count = others.data["shard_count"]
        if count is None:
            raise ValueError("say how many shards there are in all, in VERBATIM_SHARD_COUNT or --shard-count")
        parse_shards(value, count)
        return value

    @field_validator("outlets")
    @classmethod
    def _names_by_host(cls, value: str) -> str:
        for part in filter(None, map(str.strip, value.split(","))):
            host, _, name = (piece.strip() for piece in part.partition(":"))
            if not _is_host(host.lower()) or "." not in host or not name:
                raise ValueError("write a host, a colon and a name, parted by commas: post.example: The Post")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: object) -> object:
        level = str(value).strip().upper()
        if level not in _LOG_LEVELS:
            raise ValueError(f"write one of {', '.join(_LOG_LEVELS)}")
        return level

    @field_validator("log_format", mode="before")
    @classmethod
    def _format(cls, value: object) -> object:
        chosen = str(value).strip().lower()
        if chosen not in _LOG_FORMATS:
            raise ValueError(f"write one of {', '.join(_LOG_FORMATS)}")
        return chosen

    @field_validator("http")
    @classmethod
    def _address(cls, value: str) -> str:
        value = value.strip()
        if value and _read_address(value) is None:
            raise ValueError("write a host and a port: 127.0.0.1:9464, or [::1]:9464")
        return value

    @field_validator("open_hosts", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        hosts = frozenset(host.strip().lower() for host in value.split(",") if host.strip())
        for host in hosts:
            if not _is_host(host):
                raise ValueError("write hosts only, parted by commas: news.lan, 192.168.0.5:8080")
        return hosts

    @property
    def retention(self) -> RetentionPolicy:
        """Return the bounds that `keep` holds."""
        return parse_retention(self.keep)

    @property
    def backup_schedule(self) -> BackupSchedule | None:
        """Return the schedule that `backup` holds, None where nothing is to be backed up."""
        return parse_backup_schedule(self.backup)

    @property
    def own_shards(self) -> Shards | None:
        """Return the shards that this process has, None where Discord says how many there are."""
        return parse_shards(self.shards, self.shard_count) if self.shard_count else None

    @property
    def http_address(self) -> HttpAddress | None:
        """Return the address that `http` holds, None where nothing is to be served."""
        return _read_address(self.http)


def load_settings(**options: str | None) -> Settings:
    """Read the settings; `options` of the command line, by field, come before them.

    Raise BadSettings that names each bad one, never its value (it may be a secret).
    """
    given: dict[str, Any] = {field: value for field, value in options.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise BadSettings(
            "\n".join(_problem_line(problem["loc"], problem, given) for problem in error.errors())
        ) from None
    except UnicodeDecodeError:
        raise BadSettings("The file .env is not UTF-8 text. Save it as plain UTF-8 text.") from None
    except OSError as error:
        raise BadSettings(
            f"The file .env cannot be read ({error.strerror}). Check who may read it."
        ) from None
    except RuntimeError:  # pathlib, when `~` has no home to stand for
        raise BadSettings(
            f"{environment_variable('data')}: `~` stands for no folder here; write the path out."
        ) from None


def environment_variable(field: str) -> str:
    """Return the environment variable that sets a field: `data` -> `VERBATIM_DATA`."""
    alias = Settings.model_fields[field].validation_alias
    return alias if isinstance(alias, str) else f"VERBATIM_{field.upper()}"


def unknown_variables(names: list[str]) -> list[str]:
    """Return the names, sorted, that begin with VERBATIM_ but are no setting: probably typing errors."""
    known = {environment_variable(field) for field in Settings.model_fields}
    return sorted(
        name for name in names if name.upper().startswith("VERBATIM_") and name.upper() not in known
    )


def token_problem(token: str) -> str | None:
    """Return what is wrong with a Discord token's form and how to correct it, or None; never the token itself.

    A bot token is three base64url parts joined by dots; the first is the bot's numeric id, unpadded
    (Discord developer documentation, Authentication).
    """
    if not token:
        return f"DISCORD_TOKEN is not set. {_PORTAL_HINT}"
    if token.lower().startswith("bot "):
        return 'DISCORD_TOKEN begins with the word "Bot". Leave that word out.'
    parts = token.split(".")
    if len(parts) != 3 or not all(_TOKEN_PART.fullmatch(part) for part in parts):
        return f"DISCORD_TOKEN is not a bot token: three parts joined by dots were expected. {_PORTAL_HINT}"
    if not _is_encoded_number(parts[0]):
        return f"DISCORD_TOKEN is not a bot token: it does not begin with a bot's id. {_PORTAL_HINT}"
    return None


def require_token(settings: Settings) -> str:
    """Return the token, or raise BadSettings that says what is wrong with its form."""
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    if fault := token_problem(token):
        raise BadSettings(fault)
    return token


def _problem_line(location: tuple[int | str, ...], problem: object, options: Collection[str]) -> str:
    """Return one of pydantic's validation errors as a line for a person, without the value."""
    details = problem if isinstance(problem, dict) else {}
    name = str(location[0]) if location else "settings"
    if name in options:
        name = f"--{name.replace('_', '-')}"
    elif name in Settings.model_fields:
        name = environment_variable(name)
    cause = details.get("ctx", {}).get("error")
    return f"{name}: {cause or details.get('msg', 'not understood')}."


def _read_address(text: str) -> HttpAddress | None:
    """Return a host and a port; None if it is anything else."""
    if not _is_host(text.lower()):
        return None
    parts = urlsplit(f"//{text}")
    return HttpAddress(parts.hostname, parts.port) if parts.hostname and parts.port else None


def _is_host(host: str) -> bool:
    """Return True if it is a host name or IP address, with a port or without, and nothing else."""
    try:
        parts = urlsplit(f"//{host}")
        name, _ = parts.hostname or "", parts.port
        if parts.netloc != host or "@" in host:
            return False
        if ":" in name:
            ipaddress.IPv6Address(name)
            return True
    except ValueError:
        return False
    return len(name) <= 253 and all(_LABEL.fullmatch(label) for label in name.split("."))


def _is_encoded_number(part: str) -> bool:
    """Return True if unpadded base64url text stands for decimal digits."""
    try:
        decoded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (binascii.Error, ValueError):
        return False
    return decoded.isdigit()
