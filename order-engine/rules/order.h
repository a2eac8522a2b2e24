/* order.h - what the rules look at and what they decide: plain data, no I/O
 *
 * The shell (batch, store) fills a struct situation from the database, order_decide answers with a struct decision, the shell
 * writes it. Everything here is by value or borrowed from the batch.
 */
#pragma once
#include "common/base/buf.h"
#include "common/wire/domain.h"
#include "common/wire/parameters.h"
#include "order-engine/rules/calendar.h"

#define CLOCK_STEPS_MAX   4  /* steps of one clock */
#define ORDER_PINS_MAX    32 /* pinned contractors who see an order first */
#define ORDER_PASSES_MAX  32 /* contractors who had an order and have it no more */
#define ORDER_MEMBERS_MAX 16 /* persons of an account who are told when the one who ordered cannot be */
#define REFUSAL_ARGS_MAX  3

#define CATEGORIES_MAX 62 /* numbers of categories: 1 to this one, so that a set of them is one word */
#define CATEGORY_BIT(id) (UINT64_C(1) << (id))

/* The present run of one clock (table clock_runs). */
struct clock_run {
    int64_t  run;        /* 0: this clock has never run for the order */
    bool     running;    /* neither ended nor paused */
    bool     paused;     /* ended to be resumed */
    int64_t  started_at; /* ms */
    int64_t  ended_at;   /* ms, 0 while running */
    int64_t  counted_ms; /* before this run, since the clock last started from zero */
    int64_t  limit_ms;   /* 100 % */
    int64_t  shares[CLOCK_STEPS_MAX]; /* percent of each step, as when the clock began */
    const struct calendar *calendar; /* which minutes count; NULL: all, as for every clock but reaction */
    unsigned fired;      /* bit n: step n has been reached since the clock last started from zero, and a move did not put it ahead again */
};

struct open_alert { /* id 0: none */
    int64_t id, level, raised_at, acknowledged_by, acknowledged_at;
    int64_t repeats; /* rounds of being told again since it was raised */
};

struct waiting_copy { /* of an alert: decided for this person, or the managers' group (0), not sent yet */
    int64_t alert_id, person_id;
};

/* An order as the table `orders` holds it, with its clocks and open alerts. Times in ms, 0 = not yet. */
struct order {
    int64_t          id;
    int64_t          month_day; /* first day of the UTC month of creation, in days since 1970: partition of its events */
    int64_t          account_id, ordered_by;
    enum order_state state;
    int64_t          version;
    int64_t          created_at, billing_month_id;
    int64_t          tariff_id, reaction_minutes, rate_minor, bonus_minor;
    int64_t          calendar_id;                /* of its reaction clock; 0 = round the clock */
    const struct calendar *calendar;             /* the same: borrowed */
    bool             sees_contacts, offer_open;
    int64_t          contractor_id, taken_at, estimate_minutes; /* 0 = none */
    bool             estimate_named, contractor_active; /* active: still works here */
    bool             given_back; /* to the quota, because its first reaction time was missed */
    int64_t          reworks, done_at, ended_at, rating;
    int64_t          reaction_breached_at, work_breached_at;
    char             currency[8];
    const char      *wish;
    int64_t          category_id; /* 0 = none was chosen */
    struct clock_run clocks[ORDER_CLOCK_COUNT];
    struct open_alert alerts[CAUSE_COUNT];
    /* who is told for the client's side: the one who ordered, or the account's others if that one cannot be reached or is gone; none if nobody is left */
    int64_t          client_told[ORDER_MEMBERS_MAX];
    size_t           client_told_count;
    bool             client_reachable; /* somebody of the account can be */
    int64_t          pins[ORDER_PINS_MAX]; /* alone to see and take it while offer_open is false */
    size_t           pin_count;
    int64_t          passed[ORDER_PASSES_MAX]; /* gave it back or lost it: neither offered it nor able to take it again */
    size_t           pass_count;
};

struct person { /* as the rules need one; roles are those in force */
    int64_t  id, telegram_id;
    unsigned roles;      /* bits of enum role */
    int64_t  account_id; /* client of; 0 = none */
    bool     on_duty, reachable;
    int64_t  away_until;  /* ms; 0 = not away for a time */
    int64_t  open_orders; /* in_work and waiting_client, as a contractor */
    bool     pinned;      /* by the account of the order at hand */
    bool     declined;    /* the order at hand */
    /* contractors only, as far as they may be offered an order */
    int64_t  marks, mark_sum; /* the last RATING_MARKS marks: how many, and their sum */
    int64_t  last_taken_at;   /* ms; 0 = never */
    uint64_t follows;         /* bits of CATEGORY_BIT; 0 = every category */
};

struct people { /* borrowed */
    const struct person *items;
    size_t               count;
};

struct account { /* of the client who orders, under the account's lock */
    int64_t id, tariff_id;
    int64_t orders_per_month, reaction_minutes, rate_minor, open_limit; /* rate_minor < 0: ORDER_RATE */
    bool    may_pin, sees_contacts;
    int64_t calendar_id;     /* of the tariff, as it is now; 0 = round the clock */
    const struct calendar *calendar;
    bool    has_paid_until;
    int64_t paid_until_day;  /* days since 1970, valid to the end of that day */
    int64_t quota_balance;   /* grants + returns - reservations of this billing month */
    int64_t open_orders;     /* new, in_work, waiting_client */
};

