"""The part of JSON Schema that schemas/ncanode uses. An unknown keyword is an error, so that nothing goes unchecked. Standard library only."""
import json
import pathlib
import re

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
KEYWORDS = {"$schema", "title", "description", "type", "properties", "required", "additionalProperties", "items", "enum", "pattern", "anyOf", "$ref"}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def complaints(value, schema, folder, at="$"):
    """What is wrong, one sentence each; empty: valid."""
    unknown = schema.keys() - KEYWORDS
    if unknown:
        raise ValueError(f"unknown keywords {unknown}")
    if "$ref" in schema:
        return complaints(value, json.loads((folder / schema["$ref"]).read_text(encoding="utf-8")), folder, at)
    if "anyOf" in schema:
        tries = [complaints(value, s, folder, at) for s in schema["anyOf"]]
        return [] if any(not t for t in tries) else min(tries, key=len)
    if "type" in schema and not is_type(value, schema["type"]):
        return [f"{at}: expected {schema['type']}, found {value!r}"]
    out = []
    if "enum" in schema and value not in schema["enum"]:
        out.append(f"{at}: {value!r} is not one of {schema['enum']}")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        out.append(f"{at}: {value!r} does not match {schema['pattern']}")
    if isinstance(value, list):
        for i, item in enumerate(value):
            out += complaints(item, schema.get("items", {}), folder, f"{at}[{i}]")
    if isinstance(value, dict):
        known = schema.get("properties", {})
        out += [f"{at}.{name}: missing" for name in schema.get("required", []) if name not in value]
        rest = schema.get("additionalProperties", {})
        for name, member in value.items():
            if name not in known and rest is False:
                out.append(f"{at}.{name}: not in the schema")
            elif name in known or isinstance(rest, dict):
                out += complaints(member, known.get(name, rest if isinstance(rest, dict) else {}), folder, f"{at}.{name}")
    return out


def check(value, path):
    """Complaints about a value by the schema in a file."""
    path = pathlib.Path(path)
    return complaints(value, json.loads(path.read_text(encoding="utf-8")), path.parent)
