"""Without --dev: every request is signed by a known principal, or refused."""

import datetime
import hashlib

import pytest

from clients import administrator_client, kms_client, refused
from server import Server
from wire import Wire, signed_request

MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."
)
UNKNOWN = "The security token included in the request is invalid."


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("real")
    with Server(folder / "log", "--log-level", "debug", dev=False, data_dir=folder / "data") as server:
        server.secrets.record_text(server.administrator()["SecretAccessKey"], "the administrator's secret access key")
        yield server


@pytest.fixture(scope="module")
def credentials(server):
    written = server.administrator()
    return written["AccessKeyId"], written["SecretAccessKey"]


@pytest.fixture(scope="module")
def admin(server):
    return administrator_client(server)


@pytest.fixture
def send(server, credentials):
    """Signs a request, lets the test alter it, sends it."""
    connection = Wire(server)

    def signed(operation="ListKeys", body=b"{}", alter=None, key=credentials, **options):
        method, path, body, headers = signed_request(server, operation, body, *key, **options)
        if alter:
            method, path, body, headers = alter(method, path, body, dict(headers))
        return connection.send(method, path, body, headers)

    yield signed
    connection.close()


def test_administrator_can_do_everything(admin):
    key = admin.create_key()["KeyMetadata"]
    pair = admin.generate_data_key_pair(KeyId=key["KeyId"], KeyPairSpec="ECC_NIST_P256", EncryptionContext={"a": "b"})
    opened = admin.decrypt(CiphertextBlob=pair["PrivateKeyCiphertextBlob"], EncryptionContext={"a": "b"})
    assert opened["Plaintext"] == pair["PrivateKeyPlaintext"]


def test_a_correctly_signed_request(send):
    assert send().status == 200


def test_wrong_secret(server, credentials):
    with refused("InvalidSignatureException", MISMATCH):
        kms_client(server, access_key_id=credentials[0], secret="wrong" * 8).list_keys()


@pytest.mark.parametrize("access_key_id", ["AKIAIOSFODNN7EXAMPLE", "123456789012", "x" * 128, "AKIA"])
def test_unknown_access_key(server, access_key_id):
    with refused("UnrecognizedClientException", UNKNOWN):
        kms_client(server, access_key_id=access_key_id, secret="x" * 40).list_keys()


def test_development_credentials_are_nothing_here(server):
    with refused("UnrecognizedClientException", UNKNOWN):
        kms_client(server).list_keys()


def test_no_authorization(send):
    def without(method, path, body, headers):
        del headers["Authorization"]
        return method, path, body, headers

    answer = send(alter=without)
    assert (answer.status, answer.code) == (400, "MissingAuthenticationTokenException")


def refused_as(answer, code, *fragments):
    assert (answer.status, answer.code) == (400, code), answer
    for fragment in fragments:
        assert fragment in answer.message, answer.message


def test_altered_body(send):
    refused_as(send(alter=lambda m, p, b, h: (m, p, b'{"Limit":5}', h)), "InvalidSignatureException", MISMATCH)
    refused_as(send(alter=lambda m, p, b, h: (m, p, b"", h)), "InvalidSignatureException", MISMATCH)


@pytest.mark.parametrize("name", ["X-Amz-Target", "Content-Type", "Host"])
def test_altered_signed_header(send, name):
    replacement = {
        "X-Amz-Target": "TrentService.ListAliases",
        "Content-Type": "application/x-amz-json-1.0",
        "Host": "elsewhere",
    }[name]
    answer = send(
        headers={"Host": "127.0.0.1"} if name == "Host" else {},
        alter=lambda m, p, b, h: (m, p, b, {**h, name: replacement}),
    )
    assert answer.status == 400
    assert answer.code == "InvalidSignatureException"


def test_altered_date(send):
    def later(method, path, body, headers):
        when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=1)
        return method, path, body, {**headers, "X-Amz-Date": when.strftime("%Y%m%dT%H%M%SZ")}

    assert (
        send(alter=later, when=datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=30)).code
        == "InvalidSignatureException"
    )


def test_every_altered_character_of_the_signature(send):
    def altered_at(index):
        def alter(method, path, body, headers):
            start, _, signature = headers["Authorization"].rpartition("Signature=")
            other = "0" if signature[index] != "0" else "1"
            headers["Authorization"] = f"{start}Signature={signature[:index]}{other}{signature[index + 1:]}"
            return method, path, body, headers

        return alter

    for index in range(0, 64, 7):
        refused_as(send(alter=altered_at(index)), "InvalidSignatureException", MISMATCH)


@pytest.mark.parametrize("signature", ["", "0", "0" * 63, "0" * 65, "G" * 64, "0" * 128])
def test_signatures_of_no_known_form(send, signature):
    def replaced(method, path, body, headers):
        headers["Authorization"] = headers["Authorization"].rpartition("Signature=")[0] + "Signature=" + signature
        return method, path, body, headers

    answer = send(alter=replaced)
    assert answer.status == 400
    assert answer.code in ("InvalidSignatureException", "IncompleteSignatureException")


def test_unsigned_amz_header(send):
    answer = send(alter=lambda m, p, b, h: (m, p, b, {**h, "X-Amz-Extra": "smuggled"}))
    refused_as(answer, "InvalidSignatureException")


