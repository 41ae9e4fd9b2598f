"""Sign and Verify: every key spec with each of its algorithms, against libraries that are not ours."""

import hashlib
import os

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, decode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

import ed25519ph
from clients import refused
from key_material import external_key, pkcs8

RSA = [f"RSASSA_{scheme}_SHA_{size}" for scheme in ("PKCS1_V1_5", "PSS") for size in (256, 384, 512)]
SPECS = {
    "RSA_2048": RSA,
    "RSA_3072": RSA,
    "RSA_4096": RSA,
    "ECC_NIST_P256": ["ECDSA_SHA_256"],
    "ECC_NIST_P384": ["ECDSA_SHA_384"],
    "ECC_NIST_P521": ["ECDSA_SHA_512"],
    "ECC_SECG_P256K1": ["ECDSA_SHA_256"],
    "ECC_NIST_EDWARDS25519": ["ED25519_SHA_512", "ED25519_PH_SHA_512"],
    "ML_DSA_44": ["ML_DSA_SHAKE_256"],
    "ML_DSA_65": ["ML_DSA_SHAKE_256"],
    "ML_DSA_87": ["ML_DSA_SHAKE_256"],
    "SM2": ["SM2DSA"],
}
SIGNATURE_SIZES = {
    "RSA_2048": 256,
    "RSA_3072": 384,
    "RSA_4096": 512,
    "ECC_NIST_EDWARDS25519": 64,
    "ML_DSA_44": 2420,
    "ML_DSA_65": 3309,
    "ML_DSA_87": 4627,
}
HASHES = {"256": hashes.SHA256, "384": hashes.SHA384, "512": hashes.SHA512}
ALGORITHMS = [(spec, algorithm) for spec, algorithms in SPECS.items() for algorithm in algorithms]
MESSAGE = b"signed by a KMS key"


def message_types(algorithm):
    """The kinds of message that an algorithm signs."""
    kinds = {"ED25519_SHA_512": ["RAW"], "ED25519_PH_SHA_512": ["DIGEST"], "ML_DSA_SHAKE_256": ["RAW", "EXTERNAL_MU"]}
    return kinds.get(algorithm, ["RAW", "DIGEST"])


KINDS = [(spec, algorithm, kind) for spec, algorithm in ALGORITHMS for kind in message_types(algorithm)]
# Verify takes no μ.
VERIFIABLE = [kind for kind in KINDS if kind[2] != "EXTERNAL_MU"]

every_kind = pytest.mark.parametrize(("spec", "algorithm", "kind"), KINDS, ids=map("-".join, KINDS))
every_verifiable = pytest.mark.parametrize(
    ("spec", "algorithm", "kind"), VERIFIABLE, ids=map("-".join, VERIFIABLE)
)
# Two keys of the larger RSA specs would take too long to make, and show nothing new.
QUICK = [pair for pair in ALGORITHMS if pair[0] not in ("RSA_3072", "RSA_4096")]


@pytest.fixture(scope="module")
def signers(keys_of):
    """A key of each spec with its public half."""
    return {spec: keys_of(spec, "SIGN_VERIFY") for spec in SPECS}


def hash_of(algorithm):
    return HASHES[algorithm.rsplit("_", 1)[1]]()


def sm3(data):
    return hashlib.new("sm3", data).digest()


def sm2_digest(public_key, message, identifier=b"1234567812345678"):
    """What SM2DSA signs of a message: its SM3 together with who signs it (GB/T 32918.2 §5.5)."""
    curve = (
        "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC"
        "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"
        "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
        "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0"
    )
    length = (len(identifier) * 8).to_bytes(2, "big")
    return sm3(sm3(length + identifier + bytes.fromhex(curve) + public_key[-64:]) + message)


def mu(public_key, message):
    """FIPS 204 Algorithm 7, line 6, with an empty context."""
    raw = load_der_public_key(public_key).public_bytes_raw()
    return hashlib.shake_256(hashlib.shake_256(raw).digest(64) + b"\0\0" + message).digest(64)


