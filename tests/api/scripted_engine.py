"""scripted_engine.py - an order-engine that says what a test tells it to: for refusals, silence and what no real one answers"""
import json
import threading
import time

import zmq


class ScriptedEngine:
    """answer: a function of the command's envelope that returns the answer's body, or None for silence."""

    def __init__(self, bus_dir, client="admin-web"):
        self.endpoint = f"ipc://{bus_dir}/{client}/bus"
        self.commands = []
        self.answer = lambda command: {"outcome": "ok"}
        self._stop = threading.Event()
        self._thread = None

    def __enter__(self):
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join(5)

    def _run(self):
        with zmq.Context() as context, context.socket(zmq.DEALER) as socket:
            socket.linger = 200
            socket.connect(self.endpoint)
            next_beat = 0
            while not self._stop.is_set():
                if time.monotonic() > next_beat:
                    self._send(socket, "capacity", {"slots": 100})  # also after the daemon's restart
                    next_beat = time.monotonic() + 0.4
                if socket.poll(50):
                    self._receive(socket, json.loads(socket.recv()))
            self._send(socket, "capacity", {"slots": 0})

    def _receive(self, socket, message):
        if "id" not in message:
            return  # a heartbeat
        self.commands.append(message)
        body = self.answer(message)
        if body is not None:
            self._send(socket, "answer", body, id=message["id"])

    @staticmethod
    def _send(socket, kind, body, **more):
        socket.send(json.dumps({"v": 1, "type": kind, "at": int(time.time() * 1000), "body": body, **more}).encode())
