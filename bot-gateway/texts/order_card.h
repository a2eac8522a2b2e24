/* order_card.h - the card of one order: what each kind of reader sees of it and which buttons fit (pure tables) */
#pragma once
#include "bot-gateway/dialog/keyboard.h"
#include "bot-gateway/texts/order_facts.h"
#include "bot-gateway/texts/values.h"

/* As what somebody looks at an order; bits. */
enum view {
    VIEW_CLIENT  = 1, /* a person of the account that ordered */
    VIEW_WORKER  = 2, /* the contractor who has it */
    VIEW_STAFF   = 4, /* manager or owner */
    VIEW_OFFERED = 8, /* a contractor to whom it is or was open */
};

struct card {
    struct order_facts order;
    struct viewer      viewer;
    bool               offered, declined;
    char              *report; /* what the contractor handed over last; NULL = nothing */
    char              *words;  /* what somebody said with the message that is the card now; NULL = nothing */
    struct alert_facts alert;
};

void card_read(const struct db_result *, int row, struct card *); /* columns as in load_card.sql */
void card_fini(struct card *);

/* The view in which this person may see the order; 0 = not at all. alert: it is about an alert, so staff first. */
unsigned card_view(const struct card *, bool alert);

/* Facts of the order as values of templates: order, state, due, left, task, rate, client, contractor ... */
void card_values(const struct card *, unsigned view, struct values *);
/* The account is called like the client: then one name is enough. */
bool card_account_is_namesake(const struct card *);

/* Heading, promise, task and people. */
void card_say(const struct card *, unsigned view, struct buf *into);
/* The buttons that fit view and state. */
void card_buttons(const struct card *, unsigned view, struct keyboard *);
/* Does the order, as it stands, offer this press to this view? What a button of yesterday's card is checked against. */
bool card_offers(const struct card *, unsigned view, enum press);

/* Where the limits of what people wrote stand; UTF-16 units. */
#define CARD_TASK_UNITS  1500
#define CARD_REPORT_UNITS 1000
#define CARD_NAME_UNITS  64
#define CARD_WISH_UNITS  200
/* Calls back with every msgid of the tables: for tests of completeness. */
void card_each_sentence(void (*each)(void *ctx, const char *msgid), void *ctx);
