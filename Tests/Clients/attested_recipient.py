"""An enclave in Python: makes attestation documents, and opens what was sealed for it.

Written from aws/aws-nitro-enclaves-nsm-api's docs/attestation_process.md, the rules of aws-nitro-enclaves-sdk-c's
source/cms.c, RFC 5652 and X.690, not from the Swift code, so that the two check each other.
"""

import datetime
import pathlib
import subprocess
import tempfile

from attestation_vectors import MODULE, cbor, name, sign, usage
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

ALGORITHM = "RSAES_OAEP_SHA_256"
HOUR = datetime.timedelta(hours=1)
DEBUG_PCRS = {index: bytes(48) for index in range(5)}
OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)

SEQUENCE, SET, CONTEXT_0, CONTEXT_0_PRIMITIVE = 0x30, 0x31, 0xA0, 0x80
INTEGER, OCTET_STRING, OBJECT_IDENTIFIER = 0x02, 0x04, 0x06
ENVELOPED_DATA = bytes.fromhex("2a864886f70d010703")
DATA = bytes.fromhex("2a864886f70d010701")
AES_256_CBC = bytes.fromhex("60864801650304012a")
# SEQUENCE { rsaesOaep, SEQUENCE { [0] { sha256, NULL }, [1] { mgf1, { sha256, NULL } } } }
RSAES_OAEP_SHA_256 = bytes.fromhex(
    "303c06092a864886f70d010107302fa00f300d06096086480165030402010500"
    "a11c301a06092a864886f70d010108300d06096086480165030402010500"
)


def now():
    return datetime.datetime.now(datetime.timezone.utc)


class Enclave:
    """A root of attestation, and an enclave under it whose key it certifies through one intermediate."""

    def __init__(self, root_name="attested-recipient-test"):
        self.root_name, self.root_key = root_name, ec.generate_private_key(ec.SECP384R1())
        self.root = self._issue(root_name, self.root_key, root_name, self.root_key, 24 * HOUR, is_authority=True)

    @property
    def root_pem(self):
        return self.root.public_bytes(serialization.Encoding.PEM)

    def document(self, public_key, pcrs=None, user_data=None, nonce=None, at=None, **changes):
        """A signed document over `public_key`; `changes` replace fields, and None in place of one leaves it out."""
        at = at or now()
        between, key = (ec.generate_private_key(ec.SECP384R1()) for _ in range(2))
        between_name = "0123456789abcdef.us-east-1.aws.nitro-enclaves"
        bundle = [self.root, self._issue(between_name, between, self.root_name, self.root_key, 12 * HOUR, True, 0)]
        leaf = self._issue(f"{MODULE}.us-east-1.aws", key, between_name, between, 3 * HOUR, False)
        encoding = serialization.Encoding.DER
        fields = {
            "module_id": MODULE,
            "digest": "SHA384",
            "timestamp": int(at.timestamp() * 1000),
            "pcrs": DEBUG_PCRS if pcrs is None else pcrs,
            "certificate": leaf.public_bytes(encoding),
            "cabundle": [each.public_bytes(encoding) for each in bundle],
            "public_key": public_key,
            "user_data": user_data,
            "nonce": nonce,
        }
        fields = {key: value for key, value in {**fields, **changes}.items() if value is not None}
        return cbor(sign(key, cbor(fields)))

    @staticmethod
    def _issue(common_name, key, issuer_name, issuer_key, lasts, is_authority, path_length=None):
        start = now() - HOUR
        allowed = {"key_cert_sign": True, "crl_sign": True} if is_authority else {}
        return (
            x509.CertificateBuilder()
            .subject_name(name(common_name))
            .issuer_name(name(issuer_name))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + lasts)
            .add_extension(x509.BasicConstraints(is_authority, path_length), critical=True)
            .add_extension(usage(digital_signature=True, **allowed), critical=True)
            .sign(issuer_key, hashes.SHA384())
        )


