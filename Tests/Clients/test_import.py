"""GetParametersForImport, ImportKeyMaterial and DeleteImportedKeyMaterial."""

import base64
import datetime
import hmac
import os
import re
import time

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_public_key,
)

from clients import kms_client, refused
from key_material import KEY_WRAP, OAEP, external_key, import_material, pkcs8, spki, wrap, wrapped_for

NOT_EXPIRING = {"ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE"}
WRAPPING_SPECS = {"RSA_2048": 294, "RSA_3072": 422, "RSA_4096": 550}
ALGORITHMS = [*OAEP, *KEY_WRAP]
EC_CURVES = {
    "ECC_NIST_P256": ec.SECP256R1,
    "ECC_NIST_P384": ec.SECP384R1,
    "ECC_NIST_P521": ec.SECP521R1,
    "ECC_SECG_P256K1": ec.SECP256K1,
}
HMAC_SIZES = {"HMAC_224": 28, "HMAC_256": 32, "HMAC_384": 48, "HMAC_512": 64}
USAGES = {"SYMMETRIC_DEFAULT": "ENCRYPT_DECRYPT", **dict.fromkeys(HMAC_SIZES, "GENERATE_VERIFY_MAC")}


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def state_of(kms, key):
    return kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["KeyState"]


def usage_of(spec):
    return USAGES.get(spec, "SIGN_VERIFY")


@pytest.fixture(scope="module")
def private_keys(openssl, tmp_path_factory):
    """A private key of each asymmetric spec that can be imported, in PKCS #8, and its public half."""
    made = {f"RSA_{size}": rsa.generate_private_key(65537, size) for size in (2048, 3072, 4096)}
    made |= {spec: ec.generate_private_key(curve()) for spec, curve in EC_CURVES.items()}
    made["ECC_NIST_EDWARDS25519"] = ed25519.Ed25519PrivateKey.generate()
    pairs = {spec: (pkcs8(private), spki(private.public_key())) for spec, private in made.items()}
    file = tmp_path_factory.mktemp("sm2") / "private"
    file.write_bytes(openssl("genpkey", "-algorithm", "SM2"))
    private = openssl("pkcs8", "-topk8", "-nocrypt", "-in", file, "-outform", "DER")
    return pairs | {"SM2": (private, openssl("pkey", "-in", file, "-pubout", "-outform", "DER"))}


@pytest.fixture(scope="module")
def waiting(kms):
    """Keys that wait for their material, by spec, for requests that are refused."""
    made = {}

    def key(spec, usage=None):
        if spec not in made:
            made[spec] = external_key(kms, KeySpec=spec, KeyUsage=usage or usage_of(spec))
        return made[spec]

    return key


@pytest.fixture(scope="module")
def wrapper(kms, waiting):
    """Parameters for each spec, fetched once: a token may be used again and again."""
    fetched = {}

    def wrapped(spec, material):
        key = waiting(spec)
        if spec not in fetched:
            fetched[spec] = kms.get_parameters_for_import(
                KeyId=key["KeyId"], WrappingAlgorithm="RSA_AES_KEY_WRAP_SHA_256", WrappingKeySpec="RSA_2048"
            )
        parameters = fetched[spec]
        return {
            "KeyId": key["KeyId"],
            "ImportToken": parameters["ImportToken"],
            "EncryptedKeyMaterial": wrap(parameters["PublicKey"], "RSA_AES_KEY_WRAP_SHA_256", material),
            **NOT_EXPIRING,
        }

    return wrapped


# What can be imported, and how


@pytest.fixture(scope="module")
def one(kms):
    """A symmetric key of the tests' own material."""
    material = os.urandom(32)
    return external_key(kms, material), material


@pytest.mark.parametrize("wrapping_spec", WRAPPING_SPECS)
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_way_to_wrap(kms, one, algorithm, wrapping_spec):
    key, material = one
    parameters = kms.get_parameters_for_import(
        KeyId=key["KeyId"], WrappingAlgorithm=algorithm, WrappingKeySpec=wrapping_spec
    )
    assert set(parameters) - {"ResponseMetadata"} == {"KeyId", "ImportToken", "PublicKey", "ParametersValidTo"}
    assert parameters["KeyId"] == key["Arn"]
    assert len(parameters["PublicKey"]) == WRAPPING_SPECS[wrapping_spec]
    left = parameters["ParametersValidTo"] - now()
    assert abs(left - datetime.timedelta(hours=24)) < datetime.timedelta(minutes=5)
    answer = kms.import_key_material(
        KeyId=key["KeyId"],
        ImportToken=parameters["ImportToken"],
        EncryptedKeyMaterial=wrap(parameters["PublicKey"], algorithm, material),
        **NOT_EXPIRING,
    )
    assert set(answer) - {"ResponseMetadata"} == {"KeyId", "KeyMaterialId"}
    assert (answer["KeyId"], answer["KeyMaterialId"]) == (key["Arn"], key["CurrentKeyMaterialId"])


