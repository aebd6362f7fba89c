"""Asks a running service (without accounts) for everything that its OpenAPI description offers, with values that fit, values
at the edges and rubbish, and holds every answer against the description: status, media type, schema, error form.

Usage: python3 api_properties.py PORT DOCUMENT_ID TASK_ID (Debian's python3-hypothesis and python3-jsonschema)
Prints how many requests of which status were answered; ends with status 1 and each operation's answer that is not as
described.
"""

import collections
import http.client
import json
import sys
import urllib.parse

import jsonschema
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

PORT, DOCUMENT, TASK = int(sys.argv[1]), sys.argv[2], sys.argv[3]
EXAMPLES = 25  # of each operation
ENDLESS = {"/api/v1/events"}
TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=40)
ANYTHING = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
                        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=6)
ANSWERS = collections.Counter()


def exchange(method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


DESCRIPTION = json.loads(exchange("GET", "/openapi.json")[2])
RESOLVER = jsonschema.RefResolver("", DESCRIPTION)


def fitting(schema):
    """Values that the schema allows."""
    if "$ref" in schema:
        return fitting(RESOLVER.resolve(schema["$ref"])[1])
    for choice in ("anyOf", "oneOf"):
        if choice in schema:
            return st.one_of([fitting(one) for one in schema[choice]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type")
    if isinstance(kind, list):
        return st.one_of([fitting({**schema, "type": one}) for one in kind])
    if kind == "integer":
        return st.integers(schema.get("minimum", -1000), schema.get("maximum", 1000))
    if kind == "number":
        return st.floats(schema.get("minimum", -1000), schema.get("maximum", 1000), allow_nan=False)
    if kind == "boolean":
        return st.booleans()
    if kind == "null":
        return st.none()
    if kind == "array":
        return st.lists(fitting(schema.get("items", {})), min_size=schema.get("minItems", 0), max_size=3)
    if kind == "object":
        required = schema.get("required", [])
        members = {name: fitting(one) for name, one in schema.get("properties", {}).items()}
        return st.fixed_dictionaries({name: members[name] for name in required},
                                     optional={name: one for name, one in members.items() if name not in required})
    if schema.get("format") == "date-time":
        return st.datetimes().map(lambda time: time.isoformat() + "Z")
    if "pattern" in schema:
        return st.from_regex(schema["pattern"], fullmatch=True)
    return TEXT if kind == "string" else ANYTHING


def as_query(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value)


@st.composite
def query_of(draw, parameters):
    pairs = []
    for parameter in parameters:
        if parameter["in"] != "query" or not (parameter.get("required") or draw(st.booleans())):
            continue
        value = draw(fitting(parameter["schema"]) | TEXT)
        pairs += [(parameter["name"], as_query(one)) for one in (value if isinstance(value, list) else [value])]
    return urllib.parse.urlencode(pairs)


@st.composite
def path_of(draw, path):
    known = TASK if path.startswith("/api/v1/tasks") else DOCUMENT
    while "{" in path:
        begin, end = path.index("{"), path.index("}")
        name = path[begin + 1:end]
        value = draw(st.sampled_from(["0", "1"]) if name == "n" else st.just(known)) if draw(st.booleans()) else draw(TEXT)
        path = path[:begin] + (urllib.parse.quote(value, safe="") or "-") + path[end + 1:]
    return path


@st.composite
def form_of(draw, schema):
    lines = []
    for name, one in schema["properties"].items():
        if one.get("format") == "binary" or one.get("items", {}).get("format") == "binary":
            for _ in range(draw(st.integers(0, 2))):
                content = draw(st.binary(max_size=60) | st.just(b"%PDF-1.4\n"))
                lines.append(b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + content + b"\r\n")
        elif name != "wait" and draw(st.integers(0, 3)) == 0:
            value = as_query(draw(fitting(one) | TEXT)).replace("\r", " ").replace("\n", " ")
            lines.append(f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    lines.append(b'--B\r\nContent-Disposition: form-data; name="wait"\r\n\r\n0\r\n--B--\r\n')
    return b"".join(lines)


@st.composite
def request_of(draw, path, operation):
    """A path with its query, a body and its headers."""
    target, query = draw(path_of(path)), draw(query_of(operation.get("parameters", [])))
    content = operation.get("requestBody", {}).get("content", {})
    body, headers = None, {}
    if "multipart/form-data" in content:
        body = draw(form_of(content["multipart/form-data"]["schema"]) | st.binary(max_size=100))
        headers["Content-Type"] = "multipart/form-data; boundary=B"
    elif "application/json" in content:
        value = draw(fitting(content["application/json"]["schema"]) | ANYTHING)
        body = draw(st.just(json.dumps(value).encode()) | st.binary(max_size=40))
        headers["Content-Type"] = "application/json"
    return target + ("?" + query if query else ""), body, headers


def check(method, path, operation, answer):
    status, headers, body = answer
    described = operation["responses"]
    assert str(status) in described, f"{method} {path}: {status} is not described: {body[:300]!r}"
    assert status < 500 or status == 503, f"{method} {path}: {status} {body[:300]!r}"
    assert headers.get("X-Request-Id"), f"{method} {path}: no request id"
    if status in (429, 503):
        assert headers.get("Retry-After"), f"{method} {path}: {status} without Retry-After"
    content = described[str(status)].get("content", {})
    media = headers.get("Content-Type", "").split(";")[0]
    offered = {name.split(";")[0] for name in content}
    assert not content or not body or media in offered, f"{method} {path}: {media} is not described for {status}"
    if media == "application/json" and "schema" in content.get(media, {}):
        schema = content[media]["schema"]
        jsonschema.Draft202012Validator(schema, resolver=RESOLVER).validate(json.loads(body))
    # /health and /ready say in a form of their own what is missing.
    if status >= 400 and path not in ("/health", "/ready"):
        error = json.loads(body)["error"]
        assert error["code"] and error["message"] and error["request_id"] == headers["X-Request-Id"]


def examine(method, path, operation):
    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))
    @given(request_of(path, operation))
    def ask(request):
        target, body, headers = request
        answer = exchange(method.upper(), target, body, headers)
        ANSWERS[answer[0]] += 1
        try:
            check(method, path, operation, answer)
        except (AssertionError, jsonschema.ValidationError) as error:
            raise AssertionError(f"{method} {target} {body!r}: {error}") from None

    ask()


def main():
    wrong = []
    # What removes the known document comes last.
    operations = [(method, path, operation) for path, methods in DESCRIPTION["paths"].items() if path not in ENDLESS
                  for method, operation in methods.items() if method in ("get", "post", "patch", "put", "delete")]
    for method, path, operation in sorted(operations, key=lambda one: (one[0] == "delete", one[1], one[0])):
        try:
            examine(method, path, operation)
        except AssertionError as error:
            wrong.append(str(error))
    print("\n".join(wrong), file=sys.stderr)
    print(json.dumps({"operations": len(operations), "answers": dict(sorted(ANSWERS.items()))}))
    return 1 if wrong else 0


sys.exit(main())
