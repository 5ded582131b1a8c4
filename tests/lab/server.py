"""A JupyterLab of its own: a free port, a random token, and settings in a folder of the test."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

FOLDERS = (
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "IPYTHONDIR",
)
HAS_LAB = find_spec("jupyterlab") is not None and find_spec("ipywidgets") is not None
SECONDS = 60


@dataclass(frozen=True)
class Lab:
    """A running server.

    Attributes
    ----------
    root
        The folder that it shows.
    address, token
        Where it answers, and to whom.
    """

    root: Path
    address: str
    token: str

    def open(self, name: str) -> str:
        """Give the address that opens a notebook in a fresh workspace."""
        return f"{self.address}/lab/tree/{name}?reset&token={self.token}"


@contextmanager
def start_lab(root: Path, home: Path) -> Iterator[Lab]:
    """Run JupyterLab over a folder, with its settings, runtime and kernels below `home`."""
    folders = {name: home / name.lower() for name in FOLDERS}
    news = folders["JUPYTERLAB_SETTINGS_DIR"] / "@jupyterlab" / "apputils-extension"
    for folder in (*folders.values(), news):
        folder.mkdir(parents=True)
    settings = json.dumps({"fetchNews": "false", "checkForUpdates": False})
    (news / "notification.jupyterlab-settings").write_text(settings)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"),
        *("--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", "--allow-root"),
        *(f"--ServerApp.root_dir={root}", "--LabApp.expose_app_in_browser=True"),
    ]
    environment = os.environ | {name: str(folder) for name, folder in folders.items()}
    log = home / "lab.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        try:
            lab = Lab(root, f"http://127.0.0.1:{port}", token)
            wait_for(lab, server, log)
            yield lab
        finally:
            server.send_signal(signal.SIGTERM)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_for(lab: Lab, server: subprocess.Popen, log: Path) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(f"{lab.address}/api/status?token={lab.token}", timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"JupyterLab does not answer: {log.read_text()[-2000:]}")
