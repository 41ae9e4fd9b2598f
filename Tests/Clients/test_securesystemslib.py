"""securesystemslib's AWS signer, which TUF and in-toto sign with: unchanged, signatures verified."""

import pytest
from securesystemslib.exceptions import UnsupportedAlgorithmError
from securesystemslib.signer import AWSSigner, Signer, SSlibKey
from securesystemslib.exceptions import UnverifiedSignatureError

pytestmark = pytest.mark.usefixtures("environment")

RSA = [f"rsa-pkcs1v15-sha{size}" for size in (256, 384, 512)] + [f"rsassa-pss-sha{size}" for size in (256, 384, 512)]
SCHEMES = [("RSA_2048", scheme) for scheme in RSA]
SCHEMES += [("ECC_NIST_P256", "ecdsa-sha2-nistp256"), ("ECC_NIST_P384", "ecdsa-sha2-nistp384")]
DEFAULTS = {
    "RSA_2048": "rsassa-pss-sha256",
    "ECC_NIST_P256": "ecdsa-sha2-nistp256",
    "ECC_NIST_P384": "ecdsa-sha2-nistp384",
}


@pytest.fixture(scope="module")
def signers(administrator):
    """The ARN of a key of each spec."""
    return {
        spec: administrator.create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY")["KeyMetadata"]["Arn"]
        for spec in ("RSA_2048", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521")
    }


@pytest.mark.parametrize(("spec", "scheme"), SCHEMES, ids=map("-".join, SCHEMES))
def test_sign_and_verify(signers, spec, scheme):
    uri, public = AWSSigner.import_(signers[spec], scheme)
    assert uri == f"awskms:{signers[spec]}"
    assert (public.scheme, type(public)) == (scheme, SSlibKey)
    signature = Signer.from_priv_key_uri(uri, public).sign(b"metadata of a release")
    public.verify_signature(signature, b"metadata of a release")
    with pytest.raises(UnverifiedSignatureError):
        public.verify_signature(signature, b"metadata of another release")


@pytest.mark.parametrize(("spec", "scheme"), DEFAULTS.items())
def test_default_scheme(signers, spec, scheme):
    assert AWSSigner.import_(signers[spec])[1].scheme == scheme


def test_every_name_of_the_key(administrator, signers):
    arn = signers["ECC_NIST_P256"]
    administrator.create_alias(AliasName="alias/release", TargetKeyId=arn)
    for name in (arn, arn.rpartition("/")[2], "alias/release", f"{arn.rpartition(':')[0]}:alias/release"):
        uri, public = AWSSigner.import_(name)
        public.verify_signature(Signer.from_priv_key_uri(uri, public).sign(b"payload"), b"payload")


def test_keys_it_cannot_use(signers):
    with pytest.raises(UnsupportedAlgorithmError):
        AWSSigner.import_(signers["ECC_NIST_P521"])
    with pytest.raises(UnsupportedAlgorithmError):
        AWSSigner.import_(signers["ECC_NIST_P256"], "rsassa-pss-sha256")
