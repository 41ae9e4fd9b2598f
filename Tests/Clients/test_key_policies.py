"""GetKeyPolicy, PutKeyPolicy, ListKeyPolicies, and the policies that CreateKey takes."""

import json
import time

import pytest

from clients import ACCOUNT, kms_client, refused

ROOT = f"arn:aws:iam::{ACCOUNT}:root"
LOCKOUT = "The new key policy will not allow you to update the key policy in the future."
INVALID_PRINCIPAL = "Policy contains a statement with one or more invalid principals."


def statement(**members):
    return {"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:*", "Resource": "*"} | members


def document(*statements, **members):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)} | members)


def policy_of(kms, key):
    answer = kms.get_key_policy(KeyId=key["KeyId"])
    assert answer["PolicyName"] == "default"
    return json.loads(answer["Policy"])


@pytest.fixture
def mine(kms):
    """A key whose policy a test may replace."""
    return kms.create_key()["KeyMetadata"]


def test_the_default(kms, mine):
    assert policy_of(kms, mine) == {
        "Version": "2012-10-17",
        "Id": "key-default-1",
        "Statement": [
            {
                "Sid": "Enable IAM User Permissions",
                "Effect": "Allow",
                "Principal": {"AWS": ROOT},
                "Action": "kms:*",
                "Resource": "*",
            }
        ],
    }


def test_the_default_in_china(dev):
    china = kms_client(dev, region="cn-north-1")
    key = china.create_key()["KeyMetadata"]
    assert policy_of(china, key)["Statement"][0]["Principal"] == {"AWS": f"arn:aws-cn:iam::{ACCOUNT}:root"}
    with refused("MalformedPolicyDocumentException", INVALID_PRINCIPAL):
        china.put_key_policy(KeyId=key["KeyId"], Policy=document(statement()))


def test_a_policy_is_replaced(kms, mine):
    policy = document(
        statement(),
        statement(
            Sid="Users of the key",
            Principal={"AWS": ["arn:aws:iam::444455556666:role/path/app", "777788889999"]},
            Action=["kms:Encrypt", "kms:GenerateDataKey*"],
            Condition={
                "StringEquals": {"kms:EncryptionContext:team": ["blue", "☃"]},
                "Bool": {"aws:SecureTransport": True},
            },
        ),
        Id="mine",
    )
    kms.put_key_policy(KeyId=mine["Arn"], Policy=policy, PolicyName="default")
    assert policy_of(kms, mine) == json.loads(policy)
    assert kms.get_key_policy(KeyId=mine["Arn"], PolicyName="default")["Policy"] == policy


def test_a_policy_from_the_start(kms):
    policy = document(statement(Principal="*"))
    key = kms.create_key(Policy=policy)["KeyMetadata"]
    # KMS writes everybody's name so.
    assert policy_of(kms, key)["Statement"] == [statement(Principal={"AWS": "*"})]


def test_names(kms, mine):
    answer = kms.list_key_policies(KeyId=mine["KeyId"])
    assert answer["PolicyNames"] == ["default"]
    assert answer["Truncated"] is False
    assert kms.list_key_policies(KeyId=mine["KeyId"], Limit=1)["PolicyNames"] == ["default"]
    with refused("InvalidMarkerException"):
        kms.list_key_policies(KeyId=mine["KeyId"], Marker="made up")
    with refused("NotFoundException", "No such policy exists"):
        kms.get_key_policy(KeyId=mine["KeyId"], PolicyName="other")
    with refused("NotFoundException", "No such policy exists"):
        kms.put_key_policy(KeyId=mine["KeyId"], PolicyName="other", Policy=document(statement()))
    with refused("ValidationException"):
        kms.get_key_policy(KeyId=mine["KeyId"], PolicyName="not a name")


def test_one_statement_needs_no_list(kms, mine):
    policy = json.dumps({"Statement": statement()})
    kms.put_key_policy(KeyId=mine["KeyId"], Policy=policy)
    assert policy_of(kms, mine) == json.loads(policy)


