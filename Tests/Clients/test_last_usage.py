"""GetKeyLastUsage: the last cryptographic operation of a key."""

import datetime
import os

import pytest

from clients import kms_client, refused

PAST = datetime.timedelta(minutes=5)


@pytest.fixture
def fresh(kms):
    return kms.create_key()["KeyMetadata"]


def last_usage(kms, key):
    answer = kms.get_key_last_usage(KeyId=key["KeyId"])
    answer.pop("ResponseMetadata")
    return answer


def used(kms, key):
    """Operation and request of the last use; None for a key that was never used."""
    usage = last_usage(kms, key).get("KeyLastUsage")
    return usage and (usage["Operation"], usage["KmsRequestId"])


def request_id(answer):
    return answer["ResponseMetadata"]["RequestId"]


def test_a_key_that_was_never_used(kms, fresh):
    assert last_usage(kms, fresh) == {
        "KeyId": fresh["Arn"],
        "TrackingStartDate": fresh["CreationDate"],
        "KeyCreationDate": fresh["CreationDate"],
    }


def test_answer(kms, fresh):
    request = request_id(kms.encrypt(KeyId=fresh["KeyId"], Plaintext=b"x"))
    usage = last_usage(kms, fresh)["KeyLastUsage"]
    assert abs(usage.pop("Timestamp") - datetime.datetime.now(datetime.timezone.utc)) < PAST
    assert usage == {"Operation": "Encrypt", "KmsRequestId": request}


def sign(kms, key):
    return kms.sign(KeyId=key, Message=b"x", SigningAlgorithm="ECDSA_SHA_256")


def mac(kms, key):
    return kms.generate_mac(KeyId=key, Message=b"x", MacAlgorithm="HMAC_SHA_256")


def agree(kms, key):
    public = kms.get_public_key(KeyId=key)["PublicKey"]
    return kms.derive_shared_secret(KeyId=key, KeyAgreementAlgorithm="ECDH", PublicKey=public)


SIGNING = {"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}
MAC = {"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}
PAIR = {"KeyPairSpec": "ECC_NIST_P256"}
# How to create the key, and how to use it.
USES = {
    "Encrypt": ({}, lambda kms, key: kms.encrypt(KeyId=key, Plaintext=b"x")),
    "Decrypt": (
        {},
        lambda kms, key: kms.decrypt(CiphertextBlob=kms.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]),
    ),
    "GenerateDataKey": ({}, lambda kms, key: kms.generate_data_key(KeyId=key, KeySpec="AES_256")),
    "GenerateDataKeyWithoutPlaintext": (
        {},
        lambda kms, key: kms.generate_data_key_without_plaintext(KeyId=key, KeySpec="AES_256"),
    ),
    "GenerateDataKeyPair": ({}, lambda kms, key: kms.generate_data_key_pair(KeyId=key, **PAIR)),
    "GenerateDataKeyPairWithoutPlaintext": (
        {},
        lambda kms, key: kms.generate_data_key_pair_without_plaintext(KeyId=key, **PAIR),
    ),
    "Sign": (SIGNING, sign),
    "Verify": (
        SIGNING,
        lambda kms, key: kms.verify(
            KeyId=key, Message=b"x", SigningAlgorithm="ECDSA_SHA_256", Signature=sign(kms, key)["Signature"]
        ),
    ),
    "GenerateMac": (MAC, mac),
    "VerifyMac": (
        MAC,
        lambda kms, key: kms.verify_mac(
            KeyId=key, Message=b"x", MacAlgorithm="HMAC_SHA_256", Mac=mac(kms, key)["Mac"]
        ),
    ),
    "DeriveSharedSecret": ({"KeySpec": "ECC_NIST_P256", "KeyUsage": "KEY_AGREEMENT"}, agree),
}


@pytest.mark.parametrize(("operation", "make", "use"), [(name, *use) for name, use in USES.items()], ids=USES)
def test_every_cryptographic_operation_counts(kms, operation, make, use):
    key = kms.create_key(**make)["KeyMetadata"]
    assert used(kms, key) is None
    answer = use(kms, key["KeyId"])
    assert used(kms, key) == (operation, request_id(answer))


def test_both_keys_of_a_reencrypt_are_used(kms, fresh):
    other = kms.create_key()["KeyMetadata"]
    blob = kms.encrypt(KeyId=fresh["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    answer = kms.re_encrypt(CiphertextBlob=blob, DestinationKeyId=other["KeyId"])
    assert used(kms, fresh) == used(kms, other) == ("ReEncrypt", request_id(answer))


def test_the_last_one_counts(kms, fresh):
    for _ in range(3):
        kms.encrypt(KeyId=fresh["KeyId"], Plaintext=b"x")
    last = kms.generate_data_key(KeyId=fresh["KeyId"], KeySpec="AES_128")
    assert used(kms, fresh) == ("GenerateDataKey", request_id(last))


def test_what_is_no_use(kms, fresh, alias):
    blob = kms.encrypt(KeyId=fresh["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    before = last_usage(kms, fresh)
    kms.describe_key(KeyId=fresh["KeyId"])
    kms.get_key_last_usage(KeyId=fresh["KeyId"])
    alias(fresh["KeyId"])
    kms.list_resource_tags(KeyId=fresh["KeyId"])
    kms.generate_random(NumberOfBytes=1)
    with refused("DryRunOperationException"):
        kms.generate_data_key(KeyId=fresh["KeyId"], KeySpec="AES_256", DryRun=True)
    with refused("InvalidCiphertextException"):
        kms.decrypt(CiphertextBlob=blob, EncryptionContext={"a": "b"})
    with refused("InvalidKeyUsageException"):
        kms.sign(KeyId=fresh["KeyId"], Message=b"x", SigningAlgorithm="ECDSA_SHA_256")
    kms.disable_key(KeyId=fresh["KeyId"])
    with refused("DisabledException"):
        kms.decrypt(CiphertextBlob=blob)
    assert last_usage(kms, fresh) == before


def test_each_region_has_its_own(dev, kms):
    key = kms.create_key(MultiRegion=True)["KeyMetadata"]
    kms.replicate_key(KeyId=key["KeyId"], ReplicaRegion="us-west-2")
    west = kms_client(dev, region="us-west-2")
    answer = west.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    assert used(west, key) == ("Encrypt", request_id(answer))
    assert used(kms, key) is None


@pytest.mark.parametrize("name", ["disabled", "leaving", "importing"])
def test_states(kms, keys, name):
    assert last_usage(kms, keys[name])["KeyId"] == keys[name]["Arn"]


def test_a_stop_loses_nothing(start, tmp_path):
    server = start(data_dir=tmp_path / "data")
    kms = kms_client(server)
    key = kms.create_key()["KeyMetadata"]
    request = request_id(kms.encrypt(KeyId=key["KeyId"], Plaintext=os.urandom(8)))
    before = last_usage(kms, key)
    assert server.stop() == 0
    kms = kms_client(start(data_dir=tmp_path / "data"))
    assert used(kms, key) == ("Encrypt", request)
    assert last_usage(kms, key) == before
