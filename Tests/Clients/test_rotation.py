"""Rotation of keys whose material is the service's own: by schedule, as far as can be seen, and on demand."""

import datetime
import re

import pytest

from clients import refused


def now():
    return datetime.datetime.now(datetime.timezone.utc)


@pytest.fixture
def fresh(kms):
    return kms.create_key()["KeyMetadata"]


def status_of(kms, key):
    answer = kms.get_key_rotation_status(KeyId=key["KeyId"])
    answer.pop("ResponseMetadata")
    return answer


def rotations_of(kms, key, **arguments):
    return kms.list_key_rotations(KeyId=key["KeyId"], **arguments)["Rotations"]


def current_material(kms, key):
    return kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["CurrentKeyMaterialId"]


# The schedule


def test_status_of_a_key_without_rotation(kms, fresh):
    assert status_of(kms, fresh) == {"KeyId": fresh["Arn"], "KeyRotationEnabled": False}


@pytest.mark.parametrize("days", [None, 90, 91, 365, 2560])
def test_enable_and_disable(kms, fresh, days):
    kms.enable_key_rotation(KeyId=fresh["KeyId"], **({"RotationPeriodInDays": days} if days else {}))
    status = status_of(kms, fresh)
    left = status.pop("NextRotationDate") - now()
    assert abs(left - datetime.timedelta(days=days or 365)) < datetime.timedelta(minutes=5)
    assert status == {"KeyId": fresh["Arn"], "KeyRotationEnabled": True, "RotationPeriodInDays": days or 365}
    for _ in range(2):
        kms.disable_key_rotation(KeyId=fresh["Arn"])
        assert status_of(kms, fresh) == {"KeyId": fresh["Arn"], "KeyRotationEnabled": False}


def test_another_period(kms, fresh):
    kms.enable_key_rotation(KeyId=fresh["KeyId"])
    first = status_of(kms, fresh)
    kms.enable_key_rotation(KeyId=fresh["KeyId"])
    assert status_of(kms, fresh) == first, "the same period again moved the date"
    kms.enable_key_rotation(KeyId=fresh["KeyId"], RotationPeriodInDays=100)
    left = status_of(kms, fresh)["NextRotationDate"] - now()
    assert abs(left - datetime.timedelta(days=100)) < datetime.timedelta(minutes=5)


@pytest.mark.parametrize(
    ("days", "rule"),
    [(89, "greater than or equal to 90"), (0, "greater than or equal to 90"), (2561, "less than or equal to 2560")],
)
def test_periods_outside_the_model(unchecked, fresh, days, rule):
    with refused(
        "ValidationException",
        f"1 validation error detected: Value '{days}' at 'rotationPeriodInDays' failed to satisfy constraint: "
        f"Member must have value {rule}",
    ):
        unchecked.enable_key_rotation(KeyId=fresh["KeyId"], RotationPeriodInDays=days)


def test_a_deletion_only_interrupts_the_schedule(kms, fresh):
    kms.enable_key_rotation(KeyId=fresh["KeyId"], RotationPeriodInDays=90)
    before = status_of(kms, fresh)
    kms.schedule_key_deletion(KeyId=fresh["KeyId"])
    assert status_of(kms, fresh) == {"KeyId": fresh["Arn"], "KeyRotationEnabled": False}
    kms.cancel_key_deletion(KeyId=fresh["KeyId"])
    assert status_of(kms, fresh) == before


def test_disabling_leaves_the_schedule(kms, fresh):
    kms.enable_key_rotation(KeyId=fresh["KeyId"])
    before = status_of(kms, fresh)
    kms.disable_key(KeyId=fresh["KeyId"])
    assert status_of(kms, fresh) == before


@pytest.mark.parametrize("operation", ["EnableKeyRotation", "DisableKeyRotation"])
def test_operations_without_an_output_answer_an_empty_body(wire, fresh, operation):
    answer = wire.post(operation, {"KeyId": fresh["KeyId"]})
    assert (answer.status, answer.body) == (200, b"")


# On demand


