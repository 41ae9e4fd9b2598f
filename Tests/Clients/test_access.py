"""Who may do what: key policies, identity policies, boundaries and sessions, in two accounts, seen from outside."""

import json

import pytest

from clients import ACCOUNT, REGION, kms_client, refused
from declared import (
    BOUNDARY,
    IDENTITY,
    OTHER,
    OWNER,
    RESOURCE,
    SESSION,
    Cast,
    Identities,
    allow,
    delegation,
    denied,
    deny,
    document,
    forbidden,
    hidden,
    root,
    session_arn,
    silent,
    statement,
    to,
    user_arn,
)

ALICE, BOB, CAROL = user_arn("alice"), user_arn("bob"), user_arn("carol")
FRANK, GRACE = user_arn("frank", OTHER), user_arn("grace", OTHER)
USE = ("Encrypt", "Decrypt", "DescribeKey", "GenerateDataKey*", "ReEncrypt*")
ASSUME = document(statement("sts:AssumeRole"))
LOCKOUT = "The new key policy will not allow you to update the key policy in the future."
INVALID_PRINCIPAL = "Policy contains a statement with one or more invalid principals."
MISSING = "12345678-1234-1234-1234-123456789012"


def identities():
    """Two accounts: whoever has nothing to say for a test has no policy, so that what allows it is plain."""
    everything = allow("*")
    declared = Identities()
    declared.user("admin", everything, ASSUME)
    declared.user("alice", allow(*USE))
    declared.user("bob", ASSUME)
    declared.user("carol", everything, permissionsBoundary=allow("Encrypt", "DescribeKey"))
    declared.user("dave", everything, deny("Decrypt"))
    all_but_decrypt = document(*everything["Statement"], *deny("Decrypt")["Statement"])
    declared.user("erin", everything, permissionsBoundary=all_but_decrypt)
    declared.user("elsewhere", allow(*USE, resource=f"arn:aws:kms:us-west-2:{OWNER}:key/*"))
    declared.user("described", allow(*USE), path="/team/blue/")
    declared.user("creator", allow("CreateKey"))
    declared.user("tagger", allow("CreateKey", "TagResource"))
    declared.user("replicator", allow("ReplicateKey"))
    declared.user("copier", allow("ReplicateKey", "CreateKey"))
    declared.user("aliaser", allow("*Alias", resource=f"arn:aws:kms:*:{OWNER}:alias/*"))
    declared.user("keyer", allow("*Alias", resource=f"arn:aws:kms:*:{OWNER}:key/*"))
    declared.user("both", allow("*Alias"))
    declared.role("app", allow(*USE))
    declared.role("idle")
    declared.role("bounded", everything, permissionsBoundary=allow("Encrypt"))
    declared.user("frank", everything, account=OTHER)
    declared.user("grace", account=OTHER)
    return declared


@pytest.fixture(scope="module")
def cast(tmp_path_factory):
    declared = identities()
    regions = ("--region", "us-east-1", "--region", "us-west-2")
    with declared.serve(tmp_path_factory.mktemp("access"), *regions, "--log-level", "debug") as server:
        yield Cast(server, declared)


@pytest.fixture(scope="module")
def delegated(cast):
    """A key with the default policy, which leaves everything to its account."""
    return cast("admin").create_key()["KeyMetadata"]["Arn"]


def encrypt(kms, key):
    return kms.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]


def blob_of(cast, key):
    """Something that the key encrypted: its policy must let somebody, and that is the default key's reader here."""
    return encrypt(cast("admin"), key)


# The key policy is the root of trust


def test_a_key_that_leaves_it_to_the_account(cast, delegated):
    blob = encrypt(cast("alice"), delegated)
    assert cast("alice").decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"
    cast("described").decrypt(CiphertextBlob=blob)
    with denied(BOB, "Decrypt", delegated, silent(IDENTITY, "Decrypt")):
        cast("bob").decrypt(CiphertextBlob=blob, KeyId=delegated)
    with denied(BOB, "Encrypt", delegated, silent(IDENTITY, "Encrypt")):
        encrypt(cast("bob"), delegated)
    with denied(ALICE, "DisableKey", delegated, silent(IDENTITY, "DisableKey")):
        cast("alice").disable_key(KeyId=delegated)


