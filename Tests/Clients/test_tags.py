"""TagResource, UntagResource and ListResourceTags."""

import pytest

from clients import ACCOUNT, REGION, refused


def tags(**values):
    return [{"TagKey": key, "TagValue": value} for key, value in values.items()]


@pytest.fixture
def tagged(kms):
    """A key of the test's own, with two tags."""
    return kms.create_key(Tags=tags(b="1", a=""))["KeyMetadata"]


def listed(kms, key, **more):
    return {tag["TagKey"]: tag["TagValue"] for tag in kms.list_resource_tags(KeyId=key["KeyId"], **more)["Tags"]}


def test_tags_are_listed_by_key(kms, tagged):
    answer = kms.list_resource_tags(KeyId=tagged["KeyId"])
    assert answer["Tags"] == tags(a="", b="1")
    assert answer["Truncated"] is False
    assert "NextMarker" not in answer
    assert kms.list_resource_tags(KeyId=tagged["Arn"])["Tags"] == answer["Tags"]


def test_a_key_without_tags(kms):
    key = kms.create_key()["KeyMetadata"]
    assert kms.list_resource_tags(KeyId=key["KeyId"])["Tags"] == []


def test_tags_are_added_and_replaced(kms, tagged):
    kms.tag_resource(KeyId=tagged["Arn"], Tags=tags(b="2", B="3"))
    assert listed(kms, tagged) == {"B": "3", "a": "", "b": "2"}


def test_tags_are_removed(kms, tagged):
    kms.untag_resource(KeyId=tagged["KeyId"], TagKeys=["a", "never there", "A"])
    assert listed(kms, tagged) == {"b": "1"}
    kms.untag_resource(KeyId=tagged["KeyId"], TagKeys=["a", "b"])
    assert listed(kms, tagged) == {}


def test_longest_tags(kms, tagged):
    kms.tag_resource(KeyId=tagged["KeyId"], Tags=[{"TagKey": "☃" * 128, "TagValue": "é" * 256}])
    assert listed(kms, tagged)["☃" * 128] == "é" * 256
    for key, value, constraint in (
        ("k" * 129, "", "Member must have length less than or equal to 128"),
        ("k", "v" * 257, "Member must have length less than or equal to 256"),
    ):
        with refused("ValidationException") as refusal:
            kms.tag_resource(KeyId=tagged["KeyId"], Tags=[{"TagKey": key, "TagValue": value}])
        assert refusal.refusal.message.endswith(constraint)


def test_an_empty_tag_key(unchecked, tagged):
    with refused("ValidationException"):
        unchecked.tag_resource(KeyId=tagged["KeyId"], Tags=[{"TagKey": "", "TagValue": ""}])


def test_refused_tags(kms, tagged):
    with refused("TagException", "Duplicate tag keys"):
        kms.tag_resource(KeyId=tagged["KeyId"], Tags=tags(a="1") + tags(a="2"))
    with refused("TagException", "Too many tags"):
        kms.tag_resource(KeyId=tagged["KeyId"], Tags=tags(**{f"t{number}": "" for number in range(51)}))
    for key in ("aws:x", "AWS:x", "aWs:"):
        with refused("TagException", "Tags beginning with aws: are reserved"):
            kms.tag_resource(KeyId=tagged["KeyId"], Tags=[{"TagKey": key, "TagValue": ""}])
        with refused("TagException", "Tags beginning with aws: are reserved"):
            kms.untag_resource(KeyId=tagged["KeyId"], TagKeys=[key])
    assert listed(kms, tagged) == {"a": "", "b": "1"}


def test_fifty_tags_and_no_more(kms, tagged):
    kms.tag_resource(KeyId=tagged["KeyId"], Tags=tags(**{f"t{number:02}": "" for number in range(48)}))
    with refused("TagException", "Too many tags"):
        kms.tag_resource(KeyId=tagged["KeyId"], Tags=tags(one_more=""))
    kms.tag_resource(KeyId=tagged["KeyId"], Tags=tags(a="changed"))
    assert len(listed(kms, tagged)) == 50
    kms.untag_resource(KeyId=tagged["KeyId"], TagKeys=["t00"])
    kms.tag_resource(KeyId=tagged["KeyId"], Tags=tags(one_more=""))
    assert len(listed(kms, tagged)) == 50


@pytest.mark.parametrize("size", [1, 7, 50])
def test_pages(kms, size):
    names = [f"t{number:02}" for number in range(50)]
    key = kms.create_key(Tags=tags(**{name: "" for name in reversed(names)}))["KeyMetadata"]
    pages = list(
        kms.get_paginator("list_resource_tags").paginate(KeyId=key["KeyId"], PaginationConfig={"PageSize": size})
    )
    assert all(len(page["Tags"]) <= size for page in pages)
    assert [tag["TagKey"] for page in pages for tag in page["Tags"]] == names


def test_page_limits_and_markers(kms, tagged):
    with refused(
        "ValidationException",
        "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: "
        "Member must have value less than or equal to 50",
    ):
        kms.list_resource_tags(KeyId=tagged["KeyId"], Limit=51)
    with refused("InvalidMarkerException"):
        kms.list_resource_tags(KeyId=tagged["KeyId"], Marker="made up")


def test_tags_of_keys_that_wait_for_deletion_stay(kms, tagged):
    kms.schedule_key_deletion(KeyId=tagged["KeyId"], PendingWindowInDays=7)
    with refused("KMSInvalidStateException", f"{tagged['Arn']} is pending deletion."):
        kms.tag_resource(KeyId=tagged["KeyId"], Tags=tags(c=""))
    with refused("KMSInvalidStateException", f"{tagged['Arn']} is pending deletion."):
        kms.untag_resource(KeyId=tagged["KeyId"], TagKeys=["a"])
    assert listed(kms, tagged) == {"a": "", "b": "1"}


def test_tags_of_keys_that_are_disabled_or_wait_for_material(kms, tagged):
    importing = kms.create_key(Origin="EXTERNAL")["KeyMetadata"]
    kms.disable_key(KeyId=tagged["KeyId"])
    for key in (tagged, importing):
        kms.tag_resource(KeyId=key["KeyId"], Tags=tags(c="3"))
        assert listed(kms, key)["c"] == "3"


def test_aliases_name_no_key_here(kms, tagged, alias):
    name = alias(tagged["KeyId"])
    with refused("NotFoundException"):
        kms.list_resource_tags(KeyId=name)
    with refused("InvalidArnException"):
        kms.tag_resource(KeyId=f"arn:aws:kms:{REGION}:{ACCOUNT}:{name}", Tags=tags(c=""))


def test_tags_of_other_accounts(kms, own, tagged):
    for call in (
        lambda: own.list_resource_tags(KeyId=tagged["Arn"]),
        lambda: own.tag_resource(KeyId=tagged["Arn"], Tags=tags(c="")),
        lambda: own.untag_resource(KeyId=tagged["Arn"], TagKeys=["a"]),
    ):
        with refused("AccessDeniedException"):
            call()
    assert listed(kms, tagged) == {"a": "", "b": "1"}
