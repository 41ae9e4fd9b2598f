"""CreateGrant, ListGrants, ListRetirableGrants, RetireGrant, RevokeGrant, and grant tokens."""

import concurrent.futures
import datetime
import itertools

import pytest

from clients import ACCOUNT, REGION, kms_client, refused

ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
APP = "arn:aws:iam::444455556666:role/path/app"
UNKNOWN_GRANT = "0" * 64
WOULD_SUCCEED = ("DryRunOperationException", "The request would have succeeded, but the DryRun option is set.")

_accounts = itertools.count(300000000001)


def root(account):
    return f"arn:aws:iam::{account}:root"


@pytest.fixture
def mine(kms):
    """A key of the test's own."""
    return kms.create_key()["KeyMetadata"]


@pytest.fixture
def other(dev):
    """Makes clients in accounts that no other test uses, with the account."""

    def make():
        account = str(next(_accounts))
        return account, kms_client(dev, account=account)

    return make


def grant(kms, key, **more):
    parameters = {"GranteePrincipal": ALICE, "Operations": ["Decrypt"]} | more
    answer = kms.create_grant(KeyId=key["KeyId"], **parameters)
    assert set(answer) - {"ResponseMetadata"} == {"GrantId", "GrantToken"}
    assert len(answer["GrantId"]) == 64
    return answer


def listed(kms, key, **more):
    return kms.list_grants(KeyId=key["Arn"], **more)["Grants"]


def ids(grants):
    return [entry["GrantId"] for entry in grants]


# Making and listing


def test_a_grant_is_listed_with_all_its_facts(kms, mine):
    constraints = {"EncryptionContextSubset": {"team": "☃"}, "EncryptionContextEquals": {"a": "b"}}
    made = grant(
        kms, mine, RetiringPrincipal=APP, Operations=["Decrypt", "Encrypt"], Constraints=constraints, Name="a/b:c_d-1"
    )
    (entry,) = listed(kms, mine)
    created = entry.pop("CreationDate")
    assert abs(created - datetime.datetime.now(datetime.timezone.utc)) < datetime.timedelta(minutes=1)
    assert entry == {
        "KeyId": mine["Arn"],
        "GrantId": made["GrantId"],
        "Name": "a/b:c_d-1",
        "GranteePrincipal": ALICE,
        "RetiringPrincipal": APP,
        "IssuingAccount": root(ACCOUNT),
        "Operations": ["Decrypt", "Encrypt"],
        "Constraints": constraints,
    }


def test_a_plain_grant(kms, mine):
    grant(kms, mine)
    (entry,) = listed(kms, mine)
    assert set(entry) == {
        "KeyId",
        "GrantId",
        "Name",
        "CreationDate",
        "GranteePrincipal",
        "IssuingAccount",
        "Operations",
    }
    assert entry["Name"] == ""


def test_without_a_name_each_grant_is_new(kms, mine):
    made = [grant(kms, mine)["GrantId"] for _ in range(3)]
    assert sorted(made) == ids(listed(kms, mine))
    assert len(set(made)) == 3


def test_a_name_makes_retries_safe(kms, mine):
    named = dict(Name="one", Constraints={"EncryptionContextSubset": {"a": "b"}})
    first, second = grant(kms, mine, **named), grant(kms, mine, **named)
    assert first["GrantId"] == second["GrantId"]
    assert first["GrantToken"] != second["GrantToken"]
    different = grant(kms, mine, Name="one", Constraints={"EncryptionContextSubset": {"a": "c"}})
    assert different["GrantId"] != first["GrantId"]
    assert len(listed(kms, mine)) == 2


def test_a_name_makes_retries_safe_all_at_once(kms, mine):
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        made = list(pool.map(lambda _: grant(kms, mine, Name="one")["GrantId"], range(64)))
    assert len(set(made)) == 1
    assert ids(listed(kms, mine)) == made[:1]


