"""`keywright explain`: the decision that the service makes, and why, beside it or without it."""

import itertools
import json

import botocore.exceptions
import pytest

from clients import ACCOUNT, REGION, kms_client, refused
from declared import (
    OTHER,
    OWNER,
    Cast,
    Identities,
    allow,
    delegation,
    denied,
    deny,
    document,
    forbidden,
    root,
    session_arn,
    silent,
    statement,
    to,
    user_arn,
)
from server import run_keywright

ALICE, BOB, CAROL = user_arn("alice"), user_arn("bob"), user_arn("carol")
ROLE = f"arn:aws:iam::{OWNER}:role/app"
ALLOWED, DENIED, USAGE, DATA, MISSING = 0, 1, 64, 65, 66


def identities():
    declared = Identities()
    declared.user("admin", allow("*"), document(statement("sts:AssumeRole")))
    declared.user("alice", allow("Encrypt", "Decrypt", "DescribeKey", "CreateAlias"))
    declared.user("bob")
    declared.user("carol", allow("*"), permissionsBoundary=allow("Encrypt"))
    declared.user("dave", allow("*"), deny("Decrypt"))
    declared.user("creator", allow("CreateKey"))
    primary = {"StringEquals": {"kms:MultiRegionKeyType": "PRIMARY"}}
    declared.user("primaries", allow("CreateKey", Condition=primary))
    declared.user("retirer")
    declared.role("app", allow("Encrypt", "Decrypt"))
    declared.user("frank", allow("*"), account=OTHER)
    declared.user("grace", account=OTHER)
    return declared


@pytest.fixture(scope="module")
def cast(tmp_path_factory):
    declared = identities()
    with declared.serve(
        tmp_path_factory.mktemp("explain"), "--region", REGION, "--region", "us-west-2", "--log-level", "debug"
    ) as server:
        yield Cast(server, declared)


class Explained:
    """What the command said."""

    def __init__(self, finished):
        self.code, self.text, self.error = finished.returncode, finished.stdout, finished.stderr

    def line(self, start):
        """The line of a layer, by how it starts."""
        (line,) = [line for line in self.text.splitlines() if line.startswith(start)]
        return line


@pytest.fixture(scope="module")
def explain(cast):
    """Explains beside the server."""

    def run(principal, action, *arguments, key=None, code=None, **options):
        folder = options.pop("data_dir", cast.server.data_dir)
        arguments = ["--data-dir", folder, "--identities", cast.server.identities_file, *arguments]
        if key:
            arguments += ["--key", key]
        finished = run_keywright("explain", "--principal", principal, "--action", action, *arguments, **options)
        explained = Explained(finished)
        if code is not None:
            assert explained.code == code, finished
        if explained.code in (ALLOWED, DENIED):
            verdict = {ALLOWED: "ALLOWED", DENIED: "DENIED"}[explained.code]
            if "--json" not in map(str, arguments):
                assert explained.text.startswith(verdict + "  "), explained.text
            assert explained.error == ""
        else:
            assert explained.text == ""
            assert explained.error.startswith(("keywright: ", "Error: ")), explained.error
        return explained

    return run


@pytest.fixture(scope="module")
def delegated(cast):
    return cast("admin").create_key()["KeyMetadata"]["Arn"]


# Verdicts


def test_allowed_by_an_identity_policy(explain, delegated):
    explained = explain(ALICE, "kms:Encrypt", key=delegated, code=ALLOWED)
    first = explained.text.splitlines()[0]
    assert first == f"ALLOWED  kms:Encrypt on {delegated} for {ALICE}"
    assert 'leaves it to account 111122223333 to allow: statement "Enable IAM User Permissions"' in explained.line(
        "key policy "
    )
    assert 'statement 1 of the identity policy "policy-1"' in explained.text
    assert explained.line('identity policy "policy-1" ').endswith("allows it: statement 1")
    assert "the caller is told" not in explained.text
    # Pleasant is short.
    assert len(explained.text.splitlines()) <= 10


def test_denied_for_want_of_an_identity_policy(explain, cast, delegated):
    explained = explain(BOB, "kms:Encrypt", key=delegated, code=DENIED)
    assert explained.line("identity policies ") == "identity policies are none"
    with denied(BOB, "Encrypt", delegated, silent("identity-based policy", "Encrypt")) as refusal:
        cast("bob").encrypt(KeyId=delegated, Plaintext=b"x")
    assert f"  the caller is told: AccessDeniedException: {refusal.refusal.message}" in explained.text.splitlines()


def test_an_explicit_deny_is_named(explain, delegated):
    explained = explain(user_arn("dave"), "kms:Decrypt", key=delegated, code=DENIED)
    assert explained.line('identity policy "policy-2" ').endswith("forbids it: statement 1")
    assert forbidden("an identity-based policy") in explained.text


