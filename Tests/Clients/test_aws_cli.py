"""The AWS CLI, unchanged: the main job from a shell."""

import base64
import json

import pytest

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


@pytest.fixture(scope="module")
def key(cli):
    return cli("create-key", "--description", "made by the AWS CLI", "--tags", "TagKey=team,TagValue=blue")[
        "KeyMetadata"
    ]


@pytest.mark.parametrize("spec", SPECS)
def test_pair_and_back(cli, dev, key, openssl, tmp_path, spec):
    context = "tenant=blue,purpose=cli"
    pair = cli(
        "generate-data-key-pair", "--key-id", key["KeyId"], "--key-pair-spec", spec, "--encryption-context", context
    )
    assert (pair["KeyId"], pair["KeyPairSpec"]) == (key["Arn"], spec)
    private = base64.b64decode(pair["PrivateKeyPlaintext"])
    dev.secrets.record(private, "a private key made by the AWS CLI")
    blob = tmp_path / "blob"
    blob.write_bytes(base64.b64decode(pair["PrivateKeyCiphertextBlob"]))
    opened = cli("decrypt", "--ciphertext-blob", f"fileb://{blob}", "--encryption-context", context)
    assert base64.b64decode(opened["Plaintext"]) == private
    assert opened["KeyId"] == key["Arn"]
    public = base64.b64decode(pair["PublicKey"])
    assert openssl("pkey", "-inform", "DER", "-pubout", "-outform", "DER", input=private) == public

    if spec == "ECC_NIST_P256":
        assert cli.refusal("decrypt", "--ciphertext-blob", f"fileb://{blob}")[0] == "InvalidCiphertextException"


def test_pair_without_plaintext(cli, key):
    pair = cli("generate-data-key-pair-without-plaintext", "--key-id", key["KeyId"], "--key-pair-spec", "ECC_NIST_P384")
    assert set(pair) == {"PrivateKeyCiphertextBlob", "PublicKey", "KeyId", "KeyPairSpec", "KeyMaterialId"}


def test_life_of_a_key(cli):
    key = cli("create-key")["KeyMetadata"]["KeyId"]
    cli("create-alias", "--alias-name", "alias/from-the-cli", "--target-key-id", key)
    assert cli("describe-key", "--key-id", "alias/from-the-cli")["KeyMetadata"]["KeyId"] == key
    assert "alias/from-the-cli" in [alias["AliasName"] for alias in cli("list-aliases", "--key-id", key)["Aliases"]]
    assert key in [entry["KeyId"] for entry in cli("list-keys", "--page-size", "5")["Keys"]]
    cli("disable-key", "--key-id", key)
    assert cli.refusal("generate-data-key", "--key-id", key, "--key-spec", "AES_256")[0] == "DisabledException"
    cli("enable-key", "--key-id", key)
    assert (
        cli("schedule-key-deletion", "--key-id", key, "--pending-window-in-days", "7")["KeyState"] == "PendingDeletion"
    )
    assert (
        cli.refusal("generate-data-key-pair", "--key-id", key, "--key-pair-spec", "SM2")[0]
        == "KMSInvalidStateException"
    )
    cli("cancel-key-deletion", "--key-id", key)
    assert cli("describe-key", "--key-id", key)["KeyMetadata"]["KeyState"] == "Disabled"


def test_encrypt_a_file(cli, key, tmp_path):
    plain, sealed = tmp_path / "plain", tmp_path / "sealed"
    plain.write_bytes(b"\x00\xffbinary")
    answer = cli("encrypt", "--key-id", key["KeyId"], "--plaintext", f"fileb://{plain}")
    sealed.write_bytes(base64.b64decode(answer["CiphertextBlob"]))
    assert base64.b64decode(cli("decrypt", "--ciphertext-blob", f"fileb://{sealed}")["Plaintext"]) == b"\x00\xffbinary"
    moved = cli(
        "re-encrypt",
        "--ciphertext-blob",
        f"fileb://{sealed}",
        "--destination-key-id",
        key["Arn"],
        "--destination-encryption-context",
        "a=b",
    )
    sealed.write_bytes(base64.b64decode(moved["CiphertextBlob"]))
    assert (
        base64.b64decode(
            cli("decrypt", "--ciphertext-blob", f"fileb://{sealed}", "--encryption-context", json.dumps({"a": "b"}))[
                "Plaintext"
            ]
        )
        == b"\x00\xffbinary"
    )


UNKNOWN = "12345678-1234-1234-1234-123456789012"


def test_refusals(cli, kms, keys, key, tmp_path):
    pair = ("generate-data-key-pair", "--key-pair-spec", "ECC_NIST_P256", "--key-id")
    large = tmp_path / "large"
    large.write_bytes(bytes(4097))
    expected = [
        ((*pair, keys["disabled"]["KeyId"]), "DisabledException", f"{keys['disabled']['Arn']} is disabled."),
        (
            (*pair, keys["leaving"]["KeyId"]),
            "KMSInvalidStateException",
            f"{keys['leaving']['Arn']} is pending deletion.",
        ),
        (
            (*pair, keys["importing"]["KeyId"]),
            "KMSInvalidStateException",
            f"{keys['importing']['Arn']} is pending import.",
        ),
        (
            (*pair, keys["signing"]["KeyId"]),
            "InvalidKeyUsageException",
            f"{keys['signing']['Arn']} key usage is SIGN_VERIFY which is not valid for GenerateDataKeyPair.",
        ),
        ((*pair, UNKNOWN), "NotFoundException", f"Key '{key['Arn'].rpartition('/')[0]}/{UNKNOWN}' does not exist"),
        ((*pair, "nonsense"), "NotFoundException", "Invalid keyId 'nonsense'"),
        (
            (*pair, key["KeyId"], "--dry-run"),
            "DryRunOperationException",
            "The request would have succeeded, but the DryRun option is set.",
        ),
        (
            ("generate-data-key", "--key-id", key["KeyId"]),
            "ValidationException",
            "Please specify either number of bytes or key spec.",
        ),
        (
            ("generate-data-key", "--key-id", key["KeyId"], "--key-spec", "AES_256", "--number-of-bytes", "32"),
            "ValidationException",
            "Please specify either number of bytes or key spec.",
        ),
        (
            ("encrypt", "--key-id", key["KeyId"], "--plaintext", f"fileb://{large}"),
            "ValidationException",
            "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
        ),
    ]
    for arguments, code, text in expected:
        assert cli.refusal(*arguments) == (code, text), arguments
    code, text = cli.refusal("generate-data-key-pair", "--key-id", key["KeyId"], "--key-pair-spec", "RSA_1024")
    assert code == "ValidationException"
    assert text.startswith(
        "1 validation error detected: Value 'RSA_1024' at 'keyPairSpec' failed to satisfy constraint: Member must satisfy enum value set: ["
    )
