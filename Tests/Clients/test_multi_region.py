"""Multi-Region keys: one server, three Regions."""

import json
import os
import re

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from clients import ACCOUNT, kms_client, refused
from key_material import external_key, import_material, pkcs8

EAST, WEST, IRELAND = "us-east-1", "us-west-2", "eu-west-1"
SIGNING = {"KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY"}


@pytest.fixture(scope="module")
def regions(dev):
    """A client for each Region."""
    return {region: kms_client(dev, region=region) for region in (EAST, WEST, IRELAND)}


def arn(key_id, region):
    return f"arn:aws:kms:{region}:{ACCOUNT}:key/{key_id}"


def configuration(kind, key_id, primary, *replicas):
    """What the metadata says of a set of related keys."""
    return {
        "MultiRegionKeyType": kind,
        "PrimaryKey": {"Arn": arn(key_id, primary), "Region": primary},
        "ReplicaKeys": [{"Arn": arn(key_id, region), "Region": region} for region in replicas],
    }


def described(regions, key_id, region):
    metadata = regions[region].describe_key(KeyId=key_id)["KeyMetadata"]
    if "MultiRegionConfiguration" in metadata:
        metadata["MultiRegionConfiguration"]["ReplicaKeys"].sort(key=lambda replica: replica["Region"])
    return metadata


@pytest.fixture
def primary(regions):
    return regions[EAST].create_key(MultiRegion=True, Description="the primary")["KeyMetadata"]


@pytest.fixture
def related(regions, primary):
    """The id of a primary in us-east-1 with replicas in the two other Regions."""
    for region in (WEST, IRELAND):
        regions[EAST].replicate_key(KeyId=primary["KeyId"], ReplicaRegion=region)
    return primary["KeyId"]


# ReplicateKey


def test_answer(regions, primary):
    answer = regions[EAST].replicate_key(
        KeyId=primary["Arn"],
        ReplicaRegion=WEST,
        Description="the replica",
        Tags=[{"TagKey": "team", "TagValue": "blue"}],
    )
    assert set(answer) - {"ResponseMetadata"} == {"ReplicaKeyMetadata", "ReplicaPolicy", "ReplicaTags"}
    assert answer["ReplicaTags"] == [{"TagKey": "team", "TagValue": "blue"}]
    metadata = answer["ReplicaKeyMetadata"]
    assert "CurrentKeyMaterialId" not in metadata
    assert (metadata["KeyState"], metadata["Enabled"]) == ("Creating", False)
    replica = described(regions, primary["KeyId"], WEST)
    assert {**replica, "KeyState": "Creating", "Enabled": False} == {
        **metadata,
        "CurrentKeyMaterialId": primary["CurrentKeyMaterialId"],
    }
    changed = {"Arn", "CreationDate", "Description", "MultiRegionConfiguration"}
    assert {name for name in replica if replica[name] != primary[name]} == changed
    assert replica["Arn"] == arn(primary["KeyId"], WEST)
    assert replica["Description"] == "the replica"
    assert replica["MultiRegionConfiguration"] == configuration("REPLICA", primary["KeyId"], EAST, WEST)
    policy = regions[WEST].get_key_policy(KeyId=primary["KeyId"])["Policy"]
    assert json.loads(policy) == json.loads(answer["ReplicaPolicy"])
    assert regions[WEST].list_resource_tags(KeyId=primary["KeyId"])["Tags"] == answer["ReplicaTags"]


def test_metadata_of_all(regions, related):
    for region in (EAST, WEST, IRELAND):
        kind = "PRIMARY" if region == EAST else "REPLICA"
        metadata = described(regions, related, region)
        assert metadata["MultiRegionConfiguration"] == configuration(kind, related, EAST, IRELAND, WEST)
        assert (metadata["MultiRegion"], metadata["KeyState"]) == (True, "Enabled")
    assert described(regions, related, WEST)["Description"] == ""


