"""Starting, stopping, configuring: the service as its operator meets it."""

import contextlib
import http.client
import json
import pathlib
import signal
import socket
import sqlite3
import stat
import time

import pytest
import yaml

from clients import administrator_client, kms_client, refused
from server import Server, free_port, run_keywright
from wire import Wire, dev_authorization

both_modes = pytest.mark.parametrize("trusting", [True, False], ids=["dev", "real"])

PKCS8_HEADERS = {
    "RSA": bytes.fromhex("020100300d06092a864886f70d010101"),
    "elliptic curve": bytes.fromhex("020100301306072a8648ce3d0201"),
    "elliptic curve of a short name": bytes.fromhex("020100301006072a8648ce3d0201"),
    "Ed25519": bytes.fromhex("020100300506032b6570"),
}


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
    headers = {"X-Amz-Target": "TrentService.GenerateDataKeyPair", "X-Amz-Date": "20250101T000000Z", "Authorization": dev_authorization()}
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


@pytest.mark.parametrize(
    "arguments",
    [
        ("--port", "seventy"), ("--port", "70000"), ("--port", "-1"), ("--account", "12"), ("--region", "Not A Region"), ("--no-such-flag",),
        ("--root-key", "somewhere"), ("--log-level", "loud"), ("--key-pair-queue", "0"),
    ],
    ids=" ".join,
)
def test_flags_that_make_no_sense(arguments):
    finished = run_keywright("serve", "--dev", *arguments)
    assert finished.returncode == 64, finished
    assert finished.stderr.strip()


def test_flags_win_over_the_environment_which_wins_over_the_file(start, tmp_path):
    ports = [free_port() for _ in range(3)]
    file = tmp_path / "keywright.yaml"
    file.write_text(yaml.safe_dump({"port": ports[0], "dev": True, "account": "111111111111"}))
    options = {"dev": False, "pass_port": False}

    from_file = start("--config", file, port=ports[0], **options)
    assert kms_client(from_file, access_key_id="x", service="sts").get_caller_identity()["Account"] == "111111111111"
    environment = {"KEYWRIGHT_PORT": str(ports[1]), "KEYWRIGHT_ACCOUNT": "222222222222"}
    from_environment = start("--config", file, port=ports[1], environment=environment, **options)
    assert kms_client(from_environment, access_key_id="x", service="sts").get_caller_identity()["Account"] == "222222222222"
    from_flags = start("--config", file, "--port", ports[2], port=ports[2], environment=environment, **options)
    assert kms_client(from_flags, access_key_id="x", service="sts").get_caller_identity()["Account"] == "222222222222"


def test_everything_from_the_environment(start, tmp_path):
    port = free_port()
    environment = {
        "KEYWRIGHT_DEV": "true", "KEYWRIGHT_PORT": str(port), "KEYWRIGHT_DATA_DIR": str(tmp_path / "data"), "KEYWRIGHT_ACCOUNT": "333333333333",
    }
    server = start(dev=False, pass_port=False, port=port, environment=environment)
    assert kms_client(server, access_key_id="x").create_key()["KeyMetadata"]["AWSAccountId"] == "333333333333"
    assert (tmp_path / "data").is_dir()


def test_configuration_in_json_and_named_by_the_environment(start, tmp_path):
    port = free_port()
    file = tmp_path / "keywright.json"
    file.write_text(json.dumps({"dev": True, "port": port}))
    start(dev=False, pass_port=False, port=port, environment={"KEYWRIGHT_CONFIG": str(file)})


@pytest.mark.parametrize("text", ["prot: 1", "port: {a: 1}", "- 1", "port: [", "dev: maybe"])
def test_configuration_files_that_make_no_sense(tmp_path, text):
    file = tmp_path / "keywright.yaml"
    file.write_text(text)
    finished = run_keywright("serve", "--config", file, "--port", "0", "--data-dir", tmp_path / "data")
    assert finished.returncode in (64, 78), finished
    assert finished.stderr.strip()


def test_configuration_file_that_is_not_there(tmp_path):
    assert run_keywright("serve", "--dev", "--config", tmp_path / "none").returncode in (66, 78)


def test_regions_outside_development(start, tmp_path):
    server = start("--region", "eu-central-1", "--region", "us-east-1", dev=False, data_dir=tmp_path / "data")
    for region in ("eu-central-1", "us-east-1"):
        key = administrator_client(server, region=region).create_key()["KeyMetadata"]
        assert f":{region}:" in key["Arn"]
    with refused("InvalidSignatureException"):
        administrator_client(server, region="eu-west-1").list_keys()


