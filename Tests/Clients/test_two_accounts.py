"""Who may do what, told as one story: two accounts, three users, a role and a grantee, through boto3.

The owner's account has Alice, who may do everything and looks after the keys; Bob, who uses keys within a permissions
boundary; and the role `app`, which Bob assumes. Frank is of another account. Bob is the grantee, where grants matter.

Each scene is a rule of "The decision" in docs/access.md, in few strokes. Whether all operations, condition keys and
corners keep to it is for the tests of the single rules: test_access.py, which has --dev too, test_access_operations.py,
test_grants_enforced.py and test_condition_keys.py.
"""

import json

import pytest

from clients import REGION
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
    session_arn,
    silent,
    to,
    user_arn,
)

ALICE, BOB, FRANK = user_arn("alice"), user_arn("bob"), user_arn("frank", OTHER)
ROLE, APP, NARROW = f"arn:aws:iam::{OWNER}:role/app", session_arn("app", "one"), session_arn("app", "narrow")
BOB_AND_APP = {"AWS": [BOB, ROLE]}
EVERYBODY = {"AWS": "*"}
PLAINTEXT = b"what Bob would like nobody to read"


def identities():
    """Everything that the accounts themselves allow and forbid."""
    declared = Identities()
    declared.user("alice", allow("*"))
    declared.user(
        "bob",
        allow("Encrypt", "Decrypt", "GenerateDataKey", "ListKeys", "GenerateRandom"),
        allow("*Alias", resource=[alias_arn("alias/blue*"), f"arn:aws:kms:{REGION}:{OWNER}:key/*"]),
        deny("GenerateDataKeyPair", "RetireGrant"),
        permissionsBoundary=document(
            *allow("Encrypt", "Decrypt", "DescribeKey", "ListKeys", "*Alias")["Statement"],
            *deny("GenerateDataKeyWithoutPlaintext")["Statement"],
        ),
        tags={"team": "blue"},
    )
    declared.role("app", allow("Encrypt", "Decrypt", "GenerateDataKey"), trusts=BOB)
    declared.user("frank", allow("Encrypt", "Decrypt", "CreateGrant", "DisableKey"), account=OTHER)
    return declared


@pytest.fixture
def story(tmp_path):
    declared = identities()
    with declared.serve(tmp_path, "--log-level", "debug") as server:
        server.secrets.record(PLAINTEXT, "the plaintext")
        yield Story(server, declared)


def test_two_accounts_three_users_a_role_and_a_grantee(story):
    the_key_policy_is_the_root_of_trust(story)
    it_delegates_to_the_account(story)
    then_identity_policies_decide(story)
    within_the_permissions_boundary(story)
    and_within_the_session_policy(story)
    grants_allow_what_nothing_else_does(story)
    an_explicit_deny_wins_everywhere(story)
    another_account_needs_both_sides(story)
    alias_operations_are_on_two_resources(story)
    re_encryption_has_two_sides(story)
    retiring_is_for_the_grant_to_decide(story)
    some_operations_have_no_key(story)
    conditions_look_at_the_request(story)
    every_denial_is_on_record(story)


class Story:
    """The characters as clients, and what was denied to them so far."""

    def __init__(self, server, declared):
        self.server, self.cast = server, Cast(server, declared)
        self.alice, self.bob, self.frank = (self.cast(name) for name in ("alice", "bob", "frank"))
        self.app = self.cast.assume("app", by="bob")
        # The same role, less what this session policy leaves out.
        self.narrow = self.cast.assume("app", by="bob", session="narrow", Policy=allow("Encrypt", "DescribeKey"))
        self.denials = []

    def key(self, *statements):
        """A key that Alice may administer but not use; these statements say the rest."""
        return self.cast.key(*statements, by="alice")["Arn"]

    def denied(self, caller, *what):
        return self._expect(caller, denied(caller, *what))

    def hidden(self, caller, *what):
        return self._expect(caller, hidden(caller, *what))

    def _expect(self, caller, denial):
        self.denials.append((caller, denial))
        return denial


def alias_arn(name):
    return f"arn:aws:kms:{REGION}:{OWNER}:{name}"


def encrypt(kms, key, **more):
    return kms.encrypt(KeyId=key, Plaintext=PLAINTEXT, **more)["CiphertextBlob"]


