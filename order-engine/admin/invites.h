/* invites.h - one-time links, as other commands make them too */
#pragma once
#include "order-engine/admin/admin.h"

struct invite { /* id: a fresh number; telegram_id, tariff_id, account_id: 0 = none; account_name, paid_until: NULL = none */
    int64_t     id, telegram_id, tariff_id, account_id;
    const char *role, *account_name, *paid_until;
};
/* Good for seven days; the answer carries the token. */
void invite_write(struct admin_work *, const struct invite *);
