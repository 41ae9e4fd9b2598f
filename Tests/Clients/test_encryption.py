"""Encrypt, Decrypt and ReEncrypt under symmetric keys."""

import pytest

from clients import refused

INCORRECT_KEY = "The key ID in the request does not identify a CMK that can perform this operation."
CONTEXT = {"document": "42", "empty": "", "unicode": "naïve ☃"}


@pytest.fixture(scope="module")
def sealed(kms, key):
    return kms.encrypt(KeyId=key["KeyId"], Plaintext=b"attack at dawn", EncryptionContext=CONTEXT)["CiphertextBlob"]


@pytest.mark.parametrize("size", [1, 15, 16, 17, 255, 256, 4095, 4096])
def test_what_was_encrypted_decrypts(kms, key, size):
    plaintext = bytes(index % 251 for index in range(size))
    answer = kms.encrypt(KeyId=key["KeyId"], Plaintext=plaintext)
    assert set(answer) - {"ResponseMetadata"} == {"CiphertextBlob", "KeyId", "EncryptionAlgorithm"}
    assert answer["KeyId"] == key["Arn"]
    assert answer["EncryptionAlgorithm"] == "SYMMETRIC_DEFAULT"
    assert size < len(answer["CiphertextBlob"]) <= size + 152
    opened = kms.decrypt(CiphertextBlob=answer["CiphertextBlob"])
    assert set(opened) - {"ResponseMetadata"} == {"Plaintext", "KeyId", "EncryptionAlgorithm", "KeyMaterialId"}
    assert opened["Plaintext"] == plaintext
    assert opened["KeyId"] == key["Arn"]


def test_plaintext_has_limits(unchecked, key):
    start = "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length"
    with refused("ValidationException", f"{start} less than or equal to 4096"):
        unchecked.encrypt(KeyId=key["KeyId"], Plaintext=bytes(4097))
    with refused("ValidationException", f"{start} greater than or equal to 1"):
        unchecked.encrypt(KeyId=key["KeyId"], Plaintext=b"")


def test_same_plaintext_never_gives_the_same_ciphertext(kms, key):
    blobs = {kms.encrypt(KeyId=key["KeyId"], Plaintext=b"same")["CiphertextBlob"] for _ in range(20)}
    assert len(blobs) == 20


@pytest.mark.parametrize("form", ["KeyId", "Arn", None])
def test_decrypt_with_and_without_the_key(kms, key, sealed, form):
    named = {"KeyId": key[form]} if form else {}
    opened = kms.decrypt(
        CiphertextBlob=sealed, EncryptionContext=CONTEXT, EncryptionAlgorithm="SYMMETRIC_DEFAULT", **named
    )
    assert opened["Plaintext"] == b"attack at dawn"
    assert opened["KeyId"] == key["Arn"]


def test_decrypt_with_an_alias(kms, key, sealed, alias):
    assert (
        kms.decrypt(CiphertextBlob=sealed, EncryptionContext=CONTEXT, KeyId=alias(key["KeyId"]))["KeyId"] == key["Arn"]
    )


@pytest.mark.parametrize("name", ["other", "signing", "mac"])
def test_decrypt_with_a_key_that_did_not_encrypt(kms, keys, sealed, name):
    with refused("IncorrectKeyException", INCORRECT_KEY):
        kms.decrypt(CiphertextBlob=sealed, EncryptionContext=CONTEXT, KeyId=keys[name]["KeyId"])


def test_decrypt_with_an_alias_that_was_moved(kms, keys, alias):
    name = alias(keys["symmetric"]["KeyId"])
    blob = kms.encrypt(KeyId=name, Plaintext=b"x")["CiphertextBlob"]
    kms.update_alias(AliasName=name, TargetKeyId=keys["other"]["KeyId"])
    with refused("IncorrectKeyException", INCORRECT_KEY):
        kms.decrypt(CiphertextBlob=blob, KeyId=name)
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


WRONG = {
    "none": None,
    "empty": {},
    "other value": {**CONTEXT, "document": "43"},
    "other key": {"dokument": "42", "empty": "", "unicode": "naïve ☃"},
    "one fewer": {"document": "42", "unicode": "naïve ☃"},
    "one more": {**CONTEXT, "more": ""},
    "decomposed": {**CONTEXT, "unicode": "nai\u0308ve ☃"},
}