def data_key(kms, key, **more):
    return kms.generate_data_key(KeyId=key, KeySpec="AES_256", **more)


# The scenes


def the_key_policy_is_the_root_of_trust(story):
    key = story.key(to(BOB, "Encrypt", "GetKeyRotationStatus"))
    # Whom it names needs no other permission: nothing in Bob's account allows him the second.
    encrypt(story.bob, key)
    story.bob.get_key_rotation_status(KeyId=key)
    # Whom it does not name has none, not even Alice, whose account allows her everything.
    with story.denied(ALICE, "Encrypt", key, silent(RESOURCE, "Encrypt")):
        encrypt(story.alice, key)
    with story.denied(APP, "Encrypt", key, silent(RESOURCE, "Encrypt")):
        encrypt(story.app, key)
    with story.denied(BOB, "Decrypt", key, silent(RESOURCE, "Decrypt")):
        story.bob.decrypt(KeyId=key, CiphertextBlob=encrypt(story.bob, key))


def it_delegates_to_the_account(story):
    key = story.key(delegation("Encrypt"))
    for client in (story.alice, story.bob, story.app):
        encrypt(client, key)
    # The account can hand out what was left to it, and no more.
    with story.denied(ALICE, "GenerateDataKey", key, silent(RESOURCE, "GenerateDataKey")):
        data_key(story.alice, key)


def then_identity_policies_decide(story):
    key = story.key(delegation())
    blob = encrypt(story.bob, key)
    assert story.app.decrypt(CiphertextBlob=blob)["Plaintext"] == PLAINTEXT
    data_key(story.alice, key)
    with story.denied(BOB, "GetKeyPolicy", key, silent(IDENTITY, "GetKeyPolicy")):
        story.bob.get_key_policy(KeyId=key)
    with story.denied(APP, "DisableKey", key, silent(IDENTITY, "DisableKey")):
        story.app.disable_key(KeyId=key)


def within_the_permissions_boundary(story):
    key = story.key(delegation())
    # Bob's policy allows this, his boundary does not …
    with story.denied(BOB, "GenerateDataKey", key, silent(BOUNDARY, "GenerateDataKey")):
        data_key(story.bob, key)
    # … and the other way round: a boundary gives nothing.
    with story.denied(BOB, "DescribeKey", key, silent(IDENTITY, "DescribeKey")):
        story.bob.describe_key(KeyId=key)
    # It limits what the account gives Bob, not what a key gives to him by name.
    data_key(story.bob, story.key(to(BOB, "GenerateDataKey")))


def and_within_the_session_policy(story):
    key = story.key(delegation())
    blob = encrypt(story.narrow, key)
    assert story.app.decrypt(KeyId=key, CiphertextBlob=blob)["Plaintext"] == PLAINTEXT
    with story.denied(NARROW, "Decrypt", key, silent(SESSION, "Decrypt")):
        story.narrow.decrypt(KeyId=key, CiphertextBlob=blob)
    with story.denied(NARROW, "DescribeKey", key, silent(IDENTITY, "DescribeKey")):
        story.narrow.describe_key(KeyId=key)
    # It limits what a key gives to the role, too, but not what it gives to this very session.
    key = story.key(to(ROLE, "GenerateDataKey"))
    data_key(story.app, key)
    with story.denied(NARROW, "GenerateDataKey", key, silent(SESSION, "GenerateDataKey")):
        data_key(story.narrow, key)
    data_key(story.narrow, story.key(to(NARROW, "GenerateDataKey")))


