/* order_fsm.c - what may happen to an order, who may do it, and why */
#include "order-engine/rules/order_fsm.h"

#include "order-engine/rules/dispatch.h"

#define STAFF (ROLE_MANAGER | ROLE_OWNER)
#define AT_WORK (FROM(IN_WORK) | FROM(WAITING_CLIENT))
#define UNFINISHED (FROM(NEW) | AT_WORK | FROM(DONE))
#define EVER (UNFINISHED | FROM(CLOSED) | FROM(CANCELLED))
#define STOP_ALL_WORK \
    (STOP_WORK | STOP_CONFIRM | STOP_ANSWER | SOLVE_LATE | SOLVE_UNCONFIRMED | SOLVE_NO_ANSWER)
#define END_OFFER (WITHDRAW_OFFERS | STOP_REACTION | SOLVE_NOT_TAKEN)
#define GIVE_UP (RETURN_QUOTA | SOLVE_UNREACHABLE | ERASE)
#define REQUEUE (REMEMBER_PASS | LEAVE_CONTRACTOR | OPEN_TO_ALL | START_REACTION)
#define CLOSE (STOP_ACCEPTANCE | SOLVE_UNREACHABLE | PAY | ERASE)

/* clang-format off */
const struct order_rule order_rules[] = {
/*   from                     event               who                        guard          to                    effects
     why */
    {FROM_NOTHING,            EVENT_CREATE,       ROLE_CLIENT,               GUARD_ACCOUNT, ORDER_NEW,            RESERVE_QUOTA | OFFER | START_REACTION,
     "a client asks for help"},

    {FROM(NEW),               EVENT_ADD_DETAILS,  ROLE_CLIENT,               GUARD_OWN,     ORDER_NEW,            0,
     "the task grows before anybody has taken it"},
    {FROM(NEW),               EVENT_CANCEL,       ROLE_CLIENT,               GUARD_OWN,     ORDER_CANCELLED,      END_OFFER | GIVE_UP,
     "nobody had started yet"},
    {FROM(NEW),               EVENT_CANCEL,       STAFF,                     GUARD_NONE,    ORDER_CANCELLED,      END_OFFER | GIVE_UP,
     "a manager calls off what nobody has started"},
    {FROM(NEW),               EVENT_CANCEL,       ROLE_SYSTEM,               GUARD_NONE,    ORDER_CANCELLED,      END_OFFER | GIVE_UP,
     "the account has nobody left who waits for it"},
    {AT_WORK,                 EVENT_CANCEL,       STAFF,                     GUARD_NONE,    ORDER_CANCELLED,      STOP_ALL_WORK | GIVE_UP | PAY_IF_AGREED,
     "a manager stops the work; it is paid if the manager says so"},
    {FROM(DONE),              EVENT_CANCEL,       STAFF,                     GUARD_NONE,    ORDER_CANCELLED,      STOP_ACCEPTANCE | SOLVE_UNREACHABLE | PAY_IF_AGREED | ERASE,
     "the work was done, so the order counts and is paid unless the manager says no"},
    {FROM(NEW),               EVENT_TAKE,         ROLE_CONTRACTOR,           GUARD_OFFERED, ORDER_IN_WORK,        END_OFFER | START_WORK,
     "the first contractor to promise a time has it"},
    {FROM(NEW),               EVENT_ASSIGN,       STAFF,                     GUARD_NONE,    ORDER_IN_WORK,        END_OFFER | START_WORK | START_CONFIRM,
     "a manager rescues what nobody takes"},
    {FROM(NEW),               EVENT_OPEN_OFFER,   ROLE_SYSTEM,               GUARD_NONE,    ORDER_NEW,            OPEN_TO_ALL,
     "the pinned contractors' window has ended"},

    {FROM(IN_WORK),           EVENT_SET_ESTIMATE, ROLE_CONTRACTOR,           GUARD_OWN,     ORDER_IN_WORK,        MOVE_WORK | STOP_CONFIRM | SOLVE_UNCONFIRMED,
     "the assigned contractor promises a time"},
    {AT_WORK,                 EVENT_REASSIGN,     STAFF,                     GUARD_NONE,    ORDER_IN_WORK,        REMEMBER_PASS | STOP_ALL_WORK | START_WORK | START_CONFIRM,
     "a manager gives it to somebody who can do it"},
    {FROM(IN_WORK),           EVENT_ASK,          ROLE_CONTRACTOR,           GUARD_OWN,     ORDER_WAITING_CLIENT, PAUSE_WORK | PAUSE_CONFIRM | START_ANSWER,
     "the client owes an answer, so the clock stands"},

    {FROM(WAITING_CLIENT),    EVENT_ANSWER,       ROLE_CLIENT | STAFF,       GUARD_OWN,     ORDER_IN_WORK,        RESUME_WORK | RESUME_CONFIRM | STOP_ANSWER | SOLVE_NO_ANSWER,
     "the answer is there, the clock goes on"},
    {FROM(WAITING_CLIENT),    EVENT_RESUME,       ROLE_CONTRACTOR,           GUARD_OWN,     ORDER_IN_WORK,        RESUME_WORK | RESUME_CONFIRM | STOP_ANSWER | SOLVE_NO_ANSWER,
     "the contractor can go on without the answer"},

    {AT_WORK | FROM(DONE),    EVENT_SAY,          ROLE_CLIENT | ROLE_CONTRACTOR | STAFF, GUARD_OWN, SAME_STATE,   0,
     "people talk; no clock moves"},
    {AT_WORK,                 EVENT_EXTEND,       ROLE_CONTRACTOR | STAFF,   GUARD_OWN,     SAME_STATE,           MOVE_WORK,
     "the promise moves while it still holds; a manager moves it whenever it helps"},
    {AT_WORK,                 EVENT_GIVE_BACK,    ROLE_CONTRACTOR,           GUARD_OWN,     ORDER_NEW,            STOP_ALL_WORK | REQUEUE,
     "who cannot do it says so in time"},
    {AT_WORK,                 EVENT_RELEASE,      STAFF | ROLE_SYSTEM,       GUARD_NONE,    ORDER_NEW,            STOP_ALL_WORK | REQUEUE,
     "whoever has it does not do it, or works here no more"},
    {AT_WORK,                 EVENT_FINISH,       ROLE_CONTRACTOR,           GUARD_OWN,     ORDER_DONE,           STOP_ALL_WORK | START_ACCEPTANCE,
     "the work is handed over"},

    {FROM(DONE),              EVENT_ACCEPT,       ROLE_CLIENT | STAFF,       GUARD_OWN,     ORDER_CLOSED,         CLOSE | RAISE_LOW_RATING,
     "the client is content, the contractor has earned"},
    {FROM(DONE),              EVENT_AUTO_CLOSE,   ROLE_SYSTEM,               GUARD_NONE,    ORDER_CLOSED,         CLOSE,
     "nobody objected in time"},
    {FROM(DONE),              EVENT_REWORK,       ROLE_CLIENT | STAFF,       GUARD_OWN_STAYS, ORDER_IN_WORK,      STOP_ACCEPTANCE | START_WORK | RAISE_REWORKED,
     "it is not what was asked for: the same contractor goes on, even above the limit"},
    {FROM(DONE),              EVENT_REWORK,       ROLE_CLIENT | STAFF,       GUARD_OWN_LEFT, ORDER_NEW,           STOP_ACCEPTANCE | REQUEUE | RAISE_REWORKED,
     "it is not what was asked for, and who did it works here no more"},
    {FROM(CLOSED),            EVENT_RATE,         ROLE_CLIENT,               GUARD_OWN,     SAME_STATE,           RAISE_LOW_RATING,
     "a mark may come later than the acceptance"},
    {EVER,                    EVENT_COMPLAIN,     ROLE_CLIENT,               GUARD_OWN,     SAME_STATE,           RAISE_COMPLAINT,
     "a client reaches a manager at any moment"},

    {FROM(NEW) | FROM(IN_WORK) | FROM(WAITING_CLIENT), EVENT_ALERT, ROLE_SYSTEM, GUARD_NONE, SAME_STATE,          RAISE_ALERT,
     "managers must know before the promise breaks"},
    {UNFINISHED,              EVENT_REMIND,       ROLE_SYSTEM,               GUARD_NONE,    SAME_STATE,           0,
     "who owes something is reminded"},
    {FROM(NEW) | FROM(IN_WORK), EVENT_BREACH,     ROLE_SYSTEM,               GUARD_NONE,    SAME_STATE,           RAISE_ALERT | RECORD_BREACH,
     "the promise is broken and stays recorded"},
    {EVER,                    EVENT_ACKNOWLEDGE,  STAFF,                     GUARD_PERSON,  SAME_STATE,           ACKNOWLEDGE_ALERT,
     "a manager is on it; complaints and low marks outlive the order"},
    {EVER,                    EVENT_SETTLE,       STAFF,                     GUARD_NONE,    SAME_STATE,           SETTLE_ALERT,
     "a manager has dealt with what time does not solve"},
    {EVER,                    EVENT_REPEAT,       ROLE_SYSTEM,               GUARD_NONE,    SAME_STATE,           REPEAT_ALERT,
     "nobody is on it, so it is told again"},
    {EVER,                    EVENT_UNACKNOWLEDGE, ROLE_SYSTEM,              GUARD_NONE,    SAME_STATE,           REOPEN_ALERT,
     "whoever was on it solved nothing in time, or is away"},
};
/* clang-format on */
const size_t order_rule_count = ARRAY_LEN(order_rules);

