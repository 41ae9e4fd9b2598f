"""GenerateMac and VerifyMac: every HMAC spec."""

import hashlib
import hmac
import os

import pytest

from clients import refused
from key_material import external_key

SIZES = {"HMAC_224": 28, "HMAC_256": 32, "HMAC_384": 48, "HMAC_512": 64}
MESSAGE = b"authenticated by a KMS key"

every_spec = pytest.mark.parametrize("spec", SIZES)


def algorithm_of(spec):
    return spec.replace("HMAC_", "HMAC_SHA_")


def hmac_of(secret, message, spec):
    return hmac.digest(secret, message, spec.replace("HMAC_", "sha"))


@pytest.fixture(scope="module")
def macs(keys_of):
    """A key of each spec."""
    return {spec: keys_of(spec, "GENERATE_VERIFY_MAC") for spec in SIZES}


@pytest.fixture(scope="module")
def imported(kms):
    """Secrets of the tests' own, each with the id of the KMS key that has it."""
    secrets = {spec: os.urandom(size) for spec, size in SIZES.items()}
    made = {}
    for spec, secret in secrets.items():
        made[spec] = secret, external_key(kms, secret, KeySpec=spec, KeyUsage="GENERATE_VERIFY_MAC")["KeyId"]
    return made


@every_spec
def test_what_was_generated_verifies(kms, macs, spec):
    key, request = macs[spec], {"Message": MESSAGE, "MacAlgorithm": algorithm_of(spec)}
    answer = kms.generate_mac(KeyId=key.id, **request)
    assert set(answer) - {"ResponseMetadata"} == {"Mac", "MacAlgorithm", "KeyId"}
    assert (answer["KeyId"], answer["MacAlgorithm"]) == (key.arn, algorithm_of(spec))
    assert len(answer["Mac"]) == SIZES[spec]
    assert kms.generate_mac(KeyId=key.arn, **request)["Mac"] == answer["Mac"]
    verified = kms.verify_mac(KeyId=key.id, Mac=answer["Mac"], **request)
    assert set(verified) - {"ResponseMetadata"} == {"MacValid", "MacAlgorithm", "KeyId"}
    assert (verified["KeyId"], verified["MacValid"], verified["MacAlgorithm"]) == (key.arn, True, algorithm_of(spec))


@every_spec
@pytest.mark.parametrize("size", [1, 127, 128, 129, 4096])
def test_macs_are_those_of_python(kms, imported, spec, size):
    secret, key = imported[spec]
    message, algorithm = bytes(index % 251 for index in range(size)), algorithm_of(spec)
    mac = hmac_of(secret, message, spec)
    assert kms.generate_mac(KeyId=key, Message=message, MacAlgorithm=algorithm)["Mac"] == mac
    assert kms.verify_mac(KeyId=key, Message=message, MacAlgorithm=algorithm, Mac=mac)["MacValid"] is True


