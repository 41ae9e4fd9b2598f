"""The AWS CLI, unchanged: signatures, MACs, key agreement, import, rotation and replicas from a shell."""

import base64
import os

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from key_material import spki, wrap


@pytest.fixture
def file(tmp_path):
    """A file with these bytes, as the CLI reads it."""

    def make(name, data):
        (tmp_path / name).write_bytes(data)
        return f"fileb://{tmp_path / name}"

    return make


def create(cli, *arguments):
    return cli("create-key", *arguments)["KeyMetadata"]


def decoded(answer, member):
    return base64.b64decode(answer[member])


def test_sign_and_verify(cli, file):
    key = create(cli, "--key-spec", "ECC_NIST_P256", "--key-usage", "SIGN_VERIFY")["KeyId"]
    message = file("message", b"signed from a shell")
    request = ("--key-id", key, "--message", message, "--signing-algorithm", "ECDSA_SHA_256")
    signature = decoded(cli("sign", *request, "--message-type", "RAW"), "Signature")
    public = load_der_public_key(decoded(cli("get-public-key", "--key-id", key), "PublicKey"))
    public.verify(signature, b"signed from a shell", ec.ECDSA(hashes.SHA256()))
    assert cli("verify", *request, "--signature", file("signature", signature))["SignatureValid"] is True
    code, text = cli.refusal("verify", *request, "--signature", file("other", signature[::-1]))
    assert (code, text) == ("KMSInvalidSignatureException", "")


def test_macs(cli, file):
    key = create(cli, "--key-spec", "HMAC_512", "--key-usage", "GENERATE_VERIFY_MAC")["KeyId"]
    request = ("--key-id", key, "--message", file("message", b"x"), "--mac-algorithm", "HMAC_SHA_512")
    mac = decoded(cli("generate-mac", *request), "Mac")
    assert len(mac) == 64
    assert cli("verify-mac", *request, "--mac", file("mac", mac))["MacValid"] is True
    assert cli.refusal("verify-mac", *request, "--mac", file("other", bytes(64))) == ("KMSInvalidMacException", "")


def test_key_agreement(cli, dev, file):
    key = create(cli, "--key-spec", "ECC_NIST_P384", "--key-usage", "KEY_AGREEMENT")["KeyId"]
    public = load_der_public_key(decoded(cli("get-public-key", "--key-id", key), "PublicKey"))
    private = ec.generate_private_key(ec.SECP384R1())
    peer = file("peer", spki(private.public_key()))
    answer = cli(
        "derive-shared-secret", "--key-id", key, "--key-agreement-algorithm", "ECDH", "--public-key", peer
    )
    secret = decoded(answer, "SharedSecret")
    dev.secrets.record(secret, "a shared secret derived by the AWS CLI")
    assert secret == private.exchange(ec.ECDH(), public)


def test_import(cli, dev, file):
    key, material = create(cli, "--origin", "EXTERNAL"), os.urandom(32)
    dev.secrets.record(material, "key material imported by the AWS CLI")
    algorithm = "RSAES_OAEP_SHA_256"
    parameters = cli(
        "get-parameters-for-import",
        *("--key-id", key["KeyId"], "--wrapping-algorithm", algorithm, "--wrapping-key-spec", "RSA_2048"),
    )
    imported = cli(
        "import-key-material",
        *("--key-id", key["KeyId"], "--expiration-model", "KEY_MATERIAL_DOES_NOT_EXPIRE"),
        *("--import-token", file("token", decoded(parameters, "ImportToken"))),
        *("--encrypted-key-material", file("wrapped", wrap(decoded(parameters, "PublicKey"), algorithm, material))),
    )
    assert imported["KeyId"] == key["Arn"]
    metadata = cli("describe-key", "--key-id", key["KeyId"])["KeyMetadata"]
    assert (metadata["KeyState"], metadata["CurrentKeyMaterialId"]) == ("Enabled", imported["KeyMaterialId"])
    blob = decoded(cli("encrypt", "--key-id", key["KeyId"], "--plaintext", file("plain", b"x")), "CiphertextBlob")
    assert cli("delete-imported-key-material", "--key-id", key["KeyId"])["KeyMaterialId"] == imported["KeyMaterialId"]
    code, text = cli.refusal("decrypt", "--ciphertext-blob", file("blob", blob))
    assert (code, text) == ("KMSInvalidStateException", f"{key['Arn']} is pending import.")


def test_rotations_and_replicas(cli):
    key = create(cli, "--multi-region")
    assert cli("enable-key-rotation", "--key-id", key["KeyId"], "--rotation-period-in-days", "100") is None
    assert cli("get-key-rotation-status", "--key-id", key["KeyId"])["RotationPeriodInDays"] == 100
    assert cli("rotate-key-on-demand", "--key-id", key["KeyId"])["KeyId"] == key["Arn"]
    (rotation,) = cli("list-key-rotations", "--key-id", key["KeyId"])["Rotations"]
    assert (rotation["RotationType"], rotation["KeyMaterialState"]) == ("ON_DEMAND", "CURRENT")
    replica = cli("replicate-key", "--key-id", key["KeyId"], "--replica-region", "eu-west-1")
    arn = key["Arn"].replace("us-east-1", "eu-west-1")
    assert replica["ReplicaKeyMetadata"]["Arn"] == arn
    assert cli("update-primary-region", "--key-id", key["KeyId"], "--primary-region", "eu-west-1") is None
    configuration = cli("describe-key", "--key-id", key["KeyId"])["KeyMetadata"]["MultiRegionConfiguration"]
    assert (configuration["MultiRegionKeyType"], configuration["PrimaryKey"]["Arn"]) == ("REPLICA", arn)
    assert "KeyLastUsage" not in cli("get-key-last-usage", "--key-id", key["KeyId"])