def test_without_the_account_identity_policies_do_nothing(cast):
    key = cast.key(to(BOB, "Encrypt"))["Arn"]
    encrypt(cast("bob"), key)
    for name in ("alice", "dave"):
        with denied(user_arn(name), "Encrypt", key, silent(RESOURCE, "Encrypt")):
            encrypt(cast(name), key)
    # The same goes for who may do everything in the account, and for what nobody was named for.
    with denied(user_arn("admin"), "Encrypt", key, silent(RESOURCE, "Encrypt")):
        encrypt(cast("admin"), key)
    with denied(BOB, "GenerateDataKey", key, silent(RESOURCE, "GenerateDataKey")):
        cast("bob").generate_data_key(KeyId=key, KeySpec="AES_256")


@pytest.mark.parametrize("account", [OWNER, root(OWNER)])
def test_delegation_of_some_actions(cast, account):
    key = cast.key(to(account, "Encrypt", "describe*"))["Arn"]
    encrypt(cast("alice"), key)
    cast("alice").describe_key(KeyId=key)
    with denied(ALICE, "GenerateDataKey", key, silent(RESOURCE, "GenerateDataKey")):
        cast("alice").generate_data_key(KeyId=key, KeySpec="AES_256")
    with denied(BOB, "Encrypt", key, silent(IDENTITY, "Encrypt")):
        encrypt(cast("bob"), key)


def test_everybody(cast):
    key = cast.key(to("*", "Encrypt"))["Arn"]
    encrypt(cast("bob"), key)
    encrypt(cast.assume("idle", by="bob"), key)
    encrypt(cast("frank"), key)
    # From another account, its own identity policies must allow it too.
    with denied(GRACE, "Encrypt", key, silent(IDENTITY, "Encrypt")):
        encrypt(cast("grace"), key)


def test_all_but_some(cast):
    excepted = {"NotPrincipal": {"AWS": [BOB, root(OWNER)]}}
    key = cast.key(to("*", "Encrypt"), statement("kms:Encrypt", effect="Deny", **excepted))["Arn"]
    encrypt(cast("bob"), key)
    with hidden(FRANK, "Encrypt"):
        encrypt(cast("frank"), key)


def test_a_statement_for_another_key_is_none_for_this_one(cast, delegated):
    key = cast.key(to(BOB, "Encrypt", resource=delegated), to(BOB, "DescribeKey", resource="*"))["Arn"]
    cast("bob").describe_key(KeyId=key)
    with denied(BOB, "Encrypt", key, silent(RESOURCE, "Encrypt")):
        encrypt(cast("bob"), key)


def test_an_identity_policy_for_another_region(cast, delegated):
    with denied(user_arn("elsewhere"), "Encrypt", delegated, silent(IDENTITY, "Encrypt")):
        encrypt(cast("elsewhere"), delegated)
    there = cast("admin", region="us-west-2").create_key()["KeyMetadata"]["Arn"]
    encrypt(cast("elsewhere", region="us-west-2"), there)


def test_a_new_policy_counts_at_once(cast):
    key = cast.key(to(BOB, "Encrypt"))["Arn"]
    policy = json.loads(cast("admin").get_key_policy(KeyId=key)["Policy"])
    for _ in range(5):
        encrypt(cast("bob"), key)
        closed = policy | {"Statement": policy["Statement"][1:]}
        cast("admin").put_key_policy(KeyId=key, Policy=json.dumps(closed))
        with denied(BOB, "Encrypt", key, silent(RESOURCE, "Encrypt")):
            encrypt(cast("bob"), key)
        cast("admin").put_key_policy(KeyId=key, Policy=json.dumps(policy))


