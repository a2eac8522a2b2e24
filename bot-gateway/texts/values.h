/* values.h - the facts one sentence may name, said in the reader's way; what templates are filled with (pure) */
#pragma once
#include "bot-gateway/texts/format.h"
#include "bot-gateway/texts/template.h"
#include "common/wire/domain.h"

#define VALUES_MAX 48

struct values { /* values_init; values_fini for scoped() */
    struct reader         reader;
    struct template_value items[VALUES_MAX];
    char                 *owned[VALUES_MAX];
    size_t                count;
};

void values_init(struct values *, const struct reader *);
void values_fini(struct values *);

/* A name given again gets the new value. Names are static. */
void values_text(struct values *, const char *name, const char *text);         /* escaped; NULL: no such fact */
void values_cut(struct values *, const char *name, const char *text, size_t units);
void values_html(struct values *, const char *name, struct buf *html /* takes */);
void values_number(struct values *, const char *name, int64_t);
void values_instant(struct values *, const char *name, int64_t at_ms);
void values_day(struct values *, const char *name, int64_t at_ms);
void values_span(struct values *, const char *name, int64_t span_ms);
void values_money(struct values *, const char *name, int64_t minor, const char *currency);
void values_contact(struct values *, const char *name, const char *person, int64_t telegram_id, const char *username,
                    const char *phone);
/* A static msgid, said in the reader's language. */
void values_word(struct values *, const char *name, const char *msgid);

/* Appends the sentence (a msgid) in the reader's language, filled. Returns how many holes stayed open. */
size_t say(const struct values *, const char *msgid, struct buf *into);
/* The same for a sentence with forms: n chooses. */
size_t say_n(const struct values *, const char *one, const char *many, int64_t n, struct buf *into);

/* What an order's state and a role are called: msgids. */
const char *state_word(enum order_state);
const char *event_word(enum order_event); /* in an order's history; "?" outside the list */
const char *role_word(enum role);
const char *cause_word(enum alert_cause); /* why an alert stands */

/* Why a command was refused, as one sentence: args are the answer's "name=value". An unknown refusal (a newer engine) gets a
 * general sentence. */
void say_refusal(const struct reader *, const char *refusal, const char *const *args, size_t count, struct buf *into);
/* true if an answer of refusals may carry this argument. */
bool refusal_arg_is_known(const char *name);
