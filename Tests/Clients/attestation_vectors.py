"""Writes Tests/NitroAttestationTests/Vectors/documents.json: attestation documents made with `cryptography` alone.

Written from aws/aws-nitro-enclaves-nsm-api's docs/attestation_process.md, RFC 8949 and RFC 9052, not from the Swift
code, so that the two check each other. Keys are fresh each run, so a run replaces the whole file:

    python3 Tests/Clients/attestation_vectors.py
"""

import base64
import datetime
import json
import pathlib

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import NameOID

FILE = pathlib.Path(__file__).parents[1] / "NitroAttestationTests" / "Vectors" / "documents.json"
NOW = datetime.datetime(2026, 3, 1, 12, 0, 0, tzinfo=datetime.timezone.utc)
NOW_MS = int(NOW.timestamp() * 1000)
HOUR = datetime.timedelta(hours=1)
MODULE = "i-0a1b2c3d4e5f60718-enc0190a1b2c3d4e5f6"
ES384, ES256 = -35, -7


class Tag18:
    def __init__(self, item):
        self.item = item


def cbor(item):
    """RFC 8949: definite lengths, shortest heads, maps in the order of the dictionary."""

    def head(major, number):
        if number < 24:
            return bytes([major << 5 | number])
        information, width = next((24 + power, 1 << power) for power in range(4) if number < 1 << (8 << power))
        return bytes([major << 5 | information]) + number.to_bytes(width, "big")

    if item is None:
        return b"\xf6"
    if isinstance(item, Tag18):
        return head(6, 18) + cbor(item.item)
    if isinstance(item, int):
        return head(0, item) if item >= 0 else head(1, -1 - item)
    if isinstance(item, bytes):
        return head(2, len(item)) + item
    if isinstance(item, str):
        return head(3, len(item.encode())) + item.encode()
    if isinstance(item, list):
        return head(4, len(item)) + b"".join(map(cbor, item))
    return head(5, len(item)) + b"".join(cbor(key) + cbor(value) for key, value in item.items())


def name(common_name):
    return x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "US"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Amazon"),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "AWS"),
        x509.NameAttribute(NameOID.COMMON_NAME, common_name),
    ])  # fmt: skip


def usage(**allowed):
    names = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign "
        "encipher_only decipher_only"
    )
    return x509.KeyUsage(**{each: allowed.get(each, False) for each in names.split()})


