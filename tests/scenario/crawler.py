"""crawler.py - somebody who presses everything that can be reached from /start, and complains about what people would complain about

    done = Crawler(suite, person, "ru").walk()
    done.complaints        sentences, each with the way there
    done.pressed           how often which button of presses.def, command, or words

A screen is what a message says first and offers, with numbers masked: so every order, page and person of one kind is one screen.
A move is a button of a screen, a command, or words where words are awaited. Moves are made breadth first, those that only show
something before those that change anything: what is changed is gone. A button that is out of sight is pressed all the same, as on another
telephone that still shows it; but one whose meaning lies in what was begun (send, drop) is walked to again.

What people write in a crawled world is Greek, so whatever is Latin or Cyrillic the bot has said by itself.
"""
import collections
import re
from dataclasses import dataclass, field

from harness.cluster import rows_of
from harness.plugin import REPO
from harness.sim import Message
from harness.waiting import NotInTime, wait_until

from .phrases import foreign_words, without_names

PRESSES_MOST = 160  # of one person; what is left then is counted
TEXT_UNITS_MOST, TOAST_UNITS_MOST, LABEL_UNITS_MOST = 4096, 200, 64  # Telegram's limits, and what a telephone shows of a button
SETTLES_S, LOOK_EVERY_S = 30.0, 0.004

# What somebody sensible would write; everywhere else anything goes.
WORDS = "Παρακαλώ 7"
WORDS_OF_STEP = {"take_estimate": "2", "set_estimate": "2", "extend_time": "2", "invite_until": "31.12.2036",
                 "account_until": "31.12.2036", "grant": "2 δώρο", "find": "Παρακαλώ"}

MANY_BUTTONS = 4  # on one message: they say which screen it is
NOT_PRESSED = {"speak"}  # it changes the language that everything is judged by

A_COMMAND = re.compile(r"(?<!\w)/[a-z]+\b")
AN_ID = re.compile(r"\b[a-z]+_[a-z_]+\b|\{\w+\}|%[sdl]\b")


def press_actions():
    """Name of a button -> its action, of presses.def."""
    text = (REPO / "bot-gateway/dialog/presses.def").read_text(encoding="utf-8")
    return dict(re.findall(r"^PRESS\((\w+), +\w+, +\w+, +(\w+),", text, re.MULTILINE))


def masked(words):
    """Numbers, spans and what people wrote make no other screen."""
    words = re.sub(r"[\u0370-\u03ff\u1f00-\u1fff]+", "α", re.sub(r"\d+", "#", words))
    return re.sub(r"#(?: \w+)?[ :.]+(?=#)|\([^)]*\)", "", words)


def name_of(data):
    return data.partition(":")[0]


@dataclass
class Move:
    """screen: where it was seen; way: what led there; message_id, data: of its button; or a command, or None = words."""
    screen: str
    way: tuple
    data: str
    message_id: int = 0

    @property
    def is_button(self):
        return self.message_id > 0

    def key(self):
        return self.screen, masked(self.data or "words")

    def path(self):
        return (*self.way, self.data or "words")


@dataclass
class Walk:
    """What came of it."""
    complaints: list = field(default_factory=list)
    screens: set = field(default_factory=set)
    pressed: collections.Counter = field(default_factory=collections.Counter)
    gone: int = 0  # seen, and not to be found again when their turn came
    left: int = 0  # not made any more

    def presses(self):
        return sum(self.pressed.values())


STILL_TO_BE_SAID = """
    with given as (select %s::bigint as chat)
    select exists (select from inbox, given where chat_id = chat)
        or exists (select from deliveries, given where chat_id = chat and settled_at is null)
        or exists (select from cards, given where chat_id = chat and stale)
        or exists (select from notices n join people p on p.id = n.person_id, given
                    where p.telegram_id = chat and n.withdrawn_at is null and coalesce(n.not_before, n.at) <= suite_now()
                      and not exists (select from deliveries d where d.notice_id = n.id))"""


