"""sim.py - the people's side of the Telegram simulator: they write, press buttons and see what the bot shows them

    anna = sim.person(1001, "Client 1")
    anna.start(link)
    card = anna.wait_for("No 1024", button="Cancel")
    toast = anna.press("Cancel", card)

What the simulator offers beyond this is one sim.post(...) or sim.get(...) away; its table stands in tests/simulator/README.md.
"""
import urllib.parse

import requests

from .waiting import NotInTime, wait_until

WAIT_S = 20.0  # how long a bot on a loaded machine may take to say something


class Message(dict):
    """A message as a person sees it."""

    @property
    def id(self):
        return self["message_id"]

    @property
    def text(self):
        return self.get("text") or ""

    @property
    def buttons(self):
        """All labels, row by row."""
        return [button["text"] for row in self.get("buttons") or [] for button in row]

    def press_named(self, name):
        """The callback data of the first button of that name: "take" finds take:1024, "take_for:1024:3" only itself."""
        return next((b["data"] for row in self.get("buttons") or [] for b in row
                     if (b.get("data") or "") == name or (b.get("data") or "").startswith(name + ":")), None)

    def data_of(self, label):
        """The callback data of the button whose label contains these words."""
        return next((b.get("data") for row in self.get("buttons") or [] for b in row if label in b["text"]), None)


class Chat:
    """A chat with the bot, and what stands in it."""

    def __init__(self, sim, chat_id, name):
        self.sim, self.id, self.name = sim, chat_id, name

    def messages(self):
        return [Message(m) for m in self.sim.get(f"chats/{self.id}")["messages"]]

    def bot_messages(self):
        return [m for m in self.messages() if m.get("from_bot")]

    def last(self):
        """The newest message of the bot, or None."""
        return next(reversed(self.bot_messages()), None)

    def mark(self):
        """For wait_for(after=...): only what comes from now on."""
        return max((m.id for m in self.messages()), default=0)

    def keyboard(self):
        """Labels of the reply keyboard, if there is one."""
        keyboard = self.sim.get(f"chats/{self.id}").get("keyboard") or {}
        return [b["text"] if isinstance(b, dict) else b for row in keyboard.get("keyboard", []) for b in row]

    def wait_for(self, text=None, regex=None, button=None, after=0, timeout=WAIT_S, **more):
        """The newest message of the bot that contains the text, matches the regex and has the button."""
        wish = {k: v for k, v in {"text": text, "regex": regex, "button": button}.items() if v is not None}
        found = self.sim.request("GET", "wait", wait=timeout, chat_id=self.id, after=after, **wish, **more)
        if found.status_code != 200:
            seen = "\n".join(f"  [{m.id}] {m.text!r} {m.buttons}" for m in self.messages()[-8:])
            raise NotInTime(f"{self.name} waited {timeout:g} s in vain for {wish or 'a message'}; the chat ends with:\n{seen}")
        return Message(found.json())

    def see(self, name, after=0, timeout=WAIT_S):
        """The newest message of the bot with the button of that name (of presses.def)."""
        return wait_until(lambda: next((m for m in reversed(self.bot_messages()) if m.id > after and m.press_named(name)), None),
                          timeout, f"{self.name} to see a button {name}",
                          lambda: [(m.text, m.get("buttons")) for m in self.messages()[-4:]])

    def wait_gone(self, message, timeout=WAIT_S):
        """Until a message is deleted from the chat."""
        wait_until(lambda: message["message_id"] not in [m.id for m in self.messages()], timeout,
                   f"message {message['message_id']} of {self.name} to be deleted")


class Person(Chat):
    """Somebody with a private chat with the bot."""

    def start(self, link=None):
        """Presses Start, on an invite link or its bare token."""
        payload = {"payload": start_payload(link)} if link else {}
        return self.sim.post("start", user_id=self.id, **payload)

    def say(self, text=None, **more):
        """Writes; more as in POST /sim/say: photo=True, document=True, reply_to=..."""
        return self.sim.post("say", user_id=self.id, **({"text": text} if text is not None else {}), **more)

    def opens(self, command, words):
        """Writes a command; the screen that comes, by words on it."""
        before = self.mark()
        self.say(command)
        return self.wait_for(words, after=before)

    def press(self, label, message=None, wait=WAIT_S):
        """Presses the button whose label contains these words, under this message or the newest that has one. Returns the
        bot's answer to the press: {"text": toast, "show_alert": ...}."""
        message = message or self.wait_for(button=label)
        data = message.data_of(label)
        assert data, f"{self.name} sees no button '{label}', only {message.buttons} under: {message.text}"
        return self.press_data(data, message, stale=True, wait=wait)  # it may go while the finger is on its way

    def tap(self, name, message=None, wait=WAIT_S):
        """The same by the button's name of bot-gateway/dialog/presses.def, whatever the language: tap("take:1024")."""
        message = message or self.see(name, timeout=wait)
        return self.press_data(message.press_named(name), message, stale=True, wait=wait)

    def press_data(self, data, message, stale=False, wait=WAIT_S):
        pressed = self.sim.post("press", user_id=self.id, chat_id=message.get("chat_id", self.id), message_id=message["message_id"],
                                data=data, stale=stale)
        if not wait:
            return pressed
        answer = self.sim.get(f"callbacks/{pressed['callback_id']}", wait=wait)
        if not answer["answered"]:
            raise NotInTime(f"the bot left a press of {self.name} on '{data}' unanswered for {wait:g} s")
        return answer

    def share_phone(self, phone=None):
        return self.sim.post("share_contact", user_id=self.id, **({"phone_number": phone} if phone else {}))

    def block(self):
        return self.sim.post("block", user_id=self.id)

    def unblock(self):
        return self.sim.post("unblock", user_id=self.id)


