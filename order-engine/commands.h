/* commands.h - THE table of what order-engine can be asked, and what each command needs of the database
 *
 * Order commands are decided together, up to BATCH_MAX in one transaction; administrative ones run alone, in theirs. Every command
 * of the catalogue addressed to order-engine has exactly one row (commands_check, at start).
 */
#pragma once
#include "order-engine/admin/admin.h"
#include "order-engine/job.h"
#include "order-engine/rules/order.h"

enum command_need {
    NEED_ORDER        = 1 << 0, /* the order it names, locked */
    NEED_CLOCKS       = 1 << 1, /* its clocks and alerts */
    NEED_PINS         = 1 << 2, /* who was offered it first */
    NEED_ACCOUNT      = 1 << 3, /* the actor's account, locked, with quota and pins */
    NEED_WORKLOAD     = 1 << 4, /* how much contractors have in work; they are locked */
    NEED_CONTRACTORS  = 1 << 5, /* all of them: somebody may be offered an order */
    NEED_CREW         = 1 << 6, /* managers and owners: somebody may be alerted */
    NEED_MONTH        = 1 << 7, /* the billing month */
    NEED_ORDER_NUMBER = 1 << 8,
    NEED_ALERT_NUMBER = 1 << 9,
    NEED_DEADLINE     = 1 << 10, /* the deadline it names, and all contractors if that one opens an order */
};

struct command_row {
    enum msg_type type;
    int           event;  /* enum order_event, -1 for the others */
    unsigned      needs;
    /* order commands: the message as the rules see it; returns the text that is kept, NULL if none */
    const char *(*read)(const struct msg *, struct order_command *, struct msg_strings *files);
    const struct admin_command *admin; /* runs alone; NULL for order commands */
    const char   *why;
};

const struct command_row *command_row_of(enum msg_type); /* NULL: not one of ours */
int  commands_check(struct err *); /* ERR_INTERNAL unless the table is complete */
int64_t command_order_id(const struct msg *);  /* 0: it names none */
int64_t command_target_id(const struct msg *); /* the contractor it names; 0 = none */
/* Who may speak for whom: the gateway for people, the watcher for time, the panel for its logins, itsupportctl for the operator. */
bool command_actor_fits(enum daemon_id sender, const char *actor);
