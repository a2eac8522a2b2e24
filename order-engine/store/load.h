/* load.h - what a batch reads: every SELECT of order-engine's order commands, as named functions that fill the world
 *
 * All are queued on the batch's open group; their rows arrive before the group's end. Locks are taken in this order: accounts,
 * people, orders, each ascending.
 */
#pragma once
#include "common/io/db.h"
#include "order-engine/store/id_list.h"
#include "order-engine/world.h"

struct store { /* the session and the world its rows go into */
    struct db     *db;
    struct world  *world;
    struct db_args args; /* scratch */
};

void load_installation(struct store *);
void load_parameters(struct store *);
void load_answers(struct store *, const char *const *command_ids, size_t count);
void lock_accounts(struct store *, const struct id_list *telegram_ids, const struct id_list *ids);
/* who takes, who is given, who orders (theirs: the contractors their accounts have pinned) */
void lock_people(struct store *, const struct id_list *telegram_ids, const struct id_list *ids, const struct id_list *orderers);
/* and the orders whose pinned window these people may end by taking or being given another */
void lock_orders(struct store *, const struct id_list *ids, const struct id_list *telegram_ids, const struct id_list *person_ids);
void load_orders(struct store *, const struct id_list *ids);
void load_circles(struct store *, const struct id_list *order_ids);
void load_people(struct store *, const struct id_list *telegram_ids, const struct id_list *ids);
void load_workload(struct store *, const struct id_list *telegram_ids, const struct id_list *ids);
void load_accounts(struct store *, const struct id_list *telegram_ids);
void load_pins(struct store *, const struct id_list *telegram_ids, const struct id_list *order_ids); /* and who has passed an order */
void load_crew(struct store *);
void load_contractors(struct store *);
void load_months(struct store *);
void load_clocks(struct store *, const struct id_list *order_ids); /* and open alerts */
void load_deadlines(struct store *, const struct id_list *deadline_ids);
void load_waiting(struct store *, const struct id_list *alert_ids, const struct id_list *order_ids); /* copies of alerts that are unsent */
void load_subscribers(struct store *, const struct id_list *account_ids); /* who is told that these accounts' subscriptions end */
void load_calendars(struct store *, const struct id_list *ids);
void load_numbers(struct store *, int64_t orders, int64_t alerts);
