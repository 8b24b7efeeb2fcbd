"""Request bodies held against Discord's own API description, where that file is at hand."""

from __future__ import annotations

import json
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

DESCRIPTION = Path(__file__).resolve().parents[3] / "shared" / "data" / "discord" / "openapi.json"
_ROOT = "discord:openapi"


@cache
def schema() -> Schema | None:
    """Give the description read once, or None where the file is absent."""
    return Schema(json.loads(DESCRIPTION.read_text())) if DESCRIPTION.is_file() else None


class Schema:
    """The description with a validator for each request body."""

    def __init__(self, document: dict[str, Any]):
        # discord.py sends ids as numbers in places; Discord takes both, the description knows text only.
        document["components"]["schemas"]["SnowflakeType"] = {
            "type": ["string", "integer"],
            "pattern": "^(0|[1-9][0-9]*)$",
        }
        self._paths = document["paths"]
        self._registry = Registry().with_resource(_ROOT, DRAFT202012.create_resource(document))
        self._validators: dict[tuple[str, str], Draft202012Validator | None] = {}

    def faults(self, method: str, template: str, body: Any) -> list[str]:
        """What is wrong with the body for this method and path template, at most five, in words."""
        key = (method.lower(), template)
        if key not in self._validators:
            self._validators[key] = self._validator(*key)
        validator = self._validators[key]
        if validator is None:
            return []
        found = map(_closest, islice(validator.iter_errors(body), 5))
        return [f"{_where(error)}: {error.message[:300]}" for error in found]

    def knows(self, method: str, template: str) -> bool:
        """Whether the description has this route."""
        return method.lower() in self._paths.get(template, {})

    def _validator(self, method: str, template: str) -> Draft202012Validator | None:
        request = self._paths.get(template, {}).get(method, {}).get("requestBody", {})
        if "application/json" not in request.get("content", {}):
            return None
        steps = ("paths", template, method, "requestBody", "content", "application/json", "schema")
        pointer = "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)
        return Draft202012Validator({"$ref": f"{_ROOT}#/{pointer}"}, registry=self._registry)


def _closest(error: ValidationError) -> ValidationError:
    """The fault inside the alternative that was meant: the one whose `type` fits."""
    while error.context:
        branches: dict[object, list[ValidationError]] = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        meant = [faults for faults in branches.values() if not any(map(_of_another_type, faults))]
        if not meant:
            return error
        error = meant[0][0]
    return error


def _of_another_type(error: ValidationError) -> bool:
    path = list(error.relative_path)
    return path[-1:] == ["type"] or (error.validator == "type" and not path)


def _where(error: ValidationError) -> str:
    return "/".join(map(str, error.absolute_path)) or "body"
