/* check.c - itsupportctl check: proves that events, rows, ledgers, notices, clocks and seals agree
 */
#include "ctl/check.h"

#include <inttypes.h>

#include "common/base/buf.h"
#include "order-engine/rules/notices.h"

/* ---- what one statement can tell ---- */

/* Which kinds of notices an event may bring: the table of the rules, and a question nobody can be
 * asked. */
static void put_pair(struct db_args *args, bool kinds, enum order_event event,
                     enum notice_kind kind)
{
    db_item_text(args, kinds ? notice_kind_name(kind) : order_event_name(event));
}

/* The events of all pairs, or the kinds beside them. */
static void put_telling(struct db_args *args, bool kinds)
{
    db_array_open(args, DB_TEXT_ARRAY);
    for (size_t i = 0; i < notice_rule_count; i++) {
        const struct notice_rule *rule = &notice_rules[i];
        if (rule->kind != OF_THE_ALERT)
            put_pair(args, kinds, rule->event, rule->kind);
        for (int cause = 0; rule->kind == OF_THE_ALERT && cause < CAUSE_COUNT; cause++)
            put_pair(args, kinds, rule->event, notice_of_alert((enum alert_cause)cause));
    }
    put_pair(args, kinds, EVENT_ASK, NOTICE_alert_no_answer);
    db_array_close(args);
}

static void put_notice_args(const struct check *check, struct db_args *args)
{
    db_arg_text(args, check->from);
    put_telling(args, false);
    put_telling(args, true);
}

/* Statements that return what is wrong: what, id, finding, detail. */
static const struct {
    enum ctl_query query;
    void (*put)(const struct check *, struct db_args *); /* its parameters; NULL: none */
    const char *why;
} statements[] = {
    {Q_find_notices,         put_notice_args,
     "each event has told as many as it says, and only what it may"                                        },
    {Q_find_deliveries,      NULL,            "a notice is delivered once, and what was sent has a message"},
    {Q_find_alert_deadlines, NULL,            "an open alert has its next step, a solved one none"         },
    {Q_find_subscriptions,   NULL,            "an account that is paid for has its end ahead"              },
    {Q_find_updates,         NULL,            "what was set aside is handled"                              },
};

static const char *what_of(const char *text)
{
    static const char *const whats[] = {"order", "notice", "update", "account"};
    for (size_t i = 0; i < ARRAY_LEN(whats); i++)
        if (str_eq(whats[i], text))
            return whats[i];
    return "row";
}

static int count_rows(struct check *check, struct err *err)
{
    scoped(ctl_results_free) struct db_result *row = ctl_call(check->ctl, Q_count_rows, NULL, err);
    if (row == NULL)
        return -1;
    check->seen.notices = db_i64(row, 0, 0);
    check->seen.deliveries = db_i64(row, 0, 1);
    return 0;
}

int check_queries(struct check *check, struct err *err)
{
    scoped(db_args_fini) struct db_args args = {0};
    for (size_t i = 0; i < ARRAY_LEN(statements); i++) {
        if (statements[i].put != NULL)
            statements[i].put(check, &args);
        scoped(ctl_results_free) struct db_result *rows =
            ctl_call(check->ctl, statements[i].query, &args, err);
        if (rows == NULL)
            return -1;
        for (int row = 0; row < db_rows(rows); row++) {
            int finding = finding_parse(db_text(rows, row, 2));
            assert(finding >= 0);
            findings_add(&check->findings, what_of(db_text(rows, row, 0)), db_i64(rows, row, 1),
                         (enum finding)finding, "%s", db_text(rows, row, 3));
        }
    }
    return count_rows(check, err);
}

/* ---- the command ---- */

static bool is_date(const char *text)
{
    if (strlen(text) != strlen("YYYY-MM-DD"))
        return false;
    for (size_t i = 0; text[i] != '\0'; i++)
        if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
    return true;
}

static void print_summary(const struct check *check, bool json)
{
    const struct {
        const char *name;
        int64_t count;
    } seen[] = {
        {"orders",      check->seen.orders     },
        {"events",      check->seen.events     },
        {"answers",     check->seen.answers    },
        {"notices",     check->seen.notices    },
        {"deliveries",  check->seen.deliveries },
        {"ledger rows", check->seen.ledger_rows},
        {"deadlines",   check->seen.deadlines  },
        {"seals",       check->seen.seals      },
    };
    printf(json ? ",\n \"seen\": {" : "looked at: ");
    for (size_t i = 0; i < ARRAY_LEN(seen); i++)
        if (json)
            printf("%s\"%s\": %" PRId64, i == 0 ? "" : ", ", seen[i].name, seen[i].count);
        else
            printf("%s%" PRId64 " %s", i == 0 ? "" : ", ", seen[i].count, seen[i].name);
    printf(json ? "}}\n" : "\nfound: %zu\n", check->findings.count);
}

static void print(struct check *check)
{
    bool json = check->ctl->options[OPTION_JSON] != NULL;
    if (json) {
        printf("{\"found\": %zu, \"findings\": ", check->findings.count);
        findings_print_json(&check->findings, stdout);
    } else {
        findings_print(&check->findings, stdout);
    }
    print_summary(check, json);
}

int run_check(struct ctl *ctl, struct err *err)
{
    struct check check = {.ctl = ctl, .from = ctl->options[OPTION_FROM]};
    int result = -1;
    if (check.from != NULL && !is_date(check.from))
        return ctl_usage(err, "--from takes a day, YYYY-MM-DD");
    if (ctl_open(ctl, err) != 0 ||
        db_session_script(ctl->db, "begin isolation level repeatable read read only", err) != 0)
        return -1;
    if (check_orders(&check, err) == 0 && check_queries(&check, err) == 0 &&
        check_audit(&check, err) == 0) {
        print(&check);
        result = check.findings.count > 0 ? CTL_FAILED : CTL_DONE;
    }
    findings_fini(&check.findings);
    free(check.calendars);
    return result;
}
