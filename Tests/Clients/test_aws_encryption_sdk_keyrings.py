"""The AWS Encryption SDK for Python, unchanged: its keyrings, signatures verified."""

import aws_encryption_sdk
import pytest
from aws_encryption_sdk.identifiers import Algorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from clients import ACCOUNT, administrator_client

pytest.importorskip("aws_cryptographic_material_providers", reason="the keyrings need Python 3.11")

from aws_cryptographic_material_providers.mpl import AwsCryptographicMaterialProviders
from aws_cryptographic_material_providers.mpl.config import MaterialProvidersConfig
from aws_cryptographic_material_providers.mpl.models import (
    CreateAwsKmsDiscoveryKeyringInput,
    CreateAwsKmsEcdhKeyringInput,
    CreateAwsKmsKeyringInput,
    CreateAwsKmsMrkDiscoveryKeyringInput,
    CreateAwsKmsMrkKeyringInput,
    CreateAwsKmsMultiKeyringInput,
    CreateAwsKmsRsaKeyringInput,
    DiscoveryFilter,
    KmsEcdhStaticConfigurationsKmsPrivateKeyToStaticPublicKey,
    KmsPrivateKeyToStaticPublicKeyInput,
)

PLAINTEXT = b"a message of some length" * 500
CONTEXT = {"tenant": "blue", "purpose": "AWS Encryption SDK"}

pytestmark = pytest.mark.usefixtures("environment")


@pytest.fixture(scope="module")
def sdk():
    return aws_encryption_sdk.EncryptionSDKClient()


@pytest.fixture(scope="module")
def providers():
    return AwsCryptographicMaterialProviders(config=MaterialProvidersConfig())


@pytest.fixture(scope="module")
def regions(verified):
    return {region: administrator_client(verified, region=region) for region in ("us-east-1", "us-west-2")}


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
    """Encrypts with one keyring, decrypts with another; returns the ciphertext."""
    blob, _ = sdk.encrypt(source=PLAINTEXT, encryption_context=CONTEXT, keyring=encrypting, **more)
    opened, header = sdk.decrypt(source=blob, keyring=decrypting)
    assert opened == PLAINTEXT
    assert CONTEXT.items() <= header.encryption_context.items()
    return blob


def test_keyring(sdk, providers, administrator, arns):
    keyrings = [
        providers.create_aws_kms_keyring(CreateAwsKmsKeyringInput(kms_key_id=arn, kms_client=administrator))
        for arn in arns
    ]
    blob = check(sdk, keyrings[0], keyrings[0])
    with pytest.raises(Exception, match="(?i)unable to decrypt|decrypt"):
        sdk.decrypt(source=blob, keyring=keyrings[1])


def test_multi_keyring_chooses_its_own_clients(sdk, providers, administrator, arns, related):
    several = providers.create_aws_kms_multi_keyring(
        CreateAwsKmsMultiKeyringInput(generator=arns[0], kms_key_ids=[arns[1], related[0]])
    )
    last = providers.create_aws_kms_keyring(
        CreateAwsKmsKeyringInput(kms_key_id=related[0], kms_client=administrator)
    )
    check(sdk, several, several)
    check(sdk, several, last)


def test_discovery_keyring(sdk, providers, administrator, arns):
    keyring = providers.create_aws_kms_keyring(
        CreateAwsKmsKeyringInput(kms_key_id=arns[0], kms_client=administrator)
    )
    discovery = providers.create_aws_kms_discovery_keyring(
        CreateAwsKmsDiscoveryKeyringInput(
            kms_client=administrator, discovery_filter=DiscoveryFilter(account_ids=[ACCOUNT], partition="aws")
        )
    )
    check(sdk, keyring, discovery)


def test_multi_region_keyrings(sdk, providers, regions, related):
    primary, replica = related
    east, west = (
        providers.create_aws_kms_mrk_keyring(
            CreateAwsKmsMrkKeyringInput(kms_key_id=arn, kms_client=regions[region])
        )
        for arn, region in ((primary, "us-east-1"), (replica, "us-west-2"))
    )
    check(sdk, east, west)
    check(sdk, west, east)
    discovery = providers.create_aws_kms_mrk_discovery_keyring(
        CreateAwsKmsMrkDiscoveryKeyringInput(kms_client=regions["us-west-2"], region="us-west-2")
    )
    check(sdk, east, discovery)


@pytest.mark.parametrize("algorithm", ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"])
def test_rsa_keyring(sdk, providers, administrator, rsa_key, algorithm):
    """It encrypts with the public key by itself, and decrypts with KMS."""
    public = load_der_public_key(administrator.get_public_key(KeyId=rsa_key)["PublicKey"])
    keyring = providers.create_aws_kms_rsa_keyring(
        CreateAwsKmsRsaKeyringInput(
            kms_key_id=rsa_key,
            encryption_algorithm=algorithm,
            public_key=public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
            kms_client=administrator,
        )
    )
    unsigned = Algorithm.AES_256_GCM_HKDF_SHA512_COMMIT_KEY
    check(sdk, keyring, keyring, algorithm=unsigned)


@pytest.fixture(scope="module")
def rsa_key(administrator):
    return administrator.create_key(KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]["Arn"]


@pytest.mark.parametrize("curve", ["ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521"])
def test_ecdh_keyring(sdk, providers, administrator, curve):
    """Both sides are KMS keys: each is the sender once."""
    keys = [
        administrator.create_key(KeySpec=curve, KeyUsage="KEY_AGREEMENT")["KeyMetadata"]["Arn"] for _ in range(2)
    ]
    publics = [administrator.get_public_key(KeyId=key)["PublicKey"] for key in keys]

    def keyring(mine, other):
        return providers.create_aws_kms_ecdh_keyring(
            CreateAwsKmsEcdhKeyringInput(
                key_agreement_scheme=KmsEcdhStaticConfigurationsKmsPrivateKeyToStaticPublicKey(
                    KmsPrivateKeyToStaticPublicKeyInput(
                        sender_kms_identifier=keys[mine],
                        sender_public_key=publics[mine],
                        recipient_public_key=publics[other],
                    )
                ),
                curve_spec=curve,
                kms_client=administrator,
            )
        )

    check(sdk, keyring(0, 1), keyring(1, 0))
