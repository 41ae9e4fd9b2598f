"""Signature Version 4 from outside, rule by rule: what is done to a request that botocore signed, and the exact answer."""

import base64
import datetime
import hashlib
import http.client
import re

import pytest

from clients import kms_client
from wire import Answer, exchange, signed_request, status_of

MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details."
)
UNKNOWN = "The security token included in the request is invalid."
ALGORITHM = "The signature algorithm must be 'AWS4-HMAC-SHA256'."
DISORDER = "SignedHeaders must be in lower case, sorted, and without repetition."
DATE_FORM = "Date must be in ISO-8601 'basic format'. Got '{}'. See http://en.wikipedia.org/wiki/ISO_8601"

INCOMPLETE, INVALID = "IncompleteSignatureException", "InvalidSignatureException"


def must_be_signed(name):
    return f"{name} must be a 'SignedHeader' in the AWS Authorization."


class Request:
    """A signed request whose header fields may repeat, in any order and spelling."""

    def __init__(self, method, target, body, fields):
        self.method, self.target, self.body, self.fields = method, target, body, fields

    def value(self, name):
        return next(value for field, value in self.fields if field.lower() == name.lower())

    def without(self, name):
        self.fields = [(field, value) for field, value in self.fields if field.lower() != name.lower()]
        return self

    def adding(self, *fields):
        self.fields += fields
        return self

    def setting(self, name, value):
        return self.without(name).adding((name, value))

    def altering(self, old, new, name="Authorization"):
        """With a part of a field replaced, which must be there."""
        value = self.value(name)
        assert old in value, value
        return self.setting(name, value.replace(old, new))

    def with_body(self, body):
        self.body = body
        return self

    def send(self, server):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        try:
            connection.putrequest(self.method, self.target, skip_host=True, skip_accept_encoding=True)
            for name, value in self.fields:
                connection.putheader(name, value)
            connection.putheader("Content-Length", str(len(self.body)))
            connection.endheaders(self.body)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def credentials(verified, administrator):
    """The administrator's; asking for its client as well has the secret looked for in the log."""
    written = verified.administrator()
    return written["AccessKeyId"], written["SecretAccessKey"]


@pytest.fixture(scope="module")
def sign(verified, credentials):
    """Signs a request as botocore does. What `headers` has is signed too, `Host` included."""

    def make(body=b"{}", headers=None, **options):
        method, target, body, signed = signed_request(
            verified, "ListKeys", body, *credentials, headers=headers, **options
        )
        if headers and "Host" in headers:
            signed["Host"] = headers["Host"]
        return Request(method, target, body, list(signed.items()))

    return make


def header_hash(value):
    return base64.b64encode(hashlib.sha256(value.encode()).digest()).decode()


# MARK: Accepted


ACCEPTED = {
    "as it was signed": lambda sign: sign(),
    "no body at all": lambda sign: sign(body=b""),
    "names in capitals": lambda sign: capitals(sign()),
    "names in small letters": lambda sign: small_letters(sign()),
    "fields in another order": lambda sign: reverse(sign()),
    "a host of another name": lambda sign: sign(headers={"Host": "kms.us-east-1.amazonaws.com"}),
    "a host in capitals": lambda sign: sign(headers={"Host": "KMS.Example.COM"}),
    "a host with its default port": lambda sign: sign(headers={"Host": "kms.example.com:443"}),
    "a field signed once and sent in two": lambda sign: sign(headers={"X-Amz-List": "one,two"})
    .without("X-Amz-List")
    .adding(("X-Amz-List", "one"), ("x-amz-list", "two")),
    "white space that means nothing": lambda sign: sign(headers={"X-Amz-Text": "one two"}).setting(
        "X-Amz-Text", "  one \t  two  "
    ),
    "no spaces between the parts": lambda sign: sign().altering(", ", ","),
    "fields that nobody signs": lambda sign: sign().adding(
        ("User-Agent", "x"), ("X-Amzn-Trace-Id", "Root=1"), ("X-Forwarded-For", "192.0.2.1"), ("Accept", "*/*")
    ),
    "the body's hash": lambda sign: sign(headers={"X-Amz-Content-SHA256": hashlib.sha256(b"{}").hexdigest()}),
    "a date that is not Amazon's": lambda sign: sign(headers={"Date": "now"}),
    "Amazon's date beside another": lambda sign: sign().adding(("Date", "Sun, 30 Aug 2015 12:36:00 GMT")),
    "another Region that is served": lambda sign: sign(region="us-west-2"),
}


