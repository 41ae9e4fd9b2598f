"""No altered ciphertext opens, whichever byte was altered and however."""

import base64
import collections

import pytest

CONTEXT = {"tenant": "blue"}

# What the facts allow for a blob that was altered: never an output, never an internal failure.
ALLOWED = {"InvalidCiphertextException", "IncorrectKeyException", "AccessDeniedException"}


@pytest.fixture(scope="module")
def blob(kms, key):
    return kms.encrypt(KeyId=key["KeyId"], Plaintext=b"an altered byte must not pass", EncryptionContext=CONTEXT)[
        "CiphertextBlob"
    ]


def refusal(wire, blob, **named):
    answer = wire.post(
        "Decrypt", {"CiphertextBlob": base64.b64encode(blob).decode(), "EncryptionContext": CONTEXT, **named}
    )
    assert answer.status == 400, (answer, blob.hex())
    assert answer.code in ALLOWED, (answer, blob.hex())
    return answer.code


def test_the_unaltered_blob_opens(wire, blob):
    answer = wire.post("Decrypt", {"CiphertextBlob": base64.b64encode(blob).decode(), "EncryptionContext": CONTEXT})
    assert answer.status == 200, answer


@pytest.mark.parametrize("mask", [0x01, 0x80, 0xFF], ids=hex)
@pytest.mark.parametrize("named", [True, False], ids=["with key", "without key"])
def test_every_byte(wire, key, blob, mask, named):
    arguments = {"KeyId": key["KeyId"]} if named else {}
    codes = collections.Counter()
    for index in range(len(blob)):
        altered = bytearray(blob)
        altered[index] ^= mask
        codes[refusal(wire, bytes(altered), **arguments)] += 1
    # Nonce, ciphertext and tag lie behind the header that names the key: altering them is an invalid ciphertext.
    assert codes["InvalidCiphertextException"] >= 12 + 29 + 16


def test_every_truncation_and_some_extensions(wire, blob):
    for length in range(1, len(blob)):
        refusal(wire, blob[:length])
    for length in range(1, len(blob)):
        refusal(wire, blob[length:])
    for extra in (b"\0", b"\xff", blob, bytes(100)):
        refusal(wire, blob + extra)
        refusal(wire, extra + blob)


def test_parts_of_two_blobs_do_not_mix(wire, kms, key, blob):
    other = kms.encrypt(KeyId=key["KeyId"], Plaintext=b"an altered byte must not pass", EncryptionContext=CONTEXT)[
        "CiphertextBlob"
    ]
    assert len(other) == len(blob)
    cuts = [cut for cut in range(1, len(blob)) if blob[:cut] != other[:cut] and blob[cut:] != other[cut:]]
    assert cuts
    for cut in cuts:
        refusal(wire, blob[:cut] + other[cut:])


def test_swapped_key_ids(wire, keys):
    """A blob of one key, made to name another key of the same account."""
    mine, other = keys["symmetric"], keys["other"]
    blob = base64.b64decode(
        wire.call("Encrypt", KeyId=mine["KeyId"], Plaintext=base64.b64encode(b"x").decode())["CiphertextBlob"]
    )
    as_text = (mine["KeyId"].encode(), other["KeyId"].encode())
    as_bytes = tuple(bytes.fromhex(key["KeyId"].replace("-", "")) for key in (mine, other))
    found = [pair for pair in (as_text, as_bytes) if pair[0] in blob]
    assert found, "the blob does not name its key in a form this test knows"
    for mine_name, other_name in found:
        assert refusal(wire, blob.replace(mine_name, other_name)) == "InvalidCiphertextException"