def populate(kms):
    """Keys in every state, aliases and blobs; returns what must be found again."""
    keys = [kms.create_key(Description=f"key {number}", Tags=[{"TagKey": "n", "TagValue": str(number)}])["KeyMetadata"]["KeyId"] for number in range(4)]
    keys.append(kms.create_key(Origin="EXTERNAL")["KeyMetadata"]["KeyId"])
    keys += [
        kms.create_key(KeySpec=spec, KeyUsage=usage)["KeyMetadata"]["KeyId"]
        for spec, usage in (
            ("RSA_2048", "SIGN_VERIFY"), ("ECC_NIST_P256", "SIGN_VERIFY"), ("ECC_NIST_P384", "KEY_AGREEMENT"), ("ECC_NIST_P521", "SIGN_VERIFY"),
            ("ECC_SECG_P256K1", "SIGN_VERIFY"), ("ECC_NIST_EDWARDS25519", "SIGN_VERIFY"), ("SM2", "SIGN_VERIFY"), ("HMAC_512", "GENERATE_VERIFY_MAC"),
        )
    ]
    kms.create_alias(AliasName="alias/kept", TargetKeyId=keys[0])
    kms.create_alias(AliasName="alias/moved", TargetKeyId=keys[0])
    kms.update_alias(AliasName="alias/moved", TargetKeyId=keys[1])
    kms.create_alias(AliasName="alias/deleted", TargetKeyId=keys[0])
    kms.delete_alias(AliasName="alias/deleted")
    pairs = [kms.generate_data_key_pair(KeyId=keys[0], KeyPairSpec=spec, EncryptionContext={"s": spec}) for spec in ("ECC_NIST_P256", "RSA_2048", "SM2")]
    blobs = [(pair["PrivateKeyCiphertextBlob"], {"s": pair["KeyPairSpec"]}, pair["PrivateKeyPlaintext"]) for pair in pairs]
    data_key = kms.generate_data_key(KeyId=keys[1], KeySpec="AES_256")
    blobs.append((data_key["CiphertextBlob"], {}, data_key["Plaintext"]))
    kms.disable_key(KeyId=keys[2])
    kms.schedule_key_deletion(KeyId=keys[3], PendingWindowInDays=9)
    return keys, blobs


def snapshot(kms, keys):
    """Everything the service says of what populate made."""
    return (
        [kms.describe_key(KeyId=key)["KeyMetadata"] for key in keys],
        sorted(entry["KeyId"] for page in kms.get_paginator("list_keys").paginate() for entry in page["Keys"]),
        [alias for page in kms.get_paginator("list_aliases").paginate() for alias in page["Aliases"]],
    )


@both_modes
def test_everything_is_there_after_a_restart(start, tmp_path, trusting):
    data = tmp_path / "data"
    client = kms_client if trusting else administrator_client
    first = start(dev=trusting, data_dir=data)
    keys, blobs = populate(client(first))
    before = snapshot(client(first), keys)
    assert first.stop() == 0

    second = start(dev=trusting, data_dir=data)
    kms = client(second)
    assert snapshot(kms, keys) == before
    for blob, context, plaintext in blobs:
        assert kms.decrypt(CiphertextBlob=blob, EncryptionContext=context)["Plaintext"] == plaintext
    kms.enable_key(KeyId=keys[2])
    kms.generate_data_key(KeyId=keys[2], KeySpec="AES_256")


def test_only_the_owner_can_read_the_data(start, tmp_path):
    data = tmp_path / "new" / "data"
    server = start(dev=False, data_dir=data, environment={"UMASK": "000"})
    administrator_client(server).create_key()
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    files = [path for path in data.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"administrator.json", "root.key"}
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_first_start_prints_where_the_credentials_are(start, tmp_path):
    data = tmp_path / "data"
    server = start(dev=False, data_dir=data)
    assert str(data / "administrator.json") in server.log_text()
    written = server.administrator()
    assert set(written) >= {"AccessKeyId", "SecretAccessKey", "AccountId", "Region"}
    assert written["SecretAccessKey"] not in server.log_text()
    modified = (data / "administrator.json").stat().st_mtime_ns
    assert server.stop() == 0
    again = start(dev=False, data_dir=data)
    assert again.administrator() == written
    assert (data / "administrator.json").stat().st_mtime_ns == modified
    administrator_client(again).list_keys()


def test_two_services_have_different_secrets(start, tmp_path):
    servers = [start(dev=False, data_dir=tmp_path / name) for name in ("one", "two")]
    credentials = [server.administrator() for server in servers]
    assert credentials[0]["SecretAccessKey"] != credentials[1]["SecretAccessKey"]
    assert credentials[0]["AccessKeyId"] != credentials[1]["AccessKeyId"]
    assert (tmp_path / "one/root.key").read_bytes() != (tmp_path / "two/root.key").read_bytes()


def test_credentials_still_work_when_their_file_is_gone(start, tmp_path):
    server = start(dev=False, data_dir=tmp_path / "data")
    written = server.administrator()
    (tmp_path / "data/administrator.json").unlink()
    assert server.stop() == 0
    again = start(dev=False, data_dir=tmp_path / "data")
    kms_client(again, access_key_id=written["AccessKeyId"], secret=written["SecretAccessKey"]).list_keys()


