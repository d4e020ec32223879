#!/usr/bin/env python3
"""Counts what an API description states, with other parsers than the product's, so that the two can be compared.

    echo '{"folder": DIR, "files": [PATH, …]}' | python3 bench/count-documents.py

prints one JSON line for each file that is an API description: {"path", "kind", "version", …counts} or {"path", "kind",
"error", "line"}. Files that describe no API are left out. Needs PyYAML and, for GraphQL, graphql-core.

What is counted. "Mapping" is a JSON object or YAML mapping; keys are compared as they are written (`200` and `on` are
strings); `<<` merges; of a repeated key the last counts, and its line (in JSON its name) is listed in `duplicateKeys`.

property paths of a schema, walk(schema, prefix):
    - a schema that is no mapping has none;
    - each entry of `properties` whose value is a mapping or a boolean adds the path prefix + "." + its name (at the top
      the name alone), and is walked with that path as prefix;
    - `items` and `prefixItems` (one schema, or each of a list), `additionalProperties`, and each member of `allOf`,
      `oneOf` and `anyOf` are walked with the same prefix: neither arrays nor maps nor compositions add a segment;
    - a `$ref` is never followed, and what stands beside it is read as if it were not there;
    - nothing else is entered: not `not`, `if`/`then`/`else`, `patternProperties`, `$defs`, `dependentSchemas`, …
    The result is a set, so a path that occurs twice counts once.

openapi (`swagger: 2…`, `openapi: 3…`)
    operations   distinct pairs of an entry of `paths` (keys that begin with `x-` aside) and one of the eight methods get,
                 put, post, delete, options, head, patch, trace, whose value is a mapping. The `$ref` of a path item is
                 followed, in the file or to another file of the folder, and joined with what stands beside it; one that
                 leads nowhere, to the network or in a circle adds nothing. Callbacks are not counted.
    webhooks     the same of `webhooks`
    schemas      entries of `components.schemas` or `definitions` whose value is a mapping or a boolean
    properties   the sum over these schemas of their property paths

asyncapi (2 and 3; 1 is an error: it has topics where the others have channels)
    channels     distinct addresses of the entries of `channels` (keys that begin with `x-` aside) whose value is a mapping.
                 2: the key. 3: the `address`, or the key where there is none: seven channels of one socket are one
    operations   2: `publish` and `subscribe` of the channels; 3: entries of `operations`
    messages     distinct pairs of address and message name. 3: the keys of the channel's `messages`. 2: `message` of
                 `publish` and `subscribe`, or each member of its `oneOf`; the name is the last segment of its `$ref`, else its
                 `messageId`, else its `name`; one without any is a message of its own at each place where it is written.
                 The `$ref`s of channels, operations and messages are followed.
    schemas      as for openapi
    properties   the sum over the messages of the property paths of their payload; a `$ref` that *is* the message or the
                 payload is followed, no other. The schema of a payload {schemaFormat, schema} is its payload. Payloads whose
                 format is neither AsyncAPI, OpenAPI nor JSON Schema have none.
    inlineProperties    the same without following the `$ref` of a payload
    schemaProperties    the sum over the named schemas, as for openapi

graphql (one file is one document)
    types         names of scalars, objects, interfaces, unions, enums and inputs that are defined
    extensions    `extend` definitions, those of the schema among them
    fields        fields of objects, interfaces and inputs, where they are defined or extended
    enumValues, directives (definitions), operations, fragments

json-schema (a `$schema` of json-schema.org)
    schemas       entries of `definitions` and `$defs` at the top whose value is a mapping or a boolean
    properties    property paths of the document itself and of each of these

proto
    messages, enums, services at any depth (map entries aside), fields of messages (those of a oneof among them, extensions
    aside), enumValues, rpcs
"""

import json
import os
import re
import sys
from urllib.parse import unquote

import yaml

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Unreadable(Exception):
    def __init__(self, message, line=None):
        super().__init__(message)
        self.line = line


# Reading ---------------------------------------------------------------------------------------------------------------


class ReanchoringLoader(yaml.SafeLoader):
    """Slow, but an anchor may be set again, as YAML 1.2 says and libyaml does not."""

    def compose_node(self, parent, index):
        event = self.peek_event()
        if not isinstance(event, yaml.AliasEvent):
            self.anchors.pop(getattr(event, "anchor", None), None)
        return super().compose_node(parent, index)


def compose(text):
    try:
        return list(yaml.compose_all(text, Loader=getattr(yaml, "CSafeLoader", ReanchoringLoader)))
    except yaml.composer.ComposerError as error:
        if error.problem != "second occurrence":
            raise
        return list(yaml.compose_all(text, Loader=ReanchoringLoader))