def given(message, kind, algorithm, public_key):
    """A message as Sign and Verify take it."""
    if kind == "RAW":
        data = message
    elif kind == "EXTERNAL_MU":
        data = mu(public_key, message)
    elif algorithm == "SM2DSA":
        data = sm2_digest(public_key, message)
    else:
        data = hashlib.new(hash_of(algorithm).name, message).digest()
    return {"Message": data, "MessageType": kind, "SigningAlgorithm": algorithm}


def is_valid(public_key, algorithm, kind, message, signature, openssl, folder):
    """Whether an independent implementation accepts the signature."""
    if algorithm == "SM2DSA":
        return is_valid_sm2(public_key, message, signature, openssl, folder)
    if algorithm == "ED25519_PH_SHA_512":
        # KMS hashes the digest again: what is signed is the digest, not the message.
        prehash = hashlib.sha512(hashlib.sha512(message).digest()).digest()
        return ed25519ph.verify(public_key[-32:], prehash, signature)
    public_key = load_der_public_key(public_key)
    if algorithm.startswith("RSASSA_PSS"):
        digest = hash_of(algorithm)
        parameters = (padding.PSS(padding.MGF1(digest), salt_length=digest.digest_size), digest)
    elif algorithm.startswith("RSASSA"):
        parameters = (padding.PKCS1v15(), hash_of(algorithm))
    elif algorithm.startswith("ECDSA"):
        parameters = (ec.ECDSA(hash_of(algorithm)),)
    else:
        parameters = ()
    try:
        public_key.verify(signature, message, *parameters)
    except InvalidSignature:
        return False
    return True


def is_valid_sm2(public_key, message, signature, openssl, folder):
    for name, data in (("public", public_key), ("message", message), ("signature", signature)):
        (folder / name).write_bytes(data)
    options = ["-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678", "-sigfile", folder / "signature"]
    key = ["-pubin", "-keyform", "DER", "-inkey", folder / "public"]
    try:
        return b"Success" in openssl("pkeyutl", "-verify", *key, *options, "-in", folder / "message")
    except AssertionError:
        return False


@every_kind
def test_others_accept_the_signature(kms, signers, openssl, tmp_path, spec, algorithm, kind):
    key = signers[spec]
    answer = kms.sign(KeyId=key.id, **given(MESSAGE, kind, algorithm, key.public))
    assert set(answer) - {"ResponseMetadata"} == {"KeyId", "Signature", "SigningAlgorithm"}
    assert (answer["KeyId"], answer["SigningAlgorithm"]) == (key.arn, algorithm)
    signature = answer["Signature"]
    if size := SIGNATURE_SIZES.get(spec):
        assert len(signature) == size
    else:
        assert all(decode_dss_signature(signature)), "not DER"
    assert is_valid(key.public, algorithm, kind, MESSAGE, signature, openssl, tmp_path)
    assert not is_valid(key.public, algorithm, kind, MESSAGE + b"!", signature, openssl, tmp_path)


@every_verifiable
def test_verify(kms, signers, spec, algorithm, kind):
    key = signers[spec]
    request = given(MESSAGE, kind, algorithm, key.public)
    signature = kms.sign(KeyId=key.id, **request)["Signature"]
    answer = kms.verify(KeyId=key.arn, Signature=signature, **request)
    assert set(answer) - {"ResponseMetadata"} == {"KeyId", "SignatureValid", "SigningAlgorithm"}
    assert (answer["KeyId"], answer["SignatureValid"], answer["SigningAlgorithm"]) == (key.arn, True, algorithm)
    with refused("KMSInvalidSignatureException", ""):
        kms.verify(KeyId=key.id, Signature=signature, **given(MESSAGE + b"!", kind, algorithm, key.public))
    altered = signature[:-1] + bytes([signature[-1] ^ 1])
    with refused("KMSInvalidSignatureException", ""):
        kms.verify(KeyId=key.id, Signature=altered, **request)


