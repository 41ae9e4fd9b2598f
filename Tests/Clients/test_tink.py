"""Tink's integration with AWS KMS, unchanged, signatures verified."""

import configparser
import io

import pytest
import tink
from tink import aead
from tink.integration import awskms

from clients import kms_client, refused

pytestmark = pytest.mark.usefixtures("environment")


@pytest.fixture(scope="module", autouse=True)
def registered():
    aead.register()


@pytest.fixture(scope="module")
def uris(administrator):
    """Two keys, as Tink names them."""
    return [f"aws-kms://{administrator.create_key()['KeyMetadata']['Arn']}" for _ in range(2)]


@pytest.fixture
def remote(administrator, uris):
    return awskms.new_client(boto3_client=administrator, key_uri=uris[0]).get_aead(uris[0])


@pytest.mark.parametrize("associated_data", [b"", b"associated", bytes(range(256))], ids=len)
def test_round_trip(remote, associated_data):
    blob = remote.encrypt(b"plaintext", associated_data)
    assert remote.decrypt(blob, associated_data) == b"plaintext"
    with pytest.raises(tink.TinkError, match="InvalidCiphertextException"):
        remote.decrypt(blob, associated_data + b"!")


def test_associated_data_is_an_encryption_context(administrator, remote):
    blob = remote.encrypt(b"plaintext", b"\x01\xab")
    context = {"associatedData": "01ab"}
    assert administrator.decrypt(CiphertextBlob=blob, EncryptionContext=context)["Plaintext"] == b"plaintext"
    with refused("InvalidCiphertextException"):
        administrator.decrypt(CiphertextBlob=blob)


def test_ciphertext_of_another_key(administrator, uris, remote):
    blob = remote.encrypt(b"plaintext", b"")
    other = awskms.new_client(boto3_client=administrator).get_aead(uris[1])
    with pytest.raises(tink.TinkError, match="IncorrectKeyException"):
        other.decrypt(blob, b"")


def test_client_that_finds_the_service_by_itself(verified, uris, tmp_path):
    """AwsKmsClient makes its own boto3 client: credentials from a file, endpoint from the environment."""
    credentials = verified.administrator()
    file = configparser.ConfigParser()
    file["default"] = {
        "aws_access_key_id": credentials["AccessKeyId"],
        "aws_secret_access_key": credentials["SecretAccessKey"],
    }
    with open(tmp_path / "credentials", "w") as stream:
        file.write(stream)
    found = awskms.AwsKmsClient(uris[0], str(tmp_path / "credentials")).get_aead(uris[0])
    assert found.decrypt(found.encrypt(b"plaintext", b"a"), b"a") == b"plaintext"


def test_envelope_encryption(remote):
    envelope = aead.KmsEnvelopeAead(aead.aead_key_templates.AES256_GCM, remote)
    message = bytes(100_000)
    blob = envelope.encrypt(message, b"context")
    assert envelope.decrypt(blob, b"context") == message
    altered = blob[:40] + bytes([blob[40] ^ 1]) + blob[41:]
    with pytest.raises(tink.TinkError):
        envelope.decrypt(altered, b"context")


def test_a_keyset_under_a_kms_key(remote):
    keyset = tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM)
    stream = io.StringIO()
    keyset.write_with_associated_data(tink.JsonKeysetWriter(stream), remote, b"keyset")
    restored = tink.read_keyset_handle_with_associated_data(
        tink.JsonKeysetReader(stream.getvalue()), remote, b"keyset"
    )
    blob = keyset.primitive(aead.Aead).encrypt(b"plaintext", b"")
    assert restored.primitive(aead.Aead).decrypt(blob, b"") == b"plaintext"


def test_wrong_credentials(verified, uris):
    credentials = verified.administrator()
    client = kms_client(verified, access_key_id=credentials["AccessKeyId"], secret="x" * 40)
    with pytest.raises(tink.TinkError, match="InvalidSignatureException"):
        awskms.new_client(boto3_client=client).get_aead(uris[0]).encrypt(b"plaintext", b"")


# The wire shape of the other Tinks: all name the key when they decrypt; the old constructors name the context anew.


@pytest.mark.parametrize("name", ["associatedData", "additionalData"])
def test_contexts_of_the_other_languages(administrator, uris, name):
    arn = uris[0].removeprefix("aws-kms://")
    context = {name: b"associated".hex()}
    sealed = administrator.encrypt(KeyId=arn, Plaintext=b"data key", EncryptionContext=context)
    opened = administrator.decrypt(KeyId=arn, CiphertextBlob=sealed["CiphertextBlob"], EncryptionContext=context)
    # The Go client compares them.
    assert (opened["KeyId"], opened["Plaintext"]) == (arn, b"data key")
