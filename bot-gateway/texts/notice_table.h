/* notice_table.h - what each notice says, with which buttons, and when it says nothing any more (pure)
 *
 * One row per kind of domain.h's NOTICES; the facts were loaded by load_notice.sql.
 */
#pragma once
#include "bot-gateway/texts/digest_text.h"
#include "bot-gateway/texts/order_card.h"

struct waiting_order { /* one line of an orders_wait */
    int64_t order_id, created_at, due_at, rate_minor;
    char   *task, *currency;
};

struct notice_facts { /* notice_facts_fini; the strings are its own */
    struct card    card;     /* order, reader, alert as they stand */
    int            kind;     /* enum notice_kind; -1 = one we do not know */
    bool           withdrawn;
    int64_t        due_at;   /* of the detail; 0 = none */
    int64_t        quota_left, until;
    int64_t        amount_minor;
    char          *amount_currency;
    int            role;     /* of the detail; -1 = none */
    bool           pinned;
    int            clock;    /* enum sla_clock, -1 = none */
    char          *reason;
    int            concern;  /* enum concern; -1 = none */
    int64_t        count, about_order_id; /* of what was found; the order the oldest is about */
    struct contact third;    /* who joined, who cannot be reached */
    char          *account;  /* whose subscription it is; NULL = the order's */
    int64_t        repeat;   /* of an alert: told again for the so manieth time; 0 = new */
    int            author_role;
    char          *message;  /* what was said with the event */
    char          *files;    /* lines of "<kind> <file_id> <chat_id> <message_id>" */
    int64_t        reply_to; /* the message in the reader's chat that what was said answers; 0 = none */
    int64_t        order_rate;
    char          *currency;
    bool           compensated; /* a missed reaction time: the order does not count in its month */
    int64_t        request_id; /* an open request for a larger tariff; 0 = none */
    int64_t        application_id; /* that waits for an answer; 0 = none */
    struct contact free[10]; /* alerts: contractors who could take it */
    size_t         free_listed;
    int64_t        free_count;
    struct waiting_order waiting[3]; /* orders_wait: the most urgent of them */
    size_t         waiting_listed;
    int64_t        waiting_count;
    struct digest_facts digest;
};

void notice_facts_read(const struct db_result *, int row, struct notice_facts *); /* load_notice.sql */
void notice_facts_read_free(const struct db_result *, struct notice_facts *);     /* list_free_for_order.sql */
void notice_facts_read_waiting(const struct db_result *, struct notice_facts *);  /* list_open_orders.sql */
void notice_facts_fini(struct notice_facts *);

enum notice_flag {
    NOTICE_IS_CARD   = 1,  /* carries the order's buttons */
    NOTICE_IS_THREAD = 2,  /* carries what somebody said; replying leads to the order */
    NOTICE_IS_ALERT  = 4,  /* for managers: the whole situation */
    NOTICE_ANSWERS   = 8,  /* only a button to write back */
};

struct notice_row {
    enum notice_kind kind;
    unsigned         view;   /* as what the addressee looks; 0 = by the order */
    unsigned         states; /* of the order in which it still matters */
    unsigned         flags;
    const char      *msgid;
    const char      *late;   /* alerts at 100 %; NULL = the same */
};
const struct notice_row *notice_row_find(int kind);

/* Why the notice need not be sent any more, in a word for the log; NULL if it must be. */
const char *notice_moot(const struct notice_facts *);
/* The text, HTML, under 4096 UTF-16 units whatever the facts; true if what was said had to be cut. */
bool notice_say(const struct notice_facts *, struct buf *into);
/* Its first line alone. */
void notice_say_heading(const struct notice_facts *, struct buf *into);
/* What stays of it once the order's card has moved on: its first line, if that names nothing but the order. kind -1: a card somebody
 * has opened. false: its words stay, for they were said by people, name a time, or are one line only. */
bool notice_say_line(int kind, const struct reader *, int64_t order_id, struct buf *into);
void notice_buttons(const struct notice_facts *, struct keyboard *);
/* What is left of an alert's card once it is solved: a line that says how the order stands, and the button that opens it. */
void alert_say_over(const struct notice_facts *, struct buf *into);
void alert_buttons_over(const struct notice_facts *, struct keyboard *);

#define NOTICE_MESSAGE_UNITS 2800 /* of what somebody wrote; longer: the message itself follows as a copy */
#define ALERT_TASK_UNITS     600
#define ALERT_MESSAGE_UNITS  1200
#define WAITING_TASK_UNITS   120

void notice_each_sentence(void (*each)(void *ctx, const char *msgid), void *ctx);
/* A value for every hole there is: for the test that no text names what the facts lack. */
void notice_values(const struct notice_facts *, struct values *);
