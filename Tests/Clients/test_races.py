"""Many requests at once: what may happen once happens once, and nothing is seen half done."""

import collections
import concurrent.futures
import os

import botocore.exceptions
import pytest

from clients import kms_client
from key_material import external_key, wrapped_for

EAST, WEST, IRELAND = "us-east-1", "us-west-2", "eu-west-1"


def outcomes(calls):
    """The calls, all at once: how often each came out how."""

    def outcome(call):
        try:
            call()
        except botocore.exceptions.ClientError as error:
            return error.response["Error"]["Code"]
        return "done"

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        return collections.Counter(pool.map(outcome, calls))


@pytest.fixture
def fresh(own):
    return own.create_key()["KeyMetadata"]["KeyId"]


def test_quotas_hold(start, account):
    quotas = {"keys": 7, "aliases-per-key": 5, "grants-per-key": 6}
    kms = kms_client(start(*(flag for name in quotas for flag in ("--quota", f"{name}={quotas[name]}"))))
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    assert outcomes([kms.create_key] * 30) == {"done": 6, "LimitExceededException": 24}
    aliases = [
        lambda name=f"alias/{number}": kms.create_alias(AliasName=name, TargetKeyId=key) for number in range(30)
    ]
    assert outcomes(aliases) == {"done": 5, "LimitExceededException": 25}
    # No two alike: the same name, principal and operations would be one grant.
    grants = [
        lambda name=f"grant-{number}": kms.create_grant(
            KeyId=key, GranteePrincipal=f"arn:aws:iam::{account}:user/a", Operations=["Encrypt"], Name=name
        )
        for number in range(30)
    ]
    assert outcomes(grants) == {"done": 6, "LimitExceededException": 24}
    assert len(kms.list_grants(KeyId=key)["Grants"]) == 6


def test_twenty_five_rotations(own, fresh):
    assert outcomes([lambda: own.rotate_key_on_demand(KeyId=fresh)] * 40) == {"done": 25, "LimitExceededException": 15}
    rotations = own.list_key_rotations(KeyId=fresh)["Rotations"]
    assert [entry["KeyMaterialState"] for entry in rotations] == ["NON_CURRENT"] * 24 + ["CURRENT"]


def test_a_key_is_used_while_it_rotates(own, fresh):
    def use():
        blob = own.encrypt(KeyId=fresh, Plaintext=b"x")["CiphertextBlob"]
        assert own.decrypt(CiphertextBlob=blob, KeyId=fresh)["Plaintext"] == b"x"

    calls = [use, use, use, lambda: own.rotate_key_on_demand(KeyId=fresh)] * 25
    assert outcomes(calls) == {"done": 100}


def test_one_replica_in_a_region(own):
    key = own.create_key(MultiRegion=True)["KeyMetadata"]["KeyId"]
    calls = [
        lambda region=region: own.replicate_key(KeyId=key, ReplicaRegion=region) for region in (WEST, IRELAND) * 8
    ]
    assert outcomes(calls) == {"done": 2, "AlreadyExistsException": 14}
    replicas = own.describe_key(KeyId=key)["KeyMetadata"]["MultiRegionConfiguration"]["ReplicaKeys"]
    assert sorted(replica["Region"] for replica in replicas) == [IRELAND, WEST]


def test_one_primary(dev, account, own):
    key = own.create_key(MultiRegion=True)["KeyMetadata"]["KeyId"]
    regions = {region: kms_client(dev, account=account, region=region) for region in (EAST, WEST, IRELAND)}
    for region in (WEST, IRELAND):
        own.replicate_key(KeyId=key, ReplicaRegion=region)
    calls = [
        lambda client=client, target=target: client.update_primary_region(KeyId=key, PrimaryRegion=target)
        for client in regions.values()
        for target in regions
    ] * 5
    assert outcomes(calls)["done"] >= 1
    views = [client.describe_key(KeyId=key)["KeyMetadata"]["MultiRegionConfiguration"] for client in regions.values()]
    assert sorted(view["MultiRegionKeyType"] for view in views) == ["PRIMARY", "REPLICA", "REPLICA"]
    (primary,) = {view["PrimaryKey"]["Region"] for view in views}
    for view in views:
        listed = {replica["Region"] for replica in view["ReplicaKeys"]}
        assert listed == set(regions) - {primary}


def test_one_first_material(own):
    key = external_key(own)["KeyId"]
    requests = [wrapped_for(own, key, os.urandom(32)) for _ in range(6)]
    calls = [
        lambda request=request: own.import_key_material(ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE", **request)
        for request in requests
    ]
    assert outcomes(calls) == {"done": 1, "IncorrectKeyMaterialException": 5}
    assert outcomes(calls) == {"done": 1, "IncorrectKeyMaterialException": 5}, "the same one again"


def test_one_alias(own, fresh):
    other = own.create_key()["KeyMetadata"]["KeyId"]
    calls = [
        lambda target=target: own.create_alias(AliasName="alias/raced", TargetKeyId=target)
        for target in (fresh, other) * 8
    ]
    assert outcomes(calls) == {"done": 1, "AlreadyExistsException": 15}


def test_states_are_seen_whole(own, fresh):
    """Whatever the order, a use works or is refused for the state: it never fails in another way."""
    uses = [lambda: own.generate_data_key(KeyId=fresh, KeySpec="AES_256")] * 3
    changes = [lambda: own.disable_key(KeyId=fresh), lambda: own.enable_key(KeyId=fresh)]
    assert set(outcomes([*uses, *changes] * 20)) <= {"done", "DisabledException"}
