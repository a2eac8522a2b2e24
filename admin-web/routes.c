/* routes.c - THE TABLE: every address admin-web answers, who may ask, and who answers */
#include "admin-web/routes.h"

#include "admin-web/api/api.h"
#include "admin-web/pages.h"
#include "admin-web/watch.h"

#define API "/api/v1"
#define PLAIN false
#define JSON true

/* clang-format off */
const struct route routes[] = {
/*   method    path                      who may       body   handler              what it is for                                          */
    {"GET",    "/",                      SCOPE_PUBLIC, PLAIN, on_page,             "the state of the suite, for people"},
    {"GET",    "/page/style.css",        SCOPE_PUBLIC, PLAIN, on_page,             "how that page looks"},
    {"GET",    "/page/page.js",          SCOPE_PUBLIC, PLAIN, on_page,             "how it keeps itself fresh"},
    {"GET",    "/page/icon.svg",         SCOPE_PUBLIC, PLAIN, on_page,             "its icon"},
    {"GET",    "/status.json",           SCOPE_PUBLIC, PLAIN, on_status,           "the same state for programs: no person, no text"},

    {"GET",    "/healthz",               SCOPE_PUBLIC, PLAIN, on_health,           "the process lives"},
    {"GET",    "/readyz",                SCOPE_PUBLIC, PLAIN, on_ready,            "PostgreSQL answers and an order-engine is connected"},
    {"GET",    "/metrics",               SCOPE_PUBLIC, PLAIN, on_metrics,          "figures of all daemons as Prometheus text"},
    {"GET",    API "/openapi.yaml",      SCOPE_PUBLIC, PLAIN, on_page,             "this table for programs: OpenAPI 3.1"},

    {"GET",    API "/parameters",        SCOPE_READ,   PLAIN, on_parameters_list,  "the system parameters with range, help and value"},
    {"GET",    API "/parameters/{name}", SCOPE_READ,   PLAIN, on_parameter_get,    "one system parameter"},
    {"PUT",    API "/parameters/{name}", SCOPE_WRITE,  JSON,  on_parameter_set,    "gives it a value; takes effect at once, everywhere"},
    {"DELETE", API "/parameters/{name}", SCOPE_WRITE,  PLAIN, on_parameter_reset,  "gives it its default again"},

    {"GET",    API "/tariffs",           SCOPE_READ,   PLAIN, on_tariffs_list,     "the tariffs and how many accounts use each"},
    {"POST",   API "/tariffs",           SCOPE_WRITE,  JSON,  on_tariff_create,    "makes a tariff"},
    {"GET",    API "/tariffs/{id}",      SCOPE_READ,   PLAIN, on_tariff_get,       "one tariff"},
    {"PUT",    API "/tariffs/{id}",      SCOPE_WRITE,  JSON,  on_tariff_replace,   "changes it; orders already made keep their terms"},

    {"GET",    API "/calendars",         SCOPE_READ,   PLAIN, on_calendars_list,   "the calendars that stand: which minutes of a reaction time count"},
    {"POST",   API "/calendars",         SCOPE_WRITE,  JSON,  on_calendar_create,  "makes a calendar"},
    {"GET",    API "/calendars/{id}",    SCOPE_READ,   PLAIN, on_calendar_get,     "one calendar, also one that was replaced"},
    {"PUT",    API "/calendars/{id}",    SCOPE_WRITE,  JSON,  on_calendar_replace, "another takes its place in the tariffs; orders keep theirs"},

    {"GET",    API "/examples",          SCOPE_READ,   PLAIN, on_examples_list,    "what good orders look like, in every language"},
    {"GET",    API "/examples/{language}", SCOPE_READ, PLAIN, on_examples_get,     "the examples in one language, in the order in which clients see them"},
    {"PUT",    API "/examples/{language}", SCOPE_WRITE, JSON, on_examples_set,     "others instead of them; the next client who begins an order sees them"},

    {"GET",    API "/people",            SCOPE_READ,   PLAIN, on_people_list,      "people by role and name, a page at a time"},
    {"GET",    API "/people/{id}",       SCOPE_READ,   PLAIN, on_person_get,       "one person"},
    {"POST",   API "/people/{id}/removals", SCOPE_WRITE, JSON, on_person_remove,   "takes a role away; unfinished orders go back to the queue"},
    {"POST",   API "/people/{id}/restorations", SCOPE_WRITE, JSON, on_person_restore, "gives a role back"},
    {"GET",    API "/people/{id}/payouts", SCOPE_READ, PLAIN, on_person_payouts,   "what a contractor has earned by billing month, and what is unpaid"},
    {"POST",   API "/people/{id}/corrections", SCOPE_WRITE, JSON, on_person_correction, "corrects a contractor's payout of a month"},
    {"POST",   API "/people/{id}/payments", SCOPE_WRITE, JSON, on_person_payment,  "marks as paid what a month has left unpaid"},

    {"GET",    API "/accounts",          SCOPE_READ,   PLAIN, on_accounts_list,    "client accounts with tariff, quota left and paid-until"},
    {"GET",    API "/accounts/{id}",     SCOPE_READ,   PLAIN, on_account_get,      "one account with its people and pinned contractors"},
    {"PATCH",  API "/accounts/{id}",     SCOPE_WRITE,  JSON,  on_account_change,   "another tariff, another paid-until date, another name"},

    {"GET",    API "/accounts/{id}/months", SCOPE_READ, PLAIN, on_account_months,  "its quota by billing month"},
    {"POST",   API "/accounts/{id}/grants", SCOPE_WRITE, JSON, on_account_grant,   "gives it orders for the running month, or takes some away"},

    {"GET",    API "/months",            SCOPE_READ,   PLAIN, on_months_list,      "the billing months with their totals, newest first"},
    {"GET",    API "/months/{id}",       SCOPE_READ,   PLAIN, on_month_get,        "the report of a billing month: contractors, clients, load by hour"},

    {"GET",    API "/upgrades",          SCOPE_READ,   PLAIN, on_upgrades_list,    "clients' requests for a larger tariff, newest first"},
    {"PUT",    API "/upgrades/{id}",     SCOPE_WRITE,  JSON,  on_upgrade_close,    "a request has been seen to"},

    {"GET",    API "/invites",           SCOPE_READ,   PLAIN, on_invites_list,     "invites; the links themselves only for those who may write"},
    {"POST",   API "/invites",           SCOPE_WRITE,  JSON,  on_invite_create,    "makes a one-time link for a role"},
    {"GET",    API "/invites/{id}",      SCOPE_READ,   PLAIN, on_invite_get,       "one invite"},
    {"DELETE", API "/invites/{id}",      SCOPE_WRITE,  PLAIN, on_invite_revoke,    "the link is no longer valid"},

    {"GET",    API "/concerns",          SCOPE_READ,   PLAIN, on_concerns_list,    "what should not be and nobody has seen; nothing if all is well"},

    {"GET",    API "/orders",            SCOPE_READ,   PLAIN, on_orders_list,      "orders by state, people, time and text, newest first"},
    {"GET",    API "/orders/{id}",       SCOPE_READ,   PLAIN, on_order_get,        "one order with its events, messages, clocks and alerts"},
    {"GET",    API "/orders/{id}/timeline", SCOPE_READ, PLAIN, on_order_timeline,  "what happened to it and why, what counted, who was told"},

    {"POST",   API "/orders/{id}/assignments", SCOPE_WRITE, JSON, on_order_assign,   "gives it to a contractor"},
    {"POST",   API "/orders/{id}/reassignments", SCOPE_WRITE, JSON, on_order_reassign, "gives it to another contractor"},
    {"POST",   API "/orders/{id}/releases", SCOPE_WRITE, JSON, on_order_release,  "takes it from its contractor; it goes back to the queue"},
    {"POST",   API "/orders/{id}/extensions", SCOPE_WRITE, JSON, on_order_extend,   "moves the estimate"},
    {"POST",   API "/orders/{id}/cancellations", SCOPE_WRITE, JSON, on_order_cancel,   "calls it off"},
    {"POST",   API "/orders/{id}/messages", SCOPE_WRITE, JSON, on_order_say,      "a message to the client, to the contractor or to both"},
    {"POST",   API "/orders/{id}/answers", SCOPE_WRITE, JSON, on_order_answer,   "answers the contractor in the client's stead"},
    {"POST",   API "/orders/{id}/acceptances", SCOPE_WRITE, PLAIN, on_order_accept,   "accepts the work in the client's stead"},
    {"POST",   API "/orders/{id}/reworks", SCOPE_WRITE, JSON, on_order_rework,   "returns the work in the client's stead"},
    {"POST",   API "/orders/{id}/settlements", SCOPE_WRITE, JSON, on_order_settle,   "an alert that time does not solve has been dealt with"},
    {"POST",   API "/orders/{id}/pings", SCOPE_WRITE, JSON, on_order_ping,     "asks a contractor to take it"},
};
/* clang-format on */

