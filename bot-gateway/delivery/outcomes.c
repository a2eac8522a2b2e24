/* outcomes.c - what follows from an answer of Telegram */
#include "bot-gateway/delivery/outcomes.h"

#define TROUBLE_PAUSE_MIN_MS INT64_C(500)

static bool always(const struct outcome_facts *facts)
{
    (void)facts;
    return true;
}

static bool behind_the_first(const struct outcome_facts *facts)
{
    return !facts->is_first;
}

static bool carries_text(const struct outcome_facts *facts)
{
    return facts->carries_text;
}

static bool is_formatted(const struct outcome_facts *facts)
{
    return !facts->is_plain && !facts->is_split;
}

static bool is_whole(const struct outcome_facts *facts)
{
    return !facts->is_split;
}

static bool has_moved(const struct outcome_facts *facts)
{
    return facts->has_moved;
}

static bool makes_topic(const struct outcome_facts *facts)
{
    return facts->makes_topic;
}

static bool has_new_topic(const struct outcome_facts *facts)
{
    return facts->has_new_topic;
}

static bool is_worn_out(const struct outcome_facts *facts)
{
    return facts->attempts + 1 >= SEND_ATTEMPTS_MAX;
}

static bool is_removal(const struct outcome_facts *facts)
{
    return facts->is_removal;
}

static bool is_repeatable(const struct outcome_facts *facts)
{
    return facts->is_repeatable;
}

static bool is_worth_repeating(const struct outcome_facts *facts)
{
    return facts->worth_repeating;
}

/* clang-format off */
const struct reaction_rule reaction_rules[] = { /* the first that fits */
/*   Telegram said           when                reaction      state        trouble  why                                                        */
    {TELEGRAM_OK,            makes_topic,        REACT_IN_TOPIC, NULL,       false,   "the topic is there: now the message"},
    {TELEGRAM_OK,            always,             REACT_SETTLE, "sent",      false,   "it arrived"},
    {TELEGRAM_NOT_MODIFIED,  always,             REACT_SETTLE, "sent",      false,   "it looks so already"},

    {TELEGRAM_GONE,          carries_text,       REACT_APART,  NULL,        false,   "the attachment is gone, the text is not"},
    {TELEGRAM_GONE,          is_removal,         REACT_SHRINK, NULL,        false,   "after 48 hours a message stays in the chat; nobody shall press on it"},
    {TELEGRAM_GONE,          always,             REACT_SETTLE, "moot",      false,   "what it was about is gone"},

    {TELEGRAM_BAD_FORMAT,    is_formatted,       REACT_PLAIN,  NULL,        false,   "the words matter, the formatting does not"},
    {TELEGRAM_BAD_FORMAT,    always,             REACT_SETTLE, "failed",    false,   "plain text was refused as well"},

    {TELEGRAM_TOO_LONG,      carries_text,       REACT_APART,  NULL,        false,   "too long for a caption may be short enough for a message"},
    {TELEGRAM_TOO_LONG,      is_whole,           REACT_SPLIT,  NULL,        false,   "several messages hold it"},
    {TELEGRAM_TOO_LONG,      always,             REACT_SETTLE, "failed",    false,   "a piece was refused as well"},

    {TELEGRAM_TOPIC_GONE,    has_new_topic,      REACT_TOPICLESS, NULL,      false,   "a topic that does not last is none"},
    {TELEGRAM_TOPIC_GONE,    always,             REACT_NEW_TOPIC, NULL,      false,   "somebody has deleted it: another one is made"},

    {TELEGRAM_UNREACHABLE,   always,             REACT_SETTLE, "failed",    false,   "the person cannot be written to: the engine is told, the next one is written to"},

    {TELEGRAM_FLOOD,         always,             REACT_WAIT,   NULL,        false,   "never dropped, only later"},
    {TELEGRAM_CONFLICT,      always,             REACT_RETRY,  NULL,        true,    "two pollers, or a webhook: somebody will mend it"},
    {TELEGRAM_UNAUTHORIZED,  always,             REACT_RETRY,  NULL,        true,    "the token does not hold now; it is shown and tried again"},

    {TELEGRAM_REFUSED,       has_moved,          REACT_MOVE,   NULL,        false,   "the group has become a supergroup"},
    {TELEGRAM_REFUSED,       makes_topic,        REACT_TOPICLESS, NULL,      false,   "no topics there any more, or no right to make one"},
    {TELEGRAM_REFUSED,       carries_text,       REACT_APART,  NULL,        false,   "whatever the attachment has, the text goes alone"},
    {TELEGRAM_REFUSED,       always,             REACT_SETTLE, "failed",    false,   "our mistake, or the API has changed: repeating does not help"},

    {TELEGRAM_TRANSIENT,     is_worn_out,        REACT_SETTLE, "failed",    true,    "others pass and this one never does"},
    {TELEGRAM_TRANSIENT,     always,             REACT_RETRY,  NULL,        true,    "it did not arrive and may the next time"},

    {TELEGRAM_UNCERTAIN,     is_repeatable,      REACT_RETRY,  NULL,        true,    "twice the same edit is one edit"},
    {TELEGRAM_UNCERTAIN,     behind_the_first,   REACT_SETTLE, "sent",      true,    "the text has arrived; an attachment twice is worse than one that may be missing"},
    {TELEGRAM_UNCERTAIN,     is_worth_repeating, REACT_REPEAT, NULL,        true,    "better told twice than not at all"},
    {TELEGRAM_UNCERTAIN,     always,             REACT_SETTLE, "uncertain", true,    "better perhaps not told than told twice"},
};
/* clang-format on */

const size_t reaction_rule_count = ARRAY_LEN(reaction_rules);

const struct reaction_rule *reaction_find(enum telegram_outcome outcome,
                                          const struct outcome_facts *facts)
{
    const struct reaction_rule *rule = reaction_rules;
    while (rule->outcome != outcome || !rule->when(facts))
        rule++; /* the last rule of every outcome holds always: test_outcomes */
    return rule;
}

int64_t trouble_pause_ms(unsigned in_a_row)
{
    if (in_a_row < TROUBLE_TOLERATED)
        return 0;
    unsigned doublings = in_a_row - TROUBLE_TOLERATED;
    return doublings >= 6 ? TROUBLE_PAUSE_MAX_MS : TROUBLE_PAUSE_MIN_MS << doublings;
}
