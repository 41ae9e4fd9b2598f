"""The four forms that name a key, and what names none."""

import uuid

import pytest

from clients import ACCOUNT, REGION, kms_client, refused

HERE = f"arn:aws:kms:{REGION}:{ACCOUNT}"
UNKNOWN = "12345678-1234-1234-1234-123456789012"

# Operations that accept all four forms.
ANY_FORM = {
    "describe_key": lambda kms, key: kms.describe_key(KeyId=key)["KeyMetadata"]["Arn"],
    "encrypt": lambda kms, key: kms.encrypt(KeyId=key, Plaintext=b"x")["KeyId"],
    "generate_data_key": lambda kms, key: kms.generate_data_key(KeyId=key, KeySpec="AES_256")["KeyId"],
    "generate_data_key_without_plaintext": lambda kms, key: kms.generate_data_key_without_plaintext(
        KeyId=key, KeySpec="AES_256"
    )["KeyId"],
    "generate_data_key_pair": lambda kms, key: kms.generate_data_key_pair(KeyId=key, KeyPairSpec="ECC_NIST_P256")[
        "KeyId"
    ],
    "generate_data_key_pair_without_plaintext": lambda kms, key: kms.generate_data_key_pair_without_plaintext(
        KeyId=key, KeyPairSpec="ECC_NIST_P256"
    )["KeyId"],
}

# Operations that accept an id or a key ARN only.
ID_OR_ARN = {
    "enable_key": lambda kms, key: kms.enable_key(KeyId=key),
    "disable_key": lambda kms, key: kms.disable_key(KeyId=key),
    "schedule_key_deletion": lambda kms, key: kms.schedule_key_deletion(KeyId=key),
    "cancel_key_deletion": lambda kms, key: kms.cancel_key_deletion(KeyId=key),
    "update_key_description": lambda kms, key: kms.update_key_description(KeyId=key, Description="x"),
    "list_aliases": lambda kms, key: kms.list_aliases(KeyId=key),
}

any_form = pytest.mark.parametrize("operation", ANY_FORM)


@any_form
def test_all_four_forms_and_the_arn_in_the_answer(kms, key, alias, operation):
    name = alias(key["KeyId"])
    for form in (key["KeyId"], key["Arn"], name, f"{HERE}:{name}"):
        assert ANY_FORM[operation](kms, form) == key["Arn"], form


def test_all_four_forms_for_both_sides_of_reencrypt(kms, key, alias):
    name = alias(key["KeyId"])
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    for form in (key["KeyId"], key["Arn"], name, f"{HERE}:{name}"):
        answer = kms.re_encrypt(CiphertextBlob=blob, SourceKeyId=form, DestinationKeyId=form)
        assert answer["KeyId"] == answer["SourceKeyId"] == key["Arn"]
        assert kms.decrypt(CiphertextBlob=blob, KeyId=form)["KeyId"] == key["Arn"]


@any_form
@pytest.mark.parametrize("form", [UNKNOWN, f"{HERE}:key/{UNKNOWN}"])
def test_well_formed_and_unknown(kms, operation, form):
    with refused("NotFoundException", f"Key '{HERE}:key/{UNKNOWN}' does not exist"):
        ANY_FORM[operation](kms, form)


@any_form
@pytest.mark.parametrize(
    "malformed",
    [
        "x",
        UNKNOWN.replace("-", ""),
        "ABCDEF78-1234-1234-1234-123456789012",
        "mrk-foo",
        "mrk-" + "0" * 31,
        "mrk-" + "F" * 32,
        UNKNOWN + "0",
        "{" + UNKNOWN + "}",
        "Alias/x",
        " " + UNKNOWN,
    ],
)
def test_malformed(kms, operation, malformed):
    with refused("NotFoundException", f"Invalid keyId '{malformed}'"):
        ANY_FORM[operation](kms, malformed)


@any_form
@pytest.mark.parametrize("form", ["alias/never-made", f"{HERE}:alias/never-made"])
def test_unknown_alias(kms, operation, form):
    with refused("NotFoundException", f"Alias {HERE}:alias/never-made is not found."):
        ANY_FORM[operation](kms, form)


@any_form
def test_arn_of_another_region(kms, operation):
    for resource in (f"key/{UNKNOWN}", "alias/app"):
        with refused("NotFoundException", "Invalid arn eu-central-1"):
            ANY_FORM[operation](kms, f"arn:aws:kms:eu-central-1:{ACCOUNT}:{resource}")


