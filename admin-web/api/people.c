/* people.c - who there is */
#include "admin-web/api/api.h"
#include "admin-web/body.h"
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

/* ---- roles ---- */

/* clang-format off */
static const struct body_field removal_body[] = {
    BODY_ROLE(struct msg_person_remove, role, REQUIRED),
};

static const struct body_field restoration_body[] = {
    BODY_ROLE(struct msg_person_restore, role, REQUIRED),
};
/* clang-format on */

int on_person_remove(struct exchange *x)
{
    struct msg command = {.type = MSG_person_remove};
    struct msg_person_remove *removal = &command.body.person_remove;
    removal->person_id = api_id(x);
    removal->has_person_id = true;
    scoped(body_free) struct body *body =
        body_read(x, removal_body, ARRAY_LEN(removal_body), removal);
    if (!body || api_command(x, &command, NULL) < 0) {
        return -1;
    }
    return api_answer_one(x, Q_get_person);
}

int on_person_restore(struct exchange *x)
{
    struct msg command = {.type = MSG_person_restore};
    struct msg_person_restore *restoration = &command.body.person_restore;
    restoration->person_id = api_id(x);
    restoration->has_person_id = true;
    scoped(body_free) struct body *body =
        body_read(x, restoration_body, ARRAY_LEN(restoration_body), restoration);
    if (!body || api_command(x, &command, NULL) < 0) {
        return -1;
    }
    return api_answer_one(x, Q_get_person);
}
