/* calendars.c - which minutes of a tariff's reaction time count; a changed calendar is another row
 * under another number */
#include "admin-web/api/api.h"
#include "admin-web/body.h"
#include "sql/admin_web_queries.h"

#define LINE_MAX 100 /* characters of one; a good one has fewer */

/* clang-format off */
static const struct body_field calendar_body[] = {
    BODY_TEXT( struct msg_calendar_save, name,      REQUIRED, 1, 100),
    BODY_TEXT( struct msg_calendar_save, time_zone, REQUIRED, 1, 63),
    BODY_LINES(struct msg_calendar_save, intervals, REQUIRED, 1, CALENDAR_INTERVALS_MAX, LINE_MAX), /* "1 09:00-18:00" */
    BODY_LINES(struct msg_calendar_save, holidays,  OPTIONAL, 0, CALENDAR_HOLIDAYS_MAX, LINE_MAX),  /* "2026-12-31" */
};
/* clang-format on */

int on_calendars_list(struct exchange *x)
{
    scoped(db_args_fini) struct db_args args = {0};
    return filters_read(x, NULL, 0, &args) < 0 ? -1 : api_answer(x, Q_list_calendars, NULL);
}

int on_calendar_get(struct exchange *x)
{
    return api_answer_one(x, Q_get_calendar);
}

/* Sends the command and answers with the calendar that stands now. */
static int save(struct exchange *x, struct msg *command, bool is_new)
{
    struct msg answer;
    scoped(body_free) struct body *body =
        body_read(x, calendar_body, ARRAY_LEN(calendar_body), &command->body.calendar_save);
    if (!body || api_command(x, command, &answer) < 0) {
        return -1;
    }
    int64_t id = answer.body.answer.created_id;
    msg_fini(&answer);
    if (is_new) {
        api_created(x, id);
    }
    scoped(db_args_fini) struct db_args args = {0};
    db_arg_i64(&args, id);
    return api_answer(x, Q_get_calendar, &args);
}

int on_calendar_create(struct exchange *x)
{
    struct msg command = {.type = MSG_calendar_save};
    return save(x, &command, true);
}

int on_calendar_replace(struct exchange *x)
{
    struct msg command = {.type = MSG_calendar_save};
    command.body.calendar_save.calendar_id = api_id(x);
    command.body.calendar_save.has_calendar_id = true;
    return save(x, &command, false);
}
