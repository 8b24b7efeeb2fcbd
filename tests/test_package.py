"""The package as it is shipped, and the rules of the house that a machine can check."""

import ast
import json
import re
import statistics
import subprocess
import sys
import tomllib
from collections import defaultdict
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SOURCES = sorted(path for package in ("bot", "index") for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MODULES_IN_A_FOLDER = 16
MODULES_WITHOUT_TESTS = 14  # lower it when the list of them gets shorter; never raise it
LONGEST_SOURCE, LONGEST_TEST, LONGEST_FUNCTION, MEDIAN_FUNCTION = 400, 600, 45, 10  # lines


def name_of(path):
    return str(path.relative_to(ROOT))


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path):
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, kinds)]


def code_lines(function):
    """Count a function's lines without its docstring."""
    first = function.body[1:] if ast.get_docstring(function) else function.body
    return function.end_lineno - first[0].lineno + 1 if first else 1


def imported(path):
    """List the top-level names of all packages a file imports."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_the_wheel_holds_both_packages_and_their_data():
    assert PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"] == {"packages": ["bot", "index"]}
    for package in ("bot", "index"):
        assert (files(package) / "py.typed").is_file()
    assert (files("index") / "sample" / "articles.jsonl").is_file()
    if (ROOT / ".git").exists():  # not in an unpacked sdist
        tracked = subprocess.run(
            ["git", "ls-files", "index/sample"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert "index/sample/articles.jsonl" in tracked.stdout.splitlines()


def test_the_sample_is_read_from_the_package():
    lines = (files("index") / "sample" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) >= 15
    assert len({row["outlet"] for row in rows}) >= 4
    assert all(re.fullmatch(r"https://([a-z-]+\.)?example\.com/\S+", row["url"]) for row in rows)


def test_the_console_script_starts_a_function():
    module, _, function = PROJECT["project"]["scripts"]["verbatim"].partition(":")
    assert callable(getattr(import_module(module), function))


def test_what_the_package_promises_is_there():
    assert PROJECT["project"]["readme"] == "README.md"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert "torch==2.13.0" in PROJECT["project"]["dependencies"]
    assert PROJECT["tool"]["pytest"]["ini_options"]["filterwarnings"][0] == "error"


def test_help_loads_nothing_heavy():
    heavy = [
        "torch",
        "discord",
        "sentence_transformers",
        "trafilatura",
        "faiss",
        "numpy",
        "dateparser",
        "pydantic",
    ]
    code = (
        "import sys, contextlib, io\n"
        "from bot.cli.app import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "    main(['--help'])\n"
        f"print([name for name in {heavy!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_adding_asking_and_running_do_without_torch(models, tmp_path):
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "import bot.cli.app, bot.client\n"
        "from index.archive import Archive\n"
        "from index.articles import Article\n"
        "text = '\\n'.join(f'Sentence {n} says that wheat prices rose in Norwick.' for n in range(600))\n"
        "with Archive.open(Path(sys.argv[1]), models=Path(sys.argv[2])) as archive:\n"
        "    print(*(added.outcome for added in archive.add([Article('https://a.example/1', 'A', 'B', text)])))\n"
        "    print(archive.ask('What rose in Norwick?').outcome)\n"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules])\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path), str(models)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["added", "quotes", "[]"]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_source_file_is_short_and_so_are_its_functions(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_SOURCE
    long = [function.name for function in functions(path) if code_lines(function) > LONGEST_FUNCTION]
    assert not long


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_a_test_file_is_not_too_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_TEST


def test_the_median_function_is_small():
    assert (
        statistics.median(code_lines(function) for path in SOURCES for function in functions(path))
        <= MEDIAN_FUNCTION
    )


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_news_knows_nothing_of_people(path):
    packages = {name.partition(".")[0] for name in imported(path)}
    assert not packages & {"tests"}
    if path.is_relative_to(ROOT / "index"):
        assert not packages & {"bot", "discord", "rich", "typer"}


def test_no_file_shadows_a_library_or_waits_to_be_finished():
    taken = {
        "types",
        "logging",
        "typing",
        "email",
        "html",
        "json",
        "discord",
        "faiss",
        "rich",
        "tantivy",
        "torch",
    }
    for path in SOURCES:
        assert path.stem not in taken, path
        assert not re.search(r"TO" r"DO|FIX" r"ME|XXX", path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("folder", sorted({path.parent for path in SOURCES}), ids=name_of)
def test_a_room_holds_few_modules(folder):
    modules = [path.name for path in folder.glob("*.py") if path.name not in {"__init__.py", "__main__.py"}]
    assert len(modules) <= MODULES_IN_A_FOLDER


def test_a_class_name_is_defined_once():
    homes = defaultdict(list)
    for path in SOURCES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(name_of(path))
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


def test_modules_without_tests_of_their_own_are_listed_and_become_fewer():
    listed = (ROOT / "tests" / "untested_modules.txt").read_text(encoding="utf-8").split()
    assert listed == sorted(set(listed))
    assert sorted(name_of(path) for path in SOURCES if not has_tests(path)) == listed
    assert len(listed) <= MODULES_WITHOUT_TESTS


def has_tests(path):
    """Return True if a module has a test file where the tests mirror the packages; packages need none."""
    if path.name in {"__init__.py", "__main__.py"}:
        return True
    return (ROOT / "tests" / path.parent.relative_to(ROOT) / f"test_{path.stem.lstrip('_')}.py").is_file()


def builds_an_empty_container(value):
    """Say whether an expression makes a list, dict or set that can only be meant to be filled later."""
    if isinstance(value, ast.Call):
        return ast.unparse(value.func) in {
            "list",
            "dict",
            "set",
            "defaultdict",
            "deque",
            "Counter",
            "OrderedDict",
        }
    return (isinstance(value, ast.List) and not value.elts) or (
        isinstance(value, ast.Dict) and not value.keys
    )


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_reads_pickles_or_runs_text(path):
    """Weights come from safetensors and ONNX, arrays and what processes tell each other without pickles."""
    packages = {name.partition(".")[0] for name in imported(path)}
    assert not packages & {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            keywords = {word.arg: ast.unparse(word.value) for word in node.keywords}
            assert called not in {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}, called
            assert keywords.get("allow_pickle") != "True"
            assert keywords.get("shell") != "True"
            assert keywords.get("trust_remote_code") != "True"
            if called == "torch.load":
                assert keywords.get("weights_only") == "True"
            if called.endswith((".recv", "yaml.load")):
                raise AssertionError(f"{called} may run what it reads")


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_modules_keep_no_state_that_changes(path):
    tree = tree_of(path)
    assert not any(isinstance(node, ast.Global) for node in ast.walk(tree))
    assigned = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    assert not [ast.unparse(node) for node in assigned if builds_an_empty_container(node.value)]
