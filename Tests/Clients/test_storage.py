"""What the service keeps: there after a restart, for its owner's eyes, and never in clear."""

import contextlib
import sqlite3
import stat
import time

import pytest

from clients import administrator_client, kms_client
from server import Server, run_keywright
from wire import Wire

both_modes = pytest.mark.parametrize("trusting", [True, False], ids=["dev", "real"])

PKCS8_HEADERS = {
    "RSA": bytes.fromhex("020100300d06092a864886f70d010101"),
    "elliptic curve": bytes.fromhex("020100301306072a8648ce3d0201"),
    "elliptic curve of a short name": bytes.fromhex("020100301006072a8648ce3d0201"),
    "Ed25519": bytes.fromhex("020100300506032b6570"),
}


def populate(kms):
    """Keys in every state, aliases and blobs; returns what must be found again."""
    keys = [
        kms.create_key(Description=f"key {number}", Tags=[{"TagKey": "n", "TagValue": str(number)}])["KeyMetadata"][
            "KeyId"
        ]
        for number in range(4)
    ]
    keys.append(kms.create_key(Origin="EXTERNAL")["KeyMetadata"]["KeyId"])
    keys += [
        kms.create_key(KeySpec=spec, KeyUsage=usage)["KeyMetadata"]["KeyId"]
        for spec, usage in (
            ("RSA_2048", "SIGN_VERIFY"),
            ("ECC_NIST_P256", "SIGN_VERIFY"),
            ("ECC_NIST_P384", "KEY_AGREEMENT"),
            ("ECC_NIST_P521", "SIGN_VERIFY"),
            ("ECC_SECG_P256K1", "SIGN_VERIFY"),
            ("ECC_NIST_EDWARDS25519", "SIGN_VERIFY"),
            ("SM2", "SIGN_VERIFY"),
            ("HMAC_512", "GENERATE_VERIFY_MAC"),
        )
    ]
    kms.create_alias(AliasName="alias/kept", TargetKeyId=keys[0])
    kms.create_alias(AliasName="alias/moved", TargetKeyId=keys[0])
    kms.update_alias(AliasName="alias/moved", TargetKeyId=keys[1])
    kms.create_alias(AliasName="alias/deleted", TargetKeyId=keys[0])
    kms.delete_alias(AliasName="alias/deleted")
    pairs = [
        kms.generate_data_key_pair(KeyId=keys[0], KeyPairSpec=spec, EncryptionContext={"s": spec})
        for spec in ("ECC_NIST_P256", "RSA_2048", "SM2")
    ]
    blobs = [
        (pair["PrivateKeyCiphertextBlob"], {"s": pair["KeyPairSpec"]}, pair["PrivateKeyPlaintext"]) for pair in pairs
    ]
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
    blob = kms_client(server).encrypt(KeyId=kms_client(server).create_key()["KeyMetadata"]["KeyId"], Plaintext=b"x")[
        "CiphertextBlob"
    ]
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
    database.write_bytes(
        {
            "garbage": b"garbage" * 1000,
            "truncated": content[: len(content) // 2],
            "empty header": bytes(100) + content[100:],
        }[damage]
    )
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
    server = Server(
        tmp_path / "log", dev=False, environment={"XDG_DATA_HOME": str(tmp_path / "xdg"), "HOME": str(tmp_path)}
    )
    with server:
        assert (tmp_path / "xdg/keywright/administrator.json").exists()
