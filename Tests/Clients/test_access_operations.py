"""What each operation on a key demands: its own action, by whichever way it is allowed, and nothing else."""

import json

import botocore
import botocore.exceptions
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from clients import REGION
from declared import (
    IDENTITY,
    OTHER,
    OWNER,
    RESOURCE,
    Cast,
    Identities,
    allow,
    delegation,
    denied,
    deny,
    document,
    hidden,
    root,
    silent,
    to,
    user_arn,
)
from key_material import spki

ADMIN, BOB = user_arn("admin"), user_arn("bob")
FRANK, GRACE = user_arn("frank", OTHER), user_arn("grace", OTHER)
MISSING = "12345678-1234-1234-1234-123456789012"
TAGS = [{"TagKey": "a", "TagValue": "b"}]

KINDS = {
    "symmetric": {},
    "imported": {"Origin": "EXTERNAL"},
    "related": {"MultiRegion": True},
    "hmac": {"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"},
    "signing": {"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"},
    "agreement": {"KeySpec": "ECC_NIST_P256", "KeyUsage": "KEY_AGREEMENT"},
}
MAC = {"MacAlgorithm": "HMAC_SHA_256", "Message": b"x"}
SIGNATURE = {"SigningAlgorithm": "ECDSA_SHA_256", "Message": b"x"}
WRAPPING = {"WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048"}
IMPORT = {"ImportToken": b"x", "EncryptedKeyMaterial": b"x", "ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE"}
PEER = {"KeyAgreementAlgorithm": "ECDH", "PublicKey": spki(ec.generate_private_key(ec.SECP256R1()).public_key())}
PAIR = {"KeyPairSpec": "ECC_NIST_P256"}

# Every operation that needs its own action on one key: the kind of key, what is asked besides the key, and whether it
# is performed for other accounts. What is asked need not succeed: permission is decided on first.
OPERATIONS = {
    "CancelKeyDeletion": ("symmetric", {}, False),
    "CreateGrant": ("symmetric", {"GranteePrincipal": root(OTHER), "Operations": ["Decrypt"]}, True),
    "Decrypt": ("symmetric", {"CiphertextBlob": b"x"}, True),
    "DeleteImportedKeyMaterial": ("imported", {}, False),
    "DeriveSharedSecret": ("agreement", PEER, True),
    "DescribeKey": ("symmetric", {}, True),
    "DisableKey": ("symmetric", {}, False),
    "DisableKeyRotation": ("symmetric", {}, False),
    "EnableKey": ("symmetric", {}, False),
    "EnableKeyRotation": ("symmetric", {}, False),
    "Encrypt": ("symmetric", {"Plaintext": b"x"}, True),
    "GenerateDataKey": ("symmetric", {"KeySpec": "AES_256"}, True),
    "GenerateDataKeyPair": ("symmetric", PAIR, True),
    "GenerateDataKeyPairWithoutPlaintext": ("symmetric", PAIR, True),
    "GenerateDataKeyWithoutPlaintext": ("symmetric", {"KeySpec": "AES_256"}, True),
    "GenerateMac": ("hmac", MAC, True),
    "GetKeyLastUsage": ("symmetric", {}, False),
    "GetKeyPolicy": ("symmetric", {}, False),
    "GetKeyRotationStatus": ("symmetric", {}, True),
    "GetParametersForImport": ("symmetric", WRAPPING, False),
    "GetPublicKey": ("agreement", {}, True),
    "ImportKeyMaterial": ("imported", IMPORT, False),
    "ListGrants": ("symmetric", {}, True),
    "ListKeyPolicies": ("symmetric", {}, False),
    "ListKeyRotations": ("symmetric", {}, False),
    "ListResourceTags": ("symmetric", {}, False),
    "PutKeyPolicy": ("symmetric", {"Policy": "{}"}, False),
    "RevokeGrant": ("symmetric", {"GrantId": "0" * 64}, True),
    "RotateKeyOnDemand": ("symmetric", {}, False),
    "ScheduleKeyDeletion": ("symmetric", {}, False),
    "Sign": ("signing", SIGNATURE, True),
    "TagResource": ("symmetric", {"Tags": TAGS}, False),
    "UntagResource": ("symmetric", {"TagKeys": ["a"]}, False),
    "UpdateKeyDescription": ("symmetric", {"Description": "x"}, False),
    "UpdatePrimaryRegion": ("related", {"PrimaryRegion": "us-west-2"}, False),
    "Verify": ("signing", SIGNATURE | {"Signature": b"x"}, True),
    "VerifyMac": ("hmac", MAC | {"Mac": b"x"}, True),
}