class Group(Chat):
    """A group chat; people speak there with person.say(chat_id=group.id) and press what they see in it."""

    def adds_bot(self, by, **more):
        """more as in POST /sim/groups: bot="administrator", is_forum=True."""
        return self.sim.post("groups", id=self.id, by=by.id, **{"bot": "member", **more})

    def becomes_supergroup(self, group_id, by, told=True):
        """The same people under another number; what was said stays in the old one."""
        self.sim.post("upgrade", id=self.id, to=group_id, by=by.id, told=told)
        return Group(self.sim, group_id, self.name)

    def removes_bot(self, by):
        return self.sim.post("groups", id=self.id, bot="kicked", by=by.id)


class Sim:
    """The simulator itself. process: as started by Suite, for noticing that it is gone; None if somebody else runs it."""

    def __init__(self, url, process=None):
        self.url, self.process = url, process
        self._session = requests.Session()
        self._session.trust_env = False  # no proxies: it is on this machine

    def request(self, verb, path, wait=0, **params):
        if verb == "GET":
            params = {k: int(v) if isinstance(v, bool) else v for k, v in params.items()}
            return self._session.get(f"{self.url}/sim/{path}", params={**params, "wait": wait}, timeout=wait + 30)
        return self._session.request(verb, f"{self.url}/sim/{path}", json=params, timeout=30)

    def _ask(self, verb, path, **params):
        answer = self.request(verb, path, **params)
        assert answer.status_code == 200, f"{verb} /sim/{path} {params}: {answer.status_code} {answer.text}"
        return answer.json()

    def get(self, path, **params):
        return self._ask("GET", path, **params)

    def post(self, path, **params):
        return self._ask("POST", path, **params)

    def wait_up(self, timeout=20):
        def answers():
            if self.process and not self.process.is_running():
                raise AssertionError(f"the simulator ended by itself:\n{self.process.tail()}")
            try:
                return self.request("GET", "pending").ok
            except requests.RequestException:
                return False
        wait_until(answers, timeout, "the simulator to answer")

    def person(self, person_id, name, **more):
        """Makes somebody (or changes them): more as in POST /sim/people: username, language_code, title, group, started."""
        self.post("people", id=person_id, first_name=name, **more)
        return Person(self, person_id, name)

    def group(self, group_id, title, members, **more):
        """A group chat of these people, without the bot: more as in POST /sim/groups."""
        self.post("groups", id=group_id, title=title, members=[person.id for person in members], **{"bot": "left", **more})
        return Group(self, group_id, title)

    def wait_handled(self, timeout=WAIT_S):
        """Until the bot has confirmed every update."""
        wait_until(lambda: self.get("pending")["pending"] == 0, timeout, "every update to be confirmed",
                   lambda: self.get("pending"))

    # ---- how it went ----

    def sent(self, after=0):
        """What the bot did, in order: n, at_ms, method, chat_id, message_id, text."""
        return self.get("sent", after=after)

    def summary(self):
        return self.get("summary")

    def fault(self, kind, **more):
        """fault("reset"), fault("lose", method="sendMessage", count=3), fault("refuse", retry_after=2) ..."""
        return self.post("faults", kind=kind, **more)

    def raw_updates(self, data):
        """The next getUpdates is answered with exactly these bytes."""
        answer = self._session.post(f"{self.url}/sim/updates_raw", data=data, timeout=30)
        assert answer.ok, answer.text

    def no_faults(self):
        return self._ask("DELETE", "faults")

    def limits(self, **wish):
        """limits(on=False): as fast as the machine goes."""
        return self.post("limits", **wish)


def start_payload(link):
    """The payload of t.me/<bot>?start=<payload>, or the word itself if it is no link."""
    query = urllib.parse.urlparse(link).query
    return urllib.parse.parse_qs(query)["start"][0] if query else link
