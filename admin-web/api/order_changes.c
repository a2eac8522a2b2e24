/* order_changes.c - what the panel does to an order: an administrator acts as an owner does
 *
 * One event of the state table each; whether it is possible order-engine decides. Each answers with
 * the order as it is now.
 */
#include "admin-web/api/api.h"
#include "admin-web/body.h"
#include "sql/admin_web_queries.h"

#define SIDE_MAX 20 /* characters: client, contractor */

/* Has it done and shows what has become of the order. */
static int change(struct exchange *x, struct msg *command, const struct body_field *fields,
                  size_t count, void *said)
{
    scoped(body_free) struct body *body = body_read(x, fields, count, said);
    if (!body || api_command(x, command, NULL) < 0) {
        return -1;
    }
    return api_answer_one(x, Q_get_order);
}

#define CHANGE(handler, message, ...)                                                     \
    int handler(struct exchange *x)                                                       \
    {                                                                                     \
        typedef struct msg_##message self;                                                \
        static const struct body_field fields[] = {__VA_ARGS__};                          \
        struct msg command = {.type = MSG_##message, .body.message.order_id = api_id(x)}; \
        return change(x, &command, fields, ARRAY_LEN(fields), &command.body.message);     \
    }

#define REASON(need) BODY_TEXT(self, reason, need, 1, REASON_TEXT_MAX)

/* clang-format off */
/*     handler            command         what the body says */
CHANGE(on_order_assign,   order_assign,   BODY_ID(self, contractor_id, REQUIRED))
CHANGE(on_order_reassign, order_reassign, BODY_ID(self, contractor_id, REQUIRED), REASON(REQUIRED))
CHANGE(on_order_release,  order_release,  REASON(REQUIRED))
CHANGE(on_order_extend,   order_extend,   BODY_ID(self, estimate_minutes, REQUIRED), REASON(REQUIRED))
CHANGE(on_order_cancel,   order_cancel,   REASON(REQUIRED), BODY_BOOL(self, pay, OPTIONAL))
CHANGE(on_order_say,      order_say,      BODY_TEXT(self, text, REQUIRED, 1, TASK_TEXT_MAX), BODY_TEXT(self, to, OPTIONAL, 1, SIDE_MAX))
CHANGE(on_order_answer,   order_answer,   BODY_TEXT(self, text, REQUIRED, 1, TASK_TEXT_MAX))
CHANGE(on_order_rework,   order_rework,   BODY_TEXT(self, reason, REQUIRED, 1, TASK_TEXT_MAX))
CHANGE(on_order_settle,   alert_settle,   BODY_ID(self, alert_id, REQUIRED), BODY_TEXT(self, text, OPTIONAL, 1, TASK_TEXT_MAX))
CHANGE(on_order_ping,     offer_ping,     BODY_ID(self, contractor_id, REQUIRED))
/* clang-format on */

int on_order_accept(struct exchange *x)
{
    struct msg command = {.type = MSG_order_accept, .body.order_accept.order_id = api_id(x)};
    return api_command(x, &command, NULL) < 0 ? -1 : api_answer_one(x, Q_get_order);
}
