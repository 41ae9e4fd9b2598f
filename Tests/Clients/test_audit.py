"""The audit trail: what its records say, what they leave out, and that nobody alters them unnoticed."""

import base64
import contextlib
import datetime
import json
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import threading
import time
import urllib.parse
import urllib.request

import botocore.awsrequest
import botocore.credentials
import botocore.exceptions
import pytest

from clients import REGION, administrator_client, kms_client, refused
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
    user_arn,
)
from server import Server, run_keywright
from wire import SignerAt, Wire

ADMIN, BOB = user_arn("admin"), user_arn("bob")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
BROKEN = 65
AWAY = "eu-west-1"


def files(data_dir):
    return sorted((pathlib.Path(data_dir) / "audit").glob("*.jsonl"))


def lines(data_dir):
    """Every line of the trail, in order."""
    return [line for path in files(data_dir) for line in path.read_bytes().splitlines(keepends=True)]


def records(data_dir):
    return [json.loads(line) for line in lines(data_dir)]


def verify(data_dir, *arguments):
    return run_keywright("audit", "verify", "--data-dir", data_dir, *arguments, timeout=120)


def intact(data_dir):
    """Expects an intact trail; returns the number of its records."""
    finished = verify(data_dir, "--json")
    assert finished.returncode == 0, finished
    outcome = json.loads(finished.stdout)
    assert outcome["intact"] is True
    return outcome.get("records", 0)


def broken(data_dir):
    """Expects a trail that is not intact; returns the number of the first record that is wrong."""
    finished = verify(data_dir)
    assert finished.returncode == BROKEN, finished
    named = re.search(r"sequence (\d+)", finished.stderr)
    assert named, finished.stderr
    return int(named[1])


@pytest.fixture(scope="module")
def cast(tmp_path_factory):
    declared = Identities()
    declared.user("admin", allow("*"), document(statement("sts:AssumeRole")))
    declared.user("bob")
    declared.role("app", allow("Encrypt"), path="/team/")
    declared.user("frank", allow("*"), document(statement("sts:AssumeRole")), account=OTHER)
    declared.role("shared", trusts=root(OTHER))
    regions = ("--region", REGION, "--region", AWAY)
    with declared.serve(tmp_path_factory.mktemp("audit"), "--log-level", "debug", *regions) as server:
        yield Cast(server, declared)


@pytest.fixture
def record_of(cast):
    """Makes a call and gives what it answered or was refused with, and its record."""

    def find(call):
        try:
            answer = call()
            metadata, error = answer["ResponseMetadata"], None
        except botocore.exceptions.ClientError as refusal:
            answer, metadata, error = None, refusal.response["ResponseMetadata"], refusal.response["Error"]
        # It is there when the answer is.
        request = metadata["RequestId"]
        (record,) = [entry for entry in records(cast.server.data_dir) if entry.get("requestID") == request]
        return answer, error, record

    return find


@pytest.fixture(scope="module")
def key(cast):
    return cast("admin").create_key()["KeyMetadata"]["Arn"]


# What records say


def test_a_record_in_full(cast, key, record_of):
    context = {"team": "blue", "é": "☃"}
    admin = cast("admin")
    blob = admin.encrypt(KeyId=key, Plaintext=b"x", EncryptionContext=context)["CiphertextBlob"]
    before = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    answer, _, record = record_of(lambda: admin.decrypt(CiphertextBlob=blob, EncryptionContext=context))
    after = datetime.datetime.now(datetime.timezone.utc)

    assert before <= datetime.datetime.fromisoformat(record.pop("eventTime")) <= after
    assert UUID.fullmatch(record.pop("eventID"))
    assert record.pop("userAgent").startswith("Boto3/")
    assert UUID.fullmatch(record["requestID"])
    identity = record.pop("userIdentity")
    assert identity.pop("principalId").startswith("AIDA")
    assert identity == {
        "type": "IAMUser",
        "arn": ADMIN,
        "accountId": OWNER,
        "accessKeyId": cast.identities.credentials["admin"][0],
        "userName": "admin",
    }
    chain = record.pop("keywright")
    assert set(chain) == {"sequence", "chain"}
    assert re.fullmatch("[0-9a-f]{64}", chain["chain"])
    assert record.pop("additionalEventData") == {"keyMaterialId": answer["KeyMaterialId"]}
    parameters = record.pop("requestParameters")
    # The request named neither the key nor the algorithm.
    assert parameters == {"keyId": key, "encryptionContext": context, "encryptionAlgorithm": "SYMMETRIC_DEFAULT"}
    assert record == {
        "eventVersion": "1.11",
        "eventSource": "kms.amazonaws.com",
        "eventName": "Decrypt",
        "awsRegion": REGION,
        "sourceIPAddress": "127.0.0.1",
        "responseElements": None,
        "requestID": answer["ResponseMetadata"]["RequestId"],
        "readOnly": True,
        "resources": [{"accountId": OWNER, "type": "AWS::KMS::Key", "ARN": key}],
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": OWNER,
        "eventCategory": "Management",
    }


def test_the_chain_is_the_last_member_of_every_line(cast, key):
    cast("admin").describe_key(KeyId=key)
    written = lines(cast.server.data_dir)
    for number, line in enumerate(written, 1):
        assert line.endswith(b"}}\n")
        members = list(json.loads(line))
        assert members[-1] == "keywright"
        assert json.loads(line)["keywright"]["sequence"] == number
    assert len({json.loads(line)["keywright"]["chain"] for line in written}) == len(written)
    assert len({json.loads(line)["eventID"] for line in written}) == len(written)


def test_the_files_are_their_owners_alone(cast, key):
    cast("admin").describe_key(KeyId=key)
    folder = cast.server.data_dir / "audit"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert files(cast.server.data_dir)
    for path in files(cast.server.data_dir):
        assert path.stat().st_mode & 0o777 == 0o600


