"""simulated.py - a telegram-simulator of its own for a test: started, asked as a bot, as a person and as a test, stopped"""
import base64
import http.client
import json
import os
import signal
import subprocess
import threading
import time
import urllib.parse
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
TOKEN = "100:secret"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def find_binary():
    named = os.environ.get("ITSUPPORT_SIMULATOR")
    if named:
        return named
    built = [p for p in HERE.parents[1].glob("build/*/bin/telegram-simulator")]
    if not built:
        pytest.skip("telegram-simulator is not built")
    return str(max(built, key=lambda p: p.stat().st_mtime))


class Simulator:
    def __init__(self, *options):
        self.process = subprocess.Popen(
            [find_binary(), "--listen", "127.0.0.1:0", "--token", TOKEN, "--quiet", *options],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("listening on http://127.0.0.1:"), line
        self.port = int(line.rsplit(":", 1)[1])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(10)
        self.process.stdout.close()
        assert code == 0

    def request(self, verb, path, body=None, headers=None):
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            conn.request(verb, path, body, headers or {})
            answer = conn.getresponse()
            return answer.status, answer.read()
        finally:
            conn.close()

    def bot(self, method, **params):
        status, body = self.request("POST", f"/bot{TOKEN}/{method}", json.dumps(params),
                                    {"Content-Type": "application/json"})
        answer = json.loads(body)
        assert status == (200 if answer["ok"] else answer["error_code"])
        return answer

    def ok(self, method, **params):
        answer = self.bot(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    def refused(self, method, **params):
        answer = self.bot(method, **params)
        assert not answer["ok"], answer
        return answer["error_code"], answer["description"]

    def sim(self, verb, path, **params):
        query = ""
        if verb == "GET" and params:
            query = "?" + urllib.parse.urlencode(params)
        status, body = self.request(verb, "/sim" + path + query, json.dumps(params) if verb == "POST" else None)
        assert status == 200, (status, body)
        return json.loads(body)

    def person(self, id, **more):
        return self.sim("POST", "/people", **{"id": id, "first_name": f"P{id}", "started": True, **more})

    def upload(self, method, fields, files):
        boundary = "xYz"
        body = b""
        for name, value in fields.items():
            body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, (file_name, data) in files.items():
            body += (f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
                     f'Content-Type: application/octet-stream\r\n\r\n').encode() + data + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        _, answer = self.request("POST", f"/bot{TOKEN}/{method}", body,
                                 {"Content-Type": f"multipart/form-data; boundary={boundary}"})
        return json.loads(answer)


def in_thread(function):
    out = {}

    def run():
        out["result"] = function()
        out["at"] = time.monotonic()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, out
