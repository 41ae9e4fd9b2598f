"""The model's constraints: KMS's texts, word by word."""

import base64

import pytest

NULL = "Member must not be null"


def at(path, rule, value=None):
    """One violation. None leaves the value out, as KMS does for blobs and secrets."""
    shown = "Value" if value is None else f"Value {value}" if value == "null" else f"Value '{value}'"
    return f"{shown} at '{path}' failed to satisfy constraint: {rule}"


def least(count):
    return f"Member must have length greater than or equal to {count}"


def most(count):
    return f"Member must have length less than or equal to {count}"


def pattern(text):
    return f"Member must satisfy regular expression pattern: {text}"


def blob(count):
    return base64.b64encode(bytes(count)).decode()


KEY = "12345678-1234-1234-1234-123456789012"
LONG = "x" * 2049
PAIR_SPECS = "[RSA_2048, RSA_3072, RSA_4096, ECC_NIST_P256, ECC_NIST_P384, ECC_NIST_P521, ECC_SECG_P256K1, SM2, ECC_NIST_EDWARDS25519]"
CASES = {
    "required members": ("GenerateDataKeyPair", {}, [at("keyId", NULL, "null"), at("keyPairSpec", NULL, "null")]),
    "null is absent": (
        "GenerateDataKeyPair",
        {"KeyId": None, "KeyPairSpec": None},
        [at("keyId", NULL, "null"), at("keyPairSpec", NULL, "null")],
    ),
    "required, of another operation": ("DescribeKey", {}, [at("keyId", NULL, "null")]),
    "required blob": ("Encrypt", {"KeyId": KEY}, [at("plaintext", NULL, "null")]),
    "empty key id": ("DescribeKey", {"KeyId": ""}, [at("keyId", least(1), "")]),
    "long key id": ("DescribeKey", {"KeyId": LONG}, [at("keyId", most(2048), LONG)]),
    "long key id of characters beyond one byte": (
        "DescribeKey",
        {"KeyId": "ü" * 2049},
        [at("keyId", most(2048), "ü" * 2049)],
    ),
    "enumeration": (
        "GenerateDataKeyPair",
        {"KeyId": KEY, "KeyPairSpec": "DSA_1024"},
        [at("keyPairSpec", f"Member must satisfy enum value set: {PAIR_SPECS}", "DSA_1024")],
    ),
    "two at once": (
        "GenerateDataKeyPair",
        {"KeyId": "", "KeyPairSpec": "x"},
        [at("keyId", least(1), ""), at("keyPairSpec", f"Member must satisfy enum value set: {PAIR_SPECS}", "x")],
    ),
    "long plaintext": ("Encrypt", {"KeyId": KEY, "Plaintext": blob(4097)}, [at("plaintext", most(4096))]),
    "empty plaintext": ("Encrypt", {"KeyId": KEY, "Plaintext": ""}, [at("plaintext", least(1))]),
    "long ciphertext": ("Decrypt", {"CiphertextBlob": blob(6145)}, [at("ciphertextBlob", most(6144))]),
    "number": (
        "GenerateRandom",
        {"NumberOfBytes": 0},
        [at("numberOfBytes", "Member must have value greater than or equal to 1", 0)],
    ),
    "large number": (
        "GenerateRandom",
        {"NumberOfBytes": 2147483647},
        [at("numberOfBytes", "Member must have value less than or equal to 1024", 2147483647)],
    ),
    "alias pattern": (
        "CreateAlias",
        {"AliasName": "alias/ä", "TargetKeyId": KEY},
        [at("aliasName", pattern("^[a-zA-Z0-9:/_-]+$"), "alias/ä")],
    ),
    "alias length": (
        "CreateAlias",
        {"AliasName": "alias/" + "x" * 251, "TargetKeyId": KEY},
        [at("aliasName", most(256), "alias/" + "x" * 251)],
    ),
    "length and pattern of one member": (
        "CreateAlias",
        {"AliasName": "", "TargetKeyId": KEY},
        [at("aliasName", least(1), ""), at("aliasName", pattern("^[a-zA-Z0-9:/_-]+$"), "")],
    ),
    "member of a list": (
        "CreateKey",
        {"Tags": [{"TagKey": "", "TagValue": "v"}]},
        [at("tags.1.member.tagKey", least(1), "")],
    ),
    "members of a list": (
        "CreateKey",
        {"Tags": [{"TagKey": "a", "TagValue": "v"}, {"TagKey": "k" * 129, "TagValue": "v" * 257}]},
        [at("tags.2.member.tagKey", most(128), "k" * 129), at("tags.2.member.tagValue", most(256), "v" * 257)],
    ),
    "required member of a list's member": (
        "CreateKey",
        {"Tags": [{}]},
        [at("tags.1.member.tagKey", NULL, "null"), at("tags.1.member.tagValue", NULL, "null")],
    ),
    "description": (
        "UpdateKeyDescription",
        {"KeyId": KEY, "Description": "d" * 8193},
        [at("description", most(8192), "d" * 8193)],
    ),
    "grant token": (
        "Encrypt",
        {"KeyId": KEY, "Plaintext": blob(1), "GrantTokens": [""]},
        [at("grantTokens.1.member", least(1), "")],
    ),
    "empty policy": (
        "CreateKey",
        {"Policy": ""},
        [at("policy", least(1), ""), at("policy", pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+"), "")],
    ),
    "policy pattern": (
        "CreateKey",
        {"Policy": "☃"},
        [at("policy", pattern("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+"), "☃")],
    ),
}


@pytest.mark.parametrize(("operation", "body", "violations"), CASES.values(), ids=CASES)
def test_message(wire, operation, body, violations):
    answer = wire.post(operation, body)
    count = f"{len(violations)} validation error{'s' if len(violations) > 1 else ''} detected: "
    assert (answer.status, answer.code) == (400, "ValidationException"), answer
    assert answer.message == count + "; ".join(violations)


def test_too_many_grant_tokens(wire):
    answer = wire.post("Encrypt", {"KeyId": KEY, "Plaintext": blob(1), "GrantTokens": ["t"] * 11})
    assert answer.code == "ValidationException"
    assert answer.message.startswith("1 validation error detected: Value ")
    assert answer.message.endswith(f" at 'grantTokens' failed to satisfy constraint: {most(10)}")


def test_the_text_of_a_secret_member_is_not_repeated(wire):
    secret = base64.b64encode(b"do not repeat this" * 300).decode()
    answer = wire.post("Encrypt", {"KeyId": KEY, "Plaintext": secret})
    assert answer.code == "ValidationException"
    assert secret[:24] not in answer.body.decode()


# awsJson: a value of another type than the model's is no violation but a body that cannot be read.
MISTYPED = {
    "number for text": ("DescribeKey", b'{"KeyId": 5}'),
    "object for text": ("DescribeKey", b'{"KeyId": {}}'),
    "text for a number": ("GenerateRandom", b'{"NumberOfBytes": "5"}'),
    "fraction for a whole number": ("GenerateRandom", b'{"NumberOfBytes": 5.5}'),
    "beyond 32 bits": ("GenerateRandom", b'{"NumberOfBytes": 2147483648}'),
    "far beyond": ("GenerateRandom", b'{"NumberOfBytes": 1e400}'),
    "many digits": ("GenerateRandom", b'{"NumberOfBytes": ' + b"9" * 5000 + b"}"),
    "text for a boolean": ("Encrypt", b'{"KeyId": "x", "Plaintext": "eA==", "DryRun": "true"}'),
    "number for a boolean": ("Encrypt", b'{"KeyId": "x", "Plaintext": "eA==", "DryRun": 1}'),
    "text for a list": ("Encrypt", b'{"KeyId": "x", "Plaintext": "eA==", "GrantTokens": "x"}'),
    "list for a map": ("Encrypt", b'{"KeyId": "x", "Plaintext": "eA==", "EncryptionContext": []}'),
    "number in a map": ("Encrypt", b'{"KeyId": "x", "Plaintext": "eA==", "EncryptionContext": {"a": 1}}'),
    "base64 without padding": ("Encrypt", b'{"KeyId": "x", "Plaintext": "eA"}'),
    "base64 for URLs": ("Encrypt", b'{"KeyId": "x", "Plaintext": "-_-_"}'),
    "base64 with spaces": ("Encrypt", b'{"KeyId": "x", "Plaintext": "eA= ="}'),
    "base64 with bits left over": ("Encrypt", b'{"KeyId": "x", "Plaintext": "eB=="}'),
    "no base64": ("Encrypt", b'{"KeyId": "x", "Plaintext": "\\u2603"}'),
    "list for the input": ("DescribeKey", b"[]"),
    "text for the input": ("DescribeKey", b'"x"'),
    "null for the input": ("DescribeKey", b"null"),
}


@pytest.mark.parametrize(("operation", "body"), MISTYPED.values(), ids=MISTYPED)
def test_mistyped_values(wire, operation, body):
    answer = wire.post(operation, body)
    assert (answer.status, answer.code) == (400, "SerializationException"), answer
    assert answer.headers["x-amzn-RequestId"]


def test_what_json_allows_is_accepted(wire, key):
    assert wire.post("GenerateRandom", b' {"NumberOfBytes" : 5.0 , "Unknown": [1, {"x": null}] }\r\n').status == 200
    assert wire.post("GenerateRandom", b'{"NumberOfBytes": 5e0, "NumberOfBytes": 7}').status == 200
    assert wire.post("ListKeys", b"").status == 200
    assert wire.post("ListKeys", b"{}").status == 200
    escaped = "".join(f"\\u{ord(character):04x}" for character in key["KeyId"])
    assert (
        wire.post("DescribeKey", f'{{"\\u004beyId": "{escaped}"}}'.encode()).json["KeyMetadata"]["KeyId"]
        == key["KeyId"]
    )
