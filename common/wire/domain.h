/* domain.h - the words of the domain, each once: states, events, roles, clocks, notices, refusals, daemons
 *
 * Names only: what they mean for an order stands in order-engine/rules, what people read stands in bot-gateway/po. The
 * string is the wire name: the same word in JSON, SQL, logs and tests. The lists are macros that take X (lwan's way), so a
 * new row is seen by the enum, the names, the golden files and the schema test at once.
 */
#pragma once
#include "common/base/base.h"

#define NAMES_ENUM_(prefix, name, ...) prefix##name,

/* Order states; closed and cancelled are final. */
#define ORDER_STATES(X)                                      \
    X(NEW, "new", "waits for a contractor")                  \
    X(IN_WORK, "in_work", "a contractor works on it")        \
    X(WAITING_CLIENT, "waiting_client", "the client owes an answer, the work clock stands") \
    X(DONE, "done", "finished, the client has not accepted yet") \
    X(CLOSED, "closed", "accepted and paid for")             \
    X(CANCELLED, "cancelled", "will not be done")

/* What can happen to an order: every event of DOMAIN's state table, and what time and managers do beside it. */
#define ORDER_EVENTS(X)                                      \
    X(CREATE, "create", "a client asks for help")            \
    X(ADD_DETAILS, "add_details", "the task grows")          \
    X(CANCEL, "cancel", "it is called off")                  \
    X(TAKE, "take", "a contractor takes it with an estimate") \
    X(ASSIGN, "assign", "a manager gives it to a contractor") \
    X(SET_ESTIMATE, "set_estimate", "the assigned contractor names an estimate") \
    X(REASSIGN, "reassign", "a manager gives it to another contractor") \
    X(ASK, "ask", "the contractor asks the client")          \
    X(ANSWER, "answer", "the client answers")                \
    X(RESUME, "resume", "the contractor goes on without an answer") \
    X(SAY, "say", "a thread message that moves no clock")    \
    X(EXTEND, "extend", "the estimate moves")                \
    X(GIVE_BACK, "give_back", "the contractor returns it to the queue") \
    X(RELEASE, "release", "it is taken from the contractor") \
    X(FINISH, "finish", "the contractor hands the work over") \
    X(ACCEPT, "accept", "the client accepts the work")       \
    X(AUTO_CLOSE, "auto_close", "nobody objected in time")   \
    X(REWORK, "rework", "the client returns the work")       \
    X(RATE, "rate", "the client rates a closed order")       \
    X(COMPLAIN, "complain", "the client complains to a manager") \
    X(OPEN_OFFER, "open_offer", "every contractor may take it now") \
    X(ALERT, "alert", "a clock reached the managers' share") \
    X(REMIND, "remind", "a clock reached a reminder's share") \
    X(BREACH, "breach", "a clock reached 100 %")             \
    X(ACKNOWLEDGE, "acknowledge", "a manager is on an alert") \
    X(SETTLE, "settle", "a manager closes an alert that time does not solve") \
    X(REPEAT, "repeat", "nobody is on an alert: it is told again") \
    X(UNACKNOWLEDGE, "unacknowledge", "who was on an alert solved nothing, or is away")

/* Who acts. SYSTEM is time itself (sla-watcher) or a consequence of another command. Bits, so that a rule can name several. */
#define ROLES(X)                                             \
    X(CLIENT, "client", 1)                                   \
    X(CONTRACTOR, "contractor", 2)                           \
    X(MANAGER, "manager", 4)                                 \
    X(OWNER, "owner", 8)                                     \
    X(SYSTEM, "system", 16)

/* The first five are an order's and count in runs; of the others each deadline is written by itself. */
#define CLOCKS(X)                                            \
    X(REACTION, "reaction", "from creation until taken")     \
    X(WORK, "work", "from taking until done")                \
    X(CONFIRM, "confirm", "an assigned contractor names an estimate") \
    X(ANSWER, "answer", "the client answers a question")     \
    X(ACCEPTANCE, "acceptance", "the client accepts the work") \
    X(ALERT, "alert", "an alert is told again until somebody is on it") \
    X(SUBSCRIPTION, "subscription", "until an account's paid-until date")

