"""What was made before a restart works after it: keys of every kind, their material, their relatives."""

import os

from clients import kms_client
from key_material import external_key

SIGNING = {"RSA_2048": "RSASSA_PSS_SHA_256", "ECC_NIST_P521": "ECDSA_SHA_512", "ECC_SECG_P256K1": "ECDSA_SHA_256"}
SIGNING |= {"ECC_NIST_EDWARDS25519": "ED25519_SHA_512", "ML_DSA_65": "ML_DSA_SHAKE_256", "SM2": "SM2DSA"}
MESSAGE = b"from before the restart"


def test_everything_is_there(start, tmp_path):
    server = start(data_dir=tmp_path / "data")
    kms = kms_client(server)
    checks = [make(server, kms) for make in (signatures, macs, public_keys, agreement, rotations, relatives)]
    assert server.stop() == 0
    again = start(data_dir=tmp_path / "data")
    for check in checks:
        check(again, kms_client(again))
    assert again.stop() == 0
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert any(path.parent.name == "audit" for path in files), "the audit trail is searched too"
    for file in files:
        for one in (server, again):
            assert not one.secrets.found_in(file.read_bytes()), file


def create(kms, spec, usage, **more):
    return kms.create_key(KeySpec=spec, KeyUsage=usage, **more)["KeyMetadata"]["KeyId"]


def signatures(server, kms):
    made = []
    for spec, algorithm in SIGNING.items():
        request = {"KeyId": create(kms, spec, "SIGN_VERIFY"), "Message": MESSAGE, "SigningAlgorithm": algorithm}
        public = kms.get_public_key(KeyId=request["KeyId"])["PublicKey"]
        made.append((request, kms.sign(**request)["Signature"], public))

    def check(server, kms):
        for request, signature, public in made:
            assert kms.verify(Signature=signature, **request)["SignatureValid"] is True
            assert kms.get_public_key(KeyId=request["KeyId"])["PublicKey"] == public
            assert kms.verify(Signature=kms.sign(**request)["Signature"], **request)["SignatureValid"] is True

    return check


def macs(server, kms):
    key = create(kms, "HMAC_384", "GENERATE_VERIFY_MAC")
    request = {"KeyId": key, "Message": MESSAGE, "MacAlgorithm": "HMAC_SHA_384"}
    mac = kms.generate_mac(**request)["Mac"]

    def check(server, kms):
        assert kms.generate_mac(**request)["Mac"] == mac

    return check


def public_keys(server, kms):
    request = {"KeyId": create(kms, "SM2", "ENCRYPT_DECRYPT"), "EncryptionAlgorithm": "SM2PKE"}
    blob = kms.encrypt(Plaintext=MESSAGE, **request)["CiphertextBlob"]

    def check(server, kms):
        assert kms.decrypt(CiphertextBlob=blob, **request)["Plaintext"] == MESSAGE

    return check


def agreement(server, kms):
    keys = [create(kms, "ECC_NIST_P256", "KEY_AGREEMENT") for _ in range(2)]
    public = kms.get_public_key(KeyId=keys[1])["PublicKey"]
    request = {"KeyId": keys[0], "KeyAgreementAlgorithm": "ECDH", "PublicKey": public}
    secret = kms.derive_shared_secret(**request)["SharedSecret"]

    def check(server, kms):
        assert kms.derive_shared_secret(**request)["SharedSecret"] == secret

    return check


def rotations(server, kms):
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=123)
    blobs = []
    for _ in range(4):
        blobs.append(kms.encrypt(KeyId=key, Plaintext=MESSAGE)["CiphertextBlob"])
        kms.rotate_key_on_demand(KeyId=key)
    listing = kms.list_key_rotations(KeyId=key, IncludeKeyMaterial="ALL_KEY_MATERIAL", Limit=2)
    status = kms.get_key_rotation_status(KeyId=key)

    def check(server, kms):
        assert [kms.decrypt(CiphertextBlob=blob)["Plaintext"] for blob in blobs] == [MESSAGE] * 4
        again = kms.list_key_rotations(KeyId=key, IncludeKeyMaterial="ALL_KEY_MATERIAL", Limit=2)
        assert again["Rotations"] == listing["Rotations"]
        rest = kms.list_key_rotations(
            KeyId=key, IncludeKeyMaterial="ALL_KEY_MATERIAL", Marker=listing["NextMarker"]
        )
        assert len(rest["Rotations"]) == 3, "a marker of before the restart"
        now = kms.get_key_rotation_status(KeyId=key)
        assert {**now, "ResponseMetadata": None} == {**status, "ResponseMetadata": None}

    return check


def relatives(server, kms):
    material = os.urandom(32)
    server.secrets.record(material, "imported key material")
    primary = kms.create_key(MultiRegion=True)["KeyMetadata"]["KeyId"]
    imported = external_key(kms, material, MultiRegion=True)["KeyId"]
    for key in (primary, imported):
        kms.replicate_key(KeyId=key, ReplicaRegion="us-west-2")
    kms.update_primary_region(KeyId=primary, PrimaryRegion="us-west-2")
    blob = kms.encrypt(KeyId=primary, Plaintext=MESSAGE)["CiphertextBlob"]
    west = kms_client(server, region="us-west-2")
    before = [client.describe_key(KeyId=key)["KeyMetadata"] for client in (kms, west) for key in (primary, imported)]

    def check(server, kms):
        west = kms_client(server, region="us-west-2")
        now = [client.describe_key(KeyId=key)["KeyMetadata"] for client in (kms, west) for key in (primary, imported)]
        assert now == before
        assert west.decrypt(CiphertextBlob=blob)["Plaintext"] == MESSAGE

    return check
