"""GenerateDataKeyPair and its twin without plaintext: all nine specs, checked by two libraries that are not ours."""

import base64
import textwrap

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from clients import kms_client, refused

CONTEXT = {"tenant": "blue", "purpose": "data key pairs", "unicode": "schlüssel 🔑"}

# SubjectPublicKeyInfo bytes, PKCS#8 bytes (least and most), and the AlgorithmIdentifier that both carry, in DER.
RSA = "300d06092a864886f70d0101010500"
SPECS = {
    "RSA_2048": (294, 1210, 1222, RSA),
    "RSA_3072": (422, 1788, 1796, RSA),
    "RSA_4096": (550, 2368, 2380, RSA),
    "ECC_NIST_P256": (91, 138, 138, "301306072a8648ce3d020106082a8648ce3d030107"),
    "ECC_NIST_P384": (120, 185, 185, "301006072a8648ce3d020106052b81040022"),
    "ECC_NIST_P521": (158, 241, 241, "301006072a8648ce3d020106052b81040023"),
    "ECC_SECG_P256K1": (88, 135, 135, "301006072a8648ce3d020106052b8104000a"),
    "ECC_NIST_EDWARDS25519": (44, 48, 48, "300506032b6570"),
    "SM2": (91, 138, 138, "301306072a8648ce3d020106082a811ccf5501822d"),
}

every_spec = pytest.mark.parametrize("spec", SPECS)


@pytest.fixture(scope="module")
def pairs(kms, key):
    """A pair of each spec, made once."""
    return {
        spec: kms.generate_data_key_pair(KeyId=key["KeyId"], KeyPairSpec=spec, EncryptionContext=CONTEXT)
        for spec in SPECS
    }


def pem(der, label):
    text = "\n".join(textwrap.wrap(base64.b64encode(der).decode(), 64))
    return f"-----BEGIN {label}-----\n{text}\n-----END {label}-----\n".encode()


@every_spec
def test_answer_has_the_shape_and_sizes_of_kms(pairs, key, spec):
    pair = pairs[spec]
    public_size, least, most, algorithm = SPECS[spec]
    assert set(pair) - {"ResponseMetadata"} == {
        "PrivateKeyCiphertextBlob",
        "PrivateKeyPlaintext",
        "PublicKey",
        "KeyId",
        "KeyPairSpec",
        "KeyMaterialId",
    }
    assert pair["KeyId"] == key["Arn"]
    assert pair["KeyPairSpec"] == spec
    assert pair["KeyMaterialId"] == key["CurrentKeyMaterialId"]
    assert len(pair["PublicKey"]) == public_size
    assert least <= len(pair["PrivateKeyPlaintext"]) <= most
    assert (
        len(pair["PrivateKeyPlaintext"])
        < len(pair["PrivateKeyCiphertextBlob"])
        <= len(pair["PrivateKeyPlaintext"]) + 152
    )
    assert bytes.fromhex(algorithm) in pair["PublicKey"][:40]
    assert bytes.fromhex("020100" + algorithm) in pair["PrivateKeyPlaintext"][:40], "not PKCS#8 version 0"


@every_spec
def test_decrypt_gives_back_the_private_key(kms, pairs, key, spec):
    pair = pairs[spec]
    opened = kms.decrypt(CiphertextBlob=pair["PrivateKeyCiphertextBlob"], EncryptionContext=CONTEXT)
    assert opened["Plaintext"] == pair["PrivateKeyPlaintext"]
    assert opened["KeyId"] == key["Arn"]
    assert opened["KeyMaterialId"] == pair["KeyMaterialId"]
    assert opened["EncryptionAlgorithm"] == "SYMMETRIC_DEFAULT"


@every_spec
def test_private_key_is_not_in_the_ciphertext(pairs, spec):
    pair = pairs[spec]
    assert pair["PrivateKeyPlaintext"][-24:] not in pair["PrivateKeyCiphertextBlob"]


@every_spec
def test_without_plaintext_the_private_key_comes_encrypted_only(kms, key, openssl, spec):
    pair = kms.generate_data_key_pair_without_plaintext(KeyId=key["Arn"], KeyPairSpec=spec, EncryptionContext=CONTEXT)
    assert set(pair) - {"ResponseMetadata"} == {
        "PrivateKeyCiphertextBlob",
        "PublicKey",
        "KeyId",
        "KeyPairSpec",
        "KeyMaterialId",
    }
    private = kms.decrypt(CiphertextBlob=pair["PrivateKeyCiphertextBlob"], EncryptionContext=CONTEXT)["Plaintext"]
    assert openssl("pkey", "-inform", "DER", "-pubout", "-outform", "DER", input=private) == pair["PublicKey"]


@every_spec
def test_openssl_finds_that_the_halves_match(pairs, openssl, spec):
    pair = pairs[spec]
    derived = openssl("pkey", "-inform", "DER", "-pubout", "-outform", "DER", input=pair["PrivateKeyPlaintext"])
    assert derived == pair["PublicKey"]
    assert b"is valid" in openssl("pkey", "-inform", "DER", "-noout", "-check", input=pair["PrivateKeyPlaintext"])


