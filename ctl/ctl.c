/* ctl.c - what the commands of itsupportctl share */
#include "ctl/ctl.h"

#include <inttypes.h>
#include <stdarg.h>

#include "common/base/clock.h"
#include "common/base/zone.h"
#include "common/wire/parameters.h"

int ctl_open(struct ctl *ctl, struct err *err)
{
    if (ctl->db != NULL)
        return 0;
    ctl->db = db_session_open(&(struct db_opts){.url = ctl->conf.database_url,
                                                .user = CTL_DATABASE_ROLE,
                                                .application_name = "itsupportctl",
                                                .queries = ctl_queries,
                                                .query_count = CTL_QUERY_COUNT},
                              err);
    if (ctl->db != NULL)
        return 0;
    if (err->kind == ERR_INTERNAL)
        err_prefix(err, "the database does not fit this program (itsupportctl migrate)");
    return -1;
}

struct db_result *ctl_call(struct ctl *ctl, enum ctl_query query, struct db_args *args,
                           struct err *err)
{
    struct db_result *result = db_session_call(ctl->db, (int)query, args, err);
    if (args != NULL)
        db_args_reset(args);
    return result;
}

void ctl_results_free(struct db_result **result)
{
    db_result_free(result);
}

int ctl_usage(struct err *err, const char *fmt, ...)
{
    char text[sizeof err->text];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    return err_set(err, ERR_INPUT, "%s", text);
}

void ctl_format_time(int64_t at_ms, const char *zone, struct buf *into)
{
    struct zone_time t;
    if (at_ms == 0) {
        buf_add_text(into, "-");
        return;
    }
    zone_local(zone, at_ms, &t);
    int64_t local_minutes = zone_days(t.year, t.month, t.day) * 1440 + t.hour * 60 + t.minute;
    int64_t offset = local_minutes - at_ms / MINUTE_MS;
    int64_t size = offset < 0 ? -offset : offset;
    buf_printf(into, "%04d-%02d-%02dT%02d:%02d:%02d%c%02" PRId64 ":%02" PRId64, t.year, t.month,
               t.day, t.hour, t.minute, t.second, offset < 0 ? '-' : '+', size / 60, size % 60);
}

char *ctl_zone(struct ctl *ctl, struct err *err)
{
    struct parameters defaults;
    scoped(ctl_results_free) struct db_result *set = ctl_call(ctl, Q_read_zone, NULL, err);
    if (set == NULL)
        return NULL;
    parameters_init(&defaults);
    return xstrdup(db_rows(set) > 0 ? db_text(set, 0, 0) : defaults.TIME_ZONE);
}
