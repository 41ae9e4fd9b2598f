"""Users and roles that an operator declares in a file."""

import copy
import json
import os
import threading

import pytest
import yaml

from clients import kms_client, refused
from server import run_keywright

ALICE = ("AKIAALICEALICEALICE1", "alices-secret-access-key-of-forty-chars1")
BOB = ("AKIABOBBOBBOBBOBBOB1", "bobs-secret-access-key-of-forty-chars-12")
CAROL = ("AKIACAROLCAROLCAROL1", "carols-secret-access-key-of-forty-chars1")
DAVE = ("AKIADAVEDAVEDAVEDAV1", "daves-secret-access-key-of-forty-chars12")
ERIN = ("AKIAERINERINERINERI1", "erins-secret-access-key-of-forty-chars12")
FRANK = ("AKIAFRANKFRANKFRANK1", "franks-secret-access-key-of-forty-chars1")
FRANK_TOO = ("AKIAFRANKFRANKFRANK2", "franks-other-access-key-of-forty-chars-1")

LIST_ONLY = {"Effect": "Allow", "Action": "kms:List*", "Resource": "*"}

EVERYTHING = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*"}]}


def user(name, credentials=None, **more):
    keys = [{"id": credentials[0], "secret": credentials[1]}] if credentials else []
    return {"name": name, "accessKeys": keys, **more}


DECLARED = {
    "accounts": [
        {
            "id": "111122223333",
            "users": [
                user("alice", ALICE, policies=[EVERYTHING], tags={"team": "blue"}),
                user("carol", CAROL, path="/staff/", policies=[{"name": "all", "document": json.dumps(EVERYTHING)}]),
                user("dave", DAVE),
                user("erin", ERIN, policies=[EVERYTHING], permissionsBoundary=EVERYTHING | {"Statement": [LIST_ONLY]}),
                {
                    "name": "frank",
                    "accessKeys": [
                        {"id": FRANK[0], "secret": FRANK[1], "status": "Inactive"},
                        {"id": FRANK_TOO[0], "secret": FRANK_TOO[1], "status": "Active"},
                    ],
                    "policies": [EVERYTHING],
                },
            ],
            "roles": [
                {
                    "name": "app",
                    "trustPolicy": {
                        "Version": "2012-10-17",
                        "Statement": {
                            "Effect": "Allow",
                            "Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"},
                            "Action": "sts:AssumeRole",
                        },
                    },
                    "policies": [EVERYTHING],
                    "maxSessionDuration": 7200,
                }
            ],
        },
        {"id": "444455556666", "users": [user("bob", BOB, policies=[EVERYTHING])]},
    ]
}


@pytest.fixture(params=["yaml", "json"])
def server(request, start, tmp_path):
    file = tmp_path / f"identities.{request.param}"
    file.write_text(yaml.safe_dump(DECLARED) if request.param == "yaml" else json.dumps(DECLARED))
    server = start("--identities", file, dev=False, data_dir=tmp_path / "data")
    for _, secret in (ALICE, BOB, CAROL, DAVE, ERIN, FRANK, FRANK_TOO):
        server.secrets.record_text(secret, "a declared secret access key")
    return server


def client(server, credentials, **settings):
    return kms_client(server, access_key_id=credentials[0], secret=credentials[1], **settings)


def test_two_accounts_are_apart(server):
    alice, bob, carol = (client(server, who) for who in (ALICE, BOB, CAROL))
    key = alice.create_key()["KeyMetadata"]
    assert key["Arn"].startswith("arn:aws:kms:us-east-1:111122223333:key/")
    alice.create_alias(AliasName="alias/app", TargetKeyId=key["KeyId"])
    blob = alice.encrypt(KeyId="alias/app", Plaintext=b"of the account")["CiphertextBlob"]

    assert carol.decrypt(CiphertextBlob=blob)["Plaintext"] == b"of the account"
    assert [entry["KeyId"] for entry in carol.list_keys()["Keys"]] == [key["KeyId"]]

    assert bob.list_keys()["Keys"] == []
    assert bob.list_aliases()["Aliases"] == []
    with refused("AccessDeniedException"):
        bob.decrypt(CiphertextBlob=blob)
    with refused("AccessDeniedException") as refusal:
        bob.describe_key(KeyId=key["Arn"])
    assert "arn:aws:iam::444455556666:user/bob" in refusal.refusal.message
    with refused("NotFoundException"):
        bob.describe_key(KeyId=key["KeyId"])
    with refused("NotFoundException"):
        bob.describe_key(KeyId="alias/app")