# Explicit denies win, in whatever layer


def test_a_deny_in_the_key_policy(cast):
    key = cast.key(delegation(), to(BOB, "*"), to({"AWS": "*"}, "Encrypt", effect="Deny"))["Arn"]
    for name in ("bob", "alice", "admin"):
        with denied(user_arn(name), "Encrypt", key, forbidden("a resource-based policy")):
            encrypt(cast(name), key)
    cast("bob").generate_data_key(KeyId=key, KeySpec="AES_256")


def test_a_deny_in_an_identity_policy(cast, delegated):
    blob = encrypt(cast("dave"), delegated)
    with denied(user_arn("dave"), "Decrypt", delegated, forbidden("an identity-based policy")):
        cast("dave").decrypt(KeyId=delegated, CiphertextBlob=blob)
    # Also if the key policy names the user itself.
    key = cast.key(to(user_arn("dave"), "*"))["Arn"]
    blob = encrypt(cast("dave"), key)
    with denied(user_arn("dave"), "Decrypt", key, forbidden("an identity-based policy")):
        cast("dave").decrypt(KeyId=key, CiphertextBlob=blob)


def test_a_deny_in_a_permissions_boundary(cast, delegated):
    key = cast.key(to(user_arn("erin"), "*"))["Arn"]
    for arn in (delegated, key):
        blob = encrypt(cast("erin"), arn)
        with denied(user_arn("erin"), "Decrypt", arn, forbidden("a permissions boundary")):
            cast("erin").decrypt(KeyId=arn, CiphertextBlob=blob)


def test_a_deny_in_a_session_policy(cast, delegated):
    policy = document(*allow("*")["Statement"], *deny("Decrypt")["Statement"])
    session = cast.assume("app", by="admin", Policy=policy)
    key = cast.key(to(session_arn("app", "one"), "*"))["Arn"]
    for arn in (delegated, key):
        blob = encrypt(session, arn)
        with denied(session_arn("app", "one"), "Decrypt", arn, forbidden("a session policy")):
            session.decrypt(KeyId=arn, CiphertextBlob=blob)


# Boundaries and sessions


def test_a_permissions_boundary(cast, delegated):
    blob = encrypt(cast("carol"), delegated)
    with denied(CAROL, "Decrypt", delegated, silent(BOUNDARY, "Decrypt")):
        cast("carol").decrypt(KeyId=delegated, CiphertextBlob=blob)
    # It limits what the account gives, not what a key policy gives to the user itself.
    key = cast.key(to(CAROL, "*"))["Arn"]
    cast("carol").decrypt(KeyId=key, CiphertextBlob=encrypt(cast("carol"), key))


def test_a_session_has_its_roles_policies(cast, delegated):
    session = cast.assume("app", by="bob")
    assert session.decrypt(CiphertextBlob=encrypt(session, delegated))["Plaintext"] == b"x"
    with denied(session_arn("app", "one"), "DisableKey", delegated, silent(IDENTITY, "DisableKey")):
        session.disable_key(KeyId=delegated)
    with denied(session_arn("idle", "one"), "Encrypt", delegated, silent(IDENTITY, "Encrypt")):
        encrypt(cast.assume("idle", by="bob"), delegated)


def test_a_session_policy_narrows(cast, delegated):
    session = cast.assume("app", by="bob", Policy=allow("Encrypt", "DisableKey"))
    blob = encrypt(session, delegated)
    with denied(session_arn("app", "one"), "Decrypt", delegated, silent(SESSION, "Decrypt")):
        session.decrypt(KeyId=delegated, CiphertextBlob=blob)
    # It gives nothing of its own.
    with denied(session_arn("app", "one"), "DisableKey", delegated, silent(IDENTITY, "DisableKey")):
        session.disable_key(KeyId=delegated)


