/* body.h - a request's JSON body into the struct of a command, by a table of fields
 *
 *     static const struct body_field fields[] = {
 *         BODY_TEXT(struct msg_tariff_save, name, REQUIRED, 1, 100),
 *         BODY_I64(struct msg_tariff_save, open_orders, REQUIRED, 1, 1000),
 *     };
 *     scoped(body_free) struct body *body = body_read(x, fields, ARRAY_LEN(fields), &command.body.tariff_save);
 *
 * Strict: one JSON object in UTF-8, no unknown field, no wrong type, numbers within their range. All that is wrong is told at
 * once, field by field.
 */
#pragma once
#include "admin-web/exchange.h"
#include "common/wire/msg.h"

enum body_type { BODY_TEXT, BODY_I64, BODY_BOOL, BODY_DATE /* YYYY-MM-DD */, BODY_ROLE, BODY_LINES /* texts */ };
enum body_need { REQUIRED, OPTIONAL, NULLABLE /* null counts as not given */ };

struct body_field {
    const char    *name;
    enum body_type type;
    enum body_need need;
    int64_t        min, max; /* I64: the range; TEXT: of the length in characters; LINES: how many */
    size_t         at, has_at;
    int64_t        line_max; /* LINES: characters of each */
};

#define BODY_TEXT(owner, field, need, min, max) {#field, BODY_TEXT, need, min, max, offsetof(owner, field), 0, 0}
#define BODY_DATE(owner, field, need)           {#field, BODY_DATE, need, 10, 10, offsetof(owner, field), 0, 0}
#define BODY_ROLE(owner, field, need)           {#field, BODY_ROLE, need, 1, 20, offsetof(owner, field), 0, 0}
#define BODY_I64(owner, field, need, min, max) \
    {#field, BODY_I64, need, min, max, offsetof(owner, field), offsetof(owner, has_##field), 0}
#define BODY_ID(owner, field, need) BODY_I64(owner, field, need, 1, INT64_MAX)
#define BODY_BOOL(owner, field, need) \
    {#field, BODY_BOOL, need, 0, 1, offsetof(owner, field), offsetof(owner, has_##field), 0}

#define BODY_LINES(owner, field, need, min, max, line_max) \
    {#field, BODY_LINES, need, min, max, offsetof(owner, field), 0, line_max}

struct body; /* the document the command's text is borrowed from */

/* NULL: the problem has been answered. */
struct body *body_read(struct exchange *, const struct body_field *, size_t count, void *command);
void         body_free(struct body **);