BOTH_WAYS = [pair for pair in QUICK if len(message_types(pair[1])) == 2]


@pytest.mark.parametrize(("spec", "algorithm"), BOTH_WAYS, ids=map("-".join, BOTH_WAYS))
def test_message_and_digest_are_the_same_to_a_signature(kms, signers, spec, algorithm):
    key = signers[spec]
    other = message_types(algorithm)[1]
    signature = kms.sign(KeyId=key.id, **given(MESSAGE, other, algorithm, key.public))["Signature"]
    assert kms.verify(KeyId=key.id, Signature=signature, **given(MESSAGE, "RAW", algorithm, key.public))


def test_raw_is_the_default(kms, signers):
    key = signers["ECC_NIST_P256"]
    request = {"KeyId": key.id, "Message": MESSAGE, "SigningAlgorithm": "ECDSA_SHA_256"}
    signature = kms.sign(**request)["Signature"]
    assert kms.verify(Signature=signature, MessageType="RAW", **request)["SignatureValid"] is True
    assert kms.verify(Signature=signature, **request)["SignatureValid"] is True


@pytest.mark.parametrize(("spec", "algorithm"), QUICK, ids=map("-".join, QUICK))
def test_signature_of_another_key(kms, signers, keys_of, spec, algorithm):
    key, stranger = signers[spec], keys_of(spec, "SIGN_VERIFY", number=1)
    request = given(MESSAGE, message_types(algorithm)[0], algorithm, key.public)
    signature = kms.sign(KeyId=stranger.id, **request)["Signature"]
    with refused("KMSInvalidSignatureException", ""):
        kms.verify(KeyId=key.id, Signature=signature, **request)


def test_an_invalid_signature_is_answered_without_a_text(wire, signers):
    key = signers["ECC_NIST_P256"]
    body = {"KeyId": key.id, "Message": MESSAGE, "Signature": b"x", "SigningAlgorithm": "ECDSA_SHA_256"}
    answer = wire.post("Verify", body)
    assert (answer.status, answer.json) == (400, {"__type": "KMSInvalidSignatureException"})


GARBAGE = [b"\0", b"x" * 64, bytes(256), bytes.fromhex("3006020100020100"), b"0" * 6144]


@pytest.mark.parametrize("spec", SPECS)
def test_garbage_is_no_signature(kms, signers, spec):
    key = signers[spec]
    algorithm = SPECS[spec][0]
    request = given(MESSAGE, "RAW", algorithm, key.public)
    for garbage in GARBAGE:
        with refused("KMSInvalidSignatureException", ""):
            kms.verify(KeyId=key.id, Signature=garbage, **request)


@pytest.mark.parametrize("spec", ["ECC_NIST_P256", "ECC_NIST_EDWARDS25519", "ML_DSA_44", "RSA_2048"])
def test_signatures_cut_short_or_longer(kms, signers, spec):
    key = signers[spec]
    request = given(MESSAGE, "RAW", SPECS[spec][0], key.public)
    signature = kms.sign(KeyId=key.id, **request)["Signature"]
    for wrong in (signature[:-1], signature[1:], signature + b"\0", b"\0" + signature):
        with refused("KMSInvalidSignatureException", ""):
            kms.verify(KeyId=key.id, Signature=wrong, **request)


@pytest.mark.parametrize("size", [1, 31, 32, 64, 4095, 4096])
@pytest.mark.parametrize("spec", ["RSA_2048", "ECC_NIST_P521", "ECC_NIST_EDWARDS25519", "ML_DSA_44", "SM2"])
def test_messages_up_to_4096_bytes(kms, signers, openssl, tmp_path, spec, size):
    key, algorithm, message = signers[spec], SPECS[spec][0], bytes(range(256)) * 16
    signature = kms.sign(KeyId=key.id, **given(message[:size], "RAW", algorithm, key.public))["Signature"]
    assert is_valid(key.public, algorithm, "RAW", message[:size], signature, openssl, tmp_path)


