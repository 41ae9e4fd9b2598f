"""All 54 operations of the API are served, and nothing else is."""

import pathlib
import re

import pytest

from server import REPOSITORY

def operation_names(kms):
    return set(kms.meta.service_model.operation_names)


def test_the_api_has_the_operations_we_think(kms):
    names = operation_names(kms)
    assert len(names) == 54


def test_every_operation_is_served(kms, wire):
    for name in sorted(operation_names(kms)):
        for body in (b"{}", b"", b'{"KeyId": "alias/x"}'):
            answer = wire.post(name, body)
            assert answer.code not in ("UnsupportedOperationException", "UnknownOperationException"), (name, answer)
            assert answer.status < 500, (name, answer)
            assert answer.headers["x-amzn-RequestId"]


def test_conformance_document_lists_every_operation(kms):
    text = pathlib.Path(REPOSITORY / "docs/conformance.md").read_text()
    assert operation_names(kms) <= set(re.findall(r"^\| `(\w+)` \| `", text, re.MULTILINE))


@pytest.mark.parametrize(
    "target",
    [
        "TrentService.Nothing",
        "TrentService.encrypt",
        "TrentService.ENCRYPT",
        "TrentService.",
        "TrentService",
        ".Encrypt",
        "trentservice.Encrypt",
        "DynamoDB_20120810.ListTables",
        "TrentService.Encrypt ",
        "TrentService.Encrypt.Encrypt",
        "x" * 3000,
    ],
    ids=lambda text: text[:30],
)
def test_unknown_targets(wire, target):
    answer = wire.post("Encrypt", b"{}", X_Amz_Target=target)
    # A trailing space is no part of a header's value.
    expected = "ValidationException" if target == "TrentService.Encrypt " else "UnknownOperationException"
    assert (answer.status, answer.code) == (400, expected), answer


def test_no_target_at_all(wire):
    answer = wire.post("Encrypt", b"{}", X_Amz_Target=None)
    assert (answer.status, answer.code) == (400, "UnknownOperationException")


def test_answers_have_kms_headers(wire):
    answer = wire.post("ListKeys", b"{}")
    assert answer.headers["Content-Type"] == "application/x-amz-json-1.1"
    assert re.fullmatch("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", answer.headers["x-amzn-RequestId"])
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", answer.headers["Date"])
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    ids = {wire.post("ListKeys", b"{}").headers["x-amzn-RequestId"] for _ in range(20)}
    assert len(ids) == 20


def test_error_bodies(wire):
    answer = wire.post("DescribeKey", {"KeyId": "x"})
    assert answer.json == {"__type": "NotFoundException", "message": "Invalid keyId 'x'"}
    assert answer.headers["Content-Type"] == "application/x-amz-json-1.1"
    error_type = answer.headers.get("x-amzn-ErrorType")
    assert error_type in (None, "NotFoundException")