def test_nothing_secret_stands_on_disk_in_clear(start, tmp_path):
    data = tmp_path / "data"
    server = start("--log-level", "trace", dev=False, data_dir=data)
    kms = administrator_client(server)
    populate(kms)
    for spec in ("RSA_2048", "ECC_NIST_P256", "ECC_NIST_EDWARDS25519"):
        kms.create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY")
    assert len(server.secrets) > 10

    def search():
        for path in data.rglob("*"):
            if not path.is_file() or path.name in ("administrator.json", "lock"):
                continue
            content = path.read_bytes()
            assert server.secrets.found_in(content) == [], path
            for kind, header in PKCS8_HEADERS.items():
                assert header not in content, f"{path} holds a private key in clear: {kind}"

    search()
    assert server.stop() == 0
    search()


def test_a_store_does_not_open_with_another_root_key(start, tmp_path):
    data = tmp_path / "data"
    server = start(data_dir=data)
    kms_client(server).create_key()
    assert server.stop() == 0
    other = tmp_path / "other"
    assert start(data_dir=other).stop() == 0
    (data / "root.key").write_bytes((other / "root.key").read_bytes())
    finished = run_keywright("serve", "--dev", "--port", "0", "--data-dir", data)
    assert finished.returncode in (65, 77, 78), finished
    (data / "root.key").unlink()
    finished = run_keywright("serve", "--dev", "--port", "0", "--data-dir", data)
    assert finished.returncode in (66, 77, 78), finished
    assert not (data / "root.key").exists(), "a new root key was made for a store that has one"


def test_a_root_key_that_others_can_read_is_refused(start, tmp_path):
    data = tmp_path / "data"
    assert start(data_dir=data).stop() == 0
    (data / "root.key").chmod(0o644)
    finished = run_keywright("serve", "--dev", "--port", "0", "--data-dir", data)
    assert finished.returncode == 77, finished


def test_root_key_elsewhere(start, tmp_path):
    data, key = tmp_path / "data", tmp_path / "keys" / "root.key"
    key.parent.mkdir(mode=0o700)
    server = start("--root-key", f"file:{key}", data_dir=data)
    blob = kms_client(server).encrypt(KeyId=kms_client(server).create_key()["KeyMetadata"]["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert not (data / "root.key").exists()
    assert server.stop() == 0
    again = start("--root-key", f"file:{key}", data_dir=data)
    assert kms_client(again).decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


@pytest.mark.parametrize("damage", ["garbage", "truncated", "empty header"])
def test_damaged_stores_are_refused_in_words(start, tmp_path, damage):
    data = tmp_path / "data"
    server = start(data_dir=data)
    kms_client(server).create_key()
    assert server.stop() == 0
    database = next(data.glob("*.db"))
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = database.read_bytes()
    database.write_bytes({"garbage": b"garbage" * 1000, "truncated": content[: len(content) // 2], "empty header": bytes(100) + content[100:]}[damage])
    damaged = Server(tmp_path / "damaged-log", data_dir=data).spawn()
    try:
        # A truncated file may be noticed only when the missing part is read: then the service tells its callers.
        for _ in range(200):
            if damaged.process.poll() is not None or damaged.is_healthy():
                break
            time.sleep(0.05)
        code = damaged.process.poll()
        if code is None and damage == "truncated":
            with Wire(damaged) as wire:
                assert wire.post("ListKeys", {}).status in (200, 500)
        else:
            assert code in (65, 73, 74, 78), damaged.log_text()
            assert str(data) in damaged.log_text()
    finally:
        damaged.stop()
    damaged.examine_log()


def test_a_data_directory_that_cannot_be_made(tmp_path):
    file = tmp_path / "file"
    file.write_text("in the way")
    finished = run_keywright("serve", "--dev", "--port", "0", "--data-dir", file / "data")
    assert finished.returncode in (73, 74, 77), finished


def test_default_data_directory(start, tmp_path):
    server = Server(tmp_path / "log", dev=False, environment={"XDG_DATA_HOME": str(tmp_path / "xdg"), "HOME": str(tmp_path)})
    with server:
        assert (tmp_path / "xdg/keywright/administrator.json").exists()


def test_version_and_help():
    assert run_keywright("--version").stdout.strip().count(".") == 2
    text = run_keywright("serve", "--help").stdout
    for flag in ("--dev", "--host", "--port", "--data-dir", "--region", "--account", "--tls-certificate", "--tls-key", "--root-key", "--identities", "--config"):
        assert flag in text


def test_unknown_commands():
    assert run_keywright("no-such-command").returncode == 64


def test_core_dumps_are_off(start):
    server = start()
    limits = pathlib.Path(f"/proc/{server.process.pid}/limits")
    if limits.exists():
        core = next(line for line in limits.read_text().splitlines() if line.startswith("Max core file size"))
        assert core.split()[4] == "0"


def test_logs_are_one_line_each(start):
    server = start("--log-level", "trace")
    with Wire(server) as wire:
        wire.post("DescribeKey", {"KeyId": "alias/a\nb\r\nforged log line"})
        wire.post("Such\u00e9thing\x7f", {})
    assert server.stop() == 0
    assert not any(line.startswith("forged log line") for line in server.log_text().splitlines())
