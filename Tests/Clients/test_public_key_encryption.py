"""Encrypt, Decrypt and ReEncrypt with RSA and SM2 keys."""

import pytest
from cryptography.hazmat.primitives.serialization import load_der_public_key

from clients import refused
from key_material import OAEP, oaep

# The longest plaintext, in bytes: k - 2h - 2.
LIMITS = {
    ("RSA_2048", "RSAES_OAEP_SHA_1"): 214,
    ("RSA_2048", "RSAES_OAEP_SHA_256"): 190,
    ("RSA_3072", "RSAES_OAEP_SHA_1"): 342,
    ("RSA_3072", "RSAES_OAEP_SHA_256"): 318,
    ("RSA_4096", "RSAES_OAEP_SHA_1"): 470,
    ("RSA_4096", "RSAES_OAEP_SHA_256"): 446,
    ("SM2", "SM2PKE"): 1024,
}
every_algorithm = pytest.mark.parametrize(("spec", "algorithm"), LIMITS, ids=map("-".join, LIMITS))
INCORRECT_KEY = "The key ID in the request does not identify a CMK that can perform this operation."


@pytest.fixture(scope="module")
def receivers(keys_of):
    """A key of each spec with its public half."""
    return {spec: keys_of(spec, "ENCRYPT_DECRYPT") for spec in ("RSA_2048", "RSA_3072", "RSA_4096", "SM2")}


@pytest.fixture
def encrypt_elsewhere(openssl, tmp_path):
    """Encrypts for a public key without the service."""

    def encrypt(public_key, algorithm, plaintext):
        if algorithm in OAEP:
            return load_der_public_key(public_key).encrypt(plaintext, oaep(OAEP[algorithm]))
        (tmp_path / "public").write_bytes(public_key)
        return openssl(
            "pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", tmp_path / "public", input=plaintext
        )

    return encrypt


@every_algorithm
def test_what_was_encrypted_decrypts(kms, receivers, spec, algorithm):
    key, limit = receivers[spec], LIMITS[spec, algorithm]
    for size in (1, 32, limit - 1, limit):
        plaintext = bytes(index % 251 for index in range(size))
        answer = kms.encrypt(KeyId=key.id, Plaintext=plaintext, EncryptionAlgorithm=algorithm)
        assert set(answer) - {"ResponseMetadata"} == {"CiphertextBlob", "KeyId", "EncryptionAlgorithm"}
        assert (answer["KeyId"], answer["EncryptionAlgorithm"]) == (key.arn, algorithm)
        if spec != "SM2":
            assert len(answer["CiphertextBlob"]) == int(spec.removeprefix("RSA_")) // 8
        opened = kms.decrypt(
            KeyId=key.arn, CiphertextBlob=answer["CiphertextBlob"], EncryptionAlgorithm=algorithm
        )
        assert set(opened) - {"ResponseMetadata"} == {"Plaintext", "KeyId", "EncryptionAlgorithm"}
        assert (opened["Plaintext"], opened["KeyId"]) == (plaintext, key.arn)
        assert opened["EncryptionAlgorithm"] == algorithm


@every_algorithm
def test_one_byte_too_many(kms, receivers, spec, algorithm):
    limit = LIMITS[spec, algorithm]
    text = f"Algorithm {algorithm} and key spec {spec} cannot encrypt data larger than {limit} bytes."
    for size in (limit + 1, 4096):
        with refused("ValidationException", text):
            kms.encrypt(KeyId=receivers[spec].id, Plaintext=bytes(size), EncryptionAlgorithm=algorithm)


@every_algorithm
def test_what_others_encrypt_the_service_decrypts(kms, receivers, encrypt_elsewhere, spec, algorithm):
    key, limit = receivers[spec], LIMITS[spec, algorithm]
    for size in (1, 32, limit):
        plaintext = bytes(index % 251 for index in range(size))
        blob = encrypt_elsewhere(key.public, algorithm, plaintext)
        answer = kms.decrypt(KeyId=key.id, CiphertextBlob=blob, EncryptionAlgorithm=algorithm)
        assert answer["Plaintext"] == plaintext


@every_algorithm
def test_same_plaintext_never_gives_the_same_ciphertext(kms, receivers, spec, algorithm):
    request = {"KeyId": receivers[spec].id, "Plaintext": b"same", "EncryptionAlgorithm": algorithm}
    assert len({kms.encrypt(**request)["CiphertextBlob"] for _ in range(5)}) == 5


