/* format.c - instants, spans, money and people the way one says them */
#include "bot-gateway/texts/format.h"

#include <ctype.h>

#include "bot-gateway/texts/template.h"
#include "common/base/clock.h"
#include "common/base/text.h"
#include "common/base/zone.h"

/* clang-format off */
static const char *const days_of_months[12] = {
    N_("{day} January"), N_("{day} February"), N_("{day} March"),     N_("{day} April"),   N_("{day} May"),      N_("{day} June"),
    N_("{day} July"),    N_("{day} August"),   N_("{day} September"), N_("{day} October"), N_("{day} November"), N_("{day} December"),
};
/* clang-format on */

static void fill(const struct reader *reader, const char *msgid,
                 const struct template_value *values, size_t count, struct buf *into)
{
    template_render(tr(reader->language, msgid), values, count, into);
}

static void add_day(const struct reader *reader, const struct zone_time *at, bool with_year,
                    struct buf *into)
{
    char day[12];
    snprintf(day, sizeof day, "%d", at->day);
    fill(reader, days_of_months[at->month - 1], &(struct template_value){"day", day, false}, 1,
         into);
    if (with_year) {
        buf_printf(into, " %d", at->year);
    }
}

static int64_t day_number(const struct zone_time *at)
{
    return zone_days(at->year, at->month, at->day);
}

void format_instant(const struct reader *reader, int64_t at_ms, struct buf *into)
{
    struct zone_time now, at;
    zone_local(reader->zone, reader->now_ms, &now);
    zone_local(reader->zone, at_ms, &at);

    char time[16];
    snprintf(time, sizeof time, "%02d:%02d", at.hour, at.minute);
    scoped(buf_fini) struct buf date = {0};
    bool another_year = at.year != now.year;
    add_day(reader, &at, another_year, &date);
    const struct template_value values[] = {
        {"time", time,            false},
        {"date", buf_text(&date), false}
    };

    int64_t days_ahead = day_number(&at) - day_number(&now);
    const char *msgid = days_ahead == 0    ? N_("{time}")
                        : days_ahead == 1  ? N_("{time} tomorrow")
                        : days_ahead == -1 ? N_("{time} yesterday")
                        : another_year     ? N_("{date}, {time}")
                                           : N_("{date} {time}");
    fill(reader, msgid, values, ARRAY_LEN(values), into);
}

void format_day(const struct reader *reader, int64_t at_ms, struct buf *into)
{
    struct zone_time now, at;
    zone_local(reader->days_zone, reader->now_ms, &now);
    zone_local(reader->days_zone, at_ms, &at);
    add_day(reader, &at, at.year != now.year, into);
}

static void add_piece(const struct reader *reader, const char *sentence, int64_t n,
                      struct buf *into)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)n);
    if (into->len > 0) {
        buf_add_char(into, ' ');
    }
    template_render(tr(reader->language, sentence), &(struct template_value){"n", digits, false}, 1,
                    into);
}

void format_span(const struct reader *reader, int64_t span_ms, struct buf *into)
{
    scoped(buf_fini) struct buf said = {0};
    int64_t minutes = ((span_ms < 0 ? -span_ms : span_ms) + MINUTE_MS / 2) / MINUTE_MS;
    int64_t days = minutes / (24 * 60), hours = minutes / 60 % 24;
    if (days > 0) {
        char digits[24];
        snprintf(digits, sizeof digits, "%lld", (long long)days);
        template_render(tr_n(reader->language, "{n} day", "{n} days", days),
                        &(struct template_value){"n", digits, false}, 1, &said);
    }
    if (hours > 0) {
        add_piece(reader, N_("{n} h"), hours, &said);
    }
    if (days == 0 && minutes % 60 > 0) {
        add_piece(reader, N_("{n} min"), minutes % 60, &said);
    }
    buf_add_text(into, said.len > 0 ? said.data : tr(reader->language, N_("less than a minute")));
}

static const char *currency_sign(const char *currency)
{
    static const struct {
        const char *code, *sign;
    } signs[] = {
        {"RUB", "₽"},
        {"USD", "$"  },
        {"EUR", "€"},
        {"KZT", "₸"},
        {"BYN", "Br" }
    };
    for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
        if (str_eq(currency, signs[i].code)) {
            return signs[i].sign;
        }
    }
    return currency;
}

/* Digits in threes, apart by a narrow space that no line breaks at. */
static void add_grouped(int64_t whole, struct buf *into)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)whole);
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && len > 4) {
            buf_add_text(into, "\u00a0");
        }
        buf_add_char(into, digits[i]);
    }
}