def test_denials(cast, key, record_of):
    _, error, record = record_of(lambda: cast("bob").encrypt(KeyId=key, Plaintext=b"x", EncryptionContext={"a": "b"}))
    assert error["Code"] == "AccessDeniedException"
    assert (record["errorCode"], record["errorMessage"]) == ("AccessDenied", error["Message"])
    assert record["userIdentity"]["arn"] == BOB
    assert record["requestParameters"]["encryptionContext"] == {"a": "b"}
    assert record["requestParameters"]["keyId"] == key
    assert record["responseElements"] is None
    assert record["resources"][0]["ARN"] == key


def test_denials_of_other_accounts(cast, key, record_of):
    arn = user_arn("frank", OTHER)
    _, error, record = record_of(lambda: cast("frank").encrypt(KeyId=key, Plaintext=b"x"))
    assert (record["errorCode"], record["errorMessage"]) == ("AccessDenied", error["Message"])
    assert (record["userIdentity"]["arn"], record["recipientAccountId"]) == (arn, OTHER)


@pytest.fixture
def records_of(cast):
    """Makes a call and gives the records that it leaves, whether it is refused or not."""

    def find(call):
        before = len(lines(cast.server.data_dir))
        with contextlib.suppress(botocore.exceptions.ClientError):
            call()
        return records(cast.server.data_dir)[before:]

    return find


@pytest.fixture(scope="module")
def lent(cast):
    """A key that another account may use."""
    policy = document(delegation(), delegation("Encrypt", "Decrypt", "ReEncrypt*", account=OTHER))
    return cast("admin").create_key(Policy=json.dumps(policy))["KeyMetadata"]["Arn"]


def test_what_another_accounts_key_is_used_for_is_on_record_in_both_accounts(cast, lent, records_of):
    parameters = {"KeyId": lent, "Plaintext": b"x", "EncryptionContext": {"a": "b"}}
    for more, error in (({}, None), ({"DryRun": True}, "DryRunOperationException")):
        mine, theirs = records_of(lambda: cast("frank").encrypt(**parameters, **more))
        assert (mine["recipientAccountId"], theirs["recipientAccountId"]) == (OTHER, OWNER)
        assert mine["sharedEventID"] == theirs["sharedEventID"] and UUID.fullmatch(mine["sharedEventID"])
        assert mine["eventID"] != theirs["eventID"]
        assert mine["userIdentity"]["arn"] == user_arn("frank", OTHER)
        # The owner is told less of who it was.
        assert theirs["userIdentity"] == {
            "type": "AWSAccount",
            "principalId": mine["userIdentity"]["principalId"],
            "accountId": OTHER,
        }
        same = ("requestID", "eventName", "eventTime", "requestParameters", "responseElements", "resources", "readOnly")
        assert [mine[name] for name in same] == [theirs[name] for name in same]
        assert mine.get("errorCode") == theirs.get("errorCode") == error
        assert mine["resources"] == [{"accountId": OWNER, "type": "AWS::KMS::Key", "ARN": lent}]
    # Whoever is denied is the business of its own account.
    (mine,) = records_of(lambda: cast("frank").describe_key(KeyId=lent))
    assert (mine["errorCode"], mine["recipientAccountId"]) == ("AccessDenied", OTHER)
    assert "sharedEventID" not in mine
    (mine,) = records_of(lambda: cast("admin").encrypt(**parameters))
    assert "sharedEventID" not in mine


def test_re_encryption_between_accounts(cast, lent, key, records_of):
    frank = cast("frank")
    own = frank.create_key()["KeyMetadata"]["Arn"]
    blob = frank.encrypt(KeyId=lent, Plaintext=b"x")["CiphertextBlob"]
    mine, theirs = records_of(lambda: frank.re_encrypt(CiphertextBlob=blob, DestinationKeyId=own))
    for record in (mine, theirs):
        assert [(entry["ARN"], entry["accountId"]) for entry in record["resources"]] == [(lent, OWNER), (own, OTHER)]
    assert (mine["recipientAccountId"], theirs["recipientAccountId"]) == (OTHER, OWNER)
    # One side that is denied suffices.
    (mine,) = records_of(lambda: frank.re_encrypt(CiphertextBlob=blob, DestinationKeyId=key))
    assert mine["errorCode"] == "AccessDenied"


def test_roles_of_other_accounts(cast, records_of):
    sts = cast("frank", service="sts")
    mine, theirs = records_of(
        lambda: sts.assume_role(RoleArn=f"arn:aws:iam::{OWNER}:role/shared", RoleSessionName="one")
    )
    assert (mine["eventName"], mine["recipientAccountId"]) == ("AssumeRole", OTHER)
    assert (theirs["recipientAccountId"], theirs["userIdentity"]["type"]) == (OWNER, "AWSAccount")
    assert mine["sharedEventID"] == theirs["sharedEventID"]
    (mine,) = records_of(
        lambda: sts.assume_role(RoleArn=f"arn:aws:iam::{OWNER}:role/team/app", RoleSessionName="one")
    )
    assert mine["errorCode"] == "AccessDenied"


def test_multi_region_keys(cast, records_of):
    admin = cast("admin")
    metadata = admin.create_key(MultiRegion=True)["KeyMetadata"]
    replica = metadata["Arn"].replace(REGION, AWAY)
    replication, creation, synchronization = records_of(
        lambda: admin.replicate_key(KeyId=metadata["Arn"], ReplicaRegion=AWAY)
    )
    assert (replication["eventName"], replication["awsRegion"]) == ("ReplicateKey", REGION)
    assert (creation["eventName"], creation["awsRegion"]) == ("CreateKey", AWAY)
    assert creation["userIdentity"] == replication["userIdentity"]
    assert creation["sourceIPAddress"] == creation["userAgent"] == "AWS Internal"
    assert (creation["eventType"], creation["readOnly"]) == ("AwsApiCall", False)
    assert (synchronization["eventName"], synchronization["awsRegion"]) == ("SynchronizeMultiRegionKey", AWAY)
    for record in (creation, synchronization):
        assert [entry["ARN"] for entry in record["resources"]] == [replica]

    request, rotation, synchronization = records_of(lambda: admin.rotate_key_on_demand(KeyId=metadata["Arn"]))
    assert [request["eventName"], rotation["eventName"]] == ["RotateKeyOnDemand", "RotateKey"]
    for record, arn in ((rotation, metadata["Arn"]), (synchronization, replica)):
        assert record["eventType"] == "AwsServiceEvent"
        assert record["userIdentity"] == {"accountId": OWNER, "invokedBy": "AWS Internal"}
        assert record["requestParameters"] is None
        assert [entry["ARN"] for entry in record["resources"]] == [arn]
    # What fails sets nothing going.
    (record,) = records_of(lambda: admin.replicate_key(KeyId=metadata["Arn"], ReplicaRegion=AWAY))
    assert record["errorCode"] == "AlreadyExistsException"


