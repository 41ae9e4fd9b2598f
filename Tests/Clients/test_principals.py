"""Users, roles and access keys that `keywright principal` makes and changes, beside the service and without it."""

import json
import time

import botocore.exceptions
import pytest

from clients import administrator_client, kms_client, refused
from server import run_keywright

ACCOUNT = "123456789012"
EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*"}]}
LIST_ONLY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:List*", "Resource": "*"}]}
NOTICED_WITHIN = 2  # seconds


class Principals:
    """The command on one data directory."""

    def __init__(self, folder, data_dir):
        self.folder, self.data_dir = folder, data_dir

    def run(self, *arguments, **options):
        return run_keywright("principal", *arguments, "--data-dir", self.data_dir, **options)

    def __call__(self, *arguments):
        finished = self.run(*arguments)
        assert finished.returncode == 0, finished
        assert finished.stderr == ""
        return json.loads(finished.stdout)

    def refusal(self, code, *arguments):
        finished = self.run(*arguments)
        assert finished.returncode == code, finished
        assert finished.stdout == ""
        return finished.stderr

    def file(self, name, content):
        path = self.folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path


@pytest.fixture
def server(start, tmp_path):
    return start(dev=False, data_dir=tmp_path / "data")


@pytest.fixture
def principal(server, tmp_path):
    return Principals(tmp_path, server.data_dir)


def client(server, key, **settings):
    server.secrets.record_text(key["SecretAccessKey"], "a secret access key")
    return kms_client(server, access_key_id=key["AccessKeyId"], secret=key["SecretAccessKey"], **settings)


def eventually(call):
    """Calls until it succeeds; what was changed has to take effect by then."""
    deadline = time.monotonic() + NOTICED_WITHIN
    while True:
        try:
            return call()
        except botocore.exceptions.ClientError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def eventually_refused(call, code="UnrecognizedClientException"):
    """Calls until it is refused with this code; until then it may succeed, or be refused otherwise."""
    deadline = time.monotonic() + NOTICED_WITHIN
    while True:
        try:
            call()
            seen = "success"
        except botocore.exceptions.ClientError as error:
            seen = error.response["Error"]["Code"]
            if seen == code:
                return
        assert time.monotonic() < deadline, f"expected {code}, got {seen}"
        time.sleep(0.05)


def alice(principal, policy=EVERYTHING):
    """A user with a policy and an access key."""
    principal("create-user", "alice", "--policy", principal.file("all.json", policy))
    return principal("create-access-key", "alice")


def test_a_new_user_may_do_what_its_policy_says(server, principal):
    made = principal("create-user", "alice", "--policy", principal.file("list.json", LIST_ONLY), "--tag", "team=blue")
    assert made["Arn"] == f"arn:aws:iam::{ACCOUNT}:user/alice"
    assert made["UserId"].startswith("AIDA") and len(made["UserId"]) == 21
    assert made["Policies"] == [{"PolicyName": "list", "PolicyDocument": LIST_ONLY}]
    assert made["Tags"] == [{"Key": "team", "Value": "blue"}]
    key = principal("create-access-key", "alice")
    assert (key["Arn"], key["Status"], len(key["SecretAccessKey"])) == (made["Arn"], "Active", 40)
    kms = client(server, key)
    assert eventually(kms.list_keys)["Keys"] == []
    with refused("AccessDeniedException"):
        kms.create_key()
    identity = client(server, key, service="sts").get_caller_identity()
    assert (identity["Arn"], identity["UserId"]) == (made["Arn"], made["UserId"])


def test_a_user_without_policy_may_do_nothing(server, principal):
    principal("create-user", "alice")
    kms = client(server, principal("create-access-key", "alice"))
    key = administrator_client(server).create_key()["KeyMetadata"]["KeyId"]
    eventually_refused(kms.list_keys, "AccessDeniedException")
    for call in (kms.create_key, kms.list_aliases, lambda: kms.encrypt(KeyId=key, Plaintext=b"x")):
        with refused("AccessDeniedException"):
            call()