def read_yaml(text):
    """The text as dicts, lists, strings, booleans and None; numbers stay strings, since nothing here counts with them."""
    duplicates = []
    done = {}

    def scalar(node):
        if not node.style and node.value in ("true", "True", "TRUE", "false", "False", "FALSE"):
            return node.value.lower() == "true"
        if not node.style and node.value in ("", "~", "null", "Null", "NULL"):
            return None
        return node.value

    def mapping(node, out):
        own, merged = {}, {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise Unreadable("a key that is no scalar", key.start_mark.line + 1)
            if key.value == "<<" and not key.style:
                for source in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                    read = convert(source)
                    for name in read if isinstance(read, dict) else ():
                        merged.setdefault(name, read[name])
                continue
            if key.value in own:
                duplicates.append(key.start_mark.line + 1)
            own[key.value] = convert(value)
        out.update(merged)
        out.update(own)

    def convert(node):
        if isinstance(node, yaml.ScalarNode):
            return scalar(node)
        if id(node) not in done:  # before its members, for an alias may be inside of what it names
            done[id(node)] = {} if isinstance(node, yaml.MappingNode) else []
            if isinstance(node, yaml.MappingNode):
                mapping(node, done[id(node)])
            else:
                done[id(node)].extend(convert(member) for member in node.value)
        return done[id(node)]

    try:
        nodes = compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(str(error.problem), mark.line + 1 if mark else None) from error
    except yaml.YAMLError as error:
        raise Unreadable(str(error).split("\n")[0]) from error
    if len(nodes) > 1:
        raise Unreadable("more than one document", nodes[1].start_mark.line + 1)
    return (convert(nodes[0]) if nodes and nodes[0] else None), duplicates


def read_json(text):
    duplicates = []

    def pairs(entries):
        read = dict(entries)
        if len(read) < len(entries):
            seen = set()
            duplicates.extend(name for name, _ in entries if name in seen or seen.add(name))
        return read

    try:
        return json.loads(text, object_pairs_hook=pairs), duplicates
    except json.JSONDecodeError as error:
        raise Unreadable(error.msg, error.lineno) from error


class Folder:
    """Files below one folder, each read once."""

    def __init__(self, root):
        self.root = os.path.realpath(root)
        self.read = {}

    def text(self, path):
        full = os.path.realpath(os.path.join(self.root, path))
        if not full.startswith(self.root + os.sep):
            raise Unreadable("outside of the folder")
        try:
            with open(full, encoding="utf-8-sig") as file:
                return file.read()
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(str(error)) from error

    def document(self, path):
        """(value, duplicates) of a YAML or JSON file."""
        if path not in self.read:
            try:
                text = self.text(path)
                self.read[path] = read_json(text) if path.lower().endswith(".json") else read_yaml(text)
            except Unreadable as error:
                self.read[path] = error
        if isinstance(self.read[path], Unreadable):
            raise self.read[path]
        return self.read[path]

    def follow(self, value, path):
        """Where a chain of `$ref`s leads: (value, path of its file), or (None, path) where it leads nowhere."""
        seen = set()
        while isinstance(value, dict) and isinstance(value.get("$ref"), str):
            target = self.target(value["$ref"], path)
            if target is None or (id(target[0]), target[1]) in seen:
                return None, path
            seen.add((id(target[0]), target[1]))
            value, path = target
        return value, path

    def target(self, ref, path):
        """What one `$ref` of the file at `path` points to, or None."""
        file, _, fragment = ref.partition("#")
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+:|//", file):
            return None
        if file:
            path = os.path.normpath(os.path.join(os.path.dirname(path), unquote(file)))
        try:
            value, _ = self.document(path)
        except (Unreadable, RecursionError):
            return None
        for segment in fragment.split("/")[1:] if fragment else []:
            segment = unquote(segment).replace("~1", "/").replace("~0", "~")
            if isinstance(value, dict) and segment in value:
                value = value[segment]
            elif isinstance(value, list) and segment.isdigit() and int(segment) < len(value):
                value = value[int(segment)]
            else:
                return None
        return value, path


# Counting --------------------------------------------------------------------------------------------------------------


def entries(value):
    """The entries of a mapping that are schemas."""
    return {k: v for k, v in value.items() if isinstance(v, (dict, bool))} if isinstance(value, dict) else {}


def own(value):
    """The entries of a mapping that are no extensions."""
    return {k: v for k, v in value.items() if not k.startswith("x-")} if isinstance(value, dict) else {}


def walk(schema, prefix="", found=None, inside=()):
    """The property paths of a schema, as defined above."""
    found = set() if found is None else found
    if not isinstance(schema, dict) or id(schema) in inside:
        return found
    inside = (*inside, id(schema))
    for name, value in entries(schema.get("properties")).items():
        below = f"{prefix}.{name}" if prefix else name
        found.add(below)
        walk(value, below, found, inside)
    for key in ("items", "prefixItems", "additionalProperties", "allOf", "oneOf", "anyOf"):
        value = schema.get(key)
        for member in value if isinstance(value, list) else [value]:
            walk(member, prefix, found, inside)
    return found


def count_schemas(*places):
    named = [schema for place in places for schema in entries(place).values()]
    return len(named), sum(len(walk(schema)) for schema in named)


def at(value, *keys):
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def count_operations(folder, path, items):
    found = set()

    def collect(name, item, file, seen):
        if not isinstance(item, dict) or id(item) in seen:
            return
        found.update((name, method) for method in METHODS if isinstance(item.get(method), dict))
        if isinstance(item.get("$ref"), str):
            target = folder.target(item["$ref"], file)
            if target:
                collect(name, *target, (*seen, id(item)))

    for name, item in own(items).items():
        collect(name, item, path, ())
    return len(found)


def count_openapi(folder, path, document):
    two = "swagger" in document
    version = str(document["swagger" if two else "openapi"])
    if not version.startswith("2" if two else "3"):
        return {"kind": "openapi", "version": version, "error": f"version {version} is none of OpenAPI 2 and 3"}
    schemas, properties = count_schemas(document.get("definitions") if two else at(document, "components", "schemas"))
    return {
        "kind": "openapi",
        "version": version,
        "operations": count_operations(folder, path, document.get("paths")),
        "webhooks": count_operations(folder, path, document.get("webhooks")),
        "schemas": schemas,
        "properties": properties,
    }


COUNTED_FORMAT = re.compile(r"vnd\.aai\.asyncapi|vnd\.oai\.openapi|schema\+(json|yaml)")


def count_asyncapi(folder, path, document):
    version = str(document["asyncapi"])
    if version[:1] not in ("2", "3"):
        return {"kind": "asyncapi", "version": version, "error": f"version {version} is none of AsyncAPI 2 and 3"}
    operations, messages = 0, {}
    channels = {name: channel for name, channel in own(document.get("channels")).items() if isinstance(channel, dict)}
    addresses = set()
    for channel, written in channels.items():
        item, file = folder.follow(written, path)
        if version[0] == "3":
            channel = at(item, "address") or channel
        addresses.add(channel)
        if version[0] == "3":
            for name, message in own(at(item, "messages")).items():
                messages.setdefault((channel, name), (message, file))
            continue
        for action in ("publish", "subscribe"):
            operation, operation_file = folder.follow(at(item, action), file)
            if not isinstance(operation, dict):
                continue
            operations += 1
            message = operation.get("message")
            several = message.get("oneOf") if isinstance(message, dict) else None
            for place, one in enumerate(several if isinstance(several, list) else [message]):
                if not isinstance(one, dict):
                    continue
                ref = one.get("$ref")
                name = ref.rsplit("/", 1)[-1] if isinstance(ref, str) else one.get("messageId") or one.get("name") or (action, place)
                messages.setdefault((channel, name), (one, operation_file))
    if version[0] == "3":
        operations = len([value for value in own(document.get("operations")).values() if isinstance(value, dict)])
    properties = inline = 0
    for written, file in messages.values():
        message, file = folder.follow(written, file)
        payload, form = at(message, "payload"), at(message, "schemaFormat")
        for followed in (False, True):
            schema, format = payload, form
            if followed:
                schema, file = folder.follow(schema, file)
            if isinstance(schema, dict) and "schemaFormat" in schema and "schema" in schema:
                schema, format = schema["schema"], schema["schemaFormat"]
                if followed:
                    schema, file = folder.follow(schema, file)
            paths = len(walk(schema)) if format is None or COUNTED_FORMAT.search(str(format)) else 0
            if followed:
                properties += paths
            else:
                inline += paths
    schemas, schema_properties = count_schemas(at(document, "components", "schemas"))
    return {
        "kind": "asyncapi",
        "version": version,
        "channels": len(addresses),
        "operations": operations,
        "messages": len(messages),
        "schemas": schemas,
        "properties": properties,
        "inlineProperties": inline,
        "schemaProperties": schema_properties,
    }


def count_json_schema(document):
    schemas, properties = count_schemas(document.get("definitions"), document.get("$defs"))
    return {"kind": "json-schema", "version": str(document["$schema"]), "schemas": schemas, "properties": properties + len(walk(document))}


def count_graphql(text):
    from graphql import GraphQLSyntaxError, parse

    try:
        document = parse(text, no_location=True)
    except GraphQLSyntaxError as error:
        return {"kind": "graphql", "error": error.message, "line": error.locations[0].line if error.locations else None}
    kinds = [definition.kind for definition in document.definitions]
    types = {d.name.value for d in document.definitions if d.kind.endswith("type_definition")}
    return {
        "kind": "graphql",
        "types": len(types),
        "extensions": sum(kind.endswith("_extension") for kind in kinds),
        "fields": sum(
            len(d.fields or ())
            for d in document.definitions
            if re.match(r"(object|interface|input_object)_type_", d.kind)
        ),
        "enumValues": sum(len(d.values or ()) for d in document.definitions if d.kind.startswith("enum_type_")),
        "directives": kinds.count("directive_definition"),
        "operations": kinds.count("operation_definition"),
        "fragments": kinds.count("fragment_definition"),
    }


PROTO_TOKEN = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[A-Za-z0-9_.]+|\S""", re.S)


def count_proto(text):
    tokens = [token for token in PROTO_TOKEN.findall(text) if not token.startswith(("//", "/*"))]
    counts = dict.fromkeys(("messages", "fields", "enums", "enumValues", "services", "rpcs"), 0)
    position = 0

    def skip():
        """To the end of a statement: its `;`, or the block that ends it."""
        nonlocal position
        depth = 0
        while position < len(tokens):
            token = tokens[position]
            position += 1
            depth += (token in ("{", "[")) - (token in ("}", "]"))
            if depth == 0 and token in (";", "}"):
                return

    def block(kind):
        nonlocal position
        while position < len(tokens) and tokens[position] != "}":
            start, first = position, tokens[position]
            name = tokens[position + 2] if position + 2 < len(tokens) else ""
            if first in ("message", "enum", "service", "oneof", "extend") and name == "{":
                counts[f"{first}s"] = counts.get(f"{first}s", 0) + 1
                position += 3
                block("extend" if first == "extend" else kind if first == "oneof" else first)
                continue
            skip()
            statement = tokens[start:position]
            if first in ("option", "reserved", "extensions", "syntax", "package", "import", ";") and "=" not in statement[1:3]:
                if first != "option" or kind != "enum":
                    continue
            if first == "option":
                continue
            if kind == "service" and first == "rpc":
                counts["rpcs"] += 1
            elif kind == "enum" and "=" in statement:
                counts["enumValues"] += 1
            elif kind == "message" and "=" in statement:
                counts["fields"] += 1
        position += 1

    block("file")
    syntax = re.search(r"""^\s*(?:syntax|edition)\s*=\s*["']([^"']+)""", text, re.M)
    return {"kind": "proto", "version": syntax[1] if syntax else "proto2"} | {k: v for k, v in counts.items() if k not in ("oneofs", "extends")}


def count(folder, path):
    """What the file states, or None where it is no API description."""
    extension = path.lower().rsplit(".", 1)[-1]
    if extension in ("graphql", "graphqls", "gql"):
        return count_graphql(folder.text(path))
    if extension == "proto":
        return count_proto(folder.text(path))
    try:
        document, duplicates = folder.document(path)
    except Unreadable as error:
        said = re.search(r"""^[\s{]*["']?(openapi|swagger|asyncapi)["']?\s*:""", folder.text(path), re.M)
        if not said:
            return None
        return {"kind": "asyncapi" if said[1] == "asyncapi" else "openapi", "error": str(error), "line": error.line}
    if not isinstance(document, dict):
        return None
    if isinstance(document.get("asyncapi"), (str, int, float)):
        counted = count_asyncapi(folder, path, document)
    elif isinstance(document.get("openapi", document.get("swagger")), (str, int, float)):
        counted = count_openapi(folder, path, document)
    elif "json-schema.org" in str(document.get("$schema", "")):
        counted = count_json_schema(document)
    else:
        return None
    return counted | ({"duplicateKeys": duplicates} if duplicates else {})


def main():
    sys.setrecursionlimit(20_000)
    request = json.load(sys.stdin)
    folder = Folder(request["folder"])
    for path in request["files"]:
        try:
            counted = count(folder, path)
        except Unreadable as error:
            counted = {"error": str(error), "line": error.line}
        except RecursionError:
            counted = {"error": "nested too deeply for the counting script"}
        if counted:
            print(json.dumps({"path": path} | counted, ensure_ascii=False), flush=True)
        folder.read.pop(path, None)


main()