@every_spec
def test_openssl_signs_with_one_half_and_verifies_with_the_other(pairs, openssl, tmp_path, spec):
    pair = pairs[spec]
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    private.write_bytes(pem(pair["PrivateKeyPlaintext"], "PRIVATE KEY"))
    public.write_bytes(pem(pair["PublicKey"], "PUBLIC KEY"))
    message, signature = tmp_path / "message", tmp_path / "signature"
    message.write_bytes(b"signed with a data key pair")
    options = {"ECC_NIST_EDWARDS25519": ["-rawin"], "SM2": ["-rawin", "-digest", "sm3"]}.get(
        spec, ["-rawin", "-digest", "sha256"]
    )
    if spec == "SM2":
        options += ["-pkeyopt", "distid:1234567812345678"]
    openssl("pkeyutl", "-sign", "-inkey", private, *options, "-in", message, "-out", signature)
    verify = ["pkeyutl", "-verify", "-pubin", "-inkey", public, *options, "-sigfile", signature, "-in"]
    assert b"Success" in openssl(*verify, message)
    message.write_bytes(b"altered")
    with pytest.raises(AssertionError):
        openssl(*verify, message)


# The cryptography library has no SM2; the openssl tests cover it.
@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec != "SM2"])
def test_cryptography_signs_with_one_half_and_verifies_with_the_other(pairs, spec):
    pair = pairs[spec]
    private = serialization.load_der_private_key(pair["PrivateKeyPlaintext"], None)
    public = serialization.load_der_public_key(pair["PublicKey"])
    info = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert private.public_key().public_bytes(*info) == pair["PublicKey"] == public.public_bytes(*info)

    message = b"signed with a data key pair"
    match private:
        case rsa.RSAPrivateKey():
            assert private.key_size == int(spec.removeprefix("RSA_"))
            numbers = private.private_numbers()
            assert numbers.public_numbers.e == 65537
            assert numbers.p * numbers.q == numbers.public_numbers.n
            scheme = (padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH), hashes.SHA256())
            public.verify(private.sign(message, *scheme), message, *scheme)
        case ec.EllipticCurvePrivateKey():
            public.verify(private.sign(message, ec.ECDSA(hashes.SHA256())), message, ec.ECDSA(hashes.SHA256()))
        case ed25519.Ed25519PrivateKey():
            public.verify(private.sign(message), message)
        case _:
            pytest.fail(f"{type(private)} for {spec}")


def test_no_pair_is_made_twice(kms, key):
    publics = {
        kms.generate_data_key_pair_without_plaintext(KeyId=key["KeyId"], KeyPairSpec="ECC_NIST_P256")["PublicKey"]
        for _ in range(20)
    }
    assert len(publics) == 20


def test_sm2_exists_in_every_region(dev):
    for region in ("us-east-1", "eu-central-1", "cn-north-1"):
        client = kms_client(dev, region=region)
        key = client.create_key()["KeyMetadata"]
        assert client.generate_data_key_pair(KeyId=key["KeyId"], KeyPairSpec="SM2")["KeyPairSpec"] == "SM2"


OPERATIONS = ["generate_data_key_pair", "generate_data_key_pair_without_plaintext"]
both_operations = pytest.mark.parametrize("operation", OPERATIONS)
WIRE_NAMES = dict(zip(OPERATIONS, ["GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext"]))


@both_operations
@pytest.mark.parametrize(
    "spec", ["RSA_1024", "rsa_2048", "ECC_NIST_P224", "ML_DSA_65", "SYMMETRIC_DEFAULT", "HMAC_256", "AES_256", ""]
)
def test_bad_spec(kms, key, operation, spec):
    specs = "RSA_2048, RSA_3072, RSA_4096, ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521, ECC_SECG_P256K1, SM2, ECC_NIST_EDWARDS25519"
    with refused(
        "ValidationException",
        f"1 validation error detected: Value '{spec}' at 'keyPairSpec' failed to satisfy constraint: "
        f"Member must satisfy enum value set: [{specs}]",
    ):
        getattr(kms, operation)(KeyId=key["KeyId"], KeyPairSpec=spec)


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
        getattr(kms, operation)(KeyId=arn, KeyPairSpec="ECC_NIST_P256")


@both_operations
def test_unknown_key(kms, key, operation):
    arn = key["Arn"].rpartition("/")[0] + "/12345678-1234-1234-1234-123456789012"
    with refused("NotFoundException", f"Key '{arn}' does not exist"):
        getattr(kms, operation)(KeyId=arn.rpartition("/")[2], KeyPairSpec="ECC_NIST_P256")


@pytest.mark.parametrize(
    "other",
    [
        None,
        {},
        {**CONTEXT, "tenant": "green"},
        {**CONTEXT, "more": "x"},
        {k: v for k, v in CONTEXT.items() if k != "tenant"},
        {**CONTEXT, "Tenant": "blue"},
    ],
    ids=["none", "empty", "other value", "one more", "one fewer", "one more by case"],
)
def test_private_key_opens_with_its_own_context_only(kms, pairs, other):
    arguments = {} if other is None else {"EncryptionContext": other}
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(CiphertextBlob=pairs["ECC_NIST_P256"]["PrivateKeyCiphertextBlob"], **arguments)


def test_every_member_of_the_context_counts_but_not_their_order(kms, key):
    made = kms.generate_data_key_pair(
        KeyId=key["KeyId"], KeyPairSpec="ECC_NIST_P256", EncryptionContext={"a": "1", "b": "2"}
    )
    opened = kms.decrypt(CiphertextBlob=made["PrivateKeyCiphertextBlob"], EncryptionContext={"b": "2", "a": "1"})
    assert opened["Plaintext"] == made["PrivateKeyPlaintext"]
