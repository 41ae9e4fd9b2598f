"""Every constraint of every operation's input, at its limits and just beyond, by the model that botocore has.

`test_constraints.py` has the texts spelled out; here they follow from the model.
"""

import random

import pytest

from model_values import MODEL, broken_rules, encoded, expected_message, values, violations
from wire import Wire

OPERATIONS = sorted(MODEL.operation_names)

# Listings whose pages are shorter than the model says.
SHORTER_PAGES = {"ListAliases": 100, "ListGrants": 100, "ListRetirableGrants": 100, "ListResourceTags": 50}


def bodies(operation):
    """Inputs of an operation, each with one member at a limit or beyond it."""
    return values(MODEL.operation_model(operation).input_shape)


@pytest.fixture(scope="module")
def stranger(dev):
    """A connection in an account of its own: inputs within the limits are carried out."""
    with Wire(dev, account="400000000001") as connection:
        yield connection


def check(stranger, operation, body):
    shape = MODEL.operation_model(operation).input_shape
    message = expected_message(shape, body)
    answer = stranger.post(operation, encoded(body))
    if message is not None:
        assert (answer.status, answer.code) == (400, "ValidationException"), (body, answer)
        assert answer.message == message
        return
    assert answer.status < 500, (body, answer)
    if answer.status == 200 or "validation error" not in (answer.message or ""):
        return
    # The service's own rules, in the words of the model.
    limit = body.get("Limit", 0)
    if limit > SHORTER_PAGES.get(operation, limit):
        allowed = f"Value '{limit}' at 'limit'", str(SHORTER_PAGES[operation])
    elif "Recipient" in body and not (operation == "Decrypt" and "CiphertextBlob" not in body):
        missing = "keyEncryptionAlgorithm" if "AttestationDocument" in body["Recipient"] else "attestationDocument"
        allowed = f"Value null at 'recipient.{missing}'", "null"
    else:
        allowed = "Value null at 'ciphertextBlob'", "null"
    assert answer.message.startswith(f"1 validation error detected: {allowed[0]} failed"), (body, answer)
    assert answer.message.endswith(f" {allowed[1]}"), (body, answer)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_one_member_at_a_time(stranger, operation):
    if MODEL.operation_model(operation).input_shape is None:
        return
    for body in bodies(operation):
        check(stranger, operation, body)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_several_at_once(stranger, operation):
    """Every violation is named, in the order of the model, whatever the order of the input."""
    shape = MODEL.operation_model(operation).input_shape
    source = random.Random(operation)
    wrong = {}
    for name, member in shape.members.items():
        broken = [value for value in values(member) if any(violations(member, value))]
        # Long values would make for long answers.
        wrong[name] = [value for value in broken if len(str(value)) < 3000]
    candidates = [name for name, broken in wrong.items() if broken]
    for _ in range(10 if len(candidates) > 1 else 0):
        chosen = source.sample(candidates, source.randint(2, len(candidates)))
        body = {name: source.choice(wrong[name]) for name in chosen}
        check(stranger, operation, body)


def test_every_constraint_of_the_model_is_broken_by_some_body():
    """The bodies above are made by rule: this tells that the rules miss nothing."""

    def declared(shape, path=()):
        if shape.name in path:
            return
        if shape.type_name == "structure":
            yield from ((shape.name, f"required {name}") for name in shape.required_members)
            for member in shape.members.values():
                yield from declared(member, (*path, shape.name))
        elif shape.type_name == "list":
            yield from declared(shape.member, path)
        if shape.metadata.get("min", 0) > 0 or shape.type_name in ("integer", "long") and "min" in shape.metadata:
            yield shape.name, "min"
        if "max" in shape.metadata:
            yield shape.name, "max"
        if "pattern" in shape.metadata:
            yield shape.name, "pattern"
        if shape.type_name == "string" and shape.enum:
            yield shape.name, "enum"

    def broken(shape, value):
        if shape.type_name == "structure":
            for name, member in shape.members.items():
                if value.get(name) is not None:
                    yield from broken(member, value[name])
                elif name in shape.required_members:
                    yield shape.name, f"required {name}"
            return
        if shape.type_name == "list":
            for element in value:
                yield from broken(shape.member, element)
        words = {"greater": "min", "less": "max", "expression": "pattern", "enum": "enum"}
        for rule in broken_rules(shape, value):
            yield shape.name, next(name for word, name in words.items() if word in rule)

    shapes = [MODEL.operation_model(operation).input_shape for operation in OPERATIONS]
    wanted = {constraint for shape in shapes for constraint in declared(shape)}
    found = {
        constraint
        for operation, shape in zip(OPERATIONS, shapes, strict=True)
        for body in bodies(operation)
        for constraint in broken(shape, body)
    }
    assert len(wanted) > 150
    assert wanted - found == set()


def test_at_most_a_hundred_violations_are_named(stranger):
    """A small body does not make for a very large answer."""
    answer = stranger.post("TagResource", {"KeyId": "k", "Tags": [{}] * 500})
    assert answer.code == "ValidationException"
    assert answer.message.startswith("100 validation errors detected: ")
    assert answer.message.count("Member must not be null") == 100