def test_any_of_them_decrypts_what_any_encrypted(regions, related):
    for source in regions:
        blob = regions[source].encrypt(KeyId=related, Plaintext=source.encode())["CiphertextBlob"]
        for target in regions:
            opened = regions[target].decrypt(CiphertextBlob=blob)
            assert (opened["Plaintext"], opened["KeyId"]) == (source.encode(), arn(related, target))
            named = regions[target].decrypt(CiphertextBlob=blob, KeyId=arn(related, target))
            assert named["Plaintext"] == source.encode()
    with refused("NotFoundException", f"Invalid arn {EAST}"):
        regions[WEST].decrypt(CiphertextBlob=blob, KeyId=arn(related, EAST))


@pytest.mark.parametrize(
    ("spec", "usage"),
    [("ECC_NIST_P256", "SIGN_VERIFY"), ("ML_DSA_44", "SIGN_VERIFY"), ("HMAC_256", "GENERATE_VERIFY_MAC")],
)
def test_replicas_of_other_specs(regions, spec, usage):
    key = regions[EAST].create_key(MultiRegion=True, KeySpec=spec, KeyUsage=usage)["KeyMetadata"]["KeyId"]
    regions[EAST].replicate_key(KeyId=key, ReplicaRegion=WEST)
    if usage == "GENERATE_VERIFY_MAC":
        request = {"KeyId": key, "Message": b"x", "MacAlgorithm": "HMAC_SHA_256"}
        assert regions[WEST].verify_mac(Mac=regions[EAST].generate_mac(**request)["Mac"], **request)["MacValid"]
        return
    algorithm = {"ECC_NIST_P256": "ECDSA_SHA_256"}.get(spec, "ML_DSA_SHAKE_256")
    request = {"KeyId": key, "Message": b"x", "SigningAlgorithm": algorithm}
    signature = regions[WEST].sign(**request)["Signature"]
    assert regions[EAST].verify(Signature=signature, **request)["SignatureValid"] is True
    assert regions[EAST].get_public_key(KeyId=key)["PublicKey"] == regions[WEST].get_public_key(KeyId=key)["PublicKey"]


def test_what_is_each_keys_own(regions, related):
    east, west = regions[EAST], regions[WEST]
    name = f"alias/own-{related}"
    east.create_alias(AliasName=name, TargetKeyId=related)
    east.tag_resource(KeyId=related, Tags=[{"TagKey": "a", "TagValue": "b"}])
    east.update_key_description(KeyId=related, Description="new words")
    with refused("NotFoundException"):
        west.describe_key(KeyId=name)
    assert west.list_resource_tags(KeyId=related)["Tags"] == []
    assert described(regions, related, WEST)["Description"] == ""
    east.disable_key(KeyId=related)
    blob = west.encrypt(KeyId=related, Plaintext=b"x")["CiphertextBlob"]
    with refused("DisabledException", f"{arn(related, EAST)} is disabled."):
        east.decrypt(CiphertextBlob=blob)


def test_only_primaries_are_replicated(regions, related, key):
    with refused("UnsupportedOperationException", f"{arn(related, WEST)} is not a multi-region primary key."):
        regions[WEST].replicate_key(KeyId=related, ReplicaRegion="ap-south-1")
    with refused("UnsupportedOperationException", f"{key['Arn']} is not a multi-region primary key."):
        regions[EAST].replicate_key(KeyId=key["KeyId"], ReplicaRegion=WEST)


@pytest.mark.parametrize("region", [EAST, WEST])
def test_one_key_in_a_region(regions, related, region):
    with refused("AlreadyExistsException"):
        regions[EAST].replicate_key(KeyId=related, ReplicaRegion=region)


@pytest.mark.parametrize("region", ["cn-north-1", "us-gov-west-1"])
def test_another_partition(regions, primary, region):
    with refused("ValidationException"):
        regions[EAST].replicate_key(KeyId=primary["KeyId"], ReplicaRegion=region)