def test_a_boundary_is_named(explain, delegated):
    explained = explain(CAROL, "kms:Decrypt", key=delegated, code=DENIED)
    assert explained.line("permissions boundary ") == "permissions boundary does not let it through"


def test_statements_that_do_not_apply_say_why(explain, cast):
    condition = {"StringEquals": {"kms:EncryptionContext:Team": ["blue", "green"]}}
    key = cast.key(to(BOB, "Encrypt", Sid="Team", Condition=condition), to(CAROL, "*", Sid="Carol"))["Arn"]
    explained = explain(BOB, "kms:Encrypt", "--encryption-context", "team=red", key=key, code=DENIED)
    lines = explained.text.splitlines()
    wanted = 'StringEquals kms:EncryptionContext:team "blue" or "green", but the request has "red"'
    assert f'  Allow, statement "Team": does not hold: {wanted}' in lines
    assert '  Allow, statement "Carol": names somebody else' in lines
    assert '  Allow, statement "administration": is about other actions' in lines
    explained = explain(BOB, "kms:Encrypt", "--encryption-context", "team=blue", key=key, code=ALLOWED)
    assert explained.line("key policy ") == 'key policy allows it to the user: statement "Team"'
    assert "but the request has none" in explain(BOB, "kms:Encrypt", key=key, code=DENIED).text


def test_grants_say_why(explain, cast, delegated):
    constraints = {"EncryptionContextEquals": {"team": "blue"}}
    made = [
        cast("admin").create_grant(KeyId=delegated, GranteePrincipal=BOB, **parameters)["GrantId"]
        for parameters in (
            {"Operations": ["Decrypt"], "Constraints": constraints},
            {"Operations": ["Encrypt", "DescribeKey"]},
        )
    ]
    try:
        explained = explain(BOB, "kms:Decrypt", key=delegated, code=DENIED)
        wanted = 'asks for exactly the encryption context {"team": "blue"}, but the request has none'
        assert explained.line(f"grant {made[0]} ") == f"grant {made[0]} {wanted}"
        assert explained.line(f"grant {made[1]} ") == f"grant {made[1]} allows only Encrypt, DescribeKey"
        context = ("--encryption-context", "team=blue")
        explained = explain(BOB, "kms:Decrypt", *context, key=delegated, code=ALLOWED)
        assert f"by grant {made[0]}" in explained.text
        assert explained.line(f"grant {made[0]} ").endswith("covers it")
    finally:
        for grant in made:
            cast("admin").revoke_grant(KeyId=delegated, GrantId=grant)
    assert explain(BOB, "kms:Decrypt", key=delegated, code=DENIED).line("grants ") == "grants are none to the caller"


def test_grants_of_grants(explain, cast, delegated):
    grant = cast("admin").create_grant(
        KeyId=delegated, GranteePrincipal=BOB, Operations=["CreateGrant", "Encrypt"]
    )["GrantId"]
    try:
        explain(BOB, "kms:CreateGrant", key=delegated, code=DENIED)
        for operations, code in ((["Encrypt"], ALLOWED), (["Encrypt", "Decrypt"], DENIED)):
            context = list(itertools.chain(*(("--context", f"kms:GrantOperations={name}") for name in operations)))
            explain(BOB, "kms:CreateGrant", *context, key=delegated, code=code)
    finally:
        cast("admin").revoke_grant(KeyId=delegated, GrantId=grant)


def test_retirement(explain, cast, delegated):
    arn = user_arn("retirer")
    grant = cast("admin").create_grant(
        KeyId=delegated, GranteePrincipal=BOB, RetiringPrincipal=arn, Operations=["Encrypt"]
    )["GrantId"]
    try:
        explain(arn, "kms:RetireGrant", "--grant", grant, key=delegated, code=ALLOWED)
        explain(BOB, "kms:RetireGrant", "--grant", grant, key=delegated, code=DENIED)
        explain(CAROL, "kms:RetireGrant", "--grant", grant, key=delegated, code=DENIED)
        explain(user_arn("admin"), "kms:RetireGrant", "--grant", grant, key=delegated, code=ALLOWED)
        explain(arn, "kms:RetireGrant", key=delegated, code=USAGE)
        explain(arn, "kms:RetireGrant", "--grant", "0" * 64, key=delegated, code=MISSING)
    finally:
        cast("admin").revoke_grant(KeyId=delegated, GrantId=grant)


