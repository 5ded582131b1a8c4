"""A cluster whose workers have networks of their own, as machines have, joined by TCP only."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from cluster_checks import assert_same, kill_holder

from analysis import pipeline

distributed = pytest.importorskip("distributed", reason="needs the extra scale: run make scale")

NET = f"10.213.{os.getpid() % 250 + 1}"
BRIDGE = f"news{os.getpid()}"  # at most 15 characters
SPACES = [f"{BRIDGE}-{number}" for number in (2, 3)]


def ip(*words: str) -> None:
    """Run the command `ip`; where it may not, the test is skipped with its reason."""
    done = subprocess.run(["ip", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no network namespaces here: ip {' '.join(words)}: {done.stderr.strip()}")


def inside(space: str) -> list[str]:
    """Give the words before a command that runs it in a namespace."""
    return ["ip", "netns", "exec", space] if space else []


def reach(space: str, server: str, host: str) -> bool:
    """Tell whether a process in one namespace reaches one in another: firewalls may forbid it."""
    serve = (
        "import socket; server = socket.create_server(('', 0));"
        "print(server.getsockname()[1], flush=True); server.accept()"
    )
    call = "import socket, sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 5)"
    command = [*inside(server), sys.executable, "-c", serve]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as serving:
        port = serving.stdout.readline().strip()
        calling = [*inside(space), sys.executable, "-c", call, host, port]
        done = subprocess.run(calling, capture_output=True, check=False)
        serving.kill()
    return done.returncode == 0


@pytest.fixture
def networks() -> Iterator[list[str]]:
    """Two namespaces, each with an interface of its own; give their names."""
    if not shutil.which("ip") or os.geteuid():
        pytest.skip("network namespaces need the command ip (iproute2) and root")
    with contextlib.ExitStack() as stack:

        def add(kind: str, name: str, *words: str) -> None:
            ip(kind, "add", name, *words)
            stack.callback(subprocess.run, ["ip", kind, "del", name], check=False)

        add("link", BRIDGE, "type", "bridge")
        ip("address", "add", f"{NET}.1/24", "dev", BRIDGE)
        ip("link", "set", BRIDGE, "up")
        for number, space in enumerate(SPACES, start=2):
            outer = f"{BRIDGE}v{number}"
            add("netns", space)
            ip("link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", space)
            ip("link", "set", outer, "master", BRIDGE, "up")
            ip("-n", space, "address", "add", f"{NET}.{number}/24", "dev", "eth0")
            ip("-n", space, "link", "set", "eth0", "up")
            ip("-n", space, "link", "set", "lo", "up")
        first, second = SPACES
        if not (reach(first, "", f"{NET}.1") and reach(first, second, f"{NET}.3")):
            pytest.skip("network namespaces cannot reach each other here")
        yield SPACES


@pytest.fixture
def client(networks, tmp_path) -> Iterator:
    """A client of a scheduler here and of a worker in each network."""
    with contextlib.ExitStack() as stack:
        cluster = stack.enter_context(
            distributed.LocalCluster(
                n_workers=0, host=f"{NET}.1", protocol="tcp", dashboard_address=f"{NET}.1:0"
            )
        )
        for number, space in enumerate(networks, start=2):
            command = [
                *inside(space), sys.executable, "-m", "distributed.cli.dask_worker",
                cluster.scheduler_address, "--host", f"{NET}.{number}", "--nthreads", "1",
                "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path / space),
            ]  # fmt: skip
            log = stack.enter_context((tmp_path / f"{space}.log").open("wb"))
            worker = subprocess.Popen(command, stdout=log, stderr=log)
            stack.callback(worker.wait)
            stack.callback(worker.terminate)
        found = stack.enter_context(distributed.Client(cluster, set_as_default=False))
        found.wait_for_workers(len(networks), timeout=60)
        yield found


def test_workers_in_networks_of_their_own_give_the_same_although_one_dies(
    source, alone, client, kept
):
    kept("networks")
    hosts = {address.split("//")[1].split(":")[0] for address in client.run(os.getpid)}
    assert hosts == {f"{NET}.2", f"{NET}.3"}
    with kill_holder(client) as killed:
        corpus = pipeline.prepare(source, cluster=client)
    assert len(killed) == 1
    deadline = time.monotonic() + 30
    while len(client.scheduler_info(n_workers=-1)["workers"]) > 1 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert killed[0] not in client.scheduler_info(n_workers=-1)["workers"]
    assert_same(alone, corpus)