def test_a_role_that_the_key_policy_names(cast):
    key = cast.key(to(f"arn:aws:iam::{OWNER}:role/idle", "Encrypt", "Decrypt"))["Arn"]
    session = cast.assume("idle", by="bob", session="any")
    assert session.decrypt(CiphertextBlob=encrypt(session, key))["Plaintext"] == b"x"
    # A session is still limited by its own policy …
    narrowed = cast.assume("idle", by="bob", session="any", Policy=allow("Encrypt"))
    blob = encrypt(narrowed, key)
    with denied(session_arn("idle", "any"), "Decrypt", key, silent(SESSION, "Decrypt")):
        narrowed.decrypt(KeyId=key, CiphertextBlob=blob)
    with denied(session_arn("app", "any"), "Encrypt", key, silent(RESOURCE, "Encrypt")):
        encrypt(cast.assume("app", by="bob", session="any"), key)


def test_a_role_that_the_key_policy_names_is_limited_by_its_boundary(cast):
    key = cast.key(to(f"arn:aws:iam::{OWNER}:role/bounded", "Encrypt", "Decrypt"))["Arn"]
    session = cast.assume("bounded", by="bob")
    blob = encrypt(session, key)
    with denied(session_arn("bounded", "one"), "Decrypt", key, silent(BOUNDARY, "Decrypt")):
        session.decrypt(KeyId=key, CiphertextBlob=blob)


@pytest.mark.parametrize("role, more", [("bounded", {}), ("idle", {"Policy": allow("Encrypt")})])
def test_a_session_that_the_key_policy_names(cast, role, more):
    key = cast.key(to(session_arn(role, "named"), "Encrypt", "Decrypt"))["Arn"]
    session = cast.assume(role, by="bob", session="named", **more)
    assert session.decrypt(KeyId=key, CiphertextBlob=encrypt(session, key))["Plaintext"] == b"x"
    with denied(session_arn(role, "other"), "Encrypt", key, silent(RESOURCE, "Encrypt")):
        encrypt(cast.assume(role, by="bob", session="other", **more), key)


# Another account


@pytest.mark.parametrize("principal", [OTHER, root(OTHER), FRANK])
def test_both_accounts_must_allow(cast, principal):
    key = cast.key(to(principal, "Encrypt", "Decrypt"))["Arn"]
    frank = cast("frank")
    assert frank.decrypt(CiphertextBlob=encrypt(frank, key), KeyId=key)["Plaintext"] == b"x"
    with hidden(FRANK, "GenerateDataKey"):
        frank.generate_data_key(KeyId=key, KeySpec="AES_256")


def test_the_key_policy_alone_is_not_enough(cast):
    for principal in (GRACE, root(OTHER)):
        key = cast.key(to(principal, "Encrypt"))["Arn"]
        with denied(GRACE, "Encrypt", key, silent(IDENTITY, "Encrypt")):
            encrypt(cast("grace"), key)


def test_the_callers_account_alone_is_not_enough(cast, delegated):
    for client, arn in ((cast("frank"), FRANK), (cast("grace"), GRACE)):
        with hidden(arn, "Encrypt"):
            encrypt(client, delegated)
        with hidden(arn, "DescribeKey"):
            client.describe_key(KeyId=delegated)
        # A key that is there and one that is not look alike.
        with hidden(arn, "DescribeKey"):
            client.describe_key(KeyId=delegated.replace(delegated.rpartition("/")[2], MISSING))
        with refused("AccessDeniedException"):
            client.decrypt(CiphertextBlob=blob_of(cast, delegated))


def test_a_deny_in_the_key_policy_is_hidden_from_other_accounts(cast):
    key = cast.key(to(root(OTHER), "Encrypt"), to(FRANK, "Encrypt", effect="Deny"))["Arn"]
    with hidden(FRANK, "Encrypt"):
        encrypt(cast("frank"), key)


