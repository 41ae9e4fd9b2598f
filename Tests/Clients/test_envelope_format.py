"""The envelope format's document and its reference implementation: the Swift tests hold the client to the same vector."""

import pathlib
import re

import pytest

import envelope_reference

DOCUMENT = pathlib.Path(__file__).parents[2] / "docs" / "envelope-format.md"
DATA_KEY = bytes(range(32))
CONTEXT = {"tenant": "blue", "purpose": "test vector"}
PLAINTEXT = b"The quick brown fox jumps over the lazy dog"


@pytest.fixture(scope="module")
def vector():
    """The message in the document's only block of hex digits."""
    (block,) = re.findall(r"```text\n([0-9a-f\n]+)```", DOCUMENT.read_text(encoding="utf-8"))
    return bytes.fromhex(block)


def test_vector_is_what_the_reference_seals(vector):
    sealed = envelope_reference.seal_message(
        PLAINTEXT,
        DATA_KEY,
        CONTEXT,
        salt=bytes(range(32, 64)),
        key_arn="arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        wrapped_key=b"wrapped data key",
        chunk_size=16,
    )
    assert sealed == vector


def test_vector_opens(vector):
    assert envelope_reference.open_message(vector, DATA_KEY, CONTEXT) == PLAINTEXT


@pytest.mark.parametrize("index", [6, 9, 10, 60, 136, 137, 169, -1])
def test_changes_are_found(vector, index):
    changed = bytearray(vector)
    changed[index] ^= 1
    with pytest.raises((envelope_reference.NotAuthentic, ValueError)):
        envelope_reference.open_message(bytes(changed), DATA_KEY, CONTEXT)


def test_every_truncation_is_found(vector):
    for length in range(len(vector)):
        with pytest.raises((envelope_reference.NotAuthentic, ValueError)):
            envelope_reference.open_message(vector[:length], DATA_KEY, CONTEXT)


def test_another_context_is_found(vector):
    with pytest.raises(envelope_reference.NotAuthentic):
        envelope_reference.open_message(vector, DATA_KEY, {"tenant": "blue"})
