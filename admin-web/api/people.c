/* people.c - who there is */
#include "admin-web/api/api.h"
#include "sql/admin_web_queries.h"

static const struct filter people_filters[] = {
    FILTER_OF_WORD("role", "client contractor manager owner"),
    FILTER_OF_TEXT("q", 100),
    FILTER_OF_BOOL("removed"),
    FILTERS_OF_PAGE,
};

int on_people_list(struct exchange *x)
{
    scoped(db_args_fini) struct db_args args = {0};
    if (filters_read(x, people_filters, ARRAY_LEN(people_filters), &args) < 0) {
        return -1;
    }
    return api_answer(x, Q_list_people, &args);
}

int on_person_get(struct exchange *x)
{
    return api_answer_one(x, Q_get_person);
}
