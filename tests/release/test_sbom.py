"""The bill of materials: what the installed package runs on, and nothing to develop with."""

import json
from importlib.metadata import version
from importlib.resources import files

from cyclonedx.output.json import JsonV1Dot6
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from tests.conftest import REPOSITORY
from tests.release.sbom import bill_of_materials


def written():
    return json.loads(JsonV1Dot6(bill_of_materials("verbatim-news")).output_as_string())


def test_it_has_what_runs_with_versions_and_licences():
    bom = written()
    by_name = {component["name"]: component for component in bom["components"]}
    assert bom["metadata"]["component"]["name"] == "verbatim-news"
    assert {"discord-py", "onnxruntime", "prometheus-client", "multidict", "torch"} <= by_name.keys()
    assert not {"pytest", "ruff", "mypy", "pip-audit"} & by_name.keys()
    assert by_name["aiohttp"]["version"] == version("aiohttp")
    assert by_name["aiohttp"]["purl"] == f"pkg:pypi/aiohttp@{version('aiohttp')}"
    assert by_name["numpy"]["licenses"]


def test_it_says_what_needs_what():
    bom = written()
    needs = {one["ref"]: one.get("dependsOn", []) for one in bom["dependencies"]}
    root = needs[bom["metadata"]["component"]["bom-ref"]]
    assert f"aiohttp=={version('aiohttp')}" in root
    assert f"yarl=={version('yarl')}" in needs[f"aiohttp=={version('aiohttp')}"]
    known = {component["bom-ref"] for component in bom["components"]}
    assert {ref for refs in needs.values() for ref in refs} <= known


def test_it_is_valid_cyclonedx():
    folder = files("cyclonedx.schema._res")
    schemas = {
        path.name: json.loads(path.read_text("utf-8"))
        for path in folder.iterdir()
        if path.name.endswith(".schema.json")
    }
    registry = Registry().with_resources(
        (f"http://cyclonedx.org/schema/{name}", DRAFT7.create_resource(schema))
        for name, schema in schemas.items()
    )
    schema = schemas["bom-1.6.SNAPSHOT.schema.json"]
    faults = list(Draft7Validator(schema, registry=registry).iter_errors(written()))
    assert not faults, faults[:3]


def test_no_file_of_the_repository_keeps_it():
    assert "dist/" in (REPOSITORY / ".gitignore").read_text(encoding="utf-8").splitlines()
