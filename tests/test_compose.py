"""The profiles of compose.yaml: one bot by itself, or several processes on a PostgreSQL that a replica follows."""

import os
import re
import signal
import socket
import subprocess
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
import yaml

from bot.cli import app
from bot.config import Settings, environment_variable
from bot.shards import parse_shards
from tests.conftest import REPOSITORY
from tests.postgres import PASSWORD, PostgresServer, wait_until
from tests.postgres_cluster import STREAMING

TEXT = (REPOSITORY / "compose.yaml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
CLUSTER = {name: one for name, one in SERVICES.items() if one.get("profiles") == ["cluster"]}
SERVERS = {name: one for name, one in CLUSTER.items() if "image" in one}
PROCESSES = {name: one for name, one in CLUSTER.items() if "build" in one}
BOTS = {name: one for name, one in PROCESSES.items() if "command" not in one}
RIGHTS = ("build", "env_file", "restart", "init", "read_only", "tmpfs", "cap_drop", "security_opt")


def test_without_a_profile_there_is_the_one_bot_alone():
    assert SERVICES.keys() - CLUSTER.keys() == {"bot"}
    assert not {"profiles", "depends_on", "ports"} & SERVICES["bot"].keys()
    # An empty VERBATIM_HTTP in .env, as .env.example has it, would leave the health check nothing to ask.
    address = "${VERBATIM_HTTP:-127.0.0.1:9464}"
    assert SERVICES["bot"]["environment"] == {"VERBATIM_DATA": "/data", "VERBATIM_HTTP": address}


def test_the_cluster_is_a_primary_a_replica_two_bots_and_two_fetchers():
    assert list(SERVERS) == ["primary", "replica"]
    assert {one["image"] for one in SERVERS.values()} == {"postgres:17"}
    assert list(PROCESSES) == ["bot-0", "bot-1", "fetcher-0", "fetcher-1"]
    fetchers = [one for name, one in PROCESSES.items() if name not in BOTS]
    assert [one["command"] for one in fetchers] == [["feeds", "watch"]] * 2
    # nothing is served there that the image's health check could ask
    assert all(one["healthcheck"] == {"disable": True} for one in fetchers)


def settings(service):
    """The settings of a service, as the process reads them."""
    found = {name: value for name, value in service["environment"].items() if value}
    fields = {environment_variable(field): field for field in Settings.model_fields}
    assert service["environment"].keys() <= fields.keys()
    return Settings(_env_file=None, **{fields[name]: value for name, value in found.items()})


def test_the_bots_have_all_shards_and_none_twice():
    divided = [settings(one) for one in BOTS.values()]
    assert {one.shard_count for one in divided} == {len(BOTS)}
    numbers = [number for one in divided for number in parse_shards(one.shards, one.shard_count).ids]
    assert numbers == [0, 1]
    assert all(settings(one).shard_count is None for name, one in PROCESSES.items() if name not in BOTS)


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_names_both_servers_and_no_password(name):
    address = urlsplit(settings(PROCESSES[name]).postgres.url)
    assert address.netloc.partition("@")[2].split(",") == list(SERVERS)
    assert address.password is None
    assert PROCESSES[name]["depends_on"] == {"primary": {"condition": "service_healthy"}}


def test_passwords_come_from_the_environment_alone_and_the_one_bot_needs_none():
    named = re.findall(r"^ +(\w*PASSWORD): (.+)$", TEXT, re.MULTILINE)
    assert len(named) == 3
    assert all(re.fullmatch(r"\$\{(POSTGRES_PASSWORD|PGPASSWORD):-\}", value) for _, value in named)
    assert not re.search(r"(?<!\$)\$\{\w+(:?\?|\})", TEXT)  # such would be asked for without the profile too


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_has_the_rights_of_the_one_bot_and_a_volume_of_its_own(name):
    one, bot = PROCESSES[name], SERVICES["bot"]
    assert {right: one[right] for right in RIGHTS} == {right: bot[right] for right in RIGHTS}
    assert one["volumes"] == [f"{name}:/data"]
    assert name in COMPOSE["volumes"]
    assert all(port.startswith("127.0.0.1:") for port in one["ports"])


def test_every_command_of_the_cluster_is_there():
    commands = {tuple(one["command"]) for name, one in PROCESSES.items() if name not in BOTS}
    for group, name in commands:
        [found] = [one for one in app.app.registered_groups if one.name == group]
        assert name in {one.name or one.callback.__name__ for one in found.typer_instance.registered_commands}


def test_the_primary_is_not_made_without_the_password_of_the_bots():
    bash, option, script = SERVERS["primary"]["command"]
    script = script.replace("$$", "$").replace("exec ", "echo ")
    refused, started = (
        subprocess.run(
            [bash, option, script], env={"NEWSROOM_PASSWORD": password}, capture_output=True, text=True
        )
        for password in ("", "word")
    )
    assert refused.returncode
    assert refused.stdout == ""
    assert "write PGPASSWORD into .env" in refused.stderr
    assert started.stdout.startswith("docker-entrypoint.sh postgres ")


class ComposePrimary(PostgresServer):
    """A primary that the file's script has prepared, and nobody else let a replica in."""

    def __init__(self):
        super().__init__(*STREAMING)
        rules = self.folder / "data" / "pg_hba.conf"
        kept = [line for line in rules.read_text().splitlines() if " replication " not in line]
        rules.write_text("\n".join(kept) + "\n")
        self._environment = os.environ | {
            "PATH": f"{self._programs / 'bin'}:{os.environ['PATH']}",
            "POSTGRES_USER": "owner",
            "POSTGRES_PASSWORD": unquote(PASSWORD),
            "NEWSROOM_PASSWORD": "it's news",
            "PGDATA": str(self.folder / "data"),
        }
        here = {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGPASSWORD": unquote(PASSWORD)}
        script = REPOSITORY / "deploy" / "postgres.sh"
        subprocess.run(["bash", "-e", script], env=self._environment | here, check=True)
        self.execute("SELECT pg_reload_conf()")

    @contextmanager
    def replica(self):
        """Run what the replica runs; yield where the bots' database is there."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        bash, option, script = SERVERS["replica"]["command"]
        host = f"--host=127.0.0.1 --port={self.port}"
        script = script.replace("$$", "$").replace("--host=primary", host).rstrip()
        data = {"PGDATA": str(self.folder / "copy"), "PGPASSWORD": unquote(PASSWORD), "PGPORT": str(port)}
        log = self.folder / "replica.log"
        with log.open("ab") as file:
            process = subprocess.Popen(
                [bash, option, f"{script} -c unix_socket_directories={self.folder}"],
                **self._options(), env=self._environment | data, stdout=file, stderr=file,
            )  # fmt: skip
        address = f"postgresql://newsroom:it%27s%20news@127.0.0.1:{port}/news"
        try:
            wait_until(lambda: rows(address, "SELECT 1") == [(1,)], log.read_text)
            yield address
        finally:
            process.send_signal(signal.SIGINT)  # as the image stops it
            process.wait(60)


def rows(address, statement):
    """What a server says; None while it cannot be asked."""
    try:
        with psycopg.connect(address) as db:
            return db.execute(statement).fetchall()
    except psycopg.OperationalError:
        return None


def test_the_replica_copies_the_primary_once_and_follows_it_until_it_is_promoted():
    primary = ComposePrimary()
    try:
        home = primary.url("news", "newsroom", "it%27s%20news")
        with psycopg.connect(home) as db:
            db.execute("CREATE SCHEMA verbatim")
            db.execute("CREATE TABLE verbatim.seen AS SELECT 1 AS number")
        with primary.replica() as copy:
            assert rows(copy, "SELECT number FROM verbatim.seen") == [(1,)]
            copied = (primary.folder / "copy" / "backup_label.old").stat().st_ino
            primary.execute("INSERT INTO verbatim.seen VALUES (2)", "news")
            wait_until(lambda: len(rows(copy, "SELECT number FROM verbatim.seen")) == 2)
        with primary.replica() as copy:  # started again
            assert (primary.folder / "copy" / "backup_label.old").stat().st_ino == copied
            primary.execute("INSERT INTO verbatim.seen VALUES (3)", "news")
            wait_until(lambda: len(rows(copy, "SELECT number FROM verbatim.seen")) == 3)
            primary.kill()
            admin = copy.replace("newsroom:it%27s%20news", f"owner:{PASSWORD}")
            assert rows(admin, "SELECT pg_promote()") == [(True,)]
            with psycopg.connect(copy) as db:
                db.execute("INSERT INTO verbatim.seen VALUES (4)")
    finally:
        primary.close()