def test_dry_runs(cast, key, record_of):
    _, error, record = record_of(lambda: cast("admin").generate_data_key(KeyId=key, KeySpec="AES_256", DryRun=True))
    assert record["errorCode"] == error["Code"] == "DryRunOperationException"
    assert record["requestParameters"]["dryRun"] is True
    # A dry run that would be denied is a denial.
    _, _, record = record_of(lambda: cast("bob").generate_data_key(KeyId=key, KeySpec="AES_256", DryRun=True))
    assert record["errorCode"] == "AccessDenied"


@pytest.mark.parametrize(
    "call, code",
    [
        (lambda kms: kms.describe_key(KeyId="12345678-1234-1234-1234-123456789012"), "NotFoundException"),
        (lambda kms: kms.describe_key(KeyId="alias/missing"), "NotFoundException"),
        (lambda kms: kms.list_keys(Limit=5000), "ValidationException"),
        (lambda kms: kms.decrypt(CiphertextBlob=b"x" * 100), "InvalidCiphertextException"),
        (lambda kms: kms.create_key(KeySpec="HMAC_256", KeyUsage="SIGN_VERIFY"), "ValidationException"),
    ],
)
def test_refusals(cast, record_of, call, code):
    unchecked = cast.client("admin", validate=False)
    _, error, record = record_of(lambda: call(unchecked))
    assert record["errorCode"] == error["Code"] == code
    assert record["responseElements"] is None


def test_sessions(cast, key, record_of):
    session = cast.assume("team/app", by="admin", session="one")
    _, _, record = record_of(lambda: session.encrypt(KeyId=key, Plaintext=b"x"))
    identity = record["userIdentity"]
    assert identity["type"] == "AssumedRole"
    assert identity["arn"] == session_arn("app", "one")
    assert re.fullmatch("AROA.*:one", identity["principalId"])
    assert identity["accessKeyId"].startswith("ASIA")
    issuer = identity["sessionContext"]["sessionIssuer"]
    assert (issuer["type"], issuer["userName"]) == ("Role", "app")
    assert issuer["arn"] == f"arn:aws:iam::{OWNER}:role/team/app"
    assert identity["sessionContext"]["attributes"]["mfaAuthenticated"] == "false"
    assumption = [entry for entry in records(cast.server.data_dir) if entry["eventName"] == "AssumeRole"][-1]
    assert assumption["requestParameters"]["roleArn"] == issuer["arn"]
    assert assumption["eventSource"] == "sts.amazonaws.com"
    assert assumption["userIdentity"]["arn"] == ADMIN
    assert "SecretAccessKey" not in json.dumps(assumption) and "secretAccessKey" not in json.dumps(assumption)


def test_roots(start, tmp_path):
    """A service for development keeps a trail too, where it has a folder for it."""
    server = start(data_dir=tmp_path / "data")
    kms_client(server).list_keys()
    record = [entry for entry in records(tmp_path / "data") if entry["eventName"] == "ListKeys"][-1]
    assert record["userIdentity"]["type"] == "Root"
    assert record["userIdentity"]["arn"] == "arn:aws:iam::123456789012:root"
    intact(tmp_path / "data")


# Each operation: whether it is read-only, what its parameters are called, what is kept of its answer


def test_what_changes_nothing_has_no_answer(cast, record_of):
    admin = cast("admin")
    symmetric = admin.create_key()["KeyMetadata"]["Arn"]
    signing = admin.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["Arn"]
    mac = admin.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["Arn"]
    blob = admin.encrypt(KeyId=symmetric, Plaintext=b"x")["CiphertextBlob"]
    calls = {
        "Encrypt": (symmetric, lambda: admin.encrypt(KeyId=symmetric, Plaintext=b"x")),
        "Decrypt": (symmetric, lambda: admin.decrypt(CiphertextBlob=blob)),
        "GenerateDataKey": (symmetric, lambda: admin.generate_data_key(KeyId=symmetric, KeySpec="AES_256")),
        "GenerateDataKeyPair": (
            symmetric,
            lambda: admin.generate_data_key_pair(KeyId=symmetric, KeyPairSpec="ECC_NIST_P256"),
        ),
        "Sign": (signing, lambda: admin.sign(KeyId=signing, Message=b"x", SigningAlgorithm="ECDSA_SHA_256")),
        "GetPublicKey": (signing, lambda: admin.get_public_key(KeyId=signing)),
        "GenerateMac": (mac, lambda: admin.generate_mac(KeyId=mac, Message=b"x", MacAlgorithm="HMAC_SHA_256")),
        "DescribeKey": (symmetric, lambda: admin.describe_key(KeyId=symmetric)),
        "GetKeyPolicy": (symmetric, lambda: admin.get_key_policy(KeyId=symmetric)),
        "ListGrants": (symmetric, lambda: admin.list_grants(KeyId=symmetric)),
        "ListResourceTags": (symmetric, lambda: admin.list_resource_tags(KeyId=symmetric)),
        "ListKeys": (None, lambda: admin.list_keys()),
        "ListAliases": (None, lambda: admin.list_aliases()),
        "GenerateRandom": (None, lambda: admin.generate_random(NumberOfBytes=32)),
    }
    for name, (arn, call) in calls.items():
        _, _, record = record_of(call)
        assert record["eventName"] == name
        assert record["readOnly"] is True, name
        assert record["responseElements"] is None, name
        assert [resource["ARN"] for resource in record["resources"]] == ([arn] if arn else []), name


