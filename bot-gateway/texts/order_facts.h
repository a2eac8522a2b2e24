/* order_facts.h - an order as people read it, and who reads: the rows of the views order_facts and person_facts */
#pragma once
#include "bot-gateway/texts/format.h"
#include "common/io/db_result.h"
#include "common/wire/domain.h"

struct contact { /* name NULL: there is none */
    int64_t person_id, telegram_id;
    char   *name, *username, *phone;
};

struct order_facts { /* zero-initialised, order_id 0: no order; order_facts_fini */
    int64_t          order_id;
    enum order_state state;
    int64_t          version, account_id;
    char            *account;
    int64_t          created_at, due_at, taken_at, estimate_minutes;
    bool             estimate_named;
    int64_t          done_at, ended_at, rating, rate_minor;
    char            *currency;
    bool             sees_contacts, offer_open, taken_late, work_late;
    char            *task;
    int64_t          files;
    char            *wish;
    int64_t          category_id; /* 0 = none */
    char            *category;    /* in both languages: "Сайт / Site" */
    struct contact   client, contractor;
    bool             has_credentials; /* the client has handed over logins and passwords */
};

/* Who reads, as what; the reader's language, zones and now. */
struct viewer { /* viewer_fini */
    int64_t       person_id, telegram_id;
    unsigned      roles;
    int64_t       account_id;
    struct reader reader;
    char         *zone, *days_zone; /* what the reader's point to */
};

/* The order's newest open alert; id 0: none. */
struct alert_facts { /* alert_facts_fini */
    int64_t          id;
    enum alert_cause cause;
    int64_t          level, raised_at, acknowledged_at;
    char            *acknowledged_by;
};

/* Where the columns of each begin in load_notice.sql and load_card.sql. */
enum { COLUMNS_OF_ORDER = 0, COLUMNS_OF_VIEWER = 35, COLUMN_OFFERED = 44, COLUMN_DECLINED, COLUMN_REPORT, COLUMNS_OF_ALERT, COLUMNS_OF_THE_REST = 53 };

void order_facts_read(const struct db_result *, int row, int first_column, struct order_facts *);
void order_facts_fini(struct order_facts *);
void viewer_read(const struct db_result *, int row, int first_column, struct viewer *);
void viewer_fini(struct viewer *);
struct viewer viewer_dup(const struct viewer *);
/* From now on by this clock; "" = the installation's. */
void viewer_set_zone(struct viewer *, const char *zone);
void alert_facts_read(const struct db_result *, int row, int first_column, struct alert_facts *);
void alert_facts_fini(struct alert_facts *);