def test_identities_of_callers(server):
    identity = client(server, ALICE, service="sts").get_caller_identity()
    assert (identity["Account"], identity["Arn"]) == ("111122223333", "arn:aws:iam::111122223333:user/alice")


def test_secrets_are_not_interchangeable(server):
    with refused("InvalidSignatureException"):
        kms_client(server, access_key_id=ALICE[0], secret=BOB[1]).list_keys()


def test_a_user_without_policies_may_do_nothing_by_identity_policy(server):
    alice, dave = client(server, ALICE), client(server, DAVE)
    key = alice.create_key()["KeyMetadata"]["KeyId"]
    for call in (
        dave.list_keys,
        dave.create_key,
        lambda: dave.describe_key(KeyId=key),
        lambda: dave.encrypt(KeyId=key, Plaintext=b"x"),
    ):
        with refused("AccessDeniedException") as refusal:
            call()
        assert "arn:aws:iam::111122223333:user/dave" in refusal.refusal.message
    assert client(server, DAVE, service="sts").get_caller_identity()["Arn"].endswith(":user/dave")


def test_a_permissions_boundary_limits(server):
    erin = client(server, ERIN)
    assert erin.list_keys()["Keys"] == []
    with refused("AccessDeniedException"):
        erin.create_key()


def test_an_inactive_access_key_is_unknown(server):
    with refused("UnrecognizedClientException"):
        client(server, FRANK).list_keys()
    assert client(server, FRANK_TOO).list_keys()["Keys"] == []


def test_the_path_is_part_of_the_arn_and_unique_ids_stay(server, start, tmp_path):
    sts = client(server, CAROL, service="sts")
    before = sts.get_caller_identity()
    assert before["Arn"] == "arn:aws:iam::111122223333:user/staff/carol"
    assert before["UserId"].startswith("AIDA") and len(before["UserId"]) == 21
    other = client(server, ALICE, service="sts").get_caller_identity()["UserId"]
    assert other != before["UserId"]
    assert server.stop() == 0
    again = start(*server.arguments[server.arguments.index("--identities") :], dev=False, data_dir=tmp_path / "data")
    assert client(again, CAROL, service="sts").get_caller_identity() | {"ResponseMetadata": 0} == before | {
        "ResponseMetadata": 0
    }


def test_a_role_is_assumed(server):
    arn = "arn:aws:iam::111122223333:role/app"
    session = client(server, ALICE, service="sts").assume_role(
        RoleArn=arn, RoleSessionName="ci", DurationSeconds=7200
    )
    assert session["AssumedRoleUser"]["Arn"] == "arn:aws:sts::111122223333:assumed-role/app/ci"
    server.secrets.record_text(session["Credentials"]["SecretAccessKey"], "a session's secret access key")
    with refused("ValidationError"):
        client(server, ALICE, service="sts").assume_role(RoleArn=arn, RoleSessionName="ci", DurationSeconds=7201)


def test_what_is_declared_is_not_kept(server):
    listed = run_keywright("principal", "list", "--data-dir", server.data_dir)
    assert listed.returncode == 0, listed
    assert [one["UserName"] for one in json.loads(listed.stdout)["Principals"]] == ["administrator"]


def test_grantees_must_exist_where_the_account_is_hosted(server):
    alice = client(server, ALICE)
    key = alice.create_key()["KeyMetadata"]["KeyId"]
    for known in ("111122223333:user/staff/carol", "111122223333:role/app", "999988887777:user/anybody"):
        alice.create_grant(KeyId=key, GranteePrincipal=f"arn:aws:iam::{known}", Operations=["Decrypt"])
    for unknown in ("111122223333:user/carol", "111122223333:user/nobody", "444455556666:role/app"):
        with refused("InvalidArnException"):
            alice.create_grant(KeyId=key, GranteePrincipal=f"arn:aws:iam::{unknown}", Operations=["Decrypt"])


