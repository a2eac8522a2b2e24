/* reasons.c - reasons to choose from */
#include "bot-gateway/dialog/reasons.h"

/* clang-format off */
static const struct { enum dialog_step step; const char *msgid; } reasons[] = {
    {STEP_REASSIGN_REASON, N_("The contractor does not answer.")},
    {STEP_REASSIGN_REASON, N_("Another contractor can begin sooner.")},
    {STEP_REASSIGN_REASON, N_("The client has asked for it.")},

    {STEP_RELEASE_REASON,  N_("The contractor does not answer.")},
    {STEP_RELEASE_REASON,  N_("The contractor cannot do it.")},
    {STEP_RELEASE_REASON,  N_("The client has asked for it.")},

    {STEP_PROLONG_REASON,  N_("There is more to do than it seemed.")},
    {STEP_PROLONG_REASON,  N_("Agreed with the client.")},
    {STEP_PROLONG_REASON,  N_("We waited for something we need.")},

    {STEP_CALL_OFF_REASON, N_("The client does not need it any more.")},
    {STEP_CALL_OFF_REASON, N_("It was ordered twice.")},
    {STEP_CALL_OFF_REASON, N_("We do not do such work.")},
};
/* clang-format on */

const char *reason_words(enum dialog_step step, int64_t number)
{
    for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
        if (reasons[i].step == step && --number == 0) {
            return reasons[i].msgid;
        }
    }
    return NULL;
}

void reasons_offer(struct keyboard *keyboard, enum dialog_step step, int64_t order_id)
{
    const char *msgid;
    for (int64_t number = 1; (msgid = reason_words(step, number)); number++) {
        keyboard_row(keyboard);
        keyboard_add(keyboard, msgid, (struct pressed){PRESS_because, order_id, number});
    }
}
