"""DeriveSharedSecret: ECDH, with other libraries on the other side."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa, x25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

import sm2
from clients import refused
from key_material import spki

CURVES = {"ECC_NIST_P256": ec.SECP256R1, "ECC_NIST_P384": ec.SECP384R1, "ECC_NIST_P521": ec.SECP521R1}
SIZES = {"ECC_NIST_P256": 32, "ECC_NIST_P384": 48, "ECC_NIST_P521": 66, "SM2": 32}

every_spec = pytest.mark.parametrize("spec", SIZES)


@pytest.fixture(scope="module")
def agreeing(keys_of):
    """A key of each spec with its public half."""
    return {spec: keys_of(spec, "KEY_AGREEMENT") for spec in SIZES}


def agree(kms, key_id, public_key, **more):
    return kms.derive_shared_secret(KeyId=key_id, KeyAgreementAlgorithm="ECDH", PublicKey=public_key, **more)


class Peer:
    """The other side, on a curve of the cryptography library."""

    def __init__(self, spec):
        self.private = ec.generate_private_key(CURVES[spec]())
        self.public = spki(self.private.public_key())

    def agree(self, public_key):
        return self.private.exchange(ec.ECDH(), load_der_public_key(public_key))


def peer(spec):
    return sm2.PrivateKey() if spec == "SM2" else Peer(spec)


@every_spec
def test_both_sides_come_to_the_same_secret(kms, agreeing, spec):
    key = agreeing[spec]
    for _ in range(3):
        other = peer(spec)
        answer = agree(kms, key.id, other.public)
        assert set(answer) - {"ResponseMetadata"} == {
            "KeyId",
            "SharedSecret",
            "KeyAgreementAlgorithm",
            "KeyOrigin",
        }
        assert (answer["KeyId"], answer["KeyAgreementAlgorithm"], answer["KeyOrigin"]) == (key.arn, "ECDH", "AWS_KMS")
        assert len(answer["SharedSecret"]) == SIZES[spec]
        assert answer["SharedSecret"] == other.agree(key.public)


@every_spec
def test_two_kms_keys_agree(kms, agreeing, keys_of, spec):
    one, other = agreeing[spec], keys_of(spec, "KEY_AGREEMENT", number=1)
    there, back = agree(kms, one.id, other.public), agree(kms, other.id, one.public)
    assert there["SharedSecret"] == back["SharedSecret"]


def test_leading_zeros_stay(kms, agreeing):
    """One secret in 256 begins with a zero byte, and is none the shorter for it."""
    key = agreeing["ECC_NIST_P256"]
    public = load_der_public_key(key.public)
    while True:
        private = ec.generate_private_key(ec.SECP256R1())
        secret = private.exchange(ec.ECDH(), public)
        if secret[0] == 0:
            break
    assert agree(kms, key.id, spki(private.public_key()))["SharedSecret"] == secret


def test_a_compressed_point(kms, agreeing):
    """The same key in its shorter form: taken, or refused as unusable, and never mistaken."""
    key = agreeing["ECC_NIST_P256"]
    private = ec.generate_private_key(ec.SECP256R1())
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    head = bytes.fromhex("3039301306072a8648ce3d020106082a8648ce3d030107032200")
    answer = agree(kms, key.id, head + point)
    assert answer["SharedSecret"] == private.exchange(ec.ECDH(), load_der_public_key(key.public))


def bad_peers():
    """Public keys that no agreement can be made with, for a P-256 key."""
    good = spki(ec.generate_private_key(ec.SECP256R1()).public_key())
    head, field = good[:-65], 2**256 - 2**224 + 2**192 + 2**96 - 1
    point = good[-64:]
    raised = (int.from_bytes(point[:32], "big") + 1).to_bytes(32, "big")
    return {
        "another curve": spki(ec.generate_private_key(ec.SECP384R1()).public_key()),
        "secp256k1, of the same size": spki(ec.generate_private_key(ec.SECP256K1()).public_key()),
        "Ed25519": spki(ed25519.Ed25519PrivateKey.generate().public_key()),
        "X25519": spki(x25519.X25519PrivateKey.generate().public_key()),
        "RSA": spki(rsa.generate_private_key(65537, 1024).public_key()),
        "not on the curve": head + b"\x04" + raised + point[32:],
        "zeros": head + b"\x04" + bytes(64),
        "a coordinate beyond the field": head + b"\x04" + field.to_bytes(32, "big") + point[32:],
        "infinity": bytes.fromhex("3019301306072a8648ce3d020106082a8648ce3d03010703020000"),
        "hybrid form": head + bytes([6 | point[-1] & 1]) + point,
        "a bare point": b"\x04" + point,
        "cut short": good[:-1],
        "longer": good + b"\0",
        "PEM": b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(good) + b"\n-----END PUBLIC KEY-----\n",
        "one byte": b"\0",
        "much": bytes(8192),
    }


BAD_PEERS = bad_peers()


@pytest.mark.parametrize("public_key", BAD_PEERS.values(), ids=BAD_PEERS)
def test_unusable_peers(kms, agreeing, public_key):
    with refused("ValidationException", ""):
        agree(kms, agreeing["ECC_NIST_P256"].id, public_key)
    with refused("ValidationException", ""):
        agree(kms, agreeing["ECC_NIST_P256"].id, public_key, DryRun=True)


@every_spec
def test_peers_of_other_curves(kms, agreeing, spec):
    for other in SIZES:
        if other != spec:
            with refused("ValidationException", ""):
                agree(kms, agreeing[spec].id, agreeing[other].public)


def test_an_unusable_peer_is_answered_without_a_text(wire, agreeing):
    body = {"KeyId": agreeing["SM2"].id, "KeyAgreementAlgorithm": "ECDH", "PublicKey": b"\0"}
    answer = wire.post("DeriveSharedSecret", body)
    assert (answer.status, answer.json) == (400, {"__type": "ValidationException"})


@pytest.mark.parametrize("name", ["symmetric", "signing", "rsa", "mac"])
def test_keys_for_other_uses(kms, keys, agreeing, name):
    key = keys[name]
    text = f"{key['Arn']} key usage is {key['KeyUsage']} which is not valid for DeriveSharedSecret."
    with refused("InvalidKeyUsageException", text):
        agree(kms, key["KeyId"], agreeing["ECC_NIST_P256"].public)


@pytest.mark.parametrize(
    ("size", "rule"), [(0, "greater than or equal to 1"), (8193, "less than or equal to 8192")], ids=["none", "long"]
)
def test_sizes_outside_the_limits(unchecked, agreeing, size, rule):
    with refused(
        "ValidationException",
        "1 validation error detected: Value at 'publicKey' failed to satisfy constraint: "
        f"Member must have length {rule}",
    ):
        agree(unchecked, agreeing["SM2"].id, bytes(size))


def test_agreement_keys_do_not_sign(kms, agreeing):
    key = agreeing["ECC_NIST_P256"]
    with refused("InvalidKeyUsageException", f"{key.arn} key usage is KEY_AGREEMENT which is not valid for Sign."):
        kms.sign(KeyId=key.id, Message=b"x", SigningAlgorithm="ECDSA_SHA_256")


def test_dry_run(kms, agreeing, keys_of):
    with refused("DryRunOperationException"):
        agree(kms, agreeing["SM2"].id, keys_of("SM2", "KEY_AGREEMENT", number=1).public, DryRun=True)


def test_recipient_without_roots(kms, agreeing):
    with refused("ValidationException"):
        agree(
            kms,
            agreeing["SM2"].id,
            agreeing["SM2"].public,
            Recipient={"KeyEncryptionAlgorithm": "RSAES_OAEP_SHA_256", "AttestationDocument": b"x"},
        )