@pytest.mark.parametrize("missing", ["Action", "Resource"])
def test_a_statement_without_action_or_resource_does_nothing(kms, mine, missing):
    idle = statement(Sid="idle")
    del idle[missing]
    kms.put_key_policy(KeyId=mine["KeyId"], Policy=document(statement(), idle))
    with refused("MalformedPolicyDocumentException", LOCKOUT):
        kms.put_key_policy(KeyId=mine["KeyId"], Policy=document(idle))


MALFORMED = {
    "no JSON": "not json",
    "cut off": '{"Statement":',
    "more than JSON": document(statement()) + "}",
    "a list": "[]",
    "no statement": '{"Version":"2012-10-17"}',
    "an empty list": document(),
    "a statement that is none": document("x"),
    "an unknown version": document(statement(), Version="2020-01-01"),
    "an unknown member": document(statement(), Comment="x"),
    "an unknown member of a statement": document(statement(Comment="x")),
    "no effect": document({key: value for key, value in statement().items() if key != "Effect"}),
    "another effect": document(statement(Effect="Permit")),
    "an effect in lower case": document(statement(Effect="allow")),
    "a Sid twice": document(statement(Sid="a"), statement(Sid="a")),
    "a member twice": '{"Statement":[],' + document(statement())[1:],
    "Action and NotAction": document(statement(NotAction="kms:Decrypt")),
    "an action without a service": document(statement(Action="Decrypt")),
    "an action of a service with a wildcard": document(statement(Action="k*:Decrypt")),
    "an unknown operator": document(statement(Condition={"StringSame": {"kms:ViaService": "x"}})),
    "a condition that is none": document(statement(Condition="x")),
    "a boolean that is none": document(statement(Condition={"Bool": {"kms:MultiRegion": "maybe"}})),
}


@pytest.mark.parametrize("why", MALFORMED)
def test_malformed_documents(kms, mine, why):
    before = policy_of(kms, mine)
    for bypass in (False, True):
        with refused("MalformedPolicyDocumentException"):
            kms.put_key_policy(
                KeyId=mine["KeyId"], Policy=MALFORMED[why], BypassPolicyLockoutSafetyCheck=bypass
            )
        with refused("MalformedPolicyDocumentException"):
            kms.create_key(Policy=MALFORMED[why], BypassPolicyLockoutSafetyCheck=bypass)
    assert policy_of(kms, mine) == before


@pytest.mark.parametrize(
    "principal",
    [
        "111122223333",
        ROOT,
        {"AWS": "nobody"},
        {"AWS": "arn:aws:iam::111122223333:group/admins"},
        {"AWS": "arn:aws:iam::111122223333:user/*"},
        {"AWS": "arn:aws:iam::1:root"},
        {"AWS": "arn:aws-cn:iam::111122223333:root"},
        {"AWS": "AIDACKCEVSQ6C2EXAMPLE"},
        {"AWS": [ROOT, "nobody"]},
        {"AWS": []},
        {"Service": "logs.example.com"},
        {"Service": "*"},
        {"Federated": "nobody"},
        {"CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"},
        {"Everybody": "*"},
    ],
    ids=str,
)
def test_invalid_principals(kms, mine, principal):
    policy = document(statement(), statement(Principal=principal))
    with refused("MalformedPolicyDocumentException", INVALID_PRINCIPAL):
        kms.put_key_policy(KeyId=mine["KeyId"], Policy=policy)


def test_no_principal(kms, mine):
    nobody = statement()
    del nobody["Principal"]
    with refused("MalformedPolicyDocumentException"):
        kms.put_key_policy(KeyId=mine["KeyId"], Policy=document(statement(), nobody))


