/* outcomes.h - what follows from an answer of Telegram: one table (pure) */
#pragma once
#include "bot-gateway/telegram_outcomes.h"
#include "common/base/base.h"

enum reaction {
    REACT_SETTLE,   /* it is over, as .state says */
    REACT_RETRY,    /* the same again, after a pause that grows with the trouble */
    REACT_WAIT,     /* the same again, after what Telegram named */
    REACT_PLAIN,    /* again without formatting */
    REACT_SPLIT,    /* again in pieces */
    REACT_APART,    /* again with text and attachment in messages of their own */
    REACT_MOVE,     /* again to the chat the group has become */
    REACT_IN_TOPIC, /* again, in the topic that was made for it */
    REACT_NEW_TOPIC, /* again, after another topic was made */
    REACT_TOPICLESS, /* again, into the group as such */
    REACT_REPEAT,   /* once more, although it may arrive twice */
    REACT_SHRINK,   /* the message stays in the chat: without its buttons */
};

#define SEND_ATTEMPTS_MAX 10 /* of one message, while others pass */

struct outcome_facts { /* what is known of the call that was answered */
    bool     is_repeatable;  /* an edit, a deletion */
    bool     is_removal;     /* of a message that has been told again */
    bool     is_first;       /* nothing of the delivery has arrived before */
    bool     carries_text;   /* an attachment with the text as its caption */
    bool     is_plain, is_split;
    bool     worth_repeating; /* an alert or an offer not repeated yet */
    bool     has_moved;      /* the answer names another chat */
    bool     makes_topic;    /* the call makes the topic of the message that follows */
    bool     has_new_topic;  /* one was made for this message already */
    unsigned attempts;       /* that failed before while others passed */
};

struct reaction_rule {
    enum telegram_outcome outcome;
    bool (*when)(const struct outcome_facts *);
    enum reaction         reaction;
    const char           *state;      /* REACT_SETTLE: deliveries.state */
    bool                  is_trouble; /* of Telegram or the way there, not of this message: others will hardly pass */
    const char           *why;
};

/* The rule that applies; there is one for every outcome. */
const struct reaction_rule *reaction_find(enum telegram_outcome, const struct outcome_facts *);

/* The whole table, for tests and for printing. */
extern const struct reaction_rule reaction_rules[];
extern const size_t              reaction_rule_count;

/* How long nothing leaves after so many answers in a row that spoke of trouble. */
#define TROUBLE_TOLERATED 3
#define TROUBLE_PAUSE_MAX_MS 30000
int64_t trouble_pause_ms(unsigned in_a_row);
