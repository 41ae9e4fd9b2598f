"""KMS keys whose other half lies behind an external key store's proxy."""

import concurrent.futures
import hashlib
import os
import time

import botocore.exceptions
import pytest

from clients import kms_client, refused
from external_key_stores import (  # fixtures among them
    CONTEXT,
    accounts,
    authority,
    connected_store,
    describe,
    external_key,
    key,
    kms,
    others,
    proxy,
    server,
    settings,
    store,
    wait_for,
)
from xks_proxy import decode, encode, take_apart


# Keys


def test_a_key_in_a_store(kms, store, proxy):
    proxy.key("my-key_1.x")
    made = kms.create_key(
        Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId="my-key_1.x", Description="outside"
    )["KeyMetadata"]
    call = proxy.calls("/keys/my-key_1.x/metadata")[-1]["requestMetadata"]
    account = kms._request_signer._credentials.access_key
    assert call["kmsOperation"] == "CreateKey"
    assert call["awsPrincipalArn"] == f"arn:aws:iam::{account}:root"
    for metadata in (made, kms.describe_key(KeyId=made["KeyId"])["KeyMetadata"]):
        assert metadata["Origin"] == "EXTERNAL_KEY_STORE"
        assert metadata["KeyState"] == "Enabled" and metadata["Enabled"] is True
        assert metadata["CustomKeyStoreId"] == store
        assert metadata["XksKeyConfiguration"] == {"Id": "my-key_1.x"}
        assert metadata["KeySpec"] == "SYMMETRIC_DEFAULT" and metadata["MultiRegion"] is False
        assert "CurrentKeyMaterialId" not in metadata and "CloudHsmClusterId" not in metadata
    with refused("XksKeyAlreadyInUseException"):
        kms.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId="my-key_1.x")
    kms.schedule_key_deletion(KeyId=made["KeyId"], PendingWindowInDays=7)
    with refused("XksKeyAlreadyInUseException"):
        kms.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId="my-key_1.x")
    with refused("CustomKeyStoreInvalidStateException"):
        kms.delete_custom_key_store(CustomKeyStoreId=store)
    kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    with refused("CustomKeyStoreHasCMKsException"):
        kms.delete_custom_key_store(CustomKeyStoreId=store)


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("ValidationException", {"XksKeyId": None}),
        ("ValidationException", {"CustomKeyStoreId": None}),
        ("ValidationException", {"Origin": None}),
        ("ValidationException", {"Origin": "AWS_KMS"}),
        ("ValidationException", {"Origin": "EXTERNAL"}),
        ("ValidationException", {"Origin": "EXTERNAL", "XksKeyId": None}),
        ("ValidationException", {"Origin": None, "CustomKeyStoreId": None}),
        ("ValidationException", {"Origin": "AWS_CLOUDHSM"}),
        ("ValidationException", {"XksKeyId": ".."}),
        ("ValidationException", {"XksKeyId": "a/b"}),
        ("CustomKeyStoreNotFoundException", {"Origin": "AWS_CLOUDHSM", "XksKeyId": None}),
        ("CustomKeyStoreNotFoundException", {"CustomKeyStoreId": "cks-00000000000000000"}),
        ("UnsupportedOperationException", {"MultiRegion": True}),
        ("UnsupportedOperationException", {"KeySpec": "RSA_2048", "KeyUsage": "ENCRYPT_DECRYPT"}),
        ("UnsupportedOperationException", {"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}),
        ("XksKeyNotFoundException", {"XksKeyId": "not-there"}),
        ("XksKeyInvalidConfigurationException", {"XksKeyId": "short"}),
        ("XksKeyInvalidConfigurationException", {"XksKeyId": "one-way"}),
        ("XksKeyInvalidConfigurationException", {"XksKeyId": "off"}),
    ],
    ids=str,
)
def test_keys_that_cannot_be_made(kms, store, proxy, code, changed):
    proxy.key("good")
    proxy.key("short", spec="AES_128")
    proxy.key("one-way", usages=("ENCRYPT", "SIGN"))
    proxy.key("off", status="DISABLED")
    parameters = {"Origin": "EXTERNAL_KEY_STORE", "CustomKeyStoreId": store, "XksKeyId": "good", **changed}
    before = kms.list_keys()["Keys"]
    with refused(code):
        kms.create_key(**{name: value for name, value in parameters.items() if value is not None})
    assert kms.list_keys()["Keys"] == before


