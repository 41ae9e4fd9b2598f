"""Writes Tests/NitroAttestationTests/Vectors/envelopes.json: envelopes made with `cryptography` and with OpenSSL.

Written from RFC 5652 and X.690, not from the Swift code. The key is fresh each run, so a run replaces the whole file:

    python3 Tests/Clients/recipient_envelope_vectors.py
"""

import base64
import datetime
import json
import os
import pathlib
import subprocess
import tempfile

import attested_recipient as cms
from attestation_vectors import name
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

FILE = pathlib.Path(__file__).parents[1] / "NitroAttestationTests" / "Vectors" / "envelopes.json"
SHA_1_PARAMETERS = bytes.fromhex("300d06092a864886f70d0101073000")
PKCS1 = bytes.fromhex("300d06092a864886f70d0101010500")
WITHOUT_NULLS = bytes.fromhex(
    "303806092a864886f70d010107302ba00d300b0609608648016503040201a11a301806092a864886f70d010108300b0609608648016503040201"
)
WITH_LABEL = bytes.fromhex(
    "305306092a864886f70d0101073046a00f300d06096086480165030402010500"
    "a11c301a06092a864886f70d010108300d06096086480165030402010500"
    "a215301306092a864886f70d01010904066c6162656c21"
)
AES_128_CBC = bytes.fromhex("608648016503040102")


def definite(tag, *contents):
    content = b"".join(contents)
    if len(content) < 0x80:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def indefinite(tag, *contents):
    return bytes([tag, 0x80]) + b"".join(contents) + b"\0\0"


def envelope(recipient, plaintext, outer=indefinite, piece=None, primitive=False, key=None, content=None, **changes):
    """An envelope for `recipient`; `changes` replace single parts."""
    content_key, vector = key or os.urandom(32), os.urandom(16)
    if content is None:
        padder = PKCS7(128).padder()
        encryptor = Cipher(algorithms.AES(content_key), modes.CBC(vector)).encryptor()
        content = encryptor.update(padder.update(plaintext) + padder.finalize()) + encryptor.finalize()
    encrypted_key = recipient.key.public_key().encrypt(content_key, cms.OAEP)
    version = lambda part: definite(cms.INTEGER, changes.get(part, b"\x02"))
    info = definite(
        cms.SEQUENCE,
        version("recipient_version"),
        definite(cms.CONTEXT_0_PRIMITIVE, os.urandom(32)),
        changes.get("key_algorithm", cms.RSAES_OAEP_SHA_256),
        definite(cms.OCTET_STRING, encrypted_key),
    )
    piece = piece or max(len(content), 1)
    pieces = [definite(cms.OCTET_STRING, content[at : at + piece]) for at in range(0, len(content), piece)]
    algorithm = definite(cms.OBJECT_IDENTIFIER, changes.get("cipher", cms.AES_256_CBC))
    encrypted_content = outer(
        cms.SEQUENCE,
        definite(cms.OBJECT_IDENTIFIER, cms.DATA),
        definite(cms.SEQUENCE, algorithm, definite(cms.OCTET_STRING, changes.get("vector", vector))),
        definite(cms.CONTEXT_0_PRIMITIVE, content) if primitive else outer(cms.CONTEXT_0, *pieces),
    )
    recipients = definite(cms.SET, *[info] * changes.get("recipients", 1))
    data = outer(cms.SEQUENCE, version("version"), recipients, encrypted_content)
    return outer(cms.SEQUENCE, definite(cms.OBJECT_IDENTIFIER, cms.ENVELOPED_DATA), outer(cms.CONTEXT_0, data))


def sealed_by_openssl(recipient, plaintext, *options):
    """What `openssl cms -encrypt` makes: key identifiers of 20 bytes, definite lengths unless it streams."""
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name("recipient"))
        .issuer_name(name("recipient"))
        .public_key(recipient.key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=1))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(recipient.key.public_key()), critical=False)
        .sign(recipient.key, hashes.SHA256())
    )
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(certificate.public_bytes(serialization.Encoding.PEM))
        file.flush()
        oaep = ["rsa_padding_mode:oaep", "rsa_oaep_md:sha256", "rsa_mgf1_md:sha256"]
        return subprocess.run(
            ["openssl", "cms", "-encrypt", "-binary", "-aes256", "-keyid", "-outform", "DER", *options]
            + ["-recip", file.name, *(word for option in oaep for word in ("-keyopt", option))],
            input=plaintext,
            capture_output=True,
            check=True,
        ).stdout


