"""All 54 operations of the API: which are served, and what the others answer."""

import pathlib
import re

import pytest

from clients import refused
from server import REPOSITORY

SERVED = {
    "CancelKeyDeletion",
    "CreateAlias",
    "CreateKey",
    "Decrypt",
    "DeleteAlias",
    "DescribeKey",
    "DisableKey",
    "EnableKey",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyPair",
    "GenerateDataKeyPairWithoutPlaintext",
    "GenerateDataKeyWithoutPlaintext",
    "GenerateRandom",
    "ListAliases",
    "ListKeys",
    "ReEncrypt",
    "ScheduleKeyDeletion",
    "UpdateAlias",
    "UpdateKeyDescription",
}


def operation_names(kms):
    return set(kms.meta.service_model.operation_names)


def test_the_api_has_the_operations_we_think(kms):
    names = operation_names(kms)
    assert len(names) == 54
    assert SERVED < names


def test_operations_that_are_not_served_yet_say_so(kms, wire):
    for name in sorted(operation_names(kms) - SERVED):
        for body in (b"{}", b"", b'{"KeyId": "alias/x"}'):
            answer = wire.post(name, body)
            assert (answer.status, answer.code) == (400, "UnsupportedOperationException"), (name, answer)
            assert answer.headers["x-amzn-RequestId"]


def test_boto3_sees_it_as_the_modelled_error(kms, key):
    for call in (
        lambda: kms.get_key_policy(KeyId=key["KeyId"]),
        lambda: kms.list_resource_tags(KeyId=key["KeyId"]),
        lambda: kms.sign(KeyId=key["KeyId"], Message=b"x", SigningAlgorithm="ECDSA_SHA_256"),
        lambda: kms.get_public_key(KeyId=key["KeyId"]),
        lambda: kms.list_grants(KeyId=key["KeyId"]),
    ):
        with refused("UnsupportedOperationException"):
            call()


def test_served_operations_are_served(wire):
    for name in sorted(SERVED):
        answer = wire.post(name, {})
        assert answer.code != "UnsupportedOperationException" and answer.status < 500, (name, answer)


def test_conformance_document_lists_every_operation_and_its_standing(kms):
    text = pathlib.Path(REPOSITORY / "docs/conformance.md").read_text()
    rows = dict(re.findall(r"^\| `?(\w+)`? \| ([^|]+?) \|", text, re.MULTILINE))
    names = operation_names(kms)
    assert names <= set(rows), names - set(rows)
    served = {name for name in names if "not yet" not in rows[name].lower() and "unsupported" not in rows[name].lower()}
    assert served == SERVED


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