def test_a_region_that_is_not_served(administrator):
    key = administrator.create_key(MultiRegion=True)["KeyMetadata"]["KeyId"]
    with refused("ValidationException"):
        administrator.replicate_key(KeyId=key, ReplicaRegion=IRELAND)


@pytest.mark.parametrize("state", ["disabled", "leaving", "importing"])
def test_states_in_which_nothing_is_replicated(regions, state):
    origin = "EXTERNAL" if state == "importing" else "AWS_KMS"
    key = regions[EAST].create_key(MultiRegion=True, Origin=origin)["KeyMetadata"]
    if state == "disabled":
        regions[EAST].disable_key(KeyId=key["KeyId"])
    elif state == "leaving":
        regions[EAST].schedule_key_deletion(KeyId=key["KeyId"])
    code, text = {
        "disabled": ("DisabledException", "is disabled."),
        "leaving": ("KMSInvalidStateException", "is pending deletion."),
        "importing": ("KMSInvalidStateException", "is pending import."),
    }[state]
    with refused(code, f"{key['Arn']} {text}"):
        regions[EAST].replicate_key(KeyId=key["KeyId"], ReplicaRegion=WEST)


def test_what_a_new_replica_may_not_have(regions, primary):
    request = {"KeyId": primary["KeyId"], "ReplicaRegion": WEST}
    with refused("MalformedPolicyDocumentException"):
        regions[EAST].replicate_key(Policy="{}", **request)
    with refused("TagException", "Tags beginning with aws: are reserved"):
        regions[EAST].replicate_key(Tags=[{"TagKey": "aws:x", "TagValue": ""}], **request)
    with refused("NotFoundException"):
        regions[WEST].describe_key(KeyId=primary["KeyId"])


# UpdatePrimaryRegion


def test_the_primary_moves(regions, related):
    before = regions[EAST].encrypt(KeyId=related, Plaintext=b"before")["CiphertextBlob"]
    answer = regions[EAST].update_primary_region(KeyId=related, PrimaryRegion=WEST)
    assert set(answer) == {"ResponseMetadata"}
    for region in (EAST, WEST, IRELAND):
        kind = "PRIMARY" if region == WEST else "REPLICA"
        metadata = described(regions, related, region)
        assert metadata["MultiRegionConfiguration"] == configuration(kind, related, WEST, IRELAND, EAST)
        assert metadata["KeyState"] == "Enabled"
        assert regions[region].decrypt(CiphertextBlob=before)["Plaintext"] == b"before"
    with refused("UnsupportedOperationException", f"{arn(related, EAST)} is not a multi-region primary key."):
        regions[EAST].update_primary_region(KeyId=related, PrimaryRegion=WEST)
    regions[WEST].update_primary_region(KeyId=arn(related, WEST), PrimaryRegion=EAST)
    metadata = described(regions, related, EAST)
    assert metadata["MultiRegionConfiguration"] == configuration("PRIMARY", related, EAST, IRELAND, WEST)


def test_places_a_primary_cannot_move_to(regions, related, key):
    with refused("ValidationException"):
        regions[EAST].update_primary_region(KeyId=related, PrimaryRegion=EAST)
    with refused("NotFoundException", f"Key '{arn(related, 'ap-south-1')}' does not exist"):
        regions[EAST].update_primary_region(KeyId=related, PrimaryRegion="ap-south-1")
    with refused("UnsupportedOperationException", f"{key['Arn']} is not a multi-region primary key."):
        regions[EAST].update_primary_region(KeyId=key["KeyId"], PrimaryRegion=WEST)


@pytest.mark.parametrize("region", [EAST, WEST])
def test_states_in_which_the_primary_does_not_move(regions, related, region):
    regions[region].disable_key(KeyId=related)
    with refused("DisabledException", f"{arn(related, region)} is disabled."):
        regions[EAST].update_primary_region(KeyId=related, PrimaryRegion=WEST)


# Deletion