def main():
    recipient = cms.Recipient()
    envelopes = []

    def add(title, data, plaintext=b"", refusal=None):
        encode = lambda content: base64.b64encode(content).decode()
        envelopes.append({
            "title": title, "envelope": encode(data), "plaintext": encode(plaintext), "refusal": refusal,
        })  # fmt: skip

    for length in (0, 1, 15, 16, 32, 138, 2375):
        plaintext = os.urandom(length)
        data = envelope(recipient, plaintext)
        if recipient.open(data) != plaintext or recipient.open_with_openssl(data) != plaintext:
            raise SystemExit("the reference does not open its own envelopes")
        add(f"{length} bytes as KMS seals them", data, plaintext)
    plaintext = os.urandom(100)
    add("the content in pieces", envelope(recipient, plaintext, piece=10), plaintext)
    add("the content in one primitive value", envelope(recipient, plaintext, primitive=True), plaintext)
    add("DER", envelope(recipient, plaintext, outer=definite, primitive=True), plaintext)
    add("definite lengths, the content constructed", envelope(recipient, plaintext, outer=definite), plaintext)
    add("hashes without NULL", envelope(recipient, plaintext, key_algorithm=WITHOUT_NULLS), plaintext)
    add("by OpenSSL", sealed_by_openssl(recipient, plaintext), plaintext)
    add("by OpenSSL, streamed", sealed_by_openssl(recipient, plaintext, "-stream"), plaintext)

    decryption = "the envelope does not open with the recipient's key"
    add("for another key", envelope(cms.Recipient(), plaintext), refusal=decryption)
    add("a content key of 128 bits", envelope(recipient, plaintext, key=os.urandom(16)), refusal=decryption)
    add("with content at random", envelope(recipient, b"", key=bytes(32), content=bytes(64)), refusal=decryption)
    algorithm = "the envelope is not encrypted with RSAES-OAEP of SHA-256 and AES-256-CBC"
    add("AES-128", envelope(recipient, plaintext, cipher=AES_128_CBC), refusal=algorithm)
    add("OAEP of SHA-1", envelope(recipient, plaintext, key_algorithm=SHA_1_PARAMETERS), refusal=algorithm)
    add("RSAES-PKCS1-v1_5", envelope(recipient, plaintext, key_algorithm=PKCS1), refusal=algorithm)
    add("OAEP with a label", envelope(recipient, plaintext, key_algorithm=WITH_LABEL), refusal=algorithm)
    form = "the bytes are not CMS EnvelopedData for one recipient"
    add("version 0", envelope(recipient, plaintext, version=b"\0"), refusal=form)
    add("recipient of version 0", envelope(recipient, plaintext, recipient_version=b"\0"), refusal=form)
    add("two recipients", envelope(recipient, plaintext, recipients=2), refusal=form)
    add("no recipient", envelope(recipient, plaintext, recipients=0), refusal=form)
    add("no content", envelope(recipient, b"", content=b""), refusal=form)
    add("half a block", envelope(recipient, b"", content=bytes(24)), refusal=form)
    add("a short initialization vector", envelope(recipient, plaintext, vector=bytes(12)), refusal=form)
    add("more bytes after it", envelope(recipient, plaintext) + b"\0", refusal=form)
    add("too long", envelope(recipient, bytes(6000)), refusal="the envelope is longer than 6144 bytes")

    private_key = recipient.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    FILE.write_text(json.dumps({
        "privateKey": base64.b64encode(private_key).decode(),
        "publicKey": base64.b64encode(recipient.public_key).decode(),
        "envelopes": envelopes,
    }, indent=1) + "\n")  # fmt: skip


if __name__ == "__main__":
    main()