def test_what_changes_something(cast, record_of):
    admin = cast("admin")
    answer, _, record = record_of(
        lambda: admin.create_key(Description="d", Tags=[{"TagKey": "team", "TagValue": "blue"}])
    )
    metadata = answer["KeyMetadata"]
    arn = metadata["Arn"]
    assert record["readOnly"] is False
    assert record["requestParameters"]["description"] == "d"
    assert record["requestParameters"]["tags"] == [{"tagKey": "team", "tagValue": "blue"}]
    assert record["responseElements"]["keyMetadata"]["keyId"] == metadata["KeyId"]
    assert record["responseElements"]["keyMetadata"]["arn"] == arn
    assert [resource["ARN"] for resource in record["resources"]] == [arn]

    calls = {
        "CreateAlias": lambda: admin.create_alias(AliasName="alias/audited", TargetKeyId=arn),
        "DeleteAlias": lambda: admin.delete_alias(AliasName="alias/audited"),
        "DisableKey": lambda: admin.disable_key(KeyId=arn),
        "EnableKey": lambda: admin.enable_key(KeyId=arn),
        "EnableKeyRotation": lambda: admin.enable_key_rotation(KeyId=arn, RotationPeriodInDays=90),
        "PutKeyPolicy": lambda: admin.put_key_policy(KeyId=arn, Policy=json.dumps(document(delegation()))),
        "TagResource": lambda: admin.tag_resource(KeyId=arn, Tags=[{"TagKey": "a", "TagValue": "b"}]),
        "UntagResource": lambda: admin.untag_resource(KeyId=arn, TagKeys=["a"]),
        "UpdateKeyDescription": lambda: admin.update_key_description(KeyId=arn, Description="new"),
        "ScheduleKeyDeletion": lambda: admin.schedule_key_deletion(KeyId=arn, PendingWindowInDays=7),
        "CancelKeyDeletion": lambda: admin.cancel_key_deletion(KeyId=arn),
    }
    seen = {}
    for name, call in calls.items():
        _, _, seen[name] = record_of(call)
        assert seen[name]["eventName"] == name
        assert seen[name]["readOnly"] is False, name
        assert arn in [resource["ARN"] for resource in seen[name]["resources"]], name
    assert seen["EnableKeyRotation"]["requestParameters"]["rotationPeriodInDays"] == 90
    assert seen["ScheduleKeyDeletion"]["requestParameters"] == {"keyId": arn, "pendingWindowInDays": 7}
    assert seen["ScheduleKeyDeletion"]["responseElements"]["keyId"] == arn


def test_grants(cast, key, record_of):
    constraints = {"EncryptionContextSubset": {"Team": "blue"}}
    answer, _, record = record_of(
        lambda: cast("admin").create_grant(
            KeyId=key, GranteePrincipal=BOB, Operations=["Encrypt", "Decrypt"], Constraints=constraints
        )
    )
    assert record["requestParameters"]["granteePrincipal"] == BOB
    assert record["requestParameters"]["operations"] == ["Encrypt", "Decrypt"]
    # The names of the API are turned, those of the caller's own are not.
    assert record["requestParameters"]["constraints"] == {"encryptionContextSubset": {"Team": "blue"}}
    assert record["responseElements"]["grantId"] == answer["GrantId"]
    assert "grantToken" not in record["responseElements"]
    _, _, record = record_of(lambda: cast("admin").retire_grant(GrantToken=answer["GrantToken"]))
    assert answer["GrantToken"] not in json.dumps(record)
    assert record["requestParameters"] is None
    assert record["additionalEventData"] == {"grantId": answer["GrantId"]}
    assert [resource["ARN"] for resource in record["resources"]] == [key]


def test_re_encryption_has_two_resources(cast, key, record_of):
    admin = cast("admin")
    target = admin.create_key()["KeyMetadata"]["Arn"]
    blob = admin.encrypt(KeyId=key, Plaintext=b"x", EncryptionContext={"a": "b"})["CiphertextBlob"]
    parameters = {"SourceEncryptionContext": {"a": "b"}, "DestinationEncryptionContext": {"c": "d"}}
    _, _, record = record_of(lambda: admin.re_encrypt(CiphertextBlob=blob, DestinationKeyId=target, **parameters))
    assert [resource["ARN"] for resource in record["resources"]] == [key, target]
    assert record["requestParameters"]["sourceEncryptionContext"] == {"a": "b"}
    assert record["requestParameters"]["destinationEncryptionContext"] == {"c": "d"}
    assert record["requestParameters"]["destinationKeyId"] == target
    assert record["readOnly"] is True and record["responseElements"] is None


# What records leave out


def forms(data):
    """How bytes might stand in a text."""
    text = base64.b64encode(data).decode()
    return [text, text.replace("/", "\\/"), base64.urlsafe_b64encode(data).decode(), data.hex(), data.hex().upper()]