@every_spec
def test_wrong_macs(kms, macs, spec):
    request = {"KeyId": macs[spec].id, "MacAlgorithm": algorithm_of(spec)}
    mac = kms.generate_mac(Message=MESSAGE, **request)["Mac"]
    wrong = [mac[:-1], mac + b"\0", mac[::-1], bytes(len(mac)), bytes([mac[0] ^ 1]) + mac[1:], b"x"]
    wrong += [mac[:-1] + bytes([mac[-1] ^ 0x80]), mac[: len(mac) // 2], os.urandom(6144)]
    for other in wrong:
        with refused("KMSInvalidMacException", ""):
            kms.verify_mac(Message=MESSAGE, Mac=other, **request)
    with refused("KMSInvalidMacException", ""):
        kms.verify_mac(Message=MESSAGE + b"!", Mac=mac, **request)


def test_mac_of_another_key(kms, macs, keys_of):
    request = {"Message": MESSAGE, "MacAlgorithm": "HMAC_SHA_256"}
    stranger = keys_of("HMAC_256", "GENERATE_VERIFY_MAC", number=1)
    mac = kms.generate_mac(KeyId=stranger.id, **request)["Mac"]
    with refused("KMSInvalidMacException", ""):
        kms.verify_mac(KeyId=macs["HMAC_256"].id, Mac=mac, **request)


def test_an_invalid_mac_is_answered_without_a_text(wire, macs):
    body = {"KeyId": macs["HMAC_256"].id, "Message": MESSAGE, "Mac": b"x", "MacAlgorithm": "HMAC_SHA_256"}
    answer = wire.post("VerifyMac", body)
    assert (answer.status, answer.json) == (400, {"__type": "KMSInvalidMacException"})


@pytest.mark.parametrize("operation", ["generate_mac", "verify_mac"])
@every_spec
def test_algorithms_of_other_specs(kms, macs, operation, spec):
    more = {"Mac": b"x"} if operation == "verify_mac" else {}
    for other in SIZES:
        if other == spec:
            continue
        text = f"Algorithm {algorithm_of(other)} is incompatible with key spec {spec}."
        with refused("InvalidKeyUsageException", text):
            getattr(kms, operation)(
                KeyId=macs[spec].id, Message=MESSAGE, MacAlgorithm=algorithm_of(other), **more
            )


@pytest.mark.parametrize("name", ["symmetric", "signing", "rsa"])
@pytest.mark.parametrize(("operation", "shown"), [("generate_mac", "GenerateMac"), ("verify_mac", "VerifyMac")])
def test_keys_for_other_uses(kms, keys, operation, shown, name):
    more = {"Mac": b"x"} if operation == "verify_mac" else {}
    key = keys[name]
    text = f"{key['Arn']} key usage is {key['KeyUsage']} which is not valid for {shown}."
    with refused("InvalidKeyUsageException", text):
        getattr(kms, operation)(KeyId=key["KeyId"], Message=MESSAGE, MacAlgorithm="HMAC_SHA_256", **more)


@pytest.mark.parametrize(
    ("member", "size", "rule"),
    [
        ("Message", 0, "greater than or equal to 1"),
        ("Message", 4097, "less than or equal to 4096"),
        ("Mac", 0, "greater than or equal to 1"),
        ("Mac", 6145, "less than or equal to 6144"),
    ],
)
def test_sizes_outside_the_limits(unchecked, macs, member, size, rule):
    request = {"Message": MESSAGE, "Mac": b"x", member: bytes(size)}
    name = member.lower()
    with refused(
        "ValidationException",
        f"1 validation error detected: Value at '{name}' failed to satisfy constraint: Member must have length {rule}",
    ):
        unchecked.verify_mac(KeyId=macs["HMAC_256"].id, MacAlgorithm="HMAC_SHA_256", **request)


def test_hash_of_the_empty_key_is_nowhere(kms, macs):
    """A key without material would give away itself by this MAC."""
    mac = kms.generate_mac(KeyId=macs["HMAC_256"].id, Message=MESSAGE, MacAlgorithm="HMAC_SHA_256")["Mac"]
    assert mac not in (hmac.digest(b"", MESSAGE, "sha256"), hmac.digest(bytes(32), MESSAGE, "sha256"))
    assert mac != hashlib.sha256(MESSAGE).digest()


def test_dry_run(kms, macs):
    request = {"KeyId": macs["HMAC_384"].id, "Message": MESSAGE, "MacAlgorithm": "HMAC_SHA_384"}
    mac = kms.generate_mac(**request)["Mac"]
    with refused("DryRunOperationException"):
        kms.generate_mac(DryRun=True, **request)
    with refused("DryRunOperationException"):
        kms.verify_mac(DryRun=True, Mac=mac, **request)
    with refused("KMSInvalidMacException", ""):
        kms.verify_mac(DryRun=True, Mac=mac[::-1], **request)
