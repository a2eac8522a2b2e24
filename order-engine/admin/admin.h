/* admin.h - commands that are not about one order: people, invites, pins, parameters, tariffs, accounts, receipts
 *
 * Each runs alone in a transaction of its own: load queues what it must look at (locking it), run decides and queues what it
 * writes. Both work on job->facts, which load allocates. What only those facts can name is queued by job->load_more.
 */
#pragma once
#include "common/io/db.h"
#include "order-engine/job.h"
#include "order-engine/store/load.h"
#include "order-engine/store/save.h"
#include "order-engine/world.h"

struct admin_work { /* what load and run are handed */
    struct job     *job;
    struct db      *db;
    struct store   *store; /* the loads of order commands */
    struct world   *world; /* now, parameters, the actor (world_by_telegram); crew */
    struct save    *save;  /* notices and the answer */
    struct db_args *args;  /* scratch, empty */
    const char     *changed; /* run: what domain.changed shall say, NULL = nothing */
};

struct admin_command {
    void (*load)(struct admin_work *);
    void (*run)(struct admin_work *);
};

extern const struct admin_command admin_calendar_save, admin_examples_set, admin_person_join, admin_person_update, admin_person_set_duty, admin_person_reachable,
    admin_invite_create, admin_invite_revoke, admin_pin_add, admin_pin_remove, admin_parameter_set, admin_parameter_reset,
    admin_tariff_save, admin_account_update, admin_offer_decline, admin_offer_ping, admin_person_set_categories, admin_notice_received,
    admin_notice_undeliverable, admin_system_report;
extern const struct admin_command admin_person_remove, admin_person_restore, admin_quota_grant, admin_payout_correct,
    admin_person_set_digest, admin_digest_due, admin_credentials_hand_over, admin_credentials_reveal,
    admin_payout_mark_paid, admin_month_begin, admin_partitions_make, admin_person_return, admin_upgrade_request, admin_upgrade_close,
    admin_upgrade_pass_on;
extern const struct admin_command admin_person_add, admin_application_send, admin_application_decide, admin_managers_write, admin_inquiry_answer;
extern const struct admin_command admin_managers_group_bind, admin_managers_group_unbind, admin_managers_group_lost,
    admin_managers_group_moved;

/* The actor's roles in force, OWNER for panel and operator; 0 for strangers. */
unsigned admin_roles(const struct admin_work *);
/* Refuses unless the actor has one of these roles. */
bool admin_may(struct admin_work *, unsigned roles);
/* A row of the audit. subject: "parameter:ORDER_RATE"; detail: JSON of ids and numbers or NULL. */
void admin_audit(struct admin_work *, const char *subject, const char *detail);
/* Managers on duty, all if none is, the owners if no manager can be reached: as with alerts; and their group. detail: JSON, the same
 * for all. */
void admin_tell_managers(struct admin_work *, enum notice_kind, const char *detail);
/* The same for the managers' group alone, if there is one. */
void admin_tell_group(struct admin_work *, enum notice_kind, const char *detail);
/* What was asked by such notices with this detail is answered: who got one reads that in its place. */
void admin_tell_those_asked(struct admin_work *, enum notice_kind asked, const char *detail, enum notice_kind);
/* What somebody writes, about no order, is neither empty nor too long; false: it is answered. */
bool admin_words_are_good(struct admin_work *, const char *text, const struct msg_strings *files);
/* Somebody can no longer be on alerts (away, unreachable, removed): those the person is on reopen at once, as deadlines due now, so
 * that it cannot be lost. */
void admin_reopen_alerts(struct admin_work *, int64_t telegram_id);
/* What the system does to an order because of this command, which has loaded it: decided by the rules like everything else, and
 * written with the command. What the rules refuse does not happen. */
void admin_follow(struct admin_work *, int64_t order_id, enum order_event);
/* Writes an account's deadlines anew: the steps of its subscription that are still ahead. paid_until: YYYY-MM-DD, "" = never paid. */
void admin_write_subscription(struct admin_work *, int64_t account_id, const char *paid_until);
/* For load: locks the actor, and the orders whose pinned window the actor may be the last to end (save_became_busy). */
void admin_lock_actor(struct admin_work *);
/* Queues one statement with work->args, which it empties. */
void admin_call(struct admin_work *, int query, db_rows_fn);
