"""GET /metrics, read by Prometheus's own parser of its text format."""

import http.client
import socket
import threading
import time
import urllib.request

import pytest
from prometheus_client.parser import text_string_to_metric_families

from clients import administrator_client, kms_client, refused
from wire import Wire, exchange, signed_request

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """What a server told of itself at one moment."""

    def __init__(self, server):
        with urllib.request.urlopen(f"{server.url}/metrics", timeout=10) as answer:
            assert answer.status == 200
            assert answer.headers["Content-Type"] == CONTENT_TYPE
            assert answer.headers["Cache-Control"] == "no-store"
            self.text = answer.read().decode()
        self.families = list(text_string_to_metric_families(self.text))
        self.samples = {}
        for family in self.families:
            for sample in family.samples:
                key = (sample.name, tuple(sorted(sample.labels.items())))
                assert key not in self.samples, f"{key} is there twice"
                self.samples[key] = sample.value

    def __call__(self, name, **labels):
        """A sample's value; 0 for one that is not there (yet)."""
        return self.samples.get((name, tuple(sorted(labels.items()))), 0)

    def requests(self, operation, result="success"):
        return self("keywright_requests_total", operation=operation, result=result)


@pytest.fixture
def server(start):
    return start()


@pytest.fixture
def kms(server):
    return kms_client(server)


def test_counters_rise_with_requests(server, kms):
    before = Metrics(server)
    assert before.requests("Encrypt") == before.requests("CreateKey") == 0
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    for _ in range(3):
        kms.encrypt(KeyId=key, Plaintext=b"x")
    with refused("NotFoundException"):
        kms.encrypt(KeyId="alias/none", Plaintext=b"x")
    kms.disable_key(KeyId=key)
    with refused("DisabledException"):
        kms.encrypt(KeyId=key, Plaintext=b"x")
    after = Metrics(server)
    assert after.requests("CreateKey") == after.requests("DisableKey") == 1
    assert after.requests("Encrypt") == 3
    assert after.requests("Encrypt", "NotFoundException") == 1
    assert after.requests("Encrypt", "DisabledException") == 1
    decisions = "keywright_access_decisions_total"
    assert after(decisions, decision="allowed") >= before(decisions, decision="allowed") + 6
    assert Metrics(server).requests("Encrypt") == 3, "looking counts for nothing"


def test_every_operation_has_a_series_from_the_start(server, kms):
    names = {
        dict(labels)["operation"]
        for name, labels in Metrics(server).samples
        if name == "keywright_requests_total"
    }
    assert names >= set(kms.meta.service_model.operation_names) | {"unknown"}


def test_durations(server, kms):
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    for _ in range(5):
        kms.generate_data_key_pair_without_plaintext(KeyId=key, KeyPairSpec="RSA_2048")
    metrics = Metrics(server)
    name, operation = "keywright_request_duration_seconds", "GenerateDataKeyPairWithoutPlaintext"
    assert metrics(f"{name}_count", operation=operation) == 5
    assert 0 < metrics(f"{name}_sum", operation=operation) < 600
    buckets = sorted(
        (float(dict(labels)["le"]), value)
        for (sample, labels), value in metrics.samples.items()
        if sample == f"{name}_bucket" and dict(labels)["operation"] == operation
    )
    counts = [count for _, count in buckets]
    assert counts == sorted(counts), "buckets include those below"
    assert buckets[-1] == (float("inf"), 5)
    assert buckets[0][1] < 5, "no RSA pair is made in a fraction of a millisecond"


def test_gauges(server, kms):
    metrics = Metrics(server)
    for name in (
        "keywright_key_pair_queue_depth",
        "keywright_attestation_queue_depth",
        "keywright_requests_in_flight",
        "keywright_open_connections",
        "keywright_http_refusals_total",
    ):
        assert (name, ()) in metrics.samples, name
    assert metrics("keywright_open_connections") >= 1, "the one that asks"
    exchange(server, b"nonsense\r\n\r\n")
    assert Metrics(server)("keywright_http_refusals_total") == metrics("keywright_http_refusals_total") + 1
    builds = [labels for name, labels in metrics.samples if name == "keywright_build_info"]
    assert len(builds) == 1 and dict(builds[0])["version"]
    assert metrics("process_start_time_seconds") > 1_700_000_000


