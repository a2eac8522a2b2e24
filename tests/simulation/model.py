"""model.py - a naive second opinion: replays what a simulation did and checks every step against DOMAIN.md

    simulate --seed S | python3 -m simulation.model      1 and both views of the first step they disagree about

It shares nothing with the C code but the words of the trace (trace.h). Everything is counted anew from what happened: quotas
from their rows, clocks from the intervals in which they ran, workloads from the orders.
"""
import sys

from . import domain
from .clocks import STEPS
from .consequences import Consequences
from .domain import CLIENT, SYSTEM
from .world import Disagreement, Order


class Model(Consequences):
    # ---- a step ----

    def command(self, words, result):
        event, number, actor, acts_as, target, text, length, files, estimate, rating, alert, category, pay, to = words[0], *map(int, words[1:])
        given = dict(text=text, length=length, files=files, estimate=estimate, rating=rating, alert=alert, category=category, pay=pay, to=to)
        order, who = self.orders.get(number), self.people.get(actor)
        self.months.now(self.now, self.parameters["TIME_ZONE"], self.number("BILLING_DAY"))
        if order is None and event != "create":
            self.agree("no no_such_order", " ".join(result))
            return
        if event == "say" and order.state == "waiting_client" and who is not None and who.has(CLIENT) \
                and who.belongs_to(order.account) and order.contractor != who.id:
            event = "answer"  # whatever the client sends is the answer
        role, reasons = self.objections(event, order, who, acts_as, self.people.get(target), given)
        if result[0] == "no":
            if role or result[1] not in reasons:
                raise Disagreement(f"refused with {result[1]}; expected {'yes' if role else sorted(reasons)}")
            return
        if not role:
            raise Disagreement(f"allowed; expected a refusal: {sorted(reasons)}")
        if event == "create":
            order = Order(int(result[1].split(":")[8]), who.account, actor, self.now, len(self.months.rows))
            if order.id in self.orders:
                raise Disagreement("an order's number is used twice")
        self.happen(event, order, role, who, result, target=self.people.get(target), given=given)

    def deadline(self, words, result):
        if result[0] == "gone":
            return
        clock, step, run, due = words[2], words[3], int(words[4]), int(words[5])
        if clock == "subscription":
            self.subscription(step, run, due, result)
            return
        order = self.orders[int(words[1])]
        self.months.now(self.now, self.parameters["TIME_ZONE"], self.number("BILLING_DAY"))
        key = (order.id, clock, run, step) if clock == "alert" else (order.id, clock, step)
        expected = self.pending.pop(key, None)
        if expected != (run, due):
            self.agree("no moot", " ".join(result))
            return
        self.in_time(due)
        for earlier, _ in STEPS.get(clock, ()):
            if earlier == step:
                break
            if self.pending.get((order.id, clock, earlier), (0, due + 1))[1] <= due:
                raise Disagreement(f"{earlier} comes before {step}")
        if clock == "alert":
            cause = next(cause for cause, alert in order.alerts.items() if alert["id"] == run)
            self.happen(domain.STEP_EVENT[step], order, SYSTEM, None, result, cause=cause)
        else:
            order.clocks[clock].reached.add(step)
            self.happen(domain.STEP_EVENT[step], order, SYSTEM, None, result, clock=clock, step=step)

    def in_time(self, due, moved_at=0):
        at = max(due, moved_at) if self.watcher_up_since is None else max(due, moved_at, self.watcher_up_since)
        if self.now != at:
            raise Disagreement(f"sent at {self.now}, due at {due}")

    def subscription(self, step, account, due, result):
        """The account's persons and the owners are told that it ends."""
        if self.pending.pop(("account", account, step), None) != (account, due):
            raise Disagreement("this step is not expected")
        self.in_time(due, self.moved_at.pop(("account", account, step), 0))
        people = {p.id for p in self.people.values() if p.belongs_to(account) and p.reachable} | set(self.owners())
        kind = "subscription_ended" if step == "end" else "subscription_ends"
        said = result[1].rpartition(":")
        self.agree(f"n:{kind}:{self.quiet_until(kind, 0)}:", said[0])
        self.agree(sorted(people), sorted(int(p) for p in said[2].split(",") if p))

    # ---- comparing ----

    def agree(self, expected, seen):
        if expected != seen:
            raise Disagreement(f"expected {expected}\n     got {seen}")

    def compare(self, event, order, role, result):
        said = {"d": [], "a": [], "e": [], "n": [], "p": [], "q": "", "pay": "", "withdraw": [], "erase": [], "j": "", "by": "", "due": "", "breach": ""}
        for word in result[2:]:
            kind = word.partition(":")[0]
            if isinstance(said[kind], list):
                said[kind].append(word)
            else:
                said[kind] = word
        row = f"{order.state}:{order.version}:{order.contractor}:{order.estimate}:{order.is_open:d}:{order.named:d}:{order.rate}:{order.bonus}:{order.id}"
        self.agree("ok " + row, " ".join(result[:2]))
        roles = [word for word, bit in domain.ROLE.items() if bit == role]
        self.agree(f"by:{event}:{roles[0]}", said["by"])
        self.agree(f"due:{self.promise}", said["due"])
        self.agree(f"breach:{order.reaction_breached}:{order.work_breached}", said["breach"])
        self.agree(self.books, said["q"])
        self.agree(self.pays, said["pay"])
        for part in self.detail:
            if part not in said["j"]:
                raise Disagreement(f"the event's detail lacks {part}: {said['j']}")
        self.compare_alerts(order, said["a"])
        words = sorted(w for w in self.expected if isinstance(w, str) and not w.startswith("a:"))
        self.agree(" ".join(words), " ".join(sorted(said["d"] + said["e"] + said["withdraw"] + said["erase"])))
        if event == "create":
            self.agree(" ".join(sorted(f"p:{p}" for p in order.pins)), " ".join(sorted(said["p"])))
        self.compare_notices(order, said["n"])

    def compare_alerts(self, order, words):
        for expected in list(self.expected):
            if isinstance(expected, tuple) and expected[1] == "raised":  # its number is the engine's choice
                expected[3]["id"] = next((int(w.split(":")[3]) for w in words if w.startswith(f"a:raised:{expected[2]}:")), None)
                self.next_repeat(order, expected[3])
        wanted = sorted(w if isinstance(w, str) else f"a:{w[1]}:{w[2]}:{w[3]['id']}:{w[3]['level']}"
                        for w in self.expected if isinstance(w, tuple) or w.startswith("a:"))
        self.agree(" ".join(wanted), " ".join(sorted(words)))

    def compare_notices(self, order, words):
        cards, seen = False, []
        for word in words:
            _, kind, offset, rest = word.split(":", 3)
            detail, _, people = rest.rpartition(":")
            if kind == "cards_changed":
                cards = True
                continue
            seen += [(kind, int(person), detail, int(offset)) for person in people.split(",")]
        highest = {}
        for kind, person, _, _ in self.told:
            highest[person] = max(highest.get(person, 0), domain.SPEAKS_TO[kind])
        self.note_waiting(order, seen)
        expected, once = [], set()
        for kind, person, detail, offset in self.told:
            if domain.SPEAKS_TO[kind] == highest[person] and (kind, person) not in once:
                once.add((kind, person))
                expected.append((kind, person, detail, offset))
        self.agree(f"cards {bool(self.cards)}", f"cards {cards}")
        a, b = sorted(expected), sorted(seen)
        if [(k, p, o) for k, p, _, o in a] != [(k, p, o) for k, p, _, o in b]:
            raise Disagreement(f"told {[(k, p, o) for k, p, _, o in b]}\nexpected {[(k, p, o) for k, p, _, o in a]}")
        for (kind, person, parts, _), (_, _, detail, _) in zip(a, b):
            for part in parts:
                if part not in detail:
                    raise Disagreement(f"{kind} to {person} lacks {part}: {detail}")

    def note_waiting(self, order, seen):
        for kind, person, _, _ in seen if self.sender_down else ():
            if kind.startswith("alert_"):
                self.waiting.add((order.alerts[kind[6:]]["id"], person))

    def end(self):
        """The ledgers as a whole: every reservation returned at most once, every closed order paid exactly once."""
        paid = [order for _, _, _, order in self.payouts]
        closed = [o for o in self.orders.values() if o.paid]
        if sorted(paid) != sorted(o.id for o in closed) or any(o.state == "closed" and not o.paid for o in self.orders.values()):
            raise Disagreement("paid orders and closed orders differ")
        if sum(amount for _, _, amount, _ in self.payouts) != sum(o.rate + o.bonus for o in closed):
            raise Disagreement("payouts do not add up to the orders' rates")
        live = sum(not o.given_back for o in self.orders.values())
        if self.granted - sum(sum(rows) for rows in self.quota.values()) != live:
            raise Disagreement("the quota ledger does not add up to the orders")


def check(lines):
    """Checks a trace; (the model, None) or (the model, (step, line, what differs))."""
    model = Model()
    text = ""
    try:
        for text in lines:
            model.line(text.rstrip("\n"))
    except (Disagreement, LookupError, ValueError, AttributeError, TypeError) as difference:  # what it cannot follow differs too
        return model, (int(text.split(" ")[1]) if text.split(" ")[1].isdigit() else 0, text.rstrip("\n"), f"{difference}" if isinstance(difference, Disagreement) else repr(difference))
    return model, None


if __name__ == "__main__":
    _, found = check(sys.stdin)
    if found:
        print(f"step {found[0]}: {found[1]}\n{found[2]}")
        sys.exit(1)