def test_no_key_in_a_store_that_is_not_connected(kms, proxy):
    proxy.key("waiting")
    store = kms.create_custom_key_store(**settings(proxy))["CustomKeyStoreId"]
    with refused("CustomKeyStoreInvalidStateException"):
        kms.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId="waiting")


def test_one_kms_key_for_an_external_key_however_many_ask(kms, store, proxy):
    proxy.key("wanted")

    def make(_):
        try:
            return external_key(kms, store, proxy, "wanted")["KeyId"]
        except botocore.exceptions.ClientError as error:
            return error.response["Error"]["Code"]

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(make, range(8)))
    assert outcomes.count("XksKeyAlreadyInUseException") == 7, outcomes


def test_every_way_to_encrypt(kms, key, proxy):
    id = key["KeyId"]
    own = kms.create_key()["KeyMetadata"]["KeyId"]
    encrypted = kms.encrypt(KeyId=id, Plaintext=b"hello", EncryptionContext=CONTEXT)
    assert encrypted["KeyId"] == key["Arn"]
    opened = kms.decrypt(CiphertextBlob=encrypted["CiphertextBlob"], EncryptionContext=CONTEXT)
    assert opened["Plaintext"] == b"hello" and opened["KeyId"] == key["Arn"]
    assert "KeyMaterialId" not in opened
    made = kms.generate_data_key(KeyId=id, KeySpec="AES_256")
    assert "KeyMaterialId" not in made
    assert kms.decrypt(CiphertextBlob=made["CiphertextBlob"], KeyId=id)["Plaintext"] == made["Plaintext"]
    made = kms.generate_data_key_without_plaintext(KeyId=id, NumberOfBytes=17)
    assert "KeyMaterialId" not in made
    assert len(kms.decrypt(CiphertextBlob=made["CiphertextBlob"])["Plaintext"]) == 17
    inward = kms.encrypt(KeyId=own, Plaintext=b"hello")["CiphertextBlob"]
    moved = kms.re_encrypt(CiphertextBlob=inward, DestinationKeyId=id, DestinationEncryptionContext=CONTEXT)
    assert "DestinationKeyMaterialId" not in moved and "SourceKeyMaterialId" in moved
    back = kms.re_encrypt(
        CiphertextBlob=moved["CiphertextBlob"], SourceEncryptionContext=CONTEXT, DestinationKeyId=own
    )
    assert "SourceKeyMaterialId" not in back and "DestinationKeyMaterialId" in back
    assert kms.decrypt(CiphertextBlob=back["CiphertextBlob"])["Plaintext"] == b"hello"

    name = kms.describe_key(KeyId=id)["KeyMetadata"]["XksKeyConfiguration"]["Id"]
    asked = {
        end: {call["requestMetadata"]["kmsOperation"] for call in proxy.calls(f"/keys/{name}/{end}")}
        for end in ("encrypt", "decrypt")
    }
    assert asked == {
        "encrypt": {"Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncrypt"},
        "decrypt": {"Decrypt", "ReEncrypt"},
    }
    call = proxy.calls(f"/keys/{name}/encrypt")[0]
    metadata = call["requestMetadata"]
    assert metadata["kmsKeyArn"] == key["Arn"]
    assert metadata["awsPrincipalArn"] == f"arn:aws:iam::{key['AWSAccountId']}:root"
    assert metadata["kmsRequestId"] == encrypted["ResponseMetadata"]["RequestId"]
    assert call["encryptionAlgorithm"] == "AES_GCM"
    assert call["ciphertextDataIntegrityValueAlgorithm"] == "SHA_256"


def test_sizes(kms, key):
    for length in (1, 4096):
        plaintext = os.urandom(length)
        blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=plaintext)["CiphertextBlob"]
        assert len(blob) <= 6144
        assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == plaintext
    # 8192 bytes of context, encoded: the number of pairs, and two lengths.
    kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext={"k": "v" * (8192 - 4 - 8 - 1)})
    with refused("ValidationException"):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x", EncryptionContext={"k": "v" * (8192 - 4 - 8)})


@pytest.mark.parametrize("metadata", [b"", b"v1", bytes(range(20))], ids=len)
def test_the_metadata_of_the_proxy(kms, key, proxy, metadata):
    before, proxy.metadata = proxy.metadata, metadata
    try:
        blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    finally:
        proxy.metadata = before
    assert take_apart(blob)["metadata"] == metadata
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


