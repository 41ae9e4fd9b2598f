"""The AWS Encryption SDK for Python, unchanged: its master key providers, signatures verified."""

import aws_encryption_sdk
import pytest
from aws_encryption_sdk.exceptions import AWSEncryptionSDKClientError
from aws_encryption_sdk.identifiers import Algorithm
from aws_encryption_sdk.key_providers.kms import (
    DiscoveryAwsKmsMasterKeyProvider,
    DiscoveryFilter,
    MRKAwareDiscoveryAwsKmsMasterKeyProvider,
    MRKAwareStrictAwsKmsMasterKeyProvider,
    StrictAwsKmsMasterKeyProvider,
)

from clients import ACCOUNT

PLAINTEXT = b"a message of some length" * 500
CONTEXT = {"tenant": "blue", "purpose": "AWS Encryption SDK"}

pytestmark = pytest.mark.usefixtures("environment")


@pytest.fixture(scope="module")
def sdk():
    return aws_encryption_sdk.EncryptionSDKClient()


@pytest.fixture(scope="module")
def arns(administrator):
    """Two symmetric keys."""
    return [administrator.create_key()["KeyMetadata"]["Arn"] for _ in range(2)]


@pytest.fixture(scope="module")
def related(administrator):
    """A multi-Region key, and its replica."""
    primary = administrator.create_key(MultiRegion=True)["KeyMetadata"]
    administrator.replicate_key(KeyId=primary["KeyId"], ReplicaRegion="us-west-2")
    return primary["Arn"], primary["Arn"].replace("us-east-1", "us-west-2")


def check(sdk, encrypting, decrypting, **more):
    """Encrypts with one provider, decrypts with another; returns the ciphertext."""
    blob, _ = sdk.encrypt(source=PLAINTEXT, encryption_context=CONTEXT, key_provider=encrypting, **more)
    opened, header = sdk.decrypt(source=blob, key_provider=decrypting)
    assert opened == PLAINTEXT
    assert CONTEXT.items() <= header.encryption_context.items()
    return blob


@pytest.mark.parametrize(
    "algorithm",
    [
        Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY,
        Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY_ECDSA_P384,
    ],
    ids=["unsigned", "signed"],
)
def test_strict_provider(sdk, arns, algorithm):
    provider = StrictAwsKmsMasterKeyProvider(key_ids=arns)
    blob = check(sdk, provider, provider, algorithm=algorithm)
    for arn in arns:  # either of the keys opens it
        one = StrictAwsKmsMasterKeyProvider(key_ids=[arn])
        assert sdk.decrypt(source=blob, key_provider=one)[0] == PLAINTEXT


def test_strict_provider_with_an_alias(sdk, administrator, arns):
    administrator.create_alias(AliasName="alias/encryption-sdk", TargetKeyId=arns[0])
    alias = arns[0].rpartition(":")[0] + ":alias/encryption-sdk"
    check(
        sdk,
        StrictAwsKmsMasterKeyProvider(key_ids=[alias]),
        StrictAwsKmsMasterKeyProvider(key_ids=[arns[0]]),
    )


def test_strict_provider_with_another_key(sdk, arns, administrator):
    stranger = administrator.create_key()["KeyMetadata"]["Arn"]
    blob, _ = sdk.encrypt(source=PLAINTEXT, key_provider=StrictAwsKmsMasterKeyProvider(key_ids=arns))
    with pytest.raises(AWSEncryptionSDKClientError):
        sdk.decrypt(source=blob, key_provider=StrictAwsKmsMasterKeyProvider(key_ids=[stranger]))


def test_discovery_provider(sdk, arns):
    check(sdk, StrictAwsKmsMasterKeyProvider(key_ids=arns), DiscoveryAwsKmsMasterKeyProvider())
    mine = DiscoveryFilter(account_ids=[ACCOUNT], partition="aws")
    theirs = DiscoveryFilter(account_ids=["999999999999"], partition="aws")
    strict = StrictAwsKmsMasterKeyProvider(key_ids=arns)
    blob = check(sdk, strict, DiscoveryAwsKmsMasterKeyProvider(discovery_filter=mine))
    with pytest.raises(AWSEncryptionSDKClientError):
        sdk.decrypt(source=blob, key_provider=DiscoveryAwsKmsMasterKeyProvider(discovery_filter=theirs))


def test_multi_region_providers(sdk, related):
    primary, replica = related
    there = MRKAwareStrictAwsKmsMasterKeyProvider(key_ids=[primary])
    here = MRKAwareStrictAwsKmsMasterKeyProvider(key_ids=[replica])
    check(sdk, there, here)
    check(sdk, here, there)
    discovery = MRKAwareDiscoveryAwsKmsMasterKeyProvider(discovery_region="us-west-2")
    check(sdk, there, discovery)


def test_strict_provider_is_not_aware_of_replicas(sdk, related):
    primary, replica = related
    blob, _ = sdk.encrypt(source=PLAINTEXT, key_provider=StrictAwsKmsMasterKeyProvider(key_ids=[primary]))
    with pytest.raises(AWSEncryptionSDKClientError):
        sdk.decrypt(source=blob, key_provider=StrictAwsKmsMasterKeyProvider(key_ids=[replica]))