const size_t route_count = ARRAY_LEN(routes);

static bool is_id(const char *text)
{
    return *text >= '1' && *text <= '9' && strspn(text, "0123456789") == strlen(text) &&
           strlen(text) <= 18;
}

/* Whether path is of this pattern; fills the parameter if the pattern has one. */
static bool path_fits(const char *pattern, const char *path, char parameter[PATH_PARAMETER_MAX + 1])
{
    size_t fixed = strcspn(pattern, "{");
    if (strncmp(pattern, path, fixed) != 0) {
        return false;
    }
    const char *rest = path + fixed;
    if (!pattern[fixed]) {
        parameter[0] = '\0';
        return *rest == '\0';
    }
    size_t len = strcspn(rest, "/");
    const char *name = pattern + fixed;
    if (len == 0 || len > PATH_PARAMETER_MAX || !str_eq(rest + len, strchr(name, '}') + 1)) {
        return false;
    }
    memcpy(parameter, rest, len);
    parameter[len] = '\0';
    return strncmp(name, "{id}", strlen("{id}")) != 0 || is_id(parameter);
}

const struct route *route_find(const char *method, const char *path,
                               char parameter[PATH_PARAMETER_MAX + 1], char *allow,
                               size_t allow_size)
{
    const char *wanted = str_eq(method, "HEAD") ? "GET" : method;
    size_t allow_len = 0;
    allow[0] = parameter[0] = '\0';
    for (size_t i = 0; i < route_count; i++) {
        if (!path_fits(routes[i].path, path, parameter)) {
            continue;
        }
        if (str_eq(routes[i].method, wanted)) {
            allow[0] = '\0';
            return &routes[i];
        }
        bool get = str_eq(routes[i].method, "GET");
        int len = snprintf(allow + allow_len, allow_size - allow_len, "%s%s%s",
                           allow_len ? ", " : "", routes[i].method, get ? ", HEAD" : "");
        allow_len += (size_t)len;
        assert(allow_len < allow_size);
    }
    return NULL;
}

void routes_print(FILE *out)
{
    static const char *const scopes[] = {
        [SCOPE_PUBLIC] = "public", [SCOPE_READ] = "read", [SCOPE_WRITE] = "write"};
    for (size_t i = 0; i < route_count; i++) {
        const struct route *route = &routes[i];
        fprintf(out, "%-6s %-26s %-6s %s\n", route->method, route->path, scopes[route->scope],
                route->sentence);
    }
}
