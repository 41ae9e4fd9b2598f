"""CreateKey and DescribeKey: every spec, the rules of usage, and the metadata."""

import datetime
import re

import pytest

from clients import ACCOUNT, REGION, refused

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

PKCS1 = [f"RSASSA_PKCS1_V1_5_SHA_{size}" for size in (256, 384, 512)]
PSS = [f"RSASSA_PSS_SHA_{size}" for size in (256, 384, 512)]
OAEP = ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"]

# Spec, usage, and the one list of algorithms that the metadata then has.
KINDS = [
    ("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT", "EncryptionAlgorithms", ["SYMMETRIC_DEFAULT"]),
    *((f"HMAC_{size}", "GENERATE_VERIFY_MAC", "MacAlgorithms", [f"HMAC_SHA_{size}"]) for size in (224, 256, 384, 512)),
    *((f"RSA_{size}", "ENCRYPT_DECRYPT", "EncryptionAlgorithms", OAEP) for size in (2048, 3072, 4096)),
    *((f"RSA_{size}", "SIGN_VERIFY", "SigningAlgorithms", PKCS1 + PSS) for size in (2048, 3072, 4096)),
    *(
        (f"ECC_NIST_P{size}", "SIGN_VERIFY", "SigningAlgorithms", [f"ECDSA_SHA_{digest}"])
        for size, digest in ((256, 256), (384, 384), (521, 512))
    ),
    *((f"ECC_NIST_P{size}", "KEY_AGREEMENT", "KeyAgreementAlgorithms", ["ECDH"]) for size in (256, 384, 521)),
    ("ECC_SECG_P256K1", "SIGN_VERIFY", "SigningAlgorithms", ["ECDSA_SHA_256"]),
    ("ECC_NIST_EDWARDS25519", "SIGN_VERIFY", "SigningAlgorithms", ["ED25519_SHA_512", "ED25519_PH_SHA_512"]),
    ("SM2", "ENCRYPT_DECRYPT", "EncryptionAlgorithms", ["SM2PKE"]),
    ("SM2", "SIGN_VERIFY", "SigningAlgorithms", ["SM2DSA"]),
    ("SM2", "KEY_AGREEMENT", "KeyAgreementAlgorithms", ["ECDH"]),
]
ALGORITHM_LISTS = {"EncryptionAlgorithms", "SigningAlgorithms", "MacAlgorithms", "KeyAgreementAlgorithms"}
ALWAYS = {
    "AWSAccountId",
    "KeyId",
    "Arn",
    "CreationDate",
    "Enabled",
    "Description",
    "KeyUsage",
    "KeyState",
    "Origin",
    "KeyManager",
    "CustomerMasterKeySpec",
    "KeySpec",
    "MultiRegion",
}


@pytest.mark.parametrize(
    ("spec", "usage", "list_name", "algorithms"), KINDS, ids=[f"{kind[0]}-{kind[1]}" for kind in KINDS]
)
def test_every_spec(kms, spec, usage, list_name, algorithms):
    made = kms.create_key(KeySpec=spec, KeyUsage=usage)["KeyMetadata"]
    expected = ALWAYS | {list_name} | ({"CurrentKeyMaterialId"} if spec == "SYMMETRIC_DEFAULT" else set())
    assert set(made) == expected
    assert (made["KeySpec"], made["CustomerMasterKeySpec"], made["KeyUsage"]) == (spec, spec, usage)
    assert sorted(made[list_name]) == sorted(algorithms)
    assert kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"] == made


def test_defaults(kms):
    before = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=2)
    made = kms.create_key()["KeyMetadata"]
    assert UUID.fullmatch(made["KeyId"])
    assert made["Arn"] == f"arn:aws:kms:{REGION}:{ACCOUNT}:key/{made['KeyId']}"
    assert (
        before <= made["CreationDate"] <= datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=2)
    )
    assert re.fullmatch("[0-9a-f]{64}", made["CurrentKeyMaterialId"])
    rest = {
        name: value
        for name, value in made.items()
        if name not in ("KeyId", "Arn", "CreationDate", "CurrentKeyMaterialId")
    }
    assert rest == {
        "AWSAccountId": ACCOUNT,
        "Enabled": True,
        "Description": "",
        "KeyUsage": "ENCRYPT_DECRYPT",
        "KeyState": "Enabled",
        "Origin": "AWS_KMS",
        "KeyManager": "CUSTOMER",
        "CustomerMasterKeySpec": "SYMMETRIC_DEFAULT",
        "KeySpec": "SYMMETRIC_DEFAULT",
        "EncryptionAlgorithms": ["SYMMETRIC_DEFAULT"],
        "MultiRegion": False,
    }


def test_creation_date_is_a_number_of_seconds(wire):
    body = wire.post("CreateKey", {}).body.decode()
    number = re.search(r'"CreationDate":([^,}]+)', body).group(1)
    assert re.fullmatch(r"\d{10}(\.\d{1,3})?", number), number


