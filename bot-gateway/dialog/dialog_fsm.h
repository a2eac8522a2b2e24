/* dialog_fsm.h - what a message means: it depends on the step the chat is in (pure tables)
 *
 * A chat is in one step; most are idle. What people send is sorted into inputs; a rule says what is done with an input in a step
 * and where that leads. Buttons (presses.def) and slash commands (bot_commands.def) lead to the same actions and steps.
 */
#pragma once
#include "common/wire/domain.h"

#define EVERYBODY       (ROLE_CLIENT | ROLE_CONTRACTOR | ROLE_MANAGER | ROLE_OWNER) /* who has joined, in any role */
#define ANYBODY         (EVERYBODY | ROLE_STRANGER)
#define STAFF           (ROLE_MANAGER | ROLE_OWNER)
#define ON_DUTY_OR_AWAY (ROLE_CONTRACTOR | ROLE_MANAGER | ROLE_OWNER)
#define ROLE_STRANGER   (1u << 8) /* beside the bits of enum role: nobody we know */

/* Somebody with several roles has a seat in each: the step reached there, and the draft. Whoever takes another seat finds the former one
 * as it was left. The roles are those whose buttons count there. */
#define DIALOG_SEATS(X)                                                                 \
    X(NONE,       "",           0,               "nowhere: nothing has been begun")     \
    X(COMMON,     "common",     0,               "in every role: joining, a thread, a message out of the blue") \
    X(CLIENT,     "client",     ROLE_CLIENT,     "the new order, and what is done about the own ones") \
    X(CONTRACTOR, "contractor", ROLE_CONTRACTOR, "reports, questions, estimates")        \
    X(STAFF,      "staff",      STAFF,           "reasons, invitations, accounts")