ADMINISTRATION = {
    "DisableKey": lambda kms, key: kms.disable_key(KeyId=key),
    "EnableKey": lambda kms, key: kms.enable_key(KeyId=key),
    "EnableKeyRotation": lambda kms, key: kms.enable_key_rotation(KeyId=key),
    "GetKeyPolicy": lambda kms, key: kms.get_key_policy(KeyId=key),
    "ListKeyPolicies": lambda kms, key: kms.list_key_policies(KeyId=key),
    "ListResourceTags": lambda kms, key: kms.list_resource_tags(KeyId=key),
    "PutKeyPolicy": lambda kms, key: kms.put_key_policy(KeyId=key, Policy=json.dumps(document(delegation()))),
    "ScheduleKeyDeletion": lambda kms, key: kms.schedule_key_deletion(KeyId=key),
    "TagResource": lambda kms, key: kms.tag_resource(KeyId=key, Tags=[{"TagKey": "a", "TagValue": "b"}]),
    "UntagResource": lambda kms, key: kms.untag_resource(KeyId=key, TagKeys=["a"]),
    "UpdateKeyDescription": lambda kms, key: kms.update_key_description(KeyId=key, Description="x"),
}


@pytest.mark.parametrize("action", ADMINISTRATION)
def test_what_is_not_for_other_accounts(cast, action):
    key = cast.key(delegation(account=OTHER))["Arn"]
    with hidden(FRANK, action):
        ADMINISTRATION[action](cast("frank"), key)
    before = cast("admin").describe_key(KeyId=key)["KeyMetadata"]
    assert (before["KeyState"], before["Description"]) == ("Enabled", "")


def test_what_is_for_other_accounts(cast):
    key = cast.key(delegation(account=OTHER))["Arn"]
    frank = cast("frank")
    grant = frank.create_grant(KeyId=key, GranteePrincipal=GRACE, Operations=["Decrypt"])
    assert frank.list_grants(KeyId=key)["Grants"][0]["IssuingAccount"] == root(OTHER)
    frank.revoke_grant(KeyId=key, GrantId=grant["GrantId"])
    assert frank.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"] is False
    assert frank.describe_key(KeyId=key)["KeyMetadata"]["AWSAccountId"] == OWNER


def test_bare_ids_and_aliases_are_looked_up_at_home(cast):
    key = cast.key(delegation(account=OTHER))["KeyId"]
    for name in (key, "alias/of-nobody"):
        with refused("NotFoundException"):
            cast("frank").describe_key(KeyId=name)


def test_listings_are_of_ones_own_account(cast, delegated):
    assert delegated.rpartition("/")[2] not in [entry["KeyId"] for entry in cast("frank").list_keys()["Keys"]]


# What is not there, and what cannot be used


def test_a_key_that_is_not_there_is_no_secret_at_home(cast):
    for name in (MISSING, f"arn:aws:kms:{REGION}:{OWNER}:key/{MISSING}", "alias/of-nobody"):
        with refused("NotFoundException"):
            cast("bob").describe_key(KeyId=name)


def test_states_are_told_only_to_those_who_may(cast):
    key = cast.key(to(ALICE, "Encrypt"))["Arn"]
    cast("admin").disable_key(KeyId=key)
    with refused("DisabledException", f"{key} is disabled."):
        encrypt(cast("alice"), key)
    with denied(BOB, "Encrypt", key, silent(RESOURCE, "Encrypt")):
        encrypt(cast("bob"), key)
    with hidden(FRANK, "Encrypt"):
        encrypt(cast("frank"), key)
    cast("admin").schedule_key_deletion(KeyId=key)
    with refused("KMSInvalidStateException"):
        encrypt(cast("alice"), key)
    with denied(BOB, "Encrypt", key, silent(RESOURCE, "Encrypt")):
        encrypt(cast("bob"), key)


def test_dry_runs_are_decided_like_the_real_thing(cast, delegated):
    with refused("DryRunOperationException"):
        cast("alice").encrypt(KeyId=delegated, Plaintext=b"x", DryRun=True)
    with denied(BOB, "Encrypt", delegated, silent(IDENTITY, "Encrypt")):
        cast("bob").encrypt(KeyId=delegated, Plaintext=b"x", DryRun=True)