def test_old_name_of_the_spec(kms):
    made = kms.create_key(CustomerMasterKeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]
    assert (made["KeySpec"], made["CustomerMasterKeySpec"]) == ("RSA_2048", "RSA_2048")
    with refused("ValidationException"):
        kms.create_key(CustomerMasterKeySpec="RSA_2048", KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")


@pytest.mark.parametrize(
    "spec", [kind for kind in dict.fromkeys(kind[0] for kind in KINDS) if kind != "SYMMETRIC_DEFAULT"]
)
def test_usage_must_be_given(kms, spec):
    with refused(
        "ValidationException",
        "You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.",
    ):
        kms.create_key(KeySpec=spec)


USAGES = ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"]
ALLOWED = {(kind[0], kind[1]) for kind in KINDS}
MISFITS = [
    (spec, usage)
    for spec in dict.fromkeys(kind[0] for kind in KINDS)
    for usage in USAGES
    if (spec, usage) not in ALLOWED
]


@pytest.mark.parametrize(("spec", "usage"), MISFITS, ids=map("-".join, MISFITS))
def test_usage_must_fit_the_spec(kms, spec, usage):
    with refused("ValidationException", f"KeyUsage {usage} is not compatible with KeySpec {spec}"):
        kms.create_key(KeySpec=spec, KeyUsage=usage)


@pytest.mark.parametrize("spec", ["ML_DSA_44", "ML_DSA_65", "ML_DSA_87"])
def test_specs_that_are_not_imported(kms, spec):
    with refused("UnsupportedOperationException"):
        kms.create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY", Origin="EXTERNAL")


@pytest.mark.parametrize(
    "arguments",
    [
        {"Origin": "AWS_CLOUDHSM", "CustomKeyStoreId": "cks-1234567890abcdef0"},
        {"Origin": "EXTERNAL_KEY_STORE", "CustomKeyStoreId": "cks-1234567890abcdef0", "XksKeyId": "k"},
    ],
)
def test_custom_key_stores_that_do_not_exist(kms, arguments):
    with refused("CustomKeyStoreNotFoundException"):
        kms.create_key(**arguments)


def test_external_key_waits_for_its_material(kms):
    made = kms.create_key(Origin="EXTERNAL", Description="to be imported")["KeyMetadata"]
    assert set(made) == ALWAYS | {"EncryptionAlgorithms"}
    assert (made["KeyState"], made["Enabled"], made["Origin"]) == ("PendingImport", False, "EXTERNAL")


@pytest.mark.parametrize(
    ("spec", "usage"),
    [("RSA_2048", "SIGN_VERIFY"), ("ECC_NIST_P256", "KEY_AGREEMENT"), ("HMAC_256", "GENERATE_VERIFY_MAC")],
)
def test_external_keys_of_other_specs(kms, spec, usage):
    made = kms.create_key(Origin="EXTERNAL", KeySpec=spec, KeyUsage=usage)["KeyMetadata"]
    assert (made["KeyState"], made["KeySpec"]) == ("PendingImport", spec)


def test_multi_region_primary(kms):
    made = kms.create_key(MultiRegion=True)["KeyMetadata"]
    assert re.fullmatch("mrk-[0-9a-f]{32}", made["KeyId"])
    assert made["MultiRegion"] is True
    assert made["MultiRegionConfiguration"] == {
        "MultiRegionKeyType": "PRIMARY",
        "PrimaryKey": {"Arn": made["Arn"], "Region": REGION},
        "ReplicaKeys": [],
    }
    blob = kms.encrypt(KeyId=made["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=blob)["KeyId"] == made["Arn"]
    pair = kms.generate_data_key_pair(KeyId=made["Arn"], KeyPairSpec="RSA_4096")
    assert len(pair["PrivateKeyCiphertextBlob"]) <= 6144


@pytest.mark.parametrize(
    "description",
    ["", "plain", "ümläut ☃ \U0001f511", "x" * 8192, 'quote " and \\ and \n newline'],
    ids=lambda text: text[:10],
)
def test_descriptions(kms, description):
    made = kms.create_key(Description=description)["KeyMetadata"]
    assert made["Description"] == description
    kms.update_key_description(KeyId=made["KeyId"], Description=description[::-1])
    assert kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]["Description"] == description[::-1]


def test_tags(kms):
    kms.create_key(Tags=[{"TagKey": f"key-{number}", "TagValue": "☃" if number else ""} for number in range(50)])
    with refused("TagException", "Duplicate tag keys"):
        kms.create_key(Tags=[{"TagKey": "a", "TagValue": "1"}, {"TagKey": "a", "TagValue": "2"}])
    with refused("TagException", "Too many tags"):
        kms.create_key(Tags=[{"TagKey": str(number), "TagValue": ""} for number in range(51)])
    for reserved in ("aws:x", "AWS:x", "Aws:x"):
        with refused("TagException", "Tags beginning with aws: are reserved"):
            kms.create_key(Tags=[{"TagKey": reserved, "TagValue": ""}])


def test_policies(kms):
    kms.create_key(
        Policy='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:*","Resource":"*"}]}'
    )
    for malformed in ("not json", "[]", '"text"', '{"Version":"2012-10-17"', "{}"):
        with refused("MalformedPolicyDocumentException"):
            kms.create_key(Policy=malformed)
    with refused("LimitExceededException"):
        kms.create_key(Policy='{"Statement":[]}' + " " * 32768)


def test_two_keys_are_different(kms):
    made = [kms.create_key()["KeyMetadata"] for _ in range(5)]
    assert len({key["KeyId"] for key in made}) == len({key["CurrentKeyMaterialId"] for key in made}) == 5
