/* notice_facts.h - everything the text of a notice may name, as read from the database (pure but for reading rows) */
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
    int64_t        count, about_order_id; /* of what was found (of a question: its attachments); the order the oldest is about */
    struct contact third;    /* who joined, who cannot be reached */
    char          *account;  /* whose subscription it is; NULL = the order's */
    int64_t        repeat;   /* of an alert: told again for the so manieth time; 0 = new */
    int            author_role;
    char          *message;  /* what was said with the event */
    char          *files;    /* lines of "<kind> <file_id> <chat_id> <message_id>" */
    int64_t        reply_to; /* the message in the reader's chat that what was said answers; 0 = none */
    bool           in_forum; /* the reader is a group with topics */
    int64_t        topic_id; /* the order's one there; 0 = none yet */
    bool           is_edited; /* what was said, by its author */
    int64_t        order_rate;
    char          *currency;
    bool           compensated; /* a missed reaction time: the order does not count in its month */
    int64_t        request_id; /* an open request for a larger tariff; 0 = none */
    int64_t        asked_id;   /* what managers were asked (load_asked.sql); 0 = nothing */
    char          *answer;
    char          *answered_by; /* who has passed it on: of upgrade_passed; NULL: nobody, an applicant has joined by a link */
    int64_t        answered_at; /* 0 = nobody has answered */
    char          *tariff;     /* of who asks for a larger one, or what was granted; NULL = none */
    bool           is_declined, is_passed; /* passed on to the owners */
    int64_t        rewritten;  /* the message whose place this takes; 0 = none */
    bool           is_on_its_way; /* that message: nobody knows its number yet */
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
void notice_facts_read_asked(const struct db_result *, struct notice_facts *);    /* load_asked.sql */
/* What managers are asked, as this reader would be told of it now: load_inquiry.sql, load_request.sql, load_application.sql. */
struct asked_kinds { enum notice_kind asks, passed, answered; };
void notice_facts_read_question(const struct db_result *, const struct asked_kinds *, const struct viewer *, struct notice_facts *);
void notice_facts_fini(struct notice_facts *);
