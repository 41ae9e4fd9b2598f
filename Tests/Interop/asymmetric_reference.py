"""Does with Python's cryptography package what asymmetric KMS keys do.

Reads a JSON list of {operation, privateKey, publicKey, algorithm, input, data} on standard input, bytes in hexadecimal,
and answers with a list of hexadecimal strings, or "valid" and "invalid".
"""

import hashlib
import json
import os
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, keywrap
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

HASHES = {"1": hashes.SHA1, "256": hashes.SHA256, "384": hashes.SHA384, "512": hashes.SHA512}


def hash_of(algorithm):
    return HASHES[algorithm.rsplit("_", 1)[1]]()


def signature_parameters(algorithm, kind):
    """What sign() takes after the message."""
    if algorithm in ("ED25519_SHA_512", "ML_DSA_SHAKE_256"):
        return ()
    digest = hash_of(algorithm)
    taken = Prehashed(digest) if kind == "digest" else digest
    if algorithm.startswith("ECDSA"):
        return (ec.ECDSA(taken),)
    if algorithm.startswith("RSASSA_PSS"):
        return padding.PSS(padding.MGF1(digest), salt_length=digest.digest_size), taken
    return padding.PKCS1v15(), taken


def oaep(algorithm):
    digest = hash_of(algorithm)
    return padding.OAEP(padding.MGF1(digest), digest, None)


def message_representative(public_key, message):
    """FIPS 204 Algorithm 7, line 6, with an empty context."""
    key = public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.shake_256(hashlib.shake_256(key).digest(64) + b"\0\0" + message).digest(64)


def perform(request):
    operation, algorithm, kind = request["operation"], request["algorithm"], request["input"]
    data = bytes.fromhex(request["data"])
    public_key = load_der_public_key(bytes.fromhex(request["publicKey"]))
    # The check of RSA's primes takes longer than all the rest, and key_pair_reference.py has it.
    private_key = load_der_private_key(
        bytes.fromhex(request["privateKey"]), password=None, unsafe_skip_rsa_key_validation=True
    )
    if operation == "sign":
        return private_key.sign(data, *signature_parameters(algorithm, kind)).hex()
    if operation == "verify":
        signature = bytes.fromhex(request["signature"])
        try:
            public_key.verify(signature, data, *signature_parameters(algorithm, kind))
        except InvalidSignature:
            return "invalid"
        return "valid"
    if operation == "mu":
        return message_representative(public_key, data).hex()
    if operation == "encrypt":
        return public_key.encrypt(data, oaep(algorithm)).hex()
    if operation == "decrypt":
        return private_key.decrypt(data, oaep(algorithm)).hex()
    if operation == "agree":
        return private_key.exchange(ec.ECDH(), load_der_public_key(data)).hex()
    if operation == "wrap":
        key = os.urandom(32)
        return (public_key.encrypt(key, oaep(algorithm)) + keywrap.aes_key_wrap_with_padding(key, data)).hex()
    if operation == "reencode":
        return private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()).hex()
    raise ValueError(operation)


if __name__ == "__main__":
    json.dump([perform(request) for request in json.load(sys.stdin)], sys.stdout)
