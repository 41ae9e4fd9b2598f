"""RSA pairs are made away from the threads that serve requests, in a bounded queue."""

import json
import select
import socket
import time

import pytest

from clients import kms_client
from wire import Wire, dev_authorization, status_of

HEAD = (
    "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.1\r\n"
    "X-Amz-Target: TrentService.GenerateDataKeyPairWithoutPlaintext\r\nX-Amz-Date: 20250101T000000Z\r\n"
    f"Authorization: {dev_authorization()}\r\n"
)


class Caller:
    """A connection that asks for an RSA-4096 pair and reads the answer later, if at all."""

    def __init__(self, server, key):
        body = json.dumps({"KeyId": key, "KeyPairSpec": "RSA_4096"}).encode()
        self.connection = socket.create_connection(("127.0.0.1", server.port), timeout=120)
        self.connection.sendall(f"{HEAD}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

    def answer(self):
        received = b""
        while chunk := self.connection.recv(65536):
            received += chunk
        self.connection.close()
        return status_of(received), json.loads(received.partition(b"\r\n\r\n")[2])

    def go_away(self):
        self.connection.close()


@pytest.fixture
def server(start):
    return start("--key-pair-queue", "8")


@pytest.fixture
def key(server):
    return kms_client(server).create_key()["KeyMetadata"]["KeyId"]


def test_a_flood_is_throttled_and_nobody_else_feels_it(server, key):
    callers = [Caller(server, key) for _ in range(40)]
    wire = Wire(server)
    for _ in range(50):
        assert len(wire.call("GenerateDataKey", KeyId=key, KeySpec="AES_256")["Plaintext"]) == 44
        wire.call("GenerateDataKeyPair", KeyId=key, KeyPairSpec="ECC_NIST_P256")
    answered, _, _ = select.select([caller.connection for caller in callers], [], [], 0)
    assert len(answered) < len(callers), "quick requests waited until every slow one was done"
    answers = [caller.answer() for caller in callers]
    made = [body for status, body in answers if status == 200]
    throttled = [body for status, body in answers if status == 400]
    assert len(made) + len(throttled) == 40
    assert len(made) >= 8, "what fits into the queue is made"
    assert throttled, "40 RSA-4096 pairs at once did not fill a queue of 8"
    assert {body["__type"] for body in throttled} == {"ThrottlingException"}
    assert len({body["PublicKey"] for body in made}) == len(made)
    assert wire.call("GenerateDataKeyPair", KeyId=key, KeyPairSpec="RSA_2048")["KeyPairSpec"] == "RSA_2048"
    wire.close()


def test_boto3_takes_it_for_throttling(server, key):
    kms = kms_client(server)
    callers, codes = [], []
    for _ in range(5):
        # More than there is room for: once one of them is refused, the queue is full.
        flood = [Caller(server, key) for _ in range(16)]
        callers += flood
        assert select.select([caller.connection for caller in flood], [], [], 60)[0], "nobody was answered"
        try:
            kms.generate_data_key_pair(KeyId=key, KeyPairSpec="RSA_2048")
        except kms.exceptions.ClientError as error:
            codes.append((error.response["Error"]["Code"], error.response["Error"]["Message"]))
            break
    assert codes == [
        (
            "ThrottlingException",
            "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.",
        )
    ]
    for caller in callers:
        caller.go_away()


def test_work_that_nobody_waits_for_is_dropped(server, key):
    """Round after round of callers who leave: their places in the queue are free again at once."""
    wire = Wire(server)
    for _ in range(20):
        callers = [Caller(server, key) for _ in range(10)]
        time.sleep(0.05)
        for caller in callers:
            caller.go_away()
    # 200 RSA-4096 pairs would take minutes. Dropped, they leave room for this one, once the leavers are noticed.
    deadline = time.monotonic() + 60
    while True:
        answer = wire.post("GenerateDataKeyPair", {"KeyId": key, "KeyPairSpec": "RSA_2048"})
        if answer.status == 200:
            break
        assert answer.code == "ThrottlingException", answer
        assert time.monotonic() < deadline, "the queue stays full of work that nobody waits for"
        time.sleep(0.1)
    wire.close()


def test_stopping_does_not_wait_for_the_queue(start):
    server = start("--key-pair-queue", "200")
    key = kms_client(server).create_key()["KeyMetadata"]["KeyId"]
    callers = [Caller(server, key) for _ in range(150)]
    time.sleep(0.2)
    began = time.monotonic()
    assert server.stop(timeout=60) == 0
    assert time.monotonic() - began < 45
    for caller in callers:
        caller.go_away()