def test_sixteen_byte_vectors_are_kept_as_they_are(kms, key, proxy):
    name = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["XksKeyConfiguration"]["Id"]

    def change(answer):
        answer["initializationVector"] = encode(bytes(16))
        order = ("ciphertextMetadata", "initializationVector", "ciphertext", "authenticationTag")
        additional = decode(proxy.calls(f"/{name}/encrypt")[-1]["additionalAuthenticatedData"])
        whole = additional + b"".join(decode(answer[part]) for part in order)
        answer["ciphertextDataIntegrityValue"] = encode(hashlib.sha256(whole).digest())
        return answer

    with proxy.failing(change=change):
        blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["CiphertextBlob"]
    assert take_apart(blob)["vector"] == bytes(16)
    with refused("KMSInvalidStateException"):  # not what the proxy really used
        kms.decrypt(CiphertextBlob=blob)
    assert decode(proxy.calls(f"/{name}/decrypt")[-1]["initializationVector"]) == bytes(16)


def test_neither_side_can_decrypt_alone(kms, store, proxy):
    key = external_key(kms, store, proxy, "both")
    secret = b"neither the proxy nor anybody who asks it ever sees this"
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=secret, EncryptionContext=CONTEXT)["CiphertextBlob"]
    parts, call = take_apart(blob), proxy.calls("/keys/both/encrypt")[-1]
    inner = decode(call["plaintext"])
    assert secret not in inner and secret not in blob
    answer = proxy.answer(
        f"{proxy.path}/keys/both/decrypt",
        {
            "requestMetadata": call["requestMetadata"],
            "encryptionAlgorithm": "AES_GCM",
            "ciphertext": encode(parts["ciphertext"]),
            "initializationVector": encode(parts["vector"]),
            "authenticationTag": encode(parts["tag"]),
            "ciphertextMetadata": encode(parts["metadata"]),
            "additionalAuthenticatedData": call["additionalAuthenticatedData"],
        },
    )
    # The proxy's own decryption gives a blob that only the service opens, and that it opens for nobody.
    assert decode(answer["plaintext"]) == inner
    with refused("InvalidCiphertextException"):
        kms.decrypt(CiphertextBlob=inner)
    # Without the external key the service is as helpless.
    material = proxy.keys["both"].material
    proxy.keys["both"].material = bytes(32)
    with refused("KMSInvalidStateException"):
        kms.decrypt(CiphertextBlob=blob, EncryptionContext=CONTEXT)
    proxy.keys["both"].material = material
    assert kms.decrypt(CiphertextBlob=blob, EncryptionContext=CONTEXT)["Plaintext"] == secret


def test_another_kms_key_on_the_same_external_key_decrypts_nothing(kms, server, proxy):
    key = external_key(kms, connected_store(kms, proxy), proxy, "shared")
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"hello")["CiphertextBlob"]
    # Another account has a store on the same proxy, and there another key on the same external key.
    other = kms_client(server, account=str(next(accounts)))
    again = external_key(other, connected_store(other, proxy), proxy, "shared")
    with refused("IncorrectKeyException"):
        other.decrypt(CiphertextBlob=blob, KeyId=again["KeyId"])
    own = other.encrypt(KeyId=again["KeyId"], Plaintext=b"own")["CiphertextBlob"]
    forged = own[:19] + blob[19:]  # the other's key id on this key's blob
    before = len(proxy.calls("/keys/shared/decrypt"))
    with refused("InvalidCiphertextException"):
        other.decrypt(CiphertextBlob=forged)
    assert len(proxy.calls("/keys/shared/decrypt")) == before + 1  # the proxy has decrypted it
    forged = own[:51] + blob[51:]  # the material's id too
    with refused("InvalidCiphertextException"):
        other.decrypt(CiphertextBlob=forged)


def test_altered_ciphertext(kms, key):
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"hello", EncryptionContext=CONTEXT)["CiphertextBlob"]
    with refused("KMSInvalidStateException"):
        kms.decrypt(CiphertextBlob=blob, EncryptionContext={"tenant": "red", "app": "demo"})
    with refused("KMSInvalidStateException"):
        kms.decrypt(CiphertextBlob=blob)
    expected = {"InvalidCiphertextException", "KMSInvalidStateException", "IncorrectKeyException"}
    for place in [0, 1, 2, 19, 50, 51, 52, 64, 65, 66, 81, 82, 84, 85, len(blob) - 1]:
        altered = bytearray(blob)
        altered[place] ^= 1
        with pytest.raises(botocore.exceptions.ClientError) as raised:
            kms.decrypt(CiphertextBlob=bytes(altered), KeyId=key["KeyId"], EncryptionContext=CONTEXT)
        assert raised.value.response["Error"]["Code"] in expected, place
    for cut in (blob[:-1], blob + b"\0", blob[:60]):
        with refused("InvalidCiphertextException"):
            kms.decrypt(CiphertextBlob=cut, KeyId=key["KeyId"], EncryptionContext=CONTEXT)