@pytest.mark.parametrize(
    "principal",
    [
        "*",
        {"AWS": "*"},
        {"AWS": "444455556666"},
        {"AWS": ["arn:aws:iam::444455556666:user/a", "arn:aws:sts::444455556666:assumed-role/R/S"]},
        {"AWS": "arn:aws:sts::444455556666:federated-user/F"},
        {"Service": ["logs.us-east-1.amazonaws.com", "s3.amazonaws.com"]},
        {"Federated": "cognito-identity.amazonaws.com"},
        {"Federated": "arn:aws:iam::444455556666:saml-provider/P", "AWS": "444455556666"},
    ],
    ids=str,
)
def test_principals(kms, mine, principal):
    policy = document(statement(), statement(Principal=principal, Action="kms:Decrypt"))
    kms.put_key_policy(KeyId=mine["KeyId"], Policy=policy)
    assert len(policy_of(kms, mine)["Statement"]) == 2


@pytest.mark.parametrize("key", ["kms:EncryptionContext:team", "aws:RequestTag/team"])
def test_conditions_that_anybody_fulfils(kms, mine, key):
    with refused("MalformedPolicyDocumentException") as refusal:
        kms.put_key_policy(
            KeyId=mine["KeyId"],
            Policy=document(statement(), statement(Condition={"ForAllValues:StringEquals": {key: "blue"}})),
        )
    assert refusal.refusal.message.startswith("OverlyPermissiveCondition: ")
    kms.put_key_policy(
        KeyId=mine["KeyId"],
        Policy=document(statement(), statement(Condition={"ForAllValues:StringEquals": {"aws:TagKeys": "blue"}})),
    )


