/* api.h - the handlers of /api/v1, and the three things all of them do: read a page, read one, change something
 *
 * The queries return the JSON that goes out, so the shape of an answer stands in one place: sql/queries/admin-web.
 */
#pragma once
#include "admin-web/filters.h"
#include "common/wire/msg.h"

/* One method of one address each; what they are for stands in routes.c. */
int on_parameters_list(struct exchange *);
int on_parameter_get(struct exchange *);
int on_parameter_set(struct exchange *);
int on_parameter_reset(struct exchange *);
int on_tariffs_list(struct exchange *);
int on_tariff_create(struct exchange *);
int on_tariff_get(struct exchange *);
int on_tariff_replace(struct exchange *);
int on_calendars_list(struct exchange *);
int on_calendar_create(struct exchange *);
int on_calendar_get(struct exchange *);
int on_calendar_replace(struct exchange *);
int on_examples_list(struct exchange *);
int on_examples_get(struct exchange *);
int on_examples_set(struct exchange *);
int on_people_list(struct exchange *);
int on_person_get(struct exchange *);
int on_accounts_list(struct exchange *);
int on_account_get(struct exchange *);
int on_account_change(struct exchange *);
int on_invites_list(struct exchange *);
int on_invite_create(struct exchange *);
int on_invite_get(struct exchange *);
int on_invite_revoke(struct exchange *);
int on_concerns_list(struct exchange *);
int on_account_months(struct exchange *);
int on_account_grant(struct exchange *);
int on_person_remove(struct exchange *);
int on_person_restore(struct exchange *);
int on_person_payouts(struct exchange *);
int on_person_correction(struct exchange *);
int on_person_payment(struct exchange *);
int on_upgrades_list(struct exchange *);
int on_upgrade_close(struct exchange *);
int on_months_list(struct exchange *);
int on_month_get(struct exchange *);
int on_orders_list(struct exchange *);
int on_order_get(struct exchange *);
int on_order_timeline(struct exchange *);
int on_order_assign(struct exchange *);
int on_order_reassign(struct exchange *);
int on_order_release(struct exchange *);
int on_order_extend(struct exchange *);
int on_order_cancel(struct exchange *);
int on_order_say(struct exchange *);
int on_order_answer(struct exchange *);
int on_order_accept(struct exchange *);
int on_order_rework(struct exchange *);
int on_order_settle(struct exchange *);
int on_order_ping(struct exchange *);

/* All of these return 0, or -1 with the problem answered. */

/* A query's rows, the caller's; NULL instead of -1. */
struct db_result *api_rows(struct exchange *, int query, const struct db_args *);

/* Answers with the one JSON value a query returns; no row is a 404. */
int api_answer(struct exchange *, int query, const struct db_args *);

/* The same with the number at the end of the address as $1, and with that of something just made. */
int     api_answer_one(struct exchange *, int query);
int64_t api_id(const struct exchange *);

/* Has order-engine do something in the bearer's name; command's id and actor are filled in here. ret_answer (may be NULL) is
 * to be released with msg_fini. */
int api_command(struct exchange *, struct msg *command, struct msg *ret_answer);

/* 201 with Location: the list's address and the new number. */
void api_created(struct exchange *, int64_t id);