/* Steps of a clock: what a share of its time is for; the table of clocks stands in order-engine/rules/clocks.c. */
#define CLOCK_STEPS(X)                                       \
    X(OPEN, "open", "the order opens to every contractor")   \
    X(REMIND, "remind", "who owes something is reminded")    \
    X(ALERT, "alert", "managers are alerted")                \
    X(BREACH, "breach", "the promise is broken: recorded, told") \
    X(CLOSE, "close", "done work counts as accepted")        \
    X(REPEAT, "repeat", "an alert is told again")            \
    X(REOPEN, "reopen", "an acknowledged alert that is not solved stands open again") \
    X(WEEK_BEFORE, "week_before", "a subscription ends in seven days") \
    X(DAY_BEFORE, "day_before", "a subscription ends tomorrow") \
    X(END, "end", "a subscription has ended")

/* Classes of sending, the most urgent first (ARCHITECTURE, "Sending"); the number is deliveries.class. */
#define SEND_CLASSES(X)                                      \
    X(PRESS, "press", "the answer to a press")               \
    X(REPLY, "reply", "the answer to a message")             \
    X(ALERT, "alert", "a manager must act")                  \
    X(NOTICE, "notice", "somebody is told")                  \
    X(BROADCAST, "broadcast", "many are told")

/* What people are told. receipt: the engine hears whether it was received (notice.received / notice.undeliverable).
 *  C name               wire name               class   receipt  who is told what                                          */