def test_access_keys_are_rotated_while_the_service_runs(server, principal):
    first = alice(principal)
    old = client(server, first)
    eventually(old.list_keys)
    second = principal("create-access-key", "alice")
    assert second["AccessKeyId"] != first["AccessKeyId"]
    new = client(server, second)
    eventually(new.list_keys)
    old.list_keys()

    assert principal("disable-access-key", first["AccessKeyId"])["Status"] == "Inactive"
    eventually_refused(old.list_keys)
    new.list_keys()
    assert principal("enable-access-key", first["AccessKeyId"])["Status"] == "Active"
    eventually(old.list_keys)
    principal("disable-access-key", first["AccessKeyId"])
    eventually_refused(old.list_keys)

    principal("delete-access-key", first["AccessKeyId"])
    listed = principal("list-access-keys", "alice")["AccessKeys"]
    assert [(one["AccessKeyId"], one["Status"]) for one in listed] == [(second["AccessKeyId"], "Active")]
    assert all("SecretAccessKey" not in one for one in listed)
    time.sleep(NOTICED_WITHIN)
    with refused("UnrecognizedClientException"):
        old.list_keys()
    new.list_keys()


def test_policies_are_changed_while_the_service_runs(server, principal):
    kms = client(server, alice(principal, LIST_ONLY))
    eventually(kms.list_keys)
    with refused("AccessDeniedException"):
        kms.create_key()
    everything = principal.file("everything.json", EVERYTHING)
    attached = principal("attach-policy", "alice", "--policy-name", "more", "--policy", everything)
    assert [policy["PolicyName"] for policy in attached["Policies"]] == ["all", "more"]
    eventually(kms.create_key)
    deny = principal.file("deny.json", {"Statement": [EVERYTHING["Statement"][0] | {"Effect": "Deny"}]})
    principal("attach-policy", "alice", "--policy-name", "more", "--policy", deny)
    eventually_refused(kms.list_keys, "AccessDeniedException")
    left = principal("detach-policy", "alice", "--policy-name", "more")
    assert [policy["PolicyName"] for policy in left["Policies"]] == ["all"]
    eventually(kms.list_keys)
    principal("detach-policy", "alice", "--policy-name", "all")
    eventually_refused(kms.list_keys, "AccessDeniedException")


def test_a_permissions_boundary_limits(server, principal):
    everything, boundary = principal.file("all.json", EVERYTHING), principal.file("boundary.json", LIST_ONLY)
    made = principal("create-user", "alice", "--policy", everything, "--permissions-boundary", boundary)
    assert made["PermissionsBoundary"] == LIST_ONLY
    kms = client(server, principal("create-access-key", "alice"))
    eventually(kms.list_keys)
    with refused("AccessDeniedException"):
        kms.create_key()


def test_a_deleted_user_is_unknown_and_another_of_its_name_is_another(server, principal):
    key = alice(principal)
    kms = client(server, key)
    eventually(kms.list_keys)
    before = principal("show", "alice")
    assert principal("delete", "alice") == {"Arn": before["Arn"]}
    eventually_refused(kms.list_keys)
    assert "alice" in principal.refusal(66, "show", "alice")
    after = principal("create-user", "alice")
    assert after["Arn"] == before["Arn"] and after["UserId"] != before["UserId"]
    assert principal("list-access-keys", "alice") == {"AccessKeys": []}
    time.sleep(NOTICED_WITHIN)
    with refused("UnrecognizedClientException"):
        kms.list_keys()


