"""Resource quotas, made small enough to reach by --quota."""

import json

import pytest

from clients import ACCOUNT, kms_client, refused
from external_key_stores import authority, proxy, proxy_flags, settings  # fixtures among them
from server import Server, run_keywright
from xks_proxy import Proxy

QUOTAS = {
    "keys": 12,
    "aliases-per-key": 2,
    "grants-per-key": 3,
    "custom-key-stores": 1,
    "on-demand-rotations-per-key": 2,
    "tags-per-key": 3,
    "policy-bytes": 400,
}


@pytest.fixture(scope="module")
def second_proxy(authority):
    with Proxy(authority.issue("second.example.com"), "second.example.com") as proxy:
        yield proxy


@pytest.fixture(scope="module")
def server(tmp_path_factory, authority, proxy, second_proxy):
    flags = [flag for name, number in QUOTAS.items() for flag in ("--quota", f"{name}={number}")]
    flags += proxy_flags(authority, {proxy.host: proxy.port, second_proxy.host: second_proxy.port})
    with Server(tmp_path_factory.mktemp("quotas") / "log", *flags) as server:
        yield server


@pytest.fixture
def kms(server, account):
    return kms_client(server, account=account)


@pytest.fixture
def key(kms):
    return kms.create_key()["KeyMetadata"]


def test_keys_of_an_account_in_a_region(server, account, kms):
    made = [kms.create_key()["KeyMetadata"] for _ in range(QUOTAS["keys"])]
    for more in ({}, {"Origin": "EXTERNAL"}, {"MultiRegion": True}):
        with refused("LimitExceededException"):
            kms.create_key(**more)
    kms.schedule_key_deletion(KeyId=made[0]["KeyId"])
    with refused("LimitExceededException"):  # it is there until it is gone
        kms.create_key()
    elsewhere = kms_client(server, account=account, region="us-west-2")
    elsewhere.create_key()
    kms_client(server, account=ACCOUNT).create_key()


def test_replicas_count_too(server, account, kms):
    primaries = [kms.create_key(MultiRegion=True)["KeyMetadata"]["KeyId"] for _ in range(2)]
    west = kms_client(server, account=account, region="us-west-2")
    for _ in range(QUOTAS["keys"] - 1):
        west.create_key()
    kms.replicate_key(KeyId=primaries[0], ReplicaRegion="us-west-2")
    with refused("LimitExceededException"):
        kms.replicate_key(KeyId=primaries[1], ReplicaRegion="us-west-2")
    with refused("LimitExceededException"):
        west.create_key()


def test_aliases_of_a_key(kms, key):
    for name in ("alias/a", "alias/b"):
        kms.create_alias(AliasName=name, TargetKeyId=key["KeyId"])
    with refused("LimitExceededException"):
        kms.create_alias(AliasName="alias/c", TargetKeyId=key["KeyId"])
    other = kms.create_key()["KeyMetadata"]
    kms.create_alias(AliasName="alias/c", TargetKeyId=other["KeyId"])
    with refused("LimitExceededException"):
        kms.update_alias(AliasName="alias/c", TargetKeyId=key["KeyId"])
    kms.delete_alias(AliasName="alias/a")
    kms.update_alias(AliasName="alias/c", TargetKeyId=key["KeyId"])


def test_grants_on_a_key(kms, key):
    def grant():
        principal = f"arn:aws:iam::{ACCOUNT}:user/somebody"
        return kms.create_grant(KeyId=key["KeyId"], GranteePrincipal=principal, Operations=["Encrypt"])["GrantId"]

    grants = [grant() for _ in range(QUOTAS["grants-per-key"])]
    with refused("LimitExceededException"):
        grant()
    kms.revoke_grant(KeyId=key["KeyId"], GrantId=grants[0])
    grant()


def test_rotations_on_demand_of_a_key(kms, key):
    for _ in range(QUOTAS["on-demand-rotations-per-key"]):
        kms.rotate_key_on_demand(KeyId=key["KeyId"])
    with refused(
        "LimitExceededException",
        "The on-demand rotations limit has been reached for the given keyId. "
        f"No more on-demand rotations can be performed for this key: {key['Arn']}",
    ):
        kms.rotate_key_on_demand(KeyId=key["KeyId"])


def test_tags_of_a_key(kms, key):
    def tags(*names):
        return [{"TagKey": name, "TagValue": "x"} for name in names]

    kms.tag_resource(KeyId=key["KeyId"], Tags=tags("a", "b", "c"))
    with refused("TagException", "Too many tags"):
        kms.tag_resource(KeyId=key["KeyId"], Tags=tags("d"))
    kms.tag_resource(KeyId=key["KeyId"], Tags=tags("a"))  # it replaces one
    kms.untag_resource(KeyId=key["KeyId"], TagKeys=["b"])
    kms.tag_resource(KeyId=key["KeyId"], Tags=tags("d"))


def test_bytes_of_a_policy(kms, key, account):
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": "kms:*",
        "Resource": "*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    longest = policy + " " * (QUOTAS["policy-bytes"] - len(policy))
    kms.put_key_policy(KeyId=key["KeyId"], Policy=longest)
    for call in (
        lambda policy: kms.put_key_policy(KeyId=key["KeyId"], Policy=policy),
        lambda policy: kms.create_key(Policy=policy),
    ):
        with refused("LimitExceededException"):
            call(longest + " ")


def test_custom_key_stores_of_an_account(kms, proxy, second_proxy):
    first = kms.create_custom_key_store(**settings(proxy))["CustomKeyStoreId"]
    with refused("LimitExceededException"):
        kms.create_custom_key_store(**settings(second_proxy))
    kms.delete_custom_key_store(CustomKeyStoreId=first)
    kms.create_custom_key_store(**settings(second_proxy))


@pytest.mark.parametrize(
    "quota",
    ["keys", "keys=", "keys=x", "keys=-1", "keys=1.5", "=5", "grants=5", "Keys=5", "keys=99999999999999999999"],
)
def test_quotas_that_are_wrong(quota):
    finished = run_keywright("serve", "--dev", "--port", "0", "--quota", quota)
    assert finished.returncode > 1, finished
    assert "quota" in finished.stderr
