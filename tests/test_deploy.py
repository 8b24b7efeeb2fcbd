"""The dashboard and the alerts name what `/metrics` serves, and the page says what each means."""

import json
import re
from dataclasses import replace

import pytest
import yaml
from prometheus_client import ProcessCollector

from bot.gateway.connection import ShardStatus
from bot.metrics import Metrics
from bot.monitoring.state_collector import StateCollector
from tests.bot.monitoring.parts import feed, whole
from tests.conftest import REPOSITORY

DASHBOARD = json.loads((REPOSITORY / "deploy" / "grafana.json").read_text(encoding="utf-8"))
ALERTS = yaml.safe_load((REPOSITORY / "deploy" / "alerts.yaml").read_text(encoding="utf-8"))
PAGE = (REPOSITORY / "docs" / "operating.md").read_text(encoding="utf-8")
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
PANELS = DASHBOARD["panels"]
EXPRESSIONS = {
    **{rule["alert"]: rule["expr"] for rule in RULES},
    **{
        f"{panel['title']} {target['refId']}": target["expr"]
        for panel in PANELS
        for target in panel["targets"]
    },
}
SCRAPED = {"instance", "job"}  # labels that Prometheus adds
PROCESS = {
    "process_resident_memory_bytes",
    "process_cpu_seconds_total",
    "process_open_fds",
    "process_max_fds",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Everything that `/metrics` serves: the values of every label, by the name of the sample."""
    known = feed(tmp_path_factory.mktemp("feeds"))
    polled = replace(known, feed=replace(known.feed, last_polled=1.0))
    registry = Metrics().registry
    status = whole([polled])
    status.gateway.now = replace(
        status.gateway.now, shards=(ShardStatus(0, is_connected=True, latency=0.05, servers=2),)
    )
    registry.register(StateCollector(status))
    ProcessCollector(registry=registry)
    found = {}
    for family in registry.collect():
        for sample in family.samples:
            for name, value in {"": "", **sample.labels}.items():
                found.setdefault(sample.name, {}).setdefault(name, set()).add(value)
    for name in PROCESS:  # served on Linux alone
        found.setdefault(name, {})
    return found


def selectors(expression):
    """Return (metric, [(label, operator, value)]) of every metric that an expression names."""
    found = re.findall(r"\b((?:verbatim|process)_\w+)(?:\{([^}]*)\})?", expression)
    return [(name, re.findall(r'(\w+)(=~|!=|=)"([^"]*)"', inside)) for name, inside in found]


@pytest.mark.parametrize("where", EXPRESSIONS)
def test_every_metric_and_label_named_is_served(served, where):
    named = selectors(EXPRESSIONS[where])
    assert named or "up{" in EXPRESSIONS[where]
    for metric, conditions in named:
        assert metric in served, metric
        for label, operator, value in conditions:
            assert label in SCRAPED or label in served[metric], (metric, label)
            if label not in SCRAPED:
                wanted = value.split("|") if operator == "=~" else [value]
                assert set(wanted) <= served[metric][label], (metric, value)
    grouped = {
        label
        for labels in re.findall(r"\bby \(([^)]*)\)", EXPRESSIONS[where])
        for label in labels.split(", ")
    }
    assert grouped <= SCRAPED.union(*(served[metric] for metric, _ in named), [])


def test_a_histogram_is_asked_for_its_buckets_and_a_counter_for_its_rate():
    for where, expression in EXPRESSIONS.items():
        for metric in re.findall(r"verbatim_\w+", expression):
            if metric.endswith("_total"):
                assert re.search(rf"(?:rate|increase)\({metric}", expression), where
            assert not metric.endswith("_created")


def test_everything_that_is_served_is_on_the_dashboard_or_in_an_alert(served):
    named = {metric for expression in EXPRESSIONS.values() for metric, _ in selectors(expression)}
    ours = {
        re.sub(r"_(?:bucket|sum|count|created)$", "", name) for name in served if name.startswith("verbatim_")
    }
    ours -= {name.removesuffix("_total") for name in served if name.endswith("_total")}
    shown = {re.sub(r"_(?:bucket|sum|count)$", "", name) for name in named}
    assert ours - shown == set()


def test_the_page_has_every_metric_and_every_value_of_a_label(served):
    rows = {
        name: row for row in PAGE.splitlines() if row.startswith("|") for name in re.findall(r"`(\w+)`", row)
    }
    for name, labels in served.items():
        if not name.startswith("verbatim_") or name.endswith("_created"):
            continue
        base = re.sub(r"_(?:bucket|sum|count)$", "", name)
        assert base in rows, base
        for label in labels.keys() - {"", "le"}:
            assert f"`{label}`" in rows[base], (base, label)
        for label in ("state", "stage", "reason", "outcome"):
            for value in labels.get(label, ()):
                assert f"`{value}`" in rows[base], (base, value)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_the_page_says_of_every_alert_what_it_means_and_what_to_do(rule):
    row = re.search(rf"^\| `{rule['alert']}` \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert row, rule["alert"]
    assert len(row[1]) > 20
    assert rule["labels"]["severity"] in {"warning", "critical"}
    assert rule["annotations"]["summary"].endswith(".")


def test_the_page_names_no_alert_or_metric_that_is_not_there(served):
    assert set(re.findall(r"^\| `(Verbatim\w+)`", PAGE, re.MULTILINE)) == {rule["alert"] for rule in RULES}
    bases = {re.sub(r"_(?:bucket|sum|count)$", "", name) for name in served}
    assert set(re.findall(r"`((?:verbatim|process)_\w+)`", PAGE)) <= bases


def test_panels_stand_beside_each_other_and_name_no_server():
    places = [tuple(panel["gridPos"][side] for side in "xywh") for panel in PANELS]
    assert all(x + w <= 24 for x, _, w, _ in places)
    for place, (x, y, w, h) in enumerate(places):
        for other_x, other_y, other_w, other_h in places[place + 1 :]:
            assert x + w <= other_x or other_x + other_w <= x or y + h <= other_y or other_y + other_h <= y
    assert len({panel["id"] for panel in PANELS}) == len({panel["title"] for panel in PANELS}) == len(PANELS)
    sources = {target["datasource"]["uid"] for panel in PANELS for target in panel["targets"]}
    assert sources == {"${datasource}"}