def grants_allow_what_nothing_else_does(story):
    key = story.key()
    blue, more = {"team": "blue"}, {"team": "blue", "year": "2025"}
    with story.denied(BOB, "Encrypt", key, silent(RESOURCE, "Encrypt")):
        encrypt(story.bob, key, EncryptionContext=blue)
    grant = story.alice.create_grant(
        KeyId=key,
        GranteePrincipal=BOB,
        RetiringPrincipal=ROLE,
        Operations=["Encrypt", "Decrypt", "CreateGrant"],
        Constraints={"EncryptionContextSubset": blue},
    )
    # The token serves at once.
    token = [grant["GrantToken"]]
    blob = encrypt(story.bob, key, EncryptionContext=more, GrantTokens=token)
    assert story.bob.decrypt(CiphertextBlob=blob, EncryptionContext=more)["Plaintext"] == PLAINTEXT
    # It is no credential: it does nothing for others, nor beyond the grant.
    with story.denied(APP, "Encrypt", key, silent(RESOURCE, "Encrypt")):
        encrypt(story.app, key, EncryptionContext=blue, GrantTokens=token)
    with story.denied(BOB, "GenerateDataKey", key, silent(RESOURCE, "GenerateDataKey")):
        data_key(story.bob, key, EncryptionContext=blue, GrantTokens=token)
    # The constraint is not met by another context, and not by none.
    for context in ({"team": "red"}, {}):
        with story.denied(BOB, "Encrypt", key, silent(RESOURCE, "Encrypt")):
            encrypt(story.bob, key, EncryptionContext=context, GrantTokens=token)

    # Bob may pass on what he was granted, as strictly or more so.
    def pass_on(operation, **constraints):
        story.bob.create_grant(
            KeyId=key, GranteePrincipal=ROLE, Operations=[operation], Constraints=constraints, GrantTokens=token
        )

    pass_on("Encrypt", EncryptionContextEquals=more)
    encrypt(story.app, key, EncryptionContext=more)
    for operation, context in (("GenerateDataKey", blue), ("Encrypt", {"year": "2025"})):
        with story.denied(BOB, "CreateGrant", key, silent(RESOURCE, "CreateGrant")):
            pass_on(operation, EncryptionContextSubset=context)

    # Its retiring principal ends it, at once, and the token with it.
    story.app.retire_grant(KeyId=key, GrantId=grant["GrantId"])
    with story.denied(BOB, "Encrypt", key, silent(RESOURCE, "Encrypt")):
        encrypt(story.bob, key, EncryptionContext=blue, GrantTokens=token)


def an_explicit_deny_wins_everywhere(story):
    key = story.key(delegation(), to(BOB_AND_APP, "*"), to(EVERYBODY, "Encrypt", effect="Deny"))
    pairs = ["GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext"]
    operations = ["Encrypt", "Decrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", *pairs]
    strict = story.cast.assume(
        "app", by="bob", session="strict", Policy=document(*allow("*")["Statement"], *deny("Decrypt")["Statement"])
    )
    for grantee in (BOB, ROLE):
        story.alice.create_grant(KeyId=key, GranteePrincipal=grantee, Operations=operations)
    # By key policy, account and grant Bob and the role may do all this, and they can, …
    data_key(story.bob, key)
    blob = story.app.generate_data_key_without_plaintext(KeyId=key, KeySpec="AES_256")["CiphertextBlob"]
    story.app.decrypt(CiphertextBlob=blob)
    story.bob.generate_data_key_pair_without_plaintext(KeyId=key, KeyPairSpec="ECC_NIST_P256")
    # … but for what the key policy forbids to all,
    for client, arn in ((story.alice, ALICE), (story.bob, BOB), (story.app, APP)):
        with story.denied(arn, "Encrypt", key, forbidden("a resource-based policy")):
            encrypt(client, key)
    # his identity policy to Bob,
    with story.denied(BOB, "GenerateDataKeyPair", key, forbidden("an identity-based policy")):
        story.bob.generate_data_key_pair(KeyId=key, KeyPairSpec="ECC_NIST_P256")
    # his boundary to him,
    with story.denied(BOB, "GenerateDataKeyWithoutPlaintext", key, forbidden("a permissions boundary")):
        story.bob.generate_data_key_without_plaintext(KeyId=key, KeySpec="AES_256")
    # and its policy to a session.
    data_key(strict, key)
    with story.denied(session_arn("app", "strict"), "Decrypt", key, forbidden("a session policy")):
        strict.decrypt(KeyId=key, CiphertextBlob=blob)


