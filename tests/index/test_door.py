"""Tests for the names that `index` exports: they resolve, lazily, and are all the bot may import."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import UnionType

import pytest

import index

ROOT = Path(__file__).parents[2]


def typed_names():
    """Return the names that a type checker sees, each with its module: those imported `if TYPE_CHECKING`."""
    tree = ast.parse(Path(index.__file__).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    return {alias.name: node.module for node in block.body for alias in node.names}


def loaded_after(code):
    """Return which modules of index, numpy and faiss a fresh interpreter holds after running `code`."""
    code += "\nimport sys; print(*(name for name in sys.modules if name.startswith(('index.', 'numpy', 'faiss'))))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize("name", index.__all__)
def test_an_exported_name_is_that_of_the_module_that_defines_it(name):
    home = import_module(index._HOMES[name])
    assert getattr(index, name) is getattr(home, name)
    if not isinstance(getattr(index, name), UnionType):  # which is another name of other types
        assert getattr(getattr(index, name), "__module__", home.__name__) == home.__name__


def test_the_three_lists_of_exported_names_agree():
    assert sorted(index.__all__) == sorted(index._HOMES) == dir(index)
    assert typed_names() == index._HOMES


def test_another_name_is_no_attribute():
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = index.Nothing


def test_importing_the_package_loads_none_of_its_modules_nor_numpy_nor_faiss():
    assert loaded_after("import index") == []


def test_a_name_loads_no_more_than_its_module_needs():
    assert "numpy" not in loaded_after("from index import parse_retention, VerbatimError")