SECRET = ALICE[1]
KEY = {"id": ALICE[0], "secret": SECRET}
TRUST = DECLARED["accounts"][0]["roles"][0]["trustPolicy"]
PROVIDER = {"url": "https://issuer.example", "clientIDs": ["app"], "keys": "file:/keys.json"}


def account(**members):
    return {"accounts": [{"id": "111122223333", **members}]}


def one_user(**members):
    return account(users=[{"name": "a", "accessKeys": [KEY], **members}])


def one_role(**members):
    return account(roles=[{"name": "r", "trustPolicy": TRUST, **members}], users=[user("a", ALICE)])


def without(mapping, name):
    mapping = copy.deepcopy(mapping)
    del mapping[name]
    return mapping


def statement(**members):
    return {"Version": "2012-10-17", "Statement": [EVERYTHING["Statement"][0] | members]}


# What is wrong, the file, and what the message must say of the place.
WRONG = {
    "no YAML": (f"accounts: [{{secret: {SECRET}", ""),
    "YAML with a tab": (f"accounts:\n\t- secret: {SECRET}", "line"),
    "two documents": (f"accounts: []\n---\nsecret: {SECRET}\n", ""),
    "an unknown alias": (f"accounts: *{SECRET.replace('-', '')}\n", "line 1"),
    "a tag": (f"accounts: [{{id: !secret {SECRET}}}]\n", "line 1"),
    "a repeated member": (f"accounts:\n- id: '111122223333'\n  id: {SECRET}\n", ""),
    "a list": ("- 1", "top"),
    "empty": ("", "empty"),
    "no accounts": ({}, "accounts"),
    "accounts of another kind": ({"accounts": {"id": SECRET}}, "accounts"),
    "an unknown member at the top": ({"accounts": [], "acounts": SECRET}, "acounts"),
    "an unknown member of an account": (account(groups=[SECRET]), "groups"),
    "an unknown member of a user": (one_user(password=SECRET), "accounts[0].users[0]"),
    "an unknown member of an access key": (one_user(accessKeys=[{**KEY, "note": SECRET}]), "accessKeys[0]"),
    "an unknown member that is a secret": (one_user(accessKeys=[{SECRET: ALICE[0]}]), "accessKeys[0]"),
    "access keys of a role": (one_role(accessKeys=[KEY]), "accessKeys"),
    "account id": ({"accounts": [{"id": SECRET}]}, "accounts[0].id"),
    "the same account twice": ({"accounts": [{"id": "111122223333"}, {"id": "111122223333"}]}, "accounts[1]"),
    "no user name": (account(users=[{"accessKeys": [KEY]}]), "accounts[0].users[0]"),
    "user name": (one_user(name="a b/c"), "accounts[0].users[0].name"),
    "user name of another type": (one_user(name=[SECRET]), "accounts[0].users[0].name"),
    "long user name": (one_user(name="a" * 65), "name"),
    "path": (one_user(path="staff"), "accounts[0].users[0].path"),
    "path like a pattern": (one_user(path="/*/"), "path"),
    "no secret": (one_user(accessKeys=[without(KEY, "secret")]), "secret"),
    "no id": (one_user(accessKeys=[without(KEY, "id")]), "id"),
    "secret and id exchanged": (one_user(accessKeys=[{"id": SECRET, "secret": ALICE[0]}]), "id"),
    "short secret": (one_user(accessKeys=[{"id": ALICE[0], "secret": "7 chars"}]), "secret"),
    "secret of another type": (one_user(accessKeys=[{"id": ALICE[0], "secret": [SECRET]}]), "secret"),
    "status": (one_user(accessKeys=[{**KEY, "status": SECRET}]), "status"),
    "three access keys": (
        one_user(accessKeys=[{"id": f"AKIAALICEALICEALICE{n}", "secret": SECRET} for n in range(3)]),
        "accessKeys",
    ),
    "the same access key twice": (account(users=[user("a", ALICE), user("b", ALICE)]), "users[1].accessKeys[0].id"),
    "the same user twice": (account(users=[user("a", ALICE), user("a")]), "users[1]"),
    "the same user in other letters": (account(users=[user("a", ALICE), user("A", path="/b/")]), "users[1]"),
    "the same role twice": (account(roles=[{"name": "r", "trustPolicy": TRUST}] * 2), "roles[1]"),
    "a policy that is no JSON": (one_user(policies=["{"]), "accounts[0].users[0].policies[0]"),
    "a policy that is a list": (one_user(policies=[[SECRET]]), "policies[0]"),
    "a policy that is a number": (one_user(policies=[1]), "policies[0]"),
    "a policy without statements": (one_user(policies=[EVERYTHING, {"Version": "2012-10-17"}]), "policies[1]"),
    "a policy of an unknown version": (one_user(policies=[EVERYTHING | {"Version": "2012-10-18"}]), "policies[0]"),
    "a policy with a principal": (one_user(policies=[statement(Principal="*")]), "policies[0]"),
    "a policy with an unknown operator": (
        one_user(policies=[statement(Condition={"StringEqual": {"aws:username": "a"}})]),
        "StringEqual",
    ),
    "a named policy without name": (one_user(policies=[{"document": EVERYTHING}]), "policies[0]"),
    "a named policy of a bad name": (one_user(policies=[{"name": "a b", "document": EVERYTHING}]), "policies[0].name"),
    "a named policy without document": (
        one_user(policies=[{"name": "a", "document": None}]),
        "policies[0].document",
    ),
    "two policies of a name": (
        one_user(policies=[{"name": "a", "document": EVERYTHING}, {"name": "a", "document": EVERYTHING}]),
        "policies[1]",
    ),
    "a boundary that is no policy": (one_user(permissionsBoundary={}), "permissionsBoundary"),
    "a boundary that is a list": (one_user(permissionsBoundary=[EVERYTHING]), "permissionsBoundary"),
    "no trust policy": (account(roles=[{"name": "r"}], users=[user("a", ALICE)]), "trustPolicy"),
    "a trust policy without principal": (one_role(trustPolicy=EVERYTHING), "trustPolicy"),
    "a trust policy of an unknown principal": (
        one_role(trustPolicy={"Statement": [TRUST["Statement"] | {"Principal": {"AWS": "alice"}}]}),
        "trustPolicy",
    ),
    "a short session": (one_role(maxSessionDuration=899), "maxSessionDuration"),
    "a long session": (one_role(maxSessionDuration=43201), "maxSessionDuration"),
    "a session of a broken number": (one_role(maxSessionDuration=3600.5), "maxSessionDuration"),
    "tags that are a list": (one_user(tags=[{"Key": "a", "Value": SECRET}]), "tags"),
    "a tag of another kind": (one_user(tags={"a": [SECRET]}), "tags"),
    "a tag of AWS": (one_user(tags={"aws:a": "b"}), "tags"),
    "the same tag in other letters": (one_user(tags={"team": "a", "Team": "b"}), "tags"),
    "too many tags": (one_user(tags={f"t{n}": "" for n in range(51)}), "tags"),
    "a provider without url": (account(identityProviders=[without(PROVIDER, "url")]), "url"),
    "a provider without TLS": (account(identityProviders=[PROVIDER | {"url": "http://issuer.example"}]), "url"),
    "a provider with a query": (account(identityProviders=[PROVIDER | {"url": "https://a.example?b"}]), "url"),
    "a provider without client ids": (account(identityProviders=[PROVIDER | {"clientIDs": []}]), "clientIDs"),
    "a provider with the same client id twice": (
        account(identityProviders=[PROVIDER | {"clientIDs": ["a", "a"]}]),
        "clientIDs[1]",
    ),
    "a provider without keys": (account(identityProviders=[without(PROVIDER, "keys")]), "keys"),
    "a provider whose keys are nowhere": (account(identityProviders=[PROVIDER | {"keys": "http://a.example"}]), "keys"),
    "the same provider twice": (account(identityProviders=[PROVIDER, PROVIDER]), "identityProviders[1]"),
}


