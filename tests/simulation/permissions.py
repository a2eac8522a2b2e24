"""permissions.py - may it happen? Each event with the reasons against it"""
from . import domain
from .domain import CLIENT, CONTRACTOR, MANAGER, OWNER, SYSTEM
from .months import end_of_day
from .world import DAY, World


class Permissions(World):
    def objections(self, event, order, actor, acts_as, target, given):
        """(the role in which it may happen, or 0; the reasons why not). Whoever holds several roles acts in the highest that may."""
        roles = acts_as or (actor.roles if actor is not None else 0)
        if not roles:
            return 0, {"not_invited"}
        found = set()
        for _, states, who, _ in domain.BY_EVENT.get(event, ()):
            for role in (SYSTEM, OWNER, MANAGER, CONTRACTOR, CLIENT):
                if roles & who & role:
                    why = self.against(event, states, role, order, actor)
                    if not why:
                        given["role"] = role
                        check = getattr(self, "against_" + event, None)
                        why = self.against_text(event, given) | (check(order, actor, target, given) if check else set())
                        return 0 if why else role, why
                    found |= why
        return 0, found or {"not_your_role"}

    def against(self, event, states, role, order, actor):
        why = set()
        state = None if order is None else order.state
        if state not in states:
            why |= {"wrong_state", "taken_already"} if event == "take" else {"wrong_state"}
        if order is not None and event != "take":
            works = actor is not None and order.contractor == actor.id
            if role == CONTRACTOR and not works:
                why.add("not_your_order")
            if role == CLIENT and (works or not actor.belongs_to(order.account)):
                why.add("not_your_order")
        if event == "create" and not actor.account:
            why.add("no_account")
        if event == "acknowledge" and actor is None:
            why.add("not_your_role")  # somebody must be on it, and a login is nobody
        return why

    def against_text(self, event, given):
        needed, most = domain.TEXT.get(event, (0, None))
        why = set()
        if most is None:
            return why
        if needed & given["role"] and not given["text"] and not given["files"]:
            why.add("empty_text")
        if given["length"] > most:
            why.add("text_too_long")
        if given["files"] > domain.FILES_MAX:
            why.add("too_many_files")
        return why

    def against_create(self, order, actor, target, given):
        tariff, until = self.accounts[actor.account]
        why = set()
        if until is None:
            why.add("not_paid_yet")
        elif self.now >= end_of_day(self.parameters["TIME_ZONE"], until):
            why.add("subscription_ended")
        if self.quota_left(actor.account) == 0:
            why.add("quota_used")
        if sum(o.state in domain.OPEN for o in self.unfinished.get(actor.account, {}).values()) >= self.tariffs[tariff]["limit"]:
            why.add("too_many_open")
        if given["category"] and not self.categories >> given["category"] & 1:
            why.add("no_such_category")
        return why

    def against_estimate(self, order, actor, target, given):
        return set() if 1 <= given["estimate"] <= self.number("MAX_ESTIMATE_HOURS") * 60 else {"estimate_range"}

    def against_take(self, order, actor, target, given):
        why = self.against_estimate(order, actor, target, given)
        if actor.account and actor.belongs_to(order.account):
            why.add("own_account")
        if actor.id in order.passed:
            why.add("had_it_already")
        if not order.is_open and actor.id not in order.pins:
            why.add("not_offered")
        if not actor.serves(self.now):
            why.add("off_duty")
        if self.load(actor) >= self.number("CONTRACTOR_MAX_ORDERS"):
            why.add("at_limit")
        return why

    def against_set_estimate(self, order, actor, target, given):
        return {"estimate_named"} if order.named else self.against_estimate(order, actor, target, given)

    def against_assign(self, order, actor, target, given):
        if target is None or not target.roles:
            return {"no_such_person"}
        why = set()
        if not target.has(CONTRACTOR):
            why.add("not_active")
        if target.account and target.belongs_to(order.account):
            why.add("own_account")
        return why

    def against_reassign(self, order, actor, target, given):
        if target is not None and target.roles and target.id == order.contractor:
            return {"has_it_already"}
        return self.against_assign(order, actor, target, given)

    def against_cancel(self, order, actor, target, given):
        return {"nobody_to_pay"} if given["pay"] == 1 and not order.contractor else set()

    def against_say(self, order, actor, target, given):
        return set() if given["to"] in (0, CLIENT, CONTRACTOR) else {"no_such_addressee"}

    def against_extend(self, order, actor, target, given):
        if given["role"] != CONTRACTOR:
            return set() if 1 <= given["estimate"] <= domain.STAFF_ESTIMATE_MINUTES_MAX else {"estimate_range"}
        why = self.against_estimate(order, actor, target, given)
        if not order.named:
            why.add("estimate_unnamed")
        if "work" in order.clocks and order.clocks["work"].counted(self.now) >= order.clocks["work"].limit_ms:
            why.add("estimate_over")
        return why

    def against_rate(self, order, actor, target, given):
        why = set() if 1 <= given["rating"] <= 5 else {"rating_range"}
        if order.rating:
            why.add("rated_already")
        if self.now >= order.ended_at + domain.RATE_DAYS * DAY:
            why.add("rated_too_late")
        return why

    def against_complain(self, order, actor, target, given):
        return {"complained_already"} if "complaint" in order.alerts else set()

    def against_settle(self, order, actor, target, given):
        for cause, alert in order.alerts.items():
            if alert["id"] == given["alert"]:
                return set() if cause in domain.SETTLED_BY_HAND else {"alert_solves_itself"}
        return {"alert_gone"}

    def against_accept(self, order, actor, target, given):
        return set() if 0 <= given["rating"] <= 5 else {"rating_range"}

    def against_acknowledge(self, order, actor, target, given):
        for alert in order.alerts.values():
            if alert["id"] == given["alert"]:
                return {"alert_has"} if alert["by"] else set()
        return {"alert_gone"}
