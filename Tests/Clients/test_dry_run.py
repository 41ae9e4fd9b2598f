"""DryRun: never an output, nothing done, every other refusal first."""

import pytest

from clients import refused

WOULD_SUCCEED = ("DryRunOperationException", "The request would have succeeded, but the DryRun option is set.")
CONTEXT = {"a": "b"}


@pytest.fixture(scope="module")
def blob(kms, key):
    return kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext=CONTEXT)["CiphertextBlob"]


def requests(blob):
    """Every operation of this release that knows DryRun, with a request that would succeed; `key` takes the key."""
    return {
        "encrypt": lambda kms, key, **more: kms.encrypt(KeyId=key, Plaintext=b"x", **more),
        "generate_data_key": lambda kms, key, **more: kms.generate_data_key(KeyId=key, KeySpec="AES_256", **more),
        "generate_data_key_without_plaintext": lambda kms, key, **more: kms.generate_data_key_without_plaintext(
            KeyId=key, NumberOfBytes=9, **more
        ),
        "generate_data_key_pair": lambda kms, key, **more: kms.generate_data_key_pair(
            KeyId=key, KeyPairSpec="RSA_4096", **more
        ),
        "generate_data_key_pair_without_plaintext": lambda kms, key, **more: kms.generate_data_key_pair_without_plaintext(
            KeyId=key, KeyPairSpec="SM2", **more
        ),
        "decrypt": lambda kms, key, **more: kms.decrypt(
            KeyId=key, CiphertextBlob=blob, EncryptionContext=CONTEXT, **more
        ),
        "re_encrypt": lambda kms, key, **more: kms.re_encrypt(
            CiphertextBlob=blob, SourceEncryptionContext=CONTEXT, DestinationKeyId=key, **more
        ),
    }


OPERATIONS = list(requests(None))
every_operation = pytest.mark.parametrize("operation", OPERATIONS)


@every_operation
def test_a_request_that_would_succeed(kms, key, blob, operation):
    with refused(*WOULD_SUCCEED):
        requests(blob)[operation](kms, key["KeyId"], DryRun=True)


@every_operation
def test_dry_run_false_is_no_dry_run(kms, key, blob, operation):
    assert requests(blob)[operation](kms, key["KeyId"], DryRun=False)["KeyId"] == key["Arn"]


@every_operation
@pytest.mark.parametrize(
    ("name", "code", "text"),
    [
        ("disabled", "DisabledException", "{arn} is disabled."),
        ("leaving", "KMSInvalidStateException", "{arn} is pending deletion."),
        ("importing", "KMSInvalidStateException", "{arn} is pending import."),
    ],
)
def test_states_come_first(kms, keys, blob, operation, name, code, text):
    with refused(code, text.format(arn=keys[name]["Arn"])):
        requests(blob)[operation](kms, keys[name]["KeyId"], DryRun=True)


@every_operation
def test_unknown_keys_come_first(kms, key, blob, operation):
    unknown = "12345678-1234-1234-1234-123456789012"
    with refused("NotFoundException", f"Key '{key['Arn'].rpartition('/')[0]}/{unknown}' does not exist"):
        requests(blob)[operation](kms, unknown, DryRun=True)


@every_operation
def test_wrong_usage_comes_first(kms, keys, blob, operation):
    code = "IncorrectKeyException" if operation == "decrypt" else "InvalidKeyUsageException"
    with refused(code):
        requests(blob)[operation](kms, keys["signing"]["KeyId"], DryRun=True)


def test_other_refusals_come_first(kms, key, blob):
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(CiphertextBlob=blob, DryRun=True)
    with refused("InvalidCiphertextException", ""):
        kms.re_encrypt(CiphertextBlob=blob, DestinationKeyId=key["KeyId"], DryRun=True)
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(CiphertextBlob=b"garbage", DryRun=True)
    with refused("ValidationException", "Please specify either number of bytes or key spec."):
        kms.generate_data_key(KeyId=key["KeyId"], DryRun=True)
    with refused("ValidationException"):
        kms.generate_data_key_pair(KeyId=key["KeyId"], KeyPairSpec="RSA_1", DryRun=True)


def test_ignoring_the_ciphertext(kms, key, keys):
    modifiers = {"DryRun": True, "DryRunModifiers": ["IGNORE_CIPHERTEXT"]}
    with refused(*WOULD_SUCCEED):
        kms.decrypt(KeyId=key["KeyId"], **modifiers)
    with refused(*WOULD_SUCCEED):
        kms.decrypt(KeyId=key["KeyId"], CiphertextBlob=b"garbage", **modifiers)
    with refused(*WOULD_SUCCEED):
        kms.re_encrypt(SourceKeyId=key["KeyId"], DestinationKeyId=keys["other"]["KeyId"], **modifiers)
    with refused("ValidationException"):
        kms.decrypt(**modifiers)
    with refused("ValidationException"):
        kms.re_encrypt(DestinationKeyId=key["KeyId"], **modifiers)


def test_modifiers_without_dry_run(kms, key, blob):
    with refused("ValidationException"):
        kms.decrypt(
            KeyId=key["KeyId"], CiphertextBlob=blob, EncryptionContext=CONTEXT, DryRunModifiers=["IGNORE_CIPHERTEXT"]
        )
    with refused("ValidationException"):
        kms.re_encrypt(
            SourceKeyId=key["KeyId"],
            CiphertextBlob=blob,
            SourceEncryptionContext=CONTEXT,
            DestinationKeyId=key["KeyId"],
            DryRunModifiers=["IGNORE_CIPHERTEXT"],
        )


def test_decrypt_needs_a_ciphertext_otherwise(kms, key):
    with refused(
        "ValidationException",
        "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null",
    ):
        kms.decrypt(KeyId=key["KeyId"], DryRun=True)
