"""STS GetCallerIdentity, signed in the header or in the query, which AWS clients and tools ask at the same endpoint."""

import datetime
import urllib.error
import urllib.parse
import urllib.request

import botocore.auth
import botocore.awsrequest
import botocore.credentials
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


# Presigned: what is given to others, such as Vault or a Kubernetes API server, so that they learn who made it.


def presigned(server, credentials, *, headers=None, expires=60, query="", service="sts", method="GET"):
    """A request for GetCallerIdentity that botocore presigned: (url, headers)."""
    request = botocore.awsrequest.AWSRequest(
        method=method,
        url=f"{server.url}/?Action=GetCallerIdentity&Version=2011-06-15{query}",
        headers=headers or {},
    )
    credentials = botocore.credentials.Credentials(credentials["AccessKeyId"], credentials["SecretAccessKey"])
    botocore.auth.SigV4QueryAuth(credentials, service, "us-east-1", expires=expires).add_auth(request)
    return request.url, dict(headers or {})


def fetch(url, headers=None, method="GET", data=None):
    """The status and the text of an answer."""
    request = urllib.request.Request(url, data=data, headers=headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.fixture
def credentials(verified, administrator):
    return verified.administrator()


def test_presigned(verified, credentials):
    status, text = fetch(*presigned(verified, credentials))
    assert status == 200
    assert f"<Arn>{credentials['Arn']}</Arn>" in text


def test_presigned_by_boto3(verified, administrator):
    url = administrator_client(verified, service="sts").generate_presigned_url("get_caller_identity", HttpMethod="GET")
    assert fetch(url)[0] == 200


def test_presigned_for_a_cluster(verified, credentials):
    """Kubernetes' tokens for EKS sign a header with the cluster's name."""
    headers = {"x-k8s-aws-id": "cluster"}
    url, headers = presigned(verified, credentials, headers=headers)
    assert "x-k8s-aws-id" in url
    assert fetch(url, headers)[0] == 200
    assert fetch(url, {"x-k8s-aws-id": "another"})[0] == 403
    assert fetch(url)[0] == 403


@pytest.mark.parametrize(
    "alter",
    [
        lambda url: url.replace("Version=2011-06-15", "Version=2011-06-16"),
        lambda url: url.replace("X-Amz-Expires=60", "X-Amz-Expires=600"),
        lambda url: url + "&more=1",
        lambda url: url[:-1] + ("0" if url[-1] != "0" else "1"),
        lambda url: url.replace("/?", "/x/../?"),
        lambda url: url + "&Action=GetCallerIdentity",
        lambda url: url.replace("X-Amz-Signature", "X-Amz-Other"),
    ],
)
def test_altered_presigned_requests(verified, credentials, alter):
    url, _ = presigned(verified, credentials)
    altered = alter(url)
    assert altered != url
    status, text = fetch(altered)
    assert status in (400, 403), text
    assert "<Arn>" not in text
    assert fetch(url)[0] == 200


def test_presigned_requests_expire(verified, credentials, monkeypatch):
    past = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=120)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: past)
    assert fetch(presigned(verified, credentials, expires=300)[0])[0] == 200
    status, text = fetch(presigned(verified, credentials, expires=60)[0])
    assert status == 403
    assert "<Code>SignatureDoesNotMatch</Code>" in text and "Signature expired" in text


def test_presigned_for_another_service(verified, credentials):
    status, text = fetch(presigned(verified, credentials, service="kms")[0])
    assert status == 403 and "correct service" in text


def test_kms_is_not_presigned(verified, credentials):
    url, _ = presigned(verified, credentials, service="kms", method="POST")
    headers = {"X-Amz-Target": "TrentService.ListKeys", "Content-Type": "application/x-amz-json-1.1"}
    status, text = fetch(url, headers, method="POST", data=b"{}")
    assert status == 400
    assert '"__type":"IncompleteSignatureException"' in text
    assert "Requests must be signed in the Authorization header, not in the query string." in text


@pytest.mark.parametrize("path", ["/?", "/?x=1", "/?action=GetCallerIdentity", "/x?Action=GetCallerIdentity"])
def test_other_queries(dev, path):
    status, text = fetch(dev.url + path)
    assert status in (400, 404) and "<Arn>" not in text


def test_a_form_with_a_field_twice(wire):
    answer = wire.send(
        body=b"Action=GetCallerIdentity&Action=AssumeRole",
        headers={"Content-Type": FORM, "Authorization": dev_authorization(service="sts")},
    )
    assert answer.status == 400
    assert b"<Code>MalformedInput</Code>" in answer.body


def test_another_version(wire):
    answer = wire.send(
        body=b"Action=GetCallerIdentity&Version=2010-01-01",
        headers={"Content-Type": FORM, "Authorization": dev_authorization(service="sts")},
    )
    assert answer.status == 400
    assert b"Could not find operation GetCallerIdentity for version 2010-01-01" in answer.body
