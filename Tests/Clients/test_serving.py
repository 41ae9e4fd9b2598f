"""Starting and stopping: the service as its operator meets it."""

import http.client
import json
import pathlib
import signal
import socket
import time

import pytest

from clients import kms_client
from server import free_port, run_keywright
from wire import Wire, dev_authorization

both_modes = pytest.mark.parametrize("trusting", [True, False], ids=["dev", "real"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@both_modes
def test_stops_when_asked(start, tmp_path, number, trusting):
    server = start(dev=trusting, data_dir=None if trusting else tmp_path / "data")
    connections = [Wire(server) for _ in range(5)]
    for connection in connections:
        connection.send("GET", "/health", body=None)  # idle, kept alive
    assert server.stop(number, timeout=30) == 0
    for connection in connections:
        connection.close()
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", server.port), timeout=1)


def test_requests_under_way_are_answered_before_it_stops(start):
    server = start()
    kms = kms_client(server)
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    body = ('{"KeyId": "%s", "KeyPairSpec": "RSA_4096"}' % key).encode()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {
        "X-Amz-Target": "TrentService.GenerateDataKeyPair",
        "X-Amz-Date": "20250101T000000Z",
        "Authorization": dev_authorization(),
    }
    connection.request("POST", "/", body=body, headers=headers)
    time.sleep(0.05)
    server.process.send_signal(signal.SIGTERM)
    answer = connection.getresponse()
    # Either the pair, or a refusal in the service's own words, never a cut connection.
    assert answer.status in (200, 400), answer.read()
    assert json.loads(answer.read())
    connection.close()
    assert server.process.wait(30) == 0


def test_temporary_store_is_gone_at_exit(start, tmp_path):
    server = start(environment={"TMPDIR": str(tmp_path)})
    kms_client(server).create_key()
    assert server.stop() == 0
    assert [path for path in tmp_path.iterdir() if not path.name.startswith("log-")] == []


def test_two_services_do_not_share_a_data_directory(start, tmp_path):
    first = start(data_dir=tmp_path / "data")
    began = time.monotonic()
    second = run_keywright("serve", "--dev", "--port", free_port(), "--data-dir", tmp_path / "data")
    assert second.returncode == 75, second
    assert str(tmp_path / "data") in second.stderr
    assert time.monotonic() - began < 30
    assert first.is_alive()
    kms_client(first).create_key()
    assert first.stop() == 0
    start(data_dir=tmp_path / "data")


def test_port_that_is_taken(start):
    first = start()
    second = run_keywright("serve", "--dev", "--port", first.port)
    assert second.returncode == 69, second
    assert str(first.port) in second.stderr
    assert first.is_alive()


def test_development_mode_stays_on_the_machine():
    finished = run_keywright("serve", "--dev", "--port", "0", "--host", "0.0.0.0")
    assert finished.returncode == 64, finished
    assert "--dev-allow-remote" in finished.stderr


def test_development_mode_elsewhere_when_it_is_allowed(start):
    server = start("--host", "0.0.0.0", "--dev-allow-remote")
    assert server.is_alive()


def test_the_banner_of_development_mode(start, tmp_path):
    assert "not for production" in start().log_text().lower()
    assert "not for production" not in start(dev=False, data_dir=tmp_path / "data").log_text().lower()


def test_version_and_help():
    assert run_keywright("--version").stdout.strip().count(".") == 2
    text = run_keywright("serve", "--help").stdout
    for flag in (
        "--dev",
        "--host",
        "--port",
        "--data-dir",
        "--region",
        "--account",
        "--tls-certificate",
        "--tls-key",
        "--root-key",
        "--identities",
        "--config",
    ):
        assert flag in text


def test_unknown_commands():
    assert run_keywright("no-such-command").returncode == 64


def test_core_dumps_are_off(start):
    server = start()
    limits = pathlib.Path(f"/proc/{server.process.pid}/limits")
    if limits.exists():
        core = next(line for line in limits.read_text().splitlines() if line.startswith("Max core file size"))
        assert core.split()[4] == "0"
    # A core dump that the kernel pipes to a program is made whatever the limit is: it must hold no memory.
    filter = pathlib.Path(f"/proc/{server.process.pid}/coredump_filter")
    if filter.exists():
        assert int(filter.read_text(), 16) == 0


def test_logs_are_one_line_each(start):
    server = start("--log-level", "trace")
    with Wire(server) as wire:
        wire.post("DescribeKey", {"KeyId": "alias/a\nb\r\nforged log line"})
        wire.post("Such\u00e9thing\x7f", {})
    assert server.stop() == 0
    assert not any(line.startswith("forged log line") for line in server.log_text().splitlines())