#define NOTICES(X)                                                                                                           \
    X(welcome,           "welcome",              NOTICE, false, "a person who joined: the role, how it works")               \
    X(member_joined,     "member_joined",        NOTICE, false, "who invited: the person has joined")                        \
    X(role_lost,         "role_lost",            NOTICE, false, "a person: a role has been taken away")                      \
    X(application_sent,  "application_sent",     NOTICE, false, "managers, owners: somebody unknown asks to be let in")      \
    X(application_answered,"application_answered",NOTICE,false, "who was told of it: who has approved or declined it; in the same message") \
    X(application_declined,"application_declined",NOTICE,false, "the applicant: not now")                                    \
    X(inquiry_sent,      "inquiry_sent",         NOTICE, true,  "managers: a client writes to them, about no order")         \
    X(inquiry_answered,  "inquiry_answered",     NOTICE, false, "who was told of it: who has answered, and what; in the same message") \
    X(inquiry_answer,    "inquiry_answer",       NOTICE, false, "client: what a manager answers")                            \
    X(order_created,     "order_created",        NOTICE, false, "client: accepted, the promised clock time")                 \
    X(offer,             "offer",                NOTICE, true,  "contractor: an order can be taken")                         \
    X(please_take,       "please_take",          NOTICE, false, "contractor: a manager asks you to take this order")          \
    X(orders_wait,       "orders_wait",          NOTICE, false, "contractor who has become free: so many orders wait")           \
    X(order_taken,       "order_taken",          NOTICE, false, "client: work has begun, the estimate")                      \
    X(order_assigned,    "order_assigned",       NOTICE, false, "client: a contractor has been assigned")                    \
    X(work_yours,        "work_yours",           NOTICE, true,  "contractor: the order is assigned to you")                  \
    X(order_reassigned,  "order_reassigned",     NOTICE, false, "client: another contractor goes on with it")                \
    X(order_requeued,    "order_requeued",       NOTICE, false, "client: it waits for another contractor, the new promise")  \
    X(order_returned,    "order_returned",       NOTICE, false, "managers: it is back in the queue, and why")                \
    X(work_lost,         "work_lost",            NOTICE, false, "contractor: the order is yours no more")                    \
    X(work_returned,     "work_returned",        NOTICE, false, "contractor: the client returns the work, and why")          \
    X(estimate_set,      "estimate_set",         NOTICE, false, "client: the contractor has named the estimate")             \
    X(estimate_moved,    "estimate_moved",       NOTICE, false, "client: the estimate has moved, and why")                   \
    X(work_extended,     "work_extended",        NOTICE, false, "contractor: a manager has moved the estimate")              \
    X(question,          "question",             NOTICE, true,  "client: the contractor asks")                               \
    X(answer,            "answer",               NOTICE, false, "contractor: the client has answered, the clock goes on")    \
    X(resumed,           "resumed",              NOTICE, false, "client: the contractor goes on without the answer")         \
    X(thread_message,    "thread_message",       NOTICE, false, "the other side: a message in the order's thread")           \
    X(complaint_answered,"complaint_answered",   NOTICE, false, "client: what a manager answers to the complaint")           \
    X(order_done,        "order_done",           NOTICE, true,  "client: the work is done, please accept it")                \
    X(order_closed,      "order_closed",         NOTICE, false, "contractor: accepted, the sum earned")                      \
    X(order_auto_closed, "order_auto_closed",    NOTICE, false, "client: closed by itself")                                  \
    X(order_cancelled,   "order_cancelled",      NOTICE, false, "client: a manager has cancelled the order, and why")        \
    X(work_cancelled,    "work_cancelled",       NOTICE, false, "contractor: the order is cancelled, what is paid for it")   \
    X(order_orphaned,    "order_orphaned",       NOTICE, false, "managers: cancelled because its account has nobody left")   \
    X(quota_low,         "quota_low",            NOTICE, false, "client: one order is left, or none")                        \
    X(upgrade_requested, "upgrade_requested",    NOTICE, true,  "managers: a client asks for a larger tariff")            \
    X(upgrade_passed,    "upgrade_passed",       NOTICE, false, "who was told of it: a manager has passed it on to the owners; in the same message") \
    X(upgrade_answered,  "upgrade_answered",     NOTICE, false, "who was told of it: who has granted or declined it; in the same message") \
    X(upgrade_granted,   "upgrade_granted",      NOTICE, false, "client: the request has been seen to")                  \
    X(upgrade_declined,  "upgrade_declined",     NOTICE, false, "client: the request was declined")                      \
    X(work_reminder,     "work_reminder",        NOTICE, false, "contractor: the estimate nears its end")                    \
    X(confirm_reminder,  "confirm_reminder",     NOTICE, false, "contractor: please name an estimate")                       \
    X(answer_reminder,   "answer_reminder",      NOTICE, false, "client: the contractor waits for an answer")                \
    X(accept_reminder,   "accept_reminder",      NOTICE, false, "client: please accept the work")                            \
    X(order_late,        "order_late",           NOTICE, false, "client: it is late, truthfully")                            \
    X(alert_not_taken,   "alert_not_taken",      ALERT,  true,  "managers: nobody has taken it")                             \
    X(alert_late,        "alert_late",           ALERT,  true,  "managers: the work runs late")                              \
    X(alert_unconfirmed, "alert_unconfirmed",    ALERT,  true,  "managers: the assigned contractor names no estimate")       \
    X(alert_no_answer,   "alert_no_answer",      ALERT,  true,  "managers: the client does not answer")                      \
    X(alert_unreachable, "alert_unreachable",    ALERT,  true,  "managers: somebody needed cannot be reached")               \
    X(alert_complaint,   "alert_complaint",      ALERT,  true,  "managers: the client complains")                            \
    X(alert_low_rating,  "alert_low_rating",     ALERT,  true,  "managers: the client has given a low mark")                 \
    X(alert_reworked,    "alert_reworked",       ALERT,  true,  "managers: the client returns the work again and again")     \
    X(watch_report,      "watch_report",         NOTICE, false, "owners: the watch has found something that should not be") \
    X(digest,            "digest",               NOTICE, false, "managers, owners: what has happened since the last one")              \
    X(subscription_ends, "subscription_ends",    NOTICE, false, "client's side, owners: the subscription ends in a week, or tomorrow") \
    X(subscription_ended,"subscription_ended",   NOTICE, false, "client's side, owners: it has ended; the current orders go on")       \
    X(cards_changed,     "cards_changed",        NOTICE, false, "nobody new: every card of the order is redrawn, silently (an edit)")

