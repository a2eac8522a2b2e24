"""web.py - admin-web on a database of its own, and a client that checks every answer against openapi.yaml"""
import hashlib
import http.client
import json
import pathlib
import re
import shutil
import socket
import tempfile

import jsonschema
import yaml

from harness.process import Process
from harness.suite import ADDRESS, SANITIZER_ENV, free_port
from harness.waiting import wait_until

REPO = pathlib.Path(__file__).resolve().parents[2]
OPENAPI = yaml.safe_load((REPO / "admin-web" / "openapi.yaml").read_text("utf-8"))
PROBLEM = "application/problem+json"


def schema_of(path, method, status, content_type):
    """What the description promises for this answer."""
    for pattern, item in OPENAPI["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path) and method.lower() in item:
            answers = item[method.lower()]["responses"]
            answer = answers.get(str(status)) or answers[f"{status // 100}XX"]
            if "$ref" in answer:
                answer = OPENAPI["components"]["responses"][answer["$ref"].rpartition("/")[2]]
            return answer.get("content", {}).get(content_type, {}).get("schema", False)
    return {"$ref": "#/components/schemas/Problem"}  # no such address, no such method


def check(schema, value):
    resolver = jsonschema.RefResolver("", OPENAPI)
    jsonschema.Draft202012Validator(schema, resolver=resolver).validate(value)


class Answer:
    def __init__(self, method, path, raw, body):
        self.status, self.headers = raw.status, raw.headers
        self.type = (raw.headers.get("Content-Type") or "").partition(";")[0]
        self.text = body.decode()
        self.json = json.loads(self.text) if body and "json" in self.type else None
        if self.json is not None:
            check(schema_of(path.partition("?")[0], method, self.status, self.type), self.json)
        if self.status >= 400 and path.startswith("/api/"):
            assert self.type == PROBLEM and self.json["status"] == self.status


class Web:
    def __init__(self, cluster, build, **settings):
        self.cluster, self.program = cluster, pathlib.Path(build) / "bin" / "admin-web"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="its-web-", dir="/tmp"))
        self.database, self.port = self.folder.name.replace("-", "_").lower(), free_port()
        self.bus = self.folder / "bus"
        self.bus.mkdir()
        self.env = {
            **SANITIZER_ENV, "PATH": "/usr/bin:/bin",
            "ITSUPPORT_DATABASE_URL": cluster.url(self.database), "ITSUPPORT_BUS_DIR": str(self.bus),
            "ITSUPPORT_ADMIN_LISTEN": f"{ADDRESS}:{self.port}", "ITSUPPORT_LOG_LEVEL": "debug",
            "ITSUPPORT_ADMIN_BOT": "help_bot",
            "TSAN_OPTIONS": f"{SANITIZER_ENV['TSAN_OPTIONS']}:suppressions={pathlib.Path(__file__).with_name('tsan.supp')}",
            **{f"ITSUPPORT_ADMIN_{name.upper()}": str(value) for name, value in settings.items()},
        }
        self.process = Process("admin-web", [self.program], self.env, self.folder / "admin-web.log")

    def start(self):
        self.cluster.create_database(self.database)
        scripts = [*sorted((REPO / "sql" / "migrations").glob("*.sql")), REPO / "sql" / "roles.sql"]
        self.execute("".join(path.read_text("utf-8") for path in scripts))
        self.execute("update installation set purpose = 'test'; insert into admins (login) values ('root')")
        for token, scopes in (("writer", ["read", "write"]), ("reader", ["read"])):
            self.add_token(token, scopes)
        self.process.start().wait_ready()
        return self

    def finish(self):
        self.process.stop()
        complaints = self.process.complaints()
        self.cluster.drop_database(self.database)
        assert not complaints, complaints
        shutil.rmtree(self.folder)

    def wait_ready(self):
        """Until PostgreSQL answers and an engine is connected."""
        wait_until(lambda: self.get("/readyz", token=None).json["ready"], 10, "admin-web to see an engine")

    def execute(self, text, *arguments):
        return self.cluster.query(self.database, text, arguments or None)

    def add_token(self, token, scopes=("read",), login="root"):
        self.execute("insert into api_tokens (login, hash, scopes) values (%s, %s, %s)", login,
                     hashlib.sha256(token.encode()).digest(), list(scopes))

    def ask(self, method, path, body=None, token="writer", **headers):
        """One request, its answer checked against openapi.yaml. Headers as in accept_language="ru"."""
        sent = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        if body is not None and "content-type" not in {name.lower() for name in sent}:
            sent["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection(ADDRESS, self.port, timeout=15)
        connection.request(method, path, body.encode() if isinstance(body, str) else body, sent)
        raw = connection.getresponse()
        answer = Answer(method, path, raw, raw.read())
        connection.close()
        return answer

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def raw(self, text, timeout=8, end=False):
        """Bytes as they are, for what no client would send: status and everything that came."""
        with socket.create_connection((ADDRESS, self.port), timeout) as s:
            s.sendall(text if isinstance(text, bytes) else text.encode())
            if end:
                s.shutdown(socket.SHUT_WR)
            came = b""
            while b"\r\n\r\n" not in came:
                part = s.recv(65536)
                if not part:
                    break
                came += part
            return (int(came.split(b" ")[1]) if came else None), came.decode()