def test_a_primary_waits_for_its_replicas(regions, related):
    answer = regions[EAST].schedule_key_deletion(KeyId=related, PendingWindowInDays=9)
    answer.pop("ResponseMetadata")
    assert answer == {"KeyId": arn(related, EAST), "KeyState": "PendingReplicaDeletion", "PendingWindowInDays": 9}
    metadata = described(regions, related, EAST)
    assert (metadata["KeyState"], metadata["PendingDeletionWindowInDays"]) == ("PendingReplicaDeletion", 9)
    assert "DeletionDate" not in metadata
    assert metadata["Enabled"] is False
    with refused("KMSInvalidStateException", f"{arn(related, EAST)} is pending deletion."):
        regions[EAST].encrypt(KeyId=related, Plaintext=b"x")
    assert regions[WEST].encrypt(KeyId=related, Plaintext=b"x")["KeyId"] == arn(related, WEST)
    regions[EAST].cancel_key_deletion(KeyId=related)
    metadata = described(regions, related, EAST)
    assert (metadata["KeyState"], "PendingDeletionWindowInDays" in metadata) == ("Disabled", False)


def test_a_replica_goes_by_itself(regions, related):
    answer = regions[WEST].schedule_key_deletion(KeyId=related, PendingWindowInDays=7)
    assert (answer["KeyId"], answer["KeyState"]) == (arn(related, WEST), "PendingDeletion")
    metadata = described(regions, related, WEST)
    assert metadata["DeletionDate"] == answer["DeletionDate"]
    assert "PendingDeletionWindowInDays" not in metadata
    assert {described(regions, related, region)["KeyState"] for region in (EAST, IRELAND)} == {"Enabled"}
    with refused("AlreadyExistsException"):  # until it is gone
        regions[EAST].replicate_key(KeyId=related, ReplicaRegion=WEST)


def test_a_primary_without_replicas_goes_as_any_key(regions, primary):
    answer = regions[EAST].schedule_key_deletion(KeyId=primary["KeyId"])
    assert (answer["KeyState"], answer["PendingWindowInDays"]) == ("PendingDeletion", 30)
    assert described(regions, primary["KeyId"], EAST)["DeletionDate"] == answer["DeletionDate"]


# Rotation


def test_rotation_is_for_all(regions, related):
    regions[EAST].enable_key_rotation(KeyId=related, RotationPeriodInDays=90)
    blob = regions[WEST].encrypt(KeyId=related, Plaintext=b"before")["CiphertextBlob"]
    regions[EAST].rotate_key_on_demand(KeyId=related)
    materials = {described(regions, related, region)["CurrentKeyMaterialId"] for region in regions}
    assert len(materials) == 1
    statuses = []
    for region in regions:
        status = regions[region].get_key_rotation_status(KeyId=related)
        statuses.append((status["KeyRotationEnabled"], status["RotationPeriodInDays"], status["NextRotationDate"]))
        listed = regions[region].list_key_rotations(KeyId=related)["Rotations"]
        assert [entry["KeyMaterialId"] for entry in listed] == list(materials)
        assert {entry["KeyId"] for entry in listed} == {arn(related, region)}
        assert regions[region].decrypt(CiphertextBlob=blob)["Plaintext"] == b"before"
    assert len(set(statuses)) == 1
    after = regions[IRELAND].encrypt(KeyId=related, Plaintext=b"after")["CiphertextBlob"]
    assert regions[EAST].decrypt(CiphertextBlob=after)["KeyMaterialId"] in materials


@pytest.mark.parametrize("call", ["enable_key_rotation", "disable_key_rotation", "rotate_key_on_demand"])
def test_rotation_is_set_on_the_primary(regions, related, call):
    with refused("UnsupportedOperationException", f"{arn(related, WEST)} is not a multi-region primary key."):
        getattr(regions[WEST], call)(KeyId=related)


def test_replicas_get_all_of_the_material(regions, primary):
    blob = regions[EAST].encrypt(KeyId=primary["KeyId"], Plaintext=b"first")["CiphertextBlob"]
    regions[EAST].rotate_key_on_demand(KeyId=primary["KeyId"])
    regions[EAST].replicate_key(KeyId=primary["KeyId"], ReplicaRegion=WEST)
    assert regions[WEST].decrypt(CiphertextBlob=blob)["Plaintext"] == b"first"