@pytest.mark.parametrize("content, place", WRONG.values(), ids=WRONG)
def test_files_that_are_wrong(tmp_path, content, place):
    texts = [content] if isinstance(content, str) else [json.dumps(content), yaml.safe_dump(content)]
    for number, text in enumerate(texts):
        file = tmp_path / f"identities-{number}"
        file.write_text(text)
        finished = run_keywright("serve", "--port", "0", "--data-dir", tmp_path / "data", "--identities", file)
        assert finished.returncode == 65, finished
        assert str(file) in finished.stderr
        said = finished.stderr.replace(str(file), "")
        assert place in said, said
        for secret in (SECRET, SECRET.replace("-", "")):
            assert secret not in finished.stderr + finished.stdout
        assert not (tmp_path / "data").exists()


def test_a_file_that_is_not_there(tmp_path):
    finished = run_keywright("serve", "--port", "0", "--data-dir", tmp_path / "data", "--identities", tmp_path / "none")
    assert finished.returncode == 66, finished


ALONE = account(users=[user("a", ALICE, policies=[EVERYTHING])])
NO_SECRETS = account(users=[user("a", policies=[EVERYTHING])])
WARNING = "others can read the identities file"


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o622, 0o664, 0o646, 0o666, 0o777], ids="{:o}".format)
@pytest.mark.parametrize("content", [ALONE, NO_SECRETS], ids=["secrets", "no secrets"])
def test_a_file_that_others_can_write_is_refused(tmp_path, mode, content):
    file = tmp_path / "identities.json"
    file.write_text(json.dumps(content))
    file.chmod(mode)
    finished = run_keywright("serve", "--port", "0", "--data-dir", tmp_path / "data", "--identities", file)
    assert finished.returncode == 77, finished
    assert str(file) in finished.stderr and f"mode {mode:o}" in finished.stderr and "others can write" in finished.stderr
    assert SECRET not in finished.stderr + finished.stdout


