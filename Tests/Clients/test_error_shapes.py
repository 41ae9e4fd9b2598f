"""Every error of the model: made to occur, or listed with the reason why it cannot."""

import contextlib
import os
import sqlite3
import uuid

import botocore.session
import pytest

from clients import kms_client, refused
from external_key_stores import (  # fixtures among them
    CLOUDHSM,
    VPC,
    authority,
    connected_store,
    describe,
    external_key as key_behind_proxy,
    fresh_names,
    kms,
    others,
    proxy,
    server,
    settings,
)
from key_material import external_key, import_material, wrapped_for

MODEL = botocore.session.get_session().get_service_model("kms")
SHAPES = {name for name in MODEL.shape_names if MODEL.shape_for(name).metadata.get("exception")}
CLUSTERS = "There are no CloudHSM clusters: any is CloudHsmClusterNotFoundException."
VPC_SERVICES = "VPC endpoint services are not looked up: the endpoint is connected to as any other."
NEVER = {
    "CloudHsmClusterInUseException": CLUSTERS,
    "CloudHsmClusterInvalidConfigurationException": CLUSTERS,
    "CloudHsmClusterNotActiveException": CLUSTERS,
    "CloudHsmClusterNotRelatedException": CLUSTERS,
    "IncorrectTrustAnchorException": CLUSTERS,
    "XksProxyVpcEndpointServiceInvalidConfigurationException": VPC_SERVICES,
    "XksProxyVpcEndpointServiceNotFoundException": VPC_SERVICES,
    "ConflictException": "Only within 20 minutes of an automatic rotation, 90 days away: RotationTests has it.",
    "ExpiredImportTokenException": "A token is good for 24 hours: ImportTests has it.",
    "InvalidAliasNameException": "KMS is recorded to answer ValidationException for every alias name it does not take.",
    "DependencyTimeoutException": "The service waits for nothing but its own store, which fails or answers.",
    "KeyUnavailableException": "A key of a store that is not connected is KMSInvalidStateException, as KMS.",
}

CASES = {}


def produces(name, text=None):
    """A case that should be refused with this error."""

    def register(case):
        CASES[name] = case, text
        return case

    return register


def symmetric(kms, **more):
    return kms.create_key(**more)["KeyMetadata"]["KeyId"]


def encrypted(kms, key):
    return kms.encrypt(KeyId=key, Plaintext=b"x")["CiphertextBlob"]


@produces("AlreadyExistsException")
def an_alias_that_exists(kms, proxy):
    for _ in range(2):
        kms.create_alias(AliasName="alias/same", TargetKeyId=symmetric(kms))


@produces("CloudHsmClusterNotFoundException")
def a_cloudhsm_store(kms, proxy):
    kms.create_custom_key_store(CustomKeyStoreName="x", CustomKeyStoreType="AWS_CLOUDHSM", **CLOUDHSM)


@produces("CustomKeyStoreHasCMKsException")
def a_store_with_keys_is_deleted(kms, proxy):
    store = connected_store(kms, proxy)
    key_behind_proxy(kms, store, proxy)
    kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    kms.delete_custom_key_store(CustomKeyStoreId=store)


@produces("CustomKeyStoreInvalidStateException")
def a_store_that_is_not_connected(kms, proxy):
    store = kms.create_custom_key_store(**settings(proxy))["CustomKeyStoreId"]
    kms.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId="x")


@produces("CustomKeyStoreNameInUseException")
def two_stores_of_one_name(kms, proxy):
    first = kms.create_custom_key_store(**settings(proxy))["CustomKeyStoreId"]
    name = describe(kms, first)["CustomKeyStoreName"]
    kms.create_custom_key_store(**settings(proxy, CustomKeyStoreName=name))


@produces("CustomKeyStoreNotFoundException")
def no_such_store(kms, proxy):
    kms.connect_custom_key_store(CustomKeyStoreId="cks-00000000000000000")


@produces("DisabledException")
def a_disabled_key(kms, proxy):
    key = symmetric(kms)
    kms.disable_key(KeyId=key)
    kms.encrypt(KeyId=key, Plaintext=b"x")