def test_the_queue_of_key_pairs_is_seen(start):
    server = start("--key-pair-queue", "64")
    kms = kms_client(server, account="210987654321")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    make = lambda: kms.generate_data_key_pair_without_plaintext(KeyId=key, KeyPairSpec="RSA_2048")
    callers = [threading.Thread(target=make) for _ in range(12)]
    for caller in callers:
        caller.start()
    deepest = busiest = 0
    while any(caller.is_alive() for caller in callers):
        metrics = Metrics(server)
        deepest = max(deepest, metrics("keywright_key_pair_queue_depth"))
        busiest = max(busiest, metrics("keywright_requests_in_flight"))
        time.sleep(0.02)
    for caller in callers:
        caller.join()
    assert 1 <= deepest <= 12
    assert deepest <= busiest <= 12
    metrics = Metrics(server)
    assert metrics("keywright_key_pair_queue_depth") == metrics("keywright_requests_in_flight") == 0


def test_callers_make_no_labels(server):
    before = Metrics(server)
    hostile = ["Encrypt\"} 1", "encrypt", "Nonsense", "a" * 1000, "{}", "Encrypt%0A", "\\", "TrentServices"]
    with Wire(server) as wire:
        for number in range(200):
            name = hostile[number % len(hostile)] + (str(number) if number > 100 else "")
            wire.post(f"TrentService.{name}")
            wire.post(f"{name}.Encrypt")
        wire.send("GET", "/nothing")
        wire.post("Encrypt", {"KeyId": "x" * 500, "Plaintext": ""})
    after = Metrics(server)
    assert after.requests("unknown", "UnknownOperationException") >= 401
    new = {key for key in after.samples if key not in before.samples}
    values = {value for _, labels in new for label, value in labels if label != "le"}
    assert values <= {"unknown", "UnknownOperationException", "ValidationException", "Encrypt", "NotFoundException"}
    assert not any(name in after.text for name in ("Nonsense", "aaaa", "%0A", "\\"))


def test_accounts_and_keys_are_not_told(server, kms, account):
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    own = kms_client(server, account=account)
    own.create_key()
    kms.encrypt(KeyId=key, Plaintext=b"x")
    text = Metrics(server).text
    assert key not in text and account not in text and "123456789012" not in text and "arn:" not in text


def test_refused_signatures_are_counted(start, tmp_path):
    server = start(dev=False, data_dir=tmp_path / "data")
    administrator_client(server).list_keys()
    credentials = server.administrator()
    name, before = "keywright_authentication_failures_total", Metrics(server)
    with Wire(server) as wire:
        for access_key, secret in ((credentials["AccessKeyId"], "wrong"), ("AKIAIOSFODNN7EXAMPLE", "wrong")):
            wire.send(*signed_request(server, "ListKeys", b"{}", access_key, secret))
        wire.post("ListKeys", {}, Authorization=None)
    after = Metrics(server)
    for code in ("InvalidSignatureException", "UnrecognizedClientException", "MissingAuthenticationTokenException"):
        assert after(name, code=code) == before(name, code=code) + 1, code
        assert after.requests("ListKeys", code) == before.requests("ListKeys", code) + 1
    assert after.requests("ListKeys") == before.requests("ListKeys") == 1
    assert after("keywright_access_decisions_total", decision="allowed") == before(
        "keywright_access_decisions_total", decision="allowed"
    ), "a request that is not authenticated is not decided on"


@pytest.mark.parametrize(
    "method, path", [("POST", "/metrics"), ("GET", "/metrics/"), ("GET", "/Metrics"), ("PUT", "/metrics")]
)
def test_the_page_is_in_one_place(server, method, path):
    with Wire(server) as wire:
        assert wire.send(method, path).code == "UnknownOperationException"


def test_many_at_once(server):
    """Sent together, they are all answered; the page is written only so often, and others are served meanwhile."""
    count = 300
    before = Metrics(server).requests("ListKeys")
    kms_client(server).list_keys()
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        answers = connection.makefile("rb")
        for _ in range(count // 60):
            connection.sendall(b"GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n" * 60)
            for _ in range(60):
                assert answers.readline() == b"HTTP/1.1 200 OK\r\n"
                headers = http.client.parse_headers(answers)
                page = answers.read(int(headers["Content-Length"]))
                assert page.endswith(b"\n") and b"process_start_time_seconds " in page
        assert server.is_healthy()
    time.sleep(1.1)
    assert Metrics(server).requests("ListKeys") == before + 1


def test_head(server):
    with Wire(server) as wire:
        answer = wire.send("HEAD", "/metrics")
        assert (answer.status, answer.body, answer.headers["Content-Type"]) == (200, b"", CONTENT_TYPE)
        assert int(answer.headers["Content-Length"]) > 1000