def test_wrapped_by_sm2(kms, one, openssl, tmp_path):
    key, material = one
    parameters = kms.get_parameters_for_import(
        KeyId=key["KeyId"], WrappingAlgorithm="SM2PKE", WrappingKeySpec="SM2"
    )
    (tmp_path / "public").write_bytes(parameters["PublicKey"])
    wrapped = openssl(
        "pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", tmp_path / "public", input=material
    )
    answer = kms.import_key_material(
        KeyId=key["KeyId"], ImportToken=parameters["ImportToken"], EncryptedKeyMaterial=wrapped, **NOT_EXPIRING
    )
    assert answer["KeyMaterialId"] == key["CurrentKeyMaterialId"]


def test_metadata_before_and_after(kms):
    key = external_key(kms)
    assert not {"CurrentKeyMaterialId", "ExpirationModel", "ValidTo"} & set(key)
    answer = import_material(kms, key["KeyId"], os.urandom(32))
    assert re.fullmatch("[0-9a-f]{64}", answer["KeyMaterialId"])
    after = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
    assert after == {
        **key,
        "Enabled": True,
        "KeyState": "Enabled",
        "ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE",
        "CurrentKeyMaterialId": answer["KeyMaterialId"],
    }


@pytest.mark.parametrize("spec", HMAC_SIZES)
def test_hmac_keys(kms, spec):
    least = HMAC_SIZES[spec]
    for size, algorithm in zip((least, least + 1, 128, 128), ALGORITHMS, strict=True):
        secret = os.urandom(size)
        key = external_key(kms, KeySpec=spec, KeyUsage="GENERATE_VERIFY_MAC")
        import_material(kms, key["KeyId"], secret, algorithm)
        mac = kms.generate_mac(
            KeyId=key["KeyId"], Message=b"x", MacAlgorithm=spec.replace("HMAC_", "HMAC_SHA_")
        )["Mac"]
        assert mac == hmac.digest(secret, b"x", spec.replace("HMAC_", "sha"))
        metadata = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
        assert (metadata["KeyState"], metadata.get("CurrentKeyMaterialId")) == ("Enabled", None)


# An RSA private key is too long for OAEP; a P-521 key is, for the smallest modulus.
WAYS = [(f"RSA_{size}", algorithm, "RSA_2048") for size in (2048, 3072, 4096) for algorithm in KEY_WRAP]
WAYS += [
    (spec, algorithm, "RSA_3072" if spec == "ECC_NIST_P521" else "RSA_2048")
    for spec in (*EC_CURVES, "ECC_NIST_EDWARDS25519", "SM2")
    for algorithm in ALGORITHMS
]


@pytest.fixture(scope="module")
def imported(kms):
    """The KMS keys that have the private keys, made when they are first wanted."""
    return {}


@pytest.mark.parametrize(("spec", "algorithm", "wrapping_spec"), WAYS, ids=map("-".join, WAYS))
def test_private_keys(kms, imported, private_keys, spec, algorithm, wrapping_spec):
    private, public = private_keys[spec]
    if spec not in imported:
        imported[spec] = external_key(kms, KeySpec=spec, KeyUsage=usage_of(spec))["KeyId"]
    import_material(kms, imported[spec], private, algorithm, wrapping_spec)
    assert kms.get_public_key(KeyId=imported[spec])["PublicKey"] == public
    metadata = kms.describe_key(KeyId=imported[spec])["KeyMetadata"]
    assert (metadata["KeyState"], metadata.get("CurrentKeyMaterialId")) == ("Enabled", None)


def test_imported_agreement_key(kms, private_keys):
    private, public = private_keys["ECC_NIST_P384"]
    key = external_key(kms, private, KeySpec="ECC_NIST_P384", KeyUsage="KEY_AGREEMENT")
    peer = ec.generate_private_key(ec.SECP384R1())
    answer = kms.derive_shared_secret(
        KeyId=key["KeyId"], KeyAgreementAlgorithm="ECDH", PublicKey=spki(peer.public_key())
    )
    assert answer["KeyOrigin"] == "EXTERNAL"
    assert answer["SharedSecret"] == peer.exchange(ec.ECDH(), load_der_public_key(public))