class Recipient:
    """An RSA key pair that answers are sealed for."""

    def __init__(self, bits=2048, key=None):
        self.key = key or rsa.generate_private_key(public_exponent=65537, key_size=bits)

    @property
    def public_key(self):
        return self.key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def parameter(self, enclave, **fields):
        """The `Recipient` parameter of a call through boto3."""
        document = enclave.document(self.public_key, **fields)
        return {"KeyEncryptionAlgorithm": ALGORITHM, "AttestationDocument": document}

    def open(self, envelope):
        """Opens an envelope as the enclave SDK does."""
        encrypted_key, vector, content = read_as_the_sdk_does(envelope)
        content_key = self.key.decrypt(encrypted_key, OAEP)
        decryptor = Cipher(algorithms.AES256(content_key), modes.CBC(vector)).decryptor()
        unpadder = PKCS7(128).unpadder()
        return unpadder.update(decryptor.update(content) + decryptor.finalize()) + unpadder.finalize()

    def open_with_openssl(self, envelope):
        """Opens an envelope as OpenSSL does."""
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "key.pem"
            file.touch(mode=0o600)
            file.write_bytes(
                self.key.private_bytes(
                    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
            )
            command = ["openssl", "cms", "-decrypt", "-inform", "DER", "-binary", "-inkey", str(file)]
            return subprocess.run(command, input=envelope, capture_output=True, check=True).stdout


class SDKReader:
    """Reads BER by the rules of the enclave SDK: a value of indefinite length is a header, any other is all of it."""

    def __init__(self, data):
        self.data = data

    def take(self, count):
        if count > len(self.data):
            raise ValueError("truncated")
        taken, self.data = self.data[:count], self.data[count:]
        return taken

    def header(self, tag):
        """Takes a tag and a length, which is None when it is indefinite."""
        (found,) = self.take(1)
        if found != tag:
            raise ValueError(f"tag {found:#x} where {tag:#x} is expected")
        (length,) = self.take(1)
        if length < 0x80:
            return length
        if length == 0x80:
            return None
        if length > 0x82:
            raise ValueError("a length of more than two bytes")
        return int.from_bytes(self.take(length & 0x7F), "big")

    def step_into(self, tag):
        if self.header(tag) is not None:
            raise ValueError(f"the value with tag {tag:#x} is of definite length, which the SDK reads over")

    def whole(self, tag):
        length = self.header(tag)
        if length is None:
            raise ValueError(f"the value with tag {tag:#x} is of indefinite length, which the SDK reads the header of")
        return self.take(length)

    def expect(self, tag, content):
        found = self.whole(tag)
        if found != content:
            raise ValueError(f"{found.hex()} where {content.hex()} is expected")


def read_as_the_sdk_does(envelope):
    """The encrypted key, the initialization vector and the encrypted content of an envelope. Raises ValueError."""
    reader = SDKReader(envelope)
    reader.step_into(SEQUENCE)
    reader.expect(OBJECT_IDENTIFIER, ENVELOPED_DATA)
    reader.step_into(CONTEXT_0)
    reader.step_into(SEQUENCE)
    reader.expect(INTEGER, b"\x02")
    recipients = SDKReader(reader.whole(SET))
    recipient = SDKReader(recipients.whole(SEQUENCE))
    if recipients.data:
        raise ValueError("more than one recipient")
    recipient.expect(INTEGER, b"\x02")
    identifier = recipient.whole(CONTEXT_0_PRIMITIVE)
    if len(identifier) != 32:
        raise ValueError("the key identifier is not of 32 bytes, as KMS's are")
    if recipient.take(len(RSAES_OAEP_SHA_256)) != RSAES_OAEP_SHA_256:
        raise ValueError("another key encryption algorithm")
    encrypted_key = recipient.whole(OCTET_STRING)
    if recipient.data:
        raise ValueError("more in the recipient's part")
    reader.step_into(SEQUENCE)
    reader.expect(OBJECT_IDENTIFIER, DATA)
    algorithm = SDKReader(reader.whole(SEQUENCE))
    algorithm.expect(OBJECT_IDENTIFIER, AES_256_CBC)
    vector = algorithm.whole(OCTET_STRING)
    if len(vector) != 16 or algorithm.data:
        raise ValueError("not an initialization vector of 16 bytes alone")
    reader.step_into(CONTEXT_0)
    content = b""
    while reader.data[:1] == bytes([OCTET_STRING]):
        content += reader.whole(OCTET_STRING)
    # The ends of the content, EncryptedContentInfo, EnvelopedData, the tag around it, and ContentInfo.
    if reader.data != bytes(5 * 2):
        raise ValueError("not five ends of contents")
    return encrypted_key, vector, content