/* What may wait for the end of the quiet hours (QUIET_HOURS): nobody loses anything by reading it in the morning. */
#define NOTICES_THAT_WAIT(X)                                 \
    X(offer, "whoever works at night looks into the list")   \
    X(quota_low, "until the next order there is time")       \
    X(answer_reminder, "the clock of the work stands")       \
    X(accept_reminder, "days are left")                      \
    X(order_closed, "the sum is earned, asleep or not")      \
    X(order_auto_closed, "nobody has asked for days")        \
    X(digest, "it tells of what is over")                    \
    X(subscription_ends, "a day at least is left")           \
    X(subscription_ended, "only a new order would need it")

/* Why an alert stands; one open alert per order and cause. */
#define ALERT_CAUSES(X)                                      \
    X(NOT_TAKEN, "not_taken", "nobody takes the order")      \
    X(LATE, "late", "the work runs late")                    \
    X(UNCONFIRMED, "unconfirmed", "no estimate is named")    \
    X(NO_ANSWER, "no_answer", "the client does not answer")  \
    X(UNREACHABLE, "unreachable", "somebody needed cannot be reached") \
    X(COMPLAINT, "complaint", "the client complains")        \
    X(LOW_RATING, "low_rating", "the client has given a low mark") \
    X(REWORKED, "reworked", "the work was returned again and again")

/* What managers and owners may be told regularly (digests.every). */
#define DIGESTS(X)                                           \
    X(DAY, "day", "every morning")                           \
    X(WEEK, "week", "on Monday mornings")                    \
    X(MONTH, "month", "on the first morning of a billing month")

/* What the watch finds when something goes wrong unseen; counted by the view `concerns`, told to the owners once a day each. */
#define CONCERNS(X)                                          \
    X(DEADLINE_MISSED, "deadline_missed", "deadlines that should have been reached and were not", "see that an order-engine runs, then the log of sla-watcher") \
    X(ALERT_UNHEARD, "alert_unheard", "orders whose open alert has reached nobody", "call a manager: every addressee of these alerts is unreachable in Telegram") \
    X(NOTICE_STUCK, "notice_stuck", "notices that should have been sent and were not", "see that bot-gateway runs and reaches Telegram, then its log")

/* Kinds of thread messages (order_messages.kind). */
#define MESSAGE_KINDS(X)                                     \
    X(TASK, "task", "what the client ordered")               \
    X(DETAILS, "details", "what the client added")           \
    X(QUESTION, "question", "the contractor asks")           \
    X(ANSWER, "answer", "the client answers")                \
    X(SAY, "say", "said in the thread")                      \
    X(REPORT, "report", "what the contractor hands over")    \
    X(REASON, "reason", "why something was done")            \
    X(REVIEW, "review", "the client's comment to the rating") \
    X(COMPLAINT, "complaint", "what the client complains of; for managers only")

/* Why a command was refused: wire name, then the English sentence, which is the msgid of the catalogues. {name} stands
 * for an argument of the answer: {at} and {until} are instants (milliseconds), {limit} and {left} numbers. */