def test_other_accounts(explain, cast, delegated):
    explain(user_arn("frank", OTHER), "kms:Encrypt", key=delegated, code=DENIED)
    key = cast.key(to(root(OTHER), "*"))["Arn"]
    explained = explain(user_arn("frank", OTHER), "kms:Encrypt", key=key, code=ALLOWED)
    assert "must allow it too" not in explained.text
    explain(user_arn("grace", OTHER), "kms:Encrypt", key=key, code=DENIED)
    explained = explain(user_arn("frank", OTHER), "kms:DisableKey", key=key, code=DENIED)
    assert "not for the keys of other accounts" in explained.line("key policy ")


def test_roots_and_sessions(explain, tmp_path, delegated):
    for principal in (root(OWNER), OWNER):
        explain(principal, "kms:ScheduleKeyDeletion", key=delegated, code=ALLOWED)
    explain(session_arn("app", "one"), "kms:Encrypt", key=delegated, code=ALLOWED)
    explain(session_arn("app", "one"), "kms:DescribeKey", key=delegated, code=DENIED)
    explained = explain(ROLE, "kms:Encrypt", key=delegated, code=ALLOWED)
    assert "note: a role acts through its sessions" in explained.text
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps(allow("Decrypt")))
    explained = explain(ROLE, "kms:Encrypt", "--session-policy", policy, key=delegated, code=DENIED)
    assert explained.line("session policy ") == "session policy does not let it through"
    explain(session_arn("app", "one"), "kms:Decrypt", "--session-policy", policy, key=delegated, code=ALLOWED)
    explain(ALICE, "kms:Decrypt", "--session-policy", policy, key=delegated, code=USAGE)


def test_principals_by_name(explain, delegated):
    for name, code in (("alice", ALLOWED), ("user/alice", ALLOWED), ("bob", DENIED), ("role/app", ALLOWED)):
        explain(name, "kms:Encrypt", "--account", OWNER, key=delegated, code=code)
    explain("nobody", "kms:Encrypt", "--account", OWNER, key=delegated, code=MISSING)
    explain("alice", "kms:Encrypt", "--account", OTHER, key=delegated, code=MISSING)


def test_the_administrator_is_in_the_store(explain, cast):
    """Principals of the store count like those of the file."""
    arn = cast.server.administrator()["Arn"]
    explain(arn, "kms:CreateKey", code=ALLOWED)
    explain("administrator", "kms:ListKeys", code=ALLOWED)


# Resources


def test_a_key_in_all_its_names(explain, cast, delegated):
    cast("admin").create_alias(AliasName="alias/explained", TargetKeyId=delegated)
    alias = "alias/explained"
    for name in (delegated, delegated.rpartition("/")[2], alias, f"arn:aws:kms:{REGION}:{OWNER}:{alias}"):
        explain(ALICE, "kms:Encrypt", key=name, code=ALLOWED)
        explain(BOB, "kms:Encrypt", key=name, code=DENIED)
    # The name matters where a condition asks for it.
    condition = {"StringEquals": {"kms:RequestAlias": "alias/by-name"}}
    key = cast.key(to(BOB, "Encrypt", Condition=condition))["Arn"]
    cast("admin").create_alias(AliasName="alias/by-name", TargetKeyId=key)
    explain(BOB, "kms:Encrypt", key="alias/by-name", code=ALLOWED)
    explain(BOB, "kms:Encrypt", key=key, code=DENIED)
    # Bare names are looked up where the principal is at home.
    explain(user_arn("frank", OTHER), "kms:Encrypt", key="alias/explained", code=MISSING)


def test_aliases_need_two_permissions(explain, cast, delegated):
    """alice may create aliases by an identity policy for every resource; bob by the key policy, and that is half."""
    explain(ALICE, "kms:CreateAlias", "--alias", "alias/new", key=delegated, code=ALLOWED)
    key = cast.key(to(BOB, "CreateAlias"))["Arn"]
    explained = explain(BOB, "kms:CreateAlias", "--alias", "alias/new", key=key, code=DENIED)
    assert explained.text.splitlines()[0] == "DENIED  kms:CreateAlias needs 2 permissions, and one is missing"
    assert f"DENIED  kms:CreateAlias on arn:aws:kms:{REGION}:{OWNER}:alias/new for {BOB}" in explained.text
    assert f"ALLOWED  kms:CreateAlias on {key} for {BOB}" in explained.text


def test_an_alias_is_not_explained_by_half(explain, cast, delegated):
    """Without its key, what is asked on the alias alone would pass for the whole."""
    cast("admin").create_alias(AliasName="alias/half", TargetKeyId=delegated)
    for action in ("kms:CreateAlias", "kms:UpdateAlias"):
        assert "--key" in explain(user_arn("admin"), action, "--alias", "alias/half", code=USAGE).error
    explained = explain(user_arn("admin"), "kms:UpdateAlias", "--alias", "alias/half", key=delegated, code=ALLOWED)
    assert explained.text.startswith("ALLOWED  kms:UpdateAlias needs 2 permissions, and has them\n")
    explain(user_arn("admin"), "kms:DeleteAlias", "--alias", "alias/half", code=ALLOWED)
    explain(user_arn("admin"), "kms:DeleteAlias", "--alias", "alias/half", key=delegated, code=USAGE)


