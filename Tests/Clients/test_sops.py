"""What SOPS asks of KMS: Encrypt and Decrypt of its own 32-byte data key, by the Region and the name in an ARN."""

import os
import re

import pytest

from clients import administrator_client, refused

# How SOPS reads an ARN (getsops/sops, kms/keysource.go).
ARN = re.compile(r"^arn:aws[\w-]*:kms:(.+):[0-9]+:(key|alias)/.+$")


@pytest.fixture(scope="module")
def arns(administrator):
    """A key by its ARN and by that of its alias."""
    arn = administrator.create_key()["KeyMetadata"]["Arn"]
    administrator.create_alias(AliasName="alias/sops", TargetKeyId=arn)
    return [arn, f"{arn.rpartition(':')[0]}:alias/sops"]


class MasterKey:
    """A master key of a SOPS file."""

    def __init__(self, server, arn, context):
        self.arn, self.context = arn, context
        self.client = administrator_client(server, region=ARN.match(arn).group(1))

    def encrypt(self, data_key):
        sealed = self.client.encrypt(KeyId=self.arn, Plaintext=data_key, EncryptionContext=self.context)
        return sealed["CiphertextBlob"]

    def decrypt(self, blob, named=True):
        # Releases with the first AWS SDK for Go name no key.
        more = {"KeyId": self.arn} if named else {}
        return self.client.decrypt(CiphertextBlob=blob, EncryptionContext=self.context, **more)["Plaintext"]


@pytest.mark.parametrize("form", [0, 1], ids=["key ARN", "alias ARN"])
@pytest.mark.parametrize("context", [{}, {"Environment": "production", "Role": "app"}], ids=["none", "context"])
def test_data_key(verified, arns, form, context):
    master, data_key = MasterKey(verified, arns[form], context), os.urandom(32)
    blob = master.encrypt(data_key)
    assert master.decrypt(blob) == master.decrypt(blob, named=False) == data_key
    with refused("InvalidCiphertextException"):
        MasterKey(verified, arns[form], {"Environment": "staging"}).decrypt(blob)


def test_replicas_as_master_keys(verified, administrator):
    """One file, a master key in each of two Regions: either opens it."""
    primary = administrator.create_key(MultiRegion=True)["KeyMetadata"]["Arn"]
    administrator.replicate_key(KeyId=primary, ReplicaRegion="us-west-2")
    east, west = (MasterKey(verified, arn, {}) for arn in (primary, primary.replace("us-east-1", "us-west-2")))
    data_key = os.urandom(32)
    assert west.decrypt(west.encrypt(data_key)) == east.decrypt(east.encrypt(data_key)) == data_key
    assert west.decrypt(east.encrypt(data_key)) == data_key
