"""Checks key pairs with Python's cryptography package.

Reads a JSON list of {algorithm, privateKey, publicKey, message, signature} (bytes in hexadecimal) on standard input, and
answers with a list of what the package makes of each: whether the halves match, both keys encoded again, whether the
signature holds, and a signature of its own.
"""

import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, mldsa, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

CURVES = {
    "secp256r1": ("nistP256", hashes.SHA256()),
    "secp384r1": ("nistP384", hashes.SHA384()),
    "secp521r1": ("nistP521", hashes.SHA512()),
    "secp256k1": ("secp256k1", hashes.SHA256()),
}
ML_DSA = {
    "mlDSA44": mldsa.MLDSA44PrivateKey,
    "mlDSA65": mldsa.MLDSA65PrivateKey,
    "mlDSA87": mldsa.MLDSA87PrivateKey,
}
PSS = padding.PSS(padding.MGF1(hashes.SHA256()), salt_length=32)


def kind_and_parameters(key):
    """The kind of key pair this is, and what sign() takes after the message."""
    if isinstance(key, rsa.RSAPrivateKey):
        assert key.public_key().public_numbers().e == 65537
        return f"rsa{key.key_size}", (PSS, hashes.SHA256())
    if isinstance(key, ec.EllipticCurvePrivateKey):
        kind, digest = CURVES[key.curve.name]
        return kind, (ec.ECDSA(digest),)
    for kind, of_kind in ML_DSA.items():
        if isinstance(key, of_kind):
            return kind, ()
    assert isinstance(key, ed25519.Ed25519PrivateKey)
    return "edwards25519", ()


def spki(key):
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def check(request):
    private_key = load_der_private_key(bytes.fromhex(request["privateKey"]), password=None)
    public_key = load_der_public_key(bytes.fromhex(request["publicKey"]))
    message = bytes.fromhex(request["message"])
    kind, parameters = kind_and_parameters(private_key)
    try:
        public_key.verify(bytes.fromhex(request["signature"]), message, *parameters)
        verified = True
    except InvalidSignature:
        verified = False
    return {
        "kind": kind,
        "halvesMatch": spki(private_key.public_key()) == spki(public_key),
        "reencodedPrivateKey": private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()).hex(),
        "reencodedPublicKey": spki(public_key).hex(),
        "verified": verified,
        "signature": private_key.sign(message, *parameters).hex(),
    }


if __name__ == "__main__":
    json.dump([check(request) for request in json.load(sys.stdin)], sys.stdout)
