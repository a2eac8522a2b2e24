/* test_tables.c - the tables of the rules and of the texts, held against one another: nothing is
 * without its row */
#include "tests/unit/cases.h"

#include "bot-gateway/texts/catalogue.h"
#include "bot-gateway/texts/notice_table.h"
#include "order-engine/rules/clocks.h"
#include "order-engine/rules/notices.h"
#include "order-engine/rules/order_fsm.h"
#include "order-engine/rules/receipts.h"
#include "order-engine/rules/subscription.h"

/* ---- the state table ---- */

static void every_event_has_a_rule(void **state)
{
    (void)state;
    for (int event = 0; event < ORDER_EVENT_COUNT; event++) {
        size_t rules = 0;
        for (size_t i = 0; i < order_rule_count; i++)
            rules += (int)order_rules[i].event == event;
        check_case(rules > 0, order_event_name((enum order_event)event));
    }
}

static void nothing_leaves_a_final_state(void **state)
{
    (void)state;
    for (size_t i = 0; i < order_rule_count; i++)
        check_case((order_rules[i].from & (FROM(CLOSED) | FROM(CANCELLED))) == 0 ||
                       order_rules[i].to == SAME_STATE,
                   order_rules[i].why);
}

/* Each step of an order's clock and of an alert's is an event that time may bring. */
static void every_step_has_a_rule_of_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < clock_step_count; i++) {
        bool found = false;
        for (size_t n = 0; n < order_rule_count; n++)
            found |= order_rules[n].event == clock_steps[i].event &&
                     (order_rules[n].who & ROLE_SYSTEM) != 0;
        check_case(found, clock_steps[i].why);
    }
}

/* ---- who is told ---- */

/* Kinds that no event of an order tells, and what does. */
static const struct {
    enum notice_kind kind;
    const char *by;
} told_elsewhere[] = {
    {NOTICE_welcome,              "whoever is admitted; person.restore"               },
    {NOTICE_member_joined,        "person.join, application.decide"                   },
    {NOTICE_role_lost,            "person.remove"                                     },
    {NOTICE_application_sent,     "application.send"                                  },
    {NOTICE_application_answered, "whoever is admitted; application.decide"           },
    {NOTICE_application_declined, "application.decide"                                },
    {NOTICE_inquiry_sent,         "managers.write"                                    },
    {NOTICE_inquiry_answered,     "inquiry.answer"                                    },
    {NOTICE_inquiry_answer,       "inquiry.answer"                                    },
    {NOTICE_orders_wait,          "whoever becomes free: tell_what_waits.sql"         },
    {NOTICE_please_take,          "offer.ping"                                        },
    {NOTICE_upgrade_requested,    "upgrade.request"                                   },
    {NOTICE_upgrade_passed,       "upgrade.pass_on"                                   },
    {NOTICE_upgrade_answered,     "upgrade.close"                                     },
    {NOTICE_upgrade_granted,      "upgrade.close"                                     },
    {NOTICE_upgrade_declined,     "upgrade.close"                                     },
    {NOTICE_alert_unreachable,    "person.reachable, notice.undeliverable: the ladder"},
    {NOTICE_watch_report,         "system.report"                                     },
    {NOTICE_digest,               "digest.due"                                        },
    {NOTICE_subscription_ends,    "the subscription's clock"                          },
    {NOTICE_subscription_ended,   "the subscription's clock"                          },
};

static bool is_told_by_a_rule(enum notice_kind kind)
{
    for (size_t i = 0; i < notice_rule_count; i++)
        if (notice_rules[i].kind == kind && notice_rules[i].to != TO_NOBODY)
            return true;
    return false;
}

static void every_notice_has_a_recipient(void **state)
{
    (void)state;
    for (int kind = 0; kind < NOTICE_COUNT; kind++) {
        bool elsewhere = false;
        for (size_t i = 0; i < ARRAY_LEN(told_elsewhere); i++)
            elsewhere |= (int)told_elsewhere[i].kind == kind;
        check_case(is_told_by_a_rule((enum notice_kind)kind) != elsewhere,
                   notice_kind_name((enum notice_kind)kind));
    }
    for (size_t i = 0; i < SUBSCRIPTION_STEPS; i++)
        check_case(!is_told_by_a_rule(subscription_steps[i].notice), subscription_steps[i].why);
}

/* Who must know is not left without a word because one chat is blocked: of each such kind the
 * ladder says who is told instead. */
static void every_receipt_has_a_fallback(void **state)
{
    (void)state;
    static const struct substitute owner = {.id = 1, .is_owner = true, .is_reachable = true};
    for (int kind = 0; kind < NOTICE_COUNT; kind++) {
        if (!notice_wants_receipt((enum notice_kind)kind))
            continue;
        struct receipt_step step = receipt_decide(
            &(struct unreceived){.kind = (enum notice_kind)kind, .matters = true}, &owner, 1);
        check_case(step.rung == RUNG_OWNERS && receipt_goes_to(&step, &owner),
                   notice_kind_name((enum notice_kind)kind));
    }
}

static void every_alert_wants_a_receipt(void **state)
{
    (void)state;
    for (int cause = 0; cause < CAUSE_COUNT; cause++) {
        enum notice_kind kind = notice_of_alert((enum alert_cause)cause);
        check_case(notice_class(kind) == SEND_ALERT && notice_wants_receipt(kind),
                   notice_kind_name(kind));
    }
}

/* ---- what they read ---- */

static void every_notice_has_a_text_in_every_language(void **state)
{
    (void)state;
    for (int kind = 0; kind < NOTICE_COUNT; kind++) {
        const char *name = notice_kind_name((enum notice_kind)kind);
        const struct notice_row *row = notice_row_find(kind);
        if (kind == NOTICE_cards_changed) /* an edit: the cards have the words */
            continue;
        check_case(row != NULL && row->msgid != NULL, name);
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            const char *text = tr_or_null((enum language)language, row->msgid);
            check_case(text != NULL && text[0] != '\0', name);
            check_case(row->other == NULL ||
                           tr_or_null((enum language)language, row->other) != NULL,
                       name);
        }
    }
}

static void every_refusal_has_a_sentence_in_every_language(void **state)
{
    (void)state;
    for (int refusal = REFUSED_NOT + 1; refusal < REFUSAL_END; refusal++)
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            check_case(tr_or_null((enum language)language,
                                  refusal_sentence((enum refusal)refusal)) != NULL,
                       refusal_name((enum refusal)refusal));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_event_has_a_rule),
        cmocka_unit_test(nothing_leaves_a_final_state),
        cmocka_unit_test(every_step_has_a_rule_of_time),
        cmocka_unit_test(every_notice_has_a_recipient),
        cmocka_unit_test(every_receipt_has_a_fallback),
        cmocka_unit_test(every_alert_wants_a_receipt),
        cmocka_unit_test(every_notice_has_a_text_in_every_language),
        cmocka_unit_test(every_refusal_has_a_sentence_in_every_language),
    };
    catalogue_init(NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