void format_money(const struct reader *reader, int64_t minor, const char *currency,
                  struct buf *into)
{
    if (minor < 0) {
        buf_add_text(into, "−");
    }
    int64_t amount = minor < 0 ? -minor : minor;
    scoped(buf_fini) struct buf whole = {0};
    add_grouped(amount / 100, &whole);
    char cents[8];
    snprintf(cents, sizeof cents, "%02d", (int)(amount % 100));
    const struct template_value values[] = {
        {"whole", whole.data, false},
        {"cents", cents,      false}
    };
    fill(reader, amount % 100 > 0 ? N_("{whole}.{cents}") : N_("{whole}"), values,
         ARRAY_LEN(values), into);
    buf_printf(into, "\u00a0%s", currency_sign(currency));
}

void format_contact(const char *name, int64_t telegram_id, const char *username, const char *phone,
                    struct buf *into)
{
    if (telegram_id > 0) {
        buf_printf(into, "<a href=\"tg://user?id=%lld\">", (long long)telegram_id);
    }
    scoped(str_free) char *plain = xstrdup(name);
    text_drop_direction_marks(plain);
    buf_add_html(into, plain);
    if (telegram_id > 0) {
        buf_add_text(into, "</a>");
    }
    if (username && *username) {
        buf_add_text(into, " @");
        buf_add_html(into, username);
    }
    if (phone && *phone) {
        buf_add_text(into, ", ");
        buf_add_html(into, phone);
    }
}

/* ---- what people type ---- */

static bool is_real_date(int year, int month, int day)
{
    if (year < 2000 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) {
        return false;
    }
    int y, m, d; /* a day the month has not is one of the next month */
    zone_date(zone_days(year, month, day), &y, &m, &d);
    return m == month;
}

int format_parse_date(const char *typed, char ret[static FORMAT_DATE_MAX])
{
    unsigned year, month, day;
    int used = 0;
    if (sscanf(typed, " %4u-%2u-%2u %n", &year, &month, &day, &used) != 3 || typed[used]) {
        used = 0;
        if (sscanf(typed, " %2u.%2u.%4u %n", &day, &month, &year, &used) != 3 || typed[used]) {
            return -1;
        }
    }
    if (!is_real_date((int)year, (int)month, (int)day)) {
        return -1;
    }
    snprintf(ret, FORMAT_DATE_MAX, "%04u-%02u-%02u", year % 10000, month % 100, day % 100);
    return 0;
}

/* clang-format off */
static const struct span_unit { const char *word; int64_t minutes; } span_units[] = {
    {"минут", 1}, {"мин", 1}, {"м", 1}, {"minutes", 1}, {"minute", 1}, {"min", 1}, {"m", 1},
    {"час", 60}, {"ч", 60}, {"hours", 60}, {"hour", 60}, {"h", 60},
    {"дн", 24 * 60}, {"день", 24 * 60}, {"д", 24 * 60}, {"days", 24 * 60}, {"day", 24 * 60}, {"d", 24 * 60},
};
/* clang-format on */

#define SPAN_NUMBER_MAX 100000

/* "1", "1,5", "2.25" in hundredths, and where it ends; -1 if no number stands there. */
static int64_t read_hundredths(const char **at)
{
    const char *p = *at;
    int64_t value = 0;
    if (!isdigit((unsigned char)*p)) {
        return -1;
    }
    for (; isdigit((unsigned char)*p) && value < SPAN_NUMBER_MAX; p++) {
        value = value * 10 + (*p - '0');
    }
    value *= 100;
    if ((*p == ',' || *p == '.') && isdigit((unsigned char)p[1])) {
        value += (p[1] - '0') * 10;
        p += 2;
        if (isdigit((unsigned char)*p)) {
            value += *p++ - '0';
        }
    }
    *at = p;
    return value;
}

/* The unit that begins here, past it any ending of the word ("минуты", "часа", "дней") and a dot.
 */
static int64_t read_unit(const char **at)
{
    for (size_t i = 0; i < ARRAY_LEN(span_units); i++) {
        size_t len = strlen(span_units[i].word);
        if (strncmp(*at, span_units[i].word, len) == 0) {
            *at += len;
            while (**at == '.' || (unsigned char)**at >= 0x80) {
                (*at)++;
            }
            return span_units[i].minutes;
        }
    }
    return -1;
}

int64_t format_parse_minutes(const char *typed)
{
    const char *p = typed + strspn(typed, " \n");
    int64_t total = 0, pieces = 0;
    while (*p) {
        int64_t hundredths = read_hundredths(&p);
        if (hundredths < 0) {
            return -1;
        }
        if (*p == ':' && pieces == 0) { /* 1:30 */
            p++;
            int64_t rest = read_hundredths(&p);
            if (rest < 0 || rest >= 6000 || *p) {
                return -1;
            }
            total = hundredths * 60 / 100 + rest / 100;
            break;
        }
        p += strspn(p, " ");
        int64_t unit = *p ? read_unit(&p) : pieces == 0 ? 60 : -1;
        if (unit < 0) {
            return -1;
        }
        total += hundredths * unit / 100;
        pieces++;
        p += strspn(p, " \n");
    }
    return total > 0 ? total : -1;
}