def test_a_role_is_assumed(server, principal):
    kms_user = alice(principal)
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/alice"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    role = principal(
        "create-role",
        "app",
        "--path",
        "/service/",
        "--trust-policy",
        principal.file("trust.json", trust),
        "--policy",
        principal.file("list.json", LIST_ONLY),
        "--max-session-duration",
        "7200",
    )
    assert role["Arn"] == f"arn:aws:iam::{ACCOUNT}:role/service/app"
    assert role["RoleId"].startswith("AROA")
    assert role["AssumeRolePolicyDocument"] == trust
    assert role["MaxSessionDuration"] == 7200
    sts = client(server, kms_user, service="sts")
    session = eventually(lambda: sts.assume_role(RoleArn=role["Arn"], RoleSessionName="ci"))
    assert session["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/app/ci"
    server.secrets.record_text(session["Credentials"]["SecretAccessKey"], "a session's secret access key")
    assert "role" in principal.refusal(64, "create-access-key", "role/app")


def trust(*users):
    """A trust policy for users of the account."""
    arns = [f"arn:aws:iam::{ACCOUNT}:user/{user}" for user in users]
    return {"Statement": [{"Effect": "Allow", "Principal": {"AWS": arns}, "Action": "sts:AssumeRole"}]}


def test_an_update_changes_what_is_named_and_nothing_else(server, principal):
    first, second = principal.file("first.json", trust("alice")), principal.file("second.json", trust("bob"))
    boundary = principal.file("boundary.json", LIST_ONLY)
    before = principal("create-role", "app", "--trust-policy", first, "--policy", boundary, "--tag", "Team=blue")
    steps = (
        (("--permissions-boundary", boundary), {"PermissionsBoundary": LIST_ONLY}),
        (("--trust-policy", second), {"AssumeRolePolicyDocument": trust("bob")}),
        (("--max-session-duration", "43200"), {"MaxSessionDuration": 43200}),
        (("--max-session-duration", "900"), {"MaxSessionDuration": 900}),
        # As in IAM, keys that differ in case are the same.
        (("--tag", "team=red", "--tag", "a="), {"Tags": [{"Key": "team", "Value": "red"}, {"Key": "a", "Value": ""}]}),
        (("--untag", "TEAM", "--tag", "b=1"), {"Tags": [{"Key": "a", "Value": ""}, {"Key": "b", "Value": "1"}]}),
        (("--untag", "a", "--untag", "b"), {"Tags": []}),
    )
    for options, expected in steps:
        before |= expected
        assert principal("update", "app", *options) == before
    del before["PermissionsBoundary"]
    options = ("--no-permissions-boundary", "--trust-policy", first, "--max-session-duration", "3600", "--tag", "c=d")
    assert principal("update", before["Arn"], *options) == principal("show", "app") == before | {
        "AssumeRolePolicyDocument": trust("alice"),
        "MaxSessionDuration": 3600,
        "Tags": [{"Key": "c", "Value": "d"}],
    }


def test_a_boundary_and_tags_change_while_the_service_runs(server, principal):
    team = {"StringEquals": {"aws:PrincipalTag/team": "blue"}}
    kms = client(server, alice(principal, {"Statement": [EVERYTHING["Statement"][0] | {"Condition": team}]}))
    eventually_refused(kms.list_keys, "AccessDeniedException")
    principal("update", "alice", "--tag", "team=blue")
    eventually(kms.create_key)
    principal("update", "alice", "--permissions-boundary", principal.file("boundary.json", LIST_ONLY))
    eventually_refused(kms.create_key, "AccessDeniedException")
    kms.list_keys()
    principal("update", "user/alice", "--no-permissions-boundary")
    eventually(kms.create_key)
    principal("update", "alice", "--tag", "team=red")
    eventually_refused(kms.list_keys, "AccessDeniedException")
    principal("update", "alice", "--tag", "team=blue")
    eventually(kms.list_keys)
    principal("update", "alice", "--untag", "team")
    eventually_refused(kms.list_keys, "AccessDeniedException")


def test_a_role_is_updated_while_its_sessions_go_on(server, principal):
    everything = principal.file("all.json", EVERYTHING)
    alice_key = alice(principal)
    principal("create-user", "bob")
    bob_key = principal("create-access-key", "bob")
    first, second = principal.file("first.json", trust("alice")), principal.file("second.json", trust("bob"))
    role = principal("create-role", "app", "--trust-policy", first, "--policy", everything)

    def assume(key, **settings):
        sts = client(server, key, service="sts")
        return sts.assume_role(RoleArn=role["Arn"], RoleSessionName="ci", **settings)["Credentials"]

    session = eventually(lambda: assume(alice_key))
    server.secrets.record_text(session["SecretAccessKey"], "a session's secret access key")
    kms = kms_client(
        server,
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    )
    kms.create_key()
    with refused("AccessDenied", status=403):
        assume(bob_key)
    with refused("ValidationError"):
        assume(alice_key, DurationSeconds=7200)

    principal("update", "app", "--max-session-duration", "7200")
    eventually(lambda: assume(alice_key, DurationSeconds=7200))
    principal("update", "role/app", "--trust-policy", second)
    eventually(lambda: assume(bob_key))
    with refused("AccessDenied", status=403):
        assume(alice_key)
    kms.create_key()
    principal("update", "app", "--permissions-boundary", principal.file("boundary.json", LIST_ONLY))
    eventually_refused(kms.create_key, "AccessDeniedException")
    kms.list_keys()


def test_an_update_that_is_wrong_changes_nothing(server, principal, tmp_path):
    document, bad = principal.file("trust.json", trust("alice")), principal.file("bad.json", EVERYTHING)
    boundary = principal.file("boundary.json", LIST_ONLY)
    tags = [option for number in range(50) for option in ("--tag", f"k{number}=v")]
    before = [principal("create-user", "alice"), principal("create-role", "app", "--trust-policy", document, *tags)]
    for code, said, *arguments in (
        (64, "nothing to change", "alice"),
        (64, "nothing to change", "nobody"),
        (64, "contradict", "alice", "--permissions-boundary", boundary, "--no-permissions-boundary"),
        (64, "'A'", "alice", "--tag", "a=b", "--untag", "A"),
        (64, "twice", "alice", "--tag", "a=b", "--tag", "A=b"),
        (64, "twice", "app", "--untag", "k1", "--untag", "K1"),
        (64, "aws:a", "alice", "--tag", "aws:a=b"),
        (64, "tag", "alice", "--tag", "a"),
        (64, "50 tags", "app", "--tag", "one-more=v"),
        (64, "user/alice is a user", "alice", "--trust-policy", document),
        (64, "user/alice is a user", "alice", "--tag", "a=b", "--max-session-duration", "3600"),
        (64, "900 to 43200", "app", "--max-session-duration", "899"),
        (64, "900 to 43200", "app", "--max-session-duration", "43201"),
        (64, "max-session-duration", "app", "--max-session-duration", "soon"),
        (65, "bad.json", "app", "--max-session-duration", "900", "--trust-policy", bad),
        (65, "trust.json", "app", "--untag", "k1", "--permissions-boundary", document),
        (66, "none.json", "app", "--untag", "k1", "--trust-policy", tmp_path / "none.json"),
        (66, "no permissions boundary", "app", "--untag", "k1", "--no-permissions-boundary"),
        (66, "no tag 'a'", "app", "--max-session-duration", "900", "--untag", "a"),
        (66, "nobody", f"arn:aws:iam::{ACCOUNT}:user/nobody", "--untag", "a"),
    ):
        assert said in principal.refusal(code, "update", *arguments), arguments
    after = [principal("show", "alice"), principal("show", "app")]
    assert after.pop(0) == before.pop(0) | {"AccessKeys": []}
    assert after == before
    swapped = principal("update", "app", "--untag", "k1", "--tag", "one-more=v")["Tags"]
    assert len(swapped) == 50 and swapped[-1] == {"Key": "one-more", "Value": "v"}


def test_everything_works_with_the_service_stopped(server, principal, start):
    assert server.stop() == 0
    key = alice(principal)
    again = start(dev=False, data_dir=server.data_dir)
    assert client(again, key).list_keys()["Keys"] == []
    assert administrator_client(again).list_keys()["Keys"] == []


def test_the_administrator_is_a_user(server, principal):
    written = server.administrator()
    shown = principal("show", "administrator")
    assert shown["Arn"] == written["Arn"]
    assert [policy["PolicyName"] for policy in shown["Policies"]] == ["AdministratorAccess"]
    assert [key["AccessKeyId"] for key in shown["AccessKeys"]] == [written["AccessKeyId"]]
    assert "--force" in principal.refusal(64, "delete", "administrator")
    assert "--force" in principal.refusal(64, "delete", written["Arn"])
    administrator_client(server).list_keys()


def test_an_administrator_that_was_deleted_is_not_made_again(server, principal, start):
    kms = administrator_client(server)
    alice(principal)
    principal("delete", "administrator", "--force")
    eventually_refused(kms.list_keys)
    assert server.stop() == 0
    (server.data_dir / "administrator.json").unlink()
    again = start(dev=False, data_dir=server.data_dir)
    assert not (again.data_dir / "administrator.json").exists()
    assert [one["UserName"] for one in principal("list")["Principals"]] == ["alice"]


@pytest.mark.parametrize("name", ["a b", "a%20b", "ä?#"])
def test_a_data_directory_of_any_name(start, tmp_path, name):
    data = tmp_path / name / "data"
    data.parent.mkdir()
    server = start(dev=False, data_dir=data)
    written = (data / "administrator.json").read_bytes()
    key = administrator_client(server).create_key()["KeyMetadata"]["KeyId"]
    blob = administrator_client(server).encrypt(KeyId=key, Plaintext=b"kept")["CiphertextBlob"]
    principal = Principals(tmp_path, data)
    assert [one["UserName"] for one in principal("list")["Principals"]] == ["administrator"]
    made = alice(principal)
    assert server.stop() == 0
    again = start(dev=False, data_dir=data)
    assert (data / "administrator.json").read_bytes() == written
    assert administrator_client(again).decrypt(CiphertextBlob=blob)["Plaintext"] == b"kept"
    assert client(again, made).list_keys()["Keys"]
    assert [one["UserName"] for one in principal("list")["Principals"]] == ["administrator", "alice"]
    assert again.stop() == 0
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == [name]


def test_an_administrator_that_an_operator_made_is_left_alone(start, tmp_path):
    """A store of --dev has none; one that is made there, and the file of its credentials, are the operator's."""
    data = tmp_path / "data"
    assert start(data_dir=data).stop() == 0
    principal = Principals(tmp_path, data)
    principal("create-user", "administrator", "--policy", principal.file("all.json", EVERYTHING))
    own = json.dumps(principal("create-access-key", "administrator"))
    (data / "administrator.json").write_text(own)
    server = start(dev=False, data_dir=data)
    assert (data / "administrator.json").read_text() == own
    assert client(server, json.loads(own)).list_keys()["Keys"] == []
    assert len(principal("list-access-keys", "administrator")["AccessKeys"]) == 1


def recorded(data_dir, *names):
    """The records of the audit trail of these names, each with all its text."""
    lines = [line for path in sorted((data_dir / "audit").glob("*.jsonl")) for line in path.read_text().splitlines()]
    return [(json.loads(line)["eventName"], line) for line in lines if json.loads(line).get("eventName") in names]


def test_changes_are_recorded(server, principal):
    """By the service, which notices them while it runs; nothing of it is an API call."""
    names = [f"{what}{of}" for what in ("Create", "Update", "Delete") for of in ("User", "Role", "AccessKey")]
    arn = f"arn:aws:iam::{ACCOUNT}:user/alice"
    steps = [
        ("CreateUser", arn, lambda: principal("create-user", "alice")),
        ("CreateAccessKey", None, lambda: principal("create-access-key", "alice")),
        ("UpdateUser", arn, lambda: principal(
            "attach-policy", "alice", "--policy-name", "p", "--policy", principal.file("all.json", EVERYTHING)
        )),
        ("UpdateUser", arn, lambda: principal("update", "alice", "--tag", "team=blue")),
        ("UpdateAccessKey", None, lambda: principal("disable-access-key", key["AccessKeyId"])),
        ("DeleteAccessKey", None, lambda: principal("delete-access-key", key["AccessKeyId"])),
        ("DeleteUser", arn, lambda: principal("delete", "alice")),
    ]
    assert recorded(server.data_dir, *names) == []
    for count, (name, said, step) in enumerate(steps, 1):
        done = step()
        if name == "CreateAccessKey":
            key = done
            server.secrets.record_text(key["SecretAccessKey"], "a secret access key")
        deadline = time.monotonic() + NOTICED_WITHIN
        while len(records := recorded(server.data_dir, *names)) < count and time.monotonic() < deadline:
            time.sleep(0.05)
        assert [name for name, _ in records] == [name for name, _, _ in steps[:count]]
        line = records[-1][1]
        assert json.loads(line)["eventType"] == "AwsServiceEvent"
        assert (said or key["AccessKeyId"]) in line
        assert ACCOUNT in line
    assert server.secrets.found_in("".join(line for _, line in records).encode()) == []


def test_listings(server, principal):
    other = "444455556666"
    for name in ("zoe", "bob"):
        principal("create-user", name)
    principal("create-user", "bob", "--account", other)
    trust = principal.file("trust.json", {"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "sts:*"}]})
    principal("create-role", "bob", "--trust-policy", trust)
    arns = [one["Arn"] for one in principal("list")["Principals"]]
    assert arns == sorted(arns)
    assert {arn.rpartition(":iam::")[2] for arn in arns} == {
        f"{ACCOUNT}:role/bob",
        f"{ACCOUNT}:user/administrator",
        f"{ACCOUNT}:user/bob",
        f"{ACCOUNT}:user/zoe",
        f"{other}:user/bob",
    }
    assert [one["Arn"] for one in principal("list", "--account", other)["Principals"]] == [
        f"arn:aws:iam::{other}:user/bob"
    ]
    assert "user/bob" in principal.refusal(64, "show", "bob")
    assert principal("show", "role/bob")["RoleName"] == "bob"
    assert principal("show", "user/bob")["UserName"] == "bob"
    assert principal("show", f"arn:aws:iam::{other}:user/bob")["AccessKeys"] == []


def test_names_are_taken_whatever_their_case_and_path(server, principal):
    principal("create-user", "alice")
    for name, path in (("alice", "/"), ("ALICE", "/"), ("alice", "/other/")):
        assert "user/alice" in principal.refusal(73, "create-user", name, "--path", path)
    principal("create-user", "alice", "--account", "444455556666")


def test_a_user_has_two_access_keys_at_most(server, principal):
    principal("create-user", "alice")
    for _ in range(2):
        principal("create-access-key", "alice")
    principal.refusal(73, "create-access-key", "alice")
    assert len(principal("list-access-keys", "alice")["AccessKeys"]) == 2


WRONG_POLICIES = {
    "no JSON": "Version: 2012-10-17",
    "no object": [],
    "no statements": {"Version": "2012-10-17"},
    "a principal": {"Statement": [EVERYTHING["Statement"][0] | {"Principal": "*"}]},
    "an unknown version": EVERYTHING | {"Version": "2012-10-18"},
    "a repeated member": '{"Statement": [], "Statement": []}',
}


@pytest.mark.parametrize("policy", WRONG_POLICIES.values(), ids=WRONG_POLICIES)
def test_a_policy_that_is_wrong_changes_nothing(server, principal, policy):
    file, good = principal.file("bad.json", policy), principal.file("good.json", EVERYTHING)
    principal("create-user", "alice")
    for arguments in (
        ("create-user", "bob", "--policy", file),
        ("create-user", "bob", "--policy", good, "--policy", file),
        ("create-user", "bob", "--permissions-boundary", file),
        ("create-role", "bob", "--trust-policy", file),
        ("attach-policy", "alice", "--policy-name", "p", "--policy", file),
        ("update", "alice", "--tag", "a=b", "--permissions-boundary", file),
    ):
        assert str(file) in principal.refusal(65, *arguments)
    shown = principal("show", "alice")
    assert (shown["Policies"], shown["Tags"]) == ([], [])
    assert "PermissionsBoundary" not in shown
    assert [one.get("UserName") for one in principal("list")["Principals"]] == ["administrator", "alice"]


def test_what_is_wrong_on_the_command_line(server, principal, tmp_path):
    trust = principal.file("trust.json", {"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "sts:*"}]})
    good = principal.file("good.json", EVERYTHING)
    odd = principal.file("a policy.json", EVERYTHING)
    principal("create-user", "alice")
    for code, *arguments in (
        (64, "create-user", "a b"),
        (64, "create-user", "a" * 65),
        (64, "create-user", "bob", "--path", "nowhere"),
        (64, "create-user", "bob", "--tag", "aws:a=b"),
        (64, "create-user", "bob", "--tag", "a"),
        (64, "create-user", "bob", "--tag", "a=1", "--tag", "A=2"),
        (64, "create-user", "bob", "--account", "12"),
        (64, "create-user", "bob", "--partition", "moon"),
        (64, "create-user", "bob", "--policy", odd),
        (64, "create-user", "bob", "--policy", good, "--policy", good),
        (66, "create-user", "bob", "--policy", tmp_path / "none"),
        (64, "create-role", "bob"),
        (64, "create-role", "bob", "--trust-policy", trust, "--max-session-duration", "899"),
        (64, "create-role", "bob", "--trust-policy", trust, "--max-session-duration", "43201"),
        (66, "show", "nobody"),
        (66, "show", "role/alice"),
        (66, "show", "arn:aws:iam::123456789012:user/nobody"),
        (66, "delete", "nobody"),
        (66, "update", "nobody", "--tag", "a=b"),
        (66, "update", "role/alice", "--tag", "a=b"),
        (66, "detach-policy", "alice", "--policy-name", "p"),
        (64, "attach-policy", "alice", "--policy-name", "a b", "--policy", good),
        (66, "create-access-key", "nobody"),
        (66, "disable-access-key", "AKIANOBODYNOBODYNOBO"),
        (66, "enable-access-key", "AKIANOBODYNOBODYNOBO"),
        (66, "delete-access-key", "AKIANOBODYNOBODYNOBO"),
        (64, "list", "--account", "12"),
        (64, "vanish"),
    ):
        assert principal.refusal(code, *arguments)
    assert [one["UserName"] for one in principal("list")["Principals"]] == ["administrator", "alice"]
    assert administrator_client(server).list_keys()["Keys"] == []


def test_a_store_that_is_not_there_is_not_made(tmp_path):
    finished = run_keywright("principal", "list", "--data-dir", tmp_path / "none")
    assert finished.returncode == 66, finished
    assert not (tmp_path / "none").exists()


def test_making_an_access_key_needs_the_root_key(server, principal, tmp_path):
    principal("create-user", "alice")
    other = tmp_path / "other.key"
    other.write_bytes(bytes(32))
    other.chmod(0o600)
    assert "root key" in principal.refusal(78, "create-access-key", "alice", "--root-key", f"file:{other}")
    assert "missing" in principal.refusal(77, "create-access-key", "alice", "--root-key", f"file:{tmp_path / 'none'}")
    assert principal("list-access-keys", "alice") == {"AccessKeys": []}
    made = principal("create-access-key", "alice", "--root-key", f"file:{server.data_dir / 'root.key'}")
    eventually_refused(client(server, made).list_keys, "AccessDeniedException")


def test_secrets_are_nowhere_in_the_store(server, principal):
    secret = alice(principal)["SecretAccessKey"]
    assert server.stop() == 0
    for file in server.data_dir.rglob("*"):
        if file.is_file():
            assert secret.encode() not in file.read_bytes(), file
