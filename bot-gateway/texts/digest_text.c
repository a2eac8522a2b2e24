/* digest_text.c - what a digest says */
#include "bot-gateway/texts/digest_text.h"

#include "common/base/text.h"

#define AWAY_UNITS 600 /* of the names */

void digest_facts_read(const struct db_result *rows, struct digest_facts *d)
{
    if (db_rows(rows) == 0) {
        return;
    }
    *d = (struct digest_facts){
        .every = digest_parse(db_text(rows, 0, 0)),
        .since = db_i64(rows, 0, 1),
        .until = db_i64(rows, 0, 2),
        .created = db_i64(rows, 0, 3),
        .taken = db_i64(rows, 0, 4),
        .late = db_i64(rows, 0, 5),
        .done = db_i64(rows, 0, 6),
        .away = xstrdup(db_text(rows, 0, 7)),
        .away_count = db_i64(rows, 0, 8),
        .earned = db_i64(rows, 0, 9),
        .unpaid = db_i64(rows, 0, 10),
        .currency = xstrdup(db_text(rows, 0, 11)),
    };
}

void digest_facts_fini(struct digest_facts *d)
{
    free(d->away);
    free(d->currency);
    *d = (struct digest_facts){0};
}

static void digest_values(const struct digest_facts *d, struct values *v)
{
    const char *currency = d->currency ? d->currency : "";
    values_instant(v, "since", d->since);
    values_number(v, "created", d->created);
    values_number(v, "taken", d->taken);
    values_number(v, "late", d->late);
    values_number(v, "done", d->done);
    values_cut(v, "away", d->away, AWAY_UNITS);
    values_number(v, "n", d->away_count);
    values_money(v, "earned", d->earned, currency);
    values_money(v, "unpaid", d->unpaid, currency);
}

static void say_line(const struct values *v, const char *msgid, struct buf *into)
{
    buf_add_char(into, '\n');
    say(v, msgid, into);
}

void digest_say(const struct digest_facts *d, const struct reader *reader, bool is_owner,
                struct buf *into)
{
    scoped(values_fini) struct values v;
    values_init(&v, reader);
    digest_values(d, &v);
    say(&v, N_("🗞 <b>Since {since}</b>"), into);
    say_line(&v, N_("🆕 Ordered: {created}"), into);
    say_line(&v, N_("🛠 Taken: {taken}"), into);
    say_line(&v, N_("🔴 Became late: {late}"), into);
    say_line(&v, N_("✅ Done: {done}"), into);
    if (d->away_count > 0) {
        say_line(&v, N_("🌙 Away ({n}): {away}"), into);
    }
    if (is_owner) {
        say_line(&v, N_("💰 Payouts of this month so far: {earned}, to be paid: {unpaid}"), into);
    }
}