def another_account_needs_both_sides(story):
    key = story.key(delegation("Encrypt", "GenerateDataKey", "DisableKey", account=OTHER))
    # Both accounts let Frank encrypt.
    blob = encrypt(story.frank, key)
    # His own does not let him make data keys. The key's policy does, so he may know that the key is there.
    with story.denied(FRANK, "GenerateDataKey", key, silent(IDENTITY, "GenerateDataKey")):
        data_key(story.frank, key)
    # The key's policy does not let him decrypt: he does not learn whether there is such a key.
    missing = f"{key.rpartition('/')[0]}/12345678-1234-1234-1234-123456789012"
    for name in (key, missing):
        with story.hidden(FRANK, "Decrypt"):
            story.frank.decrypt(KeyId=name, CiphertextBlob=blob)
    # Both allow this, but it is never done for another account.
    with story.hidden(FRANK, "DisableKey"):
        story.frank.disable_key(KeyId=key)
    assert story.alice.describe_key(KeyId=key)["KeyMetadata"]["Enabled"] is True
    # What is left to Frank's account is not left to Bob's.
    with story.denied(BOB, "Encrypt", key, silent(RESOURCE, "Encrypt")):
        encrypt(story.bob, key)
    # A Deny is not told to him either.
    forbidding = story.key(delegation(account=OTHER), to(FRANK, "Encrypt", effect="Deny"))
    with story.hidden(FRANK, "Encrypt"):
        encrypt(story.frank, forbidding)
    # A grant needs neither side.
    closed = story.key()
    with story.hidden(FRANK, "GenerateDataKey"):
        data_key(story.frank, closed)
    story.alice.create_grant(KeyId=closed, GranteePrincipal=FRANK, Operations=["GenerateDataKey"])
    data_key(story.frank, closed)


def alias_operations_are_on_two_resources(story):
    delegated, closed = story.key(delegation()), story.key()
    red, blue = "alias/red", "alias/blue"
    # The alias: Bob may use the blue ones.
    with story.denied(BOB, "CreateAlias", alias_arn(red), silent(IDENTITY, "CreateAlias")):
        story.bob.create_alias(AliasName=red, TargetKeyId=delegated)
    # The key.
    with story.denied(BOB, "CreateAlias", closed, silent(RESOURCE, "CreateAlias")):
        story.bob.create_alias(AliasName=blue, TargetKeyId=closed)
    story.bob.create_alias(AliasName=blue, TargetKeyId=delegated)
    # An alias that moves needs the key that it leaves and the one that it comes to.
    with story.denied(BOB, "UpdateAlias", closed, silent(RESOURCE, "UpdateAlias")):
        story.bob.update_alias(AliasName=blue, TargetKeyId=closed)
    story.alice.update_alias(AliasName=blue, TargetKeyId=closed)
    with story.denied(BOB, "UpdateAlias", closed, silent(RESOURCE, "UpdateAlias")):
        story.bob.update_alias(AliasName=blue, TargetKeyId=delegated)
    with story.denied(BOB, "DeleteAlias", closed, silent(RESOURCE, "DeleteAlias")):
        story.bob.delete_alias(AliasName=blue)
    story.alice.update_alias(AliasName=blue, TargetKeyId=delegated)
    story.bob.delete_alias(AliasName=blue)


def re_encryption_has_two_sides(story):
    source, target = story.key(to(BOB, "Encrypt", "ReEncryptFrom")), story.key(to(BOB, "Encrypt", "ReEncryptTo"))
    here, there = encrypt(story.bob, source), encrypt(story.bob, target)
    story.bob.re_encrypt(CiphertextBlob=here, DestinationKeyId=target)
    with story.denied(BOB, "ReEncryptTo", source, silent(RESOURCE, "ReEncryptTo")):
        story.bob.re_encrypt(CiphertextBlob=here, DestinationKeyId=source)
    with story.denied(BOB, "ReEncryptFrom", target, silent(RESOURCE, "ReEncryptFrom")):
        story.bob.re_encrypt(CiphertextBlob=there, DestinationKeyId=target)