LOCKING = {
    "somebody else": document(statement(Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:user/somebody-else"})),
    "another account": document(statement(Principal={"AWS": "444455556666"})),
    "another action": document(statement(Action=["kms:Get*", "kms:Encrypt"])),
    "another key": document(statement(Resource=f"arn:aws:kms:us-east-1:{ACCOUNT}:key/another")),
    "a denial": document(statement(), statement(Effect="Deny", Principal="*", Action="kms:Put*")),
    "only a denial": document(statement(Effect="Deny")),
}


@pytest.mark.parametrize("why", LOCKING)
def test_the_lockout_safety_check(kms, mine, why):
    before = policy_of(kms, mine)
    with refused("MalformedPolicyDocumentException", LOCKOUT):
        kms.put_key_policy(KeyId=mine["KeyId"], Policy=LOCKING[why])
    with refused("MalformedPolicyDocumentException", LOCKOUT):
        kms.create_key(Policy=LOCKING[why])
    assert policy_of(kms, mine) == before


# Why whoever has locked itself out is denied an action.
SILENT = " because no resource-based policy allows the kms:{} action"
FORBIDDEN = " with an explicit deny in a resource-based policy"
LOCKED = {
    # of PutKeyPolicy, and of GetKeyPolicy unless that is still allowed
    "somebody else": (SILENT, SILENT),
    "another account": (SILENT, SILENT),
    "another action": (SILENT, None),
    "another key": (SILENT, SILENT),
    "a denial": (FORBIDDEN, None),
    "only a denial": (FORBIDDEN, FORBIDDEN),
}


@pytest.mark.parametrize("why", LOCKING)
def test_the_lockout_safety_check_can_be_passed_over(kms, mine, why):
    policy = LOCKING[why]
    kms.put_key_policy(KeyId=mine["KeyId"], Policy=policy, BypassPolicyLockoutSafetyCheck=True)
    made = kms.create_key(Policy=policy, BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]

    def denied(action, key, because):
        text = f"User: {ROOT} is not authorized to perform: kms:{action} on resource: {key['Arn']}"
        return refused("AccessDeniedException", text + because.format(action))

    of_putting, of_getting = LOCKED[why]
    for key in (mine, made):
        for bypass in (False, True):
            with denied("PutKeyPolicy", key, of_putting):
                kms.put_key_policy(
                    KeyId=key["KeyId"], Policy=document(statement()), BypassPolicyLockoutSafetyCheck=bypass
                )
        if of_getting:
            with denied("GetKeyPolicy", key, of_getting):
                kms.get_key_policy(KeyId=key["KeyId"])
        else:
            assert policy_of(kms, key) == json.loads(policy.replace('"Principal": "*"', '"Principal": {"AWS": "*"}'))


@pytest.mark.parametrize(
    "policy",
    [
        document(statement(Principal="*")),
        document(statement(Principal={"AWS": ACCOUNT})),
        document(statement(Action="KMS:putKEYpolicy")),
        document(statement(Action="*:*")),
        document(statement(Action=["kms:Get*", "kms:P?tKey*"])),
        document(statement(Resource=f"arn:aws:kms:us-east-1:{ACCOUNT}:key/*")),
        document(statement(), statement(Effect="Deny", Principal={"AWS": "444455556666"})),
        document(statement(), statement(Effect="Deny", Principal="*", Action="kms:Decrypt")),
    ],
)
def test_policies_that_leave_a_way_back(kms, mine, policy):
    kms.put_key_policy(KeyId=mine["KeyId"], Policy=policy)
    kms.put_key_policy(KeyId=mine["KeyId"], Policy=document(statement()))
    kms.create_key(Policy=policy)


def test_sizes(kms, mine):
    policy = document(statement())
    longest = policy + " " * (32768 - len(policy))
    kms.put_key_policy(KeyId=mine["KeyId"], Policy=longest)
    with refused("LimitExceededException"):
        kms.put_key_policy(KeyId=mine["KeyId"], Policy=longest + " ")
    # The limit counts bytes.
    wide = document(statement(Sid="é" * 16384)).replace("\\u00e9", "é")
    assert len(wide) < 32768 < len(wide.encode())
    with refused("LimitExceededException"):
        kms.put_key_policy(KeyId=mine["KeyId"], Policy=wide)
    with refused("ValidationException"):
        kms.put_key_policy(KeyId=mine["KeyId"], Policy="x" * 131073)


def test_characters(kms, mine):
    kms.put_key_policy(KeyId=mine["KeyId"], Policy="\t\r\n" + document(statement(Sid="ÿ")).replace("\\u00ff", "ÿ"))
    for wrong in ("\u0000", "\u0007", "\u0100", "☃"):
        with refused("ValidationException"):
            kms.put_key_policy(KeyId=mine["KeyId"], Policy=document(statement()) + wrong)


def test_every_state(kms):
    disabled = kms.create_key()["KeyMetadata"]
    kms.disable_key(KeyId=disabled["KeyId"])
    leaving = kms.create_key()["KeyMetadata"]
    kms.schedule_key_deletion(KeyId=leaving["KeyId"], PendingWindowInDays=7)
    importing = kms.create_key(Origin="EXTERNAL")["KeyMetadata"]
    for key in (disabled, leaving, importing):
        kms.put_key_policy(KeyId=key["KeyId"], Policy=document(statement(Sid="new")))
        assert policy_of(kms, key)["Statement"][0]["Sid"] == "new"
        assert kms.list_key_policies(KeyId=key["KeyId"])["PolicyNames"] == ["default"]


def test_many_values_and_a_long_list_take_no_long_time(kms, mine):
    # A request chooses how many keys its context has, and a policy how many values they are compared with.
    many = statement(
        Effect="Deny",
        Action="kms:Encrypt",
        Condition={"ForAnyValue:StringLike": {"kms:EncryptionContextKeys": ["*zz*"] * 3000}},
    )
    kms.put_key_policy(KeyId=mine["KeyId"], Policy=document(statement(), many))
    kms.encrypt(KeyId=mine["KeyId"], Plaintext=b"x", EncryptionContext={"team": "blue"})
    started = time.monotonic()
    with refused("AccessDeniedException"):
        kms.encrypt(
            KeyId=mine["KeyId"], Plaintext=b"x", EncryptionContext={f"{number:05}": "" for number in range(20000)}
        )
    assert time.monotonic() - started < 10


def test_other_accounts(kms, own, mine):
    for call in (
        lambda: own.get_key_policy(KeyId=mine["Arn"]),
        lambda: own.put_key_policy(KeyId=mine["Arn"], Policy=document(statement(Principal="*"))),
        lambda: own.list_key_policies(KeyId=mine["Arn"]),
    ):
        with refused("AccessDeniedException"):
            call()
    with refused("NotFoundException"):
        own.get_key_policy(KeyId=mine["KeyId"])