void refuse(struct refused *d, enum refusal refusal)
{
    d->why = refusal;
    d->arg_count = 0;
}

void refuse_number(struct refused *d, enum refusal refusal, const char *name, int64_t number)
{
    refuse(d, refusal);
    d->args[d->arg_count++] = (struct refusal_arg){.name = name, .number = number};
}

void refuse_text(struct refused *d, enum refusal refusal, const char *name, const char *text)
{
    refuse(d, refusal);
    d->args[d->arg_count++] = (struct refusal_arg){.name = name, .is_text = true, .text = text};
}

static unsigned roles_of(const struct situation *s)
{
    if (s->acts_as != 0)
        return s->acts_as;
    return s->actor != NULL ? s->actor->roles : 0;
}

/* Does this role of the actor make the order the actor's own? Whoever works on it does not speak
 * for the client as well. */
static bool is_own(const struct situation *s, enum role role)
{
    bool works_on_it = s->actor != NULL && s->actor->id == s->order->contractor_id;
    if (role == ROLE_CONTRACTOR)
        return works_on_it;
    if (role == ROLE_CLIENT)
        return s->actor != NULL && s->actor->account_id == s->order->account_id && !works_on_it;
    return true;
}

static bool is_offered(const struct situation *s)
{
    if (s->order->offer_open)
        return true;
    for (size_t i = 0; i < s->order->pin_count; i++)
        if (s->order->pins[i] == s->actor->id)
            return true;
    return false;
}