#define REFUSALS(X)                                                                                                          \
    X(not_invited,        "not_invited",        "The bot is by invitation. Ask the company for an invite link.")             \
    X(not_your_role,      "not_your_role",      "Your role does not allow this.")                                            \
    X(not_your_order,     "not_your_order",     "This order is not yours.")                                                  \
    X(no_such_order,      "no_such_order",      "There is no such order.")                                                   \
    X(wrong_state,        "wrong_state",        "This is not possible now: the order is {state}.")                           \
    X(taken_already,      "taken_already",      "Already taken at {at}.")                                                    \
    X(not_offered,        "not_offered",        "This order is not open to you yet.")                                        \
    X(own_account,        "own_account",        "This order belongs to your own account.")                                   \
    X(at_limit,           "at_limit",           "You already have as many orders as allowed: {limit}.")                      \
    X(off_duty,           "off_duty",           "You are away. Come back on duty first.")                                    \
    X(not_active,         "not_active",         "This person does not work here any more.")                                  \
    X(estimate_range,     "estimate_range",     "The estimate must be from 1 minute to {limit} h.")                          \
    X(estimate_named,     "estimate_named",     "The estimate has been named already.")                                      \
    X(not_paid_yet,       "not_paid_yet",       "The subscription has not been paid yet. Orders can be made once it is.")            \
    X(subscription_ended, "subscription_ended", "The subscription ended on {until}. Current orders go on, new ones can be made after it is extended.") \
    X(quota_used,         "quota_used",         "All orders of this month are used. The next month begins on {until}.")      \
    X(too_many_open,      "too_many_open",      "Open orders at once on your tariff: {limit}. Wait until one is done or cancel it.") \
    X(no_account,         "no_account",         "You have no client account.")                                               \
    X(empty_text,         "empty_text",         "Please write what is needed.")                                              \
    X(text_too_long,      "text_too_long",      "The text is too long: at most {limit} characters.")                         \
    X(too_many_files,     "too_many_files",     "Too many files: at most {limit}.")                                          \
    X(rating_range,       "rating_range",       "The rating is from 1 to 5.")                                                \
    X(link_unknown,       "link_unknown",       "This link is not valid. Ask for a new one.")                                \
    X(link_used,          "link_used",          "This link has been used already. Ask for a new one.")                       \
    X(link_expired,       "link_expired",       "This link has expired. Ask for a new one.")                                 \
    X(link_not_yours,     "link_not_yours",     "This link was made for somebody else. Ask for one of your own.")            \
    X(application_waits,  "application_waits",  "The managers have your application; the answer comes here.")                \
    X(application_too_soon,"application_too_soon","Your application was declined. You can apply again on {until}.")          \
    X(applications_full,  "applications_full",  "Too many applications wait for an answer now. Please try again tomorrow.")  \
    X(application_gone,   "application_gone",   "This application has been answered already.")                               \
    X(no_such_inquiry,    "no_such_inquiry",    "There is no such message.")                                                 \
    X(inquiry_gone,       "inquiry_gone",       "Answered already at {at}.")                                                 \
    X(inquiries_wait,     "inquiries_wait",     "The managers have {limit} messages of yours and will answer. Please wait for that.") \
    X(inquiries_too_many, "inquiries_too_many", "These were {limit} messages within a day. You can write again at {at}.")     \
    X(has_role,           "has_role",           "You have this role already.")                                               \
    X(in_account,         "in_account",         "You belong to another client account already.")                             \
    X(no_such_person,     "no_such_person",     "There is no such person.")                                                  \
    X(no_such_tariff,     "no_such_tariff",     "There is no such tariff.")                                                  \
    X(no_such_calendar,   "no_such_calendar",   "There is no such calendar.")                                                \
    X(no_such_account,    "no_such_account",    "There is no such client account.")                                          \
    X(no_such_invite,     "no_such_invite",     "There is no such invite.")                                                  \
    X(no_such_category,   "no_such_category",   "There is no such category.")                                                \
    X(no_such_parameter,  "no_such_parameter",  "There is no such parameter.")                                               \
    X(bad_value,          "bad_value",          "This value is not allowed: {hint}.")                                        \
    X(name_taken,         "name_taken",         "This name is taken.")                                                       \
    X(pin_not_allowed,    "pin_not_allowed",    "Your tariff has no pinned contractors.")                                    \
    X(pin_never_worked,   "pin_never_worked",   "Only a contractor who closed an order of yours can be pinned.")             \
    X(grant_too_low,      "grant_too_low",      "Orders left in this month: {left}; no more can be taken away.")             \
    X(no_such_month,      "no_such_month",      "There is no such billing month.")                                           \
    X(nothing_unpaid,     "nothing_unpaid",     "Nothing is left to be paid for this month.")                                \
    X(role_held,          "role_held",          "This person has this role already.")                                        \
    X(role_not_held,      "role_not_held",      "This person does not have this role.")                                      \
    X(last_owner,         "last_owner",         "The last owner cannot be removed.")                                         \
    X(upgrade_asked,      "upgrade_asked",      "A manager has your request already.")                                       \
    X(upgrade_gone,       "upgrade_gone",       "This request has been answered already.")                                   \
    X(upgrade_passed,     "upgrade_passed",     "The owners have this request already.")                                     \
    X(alert_gone,         "alert_gone",         "This alert is solved already.")                                             \
    X(alert_has,          "alert_has",          "A manager is on it already, since {at}.")                                   \
    X(had_it_already,     "had_it_already",     "You had this order already; it waits for another contractor.")              \
    X(not_open_to,        "not_open_to",        "This contractor cannot take the order: it is not open to him or her.")     \
    X(not_reachable,      "not_reachable",      "This person cannot be reached in Telegram.")                                \
    X(asked_already,      "asked_already",      "Asked already at {at}; again after {limit} minutes.")                      \
    X(has_it_already,     "has_it_already",     "This contractor has the order already.")                                    \
    X(estimate_unnamed,   "estimate_unnamed",   "Say first how long you need.")                                              \
    X(estimate_over,      "estimate_over",      "The time is over. Ask a manager to extend it.")                             \
    X(nobody_to_pay,      "nobody_to_pay",      "Nobody has worked on this order: there is nothing to pay.")                 \
    X(rated_already,      "rated_already",      "The rating has been given already.")                                        \
    X(rated_too_late,     "rated_too_late",     "The rating can be given for {limit} days after the order is closed.")       \
    X(complained_already, "complained_already", "The managers have your complaint and work on it.")                          \
    X(alert_solves_itself,"alert_solves_itself","This alert ends by itself when its cause is gone.")                         \
    X(no_such_addressee,  "no_such_addressee",  "The message can go to the client or to the contractor.")                    \
    X(no_credentials,     "no_credentials",     "No access has been handed over for this order.")                           \
    X(moot,               "moot",               "Nothing to do any more.")