@pytest.mark.parametrize(
    "mode, content, warned",
    [
        (0o644, ALONE, True),
        (0o640, ALONE, True),
        (0o604, ALONE, True),
        (0o600, ALONE, False),
        (0o400, ALONE, False),
        (0o644, NO_SECRETS, False),
    ],
    ids=["644", "640", "604", "600", "400", "644 without secrets"],
)
def test_a_file_that_others_can_read_is_warned_of(start, tmp_path, mode, content, warned):
    file = tmp_path / "identities.json"
    file.write_text(json.dumps(content))
    file.chmod(mode)
    server = start("--identities", file, dev=False, data_dir=tmp_path / "data")
    server.secrets.record_text(ALICE[1], "a declared secret access key")
    if content is ALONE:
        assert client(server, ALICE).list_keys()["Keys"] == []
    assert (WARNING in server.log_text()) == warned, server.log_text()


def test_a_pipe(start, tmp_path):
    pipe = tmp_path / "identities"
    os.mkfifo(pipe)
    pipe.chmod(0o666)
    writer = threading.Thread(target=pipe.write_text, args=(json.dumps(ALONE),))
    writer.start()
    server = start("--identities", pipe, dev=False, data_dir=tmp_path / "data")
    writer.join()
    server.secrets.record_text(ALICE[1], "a declared secret access key")
    assert client(server, ALICE).list_keys()["Keys"] == []
    assert WARNING not in server.log_text()


def test_standard_input(tmp_path):
    for input, said in (("accounts: [", "neither YAML nor JSON"), ("accounts: [{id: '1'}]", "accounts[0].id")):
        finished = run_keywright(
            "serve", "--port", "0", "--data-dir", tmp_path / "data", "--identities", "/dev/stdin", input=input
        )
        assert finished.returncode == 65, finished
        assert said in finished.stderr


def test_a_file_that_is_no_text(tmp_path):
    file = tmp_path / "identities.yaml"
    file.write_bytes(b"accounts: []\n# \xff\n")
    finished = run_keywright("serve", "--port", "0", "--data-dir", tmp_path / "data", "--identities", file)
    assert finished.returncode == 65, finished


def test_json_that_is_no_yaml(start, tmp_path):
    declared = account(users=[user("a", ALICE, policies=[EVERYTHING], tags={"letter": "\N{GOTHIC LETTER AHSA}"})])
    file = tmp_path / "identities.json"
    text = json.dumps(declared, indent="\t")
    assert "\\ud800" in text
    file.write_text(text)
    server = start("--identities", file, dev=False, data_dir=tmp_path / "data")
    server.secrets.record_text(ALICE[1], "a declared secret access key")
    assert client(server, ALICE).list_keys()["Keys"] == []


