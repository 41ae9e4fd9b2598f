"""Requests made by hand: for what no AWS client would send, and for answers looked at byte by byte."""

import base64
import datetime
import http.client
import json
import socket
import ssl

import botocore.auth
import botocore.awsrequest
import botocore.credentials

JSON_TYPE = "application/x-amz-json-1.1"


def dev_authorization(account="123456789012", region="us-east-1", service="kms"):
    """An Authorization header as --dev wants it: well-formed, the signature of no meaning."""
    return (
        f"AWS4-HMAC-SHA256 Credential={account}/20250101/{region}/{service}/aws4_request, "
        f"SignedHeaders=host;x-amz-date, Signature={'0' * 64}"
    )


class Answer:
    """An HTTP answer."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """The error's code; None for an answer that is no error."""
        return json.loads(self.body).get("__type") if self.body else None

    @property
    def message(self):
        """The error's text under either of its names; None when there is none."""
        body = json.loads(self.body)
        return body.get("message", body.get("Message"))

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"


class Wire:
    """A connection for hand-made requests in --dev, kept alive between them."""

    def __init__(self, server, account="123456789012", region="us-east-1", timeout=60):
        self.server, self.account, self.region, self.timeout = server, account, region, timeout
        self._connection = None

    def _open(self):
        if self._connection is None:
            if self.server.tls_ca:
                context = ssl.create_default_context(cafile=str(self.server.tls_ca))
                self._connection = http.client.HTTPSConnection(
                    "127.0.0.1", self.server.port, timeout=self.timeout, context=context
                )
            else:
                self._connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=self.timeout)
        return self._connection

    def close(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send(self, method="POST", path="/", body=b"", headers=None):
        """Sends exactly these headers, besides Host and Content-Length."""
        connection = self._open()
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            result = Answer(answer.status, answer.headers, answer.read())
        except BaseException:
            self.close()
            raise
        if answer.will_close:
            self.close()
        return result

    def post(self, target, body=b"", **changed):
        """Posts a body (bytes, or something to write as JSON) to an operation. Headers can be changed; None leaves one out."""
        if not isinstance(body, bytes):
            body = json.dumps(body, default=_base64).encode()
        headers = {
            "Content-Type": JSON_TYPE,
            "X-Amz-Target": target if "." in target else f"TrentService.{target}",
            "X-Amz-Date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ"),
            "Authorization": dev_authorization(self.account, self.region),
        }
        for name, value in changed.items():
            name = name.replace("_", "-")
            if value is None:
                headers.pop(name, None)
            else:
                headers[name] = value
        return self.send(body=body, headers=headers)

    def call(self, operation, **input):
        """The output of an operation that should succeed."""
        answer = self.post(operation, input)
        assert answer.status == 200, answer
        return answer.json if answer.body else {}


def _base64(value):
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(type(value))


def signed_request(
    server,
    operation,
    body,
    access_key_id,
    secret,
    *,
    region="us-east-1",
    service="kms",
    when=None,
    headers=None,
    method="POST",
    path="/",
):
    """A request signed by botocore's own signer: (method, path, body, headers). Tests alter it before sending."""
    request = botocore.awsrequest.AWSRequest(
        method=method,
        url=server.url + path,
        data=body,
        headers={
            "Content-Type": JSON_TYPE,
            "X-Amz-Target": f"TrentService.{operation}",
            **(headers or {}),
        },
    )
    credentials = botocore.credentials.Credentials(access_key_id, secret)
    signer = SignerAt(credentials, service, region, when or datetime.datetime.now(datetime.timezone.utc))
    signer.add_auth(request)
    signed = dict(request.headers.items())
    signed["Host"] = f"127.0.0.1:{server.port}"
    return method, path, body, signed


class SignerAt(botocore.auth.SigV4Auth):
    """botocore's SigV4 signer with a clock of the test's choice."""

    def __init__(self, credentials, service, region, when):
        super().__init__(credentials, service, region)
        self.when = when

    def add_auth(self, request):
        request.context["timestamp"] = self.when.strftime("%Y%m%dT%H%M%SZ")
        self._modify_request_before_signing(request)
        string_to_sign = self.string_to_sign(request, self.canonical_request(request))
        self._inject_signature_to_request(request, self.signature(string_to_sign, request))


def exchange(server, data, timeout=10, half_close=False):
    """Sends raw bytes on a new connection and returns all that comes back until the server closes or is silent."""
    received = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=timeout) as connection:
        try:
            connection.sendall(data)
            if half_close:
                connection.shutdown(socket.SHUT_WR)
            while chunk := connection.recv(65536):
                received += chunk
        except (TimeoutError, ConnectionError):
            pass
    return received


def status_of(received):
    """The status of the first answer in raw bytes; None when there is none."""
    line = received.split(b"\r\n", 1)[0].split(b" ")
    return int(line[1]) if len(line) >= 2 and line[0].startswith(b"HTTP/1.") else None
