"""Key material of the tests' own, wrapped as ImportKeyMaterial takes it."""

import os

from cryptography.hazmat.primitives import hashes, keywrap
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_public_key,
)

OAEP = {"RSAES_OAEP_SHA_1": hashes.SHA1, "RSAES_OAEP_SHA_256": hashes.SHA256}
KEY_WRAP = {"RSA_AES_KEY_WRAP_SHA_1": hashes.SHA1, "RSA_AES_KEY_WRAP_SHA_256": hashes.SHA256}


def pkcs8(private_key):
    return private_key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def spki(public_key):
    return public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def oaep(digest):
    return padding.OAEP(padding.MGF1(digest()), digest(), None)


def wrap(public_key, algorithm, material):
    """Material as a wrapping algorithm of RSA wraps it, under a public key in DER."""
    public_key = load_der_public_key(public_key)
    if algorithm in OAEP:
        return public_key.encrypt(material, oaep(OAEP[algorithm]))
    key = os.urandom(32)
    wrapped_key = public_key.encrypt(key, oaep(KEY_WRAP[algorithm]))
    return wrapped_key + keywrap.aes_key_wrap_with_padding(key, material)


def wrapped_for(kms, key_id, material, algorithm="RSA_AES_KEY_WRAP_SHA_256", wrapping_spec="RSA_2048"):
    """What ImportKeyMaterial needs for this material: fresh parameters, and the material wrapped by them."""
    parameters = kms.get_parameters_for_import(
        KeyId=key_id, WrappingAlgorithm=algorithm, WrappingKeySpec=wrapping_spec
    )
    return {
        "KeyId": key_id,
        "ImportToken": parameters["ImportToken"],
        "EncryptedKeyMaterial": wrap(parameters["PublicKey"], algorithm, material),
    }


def import_material(kms, key_id, material, algorithm="RSA_AES_KEY_WRAP_SHA_256", wrapping_spec="RSA_2048", **more):
    """Imports material that does not expire, unless `more` says otherwise; returns the answer."""
    more = {"ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE", **more}
    return kms.import_key_material(**wrapped_for(kms, key_id, material, algorithm, wrapping_spec), **more)


def external_key(kms, material=None, **settings):
    """A key of the origin EXTERNAL, with this material if any; its metadata after the import."""
    key = kms.create_key(Origin="EXTERNAL", **settings)["KeyMetadata"]
    if material is None:
        return key
    import_material(kms, key["KeyId"], material)
    return kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