/* Who speaks on the bus; bits, for the catalogue's sender column. */
#define DAEMONS(X)                                           \
    X(BOT_GATEWAY, "bot-gateway", 1)                         \
    X(ORDER_ENGINE, "order-engine", 2)                       \
    X(SLA_WATCHER, "sla-watcher", 4)                         \
    X(ADMIN_WEB, "admin-web", 8)                             \
    X(CTL, "itsupportctl", 16)

#define STATE_(n, ...)   ORDER_##n,
#define EVENT_(n, ...)   EVENT_##n,
#define ROLE_(n, w, bit) ROLE_##n = (bit),
#define CLOCK_(n, ...)   CLOCK_##n,
#define STEP_(n, ...)    STEP_##n,
#define CLASS_(n, ...)   SEND_##n,
#define NOTICE_(n, ...)  NOTICE_##n,
#define CAUSE_(n, ...)   CAUSE_##n,
#define CONCERN_(n, ...) CONCERN_##n,
#define DIGEST_(n, ...)  DIGEST_##n,
#define KIND_(n, ...)    MESSAGE_##n,
#define REFUSE_(n, ...)  REFUSE_##n,
#define DAEMON_(n, w, b) DAEMON_##n = (b),

enum order_state { ORDER_STATES(STATE_) ORDER_STATE_COUNT, ORDER_NONE = ORDER_STATE_COUNT /* before creation */ };
enum order_event { ORDER_EVENTS(EVENT_) ORDER_EVENT_COUNT };
enum role { ROLES(ROLE_) };
enum sla_clock { CLOCKS(CLOCK_) CLOCK_COUNT, ORDER_CLOCK_COUNT = CLOCK_ALERT /* those that count in runs */ };
enum clock_step { CLOCK_STEPS(STEP_) CLOCK_STEP_COUNT };
enum send_class { SEND_CLASSES(CLASS_) SEND_CLASS_COUNT };
enum notice_kind { NOTICES(NOTICE_) NOTICE_COUNT };
enum alert_cause { ALERT_CAUSES(CAUSE_) CAUSE_COUNT };
enum concern { CONCERNS(CONCERN_) CONCERN_COUNT };
enum digest { DIGESTS(DIGEST_) DIGEST_COUNT };
enum message_kind { MESSAGE_KINDS(KIND_) MESSAGE_KIND_COUNT };
enum refusal { REFUSED_NOT, REFUSALS(REFUSE_) REFUSAL_END };
enum daemon_id { DAEMONS(DAEMON_) };

