"""What no AWS client sends: the right refusal, and the server lives on."""

import random
import socket
import threading
import time

import pytest

from wire import JSON_TYPE, dev_authorization, exchange, status_of

HEAD = (
    "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.1\r\n"
    "X-Amz-Target: TrentService.ListKeys\r\nX-Amz-Date: 20250101T000000Z\r\n"
    f"Authorization: {dev_authorization()}\r\n"
)
GOOD = (HEAD + "Content-Length: 2\r\n\r\n{}").encode()


@pytest.fixture(autouse=True)
def server_lives_on(dev):
    yield
    assert dev.is_alive()


def test_the_good_request_is_good(dev):
    assert status_of(exchange(dev, GOOD, timeout=2)) == 200


MALFORMED = {
    "no version": b"GET /\r\n\r\n",
    "HTTP/0.9": b"GET / HTTP/0.9\r\n\r\n",
    "HTTP/3.7": b"POST / HTTP/3.7\r\nHost: x\r\n\r\n",
    "garbage": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
    "no method": b" / HTTP/1.1\r\nHost: x\r\n\r\n",
    "header without colon": HEAD.encode() + b"nonsense\r\nContent-Length: 2\r\n\r\n{}",
    "header name with space": HEAD.encode() + b"Bad Name: x\r\nContent-Length: 2\r\n\r\n{}",
    "NUL in a header": HEAD.encode() + b"X-Null: a\0b\r\nContent-Length: 2\r\n\r\n{}",
    "negative length": HEAD.encode() + b"Content-Length: -1\r\n\r\n",
    "length that is no number": HEAD.encode() + b"Content-Length: two\r\n\r\n{}",
    "huge length": HEAD.encode() + b"Content-Length: 99999999999999999999999\r\n\r\n",
    "two lengths": HEAD.encode() + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "length and chunks": HEAD.encode() + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "unknown coding": HEAD.encode() + b"Transfer-Encoding: rot13\r\n\r\n{}",
    "chunk size that is no number": HEAD.encode() + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    "huge chunk": HEAD.encode() + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}",
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED)
def test_malformed_http(dev, data):
    received = exchange(dev, data, timeout=3, half_close=True)
    assert status_of(received) is None or status_of(received) in (400, 413, 501, 505), received[:200]