@pytest.mark.parametrize(
    "principal",
    [
        root("444455556666"),
        "arn:aws:iam::444455556666:user/a",
        "arn:aws:iam::444455556666:user/path/a",
        "arn:aws:iam::444455556666:role/a",
        "arn:aws:sts::444455556666:assumed-role/a/b",
        "arn:aws:sts::444455556666:federated-user/a",
    ],
)
def test_principals(kms, mine, principal):
    grant(kms, mine, GranteePrincipal=principal, RetiringPrincipal=principal)
    (entry,) = listed(kms, mine, GranteePrincipal=principal)
    assert entry["RetiringPrincipal"] == principal


@pytest.mark.parametrize(
    "principal",
    [
        "alice",
        "444455556666",
        "dynamodb.us-east-1.amazonaws.com",
        "arn:aws:iam::444455556666:group/a",
        "arn:aws:iam::4444:root",
        "arn:aws-cn:iam::444455556666:root",
        "arn:aws:organizations::444455556666:organization/o-1",
    ],
)
def test_invalid_principals(kms, mine, principal):
    with refused("InvalidArnException"):
        grant(kms, mine, GranteePrincipal=principal)
    with refused("InvalidArnException"):
        grant(kms, mine, RetiringPrincipal=principal)
    assert listed(kms, mine) == []


@pytest.mark.parametrize(
    "name, operations, possible",
    [
        ("symmetric", ["Decrypt", "Encrypt", "ReEncryptFrom", "ReEncryptTo"], True),
        ("symmetric", ["GenerateDataKey", "GenerateDataKeyWithoutPlaintext"], True),
        ("symmetric", ["GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext"], True),
        ("symmetric", ["CreateGrant", "RetireGrant", "DescribeKey"], True),
        ("symmetric", ["Sign"], False),
        ("symmetric", ["GetPublicKey"], False),
        ("symmetric", ["Decrypt", "GenerateMac"], False),
        ("symmetric", ["DeriveSharedSecret"], False),
        ("signing", ["Sign", "Verify", "GetPublicKey", "DescribeKey", "CreateGrant", "RetireGrant"], True),
        ("signing", ["Decrypt"], False),
        ("signing", ["GenerateDataKey"], False),
        ("rsa", ["Encrypt", "Decrypt", "ReEncryptFrom", "ReEncryptTo", "GetPublicKey"], True),
        ("rsa", ["GenerateDataKey"], False),
        ("rsa", ["Sign"], False),
        ("mac", ["GenerateMac", "VerifyMac", "DescribeKey"], True),
        ("mac", ["GetPublicKey"], False),
        ("mac", ["Encrypt"], False),
    ],
)
def test_operations_a_key_can_do(kms, keys, name, operations, possible):
    if possible:
        grant(kms, keys[name], Operations=operations)
    else:
        with refused("ValidationException"):
            grant(kms, keys[name], Operations=operations)


def test_operations_that_are_none(unchecked, mine):
    for operations in (["ScheduleKeyDeletion"], ["decrypt"], []):
        with refused("ValidationException"):
            grant(unchecked, mine, Operations=operations)


def test_constraints(kms, keys, mine):
    eight = {f"k{number}": "☃" * 384 for number in range(8)}
    for kind in ("EncryptionContextSubset", "EncryptionContextEquals"):
        grant(kms, mine, Constraints={kind: eight})
        with refused("ValidationException"):
            grant(kms, mine, Constraints={kind: eight | {"ninth": ""}})
        with refused("ValidationException"):
            grant(kms, mine, Constraints={kind: {"a": "x" * 385}})
        for name, operation in (("signing", "Sign"), ("rsa", "Encrypt"), ("mac", "GenerateMac")):
            with refused("ValidationException"):
                grant(kms, keys[name], Operations=[operation], Constraints={kind: {"a": "b"}})


def test_states(kms, keys):
    for name, code in (
        ("disabled", "DisabledException"),
        ("leaving", "KMSInvalidStateException"),
        ("importing", "KMSInvalidStateException"),
    ):
        with refused(code):
            grant(kms, keys[name])
        assert listed(kms, keys[name]) == []
        with refused("NotFoundException"):
            kms.revoke_grant(KeyId=keys[name]["KeyId"], GrantId=UNKNOWN_GRANT)