/* A contractor who may take this order now, or the reason why not. */
static bool may_take(const struct situation *s, struct refused *d)
{
    const struct person *who = s->actor;
    if (who->account_id != 0 && who->account_id == s->order->account_id)
        refuse(d, REFUSE_own_account);
    else if (order_was_passed_by(s->order, who->id))
        refuse(d, REFUSE_had_it_already);
    else if (!is_offered(s))
        refuse(d, REFUSE_not_offered);
    else if (!person_is_on_duty(who, s->now))
        refuse(d, REFUSE_off_duty);
    else if (who->open_orders >= s->parameters->CONTRACTOR_MAX_ORDERS)
        refuse_number(d, REFUSE_at_limit, "limit", s->parameters->CONTRACTOR_MAX_ORDERS);
    else
        return true;
    return false;
}

/* What a guard asks beyond role, owner and state. */
static bool passes(const struct situation *s, const struct order_rule *rule, struct refused *d)
{
    if (rule->guard == GUARD_OFFERED)
        return may_take(s, d);
    if (rule->guard == GUARD_ACCOUNT && s->account == NULL)
        refuse(d, REFUSE_no_account);
    else if (rule->guard == GUARD_PERSON && s->actor == NULL)
        refuse(d, REFUSE_not_your_role);
    else if (rule->guard == GUARD_OWN_STAYS && !s->order->contractor_active)
        refuse(d, REFUSE_not_active);
    else
        return true;
    return false;
}