struct billing_month {
    int64_t id, starts_at, ends_at;
};

/* Everything one decision may look at. */
struct situation {
    int64_t                  now;
    const struct parameters *parameters;
    struct billing_month     month;    /* in which now lies */
    const struct person     *actor;    /* NULL for the system and the panel */
    unsigned                 acts_as;  /* bits: SYSTEM for time, OWNER for a panel administrator; 0 = by the actor's roles */
    const struct order      *order;    /* NULL for create, or if there is none of that number */
    const struct account    *account;  /* create */
    const struct person     *target;   /* assign, reassign: the contractor; NULL if there is none such */
    uint64_t                 categories; /* create: those on sale, bits of CATEGORY_BIT */
    struct people            crew;     /* managers and owners in force */
    bool                     has_managers_group; /* a chat where alerts appear, too */
    struct people            contractors; /* in force; only for what opens an order */
    const struct waiting_copy *waiting;   /* repeats of alerts: borrowed */
    size_t                   waiting_count;
};

/* One order command. Text and files stay with the message: the rules only need to know that there are some. */
struct order_command {
    enum order_event event;
    const char      *id;
    bool             has_text;     /* not blank */
    size_t           text_len;     /* characters */
    size_t           file_count;
    const char      *wish;         /* create */
    int64_t          estimate_minutes, rating, alert_id; /* alert: of an acknowledgement, of its own deadlines */
    int64_t          category_id;  /* create; 0 = none */
    bool             pay, pay_given;  /* cancel: has the contractor earned all the same? */
    int              addressee;    /* say: enum role a manager speaks to; 0 = both sides, -1 = none we know */
    enum sla_clock   clock;        /* of a deadline */
    enum clock_step  step;
    int64_t          run;
    int64_t          new_order_id, new_alert_id; /* numbers set aside for what the decision may make */
};

struct refusal_arg {
    const char *name;
    bool        is_text;
    int64_t     number;
    const char *text; /* static or a state's wire name */
};

struct decided_notice {
    enum notice_kind kind;
    int64_t          person_id;  /* 0: every card of the order, or the managers' group */
    bool             to_group;
    int64_t          not_before; /* ms; 0 = at once */
    int              detail;     /* index into decision.details, -1 = none */
};

struct decided_deadline {
    enum sla_clock  clock;
    int64_t         run;
    enum clock_step step;
    int64_t         due_at;
    int64_t         alert_id; /* of CLOCK_ALERT, which has no runs; otherwise 0 */
};

enum alert_change { ALERT_RAISED, ALERT_REWRITTEN, ALERT_SOLVED, ALERT_ACKNOWLEDGED, ALERT_REPEATED, ALERT_REOPENED };

struct decided_alert {
    enum alert_change change;
    enum alert_cause  cause;
    struct open_alert is; /* after the change; a solved one as it was */
};

enum ledger_change { LEDGER_NONE, LEDGER_RESERVE, LEDGER_RETURN, LEDGER_COMPENSATE };

#define DECIDED_NOTICES_MAX  1024
#define DECIDED_DETAILS_MAX  8
#define DECIDED_DETAIL_BYTES 200

struct refused {
    enum refusal       why; /* REFUSED_NOT: it was not */
    struct refusal_arg args[REFUSAL_ARGS_MAX];
    size_t             arg_count;
};

/* What follows from a command. refused.why != REFUSED_NOT: nothing but the answer. */
struct decision {
    struct refused refused;

    int64_t          at;             /* when it happened: situation.now */
    enum order_event event;          /* as recorded: what a client says in waiting_client is an answer */
    enum role        role;           /* in which the actor acted */
    enum order_state from;           /* ORDER_NONE for create */
    struct order     after;          /* the whole row, version counted up */
    bool             only_said;      /* nothing of the row changed */
    int              addressee;      /* say by staff: enum role it is for; 0 = both sides */
    int64_t          passed_by;      /* contractor who had the order and has it no more, to be remembered; 0 = nobody */
    char             detail[DECIDED_DETAIL_BYTES]; /* of the event: JSON, "" = none */
    int              message_kind;   /* enum message_kind of the command's text; -1 = none is kept */
    int64_t          due_at;         /* the promise for the answer; 0 = none */

    bool                    clock_changed[ORDER_CLOCK_COUNT]; /* a new run was opened, or the present one ended or fired */
    int64_t                 clock_ended[ORDER_CLOCK_COUNT];   /* run that was open before and is ended now; 0 = none */
    struct decided_deadline deadlines[ORDER_CLOCK_COUNT * CLOCK_STEPS_MAX + CAUSE_COUNT];
    size_t                  deadline_count;

    struct decided_alert alerts[CAUSE_COUNT];
    size_t               alert_count;
    enum ledger_change   quota;
    bool                 pay;               /* rate and bonus to the contractor, for this month */
    bool                 erase_credentials;
    bool                 withdraw_offers, withdraw_reminders;
    bool                 keep_pins;         /* create: after.pins are to be stored */
    int64_t              quota_left;        /* create: after it; -1 = not counted */

    struct decided_notice notices[DECIDED_NOTICES_MAX];
    size_t                notice_count;
    char                  details[DECIDED_DETAILS_MAX][DECIDED_DETAIL_BYTES];
    size_t                details_count;
};
