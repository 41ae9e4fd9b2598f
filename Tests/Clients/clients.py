"""Unchanged AWS clients pointed at a server under test."""

import json
import subprocess
import sys

import boto3
import botocore.config
import botocore.exceptions
import pytest

from answer_shapes import check_answer
from server import clean_environment

ACCOUNT = "123456789012"
REGION = "us-east-1"

# Members of answers that are secrets.
SECRET_MEMBERS = ("Plaintext", "PrivateKeyPlaintext", "SharedSecret")


def kms_client(
    server,
    account=ACCOUNT,
    region=REGION,
    access_key_id=None,
    secret="development",
    validate=True,
    service="kms",
    **settings,
):
    """A boto3 client. In --dev the access key id is the account; `validate=False` sends what boto3 would refuse."""
    config = botocore.config.Config(
        retries={"total_max_attempts": 1, "mode": "standard"},
        parameter_validation=validate,
        connect_timeout=10,
        read_timeout=settings.pop("read_timeout", 120),
        max_pool_connections=64,
    )
    session = boto3.session.Session(
        aws_access_key_id=access_key_id or account,
        aws_secret_access_key=secret,
        region_name=region,
    )
    client = session.client(
        service,
        endpoint_url=server.url,
        config=config,
        verify=str(server.tls_ca) if server.tls_ca else None,
        **settings,
    )

    def remember_secrets(parsed, model, **_):
        for name in SECRET_MEMBERS:
            if isinstance(parsed.get(name), bytes):
                server.secrets.record(parsed[name], f"{model.name}.{name}")

    client.meta.events.register(f"after-call.{service}", remember_secrets)
    if service == "kms":
        client.meta.events.register("before-parse.kms", check_answer)
    return client


def administrator_client(server, **settings):
    """A client with the credentials of a server's first start."""
    credentials = server.administrator()
    server.secrets.record_text(credentials["SecretAccessKey"], "the administrator's secret access key")
    return kms_client(
        server, access_key_id=credentials["AccessKeyId"], secret=credentials["SecretAccessKey"], **settings
    )


class Refusal:
    """What a service answered instead of an output."""

    def __init__(self, error):
        self.code = error.response["Error"]["Code"]
        self.message = error.response["Error"]["Message"]
        self.status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        self.request_id = error.response["ResponseMetadata"].get("RequestId")

    def __repr__(self):
        return f"{self.status} {self.code}: {self.message!r}"


def refused(code, message=None, status=400):
    """Expects a refusal with this code and, unless None, exactly this text; an empty text means that none was sent."""
    return _Refused(code, message, status)


class _Refused:
    def __init__(self, code, message, status):
        self.code, self.message, self.status = code, message, status
        self.refusal = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if kind is None:
            pytest.fail(f"{self.code} was expected, and the call succeeded")
        if not issubclass(kind, botocore.exceptions.ClientError):
            return False
        self.refusal = Refusal(error)
        assert self.refusal.code == self.code, f"expected {self.code}, got {self.refusal}"
        if self.message is not None:
            assert self.refusal.message == self.message
        assert self.refusal.status == self.status, str(self.refusal)
        assert self.refusal.request_id, "an error without a request id"
        return True


class CommandLine:
    """The AWS CLI."""

    def __init__(self, server, account=ACCOUNT, region=REGION):
        self.server = server
        self.environment = clean_environment(
            {
                "AWS_ACCESS_KEY_ID": account,
                "AWS_SECRET_ACCESS_KEY": "development",
                "AWS_DEFAULT_REGION": region,
                "AWS_MAX_ATTEMPTS": "1",
                "AWS_PAGER": "",
            }
        )
        if server.tls_ca:
            self.environment["AWS_CA_BUNDLE"] = str(server.tls_ca)

    def run(self, *arguments):
        """Runs `aws --endpoint-url … kms ARGUMENTS` and returns the finished process."""
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "awscli",
                "--endpoint-url",
                self.server.url,
                "--output",
                "json",
                "kms",
                *map(str, arguments),
            ],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=180,
        )

    def __call__(self, *arguments):
        """Runs a command that should succeed, and returns its JSON."""
        finished = self.run(*arguments)
        assert finished.returncode == 0, finished.stderr
        return json.loads(finished.stdout) if finished.stdout.strip() else None

    def refusal(self, *arguments):
        """Runs a command that the service should refuse, and returns the error's code and text."""
        finished = self.run(*arguments)
        assert finished.returncode != 0, finished.stdout
        # "An error occurred (Code) when calling the Operation operation: text"
        before, _, text = finished.stderr.partition(" operation: ")
        return before.partition("(")[2].partition(")")[0], text.strip()
