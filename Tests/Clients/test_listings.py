"""ListKeys and ListAliases: pages, markers and limits."""

import pytest

from clients import refused


@pytest.fixture
def populated(own):
    """An account with 7 keys and 23 aliases."""
    keys = [own.create_key()["KeyMetadata"] for _ in range(7)]
    for number in range(23):
        own.create_alias(AliasName=f"alias/n-{number:02}", TargetKeyId=keys[number % 2]["KeyId"])
    return own, keys


def pages(call, limit, **arguments):
    """Every page of a listing, taken one by one."""
    marker = {}
    while True:
        page = call(Limit=limit, **marker, **arguments)
        yield page
        assert page["Truncated"] is ("NextMarker" in page)
        if not page["Truncated"]:
            return
        marker = {"Marker": page["NextMarker"]}


def test_an_empty_account(own):
    for answer in (own.list_keys(), own.list_aliases()):
        answer.pop("ResponseMetadata")
        assert answer in ({"Keys": [], "Truncated": False}, {"Aliases": [], "Truncated": False})


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8, 1000])
def test_keys_page_by_page(populated, limit):
    own, keys = populated
    listed = []
    for page in pages(own.list_keys, limit):
        assert len(page["Keys"]) <= limit
        listed += page["Keys"]
    assert sorted(listed, key=str) == sorted(({"KeyId": key["KeyId"], "KeyArn": key["Arn"]} for key in keys), key=str)


@pytest.mark.parametrize("limit", [1, 5, 23, 100])
def test_aliases_page_by_page(populated, limit):
    own, keys = populated
    names = [alias["AliasName"] for page in pages(own.list_aliases, limit) for alias in page["Aliases"]]
    assert sorted(names) == [f"alias/n-{number:02}" for number in range(23)]
    of_one = [alias for page in pages(own.list_aliases, limit, KeyId=keys[1]["KeyId"]) for alias in page["Aliases"]]
    assert sorted(alias["AliasName"] for alias in of_one) == [f"alias/n-{number:02}" for number in range(1, 23, 2)]
    assert {alias["TargetKeyId"] for alias in of_one} == {keys[1]["KeyId"]}
    assert own.list_aliases(KeyId=keys[2]["Arn"])["Aliases"] == []


def test_boto3_paginators(populated):
    own, keys = populated
    listed = own.get_paginator("list_keys").paginate(PaginationConfig={"PageSize": 2}).build_full_result()["Keys"]
    assert {entry["KeyId"] for entry in listed} == {key["KeyId"] for key in keys}
    listed = own.get_paginator("list_aliases").paginate(PaginationConfig={"PageSize": 4}).build_full_result()["Aliases"]
    assert len({entry["AliasName"] for entry in listed}) == 23


def test_default_limits(own):
    for _ in range(101):
        own.create_key()
    page = own.list_keys()
    assert (len(page["Keys"]), page["Truncated"]) == (100, True)
    keys = page["Keys"]
    for number in range(51):
        own.create_alias(AliasName=f"alias/d-{number}", TargetKeyId=keys[number % 2]["KeyId"])
    page = own.list_aliases()
    assert (len(page["Aliases"]), page["Truncated"]) == (50, True)


def test_a_marker_stays_good_when_items_come_and_go(populated):
    own, keys = populated
    first = own.list_aliases(Limit=10)
    last = first["Aliases"][-1]["AliasName"]
    own.delete_alias(AliasName=last)
    own.create_alias(AliasName="alias/zz", TargetKeyId=keys[0]["KeyId"])
    rest = [
        alias["AliasName"]
        for page in pages(lambda **more: own.list_aliases(**{"Marker": first["NextMarker"], **more}), 100)
        for alias in page["Aliases"]
    ]
    seen = [alias["AliasName"] for alias in first["Aliases"]] + rest
    assert len(seen) == len(set(seen)) == 24


def test_markers_that_were_not_issued_for_this(dev, populated, kms):
    own, keys = populated
    of_keys = own.list_keys(Limit=1)["NextMarker"]
    of_aliases = own.list_aliases(Limit=1)["NextMarker"]
    of_one_key = own.list_aliases(KeyId=keys[0]["KeyId"], Limit=1)["NextMarker"]
    for call in (
        lambda: own.list_keys(Marker=of_aliases),
        lambda: own.list_aliases(Marker=of_keys),
        lambda: own.list_aliases(Marker=of_one_key),
        lambda: own.list_aliases(KeyId=keys[1]["KeyId"], Marker=of_one_key),
        lambda: kms.list_keys(Marker=of_keys),
    ):
        with refused("InvalidMarkerException"):
            call()


@pytest.mark.parametrize("marker", ["x", "0", "00", "alias/n-01", "ÿ" * 1024, "0" * 1024])
def test_invented_markers(kms, marker):
    for call in (kms.list_keys, kms.list_aliases):
        with refused("InvalidMarkerException"):
            call(Marker=marker)


def test_altered_markers(populated):
    own, _ = populated
    marker = own.list_keys(Limit=1)["NextMarker"]
    for index in range(0, len(marker), 3):
        other = "1" if marker[index] != "1" else "2"
        with refused("InvalidMarkerException"):
            own.list_keys(Marker=marker[:index] + other + marker[index + 1 :])


@pytest.mark.parametrize("operation", ["list_keys", "list_aliases"])
@pytest.mark.parametrize(
    ("limit", "rule"),
    [(0, "greater than or equal to 1"), (-5, "greater than or equal to 1"), (1001, "less than or equal to 1000")],
)
def test_limits_of_the_model(unchecked, operation, limit, rule):
    with refused(
        "ValidationException",
        f"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value {rule}",
    ):
        getattr(unchecked, operation)(Limit=limit)


def test_aliases_come_at_most_a_hundred_at_a_time(kms):
    with refused("ValidationException"):
        kms.list_aliases(Limit=101)


def test_marker_constraints(unchecked):
    with refused(
        "ValidationException",
        "1 validation error detected: Value '' at 'marker' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ):
        unchecked.list_keys(Marker="")


def test_keys_that_wait_for_deletion_are_listed(own):
    key = own.create_key()["KeyMetadata"]
    own.schedule_key_deletion(KeyId=key["KeyId"])
    assert [entry["KeyId"] for entry in own.list_keys()["Keys"]] == [key["KeyId"]]