class Chat:
    """What a person's chat with the bot shows, and which screen every button of it is on."""

    def __init__(self, suite, person):
        self.suite, self.person, self.session, self.seq = suite, person, suite.session(), 0
        self.shown = {}  # message id -> (screen, [data])
        self.shown_by = {}  # message id -> data of the button that last changed it: pressed again it may find nothing new
        self.places = {}  # (screen, masked data) -> {message id: data}, the newest last

    def look(self):
        """Reads what is new: what the bot said, changed, marked or removed, oldest first."""
        seen = self.suite.sim.get(f"chats/{self.person.id}", after=self.seq)
        self.seq = seen["seq"]
        changed = [Message(m) for m in seen["messages"] if m.get("from_bot") or m.get("reactions") or m.get("deleted")]
        for message in changed:
            self.forget(message.id)
            if message.get("from_bot") and not message.get("deleted"):
                self.show(message)
        return changed

    def forget(self, message_id):
        screen, buttons = self.shown.pop(message_id, (None, ()))
        for data in buttons:
            self.places[screen, masked(data)].pop(message_id, None)

    def show(self, message):
        screen, buttons = screen_of(message), buttons_of(message)
        self.shown[message.id] = screen, buttons
        for data in buttons:
            self.places.setdefault((screen, masked(data)), {})[message.id] = data

    def find(self, key):
        """(message id, data) of the newest such button, or None."""
        return next(reversed(self.places.get(key, {}).items()), None)

    def goes_on_below(self, message):
        """A card that has moved leaves a line where it stood."""
        return any(buttons for number, (_, buttons) in self.shown.items() if number > message.id)

    def is_in_sight(self, message_id, data):
        return data in self.shown.get(message_id, (None, ()))[1]

    def find_anywhere(self, data):
        """The same on whatever screen."""
        return next(((number, offered) for number, (_, buttons) in reversed(self.shown.items())
                     for offered in buttons if masked(offered) == masked(data)), None)

    def settle(self):
        """Until the bot has nothing left to say here; what is new."""
        def wait(condition, what):
            wait_until(condition, SETTLES_S, what, every=LOOK_EVERY_S)
        wait(lambda: self.suite.sim.get("pending")["pending"] == 0, "every update to be confirmed")
        wait(lambda: not self.value(STILL_TO_BE_SAID), f"everything to be sent to {self.person.name}")
        return self.look()

    def wait_sign(self):
        """What is said in a thread is marked once it has arrived on the other side."""
        try:
            return wait_until(self.look, SETTLES_S)
        except NotInTime:
            return []

    def step(self):
        return self.value("select coalesce(max(step), '') from chats where chat_id = %s")

    def has_joined(self):
        return self.value("select coalesce(max(roles), 0) > 0 from person_facts where telegram_id = %s")

    def is_notice(self, message):
        return self.value("select exists (select from deliveries where chat_id = %s and message_id = %s and notice_id is not null)", message.id)

    def value(self, query, *more):
        """Of the database, by the person's number."""
        return rows_of(self.session, query, [self.person.id, *more])[0][0]


def said_by_bot(message):
    return message.get("from_bot") and not message.get("deleted")


def leads_on(message):
    """A protected message removes itself."""
    return message.get("buttons") or message.get("protected") or A_COMMAND.search(message.text)


def buttons_of(message):
    return [button["data"] for row in message.get("buttons") or [] for button in row if button.get("data")]


def screen_of(message):
    """Where there are many buttons they say what it is; else the first line does. All words are judged, whatever the screen."""
    names = list(dict.fromkeys(map(name_of, buttons_of(message))))
    return " ".join([*names, "|", masked(message.text.partition("\n")[0]) if len(names) < MANY_BUTTONS else ""])