NOT_WRAPPED_SO = [
    *((f"RSA_{size}", algorithm, "RSA_4096") for size in (2048, 3072, 4096) for algorithm in OAEP),
    *(("ECC_NIST_P521", algorithm, "RSA_2048") for algorithm in OAEP),
    *(("SYMMETRIC_DEFAULT", algorithm, "SM2") for algorithm in ALGORITHMS),
    *(("SYMMETRIC_DEFAULT", "SM2PKE", wrapping_spec) for wrapping_spec in WRAPPING_SPECS),
    ("RSA_2048", "SM2PKE", "SM2"),
]


@pytest.mark.parametrize(("spec", "algorithm", "wrapping_spec"), NOT_WRAPPED_SO, ids=map("-".join, NOT_WRAPPED_SO))
def test_ways_that_cannot_carry_the_material(kms, waiting, spec, algorithm, wrapping_spec):
    with refused("ValidationException"):
        kms.get_parameters_for_import(
            KeyId=waiting(spec)["KeyId"], WrappingAlgorithm=algorithm, WrappingKeySpec=wrapping_spec
        )


def test_pkcs1_padding_is_no_longer_offered(kms, waiting):
    with refused("UnsupportedOperationException"):
        kms.get_parameters_for_import(
            KeyId=waiting("SYMMETRIC_DEFAULT")["KeyId"],
            WrappingAlgorithm="RSAES_PKCS1_V1_5",
            WrappingKeySpec="RSA_2048",
        )


@pytest.mark.parametrize("operation", ["parameters", "import", "delete"])
def test_keys_of_the_services_own_material(kms, key, operation):
    calls = {
        "parameters": lambda: kms.get_parameters_for_import(
            KeyId=key["KeyId"], WrappingAlgorithm="RSAES_OAEP_SHA_256", WrappingKeySpec="RSA_2048"
        ),
        "import": lambda: kms.import_key_material(
            KeyId=key["KeyId"], ImportToken=b"x", EncryptedKeyMaterial=b"x", **NOT_EXPIRING
        ),
        "delete": lambda: kms.delete_imported_key_material(KeyId=key["KeyId"]),
    }
    text = f"{key['Arn']} origin is AWS_KMS which is not valid for this operation."
    with refused("UnsupportedOperationException", text):
        calls[operation]()


# What cannot be imported


@pytest.mark.parametrize("size", [1, 16, 24, 31, 33, 64, 128])
def test_symmetric_material_has_32_bytes(kms, wrapper, size):
    with refused("IncorrectKeyMaterialException"):
        kms.import_key_material(**wrapper("SYMMETRIC_DEFAULT", bytes(size)))


@pytest.mark.parametrize("spec", HMAC_SIZES)
def test_hmac_material_has_no_other_size(kms, wrapper, spec):
    for size in (1, HMAC_SIZES[spec] - 1, 129, 512):
        with refused("IncorrectKeyMaterialException"):
            kms.import_key_material(**wrapper(spec, bytes(size)))


def other_forms():
    """Private keys that are none of P-256 in PKCS #8."""
    private = ec.generate_private_key(ec.SECP256R1())
    der = pkcs8(private)
    numbers = private.private_numbers().private_value.to_bytes(32, "big")
    return {
        "P-384": pkcs8(ec.generate_private_key(ec.SECP384R1())),
        "secp256k1": pkcs8(ec.generate_private_key(ec.SECP256K1())),
        "Ed25519": pkcs8(ed25519.Ed25519PrivateKey.generate()),
        "RSA": pkcs8(rsa.generate_private_key(65537, 2048)),
        "SEC 1": private.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()),
        "PEM": private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        "the public half": spki(private.public_key()),
        "the bare scalar": numbers,
        "cut short": der[:-1],
        "longer": der + b"\0",
        "a scalar of zero": der.replace(numbers, bytes(32)),
        "a scalar that is too large": der.replace(numbers, b"\xff" * 32),
        "no key at all": os.urandom(138),
    }


OTHER_FORMS = other_forms()


