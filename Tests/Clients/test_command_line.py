"""`keywright OPERATION`: the generated commands, over the Swift client."""

import base64
import json

import pytest

from clients import administrator_client
from server import run_keywright

SPECS = [
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    "ECC_NIST_EDWARDS25519",
    "SM2",
]
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "123456789012", "AWS_SECRET_ACCESS_KEY": "development", "AWS_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def keywright(dev):
    """Runs a command against the shared server."""

    def run(*arguments, input=None):
        return run_keywright(*arguments, environment={**CREDENTIALS, "AWS_ENDPOINT_URL_KMS": dev.url}, input=input)

    return run


@pytest.fixture(scope="module")
def output(keywright):
    """Runs a command that should succeed, and returns its JSON."""

    def run(*arguments, **options):
        finished = keywright(*arguments, **options)
        assert finished.returncode == 0, finished.stderr
        return json.loads(finished.stdout) if finished.stdout.strip() else None

    return run


@pytest.fixture(scope="module")
def key(output):
    return output("create-key", "--description", "made by keywright")["KeyMetadata"]


@pytest.mark.parametrize("spec", SPECS)
def test_pair_and_back(output, dev, key, tmp_path, openssl, spec):
    pair = output(
        "generate-data-key-pair",
        "--key-id",
        key["KeyId"],
        "--key-pair-spec",
        spec,
        "--encryption-context",
        "tenant=blue",
        "--encryption-context",
        "a=b=c",
    )
    assert (pair["KeyId"], pair["KeyPairSpec"]) == (key["Arn"], spec)
    private = base64.b64decode(pair["PrivateKeyPlaintext"])
    dev.secrets.record(private, "a private key made by keywright")
    opened = output(
        "decrypt",
        "--ciphertext-blob",
        pair["PrivateKeyCiphertextBlob"],
        "--encryption-context",
        "a=b=c",
        "--encryption-context",
        "tenant=blue",
    )
    assert base64.b64decode(opened["Plaintext"]) == private
    assert openssl("pkey", "-inform", "DER", "-pubout", "-outform", "DER", input=private) == base64.b64decode(
        pair["PublicKey"]
    )


@pytest.mark.parametrize("spec", SPECS)
def test_pem(keywright, key, openssl, spec):
    finished = keywright("generate-data-key-pair", "--key-id", key["Arn"], "--key-pair-spec", spec, "--output", "pem")
    assert finished.returncode == 0, finished.stderr
    text = finished.stdout
    blocks = {}
    for label in ("PRIVATE KEY", "PUBLIC KEY"):
        start, end = f"-----BEGIN {label}-----", f"-----END {label}-----"
        assert text.count(start) == text.count(end) == 1, text
        blocks[label] = start + text.partition(start)[2].partition(end)[0] + end + "\n"
    derived = openssl("pkey", "-pubout", input=blocks["PRIVATE KEY"].encode())
    assert derived.decode() == blocks["PUBLIC KEY"]


def test_four_forms_and_states(keywright, output, key):
    output("create-alias", "--alias-name", "alias/from-keywright", "--target-key-id", key["KeyId"])
    for form in (
        key["KeyId"],
        key["Arn"],
        "alias/from-keywright",
        key["Arn"].replace(f"key/{key['KeyId']}", "alias/from-keywright"),
    ):
        assert output("describe-key", "--key-id", form)["KeyMetadata"]["Arn"] == key["Arn"]
    other = output("create-key")["KeyMetadata"]["KeyId"]
    output("disable-key", "--key-id", other)
    finished = keywright("generate-data-key", "--key-id", other, "--key-spec", "AES_256")
    assert finished.returncode != 0
    assert finished.stdout == ""
    assert "DisabledException" in finished.stderr and "is disabled." in finished.stderr