def test_a_new_primary_is_asked_too(explain, cast):
    key = cast.key(to(BOB, "UpdatePrimaryRegion"), MultiRegion=True)["Arn"]
    policy = json.dumps(document(to(user_arn("admin"))))
    cast("admin").replicate_key(KeyId=key, ReplicaRegion="us-west-2", Policy=policy)
    explained = explain(BOB, "kms:UpdatePrimaryRegion", key=key, code=ALLOWED)
    assert "note: only the primary is asked" in explained.text
    region = ("--context", "kms:PrimaryRegion=us-west-2")
    explained = explain(BOB, "kms:UpdatePrimaryRegion", *region, key=key, code=DENIED)
    replica = key.replace("us-east-1", "us-west-2")
    told = f"User: {BOB} is not authorized to perform: kms:UpdatePrimaryRegion on resource: {replica}"
    told += silent("resource-based policy", "UpdatePrimaryRegion")
    assert f"  the caller is told: AccessDeniedException: {told}" in explained.text.splitlines()
    with refused("AccessDeniedException", told):
        cast("bob").update_primary_region(KeyId=key, PrimaryRegion="us-west-2")


def test_actions_without_a_key(explain):
    explain(user_arn("creator"), "kms:CreateKey", code=ALLOWED)
    explain(user_arn("creator"), "kms:CreateKey", "--tag", "team=blue", code=DENIED)
    explain(user_arn("creator"), "kms:ListKeys", code=DENIED)
    explain(BOB, "kms:GenerateRandom", code=DENIED)
    explain(user_arn("admin"), "kms:GenerateRandom", code=ALLOWED)


def test_a_key_that_cannot_be_used_is_noted(explain, cast):
    key = cast.key(to(BOB, "Encrypt"))["Arn"]
    assert "note:" not in explain(BOB, "kms:Encrypt", key=key, code=ALLOWED).text
    cast("admin").disable_key(KeyId=key)
    assert "note: the key is Disabled" in explain(BOB, "kms:Encrypt", key=key, code=ALLOWED).text


# Conditions


