"""Sessions of roles: AssumeRole through boto3, and what the temporary credentials can do at KMS."""

import base64
import email.utils
import json

import pytest

from clients import kms_client, refused
from server import Server

HOME, OTHER = "111122223333", "444455556666"
ALICE = ("AKIAASSUMEALICE00001", "alices-secret-access-key-for-roles-00001")
BOB = ("AKIAASSUMEBOB0000001", "bobs-secret-access-key-for-roles-0000001")
EVE = ("AKIAASSUMEEVE0000001", "eves-secret-access-key-for-roles-0000001")


def allow(*actions, resource="*", effect="Allow", **more):
    return {"Effect": effect, "Action": list(actions), "Resource": resource, **more}


def policy(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def trust(principal, *, condition=None, actions=("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity")):
    statement = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": list(actions)}
    if condition:
        statement["Condition"] = condition
    return policy(statement)


def user(name, credentials, *policies):
    key = {"id": credentials[0], "secret": credentials[1]}
    return {"name": name, "accessKeys": [key], "policies": list(policies)}


def role(name, trust_policy, *policies, **more):
    return {"name": name, "trustPolicy": trust_policy, "policies": list(policies), **more}


ALICE_ARN = f"arn:aws:iam::{HOME}:user/alice"
KMS = policy(allow("kms:*"))
IDENTITIES = {
    "accounts": [
        {
            "id": HOME,
            "users": [user("alice", ALICE, KMS), user("eve", EVE)],
            "roles": [
                role("admin", trust(ALICE_ARN), KMS, maxSessionDuration=7200),
                role("reader", trust(HOME), policy(allow("kms:DescribeKey", "kms:ListKeys"))),
                role("guarded", trust(ALICE_ARN, condition={"StringEquals": {"sts:ExternalId": "42"}}), KMS),
                role("bounded", trust(ALICE_ARN), KMS, permissionsBoundary=policy(allow("kms:ListKeys"))),
                role(
                    "tagged",
                    trust(ALICE_ARN),
                    policy(
                        allow("kms:Encrypt", Condition={"StringEquals": {"aws:PrincipalTag/team": "blue"}}),
                        allow("kms:ListKeys", Condition={"StringEquals": {"aws:SourceIdentity": "alice"}}),
                    ),
                ),
                role("second", trust(f"arn:aws:iam::{HOME}:role/admin"), KMS, maxSessionDuration=43200),
                role("shared", trust(f"arn:aws:iam::{OTHER}:root"), KMS, path="/partners/"),
            ],
        },
        {
            "id": OTHER,
            "users": [
                user("bob", BOB, policy(allow("sts:AssumeRole", resource=f"arn:aws:iam::{HOME}:role/partners/*")))
            ],
        },
    ]
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("roles")
    file = folder / "identities.json"
    file.write_text(json.dumps(IDENTITIES))
    with Server(
        folder / "log", "--identities", file, "--log-level", "debug", dev=False, data_dir=folder / "data"
    ) as server:
        for _, secret in (ALICE, BOB, EVE):
            server.secrets.record_text(secret, "a declared secret access key")
        yield server


@pytest.fixture(scope="module")
def key(server):
    return client(server, ALICE).create_key()["KeyMetadata"]


def client(server, credentials, service="kms"):
    """A client for an access key, or for an answer of STS."""
    if isinstance(credentials, dict):
        credentials = credentials.get("Credentials", credentials)
        server.secrets.record_text(credentials["SecretAccessKey"], "a temporary secret access key")
        return kms_client(
            server,
            service=service,
            aws_access_key_id=credentials["AccessKeyId"],
            aws_secret_access_key=credentials["SecretAccessKey"],
            aws_session_token=credentials["SessionToken"],
        )
    return kms_client(server, service=service, access_key_id=credentials[0], secret=credentials[1])


def assume(server, credentials, name, session="session", account=HOME, **more):
    return client(server, credentials, "sts").assume_role(
        RoleArn=f"arn:aws:iam::{account}:role/{name}", RoleSessionName=session, **more
    )


def denied():
    return refused("AccessDenied", status=403)


def test_a_session_works(server, key):
    answer = assume(server, ALICE, "admin")
    credentials, assumed = answer["Credentials"], answer["AssumedRoleUser"]
    assert credentials["AccessKeyId"].startswith("ASIA") and len(credentials["AccessKeyId"]) == 20
    assert len(credentials["SecretAccessKey"]) == 40
    assert assumed["Arn"] == f"arn:aws:sts::{HOME}:assumed-role/admin/session"
    assert assumed["AssumedRoleId"].startswith("AROA") and assumed["AssumedRoleId"].endswith(":session")
    remaining = credentials["Expiration"].timestamp() - answer_time(answer)
    assert 3590 <= remaining <= 3610

    kms = client(server, answer)
    assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["Arn"] == key["Arn"]
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"by a session")["CiphertextBlob"]
    assert client(server, ALICE).decrypt(CiphertextBlob=blob)["Plaintext"] == b"by a session"

    identity = client(server, answer, "sts").get_caller_identity()
    assert identity["Arn"] == assumed["Arn"]
    assert identity["UserId"] == assumed["AssumedRoleId"]
    assert identity["Account"] == HOME


def answer_time(answer):
    """When an answer was sent, in seconds since 1970."""
    return email.utils.parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"]).timestamp()


def test_answers_are_not_cached(server):
    headers = assume(server, ALICE, "admin")["ResponseMetadata"]["HTTPHeaders"]
    assert "no-store" in headers["cache-control"]


def test_two_sessions_share_nothing(server):
    first, second = (assume(server, ALICE, "admin")["Credentials"] for _ in range(2))
    for member in ("AccessKeyId", "SecretAccessKey", "SessionToken"):
        assert first[member] != second[member]


def altered_tokens(credentials, other):
    token = credentials["SessionToken"]
    raw = bytearray(base64.b64decode(token))
    raw[len(raw) // 2] ^= 1
    return {
        "missing": None,
        "altered": base64.b64encode(raw).decode(),
        "cut": token[: len(token) // 4 // 2 * 4],
        "longer": token + "AAAA",
        "of another session": other["SessionToken"],
        "no token": "x",
        "huge": "A" * 9000,
    }


def test_tokens_that_are_not_the_sessions(server):
    credentials = assume(server, ALICE, "admin")["Credentials"]
    other = assume(server, ALICE, "admin")["Credentials"]
    client(server, credentials).list_keys()
    for what, token in altered_tokens(credentials, other).items():
        with refused("UnrecognizedClientException") as refusal:
            client(server, {**credentials, "SessionToken": token}).list_keys()
        assert refusal.refusal.message == "The security token included in the request is invalid.", what
    with refused("InvalidSignatureException"):
        client(server, {**credentials, "SecretAccessKey": other["SecretAccessKey"]}).list_keys()
    with refused("UnrecognizedClientException"):
        client(server, {**credentials, "AccessKeyId": ALICE[0]}).list_keys()
    client(server, credentials).list_keys()


def test_a_token_of_another_server(server, start, tmp_path):
    file = tmp_path / "identities.json"
    file.write_text(json.dumps(IDENTITIES))
    other = start("--identities", file, dev=False, data_dir=tmp_path / "data")
    other.secrets.record_text(ALICE[1], "a declared secret access key")
    answer = assume(other, ALICE, "admin")
    client(other, answer).list_keys()
    with refused("UnrecognizedClientException"):
        client(server, answer).list_keys()
    with refused("InvalidClientTokenId", status=403):
        client(server, answer, "sts").get_caller_identity()


def test_a_session_outlives_the_server(start, tmp_path):
    file = tmp_path / "identities.json"
    file.write_text(json.dumps(IDENTITIES))
    first = start("--identities", file, dev=False, data_dir=tmp_path / "data")
    first.secrets.record_text(ALICE[1], "a declared secret access key")
    answer = assume(first, ALICE, "admin")
    assert first.stop() == 0
    second = start("--identities", file, dev=False, data_dir=tmp_path / "data")
    client(second, answer).list_keys()
    assert second.stop() == 0

    without = json.loads(json.dumps(IDENTITIES))
    roles = without["accounts"][0]["roles"]
    without["accounts"][0]["roles"] = [role for role in roles if role["name"] != "admin"]
    file.write_text(json.dumps(without))
    third = start("--identities", file, dev=False, data_dir=tmp_path / "data")
    with refused("UnrecognizedClientException"):
        client(third, answer).list_keys()


def test_who_may_not(server):
    role_arn = f"arn:aws:iam::{HOME}:role/admin"
    for credentials, arn in ((EVE, f"arn:aws:iam::{HOME}:user/eve"), (BOB, f"arn:aws:iam::{OTHER}:user/bob")):
        with refused(
            "AccessDenied",
            f"User: {arn} is not authorized to perform: sts:AssumeRole on resource: {role_arn}",
            status=403,
        ):
            assume(server, credentials, "admin")
    # The account is named, but its policies do not say that she may.
    with denied():
        assume(server, EVE, "reader")
    # Alice's policies are about KMS only, and the role names her account, not her.
    with denied():
        assume(server, ALICE, "reader")
    with refused("AccessDenied", status=403) as refusal:
        assume(server, ALICE, "nobody")
    assert refusal.refusal.message.endswith(f"sts:AssumeRole on resource: arn:aws:iam::{HOME}:role/nobody")


def test_the_administrator_may_if_its_account_is_trusted(server):
    written = server.administrator()
    server.secrets.record_text(written["SecretAccessKey"], "the administrator's secret access key")
    with denied():
        assume(server, (written["AccessKeyId"], written["SecretAccessKey"]), "admin")


def test_from_another_account(server, key):
    answer = assume(server, BOB, "partners/shared")
    assert answer["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{HOME}:assumed-role/shared/session"
    assert client(server, answer).describe_key(KeyId=key["KeyId"])["KeyMetadata"]["AWSAccountId"] == HOME
    with denied():
        assume(server, EVE, "partners/shared")


def test_external_id(server):
    with denied():
        assume(server, ALICE, "guarded")
    with denied():
        assume(server, ALICE, "guarded", ExternalId="43")
    client(server, assume(server, ALICE, "guarded", ExternalId="42")).list_keys()


def test_a_session_policy_narrows(server, key):
    narrow = json.dumps(policy(allow("kms:DescribeKey", "kms:CreateAlias")))
    answer = assume(server, ALICE, "admin", Policy=narrow)
    assert answer["PackedPolicySize"] > 0
    kms = client(server, answer)
    kms.describe_key(KeyId=key["KeyId"])
    with refused("AccessDeniedException") as refusal:
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    assert "no session policy allows the kms:Encrypt action" in refusal.refusal.message

    denying = json.dumps(policy(allow("*"), allow("kms:Encrypt", effect="Deny")))
    with refused("AccessDeniedException") as refusal:
        client(server, assume(server, ALICE, "admin", Policy=denying)).encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    assert "with an explicit deny in a session policy" in refusal.refusal.message


def test_a_session_policy_does_not_widen(server, key):
    wide = json.dumps(policy(allow("*")))
    kms = client(server, assume(server, ALICE, "bounded", Policy=wide))
    kms.list_keys()
    with refused("AccessDeniedException") as refusal:
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    assert "no permissions boundary allows" in refusal.refusal.message


@pytest.mark.parametrize("text", ["{", "[]", '{"Statement":[]}', '{"Statement":[{"Effect":"Allow"}]}'])
def test_session_policies_that_are_none(server, text):
    with refused("MalformedPolicyDocument"):
        assume(server, ALICE, "admin", Policy=text)


def test_session_tags(server, key):
    for tags, is_allowed in (
        ([], False),
        ([{"Key": "team", "Value": "red"}], False),
        ([{"Key": "Team", "Value": "blue"}], True),
    ):
        kms = client(server, assume(server, ALICE, "tagged", Tags=tags))
        if is_allowed:
            kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
        else:
            with refused("AccessDeniedException"):
                kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")


def test_source_identity(server):
    with refused("AccessDeniedException"):
        client(server, assume(server, ALICE, "tagged")).list_keys()
    answer = assume(server, ALICE, "tagged", SourceIdentity="alice")
    assert answer["SourceIdentity"] == "alice"
    client(server, answer).list_keys()


def test_chaining(server):
    first = assume(server, ALICE, "admin", SourceIdentity="alice", DurationSeconds=7200)
    second = assume(server, first, "second", session="next")
    assert second["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{HOME}:assumed-role/second/next"
    assert second["SourceIdentity"] == "alice"
    client(server, second).list_keys()
    with denied():
        assume(server, ALICE, "second")
    with refused(
        "ValidationError",
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    ):
        assume(server, first, "second", DurationSeconds=3601)
    with denied():
        assume(server, first, "second", SourceIdentity="mallory")


def test_transitive_tags(server):
    tag = {"Key": "team", "Value": "blue"}
    first = assume(server, ALICE, "admin", Tags=[tag], TransitiveTagKeys=["team"])
    assume(server, first, "second", Tags=[{"Key": "other", "Value": "x"}])
    with refused("InvalidParameterValue"):
        assume(server, first, "second", Tags=[{"Key": "Team", "Value": "red"}])
    with refused("InvalidParameterValue"):
        assume(server, ALICE, "admin", Tags=[tag], TransitiveTagKeys=["missing"])


def test_durations(server):
    answer = assume(server, ALICE, "admin", DurationSeconds=900)
    assert 890 <= answer["Credentials"]["Expiration"].timestamp() - answer_time(answer) <= 910
    assume(server, ALICE, "admin", DurationSeconds=7200)
    with refused(
        "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    ):
        assume(server, ALICE, "admin", DurationSeconds=7201)


def test_constraints(server):
    unchecked = kms_client(server, service="sts", access_key_id=ALICE[0], secret=ALICE[1], validate=False)
    role_arn = f"arn:aws:iam::{HOME}:role/admin"
    with refused(
        "ValidationError",
        "1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: [\w+=,.@-]*",
    ):
        unchecked.assume_role(RoleArn=role_arn, RoleSessionName="a b")
    with refused("ValidationError") as refusal:
        unchecked.assume_role(RoleSessionName="session", DurationSeconds=899)
    assert refusal.refusal.message == (
        "2 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null; "
        "Value '899' at 'durationSeconds' failed to satisfy constraint: "
        "Member must have value greater than or equal to 900"
    )
    with refused("ValidationError", "arn:aws:s3:::not-a-role-but-long is invalid"):
        unchecked.assume_role(RoleArn="arn:aws:s3:::not-a-role-but-long", RoleSessionName="session")
    with refused("ValidationError"):
        unchecked.assume_role(
            RoleArn=role_arn, RoleSessionName="session", PolicyArns=[{"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}]
        )
    with refused("PackedPolicyTooLarge"):
        tags = [{"Key": f"key-{number}", "Value": "v" * 256} for number in range(50)]
        unchecked.assume_role(RoleArn=role_arn, RoleSessionName="session", Tags=tags)


def test_a_large_session_fits(server):
    """What is allowed into a session comes through the limits on headers with each of its requests."""
    tags = [{"Key": f"key-{number}", "Value": "v" * 256} for number in range(11)]
    answer = assume(server, ALICE, "admin", session="s" * 64, Tags=tags)
    assert 80 < answer["PackedPolicySize"] <= 100
    client(server, answer).list_keys()


def test_the_log_tells_no_tokens(server):
    token = assume(server, ALICE, "admin")["Credentials"]["SessionToken"]
    assert token[:64] not in server.log_text()