@pytest.fixture(scope="module")
def cast(tmp_path_factory):
    declared = Identities()
    declared.user("admin", allow("*"))
    declared.user("bob")
    keys = f"arn:aws:kms:*:{OWNER}:key/*"
    declared.user("tagger", allow("CreateKey"), allow("TagResource", resource=keys))
    untaggable = deny("TagResource")
    untaggable["Statement"][0]["Resource"] = keys
    declared.user("plain", allow("CreateKey", "TagResource"), untaggable)
    for name, region in (("here", REGION), ("there", "us-west-2")):
        tagging = allow("TagResource", resource=keys.replace("*", region, 1))
        declared.user(name, allow("ReplicateKey", "CreateKey"), tagging)
    declared.user("lister", allow("ListRetirableGrants", resource=BOB))
    declared.user("frank", allow("*"), account=OTHER)
    declared.user("grace", account=OTHER)
    regions = ("--region", REGION, "--region", "us-west-2")
    with declared.serve(tmp_path_factory.mktemp("operations"), *regions, "--log-level", "debug") as server:
        yield Cast(server, declared)


class Asked:
    """One operation with what it is asked on a kind of key."""

    def __init__(self, cast, action):
        self.cast, self.action = cast, action
        self.kind, self.parameters, self.crosses = OPERATIONS[action]

    def key(self, *statements):
        policy = json.dumps(document(*statements))
        made = self.cast("admin").create_key(Policy=policy, BypassPolicyLockoutSafetyCheck=True, **KINDS[self.kind])
        return made["KeyMetadata"]["Arn"]

    def ask(self, user, key):
        getattr(self.cast(user), botocore.xform_name(self.action))(KeyId=key, **self.parameters)

    def is_let_through(self, user, key):
        """Whether permission is no obstacle, whatever else is."""
        try:
            self.ask(user, key)
        except botocore.exceptions.ClientError as error:
            return error.response["Error"]["Code"] != "AccessDeniedException"
        return True


@pytest.fixture(params=OPERATIONS)
def asked(cast, request):
    return Asked(cast, request.param)


def test_an_operation_needs_its_own_action(asked):
    action = asked.action
    others = {"Principal": {"AWS": [BOB, root(OWNER)]}, "NotAction": f"kms:{action}"}
    key = asked.key({"Effect": "Allow", "Resource": "*"} | others)
    for user in ("bob", "admin"):
        with denied(user_arn(user), action, key, silent(RESOURCE, action)):
            asked.ask(user, key)
    key = asked.key(delegation(action))
    with denied(BOB, action, key, silent(IDENTITY, action)):
        asked.ask("bob", key)
    assert asked.is_let_through("admin", key)
    key = asked.key(to(BOB, action))
    with denied(ADMIN, action, key, silent(RESOURCE, action)):
        asked.ask("admin", key)
    assert asked.is_let_through("bob", key)


def test_an_operation_of_another_account(asked):
    action = asked.action
    key = asked.key(to("*", action))
    missing = f"{key.rpartition('/')[0]}/{MISSING}"
    with hidden(FRANK, action):
        asked.ask("frank", missing)
    if asked.crosses:
        with denied(GRACE, action, key, silent(IDENTITY, action)):
            asked.ask("grace", key)
        assert asked.is_let_through("frank", key)
    else:
        for user, arn in (("grace", GRACE), ("frank", FRANK)):
            with hidden(arn, action):
                asked.ask(user, key)


# What is authorized where there is no key yet, or none at all


def test_tags_of_a_new_key_are_of_one_of_the_accounts_keys(cast):
    assert cast("tagger").create_key(Tags=TAGS)
    cast("plain").create_key()
    with denied(user_arn("plain"), "TagResource", "*", " with an explicit deny in an identity-based policy"):
        cast("plain").create_key(Tags=TAGS)


def test_tags_of_a_replica_are_of_a_key_of_its_region(cast):
    key = cast("admin").create_key(MultiRegion=True)["KeyMetadata"]["Arn"]
    with denied(user_arn("here"), "TagResource", "*", silent(IDENTITY, "TagResource")):
        cast("here").replicate_key(KeyId=key, ReplicaRegion="us-west-2", Tags=TAGS)
    cast("there").replicate_key(KeyId=key, ReplicaRegion="us-west-2", Tags=TAGS)


def test_retirable_grants_are_listed_of_a_principal(cast):
    lister, action = cast("lister"), "ListRetirableGrants"
    assert lister.list_retirable_grants(RetiringPrincipal=BOB)["Grants"] == []
    with denied(user_arn("lister"), action, "*", silent(IDENTITY, action)):
        lister.list_retirable_grants(RetiringPrincipal=ADMIN)


def test_a_new_primary_needs_both_keys(cast):
    key = Asked(cast, "UpdatePrimaryRegion").key(to(BOB, "UpdatePrimaryRegion"), delegation())
    replica = cast("admin").replicate_key(KeyId=key, ReplicaRegion="us-west-2")["ReplicaKeyMetadata"]["Arn"]
    with denied(BOB, "UpdatePrimaryRegion", replica, silent(IDENTITY, "UpdatePrimaryRegion")):
        cast("bob").update_primary_region(KeyId=key, PrimaryRegion="us-west-2")
    with hidden(FRANK, "UpdatePrimaryRegion"):
        cast("frank").update_primary_region(KeyId=key, PrimaryRegion="us-west-2")
    cast("admin").update_primary_region(KeyId=key, PrimaryRegion="us-west-2")