def capitals(request):
    request.fields = [(name.upper(), value) for name, value in request.fields]
    return request


def small_letters(request):
    request.fields = [(name.lower(), value) for name, value in request.fields]
    return request


def reverse(request):
    request.fields.reverse()
    return request


@pytest.mark.parametrize("rule", ACCEPTED)
def test_accepted(verified, sign, rule):
    answer = ACCEPTED[rule](sign).send(verified)
    assert answer.status == 200, answer


def test_date_without_amazons_is_what_was_sent(sign):
    """botocore signs `Date` instead of `X-Amz-Date` when it is asked to: the row above is about that."""
    request = sign(headers={"Date": "now"})
    assert "date;host" in request.value("Authorization")
    assert not any(name.lower() == "x-amz-date" for name, _ in request.fields)


def test_the_same_request_is_accepted_again(verified, sign):
    request = sign()
    answers = [request.send(verified) for _ in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert len({answer.headers["x-amzn-RequestId"] for answer in answers}) == 3


def test_no_verdict_is_remembered(verified, sign):
    """A signature that was good is not good for another request, nor is one that was bad good afterwards."""
    request = sign()
    assert request.send(verified).status == 200
    refused_as(Request("POST", "/", b'{"Limit":5}', list(request.fields)).send(verified), INVALID, MISMATCH)
    assert request.send(verified).status == 200


# MARK: Refused


# What is done, the error's code, and its text or a function of the request that gives it.
REFUSED = {
    # Unreadable.
    "two signatures": (
        lambda sign: twice(sign(), "Authorization"),
        INCOMPLETE,
        "'Authorization' must be given only once.",
    ),
    "Signature Version 4A": (lambda sign: sign().altering("HMAC", "ECDSA-P256"), INCOMPLETE, ALGORITHM),
    "another scheme": (lambda sign: sign().setting("Authorization", "Bearer abc"), INCOMPLETE, ALGORITHM),
    "no credential": (
        lambda sign: sign().altering("Credential=", "Other="),
        INCOMPLETE,
        "Authorization header requires 'Credential' parameter.",
    ),
    "no list of headers": (
        lambda sign: sign().altering("SignedHeaders=", "Other="),
        INCOMPLETE,
        "Authorization header requires 'SignedHeaders' parameter.",
    ),
    "no signature": (
        lambda sign: sign().altering("Signature=", "Other="),
        INCOMPLETE,
        "Authorization header requires 'Signature' parameter.",
    ),
    "nothing but the algorithm, and no date": (
        lambda sign: sign().setting("Authorization", "AWS4-HMAC-SHA256").without("X-Amz-Date"),
        INCOMPLETE,
        "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. "
        "Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a "
        "'X-Amz-Date' or a 'Date' header.",
    ),
    "no date": (
        lambda sign: sign().without("X-Amz-Date"),
        INCOMPLETE,
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    ),
    "a part without a value": (
        lambda sign: sign().setting("Authorization", "AWS4-HMAC-SHA256 nonsense"),
        INCOMPLETE,
        "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with "
        f"Base64): '{header_hash('AWS4-HMAC-SHA256 nonsense')}'.",
    ),
    "a credential of four parts": (
        lambda sign: sign().altering("/aws4_request", ""),
        INCOMPLETE,
        lambda request: "Credential must have exactly 5 slash-delimited elements, e.g. "
        f"keyid/date/region/service/term, got '{request.value('Authorization').split('=')[1].split(',')[0]}'",
    ),
    "two dates": (
        lambda sign: twice(sign(), "X-Amz-Date"),
        INCOMPLETE,
        lambda request: DATE_FORM.format(f"{request.value('X-Amz-Date')},{request.value('X-Amz-Date')}"),
    ),
    "a date of another form": (
        lambda sign: sign().setting("X-Amz-Date", "2015-08-30T12:36:00Z"),
        INCOMPLETE,
        DATE_FORM.format("2015-08-30T12:36:00Z"),
    ),
    # Scope.
    "another ending of the scope": (
        lambda sign: sign().altering("aws4_request", "aws5_request"),
        INVALID,
        "Credential should be scoped with a valid terminator: 'aws4_request'",
    ),
    "another service": (
        lambda sign: sign(service="s3"),
        INVALID,
        "Credential should be scoped to correct service: 'kms'.",
    ),
    "a Region that is not served": (
        lambda sign: sign(region="eu-west-1"),
        INVALID,
        "Credential should be scoped to a valid Region, not 'eu-west-1'.",
    ),
    "another day": (
        lambda sign: another_day(sign()),
        INVALID,
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP",
    ),
    # Coverage.
    "a host that is not signed": (
        lambda sign: sign().altering("host;", ""),
        INVALID,
        must_be_signed("'Host' or ':authority'"),
    ),
    "a date that is not signed": (
        lambda sign: sign().altering("x-amz-date;", ""),
        INVALID,
        must_be_signed("'x-amz-date'"),
    ),
    "a date of HTTP that is not signed": (
        lambda sign: sign(headers={"Date": "now"}).altering("date;", ""),
        INVALID,
        must_be_signed("'Date'"),
    ),
    "a target that is not signed": (
        lambda sign: sign().altering(";x-amz-target", ""),
        INVALID,
        must_be_signed("'x-amz-target'"),
    ),
    "a session token added after signing": (
        lambda sign: sign().adding(("X-Amz-Security-Token", "token")),
        INVALID,
        must_be_signed("'x-amz-security-token'"),
    ),
    "a body's hash added after signing": (
        lambda sign: sign().adding(("X-Amz-Content-SHA256", "UNSIGNED-PAYLOAD")),
        INVALID,
        must_be_signed("'x-amz-content-sha256'"),
    ),
    "any other header of AWS added after signing": (
        lambda sign: sign().adding(("X-Amz-Anything", "1")),
        INVALID,
        must_be_signed("'x-amz-anything'"),
    ),
    "names out of order": (lambda sign: sign().altering("host;x-amz-date", "x-amz-date;host"), INVALID, DISORDER),
    "a name in capitals": (lambda sign: sign().altering("host;", "Host;"), INVALID, DISORDER),
    "a name twice": (lambda sign: sign().altering("host;", "host;host;"), INVALID, DISORDER),
    # Ambiguous: what was signed is no operation, only its pieces are.
    "a target signed once and sent in two": (
        lambda sign: sign(headers={"X-Amz-Target": "TrentService.ListKeys,TrentService.CreateKey"})
        .without("X-Amz-Target")
        .adding(("X-Amz-Target", "TrentService.ListKeys"), ("X-Amz-Target", "TrentService.CreateKey")),
        "UnknownOperationException",
        None,
    ),
    "a target that is the same to Unicode only": (
        lambda sign: sign(headers={"X-Amz-Target": "TrentService.List\u212aeys"}).setting(
            "X-Amz-Target", "TrentService.List\u212aeys".encode()
        ),
        "UnknownOperationException",
        None,
    ),
    # Body.
    "a body that the signature leaves out": (
        lambda sign: sign(headers={"X-Amz-Content-SHA256": "UNSIGNED-PAYLOAD"}),
        INVALID,
        "The request body must be signed: 'x-amz-content-sha256' must be the hash of the body.",
    ),
    "a body of another hash": (
        lambda sign: sign(headers={"X-Amz-Content-SHA256": hashlib.sha256(b"other").hexdigest()}),
        INVALID,
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ),
    "a body in signed pieces": (
        lambda sign: sign(headers={"X-Amz-Content-SHA256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"}),
        INVALID,
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ),
    "another body": (lambda sign: sign().with_body(b'{"Limit":5}'), INVALID, MISMATCH),
    "no body where one was signed": (lambda sign: sign().with_body(b""), INVALID, MISMATCH),
    "a body where none was signed": (lambda sign: sign(body=b"").with_body(b"{}"), INVALID, MISMATCH),
    # Signature.
    "another host": (lambda sign: sign().setting("Host", "elsewhere"), INVALID, MISMATCH),
    "a host without the port that was signed": (
        lambda sign: sign(headers={"Host": "kms.example.com:443"}).setting("Host", "kms.example.com"),
        INVALID,
        MISMATCH,
    ),
    "a host in small letters where capitals were signed": (
        lambda sign: sign(headers={"Host": "KMS.example.com"}).setting("Host", "kms.example.com"),
        INVALID,
        MISMATCH,
    ),
    "another target": (
        lambda sign: sign().setting("X-Amz-Target", "TrentService.ListAliases"),
        INVALID,
        MISMATCH,
    ),
    "two fields in another order": (
        lambda sign: sign(headers={"X-Amz-List": "one,two"})
        .without("X-Amz-List")
        .adding(("X-Amz-List", "two"), ("X-Amz-List", "one")),
        INVALID,
        MISMATCH,
    ),
    "a second field of a signed name": (
        lambda sign: sign(headers={"X-Amz-List": "one"}).adding(("x-amz-list", "two")),
        INVALID,
        MISMATCH,
    ),
    "a signed field that is not there": (lambda sign: sign().without("Content-Type"), INVALID, MISMATCH),
    "a name of no field": (
        lambda sign: sign().altering("content-type;", "content-type;date;"),
        INVALID,
        MISMATCH,
    ),
    "the signature in capitals": (lambda sign: signature(sign(), str.upper), INVALID, MISMATCH),
    "half a signature": (lambda sign: signature(sign(), lambda digits: digits[:32]), INVALID, MISMATCH),
    "a longer signature": (lambda sign: signature(sign(), lambda digits: digits + "00"), INVALID, MISMATCH),
    "a signature of zeros": (lambda sign: signature(sign(), lambda digits: "0" * 64), INVALID, MISMATCH),
    # Identity.
    "an access key that does not exist": (
        lambda sign: access_key(sign(), "AKIAIOSFODNN7EXAMPLE"),
        "UnrecognizedClientException",
        UNKNOWN,
    ),
    "a session token of nobody": (
        lambda sign: sign(headers={"X-Amz-Security-Token": "FwoGZXIvYXdzEXAMPLE"}),
        "UnrecognizedClientException",
        UNKNOWN,
    ),
}


def twice(request, name):
    return request.adding((name, request.value(name)))


def another_day(request):
    today = request.value("X-Amz-Date")[:8]
    return request.altering(f"/{today}/", "/20150830/")


def signature(request, change):
    digits = request.value("Authorization").rpartition("=")[2]
    return request.altering(f"Signature={digits}", f"Signature={change(digits)}")


def access_key(request, replacement):
    current = request.value("Authorization").split("Credential=")[1].split("/")[0]
    return request.altering(f"Credential={current}/", f"Credential={replacement}/")


def refused_as(answer, code, message):
    assert (answer.status, answer.code, answer.message) == (400, code, message)


@pytest.mark.parametrize("rule", REFUSED)
def test_refused(verified, sign, rule):
    make, code, message = REFUSED[rule]
    request = make(sign)
    refused_as(request.send(verified), code, message(request) if callable(message) else message)


def test_no_signature(verified, sign):
    refused_as(
        sign().without("Authorization").send(verified),
        "MissingAuthenticationTokenException",
        "Missing Authentication Token",
    )


def timestamp(text):
    return datetime.datetime.strptime(text, "%Y%m%dT%H%M%SZ")


@pytest.mark.parametrize(
    "offset, pattern",
    [
        (-302, r"Signature expired: (\w+) is now earlier than (\w+) \((\w+) - 5 min\.\)"),
        (-86400, r"Signature expired: (\w+) is now earlier than (\w+) \((\w+) - 5 min\.\)"),
        (330, r"Signature not yet current: (\w+) is still later than (\w+) \((\w+) \+ 5 min\.\)"),
        (86400, r"Signature not yet current: (\w+) is still later than (\w+) \((\w+) \+ 5 min\.\)"),
    ],
)
def test_clocks_apart(verified, sign, offset, pattern):
    now = datetime.datetime.now(datetime.timezone.utc)
    request = sign(when=now + datetime.timedelta(seconds=offset))
    answer = request.send(verified)
    assert (answer.status, answer.code) == (400, INVALID)
    match = re.fullmatch(pattern, answer.message)
    assert match, answer.message
    signed, limit, server = map(timestamp, match.groups())
    assert match.group(1) == request.value("X-Amz-Date")
    assert limit - server == datetime.timedelta(minutes=-5 if offset < 0 else 5)
    assert abs(server - now.replace(tzinfo=None)) < datetime.timedelta(seconds=30)
    assert signed < limit if offset < 0 else signed > limit


@pytest.mark.parametrize("offset", [-270, 270])
def test_clocks_apart_by_less_than_five_minutes(verified, sign, offset):
    now = datetime.datetime.now(datetime.timezone.utc)
    assert sign(when=now + datetime.timedelta(seconds=offset)).send(verified).status == 200


def test_folded_fields_are_no_http(verified, sign):
    """A signature could cover them (white space is one space), but HTTP has done away with them (RFC 9112 §5.2)."""
    request = sign(headers={"X-Amz-Text": "one two"}).setting("X-Amz-Text", "one\r\n two")
    lines = [f"POST / HTTP/1.1", *(f"{name}: {value}" for name, value in request.fields), "Content-Length: 2"]
    assert status_of(exchange(verified, "\r\n".join(lines).encode() + b"\r\n\r\n{}")) == 400


# MARK: Presigned


@pytest.fixture(scope="module")
def presigned(verified, credentials):
    """The target of a request for the caller's identity, signed by boto3 in its query."""
    client = kms_client(verified, access_key_id=credentials[0], secret=credentials[1], service="sts")

    def make(seconds=60):
        url = client.generate_presigned_url("get_caller_identity", ExpiresIn=seconds, HttpMethod="GET")
        return url.removeprefix(verified.url)

    return make


def get(server, target, *fields):
    return Request("GET", target, b"", [("Host", f"127.0.0.1:{server.port}"), *fields]).send(server)


def test_presigned_identity(verified, presigned):
    target = presigned()
    for _ in range(2):
        answer = get(verified, target)
        assert answer.status == 200, answer
        assert verified.administrator()["Arn"].encode() in answer.body


@pytest.mark.parametrize(
    "old, new",
    [
        ("X-Amz-Expires=60", "X-Amz-Expires=3600"),
        ("Version=2011-06-15", "Version=2011-06-15&Extra=1"),
        ("X-Amz-Signature=", "X-Amz-Security-Token=token&X-Amz-Signature="),
    ],
)
def test_altered_presigned_identity(verified, presigned, old, new):
    target = presigned()
    assert old in target
    answer = get(verified, target.replace(old, new))
    assert answer.status in (400, 403)
    assert b"<Arn>" not in answer.body


def test_presigned_identity_with_a_token_added_as_a_header(verified, presigned):
    answer = get(verified, presigned(), ("X-Amz-Security-Token", "token"))
    assert answer.status == 403
    assert b"<Code>SignatureDoesNotMatch</Code>" in answer.body


@pytest.mark.parametrize("method, body", [("POST", b"{}"), ("GET", b"")])
def test_presigned_requests_for_keys_are_refused(verified, credentials, presigned, method, body):
    """Whether for the signature or because operations have no query: no key is reached with one."""
    target = presigned().replace("%2Fsts%2F", "%2Fkms%2F")
    fields = [("Host", f"127.0.0.1:{verified.port}"), ("X-Amz-Target", "TrentService.ListKeys")]
    answer = Request(method, target, body, fields).send(verified)
    assert answer.status in (400, 403)
    assert b"Keys" not in answer.body.replace(b"ListKeys", b"")


def test_all_of_it_leaves_the_server_well(verified, sign):
    assert sign().send(verified).status == 200
    assert verified.is_alive()