@any_form
@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:s3:::bucket-of-some-name",
        f"arn:aws:kms:{REGION}:{ACCOUNT}:grant/{UNKNOWN}",
        f"arn:aws:kms:{REGION}:1234:key/{UNKNOWN}",
        f"arn:aws-cn:kms:{REGION}:{ACCOUNT}:key/{UNKNOWN}",
        f"arn:aws:kms::{ACCOUNT}:key/{UNKNOWN}",
        "arn:aws:kms",
        "arn::::::",
    ],
)
def test_what_is_no_arn_of_a_key(kms, operation, arn):
    with refused("NotFoundException"):
        ANY_FORM[operation](kms, arn)


@any_form
def test_keys_of_another_account(kms, own, alias, operation):
    theirs = kms.create_key()["KeyMetadata"]
    name = alias(theirs["KeyId"])
    # A bare name is looked up in the caller's own account.
    own_home = own.create_key()["KeyMetadata"]["Arn"].rpartition(":")[0]
    with refused("NotFoundException", f"Key '{own_home}:key/{theirs['KeyId']}' does not exist"):
        ANY_FORM[operation](own, theirs["KeyId"])
    with refused("NotFoundException", f"Alias {own_home}:{name} is not found."):
        ANY_FORM[operation](own, name)
    # An ARN names it, and what is there is not told.
    for arn in (theirs["Arn"], f"{HERE}:key/{uuid.uuid4()}", f"{HERE}:{name}", f"{HERE}:alias/never-made"):
        with refused("AccessDeniedException") as refusal:
            ANY_FORM[operation](own, arn)
        assert "is not authorized to perform: kms:" in refusal.refusal.message


id_or_arn = pytest.mark.parametrize("operation", ID_OR_ARN)


@id_or_arn
def test_operations_that_accept_no_alias(kms, key, alias, operation):
    name = alias(key["KeyId"])
    for form in (name, f"{HERE}:{name}"):
        with pytest.raises(kms.exceptions.ClientError) as raised:
            ID_OR_ARN[operation](kms, form)
        assert raised.value.response["Error"]["Code"] in ("NotFoundException", "InvalidArnException")
        assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


@id_or_arn
def test_unknown_keys_there(kms, operation):
    with refused("NotFoundException", f"Key '{HERE}:key/{UNKNOWN}' does not exist"):
        ID_OR_ARN[operation](kms, UNKNOWN)
    with refused("NotFoundException", "Invalid keyId 'nonsense'"):
        ID_OR_ARN[operation](kms, "nonsense")
    with refused("NotFoundException", "Invalid arn eu-west-1"):
        ID_OR_ARN[operation](kms, f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/{UNKNOWN}")


@id_or_arn
def test_nothing_can_be_done_to_keys_of_another_account(kms, own, operation):
    theirs = kms.create_key()["KeyMetadata"]
    with refused("AccessDeniedException"):
        ID_OR_ARN[operation](own, theirs["Arn"])
    assert kms.describe_key(KeyId=theirs["KeyId"])["KeyMetadata"] == theirs


def test_the_same_bare_id_in_decrypt_of_another_accounts_blob_tells_nothing(kms, own, key):
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    for named in ({}, {"KeyId": key["Arn"]}):
        with refused("AccessDeniedException"):
            own.decrypt(CiphertextBlob=blob, **named)
    # As for an id that nobody has: a ciphertext is easily made to name any key.
    with refused("NotFoundException"):
        own.decrypt(CiphertextBlob=blob, KeyId=key["KeyId"])


def test_keys_are_apart_by_region(dev, kms, key):
    elsewhere = kms_client(dev, region="ap-southeast-2")
    made = elsewhere.create_key()["KeyMetadata"]
    assert made["Arn"].startswith(f"arn:aws:kms:ap-southeast-2:{ACCOUNT}:key/")
    with refused("NotFoundException", f"Key '{HERE}:key/{made['KeyId']}' does not exist"):
        kms.describe_key(KeyId=made["KeyId"])
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    with refused("AccessDeniedException"):
        elsewhere.decrypt(CiphertextBlob=blob)
    china = kms_client(dev, region="cn-north-1")
    assert china.create_key()["KeyMetadata"]["Arn"].startswith(f"arn:aws-cn:kms:cn-north-1:{ACCOUNT}:key/")