/* name -> wire name ("?" for a value outside the list) and back (-1 if there is no such word). */
const char *order_state_name(enum order_state);
const char *order_event_name(enum order_event);
const char *role_name(enum role);
const char *sla_clock_name(enum sla_clock);
const char *clock_step_name(enum clock_step);
const char *send_class_name(enum send_class);
const char *notice_kind_name(enum notice_kind);
const char *alert_cause_name(enum alert_cause);
const char *concern_name(enum concern);
const char *digest_name(enum digest);
const char *message_kind_name(enum message_kind);
const char *refusal_name(enum refusal);
const char *daemon_name(enum daemon_id);
int         order_state_parse(const char *);
int         order_event_parse(const char *);
int         role_parse(const char *);
int         sla_clock_parse(const char *);
int         clock_step_parse(const char *);
int         notice_kind_parse(const char *);
int         alert_cause_parse(const char *);
int         concern_parse(const char *);
int         digest_parse(const char *);
int         message_kind_parse(const char *);
int         refusal_parse(const char *);

const char     *refusal_sentence(enum refusal); /* the English msgid */
const char     *concern_meaning(enum concern); /* what it is, in words, and ... */
const char     *concern_advice(enum concern);  /* ... what to do about it */
enum send_class notice_class(enum notice_kind);
bool            notice_wants_receipt(enum notice_kind);
bool            notice_can_wait(enum notice_kind); /* for the end of the quiet hours */
enum notice_kind notice_of_alert(enum alert_cause); /* "alert_" and the cause's name */

/* Limits of what people may hand in; named in the refusals. */
#define TASK_TEXT_MAX    20000 /* characters of a task or message; Telegram itself sends at most 4096 at a time */
#define ORDER_FILES_MAX  50    /* attachments of one message (an album has 10) */
#define REASON_TEXT_MAX  2000
#define CREDENTIALS_TEXT_MAX   2000  /* characters of logins and passwords; in UTF-8 at most three times as many bytes ... */
#define CREDENTIALS_SEALED_MAX 12000 /* ... and sealed, as base64 */
#define CALENDAR_INTERVALS_MAX 70 /* ten a day */
#define CALENDAR_HOLIDAYS_MAX  400
#define EXAMPLES_MAX     8     /* of good orders, in one language: they stand in one message */
#define EXAMPLE_TEXT_MAX 400   /* characters of each */
#define PERSON_NAME_MAX  200
#define ORDER_WISH_MAX   200   /* until when it is wanted */
#define RATE_DAYS        7     /* after an order was closed it can still be rated */
