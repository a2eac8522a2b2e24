/* shell.c - what stands around the pure core in a simulation */
#include "tests/simulation/shell.h"

#include <inttypes.h>

#include "order-engine/rules/clocks.h"
#include "order-engine/rules/decide.h"
#include "order-engine/rules/order_fsm.h"
#include "order-engine/rules/quiet.h"
#include "order-engine/rules/subscription.h"
#include "tests/simulation/envelope.h"
#include "tests/simulation/trace.h"

#define SENT_AT_ONCE_MAX 100000 /* deadlines between two steps: more is an endless loop */

static struct situation situation_of(struct shell *s, const struct speaker *by, struct order *order,
                                     int64_t target_id, struct account *account)
{
    struct company *c = &s->company;
    const struct member *actor = company_member(c, by->person_id);
    const struct member *target = company_member(c, target_id);
    struct situation now = {
        .now = c->now,
        .parameters = &c->parameters,
        .categories = c->categories,
        .month = c->month,
        .actor = actor != NULL ? &actor->who : NULL,
        .acts_as = by->acts_as,
        .order = order,
        /* whoever has lost the last role is gone: store/load finds nobody */
        .target = target != NULL && target->who.roles != 0 ? &target->who : NULL,
        .crew = company_crew(c),
        .waiting = c->waiting,
        .waiting_count = c->waiting_count,
    };
    if (actor != NULL && actor->who.account_id != 0) {
        *account = company_account(c, actor->who.account_id);
        now.account = account;
    }
    now.contractors = company_contractors(c, now.account != NULL ? account->id : 0,
                                          order != NULL ? order->id : 0);
    if (order != NULL)
        company_read_sides(c, order);
    return now;
}

static void count(struct shell *s, const struct order_command *command)
{
    const struct decision *d = &s->decision;
    for (size_t i = 0; i < order_rule_count; i++) {
        const struct order_rule *rule = &order_rules[i];
        int to = rule->to == SAME_STATE ? (int)d->from : rule->to;
        s->rule_fired[i] += rule->event == d->event && (rule->from & (1u << d->from)) != 0 &&
                            (rule->who & (unsigned)d->role) != 0 && to == (int)d->after.state;
    }
    for (size_t i = 0; i < clock_step_count; i++)
        s->step_fired[i] += d->role == ROLE_SYSTEM && clock_steps[i].event == d->event &&
                            clock_steps[i].clock == command->clock &&
                            clock_steps[i].step == command->step;
}

/* Decides, writes the rest of the line, takes it in. */
static bool decide(struct shell *s, const struct situation *now, struct order_command *command)
{
    struct company *c = &s->company;
    command->new_order_id = c->next_order_id;
    command->new_alert_id =
        company_next_alert(c, now->order != NULL ? now->order->id : c->next_order_id);
    order_decide(now, command, &s->decision);
    trace_result(s->trace, &s->decision);
    if (s->decision.refused.why != REFUSED_NOT)
        return false;
    count(s, command);
    c->next_order_id += s->decision.from == ORDER_NONE;
    company_apply(c, &s->decision);
    watcher_hear(&s->watcher, c, &s->decision);
    watcher_moved(&s->watcher, c, c->now); /* a pinned window may have ended */
    postman_hand_over(s->postman, s->trace, &s->decision);
    return true;
}

bool shell_command(struct shell *s, const struct speaker *speaker, int64_t order_id,
                   int64_t target_id, struct order_command *command)
{
    struct speaker said_by = *speaker, *by = &said_by;
    envelope_fit(by, command);
    struct account account;
    struct order *order = order_id != 0 ? company_order(&s->company, order_id) : NULL;
    company_find_month(&s->company);
    struct situation now = situation_of(s, by, order, target_id, &account);
    fprintf(s->trace, "C %" PRId64 " %" PRId64 " %s %" PRId64 " %" PRId64 " %u %" PRId64, s->step,
            s->company.now, order_event_name(command->event), order_id, by->person_id, by->acts_as,
            target_id);
    fprintf(s->trace, " %d %zu %zu %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %d %d |",
            command->has_text, command->text_len, command->file_count, command->estimate_minutes,
            command->rating, command->alert_id, command->category_id,
            command->pay_given ? command->pay : -1, command->addressee);
    return decide(s, &now, command);
}

/* A step of a subscription concerns no order: its persons and the owners are told. */
static void tell_subscribers(struct shell *s, const struct row_deadline *row)
{
    struct company *c = &s->company;
    struct subscriber subscribers[PEOPLE_MAX];
    int64_t told[PEOPLE_MAX];
    struct people those = company_subscribers(c, row->account_id);
    for (size_t i = 0; i < those.count; i++)
        subscribers[i] =
            (struct subscriber){.account_id = row->account_id, .person_id = those.items[i].id};
    size_t count = subscription_told(row->account_id, subscribers, those.count, company_crew(c),
                                     told, ARRAY_LEN(told));
    const struct subscription_step *step = subscription_step_find(row->step);
    int64_t later = quiet_not_before(&c->parameters, step->notice, c->now, 0);
    fprintf(s->trace, " subscription %s %" PRId64 " %" PRId64 " | ok n:%s:%" PRId64 "::",
            clock_step_name(row->step), row->account_id, row->d.due_at,
            notice_kind_name(step->notice), later == 0 ? 0 : later - c->now);
    for (size_t i = 0; i < count; i++)
        fprintf(s->trace, "%s%" PRId64, i > 0 ? "," : "", told[i]);
    fputc('\n', s->trace);
}

void shell_deadline(struct shell *s, const struct deadline *deadline)
{
    const struct row_deadline *row = company_deadline(&s->company, deadline->id);
    fprintf(s->trace, "D %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, s->step, s->company.now,
            deadline->id, deadline->order_id);
    if (row == NULL) { /* the order moved on while it was on its way */
        fprintf(s->trace, " | gone\n");
    } else if (row->account_id != 0) {
        tell_subscribers(s, row);
        company_reach(&s->company, deadline->id);
    } else {
        struct account account;
        size_t position;
        const struct clock_step_row *step = clock_step_find(row->clock, row->step, &position);
        struct order_command command = {.event = step->event,
                                        .clock = row->clock,
                                        .step = row->step,
                                        .run = row->run,
                                        .alert_id = row->alert_id};
        company_find_month(&s->company);
        struct situation now =
            situation_of(s, &(struct speaker){.acts_as = ROLE_SYSTEM},
                         company_order(&s->company, row->d.order_id), 0, &account);
        fprintf(s->trace, " %s %s %" PRId64 " %" PRId64 " |", sla_clock_name(row->clock),
                clock_step_name(row->step), row->clock == CLOCK_ALERT ? row->alert_id : row->run,
                row->d.due_at);
        decide(s, &now, &command);
        company_reach(&s->company, deadline->id);
    }
    watcher_answered(&s->watcher, deadline->id);
}

void shell_pass_time(struct shell *s, int64_t until)
{
    int64_t sent = 0;
    for (int64_t at; (at = watcher_next_at(&s->watcher, &s->company)) <= until;) {
        struct deadline deadline;
        s->company.now = max_i64(s->company.now, at);
        while (sent <= SENT_AT_ONCE_MAX && watcher_pop(&s->watcher, &s->company, &deadline)) {
            shell_deadline(s, &deadline);
            sent++;
        }
        if (sent > SENT_AT_ONCE_MAX) {
            fprintf(s->trace, "X endless deadlines step=%" PRId64 "\n", s->step);
            exit(1);
        }
    }
    s->company.now = until;
}