def test_unsigned_security_token(send):
    answer = send(alter=lambda m, p, b, h: (m, p, b, {**h, "X-Amz-Security-Token": "token"}))
    assert answer.status == 400
    assert answer.code in ("InvalidSignatureException", "UnrecognizedClientException")


def test_unsigned_headers_that_do_not_matter(send):
    extra = {"User-Agent": "x", "X-Amzn-Trace-Id": "Root=1", "Accept": "*/*", "amz-sdk-request": "attempt=1"}
    assert send(alter=lambda m, p, b, h: (m, p, b, {**h, **extra})).status == 200


def test_body_hash_header(send):
    def hashed(text):
        return {"X-Amz-Content-SHA256": text}

    right = hashlib.sha256(b"{}").hexdigest()
    assert send(headers=hashed(right)).status == 200
    for wrong in (hashlib.sha256(b"x").hexdigest(), "UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "0"):
        assert send(headers=hashed(wrong)).code == "InvalidSignatureException", wrong


@pytest.mark.parametrize("minutes", [-5.5, -60, -60 * 24])
def test_old_requests(send, minutes):
    when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    refused_as(send(when=when), "InvalidSignatureException", "Signature expired: ", " is now earlier than ", "- 5 min.")


@pytest.mark.parametrize("minutes", [5.5, 60, 60 * 24])
def test_requests_from_the_future(send, minutes):
    when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    refused_as(
        send(when=when), "InvalidSignatureException", "Signature not yet current: ", " is still later than ", "+ 5 min."
    )


@pytest.mark.parametrize("minutes", [-4.5, 4.5])
def test_clocks_that_differ_a_little(send, minutes):
    when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    assert send(when=when).status == 200


def test_other_region(server, credentials):
    with refused("InvalidSignatureException") as refusal:
        kms_client(server, access_key_id=credentials[0], secret=credentials[1], region="eu-west-1").list_keys()
    assert refusal.refusal.message.startswith("Credential should be scoped to a valid Region")


def test_other_service(send):
    refused_as(send(service="s3"), "InvalidSignatureException", "service: 'kms'")
    refused_as(send(service="sts"), "InvalidSignatureException", "service: 'kms'")


def scope(part, replacement):
    def alter(method, path, body, headers):
        before, _, rest = headers["Authorization"].partition("Credential=")
        credential, _, after = rest.partition(",")
        parts = credential.split("/")
        parts[part] = replacement
        headers["Authorization"] = f"{before}Credential={'/'.join(parts)},{after}"
        return method, path, body, headers

    return alter


def test_scope_faults(send):
    refused_as(send(alter=scope(4, "aws5_request")), "InvalidSignatureException", "aws4_request")
    refused_as(
        send(alter=scope(1, "20200101")),
        "InvalidSignatureException",
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP",
    )
    assert send(alter=scope(1, "nonsense")).code in ("InvalidSignatureException", "IncompleteSignatureException")
    assert send(alter=scope(0, "")).code in ("IncompleteSignatureException", "UnrecognizedClientException")


@pytest.mark.parametrize("name", ["host", "x-amz-date", "x-amz-target"])
def test_headers_that_must_be_signed(send, name):
    def unsigned(method, path, body, headers):
        before, _, rest = headers["Authorization"].partition("SignedHeaders=")
        names, _, after = rest.partition(",")
        kept = ";".join(signed for signed in names.split(";") if signed != name)
        headers["Authorization"] = f"{before}SignedHeaders={kept},{after}"
        return method, path, body, headers

    answer = send(alter=unsigned)
    assert answer.status == 400
    assert answer.code in ("InvalidSignatureException", "IncompleteSignatureException")


def test_missing_date(send):
    def undated(method, path, body, headers):
        del headers["X-Amz-Date"]
        return method, path, body, headers

    refused_as(send(alter=undated), "IncompleteSignatureException")


def test_presigned_requests_are_refused(server, credentials):
    query = (
        f"/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={credentials[0]}%2F20250101%2Fus-east-1%2Fkms%2Faws4_request"
        "&X-Amz-Date=20250101T000000Z&X-Amz-Expires=300&X-Amz-SignedHeaders=host&X-Amz-Signature=" + "0" * 64
    )
    with Wire(server) as wire:
        answer = wire.send(path=query, body=b"{}", headers={"X-Amz-Target": "TrentService.ListKeys"})
    assert answer.status == 400


def test_unsigned_bytes_never_reach_the_decoder(send):
    """A body that cannot be read gets the signature's refusal when the signature is wrong, and its own when it is right."""
    assert send(body=b"{").code == "SerializationException"
    assert send(alter=lambda m, p, b, h: (m, p, b"{", h)).code == "InvalidSignatureException"


def test_what_is_wrong_with_a_request_is_told_to_known_callers_only(send, server):
    assert send("Sign").code == "ValidationException"
    assert send("Sign", key=("AKIAIOSFODNN7EXAMPLE", "x" * 40)).code == "UnrecognizedClientException"


def test_all_of_it_leaves_the_server_well(server, send):
    assert send().status == 200
    assert server.is_alive()