@pytest.mark.parametrize("material", OTHER_FORMS.values(), ids=OTHER_FORMS)
def test_what_is_no_private_key_of_the_spec(kms, wrapper, material):
    with refused("IncorrectKeyMaterialException"):
        kms.import_key_material(**wrapper("ECC_NIST_P256", material))


def test_a_curve_that_is_spelled_out(kms, wrapper, openssl, tmp_path):
    """Only named curves are taken, even when the parameters are those of a named one."""
    options = ("-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:explicit")
    (tmp_path / "private").write_bytes(openssl("genpkey", "-algorithm", "EC", *options))
    material = openssl("pkcs8", "-topk8", "-nocrypt", "-in", tmp_path / "private", "-outform", "DER")
    with refused("IncorrectKeyMaterialException"):
        kms.import_key_material(**wrapper("ECC_NIST_P256", material))


def test_a_length_in_more_bytes_than_it_needs(kms):
    """PKCS #8 is BER."""
    private = ec.generate_private_key(ec.SECP256R1())
    der = pkcs8(private)
    assert der[:3] == bytes([0x30, 0x81, len(der) - 3])
    material = bytes([0x30, 0x82, 0, len(der) - 3]) + der[3:]
    key = external_key(kms, material, KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
    assert kms.get_public_key(KeyId=key["KeyId"])["PublicKey"] == spki(private.public_key())


def test_a_private_key_whose_public_half_is_anothers(kms, wrapper):
    private, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    point, others = spki(private.public_key())[-64:], spki(other.public_key())[-64:]
    with refused("IncorrectKeyMaterialException"):
        kms.import_key_material(**wrapper("ECC_NIST_P256", pkcs8(private).replace(point, others)))


@pytest.mark.parametrize(("spec", "other"), [("RSA_2048", "RSA_3072"), ("RSA_3072", "RSA_2048"), ("RSA_2048", "SM2")])
def test_keys_of_other_specs(kms, wrapper, private_keys, spec, other):
    with refused("IncorrectKeyMaterialException"):
        kms.import_key_material(**wrapper(spec, private_keys[other][0]))


def test_nothing_was_imported_by_any_of_these(kms, waiting):
    for spec in ("SYMMETRIC_DEFAULT", "HMAC_256", "ECC_NIST_P256", "RSA_2048"):
        assert state_of(kms, waiting(spec)) == "PendingImport"


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_material_that_does_not_unwrap(kms, waiting, algorithm):
    request = wrapped_for(kms, waiting("SYMMETRIC_DEFAULT")["KeyId"], os.urandom(32), algorithm)
    wrapped = request.pop("EncryptedKeyMaterial")
    stranger = spki(rsa.generate_private_key(65537, 2048).public_key())
    for wrong in (
        b"x",
        bytes(256),
        wrapped[:-1],
        wrapped + b"\0",
        bytes([wrapped[0] ^ 1]) + wrapped[1:],
        wrapped[:-1] + bytes([wrapped[-1] ^ 1]),
        wrap(stranger, algorithm, bytes(32)),
        os.urandom(6144),
    ):
        with refused("InvalidCiphertextException", ""):
            kms.import_key_material(EncryptedKeyMaterial=wrong, **request, **NOT_EXPIRING)


def test_material_wrapped_in_another_way_than_asked_for(kms, waiting):
    key, material = waiting("SYMMETRIC_DEFAULT"), os.urandom(32)
    for asked in ALGORITHMS:
        parameters = kms.get_parameters_for_import(
            KeyId=key["KeyId"], WrappingAlgorithm=asked, WrappingKeySpec="RSA_2048"
        )
        for algorithm in ALGORITHMS:
            if algorithm == asked:
                continue
            with refused("InvalidCiphertextException", ""):
                kms.import_key_material(
                    KeyId=key["KeyId"],
                    ImportToken=parameters["ImportToken"],
                    EncryptedKeyMaterial=wrap(parameters["PublicKey"], algorithm, material),
                    **NOT_EXPIRING,
                )


# Import tokens


def test_token_of_another_key(kms, waiting):
    theirs = wrapped_for(kms, waiting("HMAC_256")["KeyId"], os.urandom(32))
    with refused("InvalidImportTokenException"):
        kms.import_key_material(**{**theirs, "KeyId": waiting("SYMMETRIC_DEFAULT")["KeyId"]}, **NOT_EXPIRING)


def test_token_of_other_parameters(kms, waiting):
    key = waiting("SYMMETRIC_DEFAULT")["KeyId"]
    first, second = (wrapped_for(kms, key, os.urandom(32)) for _ in range(2))
    with refused("InvalidCiphertextException", ""):
        kms.import_key_material(**{**first, "ImportToken": second["ImportToken"]}, **NOT_EXPIRING)


def test_what_is_no_token(kms, waiting):
    request = wrapped_for(kms, waiting("SYMMETRIC_DEFAULT")["KeyId"], os.urandom(32))
    token = request.pop("ImportToken")
    altered = [token[:at] + bytes([token[at] ^ 1]) + token[at + 1 :] for at in range(0, len(token), 97)]
    for wrong in (b"x", bytes(256), token[:-1], token + b"\0", token[::-1], os.urandom(6144), *altered):
        with refused("InvalidImportTokenException"):
            kms.import_key_material(ImportToken=wrong, **request, **NOT_EXPIRING)


def test_many_tokens_at_once(kms):
    key, material = external_key(kms), os.urandom(32)
    requests = [wrapped_for(kms, key["KeyId"], material) for _ in range(3)]
    ids = {kms.import_key_material(**request, **NOT_EXPIRING)["KeyMaterialId"] for request in reversed(requests)}
    ids |= {kms.import_key_material(**request, **NOT_EXPIRING)["KeyMaterialId"] for request in requests}
    assert len(ids) == 1, "the order matters, or a token served once only"


# Expiry


def test_material_expires_unless_it_says_otherwise(kms, waiting):
    request = {"KeyId": waiting("SYMMETRIC_DEFAULT")["KeyId"], "ImportToken": b"x", "EncryptedKeyMaterial": b"x"}
    text = "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES"
    with refused("ValidationException", text):
        kms.import_key_material(**request)
    with refused("ValidationException", text):
        kms.import_key_material(ExpirationModel="KEY_MATERIAL_EXPIRES", **request)
    with refused("ValidationException"):
        kms.import_key_material(ValidTo=now() + datetime.timedelta(days=1), **request, **NOT_EXPIRING)


@pytest.mark.parametrize("days", [-1, 0, 366, 36500])
def test_dates_that_are_past_or_too_far(kms, wrapper, days):
    request = wrapper("SYMMETRIC_DEFAULT", os.urandom(32)) | {"ExpirationModel": "KEY_MATERIAL_EXPIRES"}
    with refused("ValidationException"):
        kms.import_key_material(ValidTo=now() + datetime.timedelta(days=days), **request)


@pytest.mark.parametrize("days", [1, 364])
def test_the_date_is_shown(kms, days):
    key, material = external_key(kms), os.urandom(32)
    date = (now() + datetime.timedelta(days=days)).replace(microsecond=0)
    for model in ({"ExpirationModel": "KEY_MATERIAL_EXPIRES"}, {}):
        kms.import_key_material(**wrapped_for(kms, key["KeyId"], material), ValidTo=date, **model)
        metadata = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
        assert (metadata["ExpirationModel"], metadata["ValidTo"]) == ("KEY_MATERIAL_EXPIRES", date)
    import_material(kms, key["KeyId"], material)
    metadata = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]
    assert (metadata["ExpirationModel"], metadata.get("ValidTo")) == ("KEY_MATERIAL_DOES_NOT_EXPIRE", None)