/* The step is chats.step; what it needs to know (order, texts collected) is the draft. The third word is its seat. */
#define DIALOG_STEPS(X)                                                                                   \
    X(IDLE,            "",                NONE,       "nothing has been begun")                                         \
    X(ORDER_TEXT,      "order_text",      CLIENT,     "a new order is being written, message by message")               \
    X(ORDER_WISH,      "order_wish",      CLIENT,     "the next message says until when the new order is wanted")           \
    X(LOOSE,           "loose",           COMMON,     "a message out of the blue waits to be told where it belongs")    \
    X(ADD_DETAILS,     "add_details",     CLIENT,     "the next message is added to the task")                          \
    X(CANCEL_REASON,   "cancel_reason",   CLIENT,     "the next message is the reason of cancelling")                   \
    X(HAND_OVER,       "hand_over",       CLIENT,     "the next message is sealed for the contractor and deleted from the chat") \
    X(ANSWER,          "answer",          CLIENT,     "the next message answers the contractor's question")             \
    X(REVIEW,          "review",          CLIENT,     "the stars are chosen, the next message is the comment")          \
    X(RATE,            "rate",            CLIENT,     "the same for an order that is closed already")                       \
    X(REWORK,          "rework",          CLIENT,     "the next message says why the work is returned")                     \
    X(COMPLAIN,        "complain",        CLIENT,     "the next message is a complaint to the managers")                    \
    X(WRITE_MANAGERS,  "write_managers",  CLIENT,     "the next message goes to the managers, about no order")              \
    X(FIND,            "find",            CLIENT,     "the next message is looked for among the account's orders")          \
    X(THREAD,          "thread",          COMMON,     "every message goes into the order's thread")                     \
    X(ASK,             "ask",             CONTRACTOR, "the next message is the question to the client")                 \
    X(FINISH,          "finish",          CONTRACTOR, "the next message is the report of the work done")                \
    X(TAKE_ESTIMATE,   "take_estimate",   CONTRACTOR, "the next message is the time until done; with it the order is taken") \
    X(SET_ESTIMATE,    "set_estimate",    CONTRACTOR, "the next message is the estimate of an assigned order")          \
    X(EXTEND_TIME,     "extend_time",     CONTRACTOR, "the next message is the time needed besides")                        \
    X(EXTEND_REASON,   "extend_reason",   CONTRACTOR, "the new estimate is chosen, the next message says why")              \
    X(GIVE_BACK,       "give_back",       CONTRACTOR, "the next message says why the order is given back")                  \
    X(ANSWER_COMPLAINT, "answer_complaint", STAFF,    "the next message answers a complaint and settles it")              \
    X(REASSIGN_REASON, "reassign_reason", STAFF,      "the next message is why another contractor goes on") \
    X(RELEASE_REASON,  "release_reason",  STAFF,      "the next message is why the order goes back into the queue") \
    X(PROLONG_REASON,  "prolong_reason",  STAFF,      "the next message is why the order may take longer")              \
    X(CALL_OFF_REASON, "call_off_reason", STAFF,      "the next message is why a manager cancels the order")          \
    X(SPEAK_TO,        "speak_to",        STAFF,      "every message goes to one side of the order")                    \
    X(ANSWER_FOR,      "answer_for",      STAFF,      "the next message answers in the client's stead")                 \
    X(REWORK_FOR,      "rework_for",      STAFF,      "the next message is what is not right, in the client's stead")   \
    X(ANSWER_INQUIRY,  "answer_inquiry",  STAFF,      "the next message answers what a client has written to the managers") \
    X(INVITE_NAME,     "invite_name",     STAFF,      "the next message is the new client account's name")              \
    X(INVITE_UNTIL,    "invite_until",    STAFF,      "the next message is the date until which it is paid")            \
    X(ZONE,            "zone",            COMMON,     "the next message says by which city's clocks one lives")         \
    X(JOIN,            "join",            COMMON,     "the privacy text is shown, its acceptance awaited")              \
    X(PHONE,           "phone",           COMMON,     "a button of Telegram's own offers to share the phone number")    \
    X(PICK,            "pick",            STAFF,      "buttons of Telegram's own open its picker of people")            \
    X(APPLY,           "apply",           COMMON,     "the next message is who the applicant is")                       \
    X(APPROVE,         "approve",         STAFF,      "an applicant's tariff or account is being chosen")               \
    X(ADD_CLIENT,      "add_client",      STAFF,      "the tariff or account of somebody chosen is being chosen")       \
    X(UPGRADE_TARIFF,  "upgrade_tariff",  STAFF,      "the tariff for a client who asks for a larger one is being chosen") \
    X(UPGRADE_DECLINE, "upgrade_decline", STAFF,      "the next message is what the client reads with the decline")     \
    X(ACCOUNT_TARIFF,  "account_tariff",  STAFF,      "an account's other tariff is being chosen")                      \
    X(ACCOUNT_UNTIL,   "account_until",   STAFF,      "the next message is the date until which an account has paid")   \
    X(GRANT,           "grant",           STAFF,      "the next message is how many orders an account is given, and why")

#define DIALOG_INPUTS(X)                                                          \
    X(TEXT,        "words")                                                       \
    X(FILES,       "a photo, file, voice ... or several as an album, with or without words") \
    X(REPLY,       "words or files in reply to a message of an order's thread")   \
    X(REPLY_TO_INQUIRY, "words or files in reply to what a client has written to the managers") \
    X(REPLY_TO_ANSWER, "words or files in reply to what a manager has answered to that") \
    X(EDIT,        "an edited message")                                           \
    X(CONTACT,     "the sender's own phone number")                               \
    X(CHOSEN,      "somebody chosen in Telegram's own picker")                    \
    X(CARD,        "somebody's contact card, also as a file")                     \
    X(UNSUPPORTED, "a sticker or something else we cannot pass on")               \
    X(REASON,      "a reason chosen from those offered")                          \
    X(SEND,        "the button that hands in what was collected")                 \
    X(DROP,        "the button that drops what was begun")