@pytest.mark.parametrize("context", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("named", [True, False], ids=["with key", "without key"])
def test_wrong_context(kms, key, sealed, context, named):
    arguments = {} if context is None else {"EncryptionContext": context}
    if named:
        arguments["KeyId"] = key["KeyId"]
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(CiphertextBlob=sealed, **arguments)


def test_invalid_ciphertext_is_sent_without_a_text(wire, sealed):
    answer = wire.post("Decrypt", {"CiphertextBlob": sealed})
    assert answer.status == 400
    assert answer.json == {"__type": "InvalidCiphertextException"}


def test_contexts_that_look_alike_when_concatenated(kms, key):
    contexts = [
        {"a": "bc"},
        {"ab": "c"},
        {"a": "b", "c": ""},
        {"a": "", "b": "c"},
        {"": "abc"},
        {"abc": ""},
        {"a": "b,c"},
        {"a": 'b","c":"'},
    ]
    for mine in contexts:
        blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext=mine)["CiphertextBlob"]
        for other in contexts:
            if other == mine:
                assert kms.decrypt(CiphertextBlob=blob, EncryptionContext=other)["Plaintext"] == b"x"
            else:
                with refused("InvalidCiphertextException", ""):
                    kms.decrypt(CiphertextBlob=blob, EncryptionContext=other)


