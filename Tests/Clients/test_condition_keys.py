"""The condition keys of KMS, and the global ones: for each what a policy lets through, and what it does not."""

import datetime
import json

import botocore.exceptions
import pytest

from clients import ACCOUNT, REGION, refused
from declared import (
    OTHER,
    OWNER,
    Cast,
    Identities,
    allow,
    delegation,
    document,
    root,
    session_arn,
    statement,
    to,
    user_arn,
)

BOB, CAROL = user_arn("bob"), user_arn("carol")
ROLE = f"arn:aws:iam::{OWNER}:role/app"
MANY = [{"TagKey": key, "TagValue": value} for key, value in (("team", "blue"), ("stage", "test"))]


# Conditions on what is made: CreateKey is decided by identity policies alone, so each user has one. For each: the
# condition, what the user may make, and what not.
NEW_KEYS = {
    "spec": (
        {"StringEquals": {"kms:KeySpec": ["SYMMETRIC_DEFAULT", "ECC_NIST_P256"]}},
        [{}, {"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}],
        [{"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}],
    ),
    "old-spec": (
        {"StringLike": {"kms:CustomerMasterKeySpec": "SYMMETRIC_*"}},
        [{}, {"CustomerMasterKeySpec": "SYMMETRIC_DEFAULT"}],
        [{"CustomerMasterKeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}],
    ),
    "usage": (
        {"StringEquals": {"kms:KeyUsage": "ENCRYPT_DECRYPT"}},
        [{}, {"KeyUsage": "ENCRYPT_DECRYPT"}],
        [{"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}],
    ),
    "old-usage": (
        {"StringNotEquals": {"kms:CustomerMasterKeyUsage": "SIGN_VERIFY"}},
        [{}],
        [{"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}],
    ),
    "origin": (
        {"StringEquals": {"kms:KeyOrigin": "AWS_KMS"}},
        [{}, {"Origin": "AWS_KMS"}],
        [{"Origin": "EXTERNAL"}],
    ),
    "regional": ({"Bool": {"kms:MultiRegion": "false"}}, [{}, {"MultiRegion": False}], [{"MultiRegion": True}]),
    "related": (
        {"StringEquals": {"kms:MultiRegionKeyType": "PRIMARY"}},
        [{"MultiRegion": True}],
        [{}, {"MultiRegion": False}],
    ),
    "careful": (
        {"Null": {"kms:BypassPolicyLockoutSafetyCheck": "true"}},
        [{}],
        [{"BypassPolicyLockoutSafetyCheck": True}, {"BypassPolicyLockoutSafetyCheck": False}],
    ),
    "no-bypass": (
        {"BoolIfExists": {"kms:BypassPolicyLockoutSafetyCheck": "false"}},
        [{}, {"BypassPolicyLockoutSafetyCheck": False}],
        [{"BypassPolicyLockoutSafetyCheck": True}],
    ),
    "tagged": (
        {"StringEquals": {"aws:RequestTag/Team": ["blue", "green"]}},
        [{"Tags": MANY}, {"Tags": [{"TagKey": "TEAM", "TagValue": "green"}]}],
        [{}, {"Tags": [{"TagKey": "team", "TagValue": "red"}]}, {"Tags": [{"TagKey": "stage", "TagValue": "blue"}]}],
    ),
    "few-tags": (
        {"ForAllValues:StringEquals": {"aws:TagKeys": ["team", "stage"]}},
        [{}, {"Tags": MANY}],
        [{"Tags": MANY + [{"TagKey": "other", "TagValue": ""}]}],
    ),
    "here": ({"StringEquals": {"aws:RequestedRegion": "us-east-1"}}, [{}], []),
    "there": ({"StringEquals": {"aws:RequestedRegion": "us-west-2"}}, [], [{}]),
    # CreateKey is on no key: these are never there.
    "no-caller-account": ({"StringEquals": {"kms:CallerAccount": OWNER}}, [], [{}]),
    "no-service": ({"Null": {"kms:ViaService": "true"}}, [{}], []),
}


def identities():
    declared = Identities()
    declared.user("admin", allow("*"), document(statement("sts:AssumeRole")))
    declared.user("bob", document(statement("sts:AssumeRole")), tags={"team": "blue", "Cost": "7"})
    declared.user("carol", tags={"team": "red"})
    aliases = {"ForAnyValue:StringLike": {"kms:ResourceAliases": "alias/app-*"}}
    declared.user("aliased", allow("Encrypt", Condition=aliases))
    declared.user("replicator", allow("CreateKey", "TagResource"))
    declared.user("here-only", allow("ReplicateKey"), allow("CreateKey", Condition=NEW_KEYS["here"][0]))
    own_team = {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
    declared.user("tag-bound", allow("Encrypt", Condition=own_team), tags={"team": "blue"})
    declared.user("random", allow("GenerateRandom", Condition={"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}))
    declared.user("far", allow("GenerateRandom", Condition={"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}))
    for name, (condition, _, _) in NEW_KEYS.items():
        declared.user(name, allow("CreateKey", "TagResource", Condition=condition))
    declared.role("app", tags={"team": "blue"})
    declared.user("frank", allow("*"), account=OTHER)
    return declared


@pytest.fixture(scope="module")
def cast(tmp_path_factory):
    declared = identities()
    regions = ("--region", "us-east-1", "--region", "us-west-2")
    with declared.serve(tmp_path_factory.mktemp("conditions"), *regions, "--log-level", "debug") as server:
        yield Cast(server, declared)


def is_denied(call):
    """Whether a call is denied; any other refusal comes after the decision, so the caller was allowed."""
    try:
        call()
    except botocore.exceptions.ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] >= 500:
            raise
        return error.response["Error"]["Code"] == "AccessDeniedException"
    return False


def check(cast, action, condition, good=(), bad=(), by="bob", principal=BOB, **parameters):
    """Gives `bob` an action under a condition, on a new key, and tries the calls that should be allowed, or denied."""
    key = cast.key(to(principal, action, Condition=condition), **parameters)["Arn"]
    client = by if not isinstance(by, str) else cast(by)
    for call in good:
        assert not is_denied(lambda: call(client, key)), f"denied, though {condition} holds"
    for call in bad:
        assert is_denied(lambda: call(client, key)), f"allowed, though {condition} does not hold"


# What is made


@pytest.mark.parametrize("name", NEW_KEYS)
def test_new_keys(cast, name):
    condition, good, bad = NEW_KEYS[name]
    policy = {"Policy": json.dumps(document(delegation(), to(user_arn(name), "PutKeyPolicy")))}
    for parameters in good:
        assert not is_denied(lambda: cast(name).create_key(**policy, **parameters)), (condition, parameters)
    for parameters in bad:
        assert is_denied(lambda: cast(name).create_key(**policy, **parameters)), (condition, parameters)


def test_random_bytes_know_the_global_keys_only(cast):
    cast("random").generate_random(NumberOfBytes=8)
    with refused("AccessDeniedException"):
        cast("far").generate_random(NumberOfBytes=8)


def test_a_replica_is_made_in_its_region(cast):
    key = cast.key(delegation(), MultiRegion=True)["Arn"]
    with refused("AccessDeniedException") as refusal:
        cast("here-only").replicate_key(KeyId=key, ReplicaRegion="us-west-2")
    assert "kms:CreateKey" in refusal.refusal.message


# What the key is


SYMMETRIC, SIGNING = {}, {"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}
KEY_FACTS = [
    ("kms:KeySpec", "SYMMETRIC_DEFAULT", "ECC_NIST_P256", SYMMETRIC),
    ("kms:KeySpec", "ECC_NIST_P256", "SYMMETRIC_DEFAULT", SIGNING),
    ("kms:CustomerMasterKeySpec", "ECC_NIST_P256", "SYMMETRIC_DEFAULT", SIGNING),
    ("kms:KeyUsage", "SIGN_VERIFY", "ENCRYPT_DECRYPT", SIGNING),
    ("kms:CustomerMasterKeyUsage", "ENCRYPT_DECRYPT", "SIGN_VERIFY", SYMMETRIC),
    ("kms:KeyOrigin", "AWS_KMS", "EXTERNAL", SYMMETRIC),
    ("kms:KeyOrigin", "EXTERNAL", "AWS_KMS", {"Origin": "EXTERNAL"}),
    ("kms:MultiRegionKeyType", "PRIMARY", "REPLICA", {"MultiRegion": True}),
    ("kms:CallerAccount", OWNER, OTHER, SYMMETRIC),
    ("aws:ResourceAccount", OWNER, OTHER, SYMMETRIC),
    ("aws:ResourceTag/team", "blue", "Blue", {"Tags": MANY}),
    ("AWS:RESOURCETAG/STAGE", "test", "prod", {"Tags": MANY}),
    ("aws:RequestedRegion", REGION, "us-west-2", SYMMETRIC),
]


@pytest.mark.parametrize("name, value, other, parameters", KEY_FACTS)
def test_facts_of_the_key(cast, name, value, other, parameters):
    def call(kms, key):
        kms.describe_key(KeyId=key)

    check(cast, "DescribeKey", {"StringEquals": {name: value}}, [call], **parameters)
    check(cast, "DescribeKey", {"StringEquals": {name: other}}, [], [call], **parameters)
    check(cast, "DescribeKey", {"StringNotEquals": {name: value}}, [], [call], **parameters)
    check(cast, "DescribeKey", {"Null": {name: "true"}}, [], [call], **parameters)


@pytest.mark.parametrize("multi_region", [True, False])
def test_multi_region(cast, multi_region):
    def call(kms, key):
        kms.describe_key(KeyId=key)

    more = {"MultiRegion": multi_region}
    check(cast, "DescribeKey", {"Bool": {"kms:MultiRegion": str(multi_region).lower()}}, [call], **more)
    check(cast, "DescribeKey", {"Bool": {"kms:MultiRegion": str(not multi_region).lower()}}, [], [call], **more)
    type_is_missing = {"Null": {"kms:MultiRegionKeyType": "true"}}
    check(cast, "DescribeKey", type_is_missing, *([[], [call]] if multi_region else [[call], []]), **more)


def test_tags_count_at_once(cast):
    key = cast.key(to(BOB, "Encrypt", Condition={"StringEquals": {"aws:ResourceTag/team": "blue"}}))["Arn"]

    def call():
        cast("bob").encrypt(KeyId=key, Plaintext=b"x")

    for _ in range(3):
        assert is_denied(call)
        cast("admin").tag_resource(KeyId=key, Tags=[{"TagKey": "team", "TagValue": "blue"}])
        assert not is_denied(call)
        cast("admin").untag_resource(KeyId=key, TagKeys=["team"])


def test_aliases_of_the_key(cast):
    """kms:ResourceAliases is about all aliases of a key, and for identity policies only."""
    key = cast.key(delegation())["Arn"]

    def call(name):
        cast("aliased").encrypt(KeyId=name, Plaintext=b"x")

    assert is_denied(lambda: call(key))
    cast("admin").create_alias(AliasName="alias/other", TargetKeyId=key)
    assert is_denied(lambda: call("alias/other"))
    cast("admin").create_alias(AliasName="alias/app-one", TargetKeyId=key)
    for name in (key, "alias/other", "alias/app-one"):
        assert not is_denied(lambda: call(name)), name
    cast("admin").delete_alias(AliasName="alias/app-one")
    assert is_denied(lambda: call("alias/other"))
    cast("admin").delete_alias(AliasName="alias/other")

    def encrypt(kms, key):
        cast("admin").create_alias(AliasName="alias/in-a-key-policy", TargetKeyId=key)
        try:
            kms.encrypt(KeyId=key, Plaintext=b"x")
        finally:
            cast("admin").delete_alias(AliasName="alias/in-a-key-policy")

    condition = {"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/in-a-key-policy"}}
    check(cast, "Encrypt", condition, [], [encrypt])


def test_the_alias_of_the_request(cast):
    condition = {"StringEquals": {"kms:RequestAlias": "alias/requested"}}
    key = cast.key(to(BOB, "Encrypt", "Decrypt", "DescribeKey", Condition=condition))["Arn"]
    for alias in ("alias/requested", "alias/requested-too"):
        cast("admin").create_alias(AliasName=alias, TargetKeyId=key)
    bob = cast("bob")
    for name in ("alias/requested", f"arn:aws:kms:{REGION}:{OWNER}:alias/requested"):
        blob = bob.encrypt(KeyId=name, Plaintext=b"x")["CiphertextBlob"]
        bob.decrypt(KeyId=name, CiphertextBlob=blob)
        bob.describe_key(KeyId=name)
    for name in ("alias/requested-too", key, key.rpartition("/")[2]):
        assert is_denied(lambda: bob.encrypt(KeyId=name, Plaintext=b"x"))
        assert is_denied(lambda: bob.describe_key(KeyId=name))
    assert is_denied(lambda: bob.decrypt(CiphertextBlob=blob))
    for alias in ("alias/requested", "alias/requested-too"):
        cast("admin").delete_alias(AliasName=alias)


@pytest.mark.parametrize("operator, days, allowed", [("NumericLessThan", 1, True), ("NumericGreaterThan", 90, False)])
@pytest.mark.parametrize(
    "action, method", [("DisableKey", "disable_key"), ("ScheduleKeyDeletion", "schedule_key_deletion")]
)
def test_days_without_use(cast, action, method, operator, days, allowed):
    calls = [lambda kms, key: getattr(kms, method)(KeyId=key)]
    condition = {operator: {"kms:TrailingDaysWithoutKeyUsage": str(days)}}
    check(cast, action, condition, *([calls, []] if allowed else [[], calls]))


# What is asked: the action, the condition, the parameters of the key, and calls that are allowed and denied


def encrypt(**parameters):
    return lambda kms, key: kms.encrypt(KeyId=key, Plaintext=b"x", **parameters)


def sign(**parameters):
    return lambda kms, key: kms.sign(KeyId=key, **{"Message": b"x", "SigningAlgorithm": "ECDSA_SHA_256"} | parameters)


def grant(**parameters):
    parameters = {"GranteePrincipal": CAROL, "Operations": ["Encrypt"]} | parameters
    return lambda kms, key: kms.create_grant(KeyId=key, **parameters)


def context(**pairs):
    return encrypt(EncryptionContext=pairs)


def constrained(kind, **pairs):
    return grant(Constraints={f"EncryptionContext{kind}": pairs})


def put_policy(**parameters):
    administration = to(user_arn("admin"), "*")
    policy = json.dumps(document(to(BOB, "PutKeyPolicy"), administration))
    return lambda kms, key: kms.put_key_policy(KeyId=key, Policy=policy, **parameters)


def import_material(**parameters):
    parameters = {"ImportToken": b"x" * 100, "EncryptedKeyMaterial": b"x" * 100} | parameters
    return lambda kms, key: kms.import_key_material(KeyId=key, **parameters)


def import_parameters(**parameters):
    parameters = {"WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048"} | parameters
    return lambda kms, key: kms.get_parameters_for_import(KeyId=key, **parameters)


def pair(spec):
    return lambda kms, key: kms.generate_data_key_pair(KeyId=key, KeyPairSpec=spec)


RSA = {"KeySpec": "RSA_2048", "KeyUsage": "ENCRYPT_DECRYPT"}
EXTERNAL = {"Origin": "EXTERNAL"}
SOON = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
LATE = SOON + datetime.timedelta(days=300)
LIMIT = SOON + datetime.timedelta(days=30)

REQUESTS = {
    "BypassPolicyLockoutSafetyCheck": (
        "PutKeyPolicy",
        {"Bool": {"kms:BypassPolicyLockoutSafetyCheck": "true"}},
        {},
        [put_policy(BypassPolicyLockoutSafetyCheck=True)],
        [put_policy(), put_policy(BypassPolicyLockoutSafetyCheck=False)],
    ),
    "DataKeyPairSpec": (
        "GenerateDataKeyPair",
        {"StringLike": {"kms:DataKeyPairSpec": "ECC_NIST_*"}},
        {},
        [pair("ECC_NIST_P256"), pair("ECC_NIST_P521")],
        [pair("ECC_SECG_P256K1"), pair("SM2")],
    ),
    "EncryptionAlgorithm": (
        "Encrypt",
        {"StringEquals": {"kms:EncryptionAlgorithm": "RSAES_OAEP_SHA_256"}},
        RSA,
        [encrypt(EncryptionAlgorithm="RSAES_OAEP_SHA_256")],
        [encrypt(EncryptionAlgorithm="RSAES_OAEP_SHA_1"), encrypt()],
    ),
    "EncryptionAlgorithm by default": (
        "Encrypt",
        {"StringEquals": {"kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT"}},
        {},
        [encrypt(), encrypt(EncryptionAlgorithm="SYMMETRIC_DEFAULT")],
        [encrypt(EncryptionAlgorithm="RSAES_OAEP_SHA_1")],
    ),
    "EncryptionContext": (
        "Encrypt",
        {"StringEquals": {"kms:EncryptionContext:Team": "blue"}},
        {},
        [context(Team="blue"), context(team="blue"), context(TEAM="blue", other="x")],
        [encrypt(), context(Team="Blue"), context(other="blue")],
    ),
    "EncryptionContext of two keys that differ in case": (
        "Encrypt",
        {"StringEquals": {"kms:EncryptionContext:team": "blue"}},
        {},
        [context(team="blue", Team="blue")],
        [context(team="blue", Team="red")],
    ),
    "EncryptionContext of a key in another Unicode form": (
        "Encrypt",
        {"StringEquals": {"kms:EncryptionContext:caf\u00e9": "1"}},
        {},
        [context(**{"caf\u00e9": "1"}), context(**{"CAF\u00c9": "1"})],
        [context(**{"cafe\u0301": "1"}), context(**{"cafe\u0301": "1", "other": "2"})],
    ),
    "EncryptionContextKeys, one of them": (
        "Encrypt",
        {"ForAnyValue:StringEquals": {"kms:EncryptionContextKeys": "team"}},
        {},
        [context(team="x"), context(team="x", other="y")],
        [encrypt(), context(Team="x"), context(other="team")],
    ),
    "EncryptionContextKeys, all of them": (
        "Encrypt",
        {
            "ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["team", "stage"]},
            "Null": {"kms:EncryptionContextKeys": "false"},
        },
        {},
        [context(team="x"), context(team="x", stage="y")],
        [encrypt(), context(team="x", other="y")],
    ),
    "ExpirationModel": (
        "ImportKeyMaterial",
        {"StringEquals": {"kms:ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE"}},
        EXTERNAL,
        [import_material(ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE")],
        [import_material(ExpirationModel="KEY_MATERIAL_EXPIRES", ValidTo=SOON), import_material(ValidTo=SOON)],
    ),
    "ExpirationModel is absent when the parameter is": (
        "ImportKeyMaterial",
        {"Null": {"kms:ExpirationModel": "true"}},
        EXTERNAL,
        [import_material(ValidTo=SOON)],
        [import_material(ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE")],
    ),
    "ValidTo": (
        "ImportKeyMaterial",
        {"NumericLessThan": {"kms:ValidTo": str(int(LIMIT.timestamp()))}},
        EXTERNAL,
        [import_material(ValidTo=SOON)],
        [import_material(ValidTo=LATE), import_material(ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE")],
    ),
    "ValidTo as a date": (
        "ImportKeyMaterial",
        {"DateLessThan": {"kms:ValidTo": LIMIT.strftime("%Y-%m-%dT%H:%M:%SZ")}},
        EXTERNAL,
        [import_material(ValidTo=SOON)],
        [import_material(ValidTo=LATE)],
    ),
    "GrantConstraintType": (
        "CreateGrant",
        {"StringEquals": {"kms:GrantConstraintType": "EncryptionContextEquals"}},
        {},
        [constrained("Equals", a="b")],
        [constrained("Subset", a="b"), grant()],
    ),
    "EncryptionContext of a grant": (
        "CreateGrant",
        {"StringEquals": {"kms:EncryptionContext:team": "blue"}},
        {},
        [constrained("Equals", team="blue"), constrained("Subset", team="blue", other="x")],
        [constrained("Equals", team="red"), grant()],
    ),
    "GrantIsForAWSResource": (
        "CreateGrant",
        {"Bool": {"kms:GrantIsForAWSResource": "false"}},
        {},
        [grant()],
        [],
    ),
    "GrantIsForAWSResource is never true": (
        "CreateGrant",
        {"Bool": {"kms:GrantIsForAWSResource": "true"}},
        {},
        [],
        [grant()],
    ),
    "GrantOperations": (
        "CreateGrant",
        {"ForAllValues:StringEquals": {"kms:GrantOperations": ["Encrypt", "Decrypt"]}},
        {},
        [grant(), grant(Operations=["Decrypt", "Encrypt"])],
        [grant(Operations=["Encrypt", "CreateGrant"]), grant(Operations=["DescribeKey"])],
    ),
    "GranteePrincipal": (
        "CreateGrant",
        {"StringLike": {"kms:GranteePrincipal": f"arn:aws:iam::{OWNER}:user/*"}},
        {},
        [grant()],
        [grant(GranteePrincipal=ROLE), grant(GranteePrincipal=root(OTHER))],
    ),
    "RetiringPrincipal": (
        "CreateGrant",
        {"StringEquals": {"kms:RetiringPrincipal": BOB}},
        {},
        [grant(RetiringPrincipal=BOB)],
        [grant(RetiringPrincipal=CAROL), grant()],
    ),
    "KeyAgreementAlgorithm": (
        "DeriveSharedSecret",
        {"StringEquals": {"kms:KeyAgreementAlgorithm": "ECDH"}},
        {"KeySpec": "ECC_NIST_P256", "KeyUsage": "KEY_AGREEMENT"},
        [lambda kms, key: kms.derive_shared_secret(KeyId=key, KeyAgreementAlgorithm="ECDH", PublicKey=b"x")],
        [],
    ),
    "MacAlgorithm": (
        "GenerateMac",
        {"StringEquals": {"kms:MacAlgorithm": "HMAC_SHA_512"}},
        {"KeySpec": "HMAC_512", "KeyUsage": "GENERATE_VERIFY_MAC"},
        [lambda kms, key: kms.generate_mac(KeyId=key, Message=b"x", MacAlgorithm="HMAC_SHA_512")],
        [lambda kms, key: kms.generate_mac(KeyId=key, Message=b"x", MacAlgorithm="HMAC_SHA_256")],
    ),
    "MessageType": (
        "Sign",
        {"StringEquals": {"kms:MessageType": "RAW"}},
        SIGNING,
        [sign(), sign(MessageType="RAW")],
        [sign(MessageType="DIGEST", Message=b"x" * 32)],
    ),
    "SigningAlgorithm": (
        "Sign",
        {"StringLike": {"kms:SigningAlgorithm": "RSASSA_PSS_*"}},
        {"KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"},
        [sign(SigningAlgorithm="RSASSA_PSS_SHA_256"), sign(SigningAlgorithm="RSASSA_PSS_SHA_512")],
        [sign(SigningAlgorithm="RSASSA_PKCS1_V1_5_SHA_256")],
    ),
    "RotationPeriodInDays": (
        "EnableKeyRotation",
        {"NumericLessThanEquals": {"kms:RotationPeriodInDays": "180"}},
        {},
        [lambda kms, key: kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=days) for days in (90, 180)],
        [lambda kms, key: kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=181)],
    ),
    "ScheduleKeyDeletionPendingWindowInDays": (
        "ScheduleKeyDeletion",
        {"NumericGreaterThanEquals": {"kms:ScheduleKeyDeletionPendingWindowInDays": "20"}},
        {},
        [lambda kms, key: kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=20)],
        [lambda kms, key: kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)],
    ),
    "WrappingAlgorithm": (
        "GetParametersForImport",
        {"StringEquals": {"kms:WrappingAlgorithm": "RSAES_OAEP_SHA_256"}},
        EXTERNAL,
        [import_parameters()],
        [import_parameters(WrappingAlgorithm="RSAES_OAEP_SHA_1")],
    ),
    "WrappingKeySpec": (
        "GetParametersForImport",
        {"StringEquals": {"kms:WrappingKeySpec": "RSA_2048"}},
        EXTERNAL,
        [import_parameters()],
        [import_parameters(WrappingKeySpec="RSA_4096")],
    ),
    "TagKeys of TagResource": (
        "TagResource",
        {"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}},
        {},
        [lambda kms, key: kms.tag_resource(KeyId=key, Tags=MANY[:1])],
        [lambda kms, key: kms.tag_resource(KeyId=key, Tags=MANY)],
    ),
    "TagKeys of UntagResource": (
        "UntagResource",
        {"ForAnyValue:StringEquals": {"aws:TagKeys": ["team"]}},
        {},
        [lambda kms, key: kms.untag_resource(KeyId=key, TagKeys=["team"])],
        [lambda kms, key: kms.untag_resource(KeyId=key, TagKeys=["other"])],
    ),
    "RequestTag of TagResource": (
        "TagResource",
        {"StringEquals": {"aws:RequestTag/TEAM": "blue"}},
        {},
        [lambda kms, key: kms.tag_resource(KeyId=key, Tags=MANY)],
        [
            lambda kms, key: kms.tag_resource(KeyId=key, Tags=MANY[1:]),
            lambda kms, key: kms.tag_resource(KeyId=key, Tags=[{"TagKey": "team", "TagValue": "BLUE"}]),
        ],
    ),
    "ViaService is never there": (
        "Encrypt",
        {"StringEquals": {"kms:ViaService": f"s3.{REGION}.amazonaws.com"}},
        {},
        [],
        [encrypt()],
    ),
    "without ViaService": ("Encrypt", {"Null": {"kms:ViaService": "true"}}, {}, [encrypt()], []),
    "an attested recipient": (
        "Decrypt",
        {"StringEqualsIgnoreCase": {"kms:RecipientAttestation:PCR0": "ab" * 48}},
        {},
        [],
        [lambda kms, key: kms.decrypt(KeyId=key, CiphertextBlob=b"x" * 100)],
    ),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_what_is_asked(cast, name):
    action, condition, parameters, good, bad = REQUESTS[name]
    # Denied calls first: some of the others end the key.
    check(cast, action, condition, [], bad, **parameters)
    for call in good:
        check(cast, action, condition, [call], **parameters)


def test_grant_operations_in_a_deny(cast):
    """A Deny for what is not in a list: any operation outside is enough."""
    condition = {"ForAnyValue:StringNotEquals": {"kms:GrantOperations": ["Encrypt", "Decrypt"]}}
    key = cast.key(to(BOB, "CreateGrant"), to(BOB, "CreateGrant", effect="Deny", Condition=condition))["Arn"]
    assert not is_denied(lambda: grant()(cast("bob"), key))
    assert is_denied(lambda: grant(Operations=["Encrypt", "DescribeKey"])(cast("bob"), key))


def test_re_encryption_on_the_same_key(cast):
    condition = {"Bool": {"kms:ReEncryptOnSameKey": "true"}}
    one, two = (
        cast.key(to(BOB, "Encrypt"), to(BOB, "ReEncrypt*", Condition=condition))["Arn"] for _ in range(2)
    )
    bob = cast("bob")
    blob = bob.encrypt(KeyId=one, Plaintext=b"x")["CiphertextBlob"]
    bob.re_encrypt(CiphertextBlob=blob, DestinationKeyId=one, DestinationEncryptionContext={"a": "b"})
    assert is_denied(lambda: bob.re_encrypt(CiphertextBlob=blob, DestinationKeyId=two))


def test_each_side_of_a_re_encryption_has_its_context(cast):
    def condition(value):
        return {"StringEquals": {"kms:EncryptionContext:side": value}}

    key = cast.key(
        to(BOB, "Encrypt"),
        to(BOB, "ReEncryptFrom", Condition=condition("from")),
        to(BOB, "ReEncryptTo", Condition=condition("to")),
    )["Arn"]
    bob = cast("bob")

    def call(here, there):
        here, there = {"side": here}, {"side": there}
        blob = bob.encrypt(KeyId=key, Plaintext=b"x", EncryptionContext=here)["CiphertextBlob"]
        bob.re_encrypt(
            CiphertextBlob=blob,
            SourceEncryptionContext=here,
            DestinationKeyId=key,
            DestinationEncryptionContext=there,
        )

    call("from", "to")
    for here, there in (("to", "from"), ("from", "from"), ("to", "to")):
        assert is_denied(lambda: call(here, there)), (here, there)


def test_the_region_of_a_replica(cast):
    def call(kms, key):
        kms.replicate_key(KeyId=key, ReplicaRegion="us-west-2")

    for region, calls in (("us-west-2", [[call], []]), ("eu-west-1", [[], [call]])):
        condition = {"StringEquals": {"kms:ReplicaRegion": region}}
        arn = user_arn("replicator")
        check(cast, "ReplicateKey", condition, *calls, by="replicator", principal=arn, MultiRegion=True)


@pytest.mark.parametrize("region, allowed", [("us-west-2", True), ("us-east-1", False)])
def test_the_new_primary_region(cast, region, allowed):
    condition = {"StringEquals": {"kms:PrimaryRegion": region}}
    statements = [delegation(), to(BOB, "UpdatePrimaryRegion", Condition=condition)]
    key = cast.key(*statements, MultiRegion=True)["Arn"]
    policy = json.dumps(document(*statements))
    cast("admin").replicate_key(KeyId=key, ReplicaRegion="us-west-2", Policy=policy)
    assert is_denied(lambda: cast("bob").update_primary_region(KeyId=key, PrimaryRegion="us-west-2")) != allowed


# Which operation has which keys

TAGGED = {"Tags": [{"TagKey": "Team", "TagValue": "blue"}]}
AGREEING = {"KeySpec": "ECC_NIST_P256", "KeyUsage": "KEY_AGREEMENT"}
MAC = {"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}
WITH_CONTEXT = {"EncryptionContext": {"Dept": "x"}}
SIGNED = {"Message": b"x", "SigningAlgorithm": "ECDSA_SHA_256"}
MACED = {"Message": b"x", "MacAlgorithm": "HMAC_SHA_256"}

ENCRYPTS = {
    "kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT",
    "kms:EncryptionContext:dept": "x",
    "kms:EncryptionContextKeys": "Dept",
}
SIGNS = {"kms:SigningAlgorithm": "ECDSA_SHA_256", "kms:MessageType": "RAW"}
NOT_FOR_AWS = {"kms:GrantIsForAWSResource": "false"}

# For each action: the key, the method, its parameters, and the condition keys that it has beside those of every
# operation on a key.
OPERATIONS = {
    "Encrypt": ({}, "encrypt", {"Plaintext": b"x"} | WITH_CONTEXT, ENCRYPTS),
    "Decrypt": ({}, "decrypt", {"CiphertextBlob": b"x" * 100} | WITH_CONTEXT, ENCRYPTS),
    "GenerateDataKey": ({}, "generate_data_key", {"KeySpec": "AES_256"} | WITH_CONTEXT, ENCRYPTS),
    "GenerateDataKeyWithoutPlaintext": (
        {},
        "generate_data_key_without_plaintext",
        {"KeySpec": "AES_256"} | WITH_CONTEXT,
        ENCRYPTS,
    ),
    "GenerateDataKeyPair": (
        {},
        "generate_data_key_pair",
        {"KeyPairSpec": "ECC_NIST_P256"} | WITH_CONTEXT,
        ENCRYPTS | {"kms:DataKeyPairSpec": "ECC_NIST_P256"},
    ),
    "GenerateDataKeyPairWithoutPlaintext": (
        {},
        "generate_data_key_pair_without_plaintext",
        {"KeyPairSpec": "ECC_NIST_P256"} | WITH_CONTEXT,
        ENCRYPTS | {"kms:DataKeyPairSpec": "ECC_NIST_P256"},
    ),
    "Sign": (SIGNING, "sign", SIGNED, SIGNS),
    "Verify": (SIGNING, "verify", SIGNED | {"Signature": b"x"}, SIGNS),
    "GetPublicKey": (SIGNING, "get_public_key", {}, {}),
    "GenerateMac": (MAC, "generate_mac", MACED, {"kms:MacAlgorithm": "HMAC_SHA_256"}),
    "VerifyMac": (MAC, "verify_mac", MACED | {"Mac": b"x"}, {"kms:MacAlgorithm": "HMAC_SHA_256"}),
    "DeriveSharedSecret": (
        AGREEING,
        "derive_shared_secret",
        {"KeyAgreementAlgorithm": "ECDH", "PublicKey": b"x"},
        {"kms:KeyAgreementAlgorithm": "ECDH"},
    ),
    "DescribeKey": ({}, "describe_key", {}, {}),
    "CreateGrant": (
        {},
        "create_grant",
        {
            "GranteePrincipal": CAROL,
            "RetiringPrincipal": BOB,
            "Operations": ["Decrypt"],
            "Constraints": {"EncryptionContextSubset": {"Dept": "x"}},
        },
        NOT_FOR_AWS
        | {
            "kms:EncryptionContext:dept": "x",
            "kms:EncryptionContextKeys": "Dept",
            "kms:GrantConstraintType": "EncryptionContextSubset",
            "kms:GrantOperations": "Decrypt",
            "kms:GranteePrincipal": CAROL,
            "kms:RetiringPrincipal": BOB,
        },
    ),
    "ListGrants": ({}, "list_grants", {}, NOT_FOR_AWS),
    "RevokeGrant": ({}, "revoke_grant", {"GrantId": "0" * 64}, NOT_FOR_AWS),
    "EnableKeyRotation": ({}, "enable_key_rotation", {}, {"kms:RotationPeriodInDays": "365"}),
    "DisableKey": ({}, "disable_key", {}, {"kms:TrailingDaysWithoutKeyUsage": "0"}),
    "ScheduleKeyDeletion": (
        {},
        "schedule_key_deletion",
        {},
        {"kms:TrailingDaysWithoutKeyUsage": "0", "kms:ScheduleKeyDeletionPendingWindowInDays": "30"},
    ),
    "PutKeyPolicy": ({}, "put_key_policy", {"Policy": "{}"}, {}),
    "TagResource": (
        {},
        "tag_resource",
        {"Tags": [{"TagKey": "Stage", "TagValue": "test"}]},
        {"aws:TagKeys": "Stage", "aws:RequestTag/stage": "test"},
    ),
    "UntagResource": ({}, "untag_resource", {"TagKeys": ["Stage"]}, {"aws:TagKeys": "Stage"}),
    "ImportKeyMaterial": (
        EXTERNAL,
        "import_key_material",
        {"ImportToken": b"x" * 100, "EncryptedKeyMaterial": b"x" * 100},
        {},
    ),
    "GetParametersForImport": (
        EXTERNAL,
        "get_parameters_for_import",
        {"WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048"},
        {"kms:WrappingAlgorithm": "RSAES_OAEP_SHA_256", "kms:WrappingKeySpec": "RSA_2048"},
    ),
}
ALWAYS_ABSENT = [
    *("kms:BypassPolicyLockoutSafetyCheck", "kms:ExpirationModel", "kms:MultiRegionKeyType", "kms:PrimaryRegion"),
    *("kms:RecipientAttestation:ImageSha384", "kms:RecipientAttestation:PCR0", "kms:ReEncryptOnSameKey"),
    *("kms:ReplicaRegion", "kms:RequestAlias", "kms:ResourceAliases", "kms:ValidTo", "kms:ViaService"),
    *("kms:GranteeServicePrincipal", "kms:RetiringServicePrincipal", "kms:GrantConstraintSourceArn"),
]
LISTS = {"kms:EncryptionContextKeys", "kms:GrantOperations", "aws:TagKeys"}
ALL_KEYS = {name for _, _, _, names in OPERATIONS.values() for name in names} | set(ALWAYS_ABSENT)


def is_equal(values):
    """A condition that each key has exactly this value."""
    condition = {}
    for name, value in values.items():
        operator = "NumericEquals" if "Days" in name else "StringEquals"
        condition.setdefault(("ForAllValues:" if name in LISTS else "") + operator, {})[name] = value
    return condition


@pytest.mark.parametrize("action", OPERATIONS)
def test_an_operation_has_its_keys_and_no_others(cast, action):
    parameters, method, request, own = OPERATIONS[action]
    parameters = TAGGED | parameters
    spec = parameters.get("KeySpec", "SYMMETRIC_DEFAULT")
    usage = parameters.get("KeyUsage", "ENCRYPT_DECRYPT")
    of_the_key = {
        "kms:CallerAccount": OWNER,
        "kms:KeySpec": spec,
        "kms:CustomerMasterKeySpec": spec,
        "kms:KeyUsage": usage,
        "kms:CustomerMasterKeyUsage": usage,
        "kms:KeyOrigin": parameters.get("Origin", "AWS_KMS"),
        "kms:MultiRegion": "false",
        "aws:ResourceAccount": OWNER,
        "aws:ResourceTag/team": "blue",
    }
    values = of_the_key | own
    absence = {name: "false" for name in values} | {name: "true" for name in ALL_KEYS - set(own)}

    def call(kms, key):
        getattr(kms, method)(KeyId=key, **request)

    check(cast, action, is_equal(values) | {"Null": absence}, [call], **parameters)
    if own:
        wrong = {name: "7" if "Days" in name else value + "x" for name, value in own.items()}
        condition = {f"{operator}IfExists": names for operator, names in is_equal(wrong).items()}
        check(cast, action, condition, [], [call], **parameters)


# Who asks, from where, when


def global_cases():
    now = datetime.datetime.now(datetime.timezone.utc)
    before, after = ((now + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ") for days in (-1, 1))
    yield "StringEquals", "aws:PrincipalArn", BOB, CAROL
    yield "ArnLike", "aws:PrincipalArn", f"arn:aws:iam::{OWNER}:user/b*", f"arn:aws:iam::{OWNER}:role/*"
    yield "StringEquals", "aws:PrincipalAccount", OWNER, OTHER
    yield "StringEquals", "aws:PrincipalType", "User", "AssumedRole"
    yield "StringEquals", "aws:PrincipalTag/team", "blue", "red"
    yield "StringEquals", "AWS:PRINCIPALTAG/COST", "7", "8"
    yield "NumericLessThan", "aws:PrincipalTag/Cost", "8", "7"
    yield "Bool", "aws:PrincipalIsAWSService", "false", "true"
    yield "Bool", "aws:ViaAWSService", "false", "true"
    yield "StringEquals", "aws:username", "bob", "Bob"
    yield "StringEqualsIgnoreCase", "aws:username", "BOB", "carol"
    yield "StringLike", "aws:userid", "AIDA*", "AROA*"
    yield "IpAddress", "aws:SourceIp", "127.0.0.1", "127.0.0.2"
    yield "IpAddress", "aws:SourceIp", ["203.0.113.0/24", "127.0.0.0/8"], "203.0.113.0/24"
    yield "NotIpAddress", "aws:SourceIp", "203.0.113.0/24", "127.0.0.0/8"
    yield "Bool", "aws:SecureTransport", "false", "true"
    yield "StringLike", "aws:UserAgent", "Boto3/*", "aws-sdk-go/*"
    yield "DateGreaterThan", "aws:CurrentTime", before, after
    yield "DateLessThan", "aws:CurrentTime", after, before
    yield "NumericGreaterThan", "aws:EpochTime", str(int(now.timestamp()) - 1000), str(int(now.timestamp()) + 100_000)
    # Of temporary credentials only.
    yield "Null", "aws:TokenIssueTime", "true", "false"
    yield "Null", "aws:MultiFactorAuthPresent", "true", "false"
    yield "BoolIfExists", "aws:MultiFactorAuthPresent", "true", None
    # Of nobody here.
    for name in ("SourceVpc", "SourceVpce", "VpcSourceIp", "PrincipalOrgID", "SourceArn", "CalledVia"):
        yield "Null", f"aws:{name}", "true", "false"


@pytest.mark.parametrize("operator, name, good, bad", global_cases())
def test_global_keys(cast, operator, name, good, bad):
    check(cast, "Encrypt", {operator: {name: good}}, [encrypt()])
    if bad is not None:
        check(cast, "Encrypt", {operator: {name: bad}}, [], [encrypt()])


@pytest.mark.parametrize(
    "operator, name, good, bad",
    [
        ("ArnEquals", "aws:PrincipalArn", ROLE, session_arn("app", "one")),
        ("StringEquals", "aws:PrincipalType", "AssumedRole", "User"),
        ("StringEquals", "aws:PrincipalTag/team", "blue", "red"),
        ("StringLike", "aws:userid", "AROA*:one", "AROA*:two"),
        ("Null", "aws:TokenIssueTime", "false", "true"),
        ("DateGreaterThan", "aws:TokenIssueTime", "2020-01-01T00:00:00Z", "2100-01-01T00:00:00Z"),
        ("Bool", "aws:MultiFactorAuthPresent", "false", "true"),
        ("Null", "aws:username", "true", "false"),
    ],
)
def test_global_keys_of_sessions(cast, operator, name, good, bad):
    session = cast.assume("app", by="bob")
    check(cast, "Encrypt", {operator: {name: good}}, [encrypt()], by=session, principal=ROLE)
    check(cast, "Encrypt", {operator: {name: bad}}, [], [encrypt()], by=session, principal=ROLE)


def test_the_account_of_a_foreign_caller(cast):
    for account, calls in ((OTHER, [[encrypt()], []]), (OWNER, [[], [encrypt()]])):
        condition = {"StringEquals": {"kms:CallerAccount": account}}
        check(cast, "Encrypt", condition, *calls, by="frank", principal="*")


# Variables


def test_variables_in_a_key_policy(cast):
    condition = {"StringEquals": {"kms:EncryptionContext:owner": "${aws:username}"}}
    good, bad = context(owner="bob"), [context(owner="carol"), context(owner="${aws:username}"), encrypt()]
    check(cast, "Encrypt", condition, [good], bad)
    # A session has no user name, and nothing equals what is not there.
    session = cast.assume("app", by="bob")
    check(cast, "Encrypt", condition, [], [good, *bad], by=session, principal=ROLE)
    condition = {"StringEquals": {"kms:EncryptionContext:owner": "${aws:username, 'nobody'}"}}
    check(cast, "Encrypt", condition, [context(owner="nobody")], [good], by=session, principal=ROLE)


def test_variables_need_the_second_version(cast):
    condition = {"StringEquals": {"kms:EncryptionContext:owner": "${aws:username}"}}
    administration = to(user_arn("admin"), "*")
    policy = document(to(BOB, "Encrypt", Condition=condition), administration, Version="2008-10-17")
    key = cast("admin").create_key(Policy=json.dumps(policy))["KeyMetadata"]["Arn"]
    assert is_denied(lambda: context(owner="bob")(cast("bob"), key))
    assert not is_denied(lambda: context(owner="${aws:username}")(cast("bob"), key))


def test_tags_of_key_and_principal_that_agree(cast):
    """Attribute-based access: a user may use the keys of its own team, whichever they are."""
    keys = {
        team: cast.key(delegation(), Tags=[{"TagKey": "team", "TagValue": team}])["Arn"] for team in ("blue", "red")
    }
    assert not is_denied(lambda: encrypt()(cast("tag-bound"), keys["blue"]))
    assert is_denied(lambda: encrypt()(cast("tag-bound"), keys["red"]))
    assert is_denied(lambda: encrypt()(cast("tag-bound"), cast.key(delegation())["Arn"]))


def test_several_conditions_must_all_hold(cast):
    condition = {
        "StringEquals": {"kms:EncryptionContext:a": "1", "kms:EncryptionContext:b": ["2", "3"]},
        "Bool": {"aws:SecureTransport": "false"},
    }
    good, bad = [context(a="1", b="2"), context(a="1", b="3")], [context(a="1"), context(a="1", b="4")]
    check(cast, "Encrypt", condition, good, bad)


def test_conditions_of_a_delegation(cast):
    """The condition of the statement that names the account limits what identity policies can give."""
    condition = {"StringEquals": {"kms:EncryptionContext:team": "blue"}}
    key = cast.key(delegation("Encrypt", Condition=condition))["Arn"]
    assert not is_denied(lambda: context(team="blue")(cast("admin"), key))
    assert is_denied(lambda: context(team="red")(cast("admin"), key))


@pytest.mark.parametrize("name", ["kms:EncryptionContext:team", "aws:RequestTag/team"])
def test_conditions_that_let_everything_through_are_refused(cast, name):
    policy = document(delegation(), to(BOB, "Encrypt", Condition={"ForAllValues:StringEquals": {name: "blue"}}))
    with refused("MalformedPolicyDocumentException") as refusal:
        cast("admin").create_key(Policy=json.dumps(policy))
    assert refusal.refusal.message.startswith("OverlyPermissiveCondition:")


def test_account_of_development(dev, kms):
    """What is true of roots in development: their account's type, and no user name."""
    condition = {"StringEquals": {"aws:PrincipalType": "Account"}, "Null": {"aws:username": "true"}}
    key = kms.create_key(Policy=json.dumps(document(delegation(account=ACCOUNT, Condition=condition))))["KeyMetadata"]
    kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