def test_pages(kms, mine):
    made = sorted(grant(kms, mine, GranteePrincipal=ALICE if number % 2 else APP)["GrantId"] for number in range(7))
    for size in (1, 3, 7, 100):
        pages = list(
            kms.get_paginator("list_grants").paginate(KeyId=mine["KeyId"], PaginationConfig={"PageSize": size})
        )
        assert all(len(page["Grants"]) <= size for page in pages)
        assert [identifier for page in pages for identifier in ids(page["Grants"])] == made
    pages = kms.get_paginator("list_grants").paginate(
        KeyId=mine["KeyId"], GranteePrincipal=ALICE, PaginationConfig={"PageSize": 2}
    )
    assert len([entry for page in pages for entry in page["Grants"]]) == 3
    with refused("ValidationException"):
        kms.list_grants(KeyId=mine["KeyId"], Limit=101)
    with refused("InvalidMarkerException"):
        kms.list_grants(KeyId=mine["KeyId"], Marker="made up")


def test_the_default_page_has_fifty(kms, mine):
    for _ in range(51):
        grant(kms, mine)
    answer = kms.list_grants(KeyId=mine["KeyId"])
    assert len(answer["Grants"]) == 50
    assert answer["Truncated"] is True
    rest = kms.list_grants(KeyId=mine["KeyId"], Marker=answer["NextMarker"])
    assert len(rest["Grants"]) == 1
    assert "NextMarker" not in rest


def test_filter_by_id(kms, mine):
    one, two = grant(kms, mine)["GrantId"], grant(kms, mine, GranteePrincipal=APP)["GrantId"]
    assert ids(listed(kms, mine, GrantId=one)) == [one]
    assert ids(listed(kms, mine, GrantId=two, GranteePrincipal=APP)) == [two]
    assert listed(kms, mine, GrantId=two, GranteePrincipal=ALICE) == []
    with refused("InvalidGrantIdException"):
        listed(kms, mine, GrantId="not-an-id")


# Ending


def test_revoking(kms, mine):
    kept, revoked = grant(kms, mine)["GrantId"], grant(kms, mine)["GrantId"]
    kms.revoke_grant(KeyId=mine["Arn"], GrantId=revoked)
    assert ids(listed(kms, mine)) == [kept]
    with refused("NotFoundException"):
        kms.revoke_grant(KeyId=mine["Arn"], GrantId=revoked)
    with refused("InvalidGrantIdException"):
        kms.revoke_grant(KeyId=mine["Arn"], GrantId="not-an-id")


def test_retiring(kms, mine):
    by_token, by_id = grant(kms, mine), grant(kms, mine)
    kms.retire_grant(GrantToken=by_token["GrantToken"])
    assert ids(listed(kms, mine)) == [by_id["GrantId"]]
    kms.retire_grant(KeyId=mine["Arn"], GrantId=by_id["GrantId"])
    assert listed(kms, mine) == []
    with refused("NotFoundException"):
        kms.retire_grant(GrantToken=by_token["GrantToken"])
    with refused("NotFoundException"):
        kms.retire_grant(KeyId=mine["Arn"], GrantId=by_id["GrantId"])


def test_all_tokens_of_a_grant_are_good(kms, mine):
    first, second = grant(kms, mine, Name="one"), grant(kms, mine, Name="one")
    with refused(*WOULD_SUCCEED):
        kms.retire_grant(GrantToken=first["GrantToken"], DryRun=True)
    kms.retire_grant(GrantToken=second["GrantToken"])
    with refused("NotFoundException"):
        kms.retire_grant(GrantToken=first["GrantToken"])