@produces("DryRunOperationException", "The request would have succeeded, but the DryRun option is set.")
def a_dry_run(kms, proxy):
    kms.generate_data_key(KeyId=symmetric(kms), KeySpec="AES_256", DryRun=True)


@produces(
    "IncorrectKeyException", "The key ID in the request does not identify a CMK that can perform this operation."
)
def a_ciphertext_of_another_key(kms, proxy):
    kms.decrypt(KeyId=symmetric(kms), CiphertextBlob=encrypted(kms, symmetric(kms)))


@produces("IncorrectKeyMaterialException")
def material_of_the_wrong_size(kms, proxy):
    import_material(kms, external_key(kms)["KeyId"], bytes(31))


@produces("InvalidArnException")
def an_arn_of_another_service(kms, proxy):
    kms.enable_key(KeyId="arn:aws:s3:::bucket")


@produces("InvalidCiphertextException", "")
def a_ciphertext_in_another_context(kms, proxy):
    kms.decrypt(CiphertextBlob=encrypted(kms, symmetric(kms)), EncryptionContext={"a": "b"})


@produces("InvalidGrantIdException")
def no_grant_id(kms, proxy):
    kms.revoke_grant(KeyId=symmetric(kms), GrantId="x")


@produces("InvalidGrantTokenException")
def no_grant_token(kms, proxy):
    kms.encrypt(KeyId=symmetric(kms), Plaintext=b"x", GrantTokens=["x"])


@produces("InvalidImportTokenException")
def no_import_token(kms, proxy):
    request = wrapped_for(kms, external_key(kms)["KeyId"], bytes(32))
    model = "KEY_MATERIAL_DOES_NOT_EXPIRE"
    kms.import_key_material(**{**request, "ImportToken": os.urandom(64)}, ExpirationModel=model)


@produces("InvalidKeyUsageException")
def a_symmetric_key_signs(kms, proxy):
    kms.sign(KeyId=symmetric(kms), Message=b"x", SigningAlgorithm="ECDSA_SHA_256")


@produces("InvalidMarkerException")
def no_marker(kms, proxy):
    kms.list_keys(Marker="x")


