#!/usr/bin/env python3
# Makes Model/kms.json, the KMS API as a Smithy 2.0 JSON AST, and Model/partitions.json, which says what Regions there
# are and how their host names end, from the descriptions that botocore ships (Apache-2.0).
#
# Facts only: documentation is left out. The same botocore always gives the same bytes.
# Usage: scripts/make-kms-model.py [--output Model/kms.json] [--partitions Model/partitions.json] [--check]
"""Convert botocore's descriptions of AWS KMS and of AWS's partitions into Model/."""

import argparse
import gzip
import json
import re
import sys
from pathlib import Path

import botocore

NAMESPACE = "com.amazonaws.kms"
SERVICE = "TrentService"
API_VERSION = "2014-11-01"

# botocore's names of scalar types, and Smithy's.
SIMPLE_TYPES = {
    "blob": "blob",
    "boolean": "boolean",
    "double": "double",
    "float": "float",
    "integer": "integer",
    "long": "long",
    "string": "string",
    "timestamp": "timestamp",
}


def shape_id(name):
    return f"{NAMESPACE}#{name}"


def target(name):
    return {"target": shape_id(name)}


def with_traits(shape, traits):
    """Adds `traits` to `shape`, in name order, unless there are none."""
    if traits:
        shape["traits"] = dict(sorted(traits.items()))
    return shape


def load(name, folder=f"kms/{API_VERSION}"):
    """Reads one of botocore's files, of those about KMS unless `folder` says otherwise, compressed or not."""
    path = Path(botocore.__file__).parent / "data" / folder
    packed = path / f"{name}.json.gz"
    text = gzip.decompress(packed.read_bytes()) if packed.exists() else (path / f"{name}.json").read_bytes()
    return json.loads(text)


def deprecation(description):
    """The deprecated trait, without AWS's sentence about it."""
    return {"smithy.api#deprecated": {}} if description.get("deprecated") else {}


def constraints(description):
    """Length or range, pattern and sensitivity of a botocore shape."""
    traits = deprecation(description)
    limits = {bound: description[bound] for bound in ("min", "max") if bound in description}
    if limits:
        numeric = description["type"] in ("integer", "long", "float", "double")
        traits["smithy.api#range" if numeric else "smithy.api#length"] = limits
    if "pattern" in description:
        traits["smithy.api#pattern"] = description["pattern"]
    if description.get("sensitive"):
        traits["smithy.api#sensitive"] = {}
    return traits


def enum_member_name(value):
    """A Smithy identifier for an enum value: the value itself whenever it is one."""
    name = re.sub(r"[^A-Za-z0-9_]", "_", value)
    return name if re.match(r"[A-Za-z_]", name) else f"_{name}"