/* What is done; the commands behind them are built in actions.c. */
#define DIALOG_ACTIONS(X)                                                         \
    X(NONE,           "nothing")                                                  \
    X(SHOW,           "shows the screen")                                         \
    X(BY_STEP,        "what the button means depends on the step: SEND, DROP")    \
    X(EXPLAIN,        "says kindly what can be sent")                             \
    X(PASS_EDIT,      "corrects the copies of what was said; where there is none, says so") \
    X(EXPLAIN_CARD,   "says where contact cards can be sent")                     \
    X(REMIND_JOIN,    "asks to press the button under the privacy text")          \
    X(FORGET,         "drops draft and step")                                     \
    X(NOTHING_BEGUN,  "says that there is nothing to send")                       \
    X(BEGIN_ORDER,    "begins a new order, or goes on with the one begun")        \
    X(COLLECT,        "adds the message to the draft")                            \
    X(AMEND,          "puts the edited words into the draft")                     \
    X(KEEP_WISH,      "keeps until when the new order is wanted")                 \
    X(REPEAT,         "makes an ended order's task the draft of a new one")       \
    X(GO_ON,          "what was begun in another role: as if its button were pressed again") \
    X(FIND,           "opens the order of that number, or lists those with these words") \
    X(HOLD,           "keeps the message and asks where it belongs")              \
    X(CHOOSE_KIND,    "keeps what kind of help the new order is about")           \
    X(PLACE_NEW,      "what was held becomes a new order's draft")                \
    X(PLACE_SAY,      "what was held goes into an order's thread")                \
    X(CREATE,         "order.create")                                             \
    X(DETAILS,        "order.add_details")                                        \
    X(CANCEL,         "order.cancel")                                             \
    X(ANSWER,         "order.answer")                                             \
    X(ACCEPT,         "order.accept")                                             \
    X(RATE,           "order.rate")                                               \
    X(REWORK,         "order.rework")                                             \
    X(COMPLAIN,       "order.complain")                                           \
    X(SAY,            "order.say")                                                \
    X(SAY_REPLY,      "order.say in the thread the replied-to message belongs to") \
    X(TAKE,           "order.take")                                               \
    X(DECLINE,        "offer.decline")                                            \
    X(SET_ESTIMATE,   "order.set_estimate")                                       \
    X(KEEP_TIME,      "adds the time needed besides to the estimate, asks why")   \
    X(EXTEND,         "order.extend")                                             \
    X(GIVE_BACK,      "order.give_back")                                          \
    X(ASK,            "order.ask")                                                \
    X(RESUME,         "order.resume")                                             \
    X(HAND_OVER,      "credentials.hand_over, sealed; the message is deleted")    \
    X(REVEAL,         "credentials.reveal, shown for a minute")                   \
    X(FINISH,         "order.finish")                                             \
    X(ASSIGN,         "order.assign")                                             \
    X(ACKNOWLEDGE,    "alert.acknowledge")                                        \
    X(PING,           "offer.ping")                                               \
    X(SETTLE,         "alert.settle")                                             \
    X(ANSWER_COMPLAINT, "alert.settle, with words to the client")                 \
    X(REASSIGN,       "order.reassign")                                           \
    X(RELEASE,        "order.release")                                            \
    X(PROLONG,        "order.extend, by a manager")                               \
    X(CALL_OFF,       "order.cancel, by a manager")                               \
    X(SAY_TO,         "order.say, to one side")                                   \
    X(PIN,            "pin.add")                                                  \
    X(UNPIN,          "pin.remove")                                               \
    X(WRITE_MANAGERS, "managers.write")                                           \
    X(ANSWER_INQUIRY, "inquiry.answer")                                           \
    X(UPGRADE,        "upgrade.request")                                          \
    X(UPGRADE_PASS,   "upgrade.pass_on")                                          \
    X(UPGRADE_DECLINED,"upgrade.close: declined")                                 \
    X(ON_DUTY,        "person.set_duty: on duty")                                 \
    X(AWAY,           "person.set_duty: away")                                    \
    X(FOLLOW,         "person.set_categories")                                    \
    X(SPEAK,          "person.update: the language")                              \
    X(SET_ZONE,       "person.update: the time zone")                             \
    X(SAVE_PHONE,     "person.update: the phone number")                          \
    X(REACHABLE,      "person.reachable: yes")                                    \
    X(UNREACHABLE,    "person.reachable: no")                                     \
    X(JOIN,           "person.join")                                              \
    X(INVITE_ROLE,    "invite.create, or for a client: asks for the tariff")      \
    X(INVITE_TARIFF,  "keeps the tariff")                                         \
    X(KEEP_NAME,      "keeps the account's name, asks for the date")              \
    X(INVITE_UNTIL,   "invite.create for a client")                               \
    X(DIGEST_ON,      "person.set_digest: on")                                    \
    X(DIGEST_OFF,     "person.set_digest: off")                                   \
    X(MAKE_REPORT,    "has a picture or a workbook of a billing month made")      \
    X(APPLY,          "application.send")                                         \
    X(APPROVE,        "application.decide: approved")                             \
    X(TURN_DOWN,      "application.decide: declined")                             \
    X(CHOOSE_ABOVE,   "asks to press one of the buttons above")                   \
    X(ON_TARIFF,      "application.decide, person.add, upgrade.close or account.update with this tariff, by the step") \
    X(INTO_ACCOUNT,   "application.decide or person.add into this account, by the step") \
    X(PICK,           "opens Telegram's own picker of people")                    \
    X(ADD_CHOSEN,     "person.add; a client needs a tariff or an account first")  \
    X(GIVE_ROLE,      "the same for somebody in the list")                        \
    X(RESTORE_ROLE,   "person.restore")                                           \
    X(TAKE_ROLE,      "person.remove")                                            \
    X(INVITE_MORE,    "invite.create for one more person of an account")          \
    X(PAID_UNTIL,     "account.update: the date")                                 \
    X(GRANT,          "quota.grant")                                              \
    X(GREET_GROUP,    "offers to bind the group the bot was added to")            \
    X(BIND_GROUP,     "managers_group.bind")                                      \
    X(UNBIND_GROUP,   "managers_group.unbind")                                    \
    X(LOSE_GROUP,     "managers_group.lost")                                      \
    X(MOVE_GROUP,     "managers_group.moved")                                     \
    X(SEND_FILES,     "copies the task's attachments")