def test_no_secret_and_no_payload_is_in_any_record(cast):
    admin = cast("admin")
    symmetric = admin.create_key()["KeyMetadata"]["Arn"]
    signing = admin.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["Arn"]
    mac = admin.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["Arn"]
    external = admin.create_key(Origin="EXTERNAL")["KeyMetadata"]["Arn"]
    plaintext, message = b"a plaintext that is nobody's business", b"a message that is nobody's business"
    payloads, texts = [plaintext, message], []

    encrypted = admin.encrypt(KeyId=symmetric, Plaintext=plaintext)["CiphertextBlob"]
    admin.decrypt(CiphertextBlob=encrypted)
    again = admin.re_encrypt(CiphertextBlob=encrypted, DestinationKeyId=symmetric)["CiphertextBlob"]
    made = admin.generate_data_key(KeyId=symmetric, KeySpec="AES_256")
    pair = admin.generate_data_key_pair(KeyId=symmetric, KeyPairSpec="ECC_NIST_P256")
    randomness = admin.generate_random(NumberOfBytes=32)["Plaintext"]
    signature = admin.sign(KeyId=signing, Message=message, SigningAlgorithm="ECDSA_SHA_256")["Signature"]
    admin.verify(KeyId=signing, Message=message, SigningAlgorithm="ECDSA_SHA_256", Signature=signature)
    with refused("KMSInvalidSignatureException"):
        admin.verify(KeyId=signing, Message=b"other", SigningAlgorithm="ECDSA_SHA_256", Signature=signature)
    code = admin.generate_mac(KeyId=mac, Message=message, MacAlgorithm="HMAC_SHA_256")["Mac"]
    admin.verify_mac(KeyId=mac, Message=message, MacAlgorithm="HMAC_SHA_256", Mac=code)
    wrapping = {"WrappingAlgorithm": "RSAES_OAEP_SHA_256", "WrappingKeySpec": "RSA_2048"}
    imported = admin.get_parameters_for_import(KeyId=external, **wrapping)
    material = random.Random(7).randbytes(256)
    with pytest.raises(botocore.exceptions.ClientError):
        admin.import_key_material(
            KeyId=external,
            ImportToken=imported["ImportToken"],
            EncryptedKeyMaterial=material,
            ExpirationModel="KEY_MATERIAL_DOES_NOT_EXPIRE",
        )
    grant = admin.create_grant(KeyId=symmetric, GranteePrincipal=BOB, Operations=["Decrypt"])
    texts.append(grant["GrantToken"])
    cast("bob").decrypt(CiphertextBlob=encrypted, GrantTokens=[grant["GrantToken"]])
    with refused("AccessDeniedException"):
        cast("bob").encrypt(KeyId=symmetric, Plaintext=plaintext, GrantTokens=[grant["GrantToken"]])
    admin.retire_grant(GrantToken=grant["GrantToken"])
    payloads += [encrypted, again, randomness, signature, code, material, imported["ImportToken"]]
    payloads += [made["Plaintext"], made["CiphertextBlob"]]
    payloads += [pair["PrivateKeyPlaintext"], pair["PrivateKeyCiphertextBlob"]]

    trail = b"".join(lines(cast.server.data_dir)).decode()
    for payload in payloads:
        for text in forms(payload):
            assert text not in trail, text
    for text in texts:
        assert text not in trail
    assert not cast.server.secrets.found_in(trail.encode())
    # Nor the policy that a read answers with.
    admin.get_key_policy(KeyId=symmetric)
    assert "Enable IAM User Permissions" not in json.dumps(records(cast.server.data_dir)[-1])


def test_nobody_who_is_not_known_leaves_a_record(cast, key):
    before = len(lines(cast.server.data_dir))
    access_key_id, secret = cast.identities.credentials["admin"]
    for parameters in (
        {"access_key_id": access_key_id, "secret": "x" * 40},
        {"access_key_id": "AKIAIOSFODNN7EXAMPLE", "secret": secret},
        {"access_key_id": access_key_id, "secret": secret, "region": "ap-south-1"},
    ):
        for service, call in (("kms", "list_keys"), ("sts", "get_caller_identity")):
            with pytest.raises(botocore.exceptions.ClientError):
                getattr(kms_client(cast.server, service=service, **parameters), call)()
    assert len(lines(cast.server.data_dir)) == before