@pytest.mark.parametrize(
    "action, condition, good, bad",
    [
        ("Encrypt", {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, ["--source-ip=10.1.2.3"], ["--source-ip=192.0.2.1"]),
        ("Encrypt", {"IpAddress": {"aws:SourceIp": "2001:db8::/32"}}, ["--source-ip=2001:db8::1"], []),
        ("Encrypt", {"Bool": {"aws:SecureTransport": "true"}}, ["--context=aws:SecureTransport=true"], []),
        ("Encrypt", {"StringEquals": {"kms:EncryptionAlgorithm": "SYMMETRIC_DEFAULT"}}, [], None),
        (
            "Sign",
            {"StringEquals": {"kms:SigningAlgorithm": "ECDSA_SHA_256"}},
            ["--context=kms:SigningAlgorithm=ECDSA_SHA_256"],
            ["--context=kms:SigningAlgorithm=ECDSA_SHA_384"],
        ),
        ("TagResource", {"StringEquals": {"aws:RequestTag/team": "blue"}}, ["--tag=team=blue"], ["--tag=team=red"]),
        (
            "TagResource",
            {"ForAllValues:StringEquals": {"aws:TagKeys": "team"}},
            ["--tag=team=blue"],
            ["--tag", "team=blue", "stage=test"],
        ),
        (
            "ScheduleKeyDeletion",
            {"NumericGreaterThan": {"kms:ScheduleKeyDeletionPendingWindowInDays": "20"}},
            [],
            ["--context=kms:ScheduleKeyDeletionPendingWindowInDays=7"],
        ),
        ("DisableKey", {"NumericLessThan": {"kms:TrailingDaysWithoutKeyUsage": "1"}}, [], None),
        ("Decrypt", {"StringEquals": {"aws:ResourceTag/team": "blue"}}, [], None),
        (
            "Decrypt",
            {"StringEquals": {"kms:EncryptionContext:a": "b"}},
            ["--context=kms:EncryptionContext:a=b"],
            ["--encryption-context=a=c"],
        ),
    ],
)
def test_conditions(explain, cast, action, condition, good, bad):
    parameters = {"Tags": [{"TagKey": "team", "TagValue": "blue"}]}
    key = cast.key(to(BOB, action, Condition=condition), **parameters)["Arn"]
    explain(BOB, f"kms:{action}", *good, key=key, code=ALLOWED)
    if bad is not None:
        explain(BOB, f"kms:{action}", *bad, key=key, code=DENIED)


def test_a_condition_key_that_no_request_has(explain, cast):
    condition = {"StringEquals": {"kms:ViaService": f"s3.{REGION}.amazonaws.com"}}
    key = cast.key(to(BOB, "Encrypt", Condition=condition))["Arn"]
    value = f"kms:ViaService=s3.{REGION}.amazonaws.com"
    explained = explain(BOB, "kms:Encrypt", "--context", value, key=key, code=DENIED)
    assert "note: kms:ViaService is left out: no request to this service has it" in explained.text


@pytest.mark.parametrize(
    "action, pair, source",
    [
        ("Encrypt", "kms:KeySpec=RSA_2048", "--key"),
        ("Encrypt", "kms:ResourceAliases=alias/a", "--key"),
        ("Encrypt", "kms:RequestAlias=alias/a", "--key"),
        ("Encrypt", f"aws:PrincipalArn={user_arn('admin')}", "--principal"),
        ("Encrypt", "aws:username=admin", "--principal"),
        ("Encrypt", f"kms:CallerAccount={OTHER}", "--principal"),
        ("Encrypt", "kms:EncryptionContextKeys=a", "--encryption-context"),
        ("Encrypt", "aws:RequestedRegion=us-west-2", "--region"),
        ("TagResource", "aws:TagKeys=team", "--tag"),
        ("Encrypt", "aws:PrincipalTag/team=blue", "session"),
        ("Encrypt", "aws:SourceIdentity=alice", "session"),
        ("Encrypt", "kms:RecipientAttestation:PCR0=00", "recipient"),
        ("CreateGrant", "kms:GrantOperations=Decrpt", "Decrpt"),
    ],
)
def test_what_is_known_cannot_be_made_up(explain, delegated, action, pair, source):
    """The service would not believe it either."""
    assert source in explain(BOB, f"kms:{action}", "--context", pair, key=delegated, code=USAGE).error


def test_a_condition_key_of_another_action(explain, cast):
    condition = {"StringEquals": {"kms:SigningAlgorithm": "ECDSA_SHA_256"}}
    key = cast.key(to(BOB, "*", Condition=condition))["Arn"]
    value = "kms:SigningAlgorithm=ECDSA_SHA_256"
    explained = explain(BOB, "kms:Encrypt", "--context", value, key=key, code=DENIED)
    assert "note: kms:SigningAlgorithm is left out: no request for kms:Encrypt has it" in explained.text
    explain(BOB, "kms:Sign", "--context", value, key=key, code=ALLOWED)


def test_the_use_of_a_key_counts_where_kms_says_so(explain, cast):
    """kms:TrailingDaysWithoutKeyUsage is there for DisableKey and ScheduleKeyDeletion only."""
    condition = {"NumericLessThan": {"kms:TrailingDaysWithoutKeyUsage": "5"}}
    key = cast.key(to(BOB, "DisableKey", "DescribeKey", Condition=condition))["Arn"]
    explain(BOB, "kms:DisableKey", key=key, code=ALLOWED)
    explain(BOB, "kms:DescribeKey", key=key, code=DENIED)
    with refused("AccessDeniedException"):
        cast("bob").describe_key(KeyId=key)


@pytest.mark.parametrize(
    "condition, pair",
    [
        ({"StringEquals": {"aws:PrincipalTag/Team": "blue"}}, "aws:PrincipalTag/team=blue"),
        ({"StringEquals": {"aws:SourceIdentity": "alice"}}, "aws:SourceIdentity=alice"),
        ({"StringEquals": {"issuer.example.com:sub": "alice"}}, "issuer.example.com:sub=alice"),
        ({"DateLessThan": {"aws:TokenIssueTime": "2020-01-01T00:00:00Z"}}, "aws:TokenIssueTime=2019-01-01T00:00:00Z"),
    ],
)
def test_what_sessions_have_of_their_own(explain, cast, condition, pair):
    key = cast.key(to(ROLE, "DescribeKey", Condition=condition))["Arn"]
    # What a key policy gives a role, no boundary or session policy takes away here.
    explain(ROLE, "kms:DescribeKey", key=key, code=DENIED)
    explain(ROLE, "kms:DescribeKey", "--context", pair, key=key, code=ALLOWED)
    explain(session_arn("app", "one"), "kms:DescribeKey", "--context", pair, key=key, code=ALLOWED)


def test_the_constraint_of_a_new_grant(explain, cast):
    condition = {"StringEquals": {"kms:GrantConstraintType": "EncryptionContextSubset"}}
    key = cast.key(to(BOB, "CreateGrant", Condition=condition))["Arn"]
    explain(BOB, "kms:CreateGrant", key=key, code=DENIED)
    context = ("--encryption-context", "team=blue")
    explained = explain(BOB, "kms:CreateGrant", *context, key=key, code=ALLOWED)
    assert "note: kms:GrantConstraintType is taken to be EncryptionContextSubset" in explained.text
    exact = ("--context", "kms:GrantConstraintType=EncryptionContextEquals")
    explain(BOB, "kms:CreateGrant", *context, *exact, key=key, code=DENIED)


def test_a_new_multi_region_key_is_a_primary(explain):
    maker = user_arn("primaries")
    explain(maker, "kms:CreateKey", code=DENIED)
    explain(maker, "kms:CreateKey", "--context", "kms:MultiRegion=true", code=ALLOWED)
    explain(maker, "kms:CreateKey", "--context", "kms:MultiRegionKeyType=PRIMARY", code=USAGE)


# The service's own decisions


def test_the_service_decides_the_same(explain, cast, delegated):
    """Whoever asks for whatever: the command says what the service does."""
    named = cast.key(to(BOB, "Encrypt"), to(CAROL, "DescribeKey"), to("*", "Decrypt", effect="Deny"))["Arn"]
    foreign = cast.key(to(root(OTHER), "Encrypt"), delegation("DescribeKey"))["Arn"]
    calls = {
        "Encrypt": lambda kms, key: kms.encrypt(KeyId=key, Plaintext=b"x", DryRun=True),
        "DescribeKey": lambda kms, key: kms.describe_key(KeyId=key),
        "GetKeyPolicy": lambda kms, key: kms.get_key_policy(KeyId=key),
        "ListGrants": lambda kms, key: kms.list_grants(KeyId=key),
    }
    who = [("admin", OWNER), ("alice", OWNER), ("bob", OWNER), ("carol", OWNER), ("frank", OTHER), ("grace", OTHER)]
    for (name, account), key, action in itertools.product(who, (delegated, named, foreign), calls):
        told = None
        try:
            calls[action](cast(name), key)
        except botocore.exceptions.ClientError as error:
            if error.response["Error"]["Code"] == "AccessDeniedException":
                told = error.response["Error"]["Message"]
        explained = explain(user_arn(name, account), f"kms:{action}", key=key, code=DENIED if told else ALLOWED)
        if told:
            assert f"  the caller is told: AccessDeniedException: {told}" in explained.text.splitlines()


def test_without_the_service(start, tmp_path):
    """The store of a service that has stopped; and of one with --dev, where everybody is a root."""
    server = start(data_dir=tmp_path / "data")
    mine = kms_client(server)
    closed = json.dumps(document(to(user_arn("somebody", ACCOUNT), "*")))
    keys = [
        mine.create_key()["KeyMetadata"]["Arn"],
        mine.create_key(Policy=closed, BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]["Arn"],
    ]

    def check():
        for key, code in zip(keys, (ALLOWED, DENIED)):
            arguments = ("--data-dir", tmp_path / "data", "--key", key)
            finished = run_keywright("explain", "--principal", ACCOUNT, "--action", "kms:Decrypt", *arguments)
            assert finished.returncode == code, finished

    check()
    assert server.stop() == 0
    # Nothing is needed but the store: no root key.
    (tmp_path / "data" / "root.key").unlink()
    check()
    before = sorted(path.name for path in (tmp_path / "data").iterdir())
    check()
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == before


def test_the_environment(explain, cast, delegated):
    environment = {
        "KEYWRIGHT_DATA_DIR": str(cast.server.data_dir),
        "KEYWRIGHT_IDENTITIES": str(cast.server.identities_file),
    }
    arguments = ("explain", "--principal", ALICE, "--action", "kms:Encrypt", "--key", delegated)
    assert run_keywright(*arguments, environment=environment).returncode == ALLOWED


def test_the_configuration_of_the_service(cast, delegated, tmp_path):
    """What the file of `serve --config` says of the data and the principals, it says to this command too."""
    file = tmp_path / "keywright.json"
    settings = {"data-dir": str(cast.server.data_dir), "identities": str(cast.server.identities_file), "account": OWNER}
    file.write_text(json.dumps(settings | {"region": ["us-east-1", "us-west-2"], "port": 1}))
    arguments = ("explain", "--principal", "alice", "--action", "kms:Encrypt", "--key", delegated.rpartition("/")[2])
    assert run_keywright(*arguments, "--config", file).returncode == ALLOWED
    assert run_keywright(*arguments, environment={"KEYWRIGHT_CONFIG": str(file)}).returncode == ALLOWED
    # Variables win over the file, and flags over both.
    variables = {"KEYWRIGHT_CONFIG": str(file), "KEYWRIGHT_ACCOUNT": OTHER}
    assert run_keywright(*arguments, environment=variables).returncode == MISSING
    assert run_keywright(*arguments, "--account", OWNER, environment=variables).returncode == ALLOWED


def test_roots_have_the_partition_of_their_region(start, tmp_path):
    server = start(data_dir=tmp_path / "data")
    key = kms_client(server, region="cn-north-1").create_key()["KeyMetadata"]["Arn"]
    arguments = ("--principal", ACCOUNT, "--action", "kms:Decrypt", "--key", key, "--data-dir", tmp_path / "data")
    finished = run_keywright("explain", *arguments)
    assert finished.returncode == ALLOWED
    assert finished.stdout.splitlines()[0].endswith(f"for arn:aws-cn:iam::{ACCOUNT}:root")


def test_who_is_declared_in_a_file_is_found_with_it(cast, delegated):
    arguments = ("--principal", ALICE, "--action", "kms:Encrypt", "--key", delegated)
    finished = run_keywright("explain", *arguments, "--data-dir", cast.server.data_dir)
    assert finished.returncode == MISSING
    assert "--identities" in finished.stderr


def test_a_policy_does_not_write_the_explanation(explain, cast):
    """Its author is not the operator who reads it."""
    key = cast.key(to(CAROL, "Encrypt", Sid='mine"\nALLOWED  kms:Encrypt\u009b31m'))["Arn"]
    explained = explain(BOB, "kms:Encrypt", key=key, code=DENIED)
    assert "ALLOWED" not in [line.split()[0] for line in explained.text.splitlines()]
    assert "\u009b" not in explained.text
    assert r'  Allow, statement "mine\"\nALLOWED  kms:Encrypt\u{009B}31m": names somebody else' in explained.text


# JSON


def test_json_says_what_decided(explain, cast, delegated):
    def decided(principal, action, *arguments, key=delegated, code):
        (permission,) = json.loads(explain(principal, action, "--json", *arguments, key=key, code=code).text)["permissions"]
        return permission["reason"], permission["decidedBy"]

    delegation = {"kind": "keyPolicy", "statement": 1, "sid": "Enable IAM User Permissions"}
    identity = {"kind": "identityPolicy", "policy": "policy-1", "statement": 1}
    assert decided(ALICE, "kms:Encrypt", code=ALLOWED) == ("identityPolicy", [identity, delegation])
    assert decided(root(OWNER), "kms:Encrypt", code=ALLOWED) == ("root", [delegation])
    forbidding = {"kind": "identityPolicy", "policy": "policy-2", "statement": 1}
    assert decided(user_arn("dave"), "kms:Decrypt", code=DENIED) == ("explicitDeny", [forbidding])
    assert decided(CAROL, "kms:Decrypt", code=DENIED) == ("filtered", [{"kind": "permissionsBoundary"}])
    assert decided(BOB, "kms:Decrypt", code=DENIED) == ("noIdentityPolicy", [])
    assert decided(user_arn("frank", OTHER), "kms:Decrypt", code=DENIED) == ("otherAccount", [])
    named = cast.key(to(BOB, "Decrypt", Sid="Bob"))["Arn"]
    assert decided(BOB, "kms:Decrypt", key=named, code=ALLOWED) == (
        "keyPolicy",
        [{"kind": "keyPolicy", "statement": 1, "sid": "Bob"}],
    )
    grant = cast("admin").create_grant(KeyId=named, GranteePrincipal=CAROL, Operations=["Decrypt"])["GrantId"]
    assert decided(CAROL, "kms:Decrypt", key=named, code=ALLOWED) == ("grant", [{"kind": "grant", "grant": grant}])
    assert decided(ALICE, "kms:Decrypt", key=named, code=DENIED) == ("noKeyPolicy", [])


def test_json(explain, cast, delegated):
    document = json.loads(explain(BOB, "kms:Encrypt", "--json", key=delegated, code=DENIED).text)
    assert document["allowed"] is False and document["notes"] == []
    (permission,) = document["permissions"]
    assert permission["allowed"] is False
    assert (permission["principal"], permission["action"]) == (BOB, "kms:Encrypt")
    assert permission["resource"] == delegated
    assert permission["refusal"].startswith("AccessDeniedException: User: ")
    layers = {layer["name"]: layer for layer in permission["layers"]}
    assert layers["key policy"]["outcome"] == "delegates"
    assert layers["identity policies"]["outcome"] == "silent"
    (only,) = layers["key policy"]["statements"]
    assert (only["number"], only["sid"], only["effect"]) == (1, "Enable IAM User Permissions", "Allow")
    assert only["applies"] is True
    allowed = json.loads(explain(ALICE, "kms:Encrypt", "--json", key=delegated, code=ALLOWED).text)
    assert allowed["allowed"] is True and "refusal" not in allowed["permissions"][0]


# What is wrong


def test_actions_in_any_case(explain, delegated):
    for action in ("kms:encrypt", "KMS:ENCRYPT", "Encrypt", "encrypt"):
        assert "kms:Encrypt on" in explain(ALICE, action, key=delegated, code=ALLOWED).text


@pytest.mark.parametrize(
    "principal, action, arguments, code, word",
    [
        (ALICE, "kms:Decrpt", ["--key", "KEY"], USAGE, "kms:Decrypt"),
        (ALICE, "kms:*", ["--key", "KEY"], USAGE, "no action"),
        (ALICE, "s3:GetObject", ["--key", "KEY"], USAGE, "no action"),
        (ALICE, "kms:ReEncrypt", ["--key", "KEY"], USAGE, "ReEncryptFrom"),
        (ALICE, "kms:Decrypt", [], USAGE, "--key"),
        (ALICE, "kms:ListKeys", ["--key", "KEY"], USAGE, "--key"),
        (ALICE, "kms:CreateAlias", [], USAGE, "--alias"),
        (ALICE, "kms:Decrypt", ["--key", "KEY", "--alias", "alias/x"], USAGE, "--alias"),
        (ALICE, "kms:Decrypt", ["--key", "not a key"], USAGE, "not a key"),
        (ALICE, "kms:Decrypt", ["--key", "12345678-1234-1234-1234-123456789012"], MISSING, "12345678"),
        (ALICE, "kms:Decrypt", ["--key", "alias/missing"], MISSING, "alias/missing"),
        (ALICE, "kms:Decrypt", ["--key", "KEY", "--region", "eu-west-1"], USAGE, "eu-west-1"),
        (ALICE, "kms:Decrypt", ["--key", "KEY", "--region", "no region"], USAGE, "no region"),
        (ALICE, "kms:Decrypt", ["--key", "KEY", "--source-ip", "localhost"], USAGE, "localhost"),
        (ALICE, "kms:Decrypt", ["--key", "KEY", "--encryption-context", "a"], USAGE, "encryption-context"),
        (ALICE, "kms:Decrypt", ["--key", "KEY", "--encryption-context", "a=b", "a=c"], USAGE, "twice"),
        (ALICE, "kms:Sign", ["--key", "KEY", "--encryption-context", "a=b"], USAGE, "encryption context"),
        (ALICE, "kms:Decrypt", ["--key", "KEY", "--tag", "a=b"], USAGE, "tags"),
        (ALICE, "kms:Decrypt", ["--key", "KEY", "--context", "aws:ResourceTag/a=b"], USAGE, "tags"),
        (ALICE, "kms:Decrypt", ["--key", "KEY", "--grant", "0" * 64], USAGE, "--grant"),
        (user_arn("nobody"), "kms:Decrypt", ["--key", "KEY"], MISSING, "nobody"),
        (session_arn("nothing", "one"), "kms:Decrypt", ["--key", "KEY"], MISSING, "nothing"),
        (f"arn:aws:iam::{OWNER}:group/admins", "kms:Decrypt", ["--key", "KEY"], USAGE, "group/admins"),
        (f"arn:aws:sts::{OWNER}:federated-user/a", "kms:Decrypt", ["--key", "KEY"], USAGE, "ederated"),
    ],
)
def test_what_is_wrong(explain, delegated, principal, action, arguments, code, word):
    arguments = [delegated if argument == "KEY" else argument for argument in arguments]
    explained = explain(principal, action, *arguments, code=code)
    assert word in explained.error


def test_stores_and_files_that_are_not_there(explain, tmp_path, delegated):
    explain(ALICE, "kms:Decrypt", key=delegated, data_dir=tmp_path / "none", code=MISSING)
    assert not (tmp_path / "none").exists()
    explain(ALICE, "kms:Decrypt", "--identities", tmp_path / "none", key=delegated, code=MISSING)
    for text, code in (("{", DATA), ("", DATA), (json.dumps(document(to("*", "*"))), DATA)):
        policy = tmp_path / "policy.json"
        policy.write_text(text)
        explain(ROLE, "kms:Encrypt", "--session-policy", policy, key=delegated, code=code)
    explain(ROLE, "kms:Encrypt", "--session-policy", tmp_path / "none", key=delegated, code=MISSING)


def test_nothing_is_changed(explain, cast, delegated):
    """Explaining is not asking: the audit trail has no record of it, and the key is as unused as before."""
    trail = sorted((cast.server.data_dir / "audit").glob("*.jsonl"))
    before = [path.read_bytes() for path in trail]
    explain(ALICE, "kms:Encrypt", key=delegated, code=ALLOWED)
    assert [path.read_bytes() for path in sorted((cast.server.data_dir / "audit").glob("*.jsonl"))] == before
