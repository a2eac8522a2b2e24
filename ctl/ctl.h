/* ctl.h - what every command of itsupportctl is handed: settings, its options and arguments, a database session
 *
 * A command returns CTL_DONE, or CTL_FAILED having said why itself, or -1 with err: ERR_INPUT is a question of usage (exit code
 * 2), everything else exit code 1.
 */
#pragma once
#include "common/base/conf.h"
#include "common/io/db_session.h"
#include "sql/ctl_queries.h"

struct ctl_conf {
#define SETTING CONF_MEMBER
#include "ctl/settings.def"
};

enum ctl_option {
#define OPTION(name, ...) OPTION_##name,
#include "ctl/options.def"
    OPTION_COUNT
};

enum { CTL_DONE = 0, CTL_FAILED = 1, CTL_USAGE = 2 };

#define CTL_GIVEN_MAX 64 /* options of one call, for those that may be repeated */

struct ctl_given {
    enum ctl_option option;
    const char     *value;
};

struct ctl {
    struct ctl_conf    conf;
    const char        *options[OPTION_COUNT]; /* what was given, "" for one that takes no value; NULL: not given */
    struct ctl_given   given[CTL_GIVEN_MAX];  /* the same, each time it was given, in order */
    size_t             given_count;
    char             **args;                  /* after the command's name */
    int                arg_count;
    struct db_session *db;                    /* once ctl_open has succeeded */
};

struct ctl_command {
    const char *name, *arguments; /* as the usage shows them */
    unsigned    options;          /* bits of enum ctl_option */
    int         args_min, args_max;
    int (*run)(struct ctl *, struct err *);
    const char *sentence;
};

#define CTL_DATABASE_ROLE "itsupport" /* owner of the schema, unless the url names another */

/* Opens ctl->db with every statement of sql/queries/ctl; it is closed when the command ends. */
int ctl_open(struct ctl *, struct err *);

/* One statement; the result is the caller's. args are emptied. NULL: err. */
struct db_result *ctl_call(struct ctl *, enum ctl_query, struct db_args *, struct err *);
void              ctl_results_free(struct db_result **); /* for scoped() */

/* ERR_INPUT: "that is not how it is called" */
int ctl_usage(struct err *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Appends an instant as people of the installation read it: "2026-11-22T19:30:16+03:00"; "-" for 0. */
void ctl_format_time(int64_t at_ms, const char *zone, struct buf *into);

/* The installation's time zone; owned. NULL: err. */
char *ctl_zone(struct ctl *, struct err *);

int run_migrate(struct ctl *, struct err *);
int run_invite(struct ctl *, struct err *);
int run_parameter(struct ctl *, struct err *);
int run_admin(struct ctl *, struct err *);
int run_api_token(struct ctl *, struct err *);
int run_order(struct ctl *, struct err *);
int run_status(struct ctl *, struct err *);
int run_replay(struct ctl *, struct err *);
int run_clock(struct ctl *, struct err *);
int run_fairness(struct ctl *, struct err *);
int run_check(struct ctl *, struct err *);
int run_quota(struct ctl *, struct err *);