#define DIALOG_SEAT_(name, ...)   SEAT_##name,
#define DIALOG_STEP_(name, ...)   STEP_##name,
#define DIALOG_INPUT_(name, ...)  INPUT_##name,
#define DIALOG_ACTION_(name, ...) ACTION_##name,

enum seat_id { DIALOG_SEATS(DIALOG_SEAT_) SEAT_COUNT };
enum dialog_step { DIALOG_STEPS(DIALOG_STEP_) STEP_COUNT, STEP_KEEP = STEP_COUNT };
enum dialog_input { DIALOG_INPUTS(DIALOG_INPUT_) INPUT_COUNT };
enum dialog_action { DIALOG_ACTIONS(DIALOG_ACTION_) ACTION_COUNT };

enum screen_id {
#define SCREEN(name, ...) SCREEN_##name,
#include "bot-gateway/dialog/screens.def"
    SCREEN_COUNT
};

#define STEP_ANY (-1)

struct dialog_rule {
    int                step; /* enum dialog_step or STEP_ANY */
    enum dialog_input  input;
    unsigned           who;     /* roles, any of them */
    enum dialog_action action;
    enum dialog_step   next;    /* if it went well; STEP_KEEP = stay */
    enum dialog_step   refused; /* if the engine said no; STEP_KEEP = stay, to be tried again */
    const char        *why;
};

extern const struct dialog_rule dialog_rules[];
extern const size_t             dialog_rule_count;

/* The rule for an input in a step: the step's own rows first, then those of any step. NULL: these roles may not do it there. */
const struct dialog_rule *dialog_find(enum dialog_step, enum dialog_input, unsigned roles);

/* Wire names as in chats.step; an unknown step (of another version) is idle. */
const char      *dialog_step_name(enum dialog_step);
enum dialog_step dialog_step_parse(const char *name);
enum seat_id     dialog_step_seat(enum dialog_step);
const char      *dialog_seat_name(enum seat_id);
enum seat_id     dialog_seat_parse(const char *name); /* unknown: SEAT_NONE */
unsigned         dialog_seat_roles(enum seat_id);
/* Where a button of these roles counts; SEAT_NONE: wherever one sits. */
enum seat_id     dialog_seat_of(unsigned who);
const char      *dialog_input_name(enum dialog_input);
const char      *dialog_action_name(enum dialog_action);
const char      *screen_name(enum screen_id);

/* true if the next message is told to somebody at once, so that a plain text needs no look at the database. */
static inline bool dialog_is_fast(enum dialog_step step)
{
    return step == STEP_THREAD;
}
