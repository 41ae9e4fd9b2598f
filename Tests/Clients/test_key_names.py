"""How each operation of the API takes the name of a key: by the model, so that none is forgotten.

`test_identifiers.py` goes deeper into a few of them.
"""

import pytest

from clients import ACCOUNT, REGION, refused
from model_values import MODEL, encoded, valid

HERE = f"arn:aws:kms:{REGION}:{ACCOUNT}"
UNKNOWN = "12345678-1234-1234-1234-123456789012"

# Operations that take an id, an ARN, and both forms of an alias.
ANY_FORM = {
    "Decrypt",
    "DeriveSharedSecret",
    "DescribeKey",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateMac",
    "GetPublicKey",
    "ReEncrypt",
    "Sign",
    "Verify",
    "VerifyMac",
}
# Tested on their own: aliases do not stand for aliases, and RetireGrant takes other things too.
OTHERS = {"CreateAlias", "UpdateAlias", "RetireGrant"}
ID_OR_ARN = {
    name
    for name in MODEL.operation_names
    if "KeyId" in MODEL.operation_model(name).input_shape.members
} - ANY_FORM - OTHERS

POLICY = """{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*"}]}"""
# What an operation needs besides what the model requires, or instead of it.
DETAILS = {
    "CreateGrant": {"GranteePrincipal": f"arn:aws:iam::{ACCOUNT}:user/a"},
    "Decrypt": {"CiphertextBlob": b"x"},
    "GenerateDataKey": {"KeySpec": "AES_256"},
    "GenerateDataKeyWithoutPlaintext": {"KeySpec": "AES_256"},
    "GetParametersForImport": {"WrappingAlgorithm": "RSAES_OAEP_SHA_256"},
    "ImportKeyMaterial": {"ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE"},
    "PutKeyPolicy": {"Policy": POLICY},
    "ReplicateKey": {"ReplicaRegion": "us-west-2"},
    "RevokeGrant": {"GrantId": "0" * 64},
    "UpdatePrimaryRegion": {"PrimaryRegion": "us-west-2"},
}


@pytest.fixture
def call(wire, kms, key):
    """Calls an operation on a key of some name, with parameters that would do for some key."""

    def call(operation, name):
        body = valid(MODEL.operation_model(operation).input_shape) | DETAILS.get(operation, {})
        if operation == "ReEncrypt":
            sealed = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
            body |= {"CiphertextBlob": sealed, "DestinationKeyId": name}
        else:
            body["KeyId"] = name
        return wire.post(operation, encoded(body))

    return call


def test_every_operation_on_a_key_is_here():
    named = {
        name
        for name in MODEL.operation_names
        if any(member.endswith("KeyId") for member in MODEL.operation_model(name).input_shape.members)
    }
    # An external key's id is none of a KMS key.
    assert named - {"CreateKey", "CreateCustomKeyStore", "UpdateCustomKeyStore"} == ANY_FORM | ID_OR_ARN | OTHERS


every_operation = pytest.mark.parametrize("operation", sorted(ANY_FORM | ID_OR_ARN))


@every_operation
def test_unknown_keys(call, operation):
    for name in (UNKNOWN, f"{HERE}:key/{UNKNOWN}", "mrk-" + "0" * 32):
        answer = call(operation, name)
        assert (answer.status, answer.code) == (400, "NotFoundException"), answer
        assert answer.message == f"Key '{HERE}:key/{name.rpartition('/')[2]}' does not exist"


@every_operation
def test_malformed_ids(call, operation):
    for name in ("x", "mrk-x", UNKNOWN.replace("-", ""), UNKNOWN.upper().replace("1", "A"), f" {UNKNOWN}"):
        answer = call(operation, name)
        assert (answer.status, answer.code, answer.message) == (
            400,
            "NotFoundException",
            f"Invalid keyId '{name}'",
        )


