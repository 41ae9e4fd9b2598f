"""The envelope format of docs/envelope-format.md, read and written with `cryptography` alone.

Written from the document, not from the Swift code, so that the two check each other. It needs the data key in clear.
"""

import hashlib
import hmac
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"KWEV"
VERSION = 1
SUITE = 1
MAXIMUM_CHUNK_SIZE = 1 << 20
MAXIMUM_KEY_ARN_LENGTH = 2048
MAXIMUM_WRAPPED_KEY_LENGTH = 6144
TAG_LENGTH = 16


class NotAuthentic(Exception):
    """The message is not what was sealed with this data key and context."""


def context_digest(context):
    encoded = b"keywright envelope v1 encryption context" + struct.pack(">I", len(context))
    for name, value in sorted((name.encode(), value.encode()) for name, value in context.items()):
        encoded += struct.pack(">I", len(name)) + name + struct.pack(">I", len(value)) + value
    return hashlib.sha256(encoded).digest()


def message_keys(data_key, salt, committed, context):
    """The encryption key and the commitment (HKDF-SHA-512, RFC 5869, one block of output each)."""
    digest = hashlib.sha256(committed + context_digest(context)).digest()
    extracted = hmac.digest(salt, data_key, "sha512")

    def expand(label):
        return hmac.digest(extracted, b"keywright envelope v1 " + label + digest + b"\x01", "sha512")[:32]

    return expand(b"encryption key"), expand(b"key commitment")


def nonce(number, is_last):
    return bytes(7) + struct.pack(">IB", number, is_last)


def read_header(message):
    """Chunk size, salt, key ARN, wrapped key, the committed bytes and the commitment, and the length of it all."""
    if len(message) < 78:
        raise ValueError("shorter than any header")
    magic, version, suite, chunk_size = struct.unpack_from(">4sBBI", message)
    if (magic, version, suite) != (MAGIC, VERSION, SUITE) or not 1 <= chunk_size <= MAXIMUM_CHUNK_SIZE:
        raise ValueError("not a message of this format")
    salt, at = message[10:42], 42
    fields = []
    for limit in (MAXIMUM_KEY_ARN_LENGTH, MAXIMUM_WRAPPED_KEY_LENGTH):
        length = int.from_bytes(message[at : at + 2], "big")
        if not 1 <= length <= limit or at + 2 + length > len(message):
            raise ValueError("a length outside its limits, or a truncated header")
        fields.append(message[at + 2 : at + 2 + length])
        at += 2 + length
    key_arn, wrapped_key = fields
    return chunk_size, salt, key_arn.decode('ascii'), wrapped_key, message[:at], message[at : at + 32], at + 32


def open_message(message, data_key, context):
    """The plaintext."""
    chunk_size, salt, _, _, committed, commitment, at = read_header(message)
    key, expected = message_keys(data_key, salt, committed, context)
    if not hmac.compare_digest(commitment, expected):
        raise NotAuthentic("commitment")
    aes, plaintext, number = AESGCM(key), b"", 0
    while True:
        sealed = message[at : at + chunk_size + TAG_LENGTH]
        at += len(sealed)
        is_last = at == len(message)
        try:
            chunk = aes.decrypt(nonce(number, is_last), sealed, None)
        except (InvalidTag, ValueError) as error:
            raise NotAuthentic(f"chunk {number}") from error
        if is_last and number > 0 and not chunk:
            raise NotAuthentic("empty last chunk")
        plaintext += chunk
        number += 1
        if is_last:
            return plaintext


def seal_message(plaintext, data_key, context, *, salt, key_arn, wrapped_key, chunk_size):
    """The message; the salt must be new for every one."""
    committed = struct.pack(">4sBBI", MAGIC, VERSION, SUITE, chunk_size) + salt
    for field in (key_arn.encode(), wrapped_key):
        committed += struct.pack(">H", len(field)) + field
    key, commitment = message_keys(data_key, salt, committed, context)
    aes, message = AESGCM(key), committed + commitment
    starts = range(0, max(len(plaintext), 1), chunk_size)
    for number, start in enumerate(starts):
        chunk = plaintext[start : start + chunk_size]
        message += aes.encrypt(nonce(number, number == len(starts) - 1), chunk, None)
    return message
