"""domain.py - DOMAIN.md's tables, written down once more from its text: who may do what, who is told, who counts as what"""

CLIENT, CONTRACTOR, MANAGER, OWNER, SYSTEM = 1, 2, 4, 8, 16
STAFF = MANAGER | OWNER
ROLE = {"client": CLIENT, "contractor": CONTRACTOR, "manager": MANAGER, "owner": OWNER, "system": SYSTEM}

AT_WORK = ("in_work", "waiting_client")
OPEN = ("new", *AT_WORK)
UNFINISHED = (*OPEN, "done")
OVER = ("closed", "cancelled")

# What may happen: event, from, who, to (None: the same state). A client's and a contractor's order is always the own one.
RULES = [
    ("create", (None,), CLIENT, "new"),
    ("add_details", ("new",), CLIENT, None),
    ("cancel", ("new",), CLIENT, "cancelled"),
    ("take", ("new",), CONTRACTOR, "in_work"),
    ("assign", ("new",), STAFF, "in_work"),
    ("set_estimate", ("in_work",), CONTRACTOR, None),
    ("ask", ("in_work",), CONTRACTOR, "waiting_client"),
    ("answer", ("waiting_client",), CLIENT | STAFF, "in_work"),
    ("resume", ("waiting_client",), CONTRACTOR, "in_work"),
    ("say", (*AT_WORK, "done"), CLIENT | CONTRACTOR | STAFF, None),
    ("finish", AT_WORK, CONTRACTOR, "done"),
    ("accept", ("done",), CLIENT | STAFF, "closed"),
    ("acknowledge", UNFINISHED, STAFF, None),
]
BY_EVENT = {}
for rule in RULES:
    BY_EVENT.setdefault(rule[0], []).append(rule)

# Words: needed, optional, none; and how many characters at most.
TASK, REASON = 20000, 2000
TEXT = {"create": (True, TASK), "add_details": (True, TASK), "ask": (True, TASK), "answer": (True, TASK), "say": (True, TASK),
        "finish": (True, TASK), "cancel": (False, REASON), "accept": (False, TASK)}
FILES_MAX = 50

# What a step of a clock is: event, and the alert's cause or the reminder's notice.
STEP_EVENT = {"open": "open_offer", "remind": "remind", "alert": "alert", "breach": "breach", "close": "auto_close",
              "repeat": "repeat", "reopen": "unacknowledge"}
CAUSE = {"reaction": "not_taken", "work": "late", "confirm": "unconfirmed", "answer": "no_answer"}
REMINDER = {"work": ("work_reminder", CONTRACTOR), "confirm": ("confirm_reminder", CONTRACTOR),
            "answer": ("answer_reminder", CLIENT), "acceptance": ("accept_reminder", CLIENT)}

# The role a notice speaks to; of two for one person the higher role's stays.
SPEAKS_TO = {
    "order_created": CLIENT, "order_taken": CLIENT, "order_assigned": CLIENT, "estimate_set": CLIENT, "question": CLIENT,
    "resumed": CLIENT, "order_done": CLIENT, "order_auto_closed": CLIENT, "quota_low": CLIENT, "answer_reminder": CLIENT,
    "accept_reminder": CLIENT, "order_late": CLIENT, "thread_message": CLIENT, "order_cancelled": CLIENT,
    "offer": CONTRACTOR, "work_yours": CONTRACTOR, "answer": CONTRACTOR, "order_closed": CONTRACTOR,
    "work_reminder": CONTRACTOR, "confirm_reminder": CONTRACTOR,
    "alert_not_taken": MANAGER, "alert_late": MANAGER, "alert_unconfirmed": MANAGER, "alert_no_answer": MANAGER,
    "alert_unreachable": MANAGER,
}

# An alert ends when its cause is gone: in which states it may stand.
ALERT_STANDS = {"not_taken": ("new",), "late": AT_WORK, "unconfirmed": AT_WORK, "no_answer": ("waiting_client",),
                "unreachable": UNFINISHED}
