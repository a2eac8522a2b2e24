/* operator.h - one command of the operator's, run by order-engine's own core: for it, itsupportctl is one more engine
 *
 * The command gets the id "ctl:<uuid>" and the actor "operator"; hints leave for the daemons that listen.
 */
#pragma once
#include "common/wire/msg.h"
#include "ctl/ctl.h"

struct operator_answer {
    char   *token;      /* of an invite; owned, NULL if there is none */
    int64_t created_id; /* what the command made; 0 = nothing */
};

void operator_answer_fini(struct operator_answer *);

/* Waits for the answer. A refusal is ERR_REFUSED with its sentence. */
int operator_ask(const struct ctl *, struct msg *command, struct operator_answer *ret, struct err *);