# Imported material


@pytest.fixture
def imported(regions):
    """A primary of imported material with a replica that waits for it, and the material."""
    material = os.urandom(32)
    key = external_key(regions[EAST], material, MultiRegion=True)
    answer = regions[EAST].replicate_key(KeyId=key["KeyId"], ReplicaRegion=WEST)
    assert answer["ReplicaKeyMetadata"]["Origin"] == "EXTERNAL"
    return key, material


def test_each_key_is_imported_into(regions, imported):
    key, material = imported
    name = key["KeyId"]
    blob = regions[EAST].encrypt(KeyId=name, Plaintext=b"x")["CiphertextBlob"]
    metadata = described(regions, name, WEST)
    assert metadata["KeyState"] == "PendingImport"
    assert not {"ExpirationModel", "ValidTo"} & set(metadata)
    with refused("KMSInvalidStateException", f"{arn(name, WEST)} is pending import."):
        regions[WEST].decrypt(CiphertextBlob=blob)
    with refused("IncorrectKeyMaterialException"):
        import_material(regions[WEST], name, os.urandom(32))
    answer = import_material(regions[WEST], name, material)
    assert answer["KeyId"] == arn(name, WEST)
    assert answer["KeyMaterialId"] == key["CurrentKeyMaterialId"]
    assert regions[WEST].decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"
    regions[EAST].delete_imported_key_material(KeyId=name)
    assert described(regions, name, EAST)["KeyState"] == "PendingImport"
    assert regions[WEST].decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


def test_new_material_is_for_all_of_them(regions, imported):
    key, first = imported
    name, second = key["KeyId"], os.urandom(32)
    import_material(regions[WEST], name, first)

    def states():
        listed = regions[EAST].list_key_rotations(KeyId=name, IncludeKeyMaterial="ALL_KEY_MATERIAL")["Rotations"]
        return [entry["KeyMaterialState"] for entry in listed]

    with refused("UnsupportedOperationException", f"{arn(name, WEST)} is not a multi-region primary key."):
        import_material(regions[WEST], name, second, ImportType="NEW_KEY_MATERIAL")
    import_material(regions[EAST], name, second, ImportType="NEW_KEY_MATERIAL")
    assert states() == ["CURRENT", "PENDING_MULTI_REGION_IMPORT_AND_ROTATION"]
    with refused("KMSInvalidStateException", f"No available key material pending rotation for the key: {key['Arn']}."):
        regions[EAST].rotate_key_on_demand(KeyId=name)
    import_material(regions[WEST], name, second, ImportType="EXISTING_KEY_MATERIAL")
    assert states() == ["CURRENT", "PENDING_ROTATION"]
    blob = regions[WEST].encrypt(KeyId=name, Plaintext=b"before")["CiphertextBlob"]
    regions[EAST].rotate_key_on_demand(KeyId=name)
    assert states() == ["NON_CURRENT", "CURRENT"]
    assert regions[EAST].decrypt(CiphertextBlob=blob)["Plaintext"] == b"before"
    after = regions[EAST].encrypt(KeyId=name, Plaintext=b"after")["CiphertextBlob"]
    assert regions[WEST].decrypt(CiphertextBlob=after)["Plaintext"] == b"after"


