/* notice_table.h - what each notice says, with which buttons, and when it says nothing any more (pure)
 *
 * One row per kind of domain.h's NOTICES.
 */
#pragma once
#include "bot-gateway/texts/notice_facts.h"

enum notice_flag {
    NOTICE_IS_CARD   = 1,  /* carries the order's buttons */
    NOTICE_IS_THREAD = 2,  /* carries what somebody said; replying leads to the order */
    NOTICE_IS_ALERT  = 4,  /* for managers: the whole situation */
    NOTICE_ANSWERS   = 8,  /* only a button to write back */
    NOTICE_IS_ASKED  = 16, /* about what managers were asked: load_asked.sql */
    NOTICE_REWRITES  = 32, /* takes the place of the message that asked */
    NOTICE_IS_REWRITTEN = 64, /* that message: words of their own, for a caption cannot become a text */
};

struct notice_row {
    enum notice_kind kind;
    unsigned         view;   /* as what the addressee looks; 0 = by the order */
    unsigned         states; /* of the order in which it still matters */
    unsigned         flags;
    const char      *msgid;
    const char      *other;  /* what it says instead when notice_table.c, sentence_of, says so; NULL = always the same */
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