@pytest.fixture
def ask_sts(cast):
    """Sends a form that `admin` has signed, exactly as it is given, and gives its status and record."""

    def ask(form):
        request = botocore.awsrequest.AWSRequest(
            method="POST",
            url=cast.server.url + "/",
            data=form,
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        now = datetime.datetime.now(datetime.timezone.utc)
        credentials = botocore.credentials.Credentials(*cast.identities.credentials["admin"])
        SignerAt(credentials, "sts", REGION, now).add_auth(request)
        headers = dict(request.headers.items()) | {"Host": f"127.0.0.1:{cast.server.port}"}
        with Wire(cast.server) as wire:
            answer = wire.send(body=form.encode(), headers=headers)
        found = re.search("<RequestId>(.*)</RequestId>", answer.body.decode())[1]
        (record,) = [entry for entry in records(cast.server.data_dir) if entry.get("requestID") == found]
        return answer.status, record

    return ask


ROLE_FORM = f"Action=AssumeRole&RoleArn=arn:aws:iam::{OWNER}:role/team/app&RoleSessionName=one"


@pytest.mark.parametrize(
    "form, name, code",
    [
        ("Action=GetSessionToken", "UnknownAction", "InvalidAction"),
        ("Action=AssumeRole&Version=2000-01-01", "AssumeRole", "InvalidAction"),
        ("Version=2011-06-15", "UnknownAction", "MissingAction"),
        (ROLE_FORM + "&RoleSessionName=two", "UnknownAction", "MalformedInput"),
        (ROLE_FORM + "&ExternalId=%zz", "UnknownAction", "MalformedInput"),
        (ROLE_FORM + "&" + "&".join(f"a{number}=b" for number in range(1000)), "UnknownAction", "MalformedInput"),
        (ROLE_FORM + "&DurationSeconds=1", "AssumeRole", "ValidationError"),
    ],
    ids=["unknown", "version", "none", "repeated", "encoding", "too many", "constraint"],
)
def test_whoever_signs_is_on_record_whatever_it_asks(cast, ask_sts, form, name, code):
    status, record = ask_sts(form)
    assert status == 400
    assert (record["eventName"], record["errorCode"], record["eventSource"]) == (name, code, "sts.amazonaws.com")
    assert record["userIdentity"]["arn"] == ADMIN
    assert record["requestParameters"] is None and record["responseElements"] is None


@pytest.mark.parametrize("tokens", [["a secret grant token" * 500], ["", "a secret grant token"] * 6])
def test_errors_that_repeat_a_token_are_recorded_without_their_text(cast, key, record_of, tokens):
    unchecked = cast.client("admin", validate=False)
    _, error, record = record_of(lambda: unchecked.encrypt(KeyId=key, Plaintext=b"x", GrantTokens=tokens))
    assert error["Code"] == record["errorCode"] == "ValidationException"
    assert "'grantTokens" in error["Message"]
    assert "errorMessage" not in record
    assert "a secret grant token" not in json.dumps(record)
    _, error, record = record_of(lambda: unchecked.retire_grant(GrantToken="a secret grant token" * 500))
    assert "'grantToken'" in error["Message"] and "errorMessage" not in record
    assert "a secret grant token" not in json.dumps(record)
    # Others are recorded with theirs.
    _, error, record = record_of(lambda: unchecked.encrypt(KeyId="", Plaintext=b"x"))
    assert record["errorMessage"] == error["Message"]


def test_long_parameters_are_left_out_not_cut(cast, key, record_of):
    context = {f"key-{number}": "é" * 200 for number in range(20)}
    _, _, record = record_of(lambda: cast("admin").encrypt(KeyId=key, Plaintext=b"x", EncryptionContext=context))
    assert record["requestParameters"]["encryptionContext"] == context


# Verification


def test_verification_beside_the_service_and_without(start, tmp_path):
    data = tmp_path / "data"
    server = start(dev=False, data_dir=data)
    assert intact(data) == 0
    admin = administrator_client(server)
    for expected in range(1, 6):
        admin.list_keys()
        assert intact(data) == len(lines(data))
        assert len(lines(data)) == expected
    assert "intact" in verify(data).stdout
    assert server.stop() == 0
    assert intact(data) == 5
    # The chain goes on at the next start.
    server = start(dev=False, data_dir=data)
    administrator_client(server).list_keys()
    assert [record["keywright"]["sequence"] for record in records(data)] == [1, 2, 3, 4, 5, 6]
    assert intact(data) == 6


def test_verification_while_records_are_written(start, tmp_path):
    data = tmp_path / "data"
    server = start("--audit-file-size", "0.05", dev=False, data_dir=data)
    stop, failures = threading.Event(), []

    def work():
        admin = administrator_client(server)
        try:
            while not stop.is_set():
                admin.generate_random(NumberOfBytes=8)
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    counts = [intact(data) for _ in range(8)]
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert counts == sorted(counts) and counts[0] < counts[-1]
    assert intact(data) == len(lines(data))


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """The data directory of a service that has stopped, with forty records in several files."""
    folder = tmp_path_factory.mktemp("finished")
    arguments = ("--audit-file-size", "0.01", "--log-level", "warning")
    with Server(folder / "log", *arguments, dev=False, data_dir=folder / "data") as server:
        admin = administrator_client(server)
        key = admin.create_key()["KeyMetadata"]["KeyId"]
        for number in range(39):
            admin.encrypt(KeyId=key, Plaintext=b"x", EncryptionContext={"number": str(number)})
    assert intact(folder / "data") == 40
    assert len(files(folder / "data")) >= 4
    return folder / "data"


class Tampered:
    """A copy of a data directory that a test alters."""

    def __init__(self, original, place):
        shutil.copytree(original, place)
        self.data = place

    def line(self, sequence):
        """The file of a record, and where its line is in it."""
        for path in files(self.data):
            for index, line in enumerate(path.read_bytes().splitlines(keepends=True)):
                if json.loads(line)["keywright"]["sequence"] == sequence:
                    return path, index
        raise AssertionError(f"there is no record {sequence}")

    def change(self, path, change):
        """Rewrites a file: `change` gets its lines, each with its end."""
        changed = change(path.read_bytes().splitlines(keepends=True))
        path.write_bytes(b"".join(changed))


@pytest.fixture
def tampered(finished, tmp_path):
    return Tampered(finished, tmp_path / "data")


def test_the_copy_itself_is_intact(tampered):
    assert intact(tampered.data) == 40


@pytest.mark.parametrize("sequence", [1, 2, 17, 39, 40])
@pytest.mark.parametrize(
    "what",
    [
        b'"eventName":"',
        b'"userIdentity":{',
        b'"requestID":"',
        b'"number":"',
        b'"sequence":',
        b'"chain":"',
        b'"readOnly":',
    ],
    ids=lambda what: what.decode().strip('":{'),
)
def test_one_byte_is_changed(tampered, sequence, what):
    path, index = tampered.line(sequence)
    if sequence == 1 and what == b'"number":"':
        what = b'"keyId":"'

    def change(all_lines):
        line = bytearray(all_lines[index])
        place = line.index(what) + len(what)
        line[place] ^= 1
        return all_lines[:index] + [bytes(line)] + all_lines[index + 1 :]

    tampered.change(path, change)
    assert broken(tampered.data) == sequence


def test_any_byte_is_changed(tampered):
    """Wherever it is: the record that has it is the first that is wrong."""
    source = random.Random(20250106)
    for _ in range(25):
        sequence = source.randrange(1, 41)
        path, index = tampered.line(sequence)
        before = path.read_bytes()
        all_lines = before.splitlines(keepends=True)
        start = sum(map(len, all_lines[:index]))
        place = start + source.randrange(len(all_lines[index]))
        altered = bytearray(before)
        altered[place] = source.choice([byte for byte in b"0aZ {\n" if byte != before[place]])
        path.write_bytes(altered)
        assert broken(tampered.data) == sequence, (sequence, place - start)
        path.write_bytes(before)
    assert intact(tampered.data) == 40


@pytest.mark.parametrize("sequence", [1, 2, 20, 39, 40])
def test_a_record_is_removed(tampered, sequence):
    path, index = tampered.line(sequence)
    tampered.change(path, lambda all_lines: all_lines[:index] + all_lines[index + 1 :])
    assert broken(tampered.data) == sequence


@pytest.mark.parametrize("sequence", [1, 20, 40])
def test_a_record_is_repeated(tampered, sequence):
    path, index = tampered.line(sequence)
    tampered.change(path, lambda all_lines: all_lines[: index + 1] + all_lines[index:])
    assert broken(tampered.data) in (sequence, sequence + 1)


def test_two_records_are_swapped(tampered):
    path = files(tampered.data)[1]

    def change(all_lines):
        assert len(all_lines) >= 3
        return [all_lines[0], all_lines[2], all_lines[1], *all_lines[3:]]

    second = json.loads(path.read_bytes().splitlines()[1])["keywright"]["sequence"]
    tampered.change(path, change)
    assert broken(tampered.data) == second


@pytest.mark.parametrize("count", [1, 3, 1000])
def test_records_are_cut_off_at_the_end(tampered, count):
    path = files(tampered.data)[-1]
    there = len(path.read_bytes().splitlines())
    tampered.change(path, lambda all_lines: all_lines[:-count])
    assert broken(tampered.data) == 41 - min(count, there)


@pytest.mark.parametrize("count", [1, 50])
def test_the_last_record_is_cut_short(tampered, count):
    path = files(tampered.data)[-1]
    path.write_bytes(path.read_bytes()[:-count])
    assert broken(tampered.data) == 40


@pytest.mark.parametrize("number", [0, 1, -1])
def test_a_file_is_removed(tampered, number):
    path = files(tampered.data)[number]
    first = json.loads(path.read_bytes().splitlines()[0])["keywright"]["sequence"]
    path.unlink()
    assert broken(tampered.data) == first


def test_all_files_are_removed(tampered):
    for path in files(tampered.data):
        path.unlink()
    assert broken(tampered.data) == 1
    (tampered.data / "audit").rmdir()
    assert broken(tampered.data) == 1


def test_something_is_added(tampered):
    path = files(tampered.data)[-1]
    for more in (b"{}\n", b"\n", b"garbage\n"):
        before = path.read_bytes()
        path.write_bytes(before + more)
        assert broken(tampered.data) in (40, 41)
        path.write_bytes(before)
    assert intact(tampered.data) == 40


def test_a_trail_that_was_cut_is_not_mended_by_going_on(tampered, start):
    """The service starts all the same; what is missing stays missing."""
    path = files(tampered.data)[-1]
    tampered.change(path, lambda all_lines: all_lines[:-1])
    server = start(dev=False, data_dir=tampered.data)
    administrator_client(server).list_keys()
    assert broken(tampered.data) == 40
    assert records(tampered.data)[-1]["keywright"]["sequence"] > 40


@contextlib.contextmanager
def database(data_dir):
    with contextlib.closing(sqlite3.connect(pathlib.Path(data_dir) / "keywright.db")) as connection, connection:
        yield connection


def remove_the_trail(data_dir):
    """What somebody does who can write all files, and wants to begin anew: nothing tells of the trail any more."""
    shutil.rmtree(pathlib.Path(data_dir) / "audit")
    with database(data_dir) as connection:
        assert connection.execute("DELETE FROM property WHERE name = 'audit-head'").rowcount == 1


def test_the_whole_trail_is_removed(tampered, start):
    remove_the_trail(tampered.data)
    assert verify(tampered.data).returncode != 0
    # A service that starts again does not make it look like a new one.
    for number in range(1, 3):
        server = start(dev=False, data_dir=tampered.data)
        administrator_client(server).list_keys()
        first, *others = records(tampered.data)
        assert (first["eventName"], first["eventType"]) == ("AuditTrailLost", "AwsServiceEvent")
        assert first["keywright"]["sequence"] == 1
        assert first["additionalEventData"]["reason"]
        assert [record["eventName"] for record in others] == ["ListKeys"] * number
        told = verify(tampered.data)
        assert told.returncode == BROKEN and "earlier trail was lost" in told.stderr
        outcome = json.loads(verify(tampered.data, "--json").stdout)
        assert outcome["intact"] is False and "lost" in outcome["reason"]
        assert ("audit trail is lost" in server.log_text()) is (number == 1)
        assert server.stop() == 0
    # The record that tells of it cannot be taken off, and removing everything once more helps as little.
    path = files(tampered.data)[0]
    tampered.change(path, lambda all_lines: all_lines[1:])
    assert broken(tampered.data) == 1
    remove_the_trail(tampered.data)
    server = start(dev=False, data_dir=tampered.data)
    assert [record["eventName"] for record in records(tampered.data)] == ["AuditTrailLost"]
    assert broken(tampered.data) == 1


def test_a_store_that_never_had_a_trail_begins_one(start, tmp_path):
    """One that was made without a trail, or by a version that had none."""
    data = tmp_path / "data"
    server = start("--audit", "off", dev=False, data_dir=data)
    administrator_client(server).create_key()
    assert server.stop() == 0
    for _ in range(2):
        server = start(dev=False, data_dir=data)
        administrator_client(server).list_keys()
        assert "lost" not in server.log_text()
        assert server.stop() == 0
    assert intact(data) == 2
    # A pause loses nothing.
    assert start("--audit", "off", dev=False, data_dir=data).stop() == 0
    server = start(dev=False, data_dir=data)
    administrator_client(server).list_keys()
    assert intact(data) == 3


def test_the_first_start_is_killed(tmp_path):
    """Whenever that is: a trail that had no records is not lost."""
    source = random.Random(20250108)
    for number in range(15):
        data = tmp_path / f"data-{number}"
        server = Server(tmp_path / f"log-{number}", dev=False, data_dir=data).spawn()
        time.sleep(source.uniform(0, 0.15))
        server.kill()
        with Server(tmp_path / f"log-{number}", dev=False, data_dir=data) as server:
            assert "lost" not in server.log_text()
            assert intact(data) == 0


def test_the_json_of_a_broken_trail(tampered):
    path, index = tampered.line(20)
    tampered.change(path, lambda all_lines: all_lines[:index] + all_lines[index + 1 :])
    told = verify(tampered.data, "--json")
    assert told.returncode == BROKEN
    outcome = json.loads(told.stdout)
    assert outcome["intact"] is False
    assert outcome["sequence"] == 20
    assert outcome["file"].endswith(path.name)
    assert outcome["reason"]


def test_a_data_directory_that_is_not_there(tmp_path):
    assert verify(tmp_path / "none").returncode == 66
    assert not (tmp_path / "none").exists()


# Trouble


@pytest.fixture
def small_disk(tmp_path):
    """A file system of eight megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs", place], capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("file systems cannot be mounted here")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def fill(path):
    """Takes all the room that is left."""
    with open(path, "wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                pass


@pytest.fixture
def on_small_disk(start, tmp_path, small_disk):
    """A service for development whose trail is on the small disk."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "audit").symlink_to(small_disk)
    return start(data_dir=data)


def test_requests_without_a_record_take_no_room_for_good(on_small_disk):
    """Anybody can send these. Each needs room for its record, until it turns out that there will be none."""
    form = {
        "Action": "AssumeRoleWithWebIdentity",
        "Version": "2011-06-15",
        "RoleArn": "arn:aws:iam::123456789012:role/app",
        "RoleSessionName": "session",
        "WebIdentityToken": "x" * 19_000,
        "Policy": " " * 100_000,
    }
    body = urllib.parse.urlencode(form).encode()
    with Wire(on_small_disk) as wire:
        for _ in range(100):
            answer = wire.send(body=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
            assert answer.status == 400, answer
        for _ in range(100):
            wire.call("GenerateRandom", NumberOfBytes=8)
    assert intact(on_small_disk.data_dir) == 100


def test_a_request_of_the_largest_size_is_recorded(on_small_disk):
    body = json.dumps({"NumberOfBytes": 8, "Padding": ""}).encode()
    body = body.replace(b'""', b'"' + b"x" * ((1 << 20) - len(body)) + b'"')
    assert len(body) == 1 << 20
    with Wire(on_small_disk) as wire:
        for _ in range(3):
            answer = wire.post("GenerateRandom", body)
            assert answer.status == 200, answer
    assert intact(on_small_disk.data_dir) == 3


def gauge(server, name):
    with urllib.request.urlopen(server.url + "/metrics", timeout=10) as answer:
        (value,) = re.findall(rf"^{name} (\S+)$", answer.read().decode(), re.MULTILINE)
    return float(value)


def test_a_service_that_cannot_record_is_not_ready(on_small_disk, small_disk):
    server = on_small_disk
    assert server.is_healthy("/health/ready") and gauge(server, "keywright_audit_available") == 1
    filler = small_disk / "filler"
    with Wire(server) as wire:
        key = wire.call("CreateKey")["KeyMetadata"]["KeyId"]
        fill(filler)
        # Long records first: they use up what was set aside sooner.
        for body in ({"KeyId": key, "Plaintext": b"x", "EncryptionContext": {"a": "x" * 7000}}, {"KeyId": key}):
            operation = "Encrypt" if "Plaintext" in body else "DescribeKey"
            while (answer := wire.post(operation, body)).status == 200:
                pass
            assert answer.code == "KMSInternalException", answer
    assert not server.is_healthy("/health/ready") and not server.is_healthy("/health")
    assert gauge(server, "keywright_audit_available") == 0
    # A restart would not help.
    assert server.is_healthy("/health/live")
    # Nobody sends it requests now: that it is asked is enough.
    filler.unlink()
    deadline = time.monotonic() + 30
    while not server.is_healthy("/health/ready"):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert gauge(server, "keywright_audit_available") == 1
    with Wire(server) as wire:
        wire.call("GenerateRandom", NumberOfBytes=8)


def test_a_full_disk(start, tmp_path, small_disk):
    """What cannot be recorded is refused, and nothing else happens; when there is room again, it goes on by itself."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "audit").symlink_to(small_disk)
    server = start(data_dir=data)
    with Wire(server) as wire:
        key = wire.call("CreateKey")["KeyMetadata"]["KeyId"]
        filler = small_disk / "filler"
        fill(filler)
        # Some room was set aside beforehand, so that whoever is let in can be recorded.
        answered, statuses = set(), []
        while len(statuses) < 100_000 and statuses[-100:] != [500] * 100:
            answer = wire.post("GenerateRandom", {"NumberOfBytes": 8})
            statuses.append(answer.status)
            if answer.status == 200:
                answered.add(answer.headers["x-amzn-RequestId"])
            else:
                assert answer.code == "KMSInternalException", answer
        assert set(statuses) == {200, 500}, "the disk never was full"
        # Nothing is done that nobody would know of.
        assert wire.post("DisableKey", {"KeyId": key}).status == 500

        filler.unlink()
        deadline = time.monotonic() + 30
        while (answer := wire.post("DescribeKey", {"KeyId": key})).status != 200:
            assert answer.status == 500 and time.monotonic() < deadline, answer
            time.sleep(0.05)
        assert answer.json["KeyMetadata"]["KeyState"] == "Enabled"
        wire.call("DisableKey", KeyId=key)
    assert answered <= {record.get("requestID") for record in records(data)}
    assert intact(data) == len(lines(data))
    assert server.stop() == 0
    intact(data)


def test_sudden_death(tmp_path):
    """kill -9 under load, again and again: every answered request is on record, and the trail is intact."""
    data, answered = tmp_path / "data", set()
    source = random.Random(20250107)
    for number in range(12):
        server = Server(
            tmp_path / f"log-{number}", "--log-level", "warning", "--audit-file-size", "0.05", dev=False, data_dir=data
        ).start()
        assert intact(data) == len(lines(data))
        admin = administrator_client(server)

        def work():
            try:
                while True:
                    answer = admin.generate_random(NumberOfBytes=8)
                    answered.add(answer["ResponseMetadata"]["RequestId"])
            except (botocore.exceptions.HTTPClientError, botocore.exceptions.ConnectionError):
                pass  # the service is dead: whatever was under way was not answered

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(source.uniform(0.1, 0.5))
        server.kill()
        for thread in threads:
            thread.join()
        # Also before anything has been put right.
        assert verify(data).returncode == 0
    assert len(answered) > 100
    server = Server(tmp_path / "log", dev=False, data_dir=data).start()
    assert server.stop() == 0
    assert intact(data) == len(lines(data))
    assert answered <= {record.get("requestID") for record in records(data)}


def test_no_trail_when_none_is_wanted(start, tmp_path):
    server = start("--audit", "off", dev=False, data_dir=tmp_path / "data")
    administrator_client(server).list_keys()
    assert files(tmp_path / "data") == []