# Operations that need more than one permission, or no key


def test_aliases_need_the_alias_and_the_key(cast):
    one, two = (cast.key(delegation())["Arn"] for _ in range(2))
    alias = f"arn:aws:kms:{REGION}:{OWNER}:alias/access"
    calls = {
        "CreateAlias": lambda kms: kms.create_alias(AliasName="alias/access", TargetKeyId=one),
        "UpdateAlias": lambda kms: kms.update_alias(AliasName="alias/access", TargetKeyId=two),
        "DeleteAlias": lambda kms: kms.delete_alias(AliasName="alias/access"),
    }
    targets = {"CreateAlias": one, "UpdateAlias": one, "DeleteAlias": two}
    for action, call in calls.items():
        with denied(user_arn("keyer"), action, alias, silent(IDENTITY, action)):
            call(cast("keyer"))
        with denied(user_arn("aliaser"), action, targets[action], silent(IDENTITY, action)):
            call(cast("aliaser"))
        call(cast("both"))


def test_an_alias_moves_only_between_keys_that_both_allow_it(cast):
    here, there = cast.key(delegation())["Arn"], cast.key()["Arn"]
    cast("both").create_alias(AliasName="alias/moving", TargetKeyId=here)
    with denied(user_arn("both"), "UpdateAlias", there, silent(RESOURCE, "UpdateAlias")):
        cast("both").update_alias(AliasName="alias/moving", TargetKeyId=there)
    cast("admin").update_alias(AliasName="alias/moving", TargetKeyId=there)
    with denied(user_arn("both"), "UpdateAlias", there, silent(RESOURCE, "UpdateAlias")):
        cast("both").update_alias(AliasName="alias/moving", TargetKeyId=here)
    cast("admin").delete_alias(AliasName="alias/moving")


def test_the_alias_does_not_matter_for_the_use_of_its_key(cast):
    key = cast.key(to(BOB, "Encrypt"))["Arn"]
    cast("admin").create_alias(AliasName="alias/used", TargetKeyId=key)
    for name in ("alias/used", f"arn:aws:kms:{REGION}:{OWNER}:alias/used"):
        encrypt(cast("bob"), name)
        with denied(ALICE, "Encrypt", key, silent(RESOURCE, "Encrypt")):
            encrypt(cast("alice"), name)
    cast("admin").delete_alias(AliasName="alias/used")


def test_operations_without_a_key_need_an_identity_policy(cast):
    calls = {
        "CreateKey": lambda kms: kms.create_key(),
        "ListKeys": lambda kms: kms.list_keys(),
        "ListAliases": lambda kms: kms.list_aliases(),
        "GenerateRandom": lambda kms: kms.generate_random(NumberOfBytes=32),
        "DescribeCustomKeyStores": lambda kms: kms.describe_custom_key_stores(),
    }
    # No key policy gives them.
    cast.key(to(BOB, *calls))
    for action, call in calls.items():
        call(cast("admin"))
        with denied(BOB, action, "*", silent(IDENTITY, action)):
            call(cast("bob"))
        with denied(session_arn("app", "one"), action, "*", silent(IDENTITY, action)):
            call(cast.assume("app", by="bob"))
    cast("creator").create_key()
    with denied(CAROL, "CreateKey", "*", silent(BOUNDARY, "CreateKey")):
        cast("carol").create_key()


def test_tags_of_a_new_key_need_a_permission_of_their_own(cast):
    tags = [{"TagKey": "a", "TagValue": "b"}]
    with denied(user_arn("creator"), "TagResource", "*", silent(IDENTITY, "TagResource")):
        cast("creator").create_key(Tags=tags)
    cast("tagger").create_key(Tags=tags)


