"""GetPublicKey: the public half of every asymmetric spec."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from clients import refused
from key_material import spki

# Usages, the size of SubjectPublicKeyInfo, and what the key is to the cryptography library.
SPECS = {
    "RSA_2048": (("SIGN_VERIFY", "ENCRYPT_DECRYPT"), 294, rsa.RSAPublicKey),
    "RSA_3072": (("SIGN_VERIFY",), 422, rsa.RSAPublicKey),
    "RSA_4096": (("SIGN_VERIFY",), 550, rsa.RSAPublicKey),
    "ECC_NIST_P256": (("SIGN_VERIFY", "KEY_AGREEMENT"), 91, ec.SECP256R1),
    "ECC_NIST_P384": (("SIGN_VERIFY", "KEY_AGREEMENT"), 120, ec.SECP384R1),
    "ECC_NIST_P521": (("SIGN_VERIFY", "KEY_AGREEMENT"), 158, ec.SECP521R1),
    "ECC_SECG_P256K1": (("SIGN_VERIFY",), 88, ec.SECP256K1),
    "ECC_NIST_EDWARDS25519": (("SIGN_VERIFY",), 44, ed25519.Ed25519PublicKey),
    "ML_DSA_44": (("SIGN_VERIFY",), 1312 + 22, mldsa.MLDSA44PublicKey),
    "ML_DSA_65": (("SIGN_VERIFY",), 1952 + 22, mldsa.MLDSA65PublicKey),
    "ML_DSA_87": (("SIGN_VERIFY",), 2592 + 22, mldsa.MLDSA87PublicKey),
    "SM2": (("SIGN_VERIFY", "ENCRYPT_DECRYPT", "KEY_AGREEMENT"), 91, None),
}
LISTS = {
    "SIGN_VERIFY": "SigningAlgorithms",
    "ENCRYPT_DECRYPT": "EncryptionAlgorithms",
    "KEY_AGREEMENT": "KeyAgreementAlgorithms",
}
KEYS = [(spec, usage) for spec, (usages, _, _) in SPECS.items() for usage in usages]


@pytest.mark.parametrize(("spec", "usage"), KEYS, ids=map("-".join, KEYS))
def test_answer(kms, keys_of, spec, usage):
    key, (_, size, kind) = keys_of(spec, usage), SPECS[spec]
    answer = kms.get_public_key(KeyId=key.id)
    assert set(answer) - {"ResponseMetadata"} == {
        "KeyId",
        "PublicKey",
        "CustomerMasterKeySpec",
        "KeySpec",
        "KeyUsage",
        LISTS[usage],
    }
    assert (answer["KeyId"], answer["KeySpec"], answer["KeyUsage"]) == (key.arn, spec, usage)
    assert answer["CustomerMasterKeySpec"] == spec
    metadata = kms.describe_key(KeyId=key.id)["KeyMetadata"]
    assert answer[LISTS[usage]] == metadata[LISTS[usage]]
    assert len(answer["PublicKey"]) == size
    if kind is None:
        return
    public = load_der_public_key(answer["PublicKey"])
    assert isinstance(public.curve if isinstance(public, ec.EllipticCurvePublicKey) else public, kind)
    assert spki(public) == answer["PublicKey"], "not the one DER encoding"
    if isinstance(public, rsa.RSAPublicKey):
        assert (public.key_size, public.public_numbers().e) == (int(spec.removeprefix("RSA_")), 65537)


def test_sm2_names_its_curve(keys_of, openssl):
    public = keys_of("SM2", "SIGN_VERIFY").public
    assert b"SM2" in openssl("pkey", "-pubin", "-inform", "DER", "-noout", "-text", input=public)


def test_every_form_of_the_key_id(kms, keys_of, alias):
    key = keys_of("ECC_NIST_P256", "SIGN_VERIFY")
    name = alias(key.id)
    arn = key.arn.replace(f"key/{key.id}", name)
    for form in (key.id, key.arn, name, arn):
        answer = kms.get_public_key(KeyId=form)
        assert (answer["KeyId"], answer["PublicKey"]) == (key.arn, key.public)


@pytest.mark.parametrize("name", ["symmetric", "mac"])
def test_keys_without_a_public_half(kms, keys, name):
    with refused("UnsupportedOperationException"):
        kms.get_public_key(KeyId=keys[name]["KeyId"])


def test_disabled_keys_still_show_it(kms):
    key = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]
    public = kms.get_public_key(KeyId=key["KeyId"])["PublicKey"]
    kms.disable_key(KeyId=key["KeyId"])
    assert kms.get_public_key(KeyId=key["KeyId"])["PublicKey"] == public
    kms.schedule_key_deletion(KeyId=key["KeyId"])
    with refused("KMSInvalidStateException", f"{key['Arn']} is pending deletion."):
        kms.get_public_key(KeyId=key["KeyId"])


def test_a_key_that_waits_for_its_material_has_none_yet(kms):
    key = kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY", Origin="EXTERNAL")["KeyMetadata"]
    with refused("KMSInvalidStateException", f"{key['Arn']} is pending import."):
        kms.get_public_key(KeyId=key["KeyId"])


def test_the_key_stays_the_same(kms, keys_of):
    key = keys_of("RSA_2048", "SIGN_VERIFY")
    assert {kms.get_public_key(KeyId=key.id)["PublicKey"] for _ in range(3)} == {key.public}
