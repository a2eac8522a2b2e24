/* format.h - instants, spans, money and people the way one says them (pure: the reader's now and zones are arguments) */
#pragma once
#include "bot-gateway/texts/catalogue.h"
#include "common/base/buf.h"

/* Who reads: in which language, by which clock, and when. Times of day are the reader's own; days and months are the installation's,
 * for money is counted by them. */
struct reader {
    enum language language;
    const char   *zone;      /* the reader's own; borrowed */
    const char   *days_zone; /* the installation's; borrowed */
    int64_t       now_ms;
};

/* "14:35", "14:35 завтра", "24 ноября 14:35", "24 ноября 2027, 14:35": fits after "до" and "by". */
void format_instant(const struct reader *, int64_t at_ms, struct buf *);
/* "24 ноября", with the year if it is another one: a day of the installation. */
void format_day(const struct reader *, int64_t at_ms, struct buf *);
/* "1 ч 20 мин", "2 дня 3 ч", "меньше минуты": to the nearest minute; a negative span reads like its opposite. */
void format_span(const struct reader *, int64_t span_ms, struct buf *);
/* "500 ₽", "12 500,50 ₽", "-500 ₽". */
void format_money(const struct reader *, int64_t minor, const char *currency, struct buf *);
/* HTML: the name as a mention link (works without a username), then @username and phone if there are any. */
void format_contact(const char *name, int64_t telegram_id, const char *username, const char *phone, struct buf *);

/* "2026-12-31" or "31.12.2026", as an owner types it -> "2026-12-31" into ret. -1 if it is no date. */
#define FORMAT_DATE_MAX 11
int format_parse_date(const char *typed, char ret[static FORMAT_DATE_MAX]);
/* "3", "1,5", "2 ч", "90 мин", "1:30", "2h", "45 min" -> minutes; a bare number means hours. -1 if it says no span. */
int64_t format_parse_minutes(const char *typed);