def test_empty_context_is_no_context(kms, key):
    with_empty = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext={})["CiphertextBlob"]
    without = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"y")["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=with_empty)["Plaintext"] == b"x"
    assert kms.decrypt(CiphertextBlob=without, EncryptionContext={})["Plaintext"] == b"y"


@pytest.mark.parametrize("garbage", [b"\0", b"x" * 200, bytes(6144), b"\xff" * 185, b"AQIDAH"], ids=len)
def test_what_is_no_ciphertext(kms, key, garbage):
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(CiphertextBlob=garbage)
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(CiphertextBlob=garbage, KeyId=key["KeyId"])


def test_ciphertext_has_limits(unchecked):
    start = (
        "1 validation error detected: Value at 'ciphertextBlob' failed to satisfy constraint: Member must have length"
    )
    with refused("ValidationException", f"{start} less than or equal to 6144"):
        unchecked.decrypt(CiphertextBlob=bytes(6145))
    with refused("ValidationException", f"{start} greater than or equal to 1"):
        unchecked.decrypt(CiphertextBlob=b"")


@pytest.mark.parametrize("algorithm", ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"])
def test_asymmetric_algorithm_with_a_symmetric_key(kms, key, algorithm):
    with refused("InvalidKeyUsageException", f"Algorithm {algorithm} is incompatible with key spec SYMMETRIC_DEFAULT."):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionAlgorithm=algorithm)


def test_asymmetric_ciphertext_needs_its_key_named(kms):
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(CiphertextBlob=bytes(256), EncryptionAlgorithm="RSAES_OAEP_SHA_256")


def test_signing_keys_do_not_encrypt(kms, keys):
    arn = keys["signing"]["Arn"]
    with refused("InvalidKeyUsageException", f"{arn} key usage is SIGN_VERIFY which is not valid for Encrypt."):
        kms.encrypt(KeyId=arn, Plaintext=b"x")


def test_reencrypt_changes_key_and_context(kms, key, keys, sealed):
    other = keys["other"]
    moved = kms.re_encrypt(
        CiphertextBlob=sealed,
        SourceEncryptionContext=CONTEXT,
        DestinationKeyId=other["KeyId"],
        DestinationEncryptionContext={"new": "context"},
    )
    assert set(moved) - {"ResponseMetadata"} == {
        "CiphertextBlob",
        "SourceKeyId",
        "KeyId",
        "SourceEncryptionAlgorithm",
        "DestinationEncryptionAlgorithm",
        "SourceKeyMaterialId",
        "DestinationKeyMaterialId",
    }
    assert moved["SourceKeyId"] == key["Arn"]
    assert moved["KeyId"] == other["Arn"]
    assert moved["SourceKeyMaterialId"] == key["CurrentKeyMaterialId"]
    assert moved["DestinationKeyMaterialId"] == other["CurrentKeyMaterialId"]
    assert moved["SourceEncryptionAlgorithm"] == moved["DestinationEncryptionAlgorithm"] == "SYMMETRIC_DEFAULT"
    opened = kms.decrypt(CiphertextBlob=moved["CiphertextBlob"], EncryptionContext={"new": "context"})
    assert opened["Plaintext"] == b"attack at dawn"
    assert opened["KeyId"] == other["Arn"]
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(CiphertextBlob=moved["CiphertextBlob"], EncryptionContext=CONTEXT)


def test_reencrypt_within_one_key_gives_fresh_ciphertext(kms, key, sealed):
    moved = kms.re_encrypt(
        CiphertextBlob=sealed,
        SourceKeyId=key["Arn"],
        SourceEncryptionContext=CONTEXT,
        DestinationKeyId=key["Arn"],
        DestinationEncryptionContext=CONTEXT,
    )
    assert moved["CiphertextBlob"] != sealed
    assert (
        kms.decrypt(CiphertextBlob=moved["CiphertextBlob"], EncryptionContext=CONTEXT)["Plaintext"] == b"attack at dawn"
    )


def test_reencrypt_moves_the_private_half_of_a_pair(kms, key, keys):
    pair = kms.generate_data_key_pair(KeyId=key["KeyId"], KeyPairSpec="RSA_2048", EncryptionContext={"t": "1"})
    moved = kms.re_encrypt(
        CiphertextBlob=pair["PrivateKeyCiphertextBlob"],
        SourceEncryptionContext={"t": "1"},
        DestinationKeyId=keys["other"]["Arn"],
    )
    assert kms.decrypt(CiphertextBlob=moved["CiphertextBlob"])["Plaintext"] == pair["PrivateKeyPlaintext"]


@pytest.mark.parametrize(
    ("name", "code", "text"),
    [
        ("disabled", "DisabledException", "{arn} is disabled."),
        ("leaving", "KMSInvalidStateException", "{arn} is pending deletion."),
        ("importing", "KMSInvalidStateException", "{arn} is pending import."),
        ("signing", "InvalidKeyUsageException", "{arn} key usage is SIGN_VERIFY which is not valid for ReEncrypt."),
    ],
)
def test_reencrypt_to_keys_that_cannot(kms, keys, sealed, name, code, text):
    with refused(code, text.format(arn=keys[name]["Arn"])):
        kms.re_encrypt(CiphertextBlob=sealed, SourceEncryptionContext=CONTEXT, DestinationKeyId=keys[name]["Arn"])


def test_reencrypt_from_what_does_not_open(kms, key, keys, sealed):
    destination = {"DestinationKeyId": key["KeyId"]}
    with refused("InvalidCiphertextException", ""):
        kms.re_encrypt(CiphertextBlob=sealed, **destination)
    with refused("IncorrectKeyException", INCORRECT_KEY):
        kms.re_encrypt(
            CiphertextBlob=sealed, SourceEncryptionContext=CONTEXT, SourceKeyId=keys["other"]["KeyId"], **destination
        )
    with refused("InvalidCiphertextException", ""):
        kms.re_encrypt(CiphertextBlob=b"garbage", **destination)


def test_decrypt_under_a_key_that_cannot_any_more(kms):
    key = kms.create_key()["KeyMetadata"]
    other = kms.create_key()["KeyMetadata"]
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    kms.disable_key(KeyId=key["KeyId"])
    for refusal in (("DisabledException", f"{key['Arn']} is disabled."),):
        with refused(*refusal):
            kms.decrypt(CiphertextBlob=blob)
        with refused(*refusal):
            kms.decrypt(CiphertextBlob=blob, KeyId=key["Arn"])
        with refused(*refusal):
            kms.re_encrypt(CiphertextBlob=blob, DestinationKeyId=other["KeyId"])
    kms.schedule_key_deletion(KeyId=key["KeyId"], PendingWindowInDays=7)
    with refused("KMSInvalidStateException", f"{key['Arn']} is pending deletion."):
        kms.decrypt(CiphertextBlob=blob)
    kms.cancel_key_deletion(KeyId=key["KeyId"])
    kms.enable_key(KeyId=key["KeyId"])
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


def test_ciphertext_of_a_key_the_caller_cannot_see(dev, kms, own, key, sealed):
    text = (
        "The ciphertext refers to a customer master key that does not exist, does not exist in this region, "
        "or you are not allowed to access."
    )
    with refused("AccessDeniedException", text):
        own.decrypt(CiphertextBlob=sealed, EncryptionContext=CONTEXT)