@pytest.mark.parametrize("operation", ["sign", "verify"])
@pytest.mark.parametrize(
    ("size", "rule"), [(0, "greater than or equal to 1"), (4097, "less than or equal to 4096")], ids=["none", "long"]
)
def test_messages_outside_the_limits(unchecked, signers, operation, size, rule):
    more = {"Signature": b"x"} if operation == "verify" else {}
    with refused(
        "ValidationException",
        "1 validation error detected: Value at 'message' failed to satisfy constraint: "
        f"Member must have length {rule}",
    ):
        getattr(unchecked, operation)(
            KeyId=signers["RSA_2048"].id, Message=bytes(size), SigningAlgorithm=RSA[0], **more
        )


# What fits together, and what does not


MISFITS = [
    (spec, algorithm)
    for spec in SPECS
    for algorithm in dict.fromkeys(name for names in SPECS.values() for name in names)
    if algorithm not in SPECS[spec]
]


@pytest.mark.parametrize("operation", ["sign", "verify"])
@pytest.mark.parametrize("spec", SPECS)
def test_algorithms_of_other_specs(kms, signers, operation, spec):
    more = {"Signature": b"x"} if operation == "verify" else {}
    for algorithm in (algorithm for own, algorithm in MISFITS if own == spec):
        with refused("InvalidKeyUsageException", f"Algorithm {algorithm} is incompatible with key spec {spec}."):
            getattr(kms, operation)(KeyId=signers[spec].id, Message=MESSAGE, SigningAlgorithm=algorithm, **more)


@pytest.mark.parametrize("operation", ["sign", "verify"])
@pytest.mark.parametrize("name", ["symmetric", "rsa", "mac"])
def test_keys_for_other_uses(kms, keys, operation, name):
    more = {"Signature": b"x"} if operation == "verify" else {}
    key = keys[name]
    text = f"{key['Arn']} key usage is {key['KeyUsage']} which is not valid for {operation.capitalize()}."
    with refused("InvalidKeyUsageException", text):
        getattr(kms, operation)(KeyId=key["KeyId"], Message=MESSAGE, SigningAlgorithm=RSA[0], **more)


WRONG_KINDS = [
    (spec, algorithm, kind)
    for spec, algorithm in QUICK
    for kind in ("RAW", "DIGEST", "EXTERNAL_MU")
    if kind not in message_types(algorithm)
]


@pytest.mark.parametrize("operation", ["sign", "verify"])
@pytest.mark.parametrize(("spec", "algorithm", "kind"), WRONG_KINDS, ids=map("-".join, WRONG_KINDS))
def test_kinds_of_message_that_an_algorithm_does_not_sign(kms, signers, operation, spec, algorithm, kind):
    more = {"Signature": b"x"} if operation == "verify" else {}
    with refused("ValidationException", f"MessageType {kind} is not valid for algorithm {algorithm}."):
        getattr(kms, operation)(
            KeyId=signers[spec].id, Message=bytes(64), MessageType=kind, SigningAlgorithm=algorithm, **more
        )


DIGESTS = [pair for pair in QUICK if "DIGEST" in message_types(pair[1])]


@pytest.mark.parametrize("operation", ["sign", "verify"])
@pytest.mark.parametrize(("spec", "algorithm"), DIGESTS, ids=map("-".join, DIGESTS))
def test_digests_of_the_wrong_length(kms, signers, operation, spec, algorithm):
    right = 32 if algorithm == "SM2DSA" else hash_of(algorithm).digest_size
    more = {"Signature": b"x"} if operation == "verify" else {}
    for size in {1, right - 1, right + 1, 20, 4096}:
        with refused("ValidationException", f"Digest is invalid length for algorithm {algorithm}."):
            getattr(kms, operation)(
                KeyId=signers[spec].id, Message=bytes(size), MessageType="DIGEST", SigningAlgorithm=algorithm, **more
            )


