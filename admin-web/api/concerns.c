/* concerns.c - what should not be and nobody has seen: the panel's banner */
#include "admin-web/api/api.h"
#include "sql/admin_web_queries.h"

int on_concerns_list(struct exchange *x)
{
    scoped(db_args_fini) struct db_args args = {0};
    return filters_read(x, NULL, 0, &args) < 0 ? -1 : api_answer(x, Q_list_concerns, NULL);
}
