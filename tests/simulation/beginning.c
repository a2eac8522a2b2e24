/* beginning.c - with whom and what a random history begins */
#include "tests/simulation/beginning.h"

#include <inttypes.h>

#include "common/base/buf.h"
#include "common/base/clock.h"
#include "tests/simulation/changes.h"

static void add_person(struct shell *s, struct dice *d, unsigned roles, int64_t account)
{
    struct company *c = &s->company;
    if (dice_one_in(d, 8))
        roles |= 1u << dice_any(d, 4); /* a person may hold several roles */
    if ((roles & ROLE_CLIENT) != 0 && account == 0)
        account = 1 + dice_any(d, (int64_t)c->patron_count);
    change_happen(s, "person %zu %u %" PRId64, c->member_count + 1, roles, account);
}

/* Office hours, shifts around midnight and around the hours that a DST night makes twice or skips.
 */
static void add_calendars(struct shell *s)
{
    static const struct {
        const char *zone, *hours[4]; /* of every day but the last of the week; NULL ends them */
    } kinds[] = {
        {"Europe/Moscow",       {"09:00-18:00"}                              },
        {"Europe/Berlin",       {"00:00-02:30", "02:45-06:00", "22:00-24:00"}},
        {"America/Havana",      {"00:00-01:00", "08:00-12:00", "13:00-24:00"}},
        {"Australia/Lord_Howe", {"01:45-02:15", "10:00-19:30"}               },
    };
    int64_t today = s->company.now / DAY_MS;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        scoped(buf_fini) struct buf words = {0};
        for (int weekday = 1; weekday <= 6; weekday++)
            for (size_t n = 0; kinds[i].hours[n] != NULL; n++)
                buf_printf(&words, " %d=%s", weekday, kinds[i].hours[n]);
        for (int64_t n = 0; n < 8; n++)
            buf_printf(&words, " %" PRId64, today + 10 + 9 * n);
        change_happen(s, "calendar %zu %s%s", i + 1, kinds[i].zone, buf_text(&words));
    }
}

static void begin_company(struct shell *s, struct dice *d, const struct people_wanted *wanted)
{
    static const struct tariff tariffs[TARIFFS_MAX] = {
        {5,    24 * 60, -1,    1,  false, false, 0},
        {60,   60,      -1,    3,  true,  false, 1},
        {600,  60,      70000, 20, true,  true,  0},
        {2000, 40,      -1,    40, true,  true,  0},
    };
    change_happen(s, "set CONTRACTOR_MAX_ORDERS 3");
    change_happen(s, "set MANAGER_REPEAT_MINUTES 60");
    change_happen(s, "categories %" PRIu64, (CATEGORY_BIT(CATEGORIES + 1) - 1) & ~UINT64_C(1));
    add_calendars(s);
    for (size_t i = 0; i < ARRAY_LEN(tariffs); i++)
        change_tariff(s, (int64_t)i + 1, &tariffs[i]);
    for (size_t i = 0; i < wanted->accounts; i++)
        change_happen(s, "account %zu %zu 1 %" PRId64, i + 1, 1 + i % TARIFFS_MAX,
                      s->company.now / DAY_MS + 20 + dice_any(d, 60));
}

void world_begin(struct shell *s, struct dice *d, const struct people_wanted *wanted)
{
    begin_company(s, d, wanted);
    for (size_t i = 0; i < wanted->accounts; i++)
        for (int64_t n = 1 + dice_any(d, 3); n > 0; n--)
            add_person(s, d, ROLE_CLIENT, (int64_t)i + 1);
    for (size_t i = 0; i < wanted->contractors; i++)
        add_person(s, d, ROLE_CONTRACTOR, 0);
    for (size_t i = 0; i < wanted->managers; i++)
        add_person(s, d, ROLE_MANAGER, 0);
    for (size_t i = 0; i < wanted->owners; i++)
        add_person(s, d, ROLE_OWNER, 0);
}