def test_dates_are_numbers_of_seconds(wire, kms):
    key, date = external_key(kms), round(time.time()) + 1000.25
    request = wrapped_for(kms, key["KeyId"], os.urandom(32))
    wire.call("ImportKeyMaterial", ValidTo=date, **request)
    assert wire.call("DescribeKey", KeyId=key["KeyId"])["KeyMetadata"]["ValidTo"] == date
    parameters = wire.call(
        "GetParametersForImport",
        KeyId=key["KeyId"],
        WrappingAlgorithm="RSAES_OAEP_SHA_256",
        WrappingKeySpec="RSA_2048",
    )
    assert abs(parameters["ParametersValidTo"] - time.time() - 86400) < 300


def test_the_first_to_expire_is_the_keys_date(kms):
    later = (now() + datetime.timedelta(days=20)).replace(microsecond=0)
    sooner = later - datetime.timedelta(days=10)
    expires = {"ExpirationModel": "KEY_MATERIAL_EXPIRES"}
    key, first, second = external_key(kms), os.urandom(32), os.urandom(32)
    import_material(kms, key["KeyId"], first, ValidTo=later, **expires)
    import_new(kms, key, second, ValidTo=sooner, **expires)
    kms.rotate_key_on_demand(KeyId=key["KeyId"])
    assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["ValidTo"] == sooner
    listed = kms.list_key_rotations(KeyId=key["KeyId"], IncludeKeyMaterial="ALL_KEY_MATERIAL")["Rotations"]
    assert [(entry["ExpirationModel"], entry["ValidTo"]) for entry in listed] == [
        ("KEY_MATERIAL_EXPIRES", later),
        ("KEY_MATERIAL_EXPIRES", sooner),
    ]
    import_material(kms, key["KeyId"], second)
    assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["ValidTo"] == later


