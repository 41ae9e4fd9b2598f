"""Which operation works in which key state, and the operations that change it."""

import datetime

import pytest

from clients import refused

STATES = ["enabled", "disabled", "leaving", "importing"]


@pytest.fixture
def make(kms):
    """Makes a key in a state."""

    def in_state(state):
        key = kms.create_key(**({"Origin": "EXTERNAL"} if state == "importing" else {}))["KeyMetadata"]
        if state == "disabled":
            kms.disable_key(KeyId=key["KeyId"])
        if state == "leaving":
            kms.schedule_key_deletion(KeyId=key["KeyId"])
        return key

    return in_state


def state_of(kms, key):
    return kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["KeyState"]


OK = None
DISABLED = ("DisabledException", "{} is disabled.")
LEAVING = ("KMSInvalidStateException", "{} is pending deletion.")
NOT_LEAVING = ("KMSInvalidStateException", "{} is not pending deletion.")
IMPORTING = ("KMSInvalidStateException", "{} is pending import.")

CRYPTOGRAPHIC = (OK, DISABLED, LEAVING, IMPORTING)
METADATA = (OK, OK, LEAVING, OK)
ALWAYS = (OK, OK, OK, OK)

# Operation: its request on a key, and how it fares in each state.
TABLE = {
    "Encrypt": (lambda kms, key: kms.encrypt(KeyId=key, Plaintext=b"x"), CRYPTOGRAPHIC),
    "GenerateDataKey": (lambda kms, key: kms.generate_data_key(KeyId=key, KeySpec="AES_256"), CRYPTOGRAPHIC),
    "GenerateDataKeyWithoutPlaintext": (
        lambda kms, key: kms.generate_data_key_without_plaintext(KeyId=key, KeySpec="AES_256"),
        CRYPTOGRAPHIC,
    ),
    "GenerateDataKeyPair": (
        lambda kms, key: kms.generate_data_key_pair(KeyId=key, KeyPairSpec="ECC_NIST_EDWARDS25519"),
        CRYPTOGRAPHIC,
    ),
    "GenerateDataKeyPairWithoutPlaintext": (
        lambda kms, key: kms.generate_data_key_pair_without_plaintext(KeyId=key, KeyPairSpec="ECC_NIST_P256"),
        CRYPTOGRAPHIC,
    ),
    "CreateAlias": (lambda kms, key: kms.create_alias(AliasName=f"alias/state-{key}", TargetKeyId=key), METADATA),
    "UpdateKeyDescription": (lambda kms, key: kms.update_key_description(KeyId=key, Description="new"), METADATA),
    "DescribeKey": (lambda kms, key: kms.describe_key(KeyId=key), ALWAYS),
    "ListAliases": (lambda kms, key: kms.list_aliases(KeyId=key), ALWAYS),
    "EnableKey": (lambda kms, key: kms.enable_key(KeyId=key), (OK, OK, LEAVING, IMPORTING)),
    "DisableKey": (lambda kms, key: kms.disable_key(KeyId=key), (OK, OK, LEAVING, IMPORTING)),
    "ScheduleKeyDeletion": (lambda kms, key: kms.schedule_key_deletion(KeyId=key), (OK, OK, LEAVING, OK)),
    "CancelKeyDeletion": (
        lambda kms, key: kms.cancel_key_deletion(KeyId=key),
        (NOT_LEAVING, NOT_LEAVING, OK, NOT_LEAVING),
    ),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("operation", TABLE)
def test_operation_in_state(kms, make, operation, state):
    request, outcomes = TABLE[operation]
    outcome = outcomes[STATES.index(state)]
    key = make(state)
    if outcome is OK:
        request(kms, key["KeyId"])
    else:
        code, text = outcome
        with refused(code, text.format(key["Arn"])):
            request(kms, key["KeyId"])


@pytest.mark.parametrize("state", STATES)
def test_decrypt_in_state(kms, make, state):
    key = make("enabled" if state != "importing" else state)
    blob = kms.encrypt(KeyId=(key if state != "importing" else make("enabled"))["KeyId"], Plaintext=b"x")[
        "CiphertextBlob"
    ]
    if state == "disabled":
        kms.disable_key(KeyId=key["KeyId"])
    if state == "leaving":
        kms.schedule_key_deletion(KeyId=key["KeyId"])
    outcome = CRYPTOGRAPHIC[STATES.index(state)]
    named = {"KeyId": key["Arn"]} if state == "importing" else {}
    if outcome is OK:
        assert kms.decrypt(CiphertextBlob=blob, **named)["Plaintext"] == b"x"
    else:
        with refused(outcome[0], outcome[1].format(key["Arn"])):
            kms.decrypt(CiphertextBlob=blob, **named)


def test_disable_and_enable(kms, make):
    key = make("enabled")
    for _ in range(2):
        kms.disable_key(KeyId=key["KeyId"])
        metadata = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
        assert (metadata["KeyState"], metadata["Enabled"]) == ("Disabled", False)
    for _ in range(2):
        kms.enable_key(KeyId=key["Arn"])
        metadata = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
        assert (metadata["KeyState"], metadata["Enabled"]) == ("Enabled", True)


def test_a_change_of_state_is_seen_by_the_next_request(kms, make):
    key = make("enabled")
    for _ in range(25):
        kms.disable_key(KeyId=key["KeyId"])
        with refused("DisabledException"):
            kms.generate_data_key(KeyId=key["KeyId"], KeySpec="AES_256")
        kms.enable_key(KeyId=key["KeyId"])
        kms.generate_data_key(KeyId=key["KeyId"], KeySpec="AES_256")


@pytest.mark.parametrize("days", [None, 7, 30])
def test_scheduled_deletion(kms, make, days):
    key = make("enabled")
    answer = kms.schedule_key_deletion(KeyId=key["KeyId"], **({"PendingWindowInDays": days} if days else {}))
    assert set(answer) - {"ResponseMetadata"} == {"KeyId", "DeletionDate", "KeyState", "PendingWindowInDays"}
    assert (answer["KeyId"], answer["KeyState"], answer["PendingWindowInDays"]) == (
        key["Arn"],
        "PendingDeletion",
        days or 30,
    )
    left = answer["DeletionDate"] - datetime.datetime.now(datetime.timezone.utc)
    assert abs(left - datetime.timedelta(days=days or 30)) < datetime.timedelta(minutes=5)
    metadata = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
    assert (metadata["KeyState"], metadata["Enabled"]) == ("PendingDeletion", False)
    assert metadata["DeletionDate"] == answer["DeletionDate"]


@pytest.mark.parametrize("days", [1, 6, 31, 365])
def test_waiting_periods_that_kms_does_not_accept(kms, make, days):
    key = make("enabled")
    with refused("ValidationException"):
        kms.schedule_key_deletion(KeyId=key["KeyId"], PendingWindowInDays=days)
    assert state_of(kms, key) == "Enabled"


@pytest.mark.parametrize(("days", "rule"), [(0, "greater than or equal to 1"), (366, "less than or equal to 365")])
def test_waiting_periods_outside_the_model(unchecked, make, days, rule):
    key = make("enabled")
    with refused(
        "ValidationException",
        f"1 validation error detected: Value '{days}' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value {rule}",
    ):
        unchecked.schedule_key_deletion(KeyId=key["KeyId"], PendingWindowInDays=days)


@pytest.mark.parametrize("state", ["enabled", "disabled"])
def test_cancelled_deletion_leaves_the_key_disabled(kms, make, state):
    key = make(state)
    kms.schedule_key_deletion(KeyId=key["KeyId"])
    answer = kms.cancel_key_deletion(KeyId=key["KeyId"])
    assert answer["KeyId"] == key["Arn"]
    metadata = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
    assert metadata["KeyState"] == "Disabled"
    assert "DeletionDate" not in metadata


def test_deletion_of_a_key_without_material_can_be_cancelled(kms, make):
    key = make("importing")
    kms.schedule_key_deletion(KeyId=key["KeyId"])
    assert state_of(kms, key) == "PendingDeletion"
    kms.cancel_key_deletion(KeyId=key["KeyId"])
    metadata = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
    assert metadata["Enabled"] is False
    with refused("KMSInvalidStateException"):
        kms.enable_key(KeyId=key["KeyId"])


def test_a_description_changes_nothing_else(kms, make):
    key = make("enabled")
    kms.update_key_description(KeyId=key["KeyId"], Description="new words")
    assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"] == {**key, "Description": "new words"}


@pytest.mark.parametrize(
    "operation", ["EnableKey", "DisableKey", "UpdateKeyDescription", "CreateAlias", "UpdateAlias", "DeleteAlias"]
)
def test_operations_without_an_output_answer_an_empty_body(wire, kms, make, alias, operation):
    key = make("enabled")
    name = alias(key["KeyId"])
    bodies = {
        "UpdateKeyDescription": {"KeyId": key["KeyId"], "Description": "x"},
        "CreateAlias": {"AliasName": f"alias/empty-{key['KeyId']}", "TargetKeyId": key["KeyId"]},
        "UpdateAlias": {"AliasName": name, "TargetKeyId": key["KeyId"]},
        "DeleteAlias": {"AliasName": name},
    }
    answer = wire.post(operation, bodies.get(operation, {"KeyId": key["KeyId"]}))
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["x-amzn-RequestId"]
