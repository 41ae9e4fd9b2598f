"""An independent implementation of docs/ciphertext-format.md, written from that text alone.

As a module: encode_context, derive_key, material_id, seal_blob, open_blob, wrap, unwrap.
As a program: reads a JSON list of requests on standard input, each naming one of these in "do" and giving its arguments
(bytes in hexadecimal), and answers with a list of results; null where something does not open.
"""

import hashlib
import hmac
import json
import struct
import sys
import uuid

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.kbkdf import KBKDFHMAC, CounterLocation, Mode


def encode_context(context):
    """§2: the canonical bytes of an encryption context; None and {} are the same."""
    pairs = sorted((key.encode(), value.encode()) for key, value in (context or {}).items())
    encoded = struct.pack(">I", len(pairs))
    for pair in pairs:
        for text in pair:
            encoded += struct.pack(">I", len(text)) + text
    return encoded


def derive_key(key, label, context):
    """SP 800-108 in counter mode with HMAC-SHA-256, 256 bits, 32-bit counter and length."""
    return KBKDFHMAC(
        algorithm=hashes.SHA256(), mode=Mode.CounterMode, length=32, rlen=4, llen=4,
        location=CounterLocation.BeforeFixed, label=label, context=context, fixed=None,
    ).derive(key)


def material_id(material, key_id):
    """§3: the id of a material within a key."""
    naming_key = derive_key(material, b"keywright/material-id/1", b"")
    return hmac.new(naming_key, key_id.encode(), hashlib.sha256).digest()


def compact_key_id(key_id):
    if key_id.startswith("mrk-"):
        return b"\x01" + bytes.fromhex(key_id[4:])
    return b"\x00" + uuid.UUID(key_id).bytes


def seal_blob(material, key_id, named_material_id, context, salt, nonce, plaintext):
    """§1: a ciphertext blob."""
    derivation_context = b"\x01\x01" + compact_key_id(key_id) + named_material_id + salt
    header = derivation_context + nonce
    key = derive_key(material, b"keywright/ciphertext/1", derivation_context)
    return header + AESGCM(key).encrypt(nonce, plaintext, header + encode_context(context))


def open_blob(material, blob, context):
    """§1: the plaintext of a blob, or None."""
    if len(blob) < 95 or blob[:2] != b"\x01\x01" or blob[2] > 1:
        return None
    header, sealed = blob[:79], blob[79:]
    key = derive_key(material, b"keywright/ciphertext/1", header[:67])
    try:
        return AESGCM(key).decrypt(header[67:], sealed, header + encode_context(context))
    except InvalidTag:
        return None


def wrap(wrapping_key, material, associated_data, nonce):
    """§4: wrapped key material."""
    return b"\x01" + nonce + AESGCM(wrapping_key).encrypt(nonce, material, b"\x01" + associated_data)


def unwrap(wrapping_key, wrapped, associated_data):
    """§4: the material, or None."""
    if len(wrapped) < 29 or wrapped[0] != 1:
        return None
    try:
        return AESGCM(wrapping_key).decrypt(wrapped[1:13], wrapped[13:], b"\x01" + associated_data)
    except InvalidTag:
        return None


def answer(request):
    # Texts are texts, a context is an object, all else is bytes.
    name = request.pop("do")
    arguments = {
        key: value if key in ("key_id", "context") and name != "derive_key" else bytes.fromhex(value)
        for key, value in request.items()
    }
    functions = [encode_context, derive_key, material_id, seal_blob, open_blob, wrap, unwrap]
    result = {function.__name__: function for function in functions}[name](**arguments)
    return None if result is None else result.hex()


if __name__ == "__main__":
    json.dump([answer(request) for request in json.load(sys.stdin)], sys.stdout)