@pytest.mark.parametrize("line", ["Obs-Fold: a\r\n b", "X: " + "y" * 8000])
def test_odd_but_harmless_headers(dev, line):
    received = exchange(dev, (HEAD + line + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}").encode(), timeout=3)
    assert status_of(received) in (200, 400), received[:200]


def test_too_many_header_bytes(dev):
    for lines in (["X: " + "y" * 70000], [f"X-{number}: {'y' * 100}" for number in range(2000)]):
        received = exchange(dev, (HEAD + "\r\n".join(lines) + "\r\nContent-Length: 2\r\n\r\n{}").encode(), timeout=3)
        assert status_of(received) in (400, 431, None), received[:200]


def test_too_long_a_target(dev):
    received = exchange(
        dev, ("POST /" + "x" * 100000 + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n").encode(), timeout=3
    )
    assert status_of(received) in (400, 414, 431, None), received[:200]


def test_oversize_bodies(dev, wire):
    megabyte = 1 << 20
    too_large = exchange(
        dev, (HEAD + f"Content-Length: {megabyte + 1}\r\n\r\n").encode() + b" " * (megabyte + 1), timeout=5
    )
    assert status_of(too_large) == 413, too_large[:200]
    announced = exchange(dev, (HEAD + "Content-Length: 10000000000\r\n\r\n{}").encode(), timeout=5)
    assert status_of(announced) == 413, announced[:200]
    chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    chunked = exchange(
        dev, (HEAD + "Transfer-Encoding: chunked\r\n\r\n").encode() + chunk * 17 + b"0\r\n\r\n", timeout=5
    )
    assert status_of(chunked) in (413, None), chunked[:200]
    assert wire.post("ListKeys", b" " * (megabyte - 2) + b"{}").status == 200


def test_chunked_bodies(dev):
    body = b"1\r\n{\r\n1;extension=x\r\n}\r\n0\r\nTrailer: x\r\n\r\n"
    received = exchange(
        dev, (HEAD + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n").encode() + body, timeout=5
    )
    assert status_of(received) == 200, received[:200]


def test_expect_continue(dev):
    with socket.create_connection(("127.0.0.1", dev.port), timeout=5) as connection:
        connection.sendall((HEAD + "Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n").encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"{}")
        assert status_of(connection.recv(1000)) == 200


def test_pipelined_requests_are_answered_in_order(dev):
    bodies = ['{"NumberOfBytes": %d}' % count for count in (1, 2, 3, 4, 5)]
    head = HEAD.replace("ListKeys", "GenerateRandom")
    data = "".join(f"{head}Content-Length: {len(body)}\r\n\r\n{body}" for body in bodies[:-1])
    data += f"{head}Connection: close\r\nContent-Length: {len(bodies[-1])}\r\n\r\n{bodies[-1]}"
    received = exchange(dev, data.encode(), timeout=10)
    answers = received.split(b"HTTP/1.1 200 ")[1:]
    lengths = [len(answer.partition(b"\r\n\r\n")[2]) for answer in answers]
    # Base64 of 1, 2, 3, 4 and 5 bytes is 4, 4, 4, 8 and 8 characters, inside {"Plaintext":""}.
    assert lengths == [20, 20, 20, 24, 24]


def test_connection_close_is_kept(dev):
    received = exchange(dev, (HEAD + "Content-Length: 2\r\nConnection: close\r\n\r\n{}").encode(), timeout=10)
    assert status_of(received) == 200
    assert b"connection: close" in received.lower()


def test_http_1_0(dev):
    received = exchange(dev, GOOD.replace(b"HTTP/1.1", b"HTTP/1.0"), timeout=5)
    assert status_of(received) == 200, received[:200]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "BREW"])
def test_other_methods(dev, wire, method):
    headers = {
        "Content-Type": JSON_TYPE,
        "X-Amz-Target": "TrentService.ListKeys",
        "X-Amz-Date": "20250101T000000Z",
        "Authorization": dev_authorization(),
    }
    if method == "BREW":
        assert status_of(exchange(dev, GOOD.replace(b"POST", b"BREW"), timeout=3)) in (400, 404, 405, 501)
        return
    answer = wire.send(method, body=None, headers=headers)
    assert answer.status in (400, 404, 405), answer


@pytest.mark.parametrize("path", ["/x", "/?a=b", "//", "/health/x", "*", "http://other/", "/%00", "/../../etc/passwd"])
def test_other_paths(wire, path):
    headers = {
        "Content-Type": JSON_TYPE,
        "X-Amz-Target": "TrentService.ListKeys",
        "X-Amz-Date": "20250101T000000Z",
        "Authorization": dev_authorization(),
    }
    answer = wire.send(path=path, body=b"{}", headers=headers)
    assert answer.status in (400, 404), answer


@pytest.mark.parametrize("path", ["/health", "/health/live", "/health/ready"])
def test_health_needs_no_credentials(wire, path):
    assert wire.send("GET", path, body=None).status == 200


BODIES = {
    "no JSON": b"nonsense",
    "half an object": b'{"KeyId": ',
    "two objects": b"{}{}",
    "trailing comma": b'{"Limit": 5,}',
    "single quotes": b"{'Limit': 5}",
    "comment": b'{/* x */"Limit": 5}',
    "invalid UTF-8": b'{"Marker": "\xff\xfe"}',
    "overlong UTF-8": b'{"Marker": "\xc0\xaf"}',
    "UTF-8 of a surrogate": b'{"Marker": "\xed\xa0\x80"}',
    "lone surrogate": b'{"Marker": "\\ud800"}',
    "surrogates the wrong way round": b'{"Marker": "\\udc00\\ud800"}',
    "bad escape": b'{"Marker": "\\x41"}',
    "control character": b'{"Marker": "a\x01b"}',
    "byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"Limit": 5}'.encode("utf-16"),
    "leading zero": b'{"Limit": 05}',
    "plus sign": b'{"Limit": +5}',
    "not a number": b'{"Limit": NaN}',
    "infinity": b'{"Limit": Infinity}',
    "hexadecimal": b'{"Limit": 0x5}',
    "no key": b"{:5}",
    "deep lists": b'{"Unknown": ' + b"[" * 100000 + b"]" * 100000 + b"}",
    "deep objects": b'{"a":' * 50000 + b"1" + b"}" * 50000,
    "deep and unclosed": b"[" * 500000,
    "NULs": bytes(1000),
    "unclosed text": b'{"Marker": "' + b"x" * 100000,
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_bodies_that_cannot_be_read(wire, body):
    answer = wire.post("ListKeys", body)
    assert (answer.status, answer.code) == (400, "SerializationException"), answer
    assert len(answer.body) < 1000, "the answer repeats the request"


AUTHORIZATIONS = {
    "nothing": (None, "MissingAuthenticationTokenException"),
    "empty": ("", None),
    "another scheme": ("Basic dXNlcjpwYXNz", None),
    "only the algorithm": ("AWS4-HMAC-SHA256", "IncompleteSignatureException"),
    "no signature": (
        "AWS4-HMAC-SHA256 Credential=123456789012/20250101/us-east-1/kms/aws4_request, SignedHeaders=host",
        "IncompleteSignatureException",
    ),
    "no headers": (
        "AWS4-HMAC-SHA256 Credential=123456789012/20250101/us-east-1/kms/aws4_request, Signature=00",
        "IncompleteSignatureException",
    ),
    "no credential": ("AWS4-HMAC-SHA256 SignedHeaders=host, Signature=00", "IncompleteSignatureException"),
    "short scope": (
        "AWS4-HMAC-SHA256 Credential=123456789012/20250101, SignedHeaders=host, Signature=00",
        "IncompleteSignatureException",
    ),
    "commas": ("AWS4-HMAC-SHA256 ,,,,", "IncompleteSignatureException"),
    "long": ("AWS4-HMAC-SHA256 " + "Credential=" * 500, "IncompleteSignatureException"),
    "asymmetric": (
        "AWS4-ECDSA-P256-SHA256 Credential=123456789012/20250101/kms/aws4_request, SignedHeaders=host, Signature=00",
        None,
    ),
}


@pytest.mark.parametrize(("value", "code"), AUTHORIZATIONS.values(), ids=AUTHORIZATIONS)
def test_authorization_that_cannot_be_read(wire, value, code):
    answer = wire.post("ListKeys", b"{}", Authorization=value)
    assert answer.status == 400, answer
    assert answer.code in (
        [code]
        if code
        else ["MissingAuthenticationTokenException", "IncompleteSignatureException", "InvalidSignatureException"]
    ), answer


def test_compact_authorization_is_read(wire):
    assert wire.post("ListKeys", b"{}", Authorization=dev_authorization().replace(", ", ",")).status == 200


@pytest.mark.parametrize("region", ["", "US-EAST-1", "us east 1", "a" * 200, "../..", "üs-east-1"])
def test_scopes_with_odd_regions(wire, region):
    value = dev_authorization(region=region).encode()
    answer = wire.post("ListKeys", b"{}", Authorization=value)
    assert answer.status == 400, answer


def test_random_bytes(dev):
    source = random.Random(20250101)
    for _ in range(60):
        exchange(dev, source.randbytes(source.randrange(1, 2000)), timeout=1, half_close=True)


def test_requests_cut_off_anywhere(dev):
    for length in range(0, len(GOOD), 9):
        exchange(dev, GOOD[:length], timeout=1, half_close=True)


def test_altered_requests(dev):
    source = random.Random(20250102)
    for _ in range(150):
        altered = bytearray(GOOD)
        for _ in range(source.randrange(1, 4)):
            altered[source.randrange(len(altered))] = source.randrange(256)
        status = status_of(exchange(dev, bytes(altered), timeout=1, half_close=True))
        assert status is None or status < 500 or status in (501, 505)


def test_altered_bodies(wire):
    source = random.Random(20250103)
    whole = b'{"KeyId": "alias/x", "KeyPairSpec": "RSA_2048", "EncryptionContext": {"a": "b", "c": "\\u00e9"}, "GrantTokens": ["x"], "DryRun": false}'
    for _ in range(400):
        altered = bytearray(whole)
        for _ in range(source.randrange(1, 4)):
            position = source.randrange(len(altered))
            match source.randrange(3):
                case 0:
                    altered[position] = source.randrange(256)
                case 1:
                    del altered[position]
                case 2:
                    altered.insert(position, source.choice(b'{}[]",:\\0123456789eEtfn.-\xff'))
        answer = wire.post("GenerateDataKeyPair", bytes(altered))
        assert answer.status == 400, (bytes(altered), answer)
        assert answer.code in (
            "SerializationException",
            "ValidationException",
            "NotFoundException",
            "InvalidGrantTokenException",
        ), answer


def test_slow_senders_do_not_hold_up_others(dev, wire):
    connections = []
    try:
        for _ in range(100):
            connection = socket.create_connection(("127.0.0.1", dev.port), timeout=5)
            connection.sendall(HEAD.encode()[:40])
            connections.append(connection)
        for _ in range(20):
            assert wire.post("ListKeys", b"{}").status == 200
            connections[0].sendall(b"x")
            time.sleep(0.01)
    finally:
        for connection in connections:
            connection.close()


def test_callers_that_go_away(dev, wire, key):
    body = ('{"KeyId": "%s", "KeyPairSpec": "ECC_NIST_P521"}' % key["KeyId"]).encode()
    head = HEAD.replace("ListKeys", "GenerateDataKeyPair")
    for _ in range(100):
        with socket.create_connection(("127.0.0.1", dev.port), timeout=5) as connection:
            connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    assert wire.post("ListKeys", b"{}").status == 200


def test_many_connections_at_once(dev):
    statuses, lock = [], threading.Lock()

    def ask():
        status = status_of(exchange(dev, GOOD.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), timeout=30))
        with lock:
            statuses.append(status)

    threads = [threading.Thread(target=ask) for _ in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 200