static bool asks_for_own(enum order_guard guard)
{
    return guard == GUARD_OWN || guard == GUARD_OWN_STAYS || guard == GUARD_OWN_LEFT;
}

/* How far a row has let the actor come; the refusal of the furthest is what the actor reads: a role
 * before an order that is not one's own, that before its state, that before the finer reasons. */
enum progress {
    STOPPED_BY_ROLE,
    STOPPED_BY_OWNER,
    STOPPED_BY_STATE,
    STOPPED_BY_GUARD,
    LET_THROUGH
};

static enum progress try_rule(const struct situation *s, const struct order_rule *rule,
                              enum role role, struct refused *d)
{
    unsigned state = s->order != NULL ? 1u << s->order->state : FROM_NOTHING;
    if (asks_for_own(rule->guard) && !is_own(s, role)) {
        refuse(d, REFUSE_not_your_order);
        return STOPPED_BY_OWNER;
    }
    if ((rule->from & state) == 0) {
        if (rule->event == EVENT_TAKE && s->order->taken_at != 0)
            refuse_number(d, REFUSE_taken_already, "at", s->order->taken_at);
        else
            refuse_text(d, REFUSE_wrong_state, "state", order_state_name(s->order->state));
        return STOPPED_BY_STATE;
    }
    return passes(s, rule, d) ? LET_THROUGH : STOPPED_BY_GUARD;
}

const struct order_rule *order_fsm_find(const struct situation *s, enum order_event event,
                                        enum role *ret_role, struct refused *d)
{
    unsigned roles = roles_of(s);
    enum progress furthest = STOPPED_BY_ROLE;

    refuse(d, roles == 0 ? REFUSE_not_invited : REFUSE_not_your_role);
    for (size_t i = 0; i < order_rule_count; i++) {
        const struct order_rule *rule = &order_rules[i];
        if (rule->event != event)
            continue;
        for (unsigned role = ROLE_SYSTEM; role >= ROLE_CLIENT; role >>= 1) { /* the highest first */
            if ((rule->who & roles & role) == 0)
                continue;
            struct refused why = {0};
            enum progress reached = try_rule(s, rule, (enum role)role, &why);
            if (reached == LET_THROUGH) {
                refuse(d, REFUSED_NOT);
                *ret_role = (enum role)role;
                return rule;
            }
            if (reached > furthest) {
                furthest = reached;
                *d = why;
            }
        }
    }
    return NULL;
}

enum order_event order_event_meant(const struct situation *s, enum order_event event)
{
    if (event != EVENT_SAY || s->order == NULL || s->order->state != ORDER_WAITING_CLIENT ||
        s->actor == NULL)
        return event;
    bool by_client = (s->actor->roles & ROLE_CLIENT) != 0 && is_own(s, ROLE_CLIENT);
    return by_client ? EVENT_ANSWER : event;
}

/* ---- printing ---- */

static const char *state_word(int state)
{
    return state == ORDER_NONE ? "[*]" : order_state_name((enum order_state)state);
}

static void print_roles(FILE *out, unsigned who)
{
    const char *gap = "";
    for (unsigned role = ROLE_CLIENT; role <= ROLE_SYSTEM; role <<= 1)
        if ((who & role) != 0) {
            fprintf(out, "%s%s", gap, role_name((enum role)role));
            gap = ", ";
        }
}

void order_fsm_print(FILE *out)
{
    fprintf(out, "stateDiagram-v2\n");
    for (size_t i = 0; i < order_rule_count; i++) {
        const struct order_rule *rule = &order_rules[i];
        for (int from = 0; from <= ORDER_NONE; from++) {
            if ((rule->from & (1u << from)) == 0)
                continue;
            int to = rule->to == SAME_STATE ? from : rule->to;
            fprintf(out, "    %s --> %s: %s (", state_word(from), state_word(to),
                    order_event_name(rule->event));
            print_roles(out, rule->who);
            fprintf(out, ") %s\n", rule->why);
        }
    }
    fprintf(out, "    %s --> [*]\n    %s --> [*]\n", state_word(ORDER_CLOSED),
            state_word(ORDER_CANCELLED));
}
