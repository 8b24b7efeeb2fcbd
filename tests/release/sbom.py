"""`make sbom`: what the package runs on, as CycloneDX JSON, from the metadata of what is installed."""

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "verbatim-news"
OUTPUT = ROOT / "dist" / "verbatim.cdx.json"


def main() -> int:
    """Write the file; return the exit code."""
    bom = bill_of_materials(PACKAGE)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(JsonV1Dot6(bom).output_as_string(indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(f"{OUTPUT.relative_to(ROOT)}: {len(bom.components)} components\n")
    return 0


def bill_of_materials(package: str) -> Bom:
    """Return an installed package with everything that it needs, without its extras."""
    needed = {name: distribution(name) for name in _closure(package)}
    components = {name: _component(found) for name, found in needed.items()}
    root = components.pop(_normal(package))
    root.type = ComponentType.APPLICATION
    bom = Bom(components=components.values())
    bom.metadata.component = root
    for name, found in needed.items():
        on = [components[other] for other, _ in _requirements(found, frozenset()) if other in components]
        bom.register_dependency(components.get(name, root), on)
    return bom


def _closure(package: str) -> set[str]:
    """Return the names of a package and of all that it needs here."""
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting: list[tuple[str, frozenset[str]]] = [(_normal(package), frozenset())]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting += _requirements(distribution(one[0]), one[1])
    return {name for name, _ in seen}


def _requirements(found: Distribution, extras: frozenset[str]) -> list[tuple[str, frozenset[str]]]:
    """Return what a package with some extras needs on this machine: (name, extras of it)."""
    environments = [{"extra": extra} for extra in (extras or {""})]
    needed = []
    for line in found.requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or any(map(requirement.marker.evaluate, environments)):
            try:
                distribution(requirement.name)
            except PackageNotFoundError:
                continue  # the GPU libraries of torch, where its CPU build is installed
            needed.append((_normal(requirement.name), frozenset(requirement.extras)))
    return needed


def _component(found: Distribution) -> Component:
    name, version = _normal(found.metadata["Name"]), found.version
    told = found.metadata["License-Expression"] or found.metadata["License"] or ""
    first_line = told.strip().split("\n")[0]
    return Component(
        name=name,
        version=version,
        type=ComponentType.LIBRARY,
        purl=PackageURL("pypi", name=name, version=version),
        bom_ref=f"{name}=={version}",
        licenses=[LicenseFactory().make_from_string(first_line)] if first_line else [],
    )


def _normal(name: str) -> str:
    """Return a package's name as indexes write it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