@every_algorithm
def test_altered_ciphertext(kms, receivers, spec, algorithm):
    request = {"KeyId": receivers[spec].id, "EncryptionAlgorithm": algorithm}
    blob = kms.encrypt(Plaintext=b"attack at dawn", **request)["CiphertextBlob"]
    altered = [blob[:index] + bytes([blob[index] ^ 1]) + blob[index + 1 :] for index in range(0, len(blob), 37)]
    for wrong in (*altered, blob[:-1], blob[1:], blob + b"\0", bytes(len(blob)), b"\xff" * len(blob), b"x"):
        with refused("InvalidCiphertextException", ""):
            kms.decrypt(CiphertextBlob=wrong, **request)


def test_the_other_hash_does_not_open(kms, receivers):
    key = receivers["RSA_2048"].id
    first, second = OAEP
    for one, other in ((first, second), (second, first)):
        blob = kms.encrypt(KeyId=key, Plaintext=b"x", EncryptionAlgorithm=one)["CiphertextBlob"]
        with refused("InvalidCiphertextException", ""):
            kms.decrypt(KeyId=key, CiphertextBlob=blob, EncryptionAlgorithm=other)


def test_ciphertext_of_another_key(kms, receivers, keys_of):
    stranger = keys_of("SM2", "ENCRYPT_DECRYPT", number=1)
    blob = kms.encrypt(KeyId=stranger.id, Plaintext=b"x", EncryptionAlgorithm="SM2PKE")["CiphertextBlob"]
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(KeyId=receivers["SM2"].id, CiphertextBlob=blob, EncryptionAlgorithm="SM2PKE")


def test_ciphertext_of_a_symmetric_key(kms, receivers, key):
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(KeyId=receivers["RSA_2048"].id, CiphertextBlob=blob, EncryptionAlgorithm="RSAES_OAEP_SHA_256")


@pytest.mark.parametrize("spec", ["RSA_2048", "SM2"])
def test_the_algorithm_must_be_said(kms, receivers, spec):
    key, text = receivers[spec].id, f"Algorithm SYMMETRIC_DEFAULT is incompatible with key spec {spec}."
    with refused("InvalidKeyUsageException", text):
        kms.encrypt(KeyId=key, Plaintext=b"x")
    with refused("InvalidKeyUsageException", text):
        kms.decrypt(KeyId=key, CiphertextBlob=bytes(256))


@pytest.mark.parametrize(("spec", "algorithm"), [("RSA_2048", "SM2PKE"), ("SM2", "RSAES_OAEP_SHA_1")])
def test_algorithms_of_other_specs(kms, receivers, spec, algorithm):
    key, text = receivers[spec].id, f"Algorithm {algorithm} is incompatible with key spec {spec}."
    with refused("InvalidKeyUsageException", text):
        kms.encrypt(KeyId=key, Plaintext=b"x", EncryptionAlgorithm=algorithm)
    with refused("InvalidKeyUsageException", text):
        kms.decrypt(KeyId=key, CiphertextBlob=bytes(256), EncryptionAlgorithm=algorithm)