# Deleting, and importing again


def test_ciphertext_outlives_the_material(kms):
    material = os.urandom(32)
    key, twin = external_key(kms, material), external_key(kms, material)
    assert key["CurrentKeyMaterialId"] != twin["CurrentKeyMaterialId"], "material is named for its key"
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"kept")["CiphertextBlob"]
    with refused("IncorrectKeyException"):
        kms.decrypt(KeyId=twin["KeyId"], CiphertextBlob=blob)

    answer = kms.delete_imported_key_material(KeyId=key["KeyId"])
    assert set(answer) - {"ResponseMetadata"} == {"KeyId", "KeyMaterialId"}
    assert (answer["KeyId"], answer["KeyMaterialId"]) == (key["Arn"], key["CurrentKeyMaterialId"])
    assert state_of(kms, key) == "PendingImport"
    pending = ("KMSInvalidStateException", f"{key['Arn']} is pending import.")
    with refused(*pending):
        kms.decrypt(CiphertextBlob=blob)
    with refused(*pending):
        kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")
    with refused("IncorrectKeyException"):
        kms.decrypt(KeyId=twin["KeyId"], CiphertextBlob=blob)
    with refused("IncorrectKeyMaterialException"):
        import_material(kms, key["KeyId"], os.urandom(32))
    assert state_of(kms, key) == "PendingImport"

    again = import_material(kms, key["KeyId"], material)
    assert again["KeyMaterialId"] == key["CurrentKeyMaterialId"]
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"kept"


def test_ciphertext_does_not_open_under_the_same_bytes_of_another_key(kms):
    """Not even when the ciphertext is made to name the other key."""
    material = os.urandom(32)
    key, twin = external_key(kms, material), external_key(kms, material)
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"bound")["CiphertextBlob"]
    forged = blob
    for name in ("KeyId", "CurrentKeyMaterialId"):
        mine, other = (bytes.fromhex(each[name].replace("-", "")) for each in (key, twin))
        forged = forged.replace(mine, other).replace(key[name].encode(), twin[name].encode())
    assert forged != blob, "the ciphertext names its key in some other way: this test needs to know how"
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(CiphertextBlob=forged)
    with refused("InvalidCiphertextException", ""):
        kms.decrypt(KeyId=twin["KeyId"], CiphertextBlob=forged)


@pytest.mark.parametrize("spec", ["ECC_NIST_P256", "HMAC_256"])
def test_the_same_material_or_none(kms, private_keys, spec):
    material = private_keys[spec][0] if spec in private_keys else os.urandom(32)
    other = pkcs8(ec.generate_private_key(ec.SECP256R1())) if spec in private_keys else os.urandom(32)
    key = external_key(kms, material, KeySpec=spec, KeyUsage=usage_of(spec))
    for _ in range(2):
        with refused("IncorrectKeyMaterialException"):
            import_material(kms, key["KeyId"], other)
        import_material(kms, key["KeyId"], material)
        assert state_of(kms, key) == "Enabled"
        kms.delete_imported_key_material(KeyId=key["KeyId"])
        assert state_of(kms, key) == "PendingImport"


