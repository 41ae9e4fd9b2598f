"""Users that an operator declares in a file."""

import json

import pytest
import yaml

from clients import kms_client, refused
from server import run_keywright

ALICE = ("AKIAALICEALICEALICE1", "alices-secret-access-key-of-forty-chars1")
BOB = ("AKIABOBBOBBOBBOBBOB1", "bobs-secret-access-key-of-forty-chars-12")
CAROL = ("AKIACAROLCAROLCAROL1", "carols-secret-access-key-of-forty-chars1")

DECLARED = {
    "accounts": [
        {
            "id": "111122223333",
            "users": [
                {"name": "alice", "accessKeys": [{"id": ALICE[0], "secret": ALICE[1]}]},
                {"name": "carol", "accessKeys": [{"id": CAROL[0], "secret": CAROL[1]}]},
            ],
        },
        {"id": "444455556666", "users": [{"name": "bob", "accessKeys": [{"id": BOB[0], "secret": BOB[1]}]}]},
    ]
}


@pytest.fixture(params=["yaml", "json"])
def server(request, start, tmp_path):
    file = tmp_path / f"identities.{request.param}"
    file.write_text(yaml.safe_dump(DECLARED) if request.param == "yaml" else json.dumps(DECLARED))
    server = start("--identities", file, dev=False, data_dir=tmp_path / "data")
    for _, secret in (ALICE, BOB, CAROL):
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


def test_the_log_warns_that_policies_are_not_evaluated(server):
    assert "policies are not evaluated" in server.log_text()


WRONG = {
    "no YAML": "accounts: [",
    "a list": "- 1",
    "empty": "",
    "account id": yaml.safe_dump({"accounts": [{"id": "1234"}]}),
    "user name": yaml.safe_dump({"accounts": [{"id": "111122223333", "users": [{"name": "a b/c", "accessKeys": []}]}]}),
    "no secret": yaml.safe_dump(
        {"accounts": [{"id": "111122223333", "users": [{"name": "a", "accessKeys": [{"id": ALICE[0]}]}]}]}
    ),
    "the same key twice": yaml.safe_dump(
        {
            "accounts": [
                {
                    "id": "111122223333",
                    "users": [
                        {"name": "a", "accessKeys": [{"id": ALICE[0], "secret": ALICE[1]}]},
                        {"name": "b", "accessKeys": [{"id": ALICE[0], "secret": ALICE[1]}]},
                    ],
                }
            ]
        }
    ),
    "the same user twice": yaml.safe_dump(
        {"accounts": [{"id": "111122223333", "users": [{"name": "a"}, {"name": "a"}]}]}
    ),
    "secret of another type": yaml.safe_dump(
        {
            "accounts": [
                {"id": "111122223333", "users": [{"name": "a", "accessKeys": [{"id": ALICE[0], "secret": [ALICE[1]]}]}]}
            ]
        }
    ),
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_files_that_are_wrong(tmp_path, text):
    file = tmp_path / "identities.yaml"
    file.write_text(text)
    finished = run_keywright("serve", "--port", "0", "--data-dir", tmp_path / "data", "--identities", file)
    assert finished.returncode in (65, 78), finished
    assert str(file) in finished.stderr
    assert ALICE[1] not in finished.stderr + finished.stdout


def test_a_file_that_is_not_there(tmp_path):
    finished = run_keywright("serve", "--port", "0", "--data-dir", tmp_path / "data", "--identities", tmp_path / "none")
    assert finished.returncode in (66, 78), finished