def test_retiring_takes_a_token_or_a_key_and_an_id(kms, mine):
    made = grant(kms, mine)
    token, identifier, arn = made["GrantToken"], made["GrantId"], mine["Arn"]
    for parameters in (
        {},
        {"KeyId": arn},
        {"GrantId": identifier},
        {"GrantToken": token, "KeyId": arn},
        {"GrantToken": token, "GrantId": identifier},
        {"GrantToken": token, "KeyId": arn, "GrantId": identifier},
    ):
        with refused("ValidationException"):
            kms.retire_grant(**parameters)
    for wrong in ("garbage", token[:-1], token.swapcase(), "A" * len(token)):
        with refused("InvalidGrantTokenException"):
            kms.retire_grant(GrantToken=wrong)
    with refused("InvalidGrantIdException"):
        kms.retire_grant(KeyId=arn, GrantId="not-an-id")
    with refused("NotFoundException"):
        kms.retire_grant(KeyId=arn, GrantId=UNKNOWN_GRANT)
    assert len(listed(kms, mine)) == 1


def test_who_may_retire(kms, mine, other):
    (retirer, retiring), (grantee, granted), (_, stranger) = other(), other(), other()
    made = grant(kms, mine, GranteePrincipal=root(grantee), RetiringPrincipal=root(retirer))
    for client in (granted, stranger):
        for parameters in ({"GrantToken": made["GrantToken"]}, {"KeyId": mine["Arn"], "GrantId": made["GrantId"]}):
            with refused("AccessDeniedException"):
                client.retire_grant(**parameters)
            with refused("AccessDeniedException"):
                client.retire_grant(**parameters, DryRun=True)
    retiring.retire_grant(KeyId=mine["Arn"], GrantId=made["GrantId"])
    made = grant(kms, mine, GranteePrincipal=root(grantee), Operations=["Decrypt", "RetireGrant"])
    with refused("AccessDeniedException"):
        stranger.retire_grant(GrantToken=made["GrantToken"])
    granted.retire_grant(GrantToken=made["GrantToken"])
    assert listed(kms, mine) == []


def test_ending_grants_on_keys_that_cannot_be_used(kms, mine):
    made = [grant(kms, mine) for _ in range(4)]
    kms.disable_key(KeyId=mine["KeyId"])
    kms.revoke_grant(KeyId=mine["KeyId"], GrantId=made[0]["GrantId"])
    kms.retire_grant(GrantToken=made[1]["GrantToken"])
    kms.schedule_key_deletion(KeyId=mine["KeyId"], PendingWindowInDays=7)
    kms.revoke_grant(KeyId=mine["KeyId"], GrantId=made[2]["GrantId"])
    kms.retire_grant(KeyId=mine["Arn"], GrantId=made[3]["GrantId"])
    assert listed(kms, mine) == []


def test_retirable_grants(kms, mine, other):
    account, client = other()
    _, elsewhere = other()
    foreign = elsewhere.create_key()["KeyMetadata"]
    here = grant(kms, mine, RetiringPrincipal=root(account))
    there = grant(elsewhere, foreign, RetiringPrincipal=root(account))
    grant(kms, mine, GranteePrincipal=root(account))
    pages = client.get_paginator("list_retirable_grants").paginate(
        RetiringPrincipal=root(account), PaginationConfig={"PageSize": 1}
    )
    grants = [entry for page in pages for entry in page["Grants"]]
    assert ids(grants) == sorted([here["GrantId"], there["GrantId"]])
    assert {entry["KeyId"] for entry in grants} == {mine["Arn"], foreign["Arn"]}
    with refused("AccessDeniedException"):
        kms.list_retirable_grants(RetiringPrincipal=root(account))
    with refused("InvalidArnException"):
        client.list_retirable_grants(RetiringPrincipal="somebody")
    with refused("ValidationException"):
        client.list_retirable_grants(RetiringPrincipal=root(account), Limit=101)
    client.retire_grant(GrantToken=here["GrantToken"])
    assert ids(client.list_retirable_grants(RetiringPrincipal=root(account))["Grants"]) == [there["GrantId"]]


def test_dry_runs_change_nothing(kms, mine):
    made = grant(kms, mine)
    with refused(*WOULD_SUCCEED):
        grant(kms, mine, DryRun=True)
    with refused(*WOULD_SUCCEED):
        kms.revoke_grant(KeyId=mine["KeyId"], GrantId=made["GrantId"], DryRun=True)
    with refused(*WOULD_SUCCEED):
        kms.retire_grant(KeyId=mine["Arn"], GrantId=made["GrantId"], DryRun=True)
    assert ids(listed(kms, mine)) == [made["GrantId"]]
    with refused("NotFoundException"):
        kms.revoke_grant(KeyId=mine["KeyId"], GrantId=UNKNOWN_GRANT, DryRun=True)
    with refused("ValidationException"):
        grant(kms, mine, Operations=["Sign"], DryRun=True)


