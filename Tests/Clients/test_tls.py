"""The service over TLS, with a certificate of a certificate authority made here."""

import datetime
import ipaddress
import json
import ssl
import socket

import botocore.exceptions
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from clients import CommandLine, kms_client
from server import Server, run_keywright
from wire import exchange


def name(text):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(subject, key, issuer, issuer_key, is_authority):
    now = datetime.datetime.now(datetime.timezone.utc)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(subject))
        .issuer_name(name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if is_authority:
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        builder = builder.add_extension(usage, critical=True)
    else:
        names = x509.SubjectAlternativeName(
            [x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")]
        )
        builder = builder.add_extension(names, critical=False)
    return builder.sign(issuer_key, hashes.SHA256())


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    authority_key, server_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = certificate("test authority", authority_key, "test authority", authority_key, True)
    leaf = certificate("keywright", server_key, "test authority", authority_key, False)
    pem = serialization.Encoding.PEM
    (folder / "authority.pem").write_bytes(authority.public_bytes(pem))
    (folder / "certificate.pem").write_bytes(leaf.public_bytes(pem) + authority.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        server_key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder


@pytest.fixture(scope="module")
def server(files, tmp_path_factory):
    arguments = ("--tls-certificate", files / "certificate.pem", "--tls-key", files / "key.pem")
    with Server(tmp_path_factory.mktemp("tls-log") / "log", *arguments, tls_ca=files / "authority.pem") as server:
        yield server


def test_boto3_over_tls(server):
    kms = kms_client(server)
    key = kms.create_key()["KeyMetadata"]
    pair = kms.generate_data_key_pair(KeyId=key["KeyId"], KeyPairSpec="RSA_2048")
    assert kms.decrypt(CiphertextBlob=pair["PrivateKeyCiphertextBlob"])["Plaintext"] == pair["PrivateKeyPlaintext"]


def test_records_tell_the_version(files, tmp_path):
    arguments = ("--tls-certificate", files / "certificate.pem", "--tls-key", files / "key.pem")
    arguments += ("--data-dir", tmp_path / "data", "--audit", "on")
    with Server(tmp_path / "log", *arguments, tls_ca=files / "authority.pem") as server:
        kms_client(server).list_keys()
    (trail,) = (tmp_path / "data" / "audit").glob("*.jsonl")
    details = json.loads(trail.read_text().splitlines()[-1])["tlsDetails"]
    assert details["tlsVersion"] == "TLSv1.3" and details["clientProvidedHostHeader"].startswith("127.0.0.1")


def test_aws_cli_over_tls(server):
    assert CommandLine(server)("list-keys") is not None


def test_clients_that_do_not_know_the_authority_refuse(server):
    stranger = kms_client(Unverified(server))
    with pytest.raises(botocore.exceptions.SSLError):
        stranger.list_keys()


class Unverified:
    """The server as seen by a client that was not given its certificate authority."""

    def __init__(self, server):
        self.url, self.tls_ca, self.secrets = server.url, None, server.secrets


def test_plain_http_is_not_answered_with_http(server):
    assert not exchange(server, b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n", timeout=3).startswith(b"HTTP/1.1 200")
    assert server.is_alive()


def test_handshakes_that_stall_or_lie(server):
    stalled = [socket.create_connection(("127.0.0.1", server.port), timeout=5) for _ in range(50)]
    try:
        exchange(server, b"\x16\x03\x01\xff\xff" + bytes(500), timeout=2, half_close=True)
        assert server.is_alive()
    finally:
        for connection in stalled:
            connection.close()


@pytest.mark.parametrize(("version", "works"), [(ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_3, True)])
def test_versions(server, version, works):
    context = ssl.create_default_context(cafile=str(server.tls_ca))
    context.minimum_version = context.maximum_version = version
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as connection:
            assert connection.version() == {"TLSv1_2": "TLSv1.2", "TLSv1_3": "TLSv1.3"}[version.name]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--tls-certificate", "certificate.pem"),
        ("--tls-key", "key.pem"),
        ("--tls-certificate", "none.pem", "--tls-key", "key.pem"),
        ("--tls-certificate", "key.pem", "--tls-key", "certificate.pem"),
    ],
)
def test_certificates_that_do_not_work(files, arguments):
    located = [files / argument if argument.endswith(".pem") else argument for argument in arguments]
    finished = run_keywright("serve", "--dev", "--port", "0", *located)
    assert finished.returncode not in (0, 1) and finished.returncode > 0, finished
    assert "PRIVATE" not in finished.stderr