@every_operation
def test_arns_of_another_region(call, operation):
    answer = call(operation, f"arn:aws:kms:eu-central-1:{ACCOUNT}:key/{UNKNOWN}")
    assert (answer.code, answer.message) == ("NotFoundException", "Invalid arn eu-central-1")


@every_operation
def test_arns_of_another_account(call, operation):
    answer = call(operation, f"arn:aws:kms:{REGION}:999999999999:key/{UNKNOWN}")
    assert (answer.status, answer.code) == (400, "AccessDeniedException"), answer


@every_operation
def test_arns_of_something_else(call, operation):
    answer = call(operation, "arn:aws:s3:::bucket")
    expected = "NotFoundException" if operation in ANY_FORM else "InvalidArnException"
    assert (answer.status, answer.code) == (400, expected), answer


@pytest.mark.parametrize("operation", sorted(ANY_FORM))
def test_unknown_aliases(call, operation):
    for name in ("alias/never-made", f"{HERE}:alias/never-made"):
        answer = call(operation, name)
        assert (answer.code, answer.message) == (
            "NotFoundException",
            f"Alias {HERE}:alias/never-made is not found.",
        )


@pytest.mark.parametrize("operation", sorted(ID_OR_ARN))
def test_operations_that_take_no_alias(call, key, alias, operation):
    name = alias(key["KeyId"])
    answer = call(operation, name)
    assert (answer.code, answer.message) == ("NotFoundException", f"Invalid keyId '{name}'")
    answer = call(operation, f"{HERE}:{name}")
    assert (answer.status, answer.code) == (400, "InvalidArnException")


# All four forms, where test_identifiers.py does not have them

MESSAGE = {"Message": b"x"}


def sign(kms, **key):
    return kms.sign(SigningAlgorithm="ECDSA_SHA_256", **MESSAGE, **key)


def mac(kms, **key):
    return kms.generate_mac(MacAlgorithm="HMAC_SHA_256", **MESSAGE, **key)


SIGNING, MAC, AGREEING = ("ECC_NIST_P256", "SIGN_VERIFY"), ("HMAC_256", "GENERATE_VERIFY_MAC"), ("SM2", "KEY_AGREEMENT")
CALLS = {
    "Sign": (SIGNING, sign),
    "Verify": (
        SIGNING,
        lambda kms, **key: kms.verify(
            SigningAlgorithm="ECDSA_SHA_256", Signature=sign(kms, **key)["Signature"], **MESSAGE, **key
        ),
    ),
    "GenerateMac": (MAC, mac),
    "VerifyMac": (
        MAC,
        lambda kms, **key: kms.verify_mac(MacAlgorithm="HMAC_SHA_256", Mac=mac(kms, **key)["Mac"], **MESSAGE, **key),
    ),
    "GetPublicKey": (SIGNING, lambda kms, **key: kms.get_public_key(**key)),
    "DeriveSharedSecret": (
        AGREEING,
        lambda kms, **key: kms.derive_shared_secret(
            KeyAgreementAlgorithm="ECDH", PublicKey=kms.get_public_key(**key)["PublicKey"], **key
        ),
    ),
}


@pytest.mark.parametrize(("kind", "use"), CALLS.values(), ids=CALLS)
def test_all_four_forms_and_the_arn_in_the_answer(kms, keys_of, alias, kind, use):
    key = keys_of(*kind)
    name = alias(key.id)
    for form in (key.id, key.arn, name, f"{HERE}:{name}"):
        assert use(kms, KeyId=form)["KeyId"] == key.arn, form


@pytest.mark.parametrize("operation", ["create_alias", "update_alias"])
def test_an_alias_of_an_alias(kms, key, alias, operation):
    name = alias(key["KeyId"])
    made = name if operation == "update_alias" else "alias/of-an-alias"
    for target in (name, f"{HERE}:{name}"):
        with refused("ValidationException", "Aliases must refer to keys. Not aliases"):
            getattr(kms, operation)(AliasName=made, TargetKeyId=target)