def test_lists_numbers_flags_and_structures(keywright, output, key):
    made = output(
        "create-key",
        "--key-spec",
        "ECC_NIST_P256",
        "--key-usage",
        "SIGN_VERIFY",
        "--multi-region",
        "--tags",
        '{"TagKey":"a","TagValue":"b"}',
    )
    assert made["KeyMetadata"]["MultiRegion"] is True
    assert (
        len(
            base64.b64decode(
                output("generate-data-key", "--key-id", key["KeyId"], "--number-of-bytes", "99")["Plaintext"]
            )
        )
        == 99
    )
    finished = keywright("generate-data-key", "--key-id", key["KeyId"], "--key-spec", "AES_256", "--dry-run")
    assert finished.returncode != 0 and "DryRunOperationException" in finished.stderr
    page = output("list-keys", "--limit", "1")
    assert len(page["Keys"]) == 1 and page["Truncated"] is True


def test_plaintext_from_a_file(output, key, tmp_path):
    file = tmp_path / "plain"
    file.write_bytes(b"\x00\xff from a file")
    sealed = output("encrypt", "--key-id", key["KeyId"], "--plaintext", f"fileb://{file}")["CiphertextBlob"]
    assert base64.b64decode(output("decrypt", "--ciphertext-blob", sealed)["Plaintext"]) == b"\x00\xff from a file"


def test_every_operation_has_a_command(kms, keywright):
    text = keywright("--help").stdout
    for operation in kms.meta.service_model.operation_names:
        kebab = "".join(f"-{c.lower()}" if c.isupper() else c for c in operation).lstrip("-")
        assert kebab in text, kebab
    assert keywright("generate-data-key-pair", "--help").returncode == 0


def test_usage_errors(keywright, key):
    for arguments in (
        ("generate-data-key-pair",),
        ("generate-data-key-pair", "--key-id", "x"),
        ("encrypt", "--key-id", "x", "--plaintext", "fileb:///no/such/file"),
        ("generate-data-key", "--key-id", "x", "--number-of-bytes", "many"),
        ("decrypt", "--ciphertext-blob", "not base64!"),
        ("encrypt", "--key-id", "x", "--plaintext", "eA==", "--encryption-context", "no-equals-sign"),
    ):
        finished = keywright(*arguments)
        assert finished.returncode not in (0, None) and finished.returncode > 0, finished
        assert finished.stderr.strip(), arguments


def test_nobody_answers():
    finished = run_keywright("list-keys", environment={**CREDENTIALS, "AWS_ENDPOINT_URL_KMS": "http://127.0.0.1:9"})
    assert finished.returncode == 69, finished
    assert finished.stdout == ""


def test_credentials_are_needed(dev):
    finished = run_keywright("list-keys", environment={"AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL_KMS": dev.url})
    assert finished.returncode not in (0, 69) and finished.returncode > 0, finished
    assert "AWS_ACCESS_KEY_ID" in finished.stderr


def test_signed_for_real(start, tmp_path):
    server = start(dev=False, data_dir=tmp_path / "data")
    administrator_client(server)
    written = server.administrator()
    environment = {
        "AWS_ACCESS_KEY_ID": written["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": written["SecretAccessKey"],
        "AWS_REGION": written["Region"],
        "AWS_ENDPOINT_URL_KMS": server.url,
    }
    finished = run_keywright("create-key", environment=environment)
    assert finished.returncode == 0, finished.stderr
    refused = run_keywright("create-key", environment={**environment, "AWS_SECRET_ACCESS_KEY": "wrong"})
    assert refused.returncode != 0 and "InvalidSignatureException" in refused.stderr
    assert written["SecretAccessKey"] not in finished.stdout + finished.stderr


def test_endpoint_flag_wins(dev):
    finished = run_keywright(
        "list-keys",
        "--endpoint",
        dev.url,
        "--region",
        "us-east-1",
        environment={**CREDENTIALS, "AWS_ENDPOINT_URL_KMS": "http://127.0.0.1:9"},
    )
    assert finished.returncode == 0, finished.stderr