def test_what_such_keys_do_not_do(kms, key, store):
    id = key["KeyId"]
    for call in [
        lambda: kms.generate_data_key_pair(KeyId=id, KeyPairSpec="ECC_NIST_P256"),
        lambda: kms.generate_data_key_pair_without_plaintext(KeyId=id, KeyPairSpec="ECC_NIST_P256"),
        lambda: kms.enable_key_rotation(KeyId=id),
        lambda: kms.disable_key_rotation(KeyId=id),
        lambda: kms.get_key_rotation_status(KeyId=id),
        lambda: kms.list_key_rotations(KeyId=id),
        lambda: kms.rotate_key_on_demand(KeyId=id),
        lambda: kms.get_parameters_for_import(
            KeyId=id, WrappingAlgorithm="RSAES_OAEP_SHA_256", WrappingKeySpec="RSA_2048"
        ),
        lambda: kms.replicate_key(KeyId=id, ReplicaRegion="eu-west-1"),
        lambda: kms.generate_random(NumberOfBytes=8, CustomKeyStoreId=store),
    ]:
        with refused("UnsupportedOperationException"):
            call()


def test_no_random_bytes_from_a_store_that_is_not_there(kms):
    with refused("CustomKeyStoreNotFoundException"):
        kms.generate_random(NumberOfBytes=8, CustomKeyStoreId="cks-00000000000000000")


# States


def test_keys_of_a_disconnected_store_are_unavailable(kms, store, key, proxy):
    id = key["KeyId"]
    leaving = external_key(kms, store, proxy)["KeyId"]
    disabled = external_key(kms, store, proxy)["KeyId"]
    kms.schedule_key_deletion(KeyId=leaving, PendingWindowInDays=7)
    kms.disable_key(KeyId=disabled)
    blob = kms.encrypt(KeyId=id, Plaintext=b"x")["CiphertextBlob"]

    def state(id):
        return kms.describe_key(KeyId=id)["KeyMetadata"]["KeyState"]

    kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    assert [state(id), state(leaving), state(disabled)] == ["Unavailable", "PendingDeletion", "Disabled"]
    assert kms.describe_key(KeyId=id)["KeyMetadata"]["Enabled"] is False
    calls = len(proxy.requests)
    with refused("KMSInvalidStateException", f"{key['Arn']} is unavailable."):
        kms.encrypt(KeyId=id, Plaintext=b"x")
    with refused("KMSInvalidStateException", f"{key['Arn']} is unavailable."):
        kms.decrypt(CiphertextBlob=blob)
    assert len(proxy.requests) == calls
    kms.create_alias(AliasName=f"alias/{id}", TargetKeyId=id)
    kms.disable_key(KeyId=id)
    assert state(id) == "Disabled"
    kms.enable_key(KeyId=id)
    assert state(id) == "Unavailable"
    kms.connect_custom_key_store(CustomKeyStoreId=store)
    wait_for(kms, store, "CONNECTED")
    assert state(id) == "Enabled"
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"x"


def test_connecting_takes_its_time_but_answers_at_once(kms, proxy):
    store = kms.create_custom_key_store(**settings(proxy))["CustomKeyStoreId"]
    with proxy.failing(delay=0.1):
        kms.connect_custom_key_store(CustomKeyStoreId=store)
        assert describe(kms, store)["ConnectionState"] in ("CONNECTING", "CONNECTED")
        kms.connect_custom_key_store(CustomKeyStoreId=store)
        wait_for(kms, store, "CONNECTED")
    kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    with proxy.failing(delay=0.2):
        kms.connect_custom_key_store(CustomKeyStoreId=store)
        kms.disconnect_custom_key_store(CustomKeyStoreId=store)  # before it is connected
        time.sleep(0.5)
    assert describe(kms, store)["ConnectionState"] == "DISCONNECTED"


def test_a_proxy_that_is_gone_changes_no_state(kms, key, proxy):
    with proxy.failing(hang_ups=100):
        with refused("KMSInvalidStateException"):
            kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
        assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["KeyState"] == "Enabled"
    kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
