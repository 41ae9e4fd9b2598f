"""serve --dev --explain: every answer says what decided on its request."""

import pytest

from clients import ACCOUNT, kms_client, refused
from server import Server, run_keywright

OTHER = "200000000042"


@pytest.fixture(scope="module")
def explained(tmp_path_factory):
    with Server(tmp_path_factory.mktemp("explained") / "log", "--explain") as server:
        yield server


def decision(answer):
    return answer["ResponseMetadata"]["HTTPHeaders"].get("x-keywright-decision", "")


def test_what_allows(explained):
    kms = kms_client(explained)
    created = kms.create_key()
    assert decision(created) == "kms:CreateKey allowed by the account, whose root this is"
    described = kms.describe_key(KeyId=created["KeyMetadata"]["KeyId"])
    assert decision(described).startswith("kms:DescribeKey allowed by statement ")
    assert "Enable IAM User Permissions" in decision(described)


def test_a_grant_is_named(explained):
    kms = kms_client(explained)
    key = kms.create_key()["KeyMetadata"]["Arn"]
    grant = kms.create_grant(
        KeyId=key, GranteePrincipal=f"arn:aws:iam::{OTHER}:root", Operations=["DescribeKey"]
    )["GrantId"]
    assert decision(kms_client(explained, account=OTHER).describe_key(KeyId=key)) == f"kms:DescribeKey allowed by grant {grant}"


def test_what_denies_is_in_the_log_too(explained):
    kms = kms_client(explained)
    key = kms.create_key()["KeyMetadata"]["Arn"]
    with refused("AccessDeniedException"):
        kms_client(explained, account=OTHER).describe_key(KeyId=key)
    assert "denied: the resource is another account's, which does not allow it" in explained.log_text()


def test_nobody_is_told_without_it(dev):
    assert decision(kms_client(dev).create_key()) == ""


def test_only_development_explains(tmp_path):
    finished = run_keywright("serve", "--explain", "--data-dir", tmp_path / "data", "--port", "0")
    assert finished.returncode == 64
    assert "--dev" in finished.stderr
    assert ACCOUNT not in finished.stderr