def test_re_encryption_needs_both_keys(cast):
    source = cast.key(to(BOB, "Encrypt", "ReEncryptFrom"), to(ALICE, "ReEncryptTo"))["Arn"]
    target = cast.key(to(BOB, "ReEncryptTo"), to(ALICE, "ReEncrypt*"))["Arn"]
    blob = encrypt(cast("bob"), source)
    cast("bob").re_encrypt(CiphertextBlob=blob, DestinationKeyId=target)
    with denied(ALICE, "ReEncryptFrom", source, silent(RESOURCE, "ReEncryptFrom")):
        cast("alice").re_encrypt(CiphertextBlob=blob, SourceKeyId=source, DestinationKeyId=target)
    with denied(BOB, "ReEncryptTo", source, silent(RESOURCE, "ReEncryptTo")):
        cast("bob").re_encrypt(CiphertextBlob=blob, DestinationKeyId=source)


def test_replication_makes_a_key(cast):
    tags = [{"TagKey": "a", "TagValue": "b"}]
    key = cast.key(delegation(), MultiRegion=True)["Arn"]
    with denied(user_arn("creator"), "ReplicateKey", key, silent(IDENTITY, "ReplicateKey")):
        cast("creator").replicate_key(KeyId=key, ReplicaRegion="us-west-2")
    with denied(user_arn("replicator"), "CreateKey", "*", silent(IDENTITY, "CreateKey")):
        cast("replicator").replicate_key(KeyId=key, ReplicaRegion="us-west-2")
    with denied(user_arn("copier"), "TagResource", "*", silent(IDENTITY, "TagResource")):
        cast("copier").replicate_key(KeyId=key, ReplicaRegion="us-west-2", Tags=tags)
    cast("copier").replicate_key(KeyId=key, ReplicaRegion="us-west-2")
    # Each of the related keys has a policy of its own.
    there = cast("admin", region="us-west-2")
    encrypt(there, key.replace("us-east-1", "us-west-2"))


# Key policies that are to be put


def test_nobody_locks_themselves_out(cast):
    for parameters in (
        {"Policy": json.dumps(document(to(BOB, "*")))},
        {"Policy": json.dumps(document(delegation("Describe*")))},
        {"Policy": json.dumps(document(delegation(), to({"AWS": "*"}, "PutKeyPolicy", effect="Deny")))},
    ):
        with refused("MalformedPolicyDocumentException", LOCKOUT):
            cast("admin").create_key(**parameters)
        key = cast.key()["KeyId"]
        with refused("MalformedPolicyDocumentException", LOCKOUT):
            cast("admin").put_key_policy(KeyId=key, **parameters)
        cast("admin").put_key_policy(KeyId=key, BypassPolicyLockoutSafetyCheck=True, **parameters)
        cast("admin").create_key(BypassPolicyLockoutSafetyCheck=True, **parameters)


def test_what_the_account_gives_keeps_from_a_lockout(cast):
    policy = json.dumps(document(delegation()))
    cast("admin").create_key(Policy=policy)
    # Who may create keys, but not put policies, is locked out by the very same policy.
    with refused("MalformedPolicyDocumentException", LOCKOUT):
        cast("creator").create_key(Policy=policy)
    cast("creator").create_key(Policy=policy, BypassPolicyLockoutSafetyCheck=True)
    cast("creator").create_key(Policy=json.dumps(document(to(user_arn("creator"), "PutKeyPolicy"))))