@pytest.mark.parametrize("spec", ["ML_DSA_44", "ML_DSA_65", "ML_DSA_87"])
@pytest.mark.parametrize("size", [1, 32, 63, 65])
def test_mu_has_64_bytes(kms, signers, spec, size):
    with refused("ValidationException", "Digest is invalid length for algorithm ML_DSA_SHAKE_256."):
        kms.sign(
            KeyId=signers[spec].id,
            Message=bytes(size),
            MessageType="EXTERNAL_MU",
            SigningAlgorithm="ML_DSA_SHAKE_256",
        )


@pytest.mark.parametrize("spec", ["ML_DSA_44", "ML_DSA_65", "ML_DSA_87"])
def test_mu_is_signed_but_not_verified(kms, signers, spec):
    """No library at hand verifies over μ: the service says so, and verifies the signature as RAW."""
    key = signers[spec]
    message = os.urandom(5000)  # longer than RAW takes: what EXTERNAL_MU is for
    request = given(message, "EXTERNAL_MU", "ML_DSA_SHAKE_256", key.public)
    signature = kms.sign(KeyId=key.id, **request)["Signature"]
    load_der_public_key(key.public).verify(signature, message)
    with refused("UnsupportedOperationException"):
        kms.verify(KeyId=key.id, Signature=signature, **request)


def test_ed25519ph_hashes_the_digest_again(kms, signers):
    key = signers["ECC_NIST_EDWARDS25519"]
    digest = hashlib.sha512(MESSAGE).digest()
    signature = kms.sign(
        KeyId=key.id, Message=digest, MessageType="DIGEST", SigningAlgorithm="ED25519_PH_SHA_512"
    )["Signature"]
    assert ed25519ph.verify(key.public[-32:], hashlib.sha512(digest).digest(), signature)
    assert not ed25519ph.verify(key.public[-32:], digest, signature)


def test_ed25519_and_ed25519ph_are_apart(kms, signers):
    key = signers["ECC_NIST_EDWARDS25519"]
    digest = {"KeyId": key.id, "Message": hashlib.sha512(MESSAGE).digest()}
    pure = {"SigningAlgorithm": "ED25519_SHA_512", "MessageType": "RAW"}
    prehashed = {"SigningAlgorithm": "ED25519_PH_SHA_512", "MessageType": "DIGEST"}
    for one, other in ((pure, prehashed), (prehashed, pure)):
        signature = kms.sign(**digest, **one)["Signature"]
        with refused("KMSInvalidSignatureException", ""):
            kms.verify(Signature=signature, **digest, **other)


REPEATED = {"RSASSA_PKCS1_V1_5_SHA_256": True, "RSASSA_PSS_SHA_256": False, "ED25519_SHA_512": True}
REPEATED |= {"ML_DSA_SHAKE_256": False, "SM2DSA": False, "ECDSA_SHA_256": False}


@pytest.mark.parametrize(("algorithm", "deterministic"), REPEATED.items(), ids=REPEATED)
def test_signing_twice(kms, signers, algorithm, deterministic):
    spec = next(spec for spec, algorithms in SPECS.items() if algorithm in algorithms)
    request = {"KeyId": signers[spec].id, "Message": MESSAGE, "SigningAlgorithm": algorithm}
    first, second = (kms.sign(**request)["Signature"] for _ in range(2))
    assert (first == second) is deterministic


# Signatures made elsewhere, with a private key that was imported here