def test_public_key_stays_when_the_material_goes(kms, private_keys):
    private, public = private_keys["ECC_NIST_P256"]
    key = external_key(kms, private, KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
    kms.delete_imported_key_material(KeyId=key["KeyId"])
    assert kms.get_public_key(KeyId=key["KeyId"])["PublicKey"] == public
    with refused("KMSInvalidStateException", f"{key['Arn']} is pending import."):
        kms.sign(KeyId=key["KeyId"], Message=b"x", SigningAlgorithm="ECDSA_SHA_256")


def test_deleting_what_is_not_there(kms, one):
    key = external_key(kms)
    answer = kms.delete_imported_key_material(KeyId=key["KeyId"])
    assert (answer["KeyId"], answer.get("KeyMaterialId")) == (key["Arn"], None)
    assert state_of(kms, key) == "PendingImport"
    with refused("NotFoundException"):
        kms.delete_imported_key_material(KeyId=one[0]["KeyId"], KeyMaterialId="0" * 64)


def test_a_disabled_key_stays_disabled(kms):
    material = os.urandom(32)
    key = external_key(kms, material)
    kms.disable_key(KeyId=key["KeyId"])
    import_material(kms, key["KeyId"], material)
    assert state_of(kms, key) == "Disabled"


def test_a_key_that_waits_for_its_deletion(kms):
    material = os.urandom(32)
    key = external_key(kms, material)
    request = wrapped_for(kms, key["KeyId"], material)
    kms.schedule_key_deletion(KeyId=key["KeyId"])
    pending = ("KMSInvalidStateException", f"{key['Arn']} is pending deletion.")
    with refused(*pending):
        kms.import_key_material(**request, **NOT_EXPIRING)
    with refused(*pending):
        wrapped_for(kms, key["KeyId"], material)
    kms.delete_imported_key_material(KeyId=key["KeyId"])
    assert state_of(kms, key) == "PendingDeletion"
    kms.cancel_key_deletion(KeyId=key["KeyId"])
    assert state_of(kms, key) == "PendingImport"
    kms.import_key_material(**request, **NOT_EXPIRING)
    assert state_of(kms, key) == "Enabled"


# More than one material


def materials_of(kms, key):
    """State and import state of each material, by its id."""
    listed = kms.list_key_rotations(KeyId=key["KeyId"], IncludeKeyMaterial="ALL_KEY_MATERIAL")["Rotations"]
    return {entry["KeyMaterialId"]: (entry["KeyMaterialState"], entry["ImportState"]) for entry in listed}


def import_new(kms, key, material, **more):
    return import_material(kms, key["KeyId"], material, ImportType="NEW_KEY_MATERIAL", **more)["KeyMaterialId"]


def test_rotation_to_new_material(kms):
    first, second = os.urandom(32), os.urandom(32)
    key = external_key(kms, first)
    old = key["CurrentKeyMaterialId"]
    with refused(
        "KMSInvalidStateException", f"No available key material pending rotation for the key: {key['Arn']}."
    ):
        kms.rotate_key_on_demand(KeyId=key["KeyId"])
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"before")["CiphertextBlob"]
    new = import_new(kms, key, second, KeyMaterialDescription="the second")
    assert materials_of(kms, key) == {old: ("CURRENT", "IMPORTED"), new: ("PENDING_ROTATION", "IMPORTED")}
    assert kms.encrypt(KeyId=key["KeyId"], Plaintext=b"x")["KeyId"] == key["Arn"]
    assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["CurrentKeyMaterialId"] == old

    assert kms.rotate_key_on_demand(KeyId=key["KeyId"])["KeyId"] == key["Arn"]
    assert materials_of(kms, key) == {old: ("NON_CURRENT", "IMPORTED"), new: ("CURRENT", "IMPORTED")}
    assert kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["CurrentKeyMaterialId"] == new
    opened = kms.decrypt(CiphertextBlob=blob)
    assert (opened["Plaintext"], opened["KeyMaterialId"]) == (b"before", old)
    later = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"after")["CiphertextBlob"]
    assert kms.decrypt(CiphertextBlob=later)["KeyMaterialId"] == new
    (rotation,) = kms.list_key_rotations(KeyId=key["KeyId"])["Rotations"]
    assert abs(rotation.pop("RotationDate") - now()) < datetime.timedelta(minutes=5)
    assert rotation == {
        "KeyId": key["Arn"],
        "KeyMaterialId": new,
        "KeyMaterialDescription": "the second",
        "ImportState": "IMPORTED",
        "KeyMaterialState": "CURRENT",
        "ExpirationModel": "KEY_MATERIAL_DOES_NOT_EXPIRE",
        "RotationType": "ON_DEMAND",
    }