def retiring_is_for_the_grant_to_decide(story):
    key = story.key(delegation(), delegation("CreateGrant", account=OTHER), to(BOB_AND_APP, "RetireGrant"))

    def grant(by, grantee, *operations, **more):
        made = by.create_grant(KeyId=key, GranteePrincipal=grantee, Operations=list(operations), **more)
        return {"KeyId": key, "GrantId": made["GrantId"]}

    # The key policy's permission is worth nothing. The retiring principal needs none: Frank has none.
    retirable_by_frank = grant(story.alice, ROLE, "Encrypt", RetiringPrincipal=FRANK)
    with story.denied(APP, "RetireGrant", key):
        story.app.retire_grant(**retirable_by_frank)
    story.frank.retire_grant(**retirable_by_frank)
    # Nor does Alice's permission for everything suffice, for a grant that another account made; though she may revoke.
    made_by_frank = grant(story.frank, ROLE, "Encrypt")
    with story.denied(ALICE, "RetireGrant", key):
        story.alice.retire_grant(**made_by_frank)
    story.alice.revoke_grant(**made_by_frank)
    # The grantee may if the grant says so,
    story.app.retire_grant(**grant(story.alice, ROLE, "Encrypt", "RetireGrant"))
    # unless an identity policy forbids it, whatever the grant says. The account that made it lets Alice.
    retirable_by_bob = grant(story.alice, BOB, "Encrypt", "RetireGrant", RetiringPrincipal=BOB)
    with story.denied(BOB, "RetireGrant", key, forbidden("an identity-based policy")):
        story.bob.retire_grant(**retirable_by_bob)
    story.alice.retire_grant(**retirable_by_bob)


def some_operations_have_no_key(story):
    # What a key policy says of them counts for nothing: identity policies alone do, within the boundary.
    key = story.key(to(EVERYBODY, "*"))
    assert key in [entry["KeyArn"] for entry in story.bob.list_keys(Limit=1000)["Keys"]]
    with story.denied(FRANK, "ListKeys", "*", silent(IDENTITY, "ListKeys")):
        story.frank.list_keys()
    with story.denied(BOB, "CreateKey", "*", silent(IDENTITY, "CreateKey")):
        story.bob.create_key()
    with story.denied(BOB, "GenerateRandom", "*", silent(BOUNDARY, "GenerateRandom")):
        story.bob.generate_random(NumberOfBytes=32)
    story.alice.generate_random(NumberOfBytes=32)


def conditions_look_at_the_request(story):
    def key_for(operator, name, value):
        return story.key(to(BOB_AND_APP, "Encrypt", Condition={operator: {name: value}}))

    def bob_is_denied(key, name=None, **more):
        with story.denied(BOB, "Encrypt", key, silent(RESOURCE, "Encrypt")):
            encrypt(story.bob, name or key, **more)

    # What it says,
    key = key_for("StringEquals", "kms:EncryptionContext:team", "blue")
    encrypt(story.bob, key, EncryptionContext={"team": "blue", "year": "2025"})
    bob_is_denied(key, EncryptionContext={"team": "red"})
    bob_is_denied(key)
    # by which name it calls the key,
    key = key_for("StringEquals", "kms:RequestAlias", "alias/front-door")
    for alias in ("alias/front-door", "alias/back-door"):
        story.alice.create_alias(AliasName=alias, TargetKeyId=key)
    encrypt(story.bob, "alias/front-door")
    encrypt(story.bob, alias_arn("alias/front-door"))
    bob_is_denied(key)
    bob_is_denied(key, name="alias/back-door")
    # where it comes from,
    encrypt(story.bob, key_for("IpAddress", "aws:SourceIp", "127.0.0.0/8"))
    bob_is_denied(key_for("IpAddress", "aws:SourceIp", "203.0.113.0/24"))
    # that no other service sent it,
    encrypt(story.bob, key_for("Null", "kms:ViaService", "true"))
    bob_is_denied(key_for("StringEquals", "kms:ViaService", f"s3.{REGION}.amazonaws.com"))
    # who sent it: a session counts as its role,
    key = key_for("ArnEquals", "aws:PrincipalArn", ROLE)
    encrypt(story.app, key)
    bob_is_denied(key)
    # and with which tags: the role has none.
    key = key_for("StringEquals", "aws:PrincipalTag/team", "blue")
    encrypt(story.bob, key)
    with story.denied(APP, "Encrypt", key, silent(RESOURCE, "Encrypt")):
        encrypt(story.app, key)


def every_denial_is_on_record(story):
    trail = b"".join(path.read_bytes() for path in sorted((story.server.data_dir / "audit").glob("*.jsonl")))
    records = [record for record in map(json.loads, trail.splitlines()) if record.get("errorCode") == "AccessDenied"]
    assert [(record["requestID"], record["userIdentity"]["arn"], record["errorMessage"]) for record in records] == [
        (denial.refusal.request_id, caller, denial.message) for caller, denial in story.denials
    ]
    # Neither there nor in what was allowed is anything that was encrypted, or came of it, in whatever form.
    assert story.server.secrets.found_in(trail) == []