@pytest.mark.parametrize(
    "principal",
    [
        user_arn("nobody"),
        f"arn:aws:iam::{OWNER}:user/described",  # its path is missing
        f"arn:aws:iam::{OWNER}:role/nothing",
        session_arn("nothing", "one"),
        user_arn("nobody", OTHER),
        user_arn("alice", OTHER),
    ],
)
def test_principals_that_do_not_exist(cast, principal):
    policy = json.dumps(document(delegation(), to(principal, "Encrypt")))
    key = cast.key(delegation())["KeyId"]
    for bypass in (False, True):
        with refused("MalformedPolicyDocumentException", INVALID_PRINCIPAL):
            cast("admin").put_key_policy(KeyId=key, Policy=policy, BypassPolicyLockoutSafetyCheck=bypass)
        with refused("MalformedPolicyDocumentException", INVALID_PRINCIPAL):
            cast("admin").create_key(Policy=policy, BypassPolicyLockoutSafetyCheck=bypass)
    for parameters in (
        {"GranteePrincipal": principal},
        {"GranteePrincipal": ALICE, "RetiringPrincipal": principal},
    ):
        with refused("InvalidArnException"):
            cast("admin").create_grant(KeyId=key, Operations=["Decrypt"], **parameters)
    assert cast("admin").list_grants(KeyId=key)["Grants"] == []


@pytest.mark.parametrize(
    "principal",
    [
        ALICE,
        f"arn:aws:iam::{OWNER}:user/team/blue/described",
        f"arn:aws:iam::{OWNER}:role/app",
        session_arn("app", "not-begun-yet"),
        root(OTHER),
        "arn:aws:iam::777788889999:user/of-an-account-that-is-not-hosted",
        "arn:aws:iam::777788889999:role/path/app",
        "arn:aws:sts::777788889999:assumed-role/app/one",
    ],
)
def test_principals_that_exist_or_are_taken_to(cast, principal):
    key = cast.key(delegation(), to(principal, "Encrypt"))["KeyId"]
    cast("admin").create_grant(
        KeyId=key, GranteePrincipal=principal, RetiringPrincipal=principal, Operations=["Decrypt"]
    )


# Development


@pytest.fixture(scope="module")
def another(dev):
    """Roots of two accounts of a server with --dev."""
    return kms_client(dev), kms_client(dev, account=OTHER)


def test_in_development_the_key_policy_is_in_force(another):
    mine, theirs = another
    closed = json.dumps(document(to(user_arn("somebody", ACCOUNT), "*")))
    key = mine.create_key(Policy=closed, BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]["Arn"]
    for action, call in (
        ("Encrypt", lambda: encrypt(mine, key)),
        ("DescribeKey", lambda: mine.describe_key(KeyId=key)),
        ("PutKeyPolicy", lambda: mine.put_key_policy(KeyId=key, Policy=closed)),
    ):
        with denied(root(ACCOUNT), action, key, silent(RESOURCE, action)):
            call()
    with hidden(root(OTHER), "Encrypt"):
        encrypt(theirs, key)


def test_in_development_explicit_denies_hold(another):
    mine, _ = another
    policy = document(delegation(account=ACCOUNT), to({"AWS": "*"}, "Encrypt", effect="Deny"))
    key = mine.create_key(Policy=json.dumps(policy))["KeyMetadata"]["Arn"]
    mine.generate_data_key(KeyId=key, KeySpec="AES_256")
    with denied(root(ACCOUNT), "Encrypt", key, forbidden("a resource-based policy")):
        encrypt(mine, key)


def test_in_development_other_accounts_need_the_key_policy(another):
    mine, theirs = another
    key = mine.create_key(Policy=json.dumps(document(delegation(account=ACCOUNT), to(root(OTHER), "Encrypt"))))
    key = key["KeyMetadata"]["Arn"]
    encrypt(theirs, key)
    with hidden(root(OTHER), "GenerateDataKey"):
        theirs.generate_data_key(KeyId=key, KeySpec="AES_256")


def test_in_development_grants_hold(another):
    mine, theirs = another
    key = mine.create_key()["KeyMetadata"]["Arn"]
    with hidden(root(OTHER), "Encrypt"):
        encrypt(theirs, key)
    grant = mine.create_grant(KeyId=key, GranteePrincipal=root(OTHER), Operations=["Encrypt"])
    encrypt(theirs, key)
    mine.revoke_grant(KeyId=key, GrantId=grant["GrantId"])
    with hidden(root(OTHER), "Encrypt"):
        encrypt(theirs, key)
