"""Whether an answer is what the model says: no member that it does not know, no value of another type or out of range.

boto3 overlooks members it does not know and hardly looks at values, other clients do not.
"""

import base64
import json
import math
import re

# What KMS answers although the model does not allow it: the name of a grant that has none, and the specs that are
# younger than the old name for them.
ALLOWED = {("GrantNameType", "")}
ALLOWED |= {
    ("CustomerMasterKeySpec", spec) for spec in ("ML_DSA_44", "ML_DSA_65", "ML_DSA_87", "ECC_NIST_EDWARDS25519")
}
LETTERS = re.compile("[A-Za-z0-9+/]*={0,2}")


def check_answer(operation_model, response_dict, **_):
    """A handler for botocore's `before-parse`: fails the test whose answer does not fit the model."""
    if response_dict["status_code"] == 200:
        check_output(operation_model, response_dict["body"])


def check_output(operation_model, body):
    shape = operation_model.output_shape
    if shape is None:
        assert body == b"", f"{operation_model.name} has no output, and answered {body[:200]}"
        return
    wrong = list(misfits(shape, json.loads(body), operation_model.name))
    assert not wrong, wrong


def misfits(shape, value, path):
    """What is wrong with a value, and where."""
    kind, limits = shape.type_name, shape.metadata
    if kind == "string" and (shape.name, value) in ALLOWED:
        return
    if not isinstance(value, TYPES[kind]) or isinstance(value, bool) is not (kind == "boolean"):
        yield f"{path}: {value!r} is no {kind}"
    elif kind == "structure":
        for name, inner in value.items():
            if name in shape.members:
                yield from misfits(shape.members[name], inner, f"{path}.{name}")
            else:
                yield f"{path}.{name}: not in the model"
        yield from (f"{path}.{name}: missing" for name in shape.required_members if name not in value)
    elif kind == "list":
        for number, inner in enumerate(value):
            yield from misfits(shape.member, inner, f"{path}[{number}]")
    elif kind == "map":
        for name, inner in value.items():
            yield from misfits(shape.value, inner, f"{path}[{name!r}]")
    elif kind == "blob":
        if LETTERS.fullmatch(value) and len(value) % 4 == 0:
            yield from beyond(limits, len(base64.b64decode(value)), path)
        else:
            yield f"{path}: {value[:40]!r} is no Base64"
    elif kind == "string":
        yield from beyond(limits, len(value), path)
        if shape.enum and value not in shape.enum:
            yield f"{path}: {value!r} is not of the enumeration"
        if "pattern" in limits and not re.fullmatch(limits["pattern"], value, re.ASCII):
            yield f"{path}: {value!r} does not match {limits['pattern']}"
    elif kind in ("integer", "long"):
        yield from beyond(limits, value, path)
    elif kind == "timestamp" and not (math.isfinite(value) and 1_000_000_000 < value < 10_000_000_000):
        yield f"{path}: {value!r} is no time in seconds"


def beyond(limits, size, path):
    if not limits.get("min", size) <= size <= limits.get("max", size):
        yield f"{path}: {size} is not within {limits}"


TYPES = {
    "structure": dict,
    "list": list,
    "map": dict,
    "blob": str,
    "string": str,
    "integer": int,
    "long": int,
    "boolean": bool,
    "timestamp": (int, float),
}