def test_pending_material_that_only_some_have(regions, imported):
    key, first = imported
    name, second = key["KeyId"], os.urandom(32)
    import_material(regions[WEST], name, first)
    pending = import_material(regions[EAST], name, second, ImportType="NEW_KEY_MATERIAL")["KeyMaterialId"]

    def states():
        listings = [
            regions[region].list_key_rotations(KeyId=name, IncludeKeyMaterial="ALL_KEY_MATERIAL")["Rotations"]
            for region in (EAST, WEST)
        ]
        return [[entry["KeyMaterialState"] for entry in listing] for listing in listings]

    waiting = ["CURRENT", "PENDING_MULTI_REGION_IMPORT_AND_ROTATION"]
    assert states() == [waiting, waiting]
    import_material(regions[WEST], name, second)
    assert states() == [["CURRENT", "PENDING_ROTATION"]] * 2
    regions[EAST].delete_imported_key_material(KeyId=name, KeyMaterialId=pending)
    assert states() == [waiting, waiting]
    import_material(regions[EAST], name, second)
    assert states() == [["CURRENT", "PENDING_ROTATION"]] * 2
    for region in (WEST, EAST):
        regions[region].delete_imported_key_material(KeyId=name, KeyMaterialId=pending)
        assert described(regions, name, region)["KeyState"] == "Enabled"
    assert states() == [["CURRENT"], ["CURRENT"]], "nobody has it any more"


def test_pending_material_waits_for_a_new_replica(regions):
    """A replica that is made while material is pending has to get it, too, before anybody rotates to it."""
    first, second = os.urandom(32), os.urandom(32)
    name = external_key(regions[EAST], first, MultiRegion=True)["KeyId"]
    import_material(regions[EAST], name, second, ImportType="NEW_KEY_MATERIAL")
    regions[EAST].replicate_key(KeyId=name, ReplicaRegion=WEST)
    listed = regions[EAST].list_key_rotations(KeyId=name, IncludeKeyMaterial="ALL_KEY_MATERIAL")["Rotations"]
    assert listed[1]["KeyMaterialState"] == "PENDING_MULTI_REGION_IMPORT_AND_ROTATION"
    with refused("KMSInvalidStateException"):
        regions[EAST].rotate_key_on_demand(KeyId=name)
    for material in (first, second):
        import_material(regions[WEST], name, material)
    regions[EAST].rotate_key_on_demand(KeyId=name)
    blob = regions[EAST].encrypt(KeyId=name, Plaintext=b"x")["CiphertextBlob"]
    assert regions[WEST].decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


def test_private_keys_are_imported_into_each(regions):
    private, other = (pkcs8(ec.generate_private_key(ec.SECP256R1())) for _ in range(2))
    name = external_key(regions[EAST], private, MultiRegion=True, **SIGNING)["KeyId"]
    regions[EAST].replicate_key(KeyId=name, ReplicaRegion=WEST)
    publics = [regions[region].get_public_key(KeyId=name)["PublicKey"] for region in (EAST, WEST)]
    assert publics[0] == publics[1]
    request = {"KeyId": name, "Message": b"x", "SigningAlgorithm": "ECDSA_SHA_256"}
    with refused("KMSInvalidStateException", f"{arn(name, WEST)} is pending import."):
        regions[WEST].sign(**request)
    with refused("IncorrectKeyMaterialException"):
        import_material(regions[WEST], name, other)
    import_material(regions[WEST], name, private)
    signature = regions[WEST].sign(**request)["Signature"]
    assert regions[EAST].verify(Signature=signature, **request)["SignatureValid"] is True


@pytest.mark.parametrize("spec", ["RSA_2048", "HMAC_256"])
def test_a_primary_without_material_is_not_replicated(regions, spec):
    usage = "SIGN_VERIFY" if spec == "RSA_2048" else "GENERATE_VERIFY_MAC"
    key = external_key(regions[EAST], MultiRegion=True, KeySpec=spec, KeyUsage=usage)
    with refused("KMSInvalidStateException", f"{key['Arn']} is pending import."):
        regions[EAST].replicate_key(KeyId=key["KeyId"], ReplicaRegion=WEST)


def test_update_primary_region_answers_an_empty_body(wire, related):
    answer = wire.post("UpdatePrimaryRegion", {"KeyId": related, "PrimaryRegion": WEST})
    assert (answer.status, answer.body) == (200, b"")


def test_an_id_without_dashes(primary):
    assert re.fullmatch("mrk-[0-9a-f]{32}", primary["KeyId"])