@produces("KMSInvalidMacException", "")
def a_wrong_mac(kms, proxy):
    key = symmetric(kms, KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")
    kms.verify_mac(KeyId=key, Message=b"x", MacAlgorithm="HMAC_SHA_256", Mac=bytes(32))


@produces("KMSInvalidSignatureException", "")
def a_wrong_signature(kms, proxy):
    key = symmetric(kms, KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
    kms.verify(KeyId=key, Message=b"x", SigningAlgorithm="ECDSA_SHA_256", Signature=bytes(64))


@produces("KMSInvalidStateException")
def a_key_that_waits_for_its_deletion(kms, proxy):
    key = symmetric(kms)
    kms.schedule_key_deletion(KeyId=key)
    kms.encrypt(KeyId=key, Plaintext=b"x")


@produces("LimitExceededException")
def too_many_aliases(kms, proxy):
    key = symmetric(kms)
    for number in range(51):
        kms.create_alias(AliasName=f"alias/{number}", TargetKeyId=key)


@produces("MalformedPolicyDocumentException")
def no_policy(kms, proxy):
    kms.create_key(Policy="{}")


@produces("NotFoundException")
def no_such_key(kms, proxy):
    kms.describe_key(KeyId=str(uuid.uuid4()))


@produces("TagException", "Tags beginning with aws: are reserved")
def a_tag_of_aws(kms, proxy):
    kms.create_key(Tags=[{"TagKey": "aws:x", "TagValue": ""}])


@produces("UnsupportedOperationException", "")
def an_asymmetric_key_rotates(kms, proxy):
    kms.rotate_key_on_demand(KeyId=symmetric(kms, KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY"))


@produces("XksKeyAlreadyInUseException")
def two_keys_on_one_external_key(kms, proxy):
    store, name = connected_store(kms, proxy), f"key-{next(fresh_names)}"
    for _ in range(2):
        key_behind_proxy(kms, store, proxy, name)


@produces("XksKeyInvalidConfigurationException")
def an_external_key_that_cannot_decrypt(kms, proxy):
    store, name = connected_store(kms, proxy), f"key-{next(fresh_names)}"
    proxy.key(name, usages=["ENCRYPT"])
    key_behind_proxy(kms, store, proxy, name)


@produces("XksKeyNotFoundException")
def an_external_key_that_is_not_there(kms, proxy):
    store = connected_store(kms, proxy)
    kms.create_key(Origin="EXTERNAL_KEY_STORE", CustomKeyStoreId=store, XksKeyId="not-there")


@produces("XksProxyIncorrectAuthenticationCredentialException")
def a_credential_the_proxy_does_not_know(kms, proxy):
    credential = {"AccessKeyId": "ZZZZZZZZZZZZZZZZZZZZ", "RawSecretAccessKey": "z" * 43}
    kms.create_custom_key_store(**settings(proxy, XksProxyAuthenticationCredential=credential))


@produces("XksProxyInvalidConfigurationException")
def a_path_the_proxy_does_not_have(kms, proxy):
    kms.create_custom_key_store(**settings(proxy, XksProxyUriPath="/not-there/kms/xks/v1"))


@produces("XksProxyInvalidResponseException")
def a_proxy_that_fails(kms, proxy):
    with proxy.failing("InternalException"):
        kms.create_custom_key_store(**settings(proxy))


@produces("XksProxyUriEndpointInUseException")
def an_endpoint_of_two_kinds(kms, proxy):
    kms.create_custom_key_store(**settings(proxy))
    kms.create_custom_key_store(**settings(proxy, XksProxyUriPath="/b/kms/xks/v1", **VPC))


@produces("XksProxyUriInUseException")
def two_stores_of_one_address(kms, proxy):
    for _ in range(2):
        kms.create_custom_key_store(**settings(proxy))


@produces("XksProxyUriUnreachableException")
def a_proxy_that_is_not_there(kms, proxy):
    kms.create_custom_key_store(**settings(proxy, XksProxyUriEndpoint="https://closed.example.com"))


@produces("XksProxyVpcEndpointServiceInUseException")
def two_stores_of_one_endpoint_service(kms, proxy):
    for host in ("vpc.example.com", "vpc2.example.com"):
        kms.create_custom_key_store(**settings(proxy, XksProxyUriEndpoint=f"https://{host}", **VPC))


@pytest.mark.parametrize("name", CASES)
def test_error(kms, proxy, name):
    case, text = CASES[name]
    with refused(name, text) as refusal, NamedOperation() as operation:
        case(kms, proxy)
    assert isinstance(text, str) or refusal.refusal.message, "an error that KMS gives a text"
    listed = {shape.name for shape in MODEL.operation_model(operation.name).error_shapes}
    assert name in listed, f"clients of {operation.name} do not expect it"


class NamedOperation:
    """The operation that was refused."""

    name = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.name = getattr(error, "operation_name", None)


def test_internal_failure(start, tmp_path):
    """KMSInternalException: key material that somebody altered in the files."""
    server = start(data_dir=tmp_path / "data")
    key = kms_client(server).create_key()["KeyMetadata"]
    assert server.stop() == 0
    with contextlib.closing(sqlite3.connect(tmp_path / "data/keywright.db")) as database, database:
        database.execute("UPDATE key_material SET wrapped = randomblob(length(wrapped))")
    server = start(data_dir=tmp_path / "data")
    kms = kms_client(server)
    text = "The request could not be completed because of an internal failure."
    with refused("KMSInternalException", text, status=500):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    assert key["Arn"] in server.log_text(), "the operator learns no more than the caller"
    encrypted(kms, symmetric(kms))


def test_every_error_of_the_model_is_here():
    made = {*CASES, "KMSInternalException"}
    assert len(SHAPES) == 48
    assert made | set(NEVER) == SHAPES
    assert made & set(NEVER) == set()


def test_boto3_has_a_type_for_each(kms):
    assert all(issubclass(getattr(kms.exceptions, name), kms.exceptions.ClientError) for name in CASES)
