import os
import shutil
import subprocess
import sys
from pathlib import Path

import analysis

CODE = """
import sys; sys.path.insert(0, sys.argv[1])
from compiled import compiled
import module
print(module.twice(21))
"""


def run(folder, **environment):
    result = subprocess.run(
        [sys.executable, "-c", CODE, str(folder)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


def package(folder):
    folder.mkdir()
    shutil.copy(Path(analysis.__file__).with_name("compiled.py"), folder)
    (folder / "module.py").write_text(
        "from compiled import compiled\n@compiled\ndef twice(x):\n    return 2 * x\n"
    )
    return folder


def test_machine_code_is_kept_beside_the_module(tmp_path):
    folder = package(tmp_path / "package")
    assert run(folder) == "42"
    assert list(folder.rglob("*.nbi"))


def test_without_any_folder_to_write_to_it_compiles_all_the_same(tmp_path):
    # A file where numba wants its folder shuts it out, for the superuser too.
    folder = package(tmp_path / "package")
    (folder / "__pycache__").write_text("")
    (tmp_path / "home").write_text("")
    home = str(tmp_path / "home")
    assert run(folder, HOME=home, XDG_CACHE_HOME=home, PYTHONDONTWRITEBYTECODE="1") == "42"
    assert not list(tmp_path.rglob("*.nbi"))


def test_a_package_that_cannot_be_written_to_uses_the_user_s_cache(tmp_path):
    folder = package(tmp_path / "package")
    (folder / "__pycache__").write_text("")
    cache = tmp_path / "cache"
    cache.mkdir()
    assert run(folder, XDG_CACHE_HOME=str(cache), PYTHONDONTWRITEBYTECODE="1") == "42"
    assert list(cache.rglob("*.nbi"))


def test_machine_code_of_older_sources_is_made_anew(tmp_path):
    folder = package(tmp_path / "package")
    (folder / "called.py").write_text(
        "from compiled import compiled\n@compiled\ndef factor(x):\n    return 2\n"
    )
    (folder / "module.py").write_text(
        "from called import factor\nfrom compiled import compiled\n"
        "@compiled\ndef twice(x):\n    return factor(x) * x\n"
    )
    assert run(folder) == "42"
    for path in folder.rglob("*.nb*"):
        os.utime(path, (1, 1))  # kept before the sources were last written
    changed = folder / "called.py"
    # Of another size: Python itself would not see a change within the second it compiled in.
    changed.write_text(changed.read_text().replace("return 2", "return 1 + 2"))
    assert run(folder) == "63"
