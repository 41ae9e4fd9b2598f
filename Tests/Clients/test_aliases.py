"""CreateAlias, UpdateAlias, DeleteAlias and what ListAliases shows of them."""

import datetime

import pytest

from clients import ACCOUNT, REGION, refused

HERE = f"arn:aws:kms:{REGION}:{ACCOUNT}"


def entry(kms, key_id, name):
    """What ListAliases says of one alias; None when it is not there."""
    found = [alias for alias in kms.list_aliases(KeyId=key_id)["Aliases"] if alias["AliasName"] == name]
    return found[0] if found else None


def test_an_alias_is_listed_with_all_its_facts(kms, key, alias):
    name = alias(key["KeyId"])
    listed = entry(kms, key["KeyId"], name)
    assert set(listed) == {"AliasName", "AliasArn", "TargetKeyId", "CreationDate", "LastUpdatedDate"}
    assert listed["AliasArn"] == f"{HERE}:{name}"
    assert listed["TargetKeyId"] == key["KeyId"]
    assert listed["CreationDate"] == listed["LastUpdatedDate"]
    assert abs(listed["CreationDate"] - datetime.datetime.now(datetime.timezone.utc)) < datetime.timedelta(minutes=1)


def test_a_name_is_taken_once(kms, keys, alias):
    name = alias(keys["symmetric"]["KeyId"])
    for target in (keys["symmetric"], keys["other"]):
        with refused("AlreadyExistsException", f"An alias with the name {HERE}:{name} already exists"):
            kms.create_alias(AliasName=name, TargetKeyId=target["KeyId"])


def test_names_are_case_sensitive(kms, key, alias):
    name = alias(key["KeyId"])
    upper = "alias/" + name.removeprefix("alias/").upper()
    with refused("NotFoundException", f"Alias {HERE}:{upper} is not found."):
        kms.describe_key(KeyId=upper)


def test_an_alias_moves(kms, keys, alias):
    name = alias(keys["symmetric"]["KeyId"])
    before = entry(kms, keys["symmetric"]["KeyId"], name)
    kms.update_alias(AliasName=name, TargetKeyId=keys["other"]["Arn"])
    assert entry(kms, keys["symmetric"]["KeyId"], name) is None
    after = entry(kms, keys["other"]["KeyId"], name)
    assert after["TargetKeyId"] == keys["other"]["KeyId"]
    assert after["CreationDate"] == before["CreationDate"]
    assert after["LastUpdatedDate"] >= before["LastUpdatedDate"]
    assert kms.describe_key(KeyId=name)["KeyMetadata"]["Arn"] == keys["other"]["Arn"]


@pytest.mark.parametrize("name", ["signing", "rsa", "mac"])
def test_an_alias_stays_with_keys_of_one_class_and_usage(kms, keys, alias, name):
    here = alias(keys["symmetric"]["KeyId"])
    with refused("ValidationException"):
        kms.update_alias(AliasName=here, TargetKeyId=keys[name]["KeyId"])
    there = alias(keys[name]["KeyId"])
    with refused("ValidationException"):
        kms.update_alias(AliasName=there, TargetKeyId=keys["symmetric"]["KeyId"])
    assert kms.describe_key(KeyId=here)["KeyMetadata"]["Arn"] == keys["symmetric"]["Arn"]


def test_an_alias_moves_between_asymmetric_specs_of_one_usage(kms, keys, alias):
    name = alias(keys["signing"]["KeyId"])
    other = kms.create_key(KeySpec="ECC_NIST_P384", KeyUsage="SIGN_VERIFY")["KeyMetadata"]
    kms.update_alias(AliasName=name, TargetKeyId=other["KeyId"])
    agreement = kms.create_key(KeySpec="ECC_NIST_P384", KeyUsage="KEY_AGREEMENT")["KeyMetadata"]
    with refused("ValidationException"):
        kms.update_alias(AliasName=name, TargetKeyId=agreement["KeyId"])


def test_an_alias_leaves_a_key_that_waits_for_deletion_and_does_not_go_to_one(kms, keys, alias):
    key = kms.create_key()["KeyMetadata"]
    name = alias(key["KeyId"])
    kms.schedule_key_deletion(KeyId=key["KeyId"])
    kms.update_alias(AliasName=name, TargetKeyId=keys["other"]["KeyId"])
    with refused("KMSInvalidStateException", f"{key['Arn']} is pending deletion."):
        kms.update_alias(AliasName=name, TargetKeyId=key["KeyId"])
    assert kms.describe_key(KeyId=name)["KeyMetadata"]["Arn"] == keys["other"]["Arn"]


