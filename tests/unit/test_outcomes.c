/* test_outcomes.c - what follows from an answer of Telegram */
#include "tests/unit/cases.h"

#include "bot-gateway/delivery/outcomes.h"

/* clang-format off */
static const struct row {
    enum telegram_outcome outcome;
    struct outcome_facts  facts;
    enum reaction         reaction;
    const char           *state, *why;
} rows[] = {
    {TELEGRAM_OK,           {.is_first = true},                        REACT_SETTLE, "sent",      "it arrived"},
    {TELEGRAM_NOT_MODIFIED, {.is_first = true},                        REACT_SETTLE, "sent",      "an edit that changes nothing is a success"},
    {TELEGRAM_GONE,         {.is_first = true},                        REACT_SETTLE, "moot",      "a card that was deleted"},
    {TELEGRAM_GONE,         {.is_first = true, .carries_text = true},  REACT_APART,  NULL,        "the text outlives its picture"},
    {TELEGRAM_GONE,         {.is_first = true, .is_removal = true},    REACT_SHRINK, NULL,        "too old to be deleted: it stays, without its buttons"},
    {TELEGRAM_BAD_FORMAT,   {.is_first = true},                        REACT_PLAIN,  NULL,        "formatting errors lose no alert"},
    {TELEGRAM_BAD_FORMAT,   {.is_first = true, .is_plain = true},      REACT_SETTLE, "failed",    "plain text was refused, too"},
    {TELEGRAM_BAD_FORMAT,   {.is_first = true, .is_split = true},      REACT_SETTLE, "failed",    "pieces are plain"},
    {TELEGRAM_TOO_LONG,     {.is_first = true, .carries_text = true},  REACT_APART,  NULL,        "too long for a caption only"},
    {TELEGRAM_TOO_LONG,     {.is_first = true},                        REACT_SPLIT,  NULL,        "over 4096 is split"},
    {TELEGRAM_TOO_LONG,     {.is_first = true, .is_split = true},      REACT_SETTLE, "failed",    "a piece cannot be too long"},
    {TELEGRAM_UNREACHABLE,  {.is_first = true},                        REACT_SETTLE, "failed",    "one recipient who blocked the bot stops nobody else"},
    {TELEGRAM_FLOOD,        {.is_first = true, .attempts = 200},       REACT_WAIT,   NULL,        "a flood never wears a message out"},
    {TELEGRAM_CONFLICT,     {.is_first = true},                        REACT_RETRY,  NULL,        "somebody else runs this token"},
    {TELEGRAM_UNAUTHORIZED, {.is_first = true},                        REACT_RETRY,  NULL,        "a later 401 is retried"},
    {TELEGRAM_REFUSED,      {.is_first = true, .has_moved = true},     REACT_MOVE,   NULL,        "the group is a supergroup now"},
    {TELEGRAM_REFUSED,      {.is_first = true, .carries_text = true},  REACT_APART,  NULL,        "the text is never lost with an attachment"},
    {TELEGRAM_REFUSED,      {.is_first = true},                        REACT_SETTLE, "failed",    "repeating does not help"},
    {TELEGRAM_REFUSED,      {.is_first = true, .makes_topic = true},   REACT_TOPICLESS, NULL,     "an alert is not lost for want of a topic"},
    {TELEGRAM_OK,           {.is_first = true, .makes_topic = true},   REACT_IN_TOPIC, NULL,      "the message itself follows"},
    {TELEGRAM_TOPIC_GONE,   {.is_first = true},                        REACT_NEW_TOPIC, NULL,     "a deleted topic is made anew"},
    {TELEGRAM_TOPIC_GONE,   {.is_first = true, .has_new_topic = true}, REACT_TOPICLESS, NULL,     "once"},
    {TELEGRAM_TRANSIENT,    {.is_first = true},                        REACT_RETRY,  NULL,        "it did not arrive"},
    {TELEGRAM_TRANSIENT,    {.is_first = true, .attempts = 9},         REACT_SETTLE, "failed",    "the tenth time while others pass"},
    {TELEGRAM_UNCERTAIN,    {.is_first = true},                        REACT_SETTLE, "uncertain", "a notice is not told twice"},
    {TELEGRAM_UNCERTAIN,    {.is_first = true, .worth_repeating = true}, REACT_REPEAT, NULL,      "an alert is repeated once"},
    {TELEGRAM_UNCERTAIN,    {.is_first = true, .is_repeatable = true}, REACT_RETRY,  NULL,        "an edit may be repeated freely"},
    {TELEGRAM_UNCERTAIN,    {.worth_repeating = true},                 REACT_SETTLE, "sent",      "its text has arrived"},
};
/* clang-format on */

static void every_answer_has_its_reaction(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct reaction_rule *rule = reaction_find(rows[i].outcome, &rows[i].facts);
        check_case(rule->reaction == rows[i].reaction, rows[i].why);
        check_case((rule->state == NULL) == (rows[i].state == NULL), rows[i].why);
        if (rule->state != NULL)
            check_case_text(rule->state, rows[i].state, rows[i].why);
    }
}

static void the_table_is_whole(void **state)
{
    (void)state;
    const struct outcome_facts nothing = {.is_first = true};
    for (enum telegram_outcome outcome = TELEGRAM_OK; outcome <= TELEGRAM_UNCERTAIN; outcome++) {
        const struct reaction_rule *last = NULL;
        for (size_t i = 0; i < reaction_rule_count; i++)
            if (reaction_rules[i].outcome == outcome)
                last = &reaction_rules[i];
        assert_non_null(last);
        check_case(last->when(&nothing), last->why); /* what nothing else fits ends here */
    }
    for (size_t i = 0; i < reaction_rule_count; i++)
        check_case((reaction_rules[i].reaction == REACT_SETTLE) ==
                       (reaction_rules[i].state != NULL),
                   reaction_rules[i].why);
}

static void trouble_pauses_longer_and_longer(void **state)
{
    (void)state;
    assert_int_equal(trouble_pause_ms(0), 0);
    assert_int_equal(trouble_pause_ms(TROUBLE_TOLERATED - 1), 0);
    for (unsigned n = TROUBLE_TOLERATED; n < 100; n++) {
        assert_true(trouble_pause_ms(n) > 0 && trouble_pause_ms(n) <= TROUBLE_PAUSE_MAX_MS);
        assert_true(trouble_pause_ms(n + 1) >= trouble_pause_ms(n));
    }
    assert_int_equal(trouble_pause_ms(100), TROUBLE_PAUSE_MAX_MS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_has_its_reaction),
        cmocka_unit_test(the_table_is_whole),
        cmocka_unit_test(trouble_pauses_longer_and_longer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