@pytest.mark.parametrize("secure", ["true", "false"])
def test_documents_in_plain_yaml(start, tmp_path, secure):
    """Dates, booleans and numbers keep their kind: the version is a text, and a condition's boolean is one."""
    file = tmp_path / "identities.yaml"
    file.write_text(
        f"""
accounts:
- id: 111122223333
  users:
  - name: a
    accessKeys: [{{id: {ALICE[0]}, secret: {SECRET}}}]
    policies:
    - Version: 2012-10-17
      Statement:
      - Effect: Allow
        Action: kms:List*
        Resource: '*'
        Condition:
          Bool: {{aws:SecureTransport: {secure}}}
          NumericLessThan: {{aws:EpochTime: 9999999999}}
"""
    )
    server = start("--identities", file, dev=False, data_dir=tmp_path / "data")
    server.secrets.record_text(SECRET, "a declared secret access key")
    if secure == "false":
        assert client(server, ALICE).list_keys()["Keys"] == []
    else:
        with refused("AccessDeniedException"):
            client(server, ALICE).list_keys()


def test_account_ids_in_plain_yaml(start, tmp_path):
    """Ids of accounts are texts without quotation marks too, in conditions and as principals."""
    file = tmp_path / "identities.yaml"
    file.write_text(
        f"""
accounts:
- id: 111122223333
  users:
  - name: a
    accessKeys: [{{id: {ALICE[0]}, secret: {SECRET}}}]
    policies: [{{Statement: {{Effect: Allow, Action: '*', Resource: '*'}}}}]
  roles:
  - name: app
    trustPolicy:
      Version: 2012-10-17
      Statement:
        Effect: Allow
        Action: sts:AssumeRole
        Principal: {{AWS: 111122223333}}
        Condition: {{StringEquals: {{aws:PrincipalAccount: 111122223333}}}}
"""
    )
    server = start("--identities", file, dev=False, data_dir=tmp_path / "data")
    server.secrets.record_text(SECRET, "a declared secret access key")
    sts = client(server, ALICE, service="sts")
    answer = sts.assume_role(RoleArn="arn:aws:iam::111122223333:role/app", RoleSessionName="session")
    server.secrets.record_text(answer["Credentials"]["SecretAccessKey"], "a session's secret access key")


def test_what_is_declared_and_stored_is_refused(start, tmp_path):
    server = start(dev=False, data_dir=tmp_path / "data")
    made = run_keywright("principal", "create-user", "a", "--account", "111122223333", "--data-dir", server.data_dir)
    assert made.returncode == 0, made
    assert server.stop() == 0
    file = tmp_path / "identities.json"
    file.write_text(json.dumps(account(users=[user("a", ALICE)])))
    finished = run_keywright("serve", "--port", "0", "--data-dir", tmp_path / "data", "--identities", file)
    assert finished.returncode in (65, 78), finished
    assert "arn:aws:iam::111122223333:user/a" in finished.stderr
    assert SECRET not in finished.stderr


def test_a_start_that_is_refused_makes_no_administrator(start, tmp_path):
    """A store of --dev has none yet: what is declared beside what it keeps is looked at before one is made."""
    data = tmp_path / "data"
    assert start(data_dir=data).stop() == 0
    made = run_keywright("principal", "create-user", "a", "--account", "111122223333", "--data-dir", data)
    assert made.returncode == 0, made
    file = tmp_path / "identities.json"
    file.write_text(json.dumps(account(users=[user("a", ALICE)])))
    finished = run_keywright("serve", "--port", "0", "--data-dir", data, "--identities", file)
    assert finished.returncode == 78, finished
    assert not (data / "administrator.json").exists()
    listed = json.loads(run_keywright("principal", "list", "--data-dir", data).stdout)["Principals"]
    assert [one["UserName"] for one in listed] == ["a"]


@pytest.mark.parametrize("name", ["administrator", "Administrator"])
def test_an_administrator_that_is_declared_is_the_only_one(start, tmp_path, name):
    file = tmp_path / "identities.json"
    file.write_text(json.dumps(account(users=[user(name, ALICE, policies=[EVERYTHING])])))
    for _ in range(2):
        server = start("--identities", file, "--account", "111122223333", dev=False, data_dir=tmp_path / "data")
        server.secrets.record_text(ALICE[1], "a declared secret access key")
        identity = client(server, ALICE, service="sts").get_caller_identity()
        assert identity["Arn"] == f"arn:aws:iam::111122223333:user/{name}"
        assert not (server.data_dir / "administrator.json").exists()
        assert server.stop() == 0
