"""An external key store proxy, written from the XKS proxy API specification alone, with faults on demand.

It verifies every signature itself, and it is an HSM of sorts: AES-256-GCM keys in memory.
"""

import base64
import contextlib
import datetime
import hashlib
import hmac
import http.server
import ipaddress
import json
import os
import socket
import ssl
import struct
import threading
import time

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID

SERVICE = "kms-xks-proxy"
ACCESS_KEY_ID = "ABCDEFGHIJKLMNOPQRST234567"
SECRET_ACCESS_KEY = "h7Qm/Zk2+Vb9Xr4Wt6Yp1Nc8Lg3Df5Js0Ka7Eu2Ri4To="

# The HTTP status of every error of the API.
STATUSES = {
    "ValidationException": 400,
    "InvalidStateException": 400,
    "InvalidCiphertextException": 400,
    "InvalidKeyUsageException": 400,
    "AuthenticationFailedException": 401,
    "AccessDeniedException": 403,
    "KeyNotFoundException": 404,
    "InvalidUriPathException": 404,
    "ThrottlingException": 429,
    "InternalException": 500,
    "UnsupportedOperationException": 501,
    "DependencyTimeoutException": 503,
}


class Authority:
    """A certificate authority for the tests."""

    def __init__(self, folder, name="test authority"):
        self.folder, self.name = folder, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._certificate(self.name, self.key, [], True)
        self.file = folder / f"{name.replace(' ', '-')}.pem"
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def issue(self, host, expired=False):
        """A PEM file with a certificate for this host, by name or by address, and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        try:
            name = x509.IPAddress(ipaddress.ip_address(host))
        except ValueError:
            name = x509.DNSName(host)
        certificate = self._certificate(subject, key, [name], False, expired)
        file = self.folder / f"{host}-{os.urandom(4).hex()}.pem"
        pem = serialization.Encoding.PEM
        file.write_bytes(
            key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            + certificate.public_bytes(pem)
        )
        return file

    def _certificate(self, subject, key, names, is_authority, expired=False):
        now = datetime.datetime.now(datetime.timezone.utc)
        end = now - datetime.timedelta(minutes=5) if expired else now + datetime.timedelta(days=1)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(hours=1))
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False
            )
        )
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(self.key, hashes.SHA256())


class ProxyError(Exception):
    """An error of the API."""

    def __init__(self, name, message=None):
        super().__init__(name)
        self.name, self.message = name, message


class ExternalKey:
    """A key of the HSM."""

    def __init__(self, spec="AES_256", usages=("ENCRYPT", "DECRYPT"), status="ENABLED"):
        self.material = os.urandom(32)
        self.spec, self.usages, self.status = spec, list(usages), status


class Fault:
    """What goes wrong with answers: an error of the API, a delay, or a change of the answer."""

    def __init__(
        self, error=None, message=None, delay=0, change=None, raw=None, status=200, headers=None, hang_ups=0
    ):
        self.error, self.message, self.delay, self.change = error, message, delay, change
        self.raw, self.status, self.headers, self.hang_ups = raw, status, headers or {}, hang_ups


class Proxy:
    """One proxy, listening on loopback. Use it as a context manager."""

    def __init__(self, certificate, host, path="/kms/xks/v1", metadata=b"v1", tls=None):
        self.host, self.path, self.metadata = host, path, metadata
        self.credentials = {ACCESS_KEY_ID: SECRET_ACCESS_KEY}
        self.region = "us-east-1"
        self.keys = {}
        self.instances = ["ACTIVE", "DEGRADED"]
        self.fault = None
        self.requests = []
        self.connections = 0
        self._lock = threading.Lock()
        self._open = set()
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if tls:
            context.minimum_version = context.maximum_version = tls
        self._context = context
        self.port = self._server.server_address[1]

    @property
    def endpoint(self):
        return f"https://{self.host}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self.close_connections()

    def close_connections(self):
        """Hangs up on whoever is connected."""
        with self._lock:
            open_connections, self._open = self._open, set()
        for connection in open_connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
                connection.close()

    def key(self, name, **properties):
        """Makes a key."""
        self.keys[name] = ExternalKey(**properties)
        return self.keys[name]

    @contextlib.contextmanager
    def failing(self, *arguments, **properties):
        """Answers with a fault while the block runs."""
        self.fault = Fault(*arguments, **properties)
        try:
            yield self.fault
        finally:
            self.fault = None

    def calls(self, end):
        """The bodies of the requests whose path ends so."""
        with self._lock:
            return [body for path, body in self.requests if path.endswith(end)]

    # What the API does.

    def answer(self, path, body):
        if not path.startswith(self.path + "/"):
            raise ProxyError("InvalidUriPathException")
        parts = path.removeprefix(self.path + "/").split("/")
        metadata = body.get("requestMetadata", {})
        if not metadata.get("kmsOperation") or not metadata.get("kmsRequestId"):
            raise ProxyError("ValidationException", "requestMetadata lacks a member")
        if parts == ["health"]:
            return self._health()
        if len(parts) != 3 or parts[0] != "keys":
            raise ProxyError("InvalidUriPathException")
        if not metadata.get("awsPrincipalArn"):
            raise ProxyError("ValidationException", "awsPrincipalArn is missing")
        key = self.keys.get(parts[1])
        if key is None:
            raise ProxyError("KeyNotFoundException")
        if parts[2] == "metadata":
            return {"keySpec": key.spec, "keyUsage": key.usages, "keyStatus": key.status}
        if not metadata.get("kmsKeyArn"):
            raise ProxyError("ValidationException", "kmsKeyArn is missing")
        if key.status != "ENABLED":
            raise ProxyError("InvalidStateException")
        if body.get("encryptionAlgorithm") != "AES_GCM":
            raise ProxyError("ValidationException")
        if parts[2] == "encrypt":
            return self._encrypt(key, body)
        if parts[2] == "decrypt":
            return self._decrypt(key, body)
        raise ProxyError("InvalidUriPathException")

    def _health(self):
        return {
            "xksProxyFleetSize": 2,
            "xksProxyVendor": "Tests",
            "xksProxyModel": "Python",
            "ekmVendor": "Tests",
            "ekmFleetDetails": [
                {"id": f"hsm-{number}", "model": "dictionary", "healthStatus": status}
                for number, status in enumerate(self.instances)
            ],
        }

    def _encrypt(self, key, body):
        plaintext, additional = decode(body["plaintext"]), decode(body.get("additionalAuthenticatedData", ""))
        if len(plaintext) > 4300 or len(additional) > 8192:
            raise ProxyError("ValidationException", "too long")
        vector = os.urandom(12)
        sealed = AESGCM(key.material).encrypt(vector, plaintext, associated_data(additional, self.metadata))
        ciphertext, tag = sealed[:-16], sealed[-16:]
        answer = {
            "ciphertext": encode(ciphertext),
            "initializationVector": encode(vector),
            "authenticationTag": encode(tag),
        }
        if self.metadata:
            answer["ciphertextMetadata"] = encode(self.metadata)
        if body.get("ciphertextDataIntegrityValueAlgorithm") == "SHA_256":
            value = hashlib.sha256(additional + self.metadata + vector + ciphertext + tag).digest()
            answer["ciphertextDataIntegrityValue"] = encode(value)
        return answer

    def _decrypt(self, key, body):
        additional = decode(body.get("additionalAuthenticatedData", ""))
        metadata = decode(body.get("ciphertextMetadata", ""))
        try:
            plaintext = AESGCM(key.material).decrypt(
                decode(body["initializationVector"]),
                decode(body["ciphertext"]) + decode(body["authenticationTag"]),
                associated_data(additional, metadata),
            )
        except InvalidTag:
            raise ProxyError("InvalidCiphertextException") from None
        return {"plaintext": encode(plaintext)}

    # Transport.

    def verify(self, path, headers, body):
        """Signature Version 4, from its documentation."""
        try:
            algorithm, _, fields = headers["Authorization"].partition(" ")
            parts = dict(field.strip().split("=", 1) for field in fields.split(","))
            access_key_id, date, region, service, end = parts["Credential"].split("/")
            signed = parts["SignedHeaders"].split(";")
            secret = self.credentials[access_key_id]
            when = datetime.datetime.strptime(headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ")
        except (KeyError, ValueError, AttributeError, TypeError) as error:
            raise ProxyError("AuthenticationFailedException", f"unreadable signature: {error!r}") from None
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        expected_scope = (when.strftime("%Y%m%d"), self.region, SERVICE, "aws4_request")
        if (
            algorithm != "AWS4-HMAC-SHA256"
            or (date, region, service, end) != expected_scope
            or abs(now - when) > datetime.timedelta(minutes=5)
            or not {"host", "x-amz-date"} <= set(signed)
            or signed != sorted(signed)
            or headers["Host"] != self.host
        ):
            raise ProxyError("AuthenticationFailedException", "wrong scope, time, host or headers")
        canonical = "\n".join(
            ["POST", path, ""]
            + [f"{name}:{' '.join(headers[name].split())}" for name in signed]
            + ["", ";".join(signed), hashlib.sha256(body).hexdigest()]
        )
        scope = "/".join(expected_scope)
        to_sign = "\n".join([algorithm, headers["X-Amz-Date"], scope, hashlib.sha256(canonical.encode()).hexdigest()])
        key = ("AWS4" + secret).encode()
        for part in expected_scope:
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        if not hmac.compare_digest(
            hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest(), parts["Signature"]
        ):
            raise ProxyError("AuthenticationFailedException", "wrong signature")

    def _handler(proxy):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            timeout = 30

            def setup(self):
                # The handshake is made here, in the connection's own thread.
                self.request = proxy._context.wrap_socket(self.request, server_side=True)
                with proxy._lock:
                    proxy.connections += 1
                    proxy._open.add(self.request)
                super().setup()

            def finish(self):
                with proxy._lock:
                    proxy._open.discard(self.request)
                with contextlib.suppress(OSError, ValueError):
                    super().finish()
                self.request.close()

            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                fault = proxy.fault
                try:
                    proxy.verify(self.path, self.headers, body)
                    parsed = json.loads(body)
                    with proxy._lock:
                        proxy.requests.append((self.path, parsed))
                    if fault and fault.delay:
                        time.sleep(fault.delay)
                    if fault and fault.hang_ups > 0:
                        fault.hang_ups -= 1
                        self.close_connection = True
                        return
                    if fault and fault.error:
                        raise ProxyError(fault.error, fault.message)
                    answer = proxy.answer(self.path, parsed)
                    if fault and fault.change:
                        answer = fault.change(answer)
                    self.reply(fault.status if fault else 200, answer, fault)
                except ProxyError as error:
                    answer = {"errorName": error.name}
                    if error.message is not None:
                        answer["errorMessage"] = error.message
                    self.reply(STATUSES.get(error.name, 400), answer, None)

            def do_GET(self):
                self.reply(405, {"errorName": "ValidationException"}, None)

            def reply(self, status, answer, fault):
                data = fault.raw if fault and fault.raw is not None else json.dumps(answer).encode()
                with contextlib.suppress(OSError):
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(data)))
                    for name, value in (fault.headers if fault else {}).items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(data)

        return Handler


def associated_data(additional, metadata):
    """What the HSM authenticates, as the specification recommends it."""
    return struct.pack(">H", len(additional)) + additional + struct.pack(">B", len(metadata)) + metadata


def encode(data):
    return base64.b64encode(data).decode()


def decode(text):
    return base64.b64decode(text, validate=True)


def take_apart(blob):
    """The parts of a ciphertext blob of a key in an external key store: docs/ciphertext-format.md."""
    assert blob[:2] == b"\x01\x02", blob[:2]
    parts, rest = {"key": blob[2:19], "material": blob[19:51]}, blob[51:]
    for name, width in (("vector", 1), ("tag", 1), ("metadata", 1), ("ciphertext", 2)):
        length = int.from_bytes(rest[:width], "big")
        parts[name], rest = rest[width : width + length], rest[width + length :]
    assert not rest
    return parts
