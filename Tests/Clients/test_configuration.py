"""Flags, environment and configuration file of `keywright serve`."""

import json

import pytest
import yaml

from clients import administrator_client, kms_client, refused
from server import free_port, run_keywright


@pytest.mark.parametrize(
    "arguments",
    [
        ("--port", "seventy"),
        ("--port", "70000"),
        ("--port", "-1"),
        ("--account", "12"),
        ("--region", "Not A Region"),
        ("--no-such-flag",),
        ("--root-key", "somewhere"),
        ("--log-level", "loud"),
        ("--key-pair-queue", "0"),
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
    assert (
        kms_client(from_environment, access_key_id="x", service="sts").get_caller_identity()["Account"]
        == "222222222222"
    )
    from_flags = start("--config", file, "--port", ports[2], port=ports[2], environment=environment, **options)
    assert kms_client(from_flags, access_key_id="x", service="sts").get_caller_identity()["Account"] == "222222222222"


def test_everything_from_the_environment(start, tmp_path):
    port = free_port()
    environment = {
        "KEYWRIGHT_DEV": "true",
        "KEYWRIGHT_PORT": str(port),
        "KEYWRIGHT_DATA_DIR": str(tmp_path / "data"),
        "KEYWRIGHT_ACCOUNT": "333333333333",
    }
    server = start(dev=False, pass_port=False, port=port, environment=environment)
    assert kms_client(server, access_key_id="x").create_key()["KeyMetadata"]["AWSAccountId"] == "333333333333"
    assert (tmp_path / "data").is_dir()


def test_a_comma_in_the_environment_belongs_to_what_is_one_value(start, tmp_path):
    folder = tmp_path / "a,b"
    start(environment={"KEYWRIGHT_DATA_DIR": str(folder)})
    assert (folder / "keywright.db").exists()
    finished = run_keywright("principal", "list", environment={"KEYWRIGHT_DATA_DIR": str(folder)})
    assert finished.returncode == 0, finished


def test_a_data_directory_without_a_name(tmp_path):
    """A variable of a script that is not set must not mean the current directory."""
    for command in (("serve", "--dev", "--port", "0"), ("principal", "list"), ("audit", "verify")):
        finished = run_keywright(*command, "--data-dir", "")
        assert finished.returncode == 64, finished
        assert "data-dir" in finished.stderr


def test_the_file_serves_all_commands_on_the_data(start, tmp_path):
    """`principal` and `audit` find what `serve --config` was told."""
    file = tmp_path / "keywright.yaml"
    root_key, audit_key = tmp_path / "keys" / "root.key", tmp_path / "keys" / "audit.key"
    audit_key.parent.mkdir()
    audit_key.write_bytes(bytes(range(32)))
    audit_key.chmod(0o600)
    settings = {"data-dir": str(tmp_path / "data"), "account": "444444444444"}
    settings |= {"root-key": f"file:{root_key}", "audit-key": f"file:{audit_key}"}
    file.write_text(yaml.safe_dump(settings))
    server = start("--config", file, dev=False)
    server.data_dir = tmp_path / "data"
    administrator_client(server).list_keys()
    for options in ({}, {"environment": {"KEYWRIGHT_CONFIG": str(file)}}):
        named = ("--config", file) if not options else ()
        shown = run_keywright("principal", "create-access-key", "administrator", *named, **options)
        # The second time it has two already.
        assert shown.returncode == (73 if options else 0), shown
        assert run_keywright("audit", "verify", *named, **options).returncode == 0
    assert run_keywright("principal", "list", "--config", tmp_path / "none").returncode == 66


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