def test_on_demand(kms, fresh):
    before = kms.encrypt(KeyId=fresh["KeyId"], Plaintext=b"before")["CiphertextBlob"]
    answer = kms.rotate_key_on_demand(KeyId=fresh["KeyId"])
    answer.pop("ResponseMetadata")
    assert answer == {"KeyId": fresh["Arn"]}
    first, second = fresh["CurrentKeyMaterialId"], current_material(kms, fresh)
    assert first != second
    after = kms.encrypt(KeyId=fresh["KeyId"], Plaintext=b"after")["CiphertextBlob"]
    for blob, plaintext, material in ((before, b"before", first), (after, b"after", second)):
        opened = kms.decrypt(CiphertextBlob=blob)
        assert (opened["Plaintext"], opened["KeyMaterialId"]) == (plaintext, material)
    assert kms.generate_data_key(KeyId=fresh["KeyId"], KeySpec="AES_256")["KeyMaterialId"] == second
    moved = kms.re_encrypt(CiphertextBlob=before, DestinationKeyId=fresh["KeyId"])
    assert (moved["SourceKeyMaterialId"], moved["DestinationKeyMaterialId"]) == (first, second)
    metadata = kms.describe_key(KeyId=fresh["KeyId"])["KeyMetadata"]
    assert metadata == {**fresh, "CurrentKeyMaterialId": second}, "a rotation changes nothing else"


def test_no_rotation_is_under_way_afterwards(kms, fresh):
    kms.rotate_key_on_demand(KeyId=fresh["KeyId"])
    assert status_of(kms, fresh) == {"KeyId": fresh["Arn"], "KeyRotationEnabled": False}


def test_on_demand_leaves_the_schedule(kms, fresh):
    kms.enable_key_rotation(KeyId=fresh["KeyId"], RotationPeriodInDays=90)
    before = status_of(kms, fresh)
    kms.rotate_key_on_demand(KeyId=fresh["KeyId"])
    kms.rotate_key_on_demand(KeyId=fresh["KeyId"])
    assert status_of(kms, fresh) == before


def test_twenty_five_times_and_no_more(kms, fresh):
    blobs = []
    for number in range(25):
        blobs.append(kms.encrypt(KeyId=fresh["KeyId"], Plaintext=bytes([number]))["CiphertextBlob"])
        kms.rotate_key_on_demand(KeyId=fresh["KeyId"])
    with refused(
        "LimitExceededException",
        "The on-demand rotations limit has been reached for the given keyId. "
        f"No more on-demand rotations can be performed for this key: {fresh['Arn']}",
    ):
        kms.rotate_key_on_demand(KeyId=fresh["KeyId"])
    opened = [kms.decrypt(CiphertextBlob=blob) for blob in blobs]
    assert [answer["Plaintext"] for answer in opened] == [bytes([number]) for number in range(25)]
    assert len({answer["KeyMaterialId"] for answer in opened}) == 25


# The listing


def test_rotations_do_not_include_the_first_material(kms, fresh):
    assert rotations_of(kms, fresh) == []
    (first,) = rotations_of(kms, fresh, IncludeKeyMaterial="ALL_KEY_MATERIAL")
    assert first == {
        "KeyId": fresh["Arn"],
        "KeyMaterialId": fresh["CurrentKeyMaterialId"],
        "KeyMaterialState": "CURRENT",
    }
    kms.rotate_key_on_demand(KeyId=fresh["KeyId"])
    (rotation,) = rotations_of(kms, fresh, IncludeKeyMaterial="ROTATIONS_ONLY")
    assert abs(rotation["RotationDate"] - now()) < datetime.timedelta(minutes=5)
    assert {name: value for name, value in rotation.items() if name != "RotationDate"} == {
        "KeyId": fresh["Arn"],
        "KeyMaterialId": current_material(kms, fresh),
        "KeyMaterialState": "CURRENT",
        "RotationType": "ON_DEMAND",
    }
    assert rotations_of(kms, fresh) == [rotation]
    assert rotations_of(kms, fresh, IncludeKeyMaterial="ALL_KEY_MATERIAL") == [
        {**first, "KeyMaterialState": "NON_CURRENT"},
        rotation,
    ]


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6, 7, 1000])
@pytest.mark.parametrize("include", ["ROTATIONS_ONLY", "ALL_KEY_MATERIAL"])
def test_page_by_page(kms, rotated, include, limit):
    key, materials = rotated
    expected = materials if include == "ALL_KEY_MATERIAL" else materials[1:]
    listed, marker = [], {}
    while True:
        page = kms.list_key_rotations(KeyId=key["KeyId"], IncludeKeyMaterial=include, Limit=limit, **marker)
        assert len(page["Rotations"]) <= limit
        assert page["Truncated"] is ("NextMarker" in page)
        listed += [entry["KeyMaterialId"] for entry in page["Rotations"]]
        if not page["Truncated"]:
            break
        marker = {"Marker": page["NextMarker"]}
    assert listed == expected


