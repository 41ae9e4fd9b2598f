"""A Swift package outside this one, which depends on it by path: it compiles, and works against the service."""

import os
import shutil
import subprocess

import pytest

from server import REPOSITORY, clean_environment


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """Builds the package of the folder `outside` in a folder of its own.

    It builds into this checkout's own build folder, with the flags of scripts/build, and so finds there every
    dependency built already. KEYWRIGHT_OUTSIDE_SCRATCH names another folder, to build everything once more.
    """
    package = tmp_path_factory.mktemp("packages") / "outside"
    shutil.copytree(REPOSITORY / "Tests/Clients/outside", package)
    scratch = os.environ.get("KEYWRIGHT_OUTSIDE_SCRATCH", str(REPOSITORY / ".build"))
    flags = subprocess.run([REPOSITORY / "scripts/build-flags"], capture_output=True, text=True, check=True).stdout.split()
    flags += ["--package-path", package, "--scratch-path", scratch]
    environment = clean_environment({"KEYWRIGHT_CHECKOUT": str(REPOSITORY), "KEYWRIGHT_STRICT": "1"})
    finished = subprocess.run(["swift", "build", *flags], env=environment, capture_output=True, text=True, timeout=3600)
    assert finished.returncode == 0, finished.stdout[-4000:] + finished.stderr[-4000:]
    shown = subprocess.run(
        ["swift", "build", *flags, "--show-bin-path"], env=environment, capture_output=True, text=True, timeout=600
    )
    return os.path.join(shown.stdout.strip(), "Outside")


def test_it_works_against_the_service(program, dev):
    finished = subprocess.run([program, dev.url], env=clean_environment(), capture_output=True, text=True, timeout=120)
    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.splitlines() == [
        "made: a pair of 91 bytes",
        "unknown: not found, request known",
        "disabled: disabled, status 400",
        "shut down: transport",
    ]