@pytest.fixture(scope="module")
def imported(kms):
    """Private keys of the tests' own, each with the id of the KMS key that has it."""
    made = {
        "RSA_2048": rsa.generate_private_key(65537, 2048),
        "ECC_NIST_P256": ec.generate_private_key(ec.SECP256R1()),
        "ECC_NIST_P384": ec.generate_private_key(ec.SECP384R1()),
        "ECC_NIST_P521": ec.generate_private_key(ec.SECP521R1()),
        "ECC_SECG_P256K1": ec.generate_private_key(ec.SECP256K1()),
        "ECC_NIST_EDWARDS25519": ed25519.Ed25519PrivateKey.generate(),
    }
    return {
        spec: (private, external_key(kms, pkcs8(private), KeySpec=spec, KeyUsage="SIGN_VERIFY")["KeyId"])
        for spec, private in made.items()
    }


def pss(digest, salt_length=None):
    return padding.PSS(padding.MGF1(digest), salt_length=digest.digest_size if salt_length is None else salt_length)


@pytest.mark.parametrize("algorithm", RSA)
def test_rsa_signatures_made_elsewhere(kms, imported, algorithm):
    private, key = imported["RSA_2048"]
    digest = hash_of(algorithm)
    scheme = pss(digest) if "PSS" in algorithm else padding.PKCS1v15()
    signature = private.sign(MESSAGE, scheme, digest)
    request = {"KeyId": key, "Signature": signature, "SigningAlgorithm": algorithm}
    assert kms.verify(Message=MESSAGE, **request)["SignatureValid"] is True
    hashed = hashlib.new(digest.name, MESSAGE).digest()
    assert kms.verify(Message=hashed, MessageType="DIGEST", **request)["SignatureValid"] is True
    for other in RSA:
        if other != algorithm:
            with refused("KMSInvalidSignatureException", ""):
                kms.verify(KeyId=key, Message=MESSAGE, Signature=signature, SigningAlgorithm=other)


@pytest.mark.parametrize("salt_length", [0, 20, 31, 33, 222])
def test_pss_with_salts_of_other_lengths(kms, imported, salt_length):
    private, key = imported["RSA_2048"]
    signature = private.sign(MESSAGE, pss(hashes.SHA256(), salt_length), hashes.SHA256())
    with refused("KMSInvalidSignatureException", ""):
        kms.verify(KeyId=key, Message=MESSAGE, Signature=signature, SigningAlgorithm="RSASSA_PSS_SHA_256")


@pytest.mark.parametrize("spec", ["ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1"])
def test_ecdsa_signatures_made_elsewhere(kms, imported, spec):
    private, key = imported[spec]
    digest = hash_of(SPECS[spec][0])
    hashed = hashlib.new(digest.name, MESSAGE).digest()
    for signature in (private.sign(MESSAGE, ec.ECDSA(digest)), private.sign(hashed, ec.ECDSA(Prehashed(digest)))):
        request = {"KeyId": key, "Signature": signature, "SigningAlgorithm": SPECS[spec][0]}
        assert kms.verify(Message=MESSAGE, **request)["SignatureValid"] is True
        assert kms.verify(Message=hashed, MessageType="DIGEST", **request)["SignatureValid"] is True


def test_ed25519_signatures_made_elsewhere(kms, imported):
    private, key = imported["ECC_NIST_EDWARDS25519"]
    request = {"KeyId": key, "Message": MESSAGE, "SigningAlgorithm": "ED25519_SHA_512"}
    assert kms.verify(Signature=private.sign(MESSAGE), **request)["SignatureValid"] is True
    assert kms.sign(**request)["Signature"] == private.sign(MESSAGE), "Ed25519 leaves no choice"


def test_dry_run(kms, signers):
    key = signers["ECC_NIST_P256"]
    request = {"KeyId": key.id, "Message": MESSAGE, "SigningAlgorithm": "ECDSA_SHA_256"}
    signature = kms.sign(**request)["Signature"]
    with refused("DryRunOperationException"):
        kms.sign(DryRun=True, **request)
    with refused("DryRunOperationException"):
        kms.verify(DryRun=True, Signature=signature, **request)
    with refused("KMSInvalidSignatureException", ""):
        kms.verify(DryRun=True, Signature=signature[::-1], **request)
