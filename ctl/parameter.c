/* parameter.c - itsupportctl parameter: shows system parameters, sets one as the operator */
#include "ctl/ctl.h"
#include "ctl/operator.h"
#include "common/wire/parameters.h"

/* The row that was changed, -1 for a default. */
static int find_changed(const struct db_result *changed, const char *name)
{
    for (int row = 0; row < db_rows(changed); row++)
        if (str_eq(db_text(changed, row, 0), name))
            return row;
    return -1;
}

static void show(const struct parameter_row *p, const struct db_result *changed)
{
    int row = find_changed(changed, p->name);
    printf("%s = %s%s%s", p->name, row < 0 ? p->fallback : db_text(changed, row, 1),
           p->unit[0] != '\0' ? " " : "", p->unit);
    if (row < 0)
        printf("  (the default)\n");
    else
        printf("  (default %s, set %s by %s)\n", p->fallback, db_text(changed, row, 2),
               db_text(changed, row, 3));
}

static int find(const char *name, struct err *err)
{
    struct parameters scratch;
    int parameter = parameter_find(name);
    if (parameter >= 0)
        return parameter;
    parameters_init(&scratch);
    parameters_set(&scratch, name, "", err); /* its words name the nearest one */
    return -1;
}

static int set(struct ctl *ctl, struct err *err)
{
    scoped(operator_answer_fini) struct operator_answer answer = {0};
    struct msg command = {
        .type = MSG_parameter_set,
        .body.parameter_set = {.name = ctl->args[0], .value = ctl->args[1]}
    };
    return operator_ask(ctl, &command, &answer, err);
}

int run_parameter(struct ctl *ctl, struct err *err)
{
    int only = -1;
    if (ctl->arg_count > 0 && (only = find(ctl->args[0], err)) < 0)
        return -1;
    if (ctl_open(ctl, err) != 0 || (ctl->arg_count == 2 && set(ctl, err) != 0))
        return -1;
    scoped(ctl_results_free) struct db_result *changed =
        ctl_call(ctl, Q_list_parameters, NULL, err);
    if (changed == NULL)
        return -1;
    for (int i = 0; i < PARAMETER_COUNT; i++)
        if (only < 0 || only == i)
            show(&parameter_rows[i], changed);
    return CTL_DONE;
}
