/* order_facts.c - reading an order, its reader and its alert from rows */
#include "bot-gateway/texts/order_facts.h"

#include "common/wire/parameters.h"

/* Columns are read in the order of the view; the enum in the header says how many there are. */
struct columns {
    const struct db_result *result;
    int row, next;
};

static int64_t next_i64(struct columns *c)
{
    return db_i64(c->result, c->row, c->next++);
}

static bool next_bool(struct columns *c)
{
    return db_bool(c->result, c->row, c->next++);
}

static char *next_text(struct columns *c)
{
    return xstrdup_or_null(db_text_or_null(c->result, c->row, c->next++));
}

/* Borrowed: "" for null. */
static const char *next_word(struct columns *c)
{
    return db_text(c->result, c->row, c->next++);
}

static struct contact next_contact(struct columns *c)
{
    struct contact contact = {.person_id = next_i64(c)};
    contact.telegram_id = next_i64(c);
    contact.name = next_text(c);
    contact.username = next_text(c);
    contact.phone = next_text(c);
    return contact;
}

void order_facts_read(const struct db_result *result, int row, int first_column,
                      struct order_facts *f)
{
    struct columns c = {result, row, first_column};
    f->order_id = next_i64(&c);
    int state = order_state_parse(next_word(&c));
    f->state = state < 0 ? ORDER_NONE : (enum order_state)state;
    f->version = next_i64(&c);
    f->account_id = next_i64(&c);
    f->account = next_text(&c);
    f->created_at = next_i64(&c);
    f->due_at = next_i64(&c);
    f->taken_at = next_i64(&c);
    f->estimate_minutes = next_i64(&c);
    f->estimate_named = next_bool(&c);
    f->done_at = next_i64(&c);
    f->ended_at = next_i64(&c);
    f->rating = next_i64(&c);
    f->rate_minor = next_i64(&c);
    f->currency = next_text(&c);
    f->sees_contacts = next_bool(&c);
    f->offer_open = next_bool(&c);
    f->taken_late = next_bool(&c);
    f->work_late = next_bool(&c);
    f->task = next_text(&c);
    f->files = next_i64(&c);
    f->wish = next_text(&c);
    f->category_id = next_i64(&c);
    f->category = next_text(&c);
    f->client = next_contact(&c);
    f->contractor = next_contact(&c);
    f->has_credentials = next_bool(&c);
    assert(c.next - first_column == COLUMNS_OF_VIEWER - COLUMNS_OF_ORDER);
}

static void contact_fini(struct contact *c)
{
    free(c->name);
    free(c->username);
    free(c->phone);
}

void order_facts_fini(struct order_facts *f)
{
    free(f->account);
    free(f->currency);
    free(f->task);
    free(f->wish);
    free(f->category);
    contact_fini(&f->client);
    contact_fini(&f->contractor);
    *f = (struct order_facts){0};
}

static const char *or_fallback(const char *value, enum parameter parameter)
{
    return *value ? value : parameter_rows[parameter].fallback;
}

void viewer_read(const struct db_result *result, int row, int first_column, struct viewer *v)
{
    struct columns c = {result, row, first_column};
    v->person_id = next_i64(&c);
    v->telegram_id = next_i64(&c);
    v->roles = (unsigned)next_i64(&c);
    v->account_id = next_i64(&c);
    const char *language = next_word(&c);
    const char *usual = or_fallback(next_word(&c), PARAMETER_DEFAULT_LANGUAGE);
    const char *own_zone = next_word(&c);
    v->days_zone = xstrdup(or_fallback(next_word(&c), PARAMETER_TIME_ZONE));
    v->reader = (struct reader){.language = language_of(language, language_of(usual, LANGUAGE_RU)),
                                .days_zone = v->days_zone,
                                .now_ms = next_i64(&c)};
    viewer_set_zone(v, own_zone);
    assert(c.next - first_column == COLUMN_OFFERED - COLUMNS_OF_VIEWER);
}

void viewer_set_zone(struct viewer *v, const char *zone)
{
    free(v->zone);
    v->zone = xstrdup(*zone ? zone : v->days_zone);
    v->reader.zone = v->zone;
}

struct viewer viewer_dup(const struct viewer *v)
{
    struct viewer copy = *v;
    copy.reader.days_zone = copy.days_zone = xstrdup(v->days_zone);
    copy.reader.zone = copy.zone = xstrdup(v->zone);
    return copy;
}

void viewer_fini(struct viewer *v)
{
    free(v->zone);
    free(v->days_zone);
    *v = (struct viewer){0};
}

void alert_facts_read(const struct db_result *result, int row, int first_column,
                      struct alert_facts *a)
{
    struct columns c = {result, row, first_column};
    a->id = next_i64(&c);
    int cause = alert_cause_parse(next_word(&c));
    a->cause = cause < 0 ? CAUSE_COUNT : (enum alert_cause)cause;
    a->level = next_i64(&c);
    a->raised_at = next_i64(&c);
    a->acknowledged_at = next_i64(&c);
    a->acknowledged_by = next_text(&c);
    assert(c.next - first_column == COLUMNS_OF_THE_REST - COLUMNS_OF_ALERT);
}

void alert_facts_fini(struct alert_facts *a)
{
    free(a->acknowledged_by);
    *a = (struct alert_facts){0};
}