def test_every_permanent_material_is_needed(kms):
    first, second = os.urandom(32), os.urandom(32)
    key = external_key(kms, first)
    old = key["CurrentKeyMaterialId"]
    new = import_new(kms, key, second)
    kms.rotate_key_on_demand(KeyId=key["KeyId"])
    for gone, material in ((old, first), (new, second)):
        answer = kms.delete_imported_key_material(KeyId=key["KeyId"], KeyMaterialId=gone)
        assert answer["KeyMaterialId"] == gone
        assert state_of(kms, key) == "PendingImport"
        assert materials_of(kms, key)[gone][1] == "PENDING_IMPORT"
        again = import_material(
            kms, key["KeyId"], material, ImportType="EXISTING_KEY_MATERIAL", KeyMaterialId=gone
        )
        assert again["KeyMaterialId"] == gone
        assert state_of(kms, key) == "Enabled"
    kms.delete_imported_key_material(KeyId=key["KeyId"])
    assert materials_of(kms, key) == {old: ("NON_CURRENT", "IMPORTED"), new: ("CURRENT", "PENDING_IMPORT")}


def test_pending_material_is_not_needed(kms):
    key = external_key(kms, os.urandom(32))
    new = import_new(kms, key, os.urandom(32))
    kms.delete_imported_key_material(KeyId=key["KeyId"], KeyMaterialId=new)
    assert state_of(kms, key) == "Enabled"
    assert materials_of(kms, key) == {key["CurrentKeyMaterialId"]: ("CURRENT", "IMPORTED")}
    with refused("KMSInvalidStateException"):
        kms.rotate_key_on_demand(KeyId=key["KeyId"])


def test_one_pending_material_at_a_time(kms):
    key, material = external_key(kms, os.urandom(32)), os.urandom(32)
    pending = import_new(kms, key, material)
    with refused("KMSInvalidStateException") as refusal:
        import_new(kms, key, os.urandom(32))
    pattern = (
        rf"New key material \(id: [0-9a-f]{{64}}\) cannot be imported into KMS key {re.escape(key['Arn'])}, "
        rf"because another key material \(id: {pending}\) is pending rotation\."
    )
    assert re.fullmatch(pattern, refusal.refusal.message)
    with refused("IncorrectKeyMaterialException"):
        import_new(kms, key, material)  # associated already
    assert import_material(kms, key["KeyId"], material)["KeyMaterialId"] == pending


def test_import_types(kms):
    key, material = external_key(kms), os.urandom(32)
    with refused("IncorrectKeyMaterialException"):
        import_material(kms, key["KeyId"], material, ImportType="EXISTING_KEY_MATERIAL")
    with refused("ValidationException"):
        import_new(kms, key, material, KeyMaterialId="0" * 64)
    first = import_new(kms, key, material)
    with refused("IncorrectKeyMaterialException"):
        import_new(kms, key, material)
    with refused("IncorrectKeyMaterialException"):
        import_material(kms, key["KeyId"], material, KeyMaterialId="0" * 64)
    again = import_material(kms, key["KeyId"], material, ImportType="EXISTING_KEY_MATERIAL", KeyMaterialId=first)
    assert again["KeyMaterialId"] == first


@pytest.mark.parametrize("import_type", ["NEW_KEY_MATERIAL", "EXISTING_KEY_MATERIAL"])
def test_import_types_are_for_symmetric_keys(kms, wrapper, import_type):
    with refused("ValidationException"):
        kms.import_key_material(**wrapper("HMAC_256", os.urandom(32)), ImportType=import_type)


def test_no_automatic_rotation(kms, one):
    key = one[0]
    text = f"{key['Arn']} origin is EXTERNAL which is not valid for this operation."
    for call in (kms.enable_key_rotation, kms.disable_key_rotation):
        with refused("UnsupportedOperationException", text):
            call(KeyId=key["KeyId"])
    assert kms.get_key_rotation_status(KeyId=key["KeyId"])["KeyRotationEnabled"] is False


def test_imported_material_survives_a_restart(start, tmp_path):
    material = os.urandom(32)
    server = start(data_dir=tmp_path / "data")
    kms = kms_client(server)
    key, waiting = external_key(kms, material), external_key(kms)
    blob = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"kept")["CiphertextBlob"]
    request = wrapped_for(kms, waiting["KeyId"], material)
    assert server.stop() == 0
    kms = kms_client(start(data_dir=tmp_path / "data"))
    assert kms.decrypt(CiphertextBlob=blob)["Plaintext"] == b"kept"
    kms.import_key_material(**request, **NOT_EXPIRING)
    assert state_of(kms, waiting) == "Enabled"
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert any(path.parent.name == "audit" for path in files), "the audit trail is searched too"
    for file in files:
        content = file.read_bytes()
        for form in (material, base64.b64encode(material), material.hex().encode()):
            assert form not in content, file