@pytest.mark.parametrize("algorithm", ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"])
def test_the_key_must_be_named(kms, algorithm):
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(CiphertextBlob=bytes(256), EncryptionAlgorithm=algorithm)


def test_an_encryption_context_is_for_symmetric_keys(kms, receivers):
    request = {"KeyId": receivers["RSA_2048"].id, "EncryptionAlgorithm": "RSAES_OAEP_SHA_256"}
    blob = kms.encrypt(Plaintext=b"x", EncryptionContext={}, **request)["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=blob, EncryptionContext={}, **request)["Plaintext"] == b"x"
    with refused("ValidationException"):
        kms.encrypt(Plaintext=b"x", EncryptionContext={"a": "b"}, **request)
    with refused("ValidationException"):
        kms.decrypt(CiphertextBlob=blob, EncryptionContext={"a": "b"}, **request)


def test_signing_keys_do_not_encrypt(kms, keys_of):
    key = keys_of("RSA_2048", "SIGN_VERIFY")
    with refused("InvalidKeyUsageException", f"{key.arn} key usage is SIGN_VERIFY which is not valid for Encrypt."):
        kms.encrypt(KeyId=key.id, Plaintext=b"x", EncryptionAlgorithm="RSAES_OAEP_SHA_256")
    with refused("IncorrectKeyException", INCORRECT_KEY):
        kms.decrypt(KeyId=key.id, CiphertextBlob=bytes(256), EncryptionAlgorithm="RSAES_OAEP_SHA_256")


def test_data_keys_are_for_symmetric_keys(kms, receivers):
    text = "Algorithm SYMMETRIC_DEFAULT is incompatible with key spec RSA_2048."
    with refused("InvalidKeyUsageException", text):
        kms.generate_data_key(KeyId=receivers["RSA_2048"].id, KeySpec="AES_256")
    with refused("InvalidKeyUsageException", text):
        kms.generate_data_key_pair(KeyId=receivers["RSA_2048"].id, KeyPairSpec="ECC_NIST_P256")


# ReEncrypt

SIDES = {
    "symmetric": ("SYMMETRIC_DEFAULT", None),
    "RSA": ("RSAES_OAEP_SHA_256", "RSA_2048"),
    "SM2": ("SM2PKE", "SM2"),
}


@pytest.mark.parametrize("source", SIDES)
@pytest.mark.parametrize("destination", SIDES)
def test_reencrypt(kms, receivers, key, keys, source, destination):
    def side(name, other):
        algorithm, spec = SIDES[name]
        return algorithm, receivers[spec].arn if spec else other["Arn"]

    source_algorithm, source_key = side(source, key)
    destination_algorithm, destination_key = side(destination, keys["other"])
    blob = kms.encrypt(KeyId=source_key, Plaintext=b"moved", EncryptionAlgorithm=source_algorithm)["CiphertextBlob"]
    moved = kms.re_encrypt(
        CiphertextBlob=blob,
        SourceKeyId=source_key,
        SourceEncryptionAlgorithm=source_algorithm,
        DestinationKeyId=destination_key,
        DestinationEncryptionAlgorithm=destination_algorithm,
    )
    always = {"CiphertextBlob", "SourceKeyId", "KeyId", "SourceEncryptionAlgorithm", "DestinationEncryptionAlgorithm"}
    materials = {"SourceKeyMaterialId"} if source == "symmetric" else set()
    materials |= {"DestinationKeyMaterialId"} if destination == "symmetric" else set()
    assert set(moved) - {"ResponseMetadata"} == always | materials
    assert (moved["SourceKeyId"], moved["KeyId"]) == (source_key, destination_key)
    assert moved["SourceEncryptionAlgorithm"] == source_algorithm
    assert moved["DestinationEncryptionAlgorithm"] == destination_algorithm
    opened = kms.decrypt(
        KeyId=destination_key,
        CiphertextBlob=moved["CiphertextBlob"],
        EncryptionAlgorithm=destination_algorithm,
    )
    assert opened["Plaintext"] == b"moved"


def test_reencrypt_of_what_the_destination_cannot_hold(kms, receivers, key):
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=bytes(191))["CiphertextBlob"]
    with refused(
        "ValidationException",
        "Algorithm RSAES_OAEP_SHA_256 and key spec RSA_2048 cannot encrypt data larger than 190 bytes.",
    ):
        kms.re_encrypt(
            CiphertextBlob=blob,
            DestinationKeyId=receivers["RSA_2048"].id,
            DestinationEncryptionAlgorithm="RSAES_OAEP_SHA_256",
        )


def test_reencrypt_from_a_key_that_is_not_named(kms, receivers, key):
    request = {"KeyId": receivers["RSA_2048"].id, "EncryptionAlgorithm": "RSAES_OAEP_SHA_256"}
    blob = kms.encrypt(Plaintext=b"x", **request)["CiphertextBlob"]
    with refused("InvalidCiphertextException", ""):
        kms.re_encrypt(
            CiphertextBlob=blob, SourceEncryptionAlgorithm="RSAES_OAEP_SHA_256", DestinationKeyId=key["KeyId"]
        )


def test_dry_run(kms, receivers):
    request = {"KeyId": receivers["RSA_2048"].id, "EncryptionAlgorithm": "RSAES_OAEP_SHA_256"}
    blob = kms.encrypt(Plaintext=b"x", **request)["CiphertextBlob"]
    with refused("DryRunOperationException"):
        kms.encrypt(Plaintext=b"x", DryRun=True, **request)
    with refused("DryRunOperationException"):
        kms.decrypt(CiphertextBlob=blob, DryRun=True, **request)
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(CiphertextBlob=blob[::-1], DryRun=True, **request)
