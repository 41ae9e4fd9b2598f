"""Values made from the model that botocore has: what satisfies its constraints, what breaks them, and KMS's words."""

import base64
import re

import botocore.session

MODEL = botocore.session.get_session().get_service_model("kms")


# What the model says of a value, in the words of KMS


def lower_camel(name):
    return name[0].lower() + name[1:]


def violations(shape, value, path="", is_sensitive=False):
    """The violations in a value, in the order of the model."""
    is_sensitive = is_sensitive or shape.metadata.get("sensitive", False)
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            inner = f"{path}.{lower_camel(name)}".lstrip(".")
            if value.get(name) is not None:
                yield from violations(member, value[name], inner)
            elif name in shape.required_members:
                yield f"Value null at '{inner}' failed to satisfy constraint: Member must not be null"
        return
    shown = shown_value(shape, value, is_sensitive)
    for rule in broken_rules(shape, value):
        yield f"{shown} at '{path}' failed to satisfy constraint: Member must {rule}"
    if shape.type_name == "list":
        for number, element in enumerate(value, 1):
            yield from violations(shape.member, element, f"{path}.{number}.member", is_sensitive)


def shown_value(shape, value, is_sensitive):
    if is_sensitive or shape.type_name in ("blob", "map"):
        return "Value"
    if shape.type_name == "list":
        return f"Value '[{', '.join(value)}]'" if shape.member.type_name == "string" else "Value"
    return f"Value '{value}'"


def broken_rules(shape, value):
    limits = shape.metadata
    if shape.type_name in ("integer", "long"):
        if value < limits.get("min", value):
            yield f"have value greater than or equal to {limits['min']}"
        if value > limits.get("max", value):
            yield f"have value less than or equal to {limits['max']}"
        return
    if shape.type_name in ("string", "blob", "list", "map"):
        if len(value) < limits.get("min", 0):
            yield f"have length greater than or equal to {limits['min']}"
        if len(value) > limits.get("max", len(value)):
            yield f"have length less than or equal to {limits['max']}"
    if shape.type_name == "string" and "pattern" in limits:
        if not re.fullmatch(limits["pattern"], value, re.ASCII):
            yield f"satisfy regular expression pattern: {limits['pattern']}"
    if shape.type_name == "string" and shape.enum and value not in shape.enum:
        yield f"satisfy enum value set: [{', '.join(shape.enum)}]"


def expected_message(shape, body):
    found = list(violations(shape, body))
    if not found:
        return None
    return f"{len(found)} validation error{'s' if len(found) > 1 else ''} detected: {'; '.join(found)}"


# Values at the limits


def padded(start, count, end=""):
    """Text of this length with this beginning and end; None when it would not fit."""
    return start + "a" * (count - len(start) - len(end)) + end if count >= len(start + end) else None


# How to write a text of a certain length that satisfies a pattern, where letters alone do not.
TEXTS = {
    "BackingKeyIdType": lambda count: "a" * count,
    "CloudHsmClusterIdType": lambda count: padded("cluster-", count),
    "RegionType": lambda count: f"a-b-{'1' * (count - 4)}" if count > 4 else None,
    "XksProxyAuthenticationAccessKeyIdType": lambda count: "A" * count,
    "XksProxyUriEndpointType": lambda count: padded("https://", count),
    "XksProxyUriPathType": lambda count: padded("/a", count, "/kms/xks/v1"),
    "XksProxyVpcEndpointServiceNameType": lambda count: padded("com.amazonaws.vpce.a-b-1.vpce-svc-a", count),
}


def text(shape, count):
    """A text of this length that satisfies the pattern; None if there is none."""
    made = TEXTS.get(shape.name, lambda count: "a" * count)(count)
    if made is None or not made and "pattern" in shape.metadata:
        return None
    return made


def valid(shape):
    """A value that satisfies every constraint."""
    match shape.type_name:
        case "structure":
            return {name: valid(shape.members[name]) for name in shape.required_members}
        case "list":
            return [valid(shape.member)]
        case "map":
            return {"a": "b"}
        case "string":
            if shape.enum:
                return shape.enum[0]
            least, most = shape.metadata.get("min", 1), shape.metadata.get("max", 64)
            return next(made for count in range(max(least, 1), most + 1) if (made := text(shape, count)))
        case "integer" | "long":
            return shape.metadata.get("min", 1)
        case "blob":
            return bytes(shape.metadata.get("min", 1))
        case "boolean":
            return False
        case "timestamp":
            return 2000000000
    raise AssertionError(shape.type_name)


def values(shape):
    """Values at the limits of a shape and just beyond, and those of what it is made of."""
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    edges = {edge for limit in (least, most) if limit is not None for edge in (limit - 1, limit, limit + 1)}
    match shape.type_name:
        case "structure":
            for name in shape.required_members:
                whole = valid(shape)
                yield {member: value for member, value in whole.items() if member != name}
                yield {**whole, name: None}
            for name, member in shape.members.items():
                yield from ({**valid(shape), name: value} for value in values(member))
        case "list":
            yield from ([value] for value in values(shape.member))
            yield from ([valid(shape.member), value] for value in values(shape.member))
            yield from ([valid(shape.member)] * count for count in sorted(edges) if count >= 0)
        case "string" if shape.enum:
            yield from shape.enum
            yield from ("", shape.enum[0].lower(), f"{shape.enum[0]} ", "NOTHING_OF_THE_SORT")
        case "string":
            yield from (made for count in sorted(edges) if count >= 0 and (made := text(shape, count)) is not None)
            if "pattern" in shape.metadata:
                yield valid(shape)[:-1] + "☃"
                yield valid(shape) + "\n"
                yield ""
            elif most:
                # Characters count, not bytes.
                yield from ("ü" * most, "\U0001f511" * (most + 1))
        case "blob":
            yield from (bytes(count) for count in sorted(edges) if count >= 0)
        case "integer" | "long":
            yield from sorted(edges)
        case _:
            yield valid(shape)


def encoded(value):
    """A value as the wire has it."""
    match value:
        case dict():
            return {name: encoded(inner) for name, inner in value.items()}
        case list():
            return [encoded(inner) for inner in value]
        case bytes():
            return base64.b64encode(value).decode()
    return value