def issue(common_name, key, issuer_name, issuer_key, lasts, path_length=None, is_authority=True):
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(common_name))
        .issuer_name(name(issuer_name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - HOUR)
        .not_valid_after(NOW + lasts)
        .add_extension(x509.BasicConstraints(is_authority, path_length), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if is_authority:
        builder = builder.add_extension(usage(digital_signature=True, key_cert_sign=True, crl_sign=True), critical=True)
    else:
        builder = builder.add_extension(usage(digital_signature=True, content_commitment=True), critical=True)
    return builder.sign(issuer_key, hashes.SHA384())


def der(certificate):
    return certificate.public_bytes(serialization.Encoding.DER)


class Chain:
    """Five certificates as AWS has them: root, Region, zone, instance, enclave."""

    def __init__(self, leaf_lasts=3 * HOUR):
        lines = [
            ("aws.nitro-enclaves", None, 240 * HOUR),
            ("0123456789abcdef.eu-central-1.aws.nitro-enclaves", 2, 200 * HOUR),
            ("fedcba9876543210.zonal.eu-central-1.aws.nitro-enclaves", 1, 24 * HOUR),
            ("i-0a1b2c3d4e5f60718.eu-central-1.aws.nitro-enclaves", 0, 12 * HOUR),
        ]
        self.bundle, issuer_name, issuer_key = [], lines[0][0], None
        for common_name, path_length, lasts in lines:
            key = ec.generate_private_key(ec.SECP384R1())
            issuer_key = issuer_key or key
            self.bundle.append(der(issue(common_name, key, issuer_name, issuer_key, lasts, path_length)))
            issuer_name, issuer_key = common_name, key
        self.key = ec.generate_private_key(ec.SECP384R1())
        self.certificate = der(
            issue(f"{MODULE}.eu-central-1.aws", self.key, issuer_name, issuer_key, leaf_lasts, is_authority=False)
        )


def sign(key, payload, algorithm=ES384):
    protected = cbor({1: algorithm})
    signature = key.sign(cbor(["Signature1", protected, b"", payload]), ec.ECDSA(hashes.SHA384()))
    r, s = decode_dss_signature(signature)
    return [protected, {}, payload, r.to_bytes(48, "big") + s.to_bytes(48, "big")]


def public_key(bits):
    return rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip


def fields(chain, recipient):
    return {
        "module_id": MODULE,
        "digest": "SHA384",
        "timestamp": NOW_MS - 2000,
        "pcrs": {index: bytes([index]) * 48 if index < 5 else bytes(48) for index in range(16)},
        "certificate": chain.certificate,
        "cabundle": chain.bundle,
        "public_key": recipient,
        "user_data": b"user data",
        "nonce": b"nonce",
    }


def without(document, *names):
    return {key: value for key, value in document.items() if key not in names}


def main():
    chain, other, short = Chain(), Chain(), Chain(leaf_lasts=-HOUR / 2)
    recipient = public_key(2048)
    good = fields(chain, recipient)
    documents = []

    def add(title, document, refusal=None, key=chain.key, algorithm=ES384, wrap=lambda message: message, edit=None):
        payload = document if isinstance(document, bytes) else cbor(document)
        message = sign(key, payload, algorithm)
        if edit:
            message = edit(message)
        documents.append({
            "title": title,
            "document": base64.b64encode(cbor(wrap(message))).decode(),
            "refusal": refusal,
        })  # fmt: skip

    add("as the Nitro device makes it", good)
    add("with the tag of COSE_Sign1", good, wrap=Tag18)
    add("with nulls for what is absent", {**good, "user_data": None, "nonce": None})
    add("without the optional fields that nobody needs", without(good, "user_data", "nonce"))
    add("with the registers of a NitroTPM", {**without(good, "pcrs"), "nitrotpm_pcrs": {4: bytes(48), 7: bytes(48)}})
    add("with a recipient key of 4096 bits", {**good, "public_key": public_key(4096)})
    add("fields in another order", dict(reversed(good.items())))

    add("six minutes old", {**good, "timestamp": NOW_MS - 360_000}, "The attestation document has expired.")
    add("of tomorrow", {**good, "timestamp": NOW_MS + 86_400_000}, "The attestation document is not yet valid.")
    add("without a recipient key", without(good, "public_key"), "The attestation document has no field public_key.")
    small = "The field public_key of the attestation document is not an RSA public key of at least 2048 bits."
    add("with a recipient key of 1024 bits", {**good, "public_key": public_key(1024)}, small)
    add("with a field of a later format", {**good, "hint": 1}, "The attestation document has an unknown field.")
    no_registers = "The field pcrs of the attestation document is not valid."
    add("with register 32", {**good, "pcrs": {32: bytes(48)}}, no_registers)
    add("without a module", without(good, "module_id"), "The attestation document has no field module_id.")
    wrong_signature = "The signature of the attestation document is not valid."
    add("signed by another enclave", good, wrong_signature, key=other.key)
    swapped = cbor({**good, "pcrs": {0: b"\xff" * 48}})
    add("with another payload than was signed", good, wrong_signature, edit=lambda m: [m[0], m[1], swapped, m[3]])
    add("with another algorithm", good, "The attestation document is not signed with ES384.", algorithm=ES256)
    add(
        "with a key id in the unprotected header", good, "The attestation document has an unprotected header.",
        edit=lambda m: [m[0], {4: b"1"}, m[2], m[3]],
    )  # fmt: skip
    untrusted = "The root certificate of the attestation document is not trusted."
    add("under another root", fields(other, recipient), untrusted, key=other.key)
    borrowed = {**fields(other, recipient), "cabundle": [chain.bundle[0], *other.bundle[1:]]}
    add(
        "under another root of the same name", borrowed,
        "The certificate chain of the attestation document is not valid.", key=other.key,
    )  # fmt: skip
    out_of_order = "The certificates of the attestation document are not in the order of their issuers."
    add("without the zone's certificate", {**good, "cabundle": [*chain.bundle[:2], chain.bundle[3]]}, out_of_order)
    add("with the bundle from below", {**good, "cabundle": chain.bundle[::-1]}, untrusted)
    expired = "A certificate of the attestation document has expired."
    add("with an expired certificate", fields(short, recipient), expired, key=short.key)

    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps({
        "now": NOW_MS,
        "roots": [base64.b64encode(each.bundle[0]).decode() for each in (chain, short)],
        "moduleID": MODULE,
        "recipientKey": base64.b64encode(recipient).decode(),
        "documents": documents,
    }, indent=1) + "\n")  # fmt: skip


if __name__ == "__main__":
    main()
