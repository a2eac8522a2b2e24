"""bus.py - somebody who speaks to the order-engines as bot-gateway does, also in ways it never would

    with BusClient(suite.folder / "bus") as bus:
        answer = bus.ask("order.take", {"order_id": 1024, "estimate_minutes": 60}, actor="tg:1001")
        bus.send(b"not JSON at all")

It binds a socket of its own beside the real gateway's (bot-gateway@trial), so the engines take it for one more gateway.
"""
import itertools
import json
import time
import uuid

import zmq

from harness.waiting import NotInTime

WAIT_S = 10.0


def envelope(kind, body, actor="tg:1", command_id=None, **more):
    """A command as bytes; more changes or removes (None) fields of the envelope."""
    fields = {"v": 1, "id": command_id or f"trial:{uuid.uuid4()}", "type": kind, "actor": actor, "at": int(time.time() * 1000),
              "body": body, **more}
    return json.dumps({name: value for name, value in fields.items() if value is not None}, ensure_ascii=False).encode()


class BusClient:
    def __init__(self, bus_dir, name="bot-gateway@trial"):
        self.endpoint = bus_dir / name / "bus"
        self.engines = {}  # routing id -> slots offered
        self.answers = {}  # command id -> body of its answer
        self.hints = []
        self._context = self._socket = None

    def __enter__(self):
        self.endpoint.parent.mkdir(exist_ok=True)
        self._context = zmq.Context()
        self._socket = self._context.socket(zmq.ROUTER)
        self._socket.router_mandatory = True
        self._socket.linger = 0
        self._socket.bind(f"ipc://{self.endpoint}")
        self._hear_until(lambda: any(self.engines.values()), "an order-engine to offer slots")
        return self

    def __exit__(self, *_):
        self._socket.close()
        self._context.term()
        self.endpoint.unlink(missing_ok=True)
        self.endpoint.parent.rmdir()

    # ---- saying ----

    def send(self, *frames, engine=0):
        """Bytes as they are, to the first of the engines that have offered slots, or to another of them."""
        ready = [name for name, slots in self.engines.items() if slots]
        self._socket.send_multipart([ready[engine], *frames])

    def ask(self, kind, body, actor="tg:1", command_id=None, engine=0):
        """A command and the body of its answer."""
        command_id = command_id or f"trial:{uuid.uuid4()}"
        self.send(envelope(kind, body, actor, command_id), engine=engine)
        return self.wait_answer(command_id)

    def ask_all(self, commands, engines=1):
        """Many at once, dealt out among so many engines: (kind, body, actor) each; the bodies of their answers, in order."""
        self.wait_engines(engines)
        dealt = [(engine, f"trial:{uuid.uuid4()}", *command)
                 for engine, command in zip(itertools.cycle(self.engines), commands)]
        for engine, command_id, kind, body, actor in dealt:
            self._socket.send_multipart([engine, envelope(kind, body, actor, command_id)])
        return [self.wait_answer(command_id) for _, command_id, *_ in dealt]

    # ---- hearing ----

    def wait_engines(self, count):
        self._hear_until(lambda: sum(1 for slots in self.engines.values() if slots) >= count, f"{count} engines")

    def wait_answer(self, command_id, timeout=WAIT_S):
        self._hear_until(lambda: command_id in self.answers, f"the answer to {command_id}", timeout)
        return self.answers[command_id]

    def _hear_until(self, condition, what, timeout=WAIT_S):
        end = time.monotonic() + timeout
        while not condition():
            if not self._socket.poll(max(0, end - time.monotonic()) * 1000):
                raise NotInTime(f"waited {timeout:g} s in vain for {what}")
            engine, frame = self._socket.recv_multipart()
            self._hear(engine, json.loads(frame))

    def _hear(self, engine, message):
        if message["type"] == "capacity":
            self.engines[engine] = message["body"]["slots"]
        elif message["type"] == "answer":
            self.answers[message["id"]] = message["body"]
        elif message["type"] != "heartbeat":
            self.hints.append(message)
