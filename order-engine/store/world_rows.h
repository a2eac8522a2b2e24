/* world_rows.h - rows of the database as the world holds them
 *
 * One function per query of load.c, its db_rows_fn; ctx: struct world. Which column is which stands in the query's file.
 */
#pragma once
#include "common/io/db.h"
#include "order-engine/world.h"

void world_read_installation(void *world, const struct db_result *);
void world_read_parameters(void *world, const struct db_result *);
void world_read_answers(void *world, const struct db_result *);
void world_read_orders(void *world, const struct db_result *);
void world_read_circles(void *world, const struct db_result *);
void world_read_people(void *world, const struct db_result *);
void world_read_workload(void *world, const struct db_result *);
void world_read_crew(void *world, const struct db_result *);
void world_read_contractors(void *world, const struct db_result *);
void world_read_categories(void *world, const struct db_result *);
void world_read_accounts(void *world, const struct db_result *);
void world_read_pins(void *world, const struct db_result *);
void world_read_months(void *world, const struct db_result *);
void world_read_clocks(void *world, const struct db_result *);
void world_read_alerts(void *world, const struct db_result *);
void world_read_deadlines(void *world, const struct db_result *);
void world_read_waiting(void *world, const struct db_result *);
void world_read_subscribers(void *world, const struct db_result *);
void world_read_calendars(void *world, const struct db_result *);
void world_read_numbers(void *world, const struct db_result *);