# Tokens


def test_tokens_are_taken_where_they_are_known(kms, keys, mine):
    tokens = [grant(kms, mine)["GrantToken"], grant(kms, keys["signing"], Operations=["Sign"])["GrantToken"]]
    blob = kms.encrypt(KeyId=mine["KeyId"], Plaintext=b"x", GrantTokens=tokens)["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=blob, GrantTokens=tokens)["Plaintext"] == b"x"
    kms.re_encrypt(CiphertextBlob=blob, DestinationKeyId=keys["other"]["KeyId"], GrantTokens=tokens)
    kms.generate_data_key(KeyId=mine["KeyId"], KeySpec="AES_256", GrantTokens=tokens)
    kms.generate_data_key_pair(KeyId=mine["KeyId"], KeyPairSpec="ECC_NIST_P256", GrantTokens=tokens)
    kms.describe_key(KeyId=mine["KeyId"], GrantTokens=tokens * 5)
    grant(kms, mine, GrantTokens=tokens)
    for call in (
        lambda: kms.encrypt(KeyId=mine["KeyId"], Plaintext=b"x", GrantTokens=tokens + ["garbage"]),
        lambda: kms.decrypt(CiphertextBlob=blob, GrantTokens=["garbage"]),
        lambda: grant(kms, mine, GrantTokens=["garbage"]),
    ):
        with refused("InvalidGrantTokenException"):
            call()
    with refused("ValidationException"):
        kms.describe_key(KeyId=mine["KeyId"], GrantTokens=tokens[:1] * 11)


def test_tokens_belong_to_a_region(dev, mine, kms):
    token = grant(kms, mine)["GrantToken"]
    abroad = kms_client(dev, region="eu-west-1")
    with refused("InvalidGrantTokenException"):
        abroad.retire_grant(GrantToken=token)
    key = abroad.create_key()["KeyMetadata"]
    with refused("InvalidGrantTokenException"):
        abroad.describe_key(KeyId=key["KeyId"], GrantTokens=[token])


def test_grants_are_kept_through_a_restart(start, tmp_path):
    server = start(data_dir=tmp_path / "data")
    kms = kms_client(server)
    key = kms.create_key()["KeyMetadata"]
    named = dict(Name="one", Constraints={"EncryptionContextEquals": {"a": "☃"}})
    made = grant(kms, key, **named)
    before = listed(kms, key)
    assert server.stop() == 0
    kms = kms_client(start(data_dir=tmp_path / "data"))
    assert listed(kms, key) == before
    assert grant(kms, key, **named)["GrantId"] == made["GrantId"]
    kms.describe_key(KeyId=key["KeyId"], GrantTokens=[made["GrantToken"]])
    kms.retire_grant(GrantToken=made["GrantToken"])
    assert listed(kms, key) == []


def test_aliases_name_no_key_here(kms, mine, alias):
    name = alias(mine["KeyId"])
    with refused("NotFoundException"):
        kms.list_grants(KeyId=name)
    with refused("InvalidArnException"):
        kms.list_grants(KeyId=f"arn:aws:kms:{REGION}:{ACCOUNT}:{name}")


def test_grants_of_other_accounts(kms, own, mine):
    made = grant(kms, mine)
    for call in (
        lambda: own.create_grant(KeyId=mine["Arn"], GranteePrincipal=ALICE, Operations=["Decrypt"]),
        lambda: own.list_grants(KeyId=mine["Arn"]),
        lambda: own.revoke_grant(KeyId=mine["Arn"], GrantId=made["GrantId"]),
    ):
        with refused("AccessDeniedException"):
            call()
    assert ids(listed(kms, mine)) == [made["GrantId"]]
