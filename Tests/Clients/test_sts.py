"""STS GetCallerIdentity, which AWS clients and tools ask at the same endpoint."""

import urllib.parse

import pytest

from clients import administrator_client, kms_client, refused
from wire import dev_authorization

FORM = "application/x-www-form-urlencoded; charset=utf-8"


def test_caller_in_development(dev):
    identity = kms_client(dev, service="sts").get_caller_identity()
    assert identity["Account"] == "123456789012"
    assert identity["Arn"] == "arn:aws:iam::123456789012:root"
    assert identity["UserId"]


def test_account_in_development_is_an_access_key_id_of_twelve_digits(dev):
    assert kms_client(dev, service="sts", account="998877665544").get_caller_identity()["Account"] == "998877665544"
    for other in ("AKIAIOSFODNN7EXAMPLE", "99887766554", "9988776655443", "99887766554x"):
        identity = kms_client(dev, service="sts", access_key_id=other).get_caller_identity()
        assert identity["Account"] == "123456789012", other


def test_partition_follows_the_region(dev):
    identity = kms_client(dev, service="sts", region="cn-north-1").get_caller_identity()
    assert identity["Arn"] == "arn:aws-cn:iam::123456789012:root"


def test_administrator(start, tmp_path):
    server = start(dev=False, data_dir=tmp_path / "data")
    identity = administrator_client(server, service="sts").get_caller_identity()
    written = server.administrator()
    assert (identity["Account"], identity["Arn"]) == (written["AccountId"], written["Arn"])
    with pytest.raises(Exception) as raised:
        kms_client(server, service="sts", access_key_id="AKIAIOSFODNN7EXAMPLE").get_caller_identity()
    assert raised.value.response["Error"]["Code"] == "InvalidClientTokenId"
    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_other_actions(dev):
    sts = kms_client(dev, service="sts")
    with refused("InvalidAction"):
        sts.get_session_token()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Action=",
        b"Action=getcalleridentity",
        b"\xff\xfe",
        b"&&&=&",
        b"Action=GetCallerIdentityX&Version=2011-06-15",
        b"%" * 1000,
    ],
)
def test_forms_that_ask_nothing(dev, wire, body):
    answer = wire.send(
        body=body,
        headers={
            "Content-Type": FORM,
            "X-Amz-Date": "20250101T000000Z",
            "Authorization": dev_authorization(service="sts"),
        },
    )
    assert answer.status in (400, 403)
    assert dev.is_alive()


def test_form_fields_in_any_order(wire):
    for fields in (
        [("Action", "GetCallerIdentity"), ("Version", "2011-06-15")],
        [("Version", "2011-06-15"), ("Action", "GetCallerIdentity")],
    ):
        answer = wire.send(
            body=urllib.parse.urlencode(fields).encode(),
            headers={
                "Content-Type": FORM,
                "X-Amz-Date": "20250101T000000Z",
                "Authorization": dev_authorization(service="sts"),
            },
        )
        assert answer.status == 200
        assert b"<Account>123456789012</Account>" in answer.body