class Crawler:
    def __init__(self, suite, person, language, names=()):
        """language: the person's. names: names_of(suite)."""
        self.suite, self.person, self.language = suite, person, language
        self.names = names
        self.actions = press_actions()
        self.chat, self.done = Chat(suite, person), Walk()
        self.known, self.waiting = set(), []  # keys of moves; moves not made yet

    def walk(self, most=PRESSES_MOST):
        self.discover(self.chat.look(), ())
        for command in ("start", *self.commands()):
            self.add(Move("", (), f"/{command}"))
        if self.chat.has_joined():  # others are answered once a minute
            self.add(Move("", (), None))
        while self.waiting and self.done.presses() < most:
            self.make(self.next_move())
        self.chat.session.close()
        self.done.left = len(self.waiting)
        return self.done

    # ---- which move ----

    def commands(self):
        return [c["command"] for c in self.suite.sim.get(f"chats/{self.person.id}").get("commands") or []]

    def discover(self, messages, way):
        for message in messages:
            screen = screen_of(message)
            self.done.screens.add(screen)
            for data in buttons_of(message):
                if name_of(data) not in NOT_PRESSED:
                    self.add(Move(screen, way, data, message.id))

    def add(self, move):
        if move.key() not in self.known:
            self.known.add(move.key())
            self.waiting.append(move)

    def next_move(self):
        """The first that changes nothing and is in sight, the first that changes nothing, the first in sight, the first."""
        def rank(move):
            return self.changes_something(move), move.is_button and not self.chat.find(move.key())
        best = min(self.waiting, key=rank)
        self.waiting.remove(best)
        return best

    def changes_something(self, move):
        return move.is_button and self.actions.get(name_of(move.data)) not in ("SHOW", "BEGIN_ORDER")

    # ---- making it ----

    def make(self, move):
        place = self.place_of(move) if move.is_button else True
        if not place:
            self.done.gone += 1
            return
        answer = self.press(move, *place) if move.is_button else self.say(move, move.data or self.words())
        self.discover(answer, move.path())
        if answer:
            self.write_if_asked(Move(screen_of(answer[-1]), move.path(), None))

    def place_of(self, move):
        """(message id, data); None if it cannot be found again."""
        if not self.chat.find(move.key()) and self.actions.get(name_of(move.data)) == "BY_STEP":
            for step in move.way:
                self.again(move, step)
            return self.chat.find(move.key())
        return self.chat.find(move.key()) or (move.message_id, move.data)

    def again(self, move, step):
        """A step of a way that was walked before."""
        there = self.chat.find_anywhere(step)
        if step.startswith("/"):
            self.say(move, step)
        elif step == "words":
            self.say(move, self.words())
        elif there:
            self.press(move, *there)

    def words(self):
        return WORDS_OF_STEP.get(self.chat.step(), WORDS)

    def write_if_asked(self, move):
        """Words where words are awaited."""
        if self.chat.step() and move.key() not in self.known:
            self.known.add(move.key())
            self.discover(self.say(move, self.words()), move.path())

    def say(self, move, text):
        """What the bot says to it; a sign at the message, or its removal, is an answer too."""
        self.done.pressed[text if text.startswith("/") else "words"] += 1
        self.person.say(text)
        new = self.chat.settle() or self.chat.wait_sign()
        if not new:
            self.complain(move, "no answer")
        return self.judged(move, new)

    def press(self, move, message_id, data):
        """What the bot says to it besides the toast."""
        self.done.pressed[name_of(data)] += 1
        expected = self.chat.is_in_sight(message_id, data) and self.chat.shown_by.get(message_id) != data
        try:
            toast = self.person.press_data(data, {"message_id": message_id}, stale=True, wait=SETTLES_S).get("text") or ""
        except NotInTime as unanswered:
            self.complain(move, str(unanswered))
            return []
        new = self.chat.settle()
        if expected and not toast and not new:
            self.complain(move, "nothing happened")
        self.chat.shown_by.update({message.id: data for message in new})
        self.judge_words(move, toast, TOAST_UNITS_MOST)
        return self.judged(move, new)

    # ---- what people would complain about ----

    def judged(self, move, new):
        """The bot's messages among these, looked at as a person looks at them."""
        said = [message for message in new if said_by_bot(message)]
        for message in said:
            self.judge_words(move, message.text, TEXT_UNITS_MOST)
            for label in message.buttons:
                self.judge_words(move, label, LABEL_UNITS_MOST)
        # what somebody else has set off may come at any time; who has not joined may have nothing to do but wait
        if said and not (any(map(leads_on, said)) or self.chat.goes_on_below(said[-1]) or self.person.keyboard()) \
                and self.chat.has_joined() and not self.chat.is_notice(said[-1]):
            self.complain(move, f"a dead end: {said[-1].text!r}")
        return said

    def judge_words(self, move, words, most):
        if len(words.encode("utf-16-le")) // 2 > most:
            self.complain(move, f"{len(words)} characters: {words[:60]!r}")
        own_words = without_names(words, self.names)
        for stranger in (*AN_ID.findall(own_words), *foreign_words(self.language, own_words)):
            self.complain(move, f"not {self.language}: {stranger!r} in {words[:300]!r}")

    def complain(self, move, what):
        self.done.complaints.append(f"{self.person.name} ({self.language}): {' > '.join(move.path())}: {what}")