@pytest.fixture(scope="module")
def rotated(kms):
    """A key that was rotated five times, and the ids of its materials from the first to the last."""
    key = kms.create_key()["KeyMetadata"]
    materials = [key["CurrentKeyMaterialId"]]
    for _ in range(5):
        kms.rotate_key_on_demand(KeyId=key["KeyId"])
        materials.append(current_material(kms, key))
    assert len(set(materials)) == 6
    return key, materials


def test_markers_of_other_listings(kms, rotated, fresh):
    key, _ = rotated
    marker = kms.list_key_rotations(KeyId=key["KeyId"], Limit=1)["NextMarker"]
    for call in (
        lambda: kms.list_key_rotations(KeyId=fresh["KeyId"], Marker=marker),
        lambda: kms.list_key_rotations(KeyId=key["KeyId"], IncludeKeyMaterial="ALL_KEY_MATERIAL", Marker=marker),
        lambda: kms.list_key_rotations(KeyId=key["KeyId"], Marker=marker[::-1]),
        lambda: kms.list_keys(Marker=marker),
    ):
        with refused("InvalidMarkerException"):
            call()


def test_boto3_paginator(kms, rotated):
    key, materials = rotated
    pages = kms.get_paginator("list_key_rotations").paginate(
        KeyId=key["KeyId"], IncludeKeyMaterial="ALL_KEY_MATERIAL", PaginationConfig={"PageSize": 2}
    )
    assert [entry["KeyMaterialId"] for entry in pages.build_full_result()["Rotations"]] == materials


# Keys that do not rotate

CALLS = [
    "enable_key_rotation",
    "disable_key_rotation",
    "rotate_key_on_demand",
    "get_key_rotation_status",
    "list_key_rotations",
]
every_call = pytest.mark.parametrize("call", CALLS)


@every_call
@pytest.mark.parametrize("name", ["signing", "rsa", "mac"])
def test_keys_of_other_specs(kms, keys, call, name):
    with refused("UnsupportedOperationException", ""):
        getattr(kms, call)(KeyId=keys[name]["KeyId"])


@pytest.mark.parametrize(
    ("state", "code", "text"),
    [
        ("disabled", "DisabledException", "{} is disabled."),
        ("leaving", "KMSInvalidStateException", "{} is pending deletion."),
    ],
)
def test_states(kms, keys, state, code, text):
    key = keys[state]
    for call in CALLS[:3]:
        with refused(code, text.format(key["Arn"])):
            getattr(kms, call)(KeyId=key["KeyId"])
    for call in CALLS[3:]:
        getattr(kms, call)(KeyId=key["KeyId"])


def test_a_key_that_waits_for_its_material(kms, keys):
    key = keys["importing"]
    text = f"{key['Arn']} origin is EXTERNAL which is not valid for this operation."
    for call in ("enable_key_rotation", "disable_key_rotation", "get_key_rotation_status"):
        with refused("UnsupportedOperationException", text):
            getattr(kms, call)(KeyId=key["KeyId"])
    with refused("KMSInvalidStateException", f"{key['Arn']} is pending import."):
        kms.rotate_key_on_demand(KeyId=key["KeyId"])
    assert rotations_of(kms, key) == []


@every_call
def test_the_key_is_named_by_id_or_arn(kms, key, alias, call):
    name = alias(key["KeyId"])
    with refused("NotFoundException", f"Invalid keyId '{name}'"):
        getattr(kms, call)(KeyId=name)
    with refused("InvalidArnException"):
        getattr(kms, call)(KeyId=re.sub("key/.*", name, key["Arn"]))