def convert_enum(description):
    members = {
        enum_member_name(value): {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": value}}
        for value in description["enum"]
    }
    return with_traits({"type": "enum", "members": members}, constraints(description))


def convert_structure(description):
    required = set(description.get("required", []))
    members = {}
    for name, member in description["members"].items():
        traits = deprecation(member)
        if name in required:
            traits["smithy.api#required"] = {}
        members[name] = with_traits(target(member["shape"]), traits)
    traits = deprecation(description)
    if description.get("exception"):
        fault = bool(description.get("fault"))
        traits["smithy.api#error"] = "server" if fault else "client"
        if fault:
            traits["smithy.api#httpError"] = 500
    return with_traits({"type": "structure", "members": members}, traits)


def convert_shape(name, description):
    kind = description["type"]
    if "enum" in description:
        return convert_enum(description)
    if kind == "structure":
        if description.get("union"):
            sys.exit(f"make-kms-model: {name} is a union, which this script does not convert yet")
        return convert_structure(description)
    if kind == "list":
        return with_traits({"type": "list", "member": target(description["member"]["shape"])}, constraints(description))
    if kind == "map":
        shape = {"type": "map", "key": target(description["key"]["shape"]), "value": target(description["value"]["shape"])}
        return with_traits(shape, constraints(description))
    if kind in SIMPLE_TYPES:
        return with_traits({"type": SIMPLE_TYPES[kind]}, constraints(description))
    sys.exit(f"make-kms-model: {name} has the unknown type {kind}")


def convert_operation(description, pages):
    shape = {"type": "operation"}
    for direction in ("input", "output"):
        shape[direction] = target(description[direction]["shape"]) if direction in description else {"target": "smithy.api#Unit"}
    if description.get("errors"):
        shape["errors"] = [target(error["shape"]) for error in description["errors"]]
    traits = deprecation(description)
    if description.get("idempotent"):
        traits["smithy.api#idempotent"] = {}
    if pages:
        traits["smithy.api#paginated"] = {
            "inputToken": pages["input_token"],
            "outputToken": pages["output_token"],
            "items": pages["result_key"],
            "pageSize": pages["limit_key"],
        }
    return with_traits(shape, traits)


def without_documentation(value):
    """Rules and parameters without the sentences about them."""
    if isinstance(value, dict):
        return {key: without_documentation(member) for key, member in value.items() if key != "documentation"}
    if isinstance(value, list):
        return [without_documentation(element) for element in value]
    return value


def convert_partition(description):
    """A partition with the names of its Regions; nothing else is known of a Region that endpoints depend on."""
    for region, facts in description["regions"].items():
        if set(facts) - {"description"}:
            sys.exit(f"make-kms-model: the Region {region} has facts of its own, which nothing here reads yet")
    return {
        "id": description["id"],
        "outputs": description["outputs"],
        "regionRegex": description["regionRegex"],
        "regions": {region: {} for region in description["regions"]},
    }


def convert_partitions(description):
    return {
        "version": description["version"],
        "partitions": [convert_partition(partition) for partition in description["partitions"]],
    }


def convert(model, paginators, endpoint_rules):
    metadata = model["metadata"]
    if metadata["protocol"] != "json" or metadata["jsonVersion"] != "1.1" or metadata["targetPrefix"] != SERVICE:
        sys.exit("make-kms-model: botocore no longer describes KMS as awsJson1_1 under TrentService")
    signing_name = metadata.get("signingName", metadata["endpointPrefix"])
    shapes = {
        shape_id(SERVICE): {
            "type": "service",
            "version": metadata["apiVersion"],
            "operations": [target(name) for name in sorted(model["operations"])],
            "traits": {
                "aws.api#service": {
                    "sdkId": metadata["serviceId"],
                    "arnNamespace": signing_name,
                    "endpointPrefix": metadata["endpointPrefix"],
                },
                "aws.auth#sigv4": {"name": signing_name},
                "aws.protocols#awsJson1_1": {},
                "smithy.rules#endpointRuleSet": without_documentation(endpoint_rules),
            },
        }
    }
    for name in sorted(model["operations"]):
        shapes[shape_id(name)] = convert_operation(model["operations"][name], paginators.get(name))
    for name in sorted(model["shapes"]):
        if shape_id(name) in shapes:
            sys.exit(f"make-kms-model: {name} is both an operation and a shape")
        shapes[shape_id(name)] = convert_shape(name, model["shapes"][name])
    return {"smithy": "2.0", "shapes": shapes}


def main():
    root = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=root / "Model" / "kms.json", help="the model to write")
    parser.add_argument(
        "--partitions", type=Path, default=root / "Model" / "partitions.json", help="the partitions to write"
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file differs")
    arguments = parser.parse_args()

    model = convert(load("service-2"), load("paginators-1")["pagination"], load("endpoint-rule-set-1"))
    partitions = convert_partitions(load("partitions", folder="."))
    for path, content in ((arguments.output, model), (arguments.partitions, partitions)):
        text = json.dumps(content, indent=2, ensure_ascii=True) + "\n"
        if not arguments.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            sys.exit(f"make-kms-model: {path} differs from botocore {botocore.__version__}'s description")


if __name__ == "__main__":
    main()