def test_a_deleted_alias_is_gone_and_its_key_is_not(kms, key, alias):
    name = alias(key["KeyId"])
    kms.describe_key(KeyId=name)
    kms.delete_alias(AliasName=name)
    for call in (
        lambda: kms.describe_key(KeyId=name),
        lambda: kms.generate_data_key(KeyId=name, KeySpec="AES_256"),
        lambda: kms.delete_alias(AliasName=name),
        lambda: kms.update_alias(AliasName=name, TargetKeyId=key["KeyId"]),
    ):
        with refused("NotFoundException", f"Alias {HERE}:{name} is not found."):
            call()
    assert entry(kms, key["KeyId"], name) is None
    assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"] == key
    kms.create_alias(AliasName=name, TargetKeyId=key["KeyId"])
    assert kms.describe_key(KeyId=name)["KeyMetadata"] == key


def test_a_move_is_seen_by_the_next_request(kms, keys, alias):
    name = alias(keys["symmetric"]["KeyId"])
    for target in ("other", "symmetric") * 10:
        kms.update_alias(AliasName=name, TargetKeyId=keys[target]["KeyId"])
        assert kms.generate_data_key(KeyId=name, KeySpec="AES_256")["KeyId"] == keys[target]["Arn"]


@pytest.mark.parametrize("name", ["alias/aws/s3", "alias/aws/anything"])
def test_reserved_names(kms, key, name):
    with refused("NotAuthorizedException"):
        kms.create_alias(AliasName=name, TargetKeyId=key["KeyId"])


@pytest.mark.parametrize("name", ["app", "Alias/app", "aliases/app", "key/app"])
def test_names_without_the_prefix(kms, key, name):
    with refused("ValidationException") as refusal:
        kms.create_alias(AliasName=name, TargetKeyId=key["KeyId"])
    assert refusal.refusal.message.startswith('Alias must start with the prefix "alias/". Please see ')
    with refused("ValidationException", "Invalid identifier"):
        kms.delete_alias(AliasName=name)
    with refused("ValidationException", "Invalid identifier"):
        kms.update_alias(AliasName=name, TargetKeyId=key["KeyId"])


def test_names_with_a_colon(kms, key):
    with refused("ValidationException", "alias/a:b contains invalid characters for an alias"):
        kms.create_alias(AliasName="alias/a:b", TargetKeyId=key["KeyId"])


@pytest.mark.parametrize("name", ["alias/a b", "alias/ümlaut", "alias/a.b", "alias/a\n"])
def test_names_outside_the_model(kms, key, name):
    with refused(
        "ValidationException",
        f"1 validation error detected: Value '{name}' at 'aliasName' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$",
    ):
        kms.create_alias(AliasName=name, TargetKeyId=key["KeyId"])


def test_longest_name(kms, key):
    name = "alias/" + "x" * 250
    kms.create_alias(AliasName=name, TargetKeyId=key["KeyId"])
    assert kms.describe_key(KeyId=name)["KeyMetadata"] == key
    kms.delete_alias(AliasName=name)
    with refused("ValidationException"):
        kms.create_alias(AliasName=name + "x", TargetKeyId=key["KeyId"])


def test_aliases_refer_to_keys(kms, key, alias):
    name = alias(key["KeyId"])
    for target in (name, f"{HERE}:{name}"):
        with refused("ValidationException", "Aliases must refer to keys. Not aliases"):
            kms.create_alias(AliasName="alias/to-an-alias", TargetKeyId=target)


def test_unknown_target(kms, key, alias):
    unknown = "12345678-1234-1234-1234-123456789012"
    with refused("NotFoundException", f"Key '{HERE}:key/{unknown}' does not exist"):
        kms.create_alias(AliasName="alias/to-nothing", TargetKeyId=unknown)
    with refused("NotFoundException", f"Key '{HERE}:key/{unknown}' does not exist"):
        kms.update_alias(AliasName=alias(key["KeyId"]), TargetKeyId=unknown)


def test_fifty_aliases_for_a_key(own):
    key = own.create_key()["KeyMetadata"]
    other = own.create_key()["KeyMetadata"]
    for number in range(50):
        own.create_alias(AliasName=f"alias/a-{number}", TargetKeyId=key["KeyId"])
    with refused("LimitExceededException"):
        own.create_alias(AliasName="alias/a-50", TargetKeyId=key["KeyId"])
    own.create_alias(AliasName="alias/a-50", TargetKeyId=other["KeyId"])
    with refused("LimitExceededException"):
        own.update_alias(AliasName="alias/a-50", TargetKeyId=key["KeyId"])
    own.delete_alias(AliasName="alias/a-0")
    own.update_alias(AliasName="alias/a-50", TargetKeyId=key["KeyId"])
    assert len(own.list_aliases(KeyId=key["KeyId"], Limit=100)["Aliases"]) == 50


def test_the_same_name_in_two_accounts(kms, own, key, alias):
    name = alias(key["KeyId"])
    mine = own.create_key()["KeyMetadata"]
    own.create_alias(AliasName=name, TargetKeyId=mine["KeyId"])
    assert own.describe_key(KeyId=name)["KeyMetadata"]["Arn"] == mine["Arn"]
    assert kms.describe_key(KeyId=name)["KeyMetadata"]["Arn"] == key["Arn"]
