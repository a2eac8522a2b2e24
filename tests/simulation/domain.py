"""domain.py - DOMAIN.md's tables, written down once more from its text: who may do what, who is told, who counts as what"""

CLIENT, CONTRACTOR, MANAGER, OWNER, SYSTEM = 1, 2, 4, 8, 16
STAFF = MANAGER | OWNER
ROLE = {"client": CLIENT, "contractor": CONTRACTOR, "manager": MANAGER, "owner": OWNER, "system": SYSTEM}

AT_WORK = ("in_work", "waiting_client")
OPEN = ("new", *AT_WORK)
UNFINISHED = (*OPEN, "done")
OVER = ("closed", "cancelled")

# What may happen: event, from, who, to (None: the same state). A client's and a contractor's order is always the own one.
ANY = (*UNFINISHED, *OVER)
RULES = [
    ("create", (None,), CLIENT, "new"),
    ("add_details", ("new",), CLIENT, None),
    ("cancel", ("new",), CLIENT | SYSTEM, "cancelled"),
    ("cancel", UNFINISHED, STAFF, "cancelled"),
    ("take", ("new",), CONTRACTOR, "in_work"),
    ("assign", ("new",), STAFF, "in_work"),
    ("set_estimate", ("in_work",), CONTRACTOR, None),
    ("reassign", AT_WORK, STAFF, "in_work"),
    ("ask", ("in_work",), CONTRACTOR, "waiting_client"),
    ("answer", ("waiting_client",), CLIENT | STAFF, "in_work"),
    ("resume", ("waiting_client",), CONTRACTOR, "in_work"),
    ("say", (*AT_WORK, "done"), CLIENT | CONTRACTOR | STAFF, None),
    ("extend", AT_WORK, CONTRACTOR | STAFF, None),
    ("give_back", AT_WORK, CONTRACTOR, "new"),
    ("release", AT_WORK, STAFF | SYSTEM, "new"),
    ("finish", AT_WORK, CONTRACTOR, "done"),
    ("accept", ("done",), CLIENT | STAFF, "closed"),
    ("rework", ("done",), CLIENT | STAFF, "in_work"),  # new, if who did it works here no more
    ("rate", ("closed",), CLIENT, None),
    ("complain", ANY, CLIENT, None),
    ("acknowledge", ANY, STAFF, None),
    ("settle", ANY, STAFF, None),
]
BY_EVENT = {}
for rule in RULES:
    BY_EVENT.setdefault(rule[0], []).append(rule)

# Words: who must say some, and how many characters at most.
TASK, REASON = 20000, 2000
EVERYBODY, NOBODY = 31, 0
TEXT = {"create": (EVERYBODY, TASK), "add_details": (EVERYBODY, TASK), "ask": (EVERYBODY, TASK), "answer": (EVERYBODY, TASK),
        "say": (EVERYBODY, TASK), "finish": (EVERYBODY, TASK), "cancel": (STAFF, REASON), "accept": (NOBODY, TASK),
        "reassign": (EVERYBODY, REASON), "extend": (EVERYBODY, REASON), "give_back": (EVERYBODY, REASON), "release": (STAFF, REASON),
        "rework": (EVERYBODY, TASK), "rate": (NOBODY, TASK), "complain": (EVERYBODY, TASK), "settle": (NOBODY, TASK)}
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
    "complaint_answered": CLIENT,
    "offer": CONTRACTOR, "work_yours": CONTRACTOR, "answer": CONTRACTOR, "order_closed": CONTRACTOR,
    "work_reminder": CONTRACTOR, "confirm_reminder": CONTRACTOR,
    "alert_not_taken": MANAGER, "alert_late": MANAGER, "alert_unconfirmed": MANAGER, "alert_no_answer": MANAGER,
    "alert_unreachable": MANAGER, "alert_complaint": MANAGER, "alert_low_rating": MANAGER, "alert_reworked": MANAGER,
    "order_reassigned": CLIENT, "order_requeued": CLIENT, "estimate_moved": CLIENT,
    "work_lost": CONTRACTOR, "work_returned": CONTRACTOR, "work_extended": CONTRACTOR, "work_cancelled": CONTRACTOR,
    "order_returned": MANAGER, "order_orphaned": MANAGER,
}

# An alert ends when its cause is gone: in which states it may stand.
ALERT_STANDS = {"not_taken": ("new",), "late": AT_WORK, "unconfirmed": AT_WORK, "no_answer": ("waiting_client",),
                "unreachable": UNFINISHED, "complaint": ANY, "low_rating": ANY, "reworked": ANY}
SETTLED_BY_HAND = ("complaint", "low_rating", "reworked")
REWORKS_ALERTED = 3
RATE_DAYS = 7
STAFF_ESTIMATE_MINUTES_MAX = 90 * 24 * 60

# Steps of a subscription's end: how many days before the end of the paid-until day.
SUBSCRIPTION = {"week_before": 7, "day_before": 1, "end": 0}

# What the quiet hours hold back: nobody loses anything by reading it in the morning.
CAN_WAIT = {"offer", "quota_low", "answer_reminder", "accept_reminder", "order_closed", "order_auto_closed", "subscription_ends",
            "subscription_ended"}
SPEAKS_TO |= {"subscription_ends": CLIENT, "subscription_ended": CLIENT}
