"""GenerateDataKey, its twin without plaintext, and GenerateRandom."""

import pytest

from clients import refused

EITHER_SIZE = "Please specify either number of bytes or key spec."


@pytest.mark.parametrize(
    ("size", "count"),
    [
        ({"KeySpec": "AES_128"}, 16),
        ({"KeySpec": "AES_256"}, 32),
        ({"NumberOfBytes": 1}, 1),
        ({"NumberOfBytes": 64}, 64),
        ({"NumberOfBytes": 1024}, 1024),
    ],
    ids=str,
)
def test_data_key_has_the_size_asked_for_and_opens_again(kms, key, size, count):
    made = kms.generate_data_key(KeyId=key["KeyId"], EncryptionContext={"a": "b"}, **size)
    assert set(made) - {"ResponseMetadata"} == {"CiphertextBlob", "Plaintext", "KeyId", "KeyMaterialId"}
    assert len(made["Plaintext"]) == count
    assert made["KeyId"] == key["Arn"]
    assert made["KeyMaterialId"] == key["CurrentKeyMaterialId"]
    assert count < len(made["CiphertextBlob"]) <= count + 152
    assert (
        kms.decrypt(CiphertextBlob=made["CiphertextBlob"], EncryptionContext={"a": "b"})["Plaintext"]
        == made["Plaintext"]
    )

    bare = kms.generate_data_key_without_plaintext(KeyId=key["KeyId"], EncryptionContext={"a": "b"}, **size)
    assert set(bare) - {"ResponseMetadata"} == {"CiphertextBlob", "KeyId", "KeyMaterialId"}
    opened = kms.decrypt(CiphertextBlob=bare["CiphertextBlob"], EncryptionContext={"a": "b"})["Plaintext"]
    assert len(opened) == count


def test_data_keys_differ(kms, key):
    made = [kms.generate_data_key(KeyId=key["KeyId"], KeySpec="AES_256") for _ in range(20)]
    assert len({answer["Plaintext"] for answer in made}) == 20
    assert len({answer["CiphertextBlob"] for answer in made}) == 20


OPERATIONS = ["generate_data_key", "generate_data_key_without_plaintext"]
both_operations = pytest.mark.parametrize("operation", OPERATIONS)
WIRE_NAMES = dict(zip(OPERATIONS, ["GenerateDataKey", "GenerateDataKeyWithoutPlaintext"]))


@both_operations
@pytest.mark.parametrize("size", [{}, {"KeySpec": "AES_256", "NumberOfBytes": 32}], ids=["neither", "both"])
def test_exactly_one_size(kms, key, operation, size):
    with refused("ValidationException", EITHER_SIZE):
        getattr(kms, operation)(KeyId=key["KeyId"], **size)


@both_operations
@pytest.mark.parametrize(
    ("count", "rule"),
    [(0, "greater than or equal to 1"), (-1, "greater than or equal to 1"), (1025, "less than or equal to 1024")],
)
def test_number_of_bytes_has_limits(unchecked, key, operation, count, rule):
    with refused(
        "ValidationException",
        f"1 validation error detected: Value '{count}' at 'numberOfBytes' failed to satisfy constraint: Member must have value {rule}",
    ):
        getattr(unchecked, operation)(KeyId=key["KeyId"], NumberOfBytes=count)


@both_operations
def test_bad_key_spec(kms, key, operation):
    with refused(
        "ValidationException",
        "1 validation error detected: Value 'AES_512' at 'keySpec' failed to satisfy constraint: "
        "Member must satisfy enum value set: [AES_256, AES_128]",
    ):
        getattr(kms, operation)(KeyId=key["KeyId"], KeySpec="AES_512")


@both_operations
@pytest.mark.parametrize(
    ("name", "code", "text"),
    [
        ("disabled", "DisabledException", "{arn} is disabled."),
        ("leaving", "KMSInvalidStateException", "{arn} is pending deletion."),
        ("importing", "KMSInvalidStateException", "{arn} is pending import."),
        ("signing", "InvalidKeyUsageException", "{arn} key usage is SIGN_VERIFY which is not valid for {operation}."),
        (
            "mac",
            "InvalidKeyUsageException",
            "{arn} key usage is GENERATE_VERIFY_MAC which is not valid for {operation}.",
        ),
        ("rsa", "InvalidKeyUsageException", "Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048."),
    ],
)
def test_keys_that_cannot_wrap(kms, keys, operation, name, code, text):
    arn = keys[name]["Arn"]
    with refused(code, text.format(arn=arn, operation=WIRE_NAMES[operation])):
        getattr(kms, operation)(KeyId=arn, KeySpec="AES_256")


@pytest.mark.parametrize("count", [1, 32, 1024])
def test_generate_random(kms, count):
    answers = [kms.generate_random(NumberOfBytes=count) for _ in range(3)]
    assert all(set(answer) - {"ResponseMetadata"} == {"Plaintext"} for answer in answers)
    assert all(len(answer["Plaintext"]) == count for answer in answers)
    if count > 8:
        assert len({answer["Plaintext"] for answer in answers}) == 3


def test_generate_random_needs_a_count(kms):
    with refused("ValidationException", "NumberOfBytes is required."):
        kms.generate_random()


@pytest.mark.parametrize(("count", "rule"), [(0, "greater than or equal to 1"), (1025, "less than or equal to 1024")])
def test_generate_random_has_limits(unchecked, count, rule):
    with refused(
        "ValidationException",
        f"1 validation error detected: Value '{count}' at 'numberOfBytes' failed to satisfy constraint: Member must have value {rule}",
    ):
        unchecked.generate_random(NumberOfBytes=count)


def test_grant_tokens_that_were_never_issued(kms, key):
    for call in (kms.generate_data_key, kms.generate_data_key_without_plaintext):
        with refused("InvalidGrantTokenException"):
            call(
                KeyId=key["KeyId"],
                KeySpec="AES_256",
                GrantTokens=[
                    "AQpAM2RhZTk1MGMyNTk2ZmZmMzEyYWVhOWViN2I1MWM4Mzc0MWFiYjc0ZDE1ODkyNGFlNTIzODZhMzgyZjBlNGY3NiKIAg"
                ],
            )
