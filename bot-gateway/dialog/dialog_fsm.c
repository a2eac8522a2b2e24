/* dialog_fsm.c - what a message means in each step */
#include "bot-gateway/dialog/dialog_fsm.h"

/* clang-format off */
const struct dialog_rule dialog_rules[] = {
/*   step                input              who              action                next               refused         why */
    {STEP_IDLE,          INPUT_TEXT,        EVERYBODY,       ACTION_HOLD,          STEP_LOOSE,        STEP_IDLE,      "people just write; we ask where it belongs instead of losing it"},
    {STEP_IDLE,          INPUT_FILES,       EVERYBODY,       ACTION_HOLD,          STEP_LOOSE,        STEP_IDLE,      "the same for a photo"},

    {STEP_LOOSE,         INPUT_TEXT,        EVERYBODY,       ACTION_HOLD,          STEP_LOOSE,        STEP_IDLE,      "thoughts come in several messages"},
    {STEP_LOOSE,         INPUT_FILES,       EVERYBODY,       ACTION_HOLD,          STEP_LOOSE,        STEP_IDLE,      "a photo may follow the words"},
    {STEP_LOOSE,         INPUT_EDIT,        EVERYBODY,       ACTION_AMEND,         STEP_KEEP,         STEP_KEEP,      "nobody has read it yet, so the edit counts"},

    {STEP_ORDER_TEXT,    INPUT_TEXT,        ROLE_CLIENT,     ACTION_COLLECT,       STEP_KEEP,         STEP_KEEP,      "each message adds to the order"},
    {STEP_ORDER_TEXT,    INPUT_FILES,       ROLE_CLIENT,     ACTION_COLLECT,       STEP_KEEP,         STEP_KEEP,      "photos and files too; without words we ask for them"},
    {STEP_ORDER_TEXT,    INPUT_EDIT,        ROLE_CLIENT,     ACTION_AMEND,         STEP_KEEP,         STEP_KEEP,      "what was not handed in yet may be edited"},
    {STEP_ORDER_TEXT,    INPUT_SEND,        ROLE_CLIENT,     ACTION_CREATE,        STEP_IDLE,         STEP_KEEP,      "refused (quota, words missing): the draft stays"},
    {STEP_ORDER_WISH,    INPUT_TEXT,        ROLE_CLIENT,     ACTION_KEEP_WISH,     STEP_ORDER_TEXT,   STEP_KEEP,      "until when it is wanted, in the client's words"},
    {STEP_ORDER_WISH,    INPUT_FILES,       ROLE_CLIENT,     ACTION_COLLECT,       STEP_ORDER_TEXT,   STEP_KEEP,      "a photo belongs to the order"},
    {STEP_ORDER_WISH,    INPUT_EDIT,        ROLE_CLIENT,     ACTION_AMEND,         STEP_KEEP,         STEP_KEEP,      "what was not handed in yet may be edited"},
    {STEP_ORDER_WISH,    INPUT_SEND,        ROLE_CLIENT,     ACTION_CREATE,        STEP_IDLE,         STEP_ORDER_TEXT, "sent without a wish after all"},
    {STEP_FIND,          INPUT_TEXT,        ROLE_CLIENT,     ACTION_FIND,          STEP_IDLE,         STEP_KEEP,      "a number, or words of the task"},

    {STEP_ADD_DETAILS,   INPUT_TEXT,        ROLE_CLIENT,     ACTION_DETAILS,       STEP_KEEP,         STEP_IDLE,      "the task grows, message by message; refused once it is taken"},
    {STEP_ADD_DETAILS,   INPUT_FILES,       ROLE_CLIENT,     ACTION_DETAILS,       STEP_KEEP,         STEP_KEEP,      "a file without words waits for them"},
    {STEP_CANCEL_REASON, INPUT_TEXT,        ROLE_CLIENT,     ACTION_CANCEL,        STEP_IDLE,         STEP_IDLE,      "the reason"},
    {STEP_HAND_OVER,     INPUT_TEXT,        ROLE_CLIENT,     ACTION_HAND_OVER,     STEP_IDLE,         STEP_IDLE,      "a secret is sealed at once, never a draft"},
    {STEP_HAND_OVER,     INPUT_REPLY,       ROLE_CLIENT,     ACTION_HAND_OVER,     STEP_IDLE,         STEP_IDLE,      "whatever it replies to: a secret never goes into the thread"},
    {STEP_HAND_OVER,     INPUT_REPLY_TO_INQUIRY, ROLE_CLIENT, ACTION_HAND_OVER,    STEP_IDLE,         STEP_IDLE,      "the same"},
    {STEP_HAND_OVER,     INPUT_REPLY_TO_ANSWER, ROLE_CLIENT, ACTION_HAND_OVER,     STEP_IDLE,         STEP_IDLE,      "the same"},
    {STEP_HAND_OVER,     INPUT_FILES,       ROLE_CLIENT,     ACTION_HAND_OVER,     STEP_IDLE,         STEP_IDLE,      "files cannot be sealed: deleted all the same, with a sentence"},
    {STEP_HAND_OVER,     INPUT_EDIT,        ROLE_CLIENT,     ACTION_NONE,          STEP_KEEP,         STEP_KEEP,      "what was edited may have been the secret: not a word of it goes anywhere"},
    {STEP_ANSWER,        INPUT_TEXT,        ROLE_CLIENT,     ACTION_ANSWER,        STEP_THREAD,       STEP_IDLE,      "the answer; more may follow in the thread"},
    {STEP_ANSWER,        INPUT_FILES,       ROLE_CLIENT,     ACTION_ANSWER,        STEP_THREAD,       STEP_IDLE,      "a screenshot is an answer too"},
    {STEP_REVIEW,        INPUT_TEXT,        ROLE_CLIENT,     ACTION_ACCEPT,        STEP_IDLE,         STEP_IDLE,      "the words to the stars"},
    {STEP_RATE,          INPUT_TEXT,        ROLE_CLIENT,     ACTION_RATE,          STEP_IDLE,         STEP_IDLE,      "the words to the stars of a closed order"},
    {STEP_REWORK,        INPUT_TEXT,        ROLE_CLIENT,     ACTION_REWORK,        STEP_THREAD,       STEP_IDLE,      "what is wrong; more may follow in the thread"},
    {STEP_REWORK,        INPUT_FILES,       ROLE_CLIENT,     ACTION_REWORK,        STEP_THREAD,       STEP_IDLE,      "a screenshot of what is wrong, with words"},
    {STEP_COMPLAIN,      INPUT_TEXT,        ROLE_CLIENT,     ACTION_COMPLAIN,      STEP_IDLE,         STEP_IDLE,      "the managers read it"},
    {STEP_COMPLAIN,      INPUT_FILES,       ROLE_CLIENT,     ACTION_COMPLAIN,      STEP_IDLE,         STEP_IDLE,      "a complaint with a picture, with words"},

    {STEP_WRITE_MANAGERS, INPUT_TEXT,       ROLE_CLIENT,     ACTION_WRITE_MANAGERS, STEP_IDLE,        STEP_IDLE,      "a manager on duty answers"},
    {STEP_WRITE_MANAGERS, INPUT_FILES,      ROLE_CLIENT,     ACTION_WRITE_MANAGERS, STEP_IDLE,        STEP_IDLE,      "a picture says it too"},

    {STEP_THREAD,        INPUT_TEXT,        EVERYBODY,       ACTION_SAY,           STEP_KEEP,         STEP_IDLE,      "a conversation; it ends with the order or another command"},
    {STEP_THREAD,        INPUT_FILES,       EVERYBODY,       ACTION_SAY,           STEP_KEEP,         STEP_IDLE,      "pictures belong to conversations"},

    {STEP_THREAD,        INPUT_CONTACT,     EVERYBODY,       ACTION_SAY,           STEP_KEEP,         STEP_IDLE,      "passed on where the tariff grants contacts"},
    {STEP_THREAD,        INPUT_CARD,        EVERYBODY,       ACTION_SAY,           STEP_KEEP,         STEP_IDLE,      "passed on where the tariff grants contacts"},

    {STEP_ASK,           INPUT_TEXT,        ROLE_CONTRACTOR, ACTION_ASK,           STEP_THREAD,       STEP_IDLE,      "the clock stands until the answer"},
    {STEP_ASK,           INPUT_FILES,       ROLE_CONTRACTOR, ACTION_ASK,           STEP_THREAD,       STEP_IDLE,      "a question with a screenshot"},
    {STEP_FINISH,        INPUT_TEXT,        ROLE_CONTRACTOR, ACTION_FINISH,        STEP_THREAD,       STEP_IDLE,      "the report; a second half of it still arrives"},
    {STEP_FINISH,        INPUT_FILES,       ROLE_CONTRACTOR, ACTION_FINISH,        STEP_THREAD,       STEP_KEEP,      "the report with files; without words we ask for them"},
    {STEP_TAKE_ESTIMATE, INPUT_TEXT,        ROLE_CONTRACTOR, ACTION_TAKE,          STEP_IDLE,         STEP_KEEP,      "a typed time; out of range: another try"},
    {STEP_SET_ESTIMATE,  INPUT_TEXT,        ROLE_CONTRACTOR, ACTION_SET_ESTIMATE,  STEP_IDLE,         STEP_KEEP,      "a typed time; out of range: another try"},

    {STEP_EXTEND_TIME,   INPUT_TEXT,        ROLE_CONTRACTOR, ACTION_KEEP_TIME,     STEP_EXTEND_REASON, STEP_KEEP,     "a typed time; out of range: another try"},
    {STEP_EXTEND_REASON, INPUT_TEXT,        ROLE_CONTRACTOR, ACTION_EXTEND,        STEP_IDLE,         STEP_IDLE,      "the client is told the new time and why"},
    {STEP_GIVE_BACK,     INPUT_TEXT,        ROLE_CONTRACTOR, ACTION_GIVE_BACK,     STEP_IDLE,         STEP_IDLE,      "whoever takes it next reads why"},
    {STEP_ANSWER_COMPLAINT, INPUT_TEXT,     STAFF,           ACTION_ANSWER_COMPLAINT, STEP_IDLE,      STEP_IDLE,      "the client reads it, and the complaint is settled"},
    {STEP_ANSWER_COMPLAINT, INPUT_FILES,    STAFF,           ACTION_ANSWER_COMPLAINT, STEP_IDLE,      STEP_IDLE,      "a picture may say it"},
    {STEP_REASSIGN_REASON, INPUT_TEXT,      STAFF,           ACTION_REASSIGN,      STEP_IDLE,         STEP_IDLE,      "both contractors and the client read why"},
    {STEP_REASSIGN_REASON, INPUT_REASON,    STAFF,           ACTION_REASSIGN,      STEP_IDLE,         STEP_IDLE,      "a press instead of typing"},
    {STEP_RELEASE_REASON, INPUT_TEXT,       STAFF,           ACTION_RELEASE,       STEP_IDLE,         STEP_IDLE,      "the contractor and the client read why"},
    {STEP_RELEASE_REASON, INPUT_REASON,     STAFF,           ACTION_RELEASE,       STEP_IDLE,         STEP_IDLE,      "a press instead of typing"},
    {STEP_PROLONG_REASON, INPUT_TEXT,       STAFF,           ACTION_PROLONG,       STEP_IDLE,         STEP_IDLE,      "the client and the contractor read why"},
    {STEP_PROLONG_REASON, INPUT_REASON,     STAFF,           ACTION_PROLONG,       STEP_IDLE,         STEP_IDLE,      "a press instead of typing"},
    {STEP_CALL_OFF_REASON, INPUT_TEXT,      STAFF,           ACTION_CALL_OFF,      STEP_IDLE,         STEP_IDLE,      "the client and the contractor read why"},
    {STEP_CALL_OFF_REASON, INPUT_REASON,    STAFF,           ACTION_CALL_OFF,      STEP_IDLE,         STEP_IDLE,      "a press instead of typing"},
    {STEP_SPEAK_TO,      INPUT_TEXT,        STAFF,           ACTION_SAY_TO,        STEP_KEEP,         STEP_IDLE,      "a conversation with one side"},
    {STEP_SPEAK_TO,      INPUT_FILES,       STAFF,           ACTION_SAY_TO,        STEP_KEEP,         STEP_IDLE,      "pictures belong to conversations"},
    {STEP_ANSWER_FOR,    INPUT_TEXT,        STAFF,           ACTION_ANSWER,        STEP_IDLE,         STEP_IDLE,      "the client was asked by telephone"},
    {STEP_ANSWER_FOR,    INPUT_FILES,       STAFF,           ACTION_ANSWER,        STEP_IDLE,         STEP_IDLE,      "or has sent it by mail"},
    {STEP_REWORK_FOR,    INPUT_TEXT,        STAFF,           ACTION_REWORK,        STEP_IDLE,         STEP_IDLE,      "what the client has told the manager"},
    {STEP_REWORK_FOR,    INPUT_FILES,       STAFF,           ACTION_REWORK,        STEP_IDLE,         STEP_KEEP,      "with a screenshot; without words we ask for them"},

    {STEP_ANSWER_INQUIRY, INPUT_TEXT,       STAFF,           ACTION_ANSWER_INQUIRY, STEP_IDLE,        STEP_IDLE,      "the client reads it"},
    {STEP_ANSWER_INQUIRY, INPUT_FILES,      STAFF,           ACTION_ANSWER_INQUIRY, STEP_IDLE,        STEP_IDLE,      "an invoice, a screenshot"},

    {STEP_INVITE_NAME,   INPUT_TEXT,        ROLE_OWNER,      ACTION_KEEP_NAME,     STEP_INVITE_UNTIL, STEP_KEEP,      "the account's name, then the date"},
    {STEP_INVITE_UNTIL,  INPUT_TEXT,        ROLE_OWNER,      ACTION_INVITE_UNTIL,  STEP_IDLE,         STEP_KEEP,      "a typed date; no date: another try"},
    {STEP_JOIN,          INPUT_TEXT,        ANYBODY,         ACTION_REMIND_JOIN,   STEP_KEEP,         STEP_KEEP,      "the link waits for the button"},
    {STEP_JOIN,          INPUT_FILES,       ANYBODY,         ACTION_REMIND_JOIN,   STEP_KEEP,         STEP_KEEP,      "the link waits for the button"},

    {STEP_ZONE,          INPUT_TEXT,        EVERYBODY,       ACTION_SET_ZONE,      STEP_IDLE,         STEP_KEEP,      "a city, or the difference to UTC; not understood: another try"},

    {STEP_PHONE,         INPUT_CONTACT,     EVERYBODY,       ACTION_SAVE_PHONE,    STEP_IDLE,         STEP_IDLE,      "the own number, for those who may see contacts"},
    {STEP_PHONE,         INPUT_TEXT,        EVERYBODY,       ACTION_HOLD,          STEP_LOOSE,        STEP_IDLE,      "the number is not awaited: as if nothing had been begun"},
    {STEP_PHONE,         INPUT_FILES,       EVERYBODY,       ACTION_HOLD,          STEP_LOOSE,        STEP_IDLE,      "the same for a photo"},
    {STEP_PICK,          INPUT_TEXT,        ROLE_OWNER,      ACTION_HOLD,          STEP_LOOSE,        STEP_IDLE,      "nobody is chosen after all: as if nothing had been begun"},
    {STEP_PICK,          INPUT_FILES,       ROLE_OWNER,      ACTION_HOLD,          STEP_LOOSE,        STEP_IDLE,      "the same for a photo"},
    {STEP_APPLY,         INPUT_TEXT,        ROLE_STRANGER,   ACTION_APPLY,         STEP_IDLE,         STEP_IDLE,      "a word about oneself, and the application is sent"},
    {STEP_APPROVE,       INPUT_TEXT,        STAFF,           ACTION_CHOOSE_ABOVE,  STEP_KEEP,         STEP_KEEP,      "tariffs and accounts are pressed, not written"},
    {STEP_ADD_CLIENT,    INPUT_TEXT,        ROLE_OWNER,      ACTION_CHOOSE_ABOVE,  STEP_KEEP,         STEP_KEEP,      "the same"},
    {STEP_UPGRADE_TARIFF,INPUT_TEXT,        ROLE_OWNER,      ACTION_CHOOSE_ABOVE,  STEP_KEEP,         STEP_KEEP,      "the same"},
    {STEP_UPGRADE_DECLINE, INPUT_TEXT,      STAFF,           ACTION_UPGRADE_DECLINED, STEP_IDLE,      STEP_IDLE,      "the client reads why not"},
    {STEP_ACCOUNT_TARIFF,INPUT_TEXT,        ROLE_OWNER,      ACTION_CHOOSE_ABOVE,  STEP_KEEP,         STEP_KEEP,      "the same"},
    {STEP_ACCOUNT_UNTIL, INPUT_TEXT,        ROLE_OWNER,      ACTION_PAID_UNTIL,    STEP_IDLE,         STEP_KEEP,      "a typed date; no date: another try"},
    {STEP_GRANT,         INPUT_TEXT,        ROLE_OWNER,      ACTION_GRANT,         STEP_IDLE,         STEP_KEEP,      "so many and why; not understood: another try"},

    {STEP_ANY,           INPUT_CHOSEN,      ROLE_OWNER,      ACTION_ADD_CHOSEN,    STEP_ADD_CLIENT,   STEP_IDLE,      "the picker says for which role it was opened"},
    {STEP_ANY,           INPUT_CHOSEN,      ROLE_CLIENT | ROLE_CONTRACTOR | ROLE_MANAGER | ROLE_STRANGER, ACTION_EXPLAIN, STEP_KEEP, STEP_KEEP, "an owner no more, or a message somebody invented"},
    {STEP_ANY,           INPUT_TEXT,        ANYBODY,         ACTION_EXPLAIN,       STEP_KEEP,         STEP_KEEP,      "words where none are awaited"},
    {STEP_ANY,           INPUT_FILES,       ANYBODY,         ACTION_EXPLAIN,       STEP_KEEP,         STEP_KEEP,      "a file where words are awaited"},
    {STEP_ANY,           INPUT_REPLY,       EVERYBODY,       ACTION_SAY_REPLY,     STEP_KEEP,         STEP_KEEP,      "a reply goes to the order it answers, whatever was begun"},
    {STEP_ANY,           INPUT_REPLY_TO_INQUIRY, STAFF,      ACTION_ANSWER_INQUIRY, STEP_KEEP,        STEP_KEEP,      "a reply is the answer, whatever was begun"},
    {STEP_ANY,           INPUT_REPLY_TO_INQUIRY, ROLE_CLIENT | ROLE_CONTRACTOR, ACTION_EXPLAIN, STEP_KEEP, STEP_KEEP, "a manager no more"},
    {STEP_ANY,           INPUT_REPLY_TO_ANSWER, ROLE_CLIENT, ACTION_WRITE_MANAGERS, STEP_KEEP,        STEP_KEEP,      "the conversation goes on, whatever was begun"},
    {STEP_ANY,           INPUT_REPLY_TO_ANSWER, ROLE_CONTRACTOR | STAFF, ACTION_EXPLAIN, STEP_KEEP,      STEP_KEEP,      "a client no more"},
    {STEP_ANY,           INPUT_EDIT,        EVERYBODY,       ACTION_PASS_EDIT,     STEP_KEEP,         STEP_KEEP,      "the other side reads it corrected, if it has a copy that can be"},
    {STEP_ANY,           INPUT_EDIT,        ROLE_STRANGER,   ACTION_NONE,          STEP_KEEP,         STEP_KEEP,      "nothing of theirs is kept"},
    {STEP_ANY,           INPUT_CONTACT,     EVERYBODY,       ACTION_SAVE_PHONE,    STEP_KEEP,         STEP_KEEP,      "the own number, for those who may see contacts"},
    {STEP_ANY,           INPUT_CONTACT,     ROLE_STRANGER,   ACTION_EXPLAIN,       STEP_KEEP,         STEP_KEEP,      "we keep no strangers' numbers"},
    {STEP_ANY,           INPUT_CARD,        ANYBODY,         ACTION_EXPLAIN_CARD,  STEP_KEEP,         STEP_KEEP,      "a contact is part of a conversation or of nothing"},
    {STEP_ANY,           INPUT_UNSUPPORTED, ANYBODY,         ACTION_EXPLAIN,       STEP_KEEP,         STEP_KEEP,      "stickers are nice, but cannot be passed on"},
    {STEP_ANY,           INPUT_REASON,      ANYBODY,         ACTION_NOTHING_BEGUN, STEP_KEEP,         STEP_KEEP,      "an old button: nobody asks for a reason any more"},
    {STEP_ANY,           INPUT_SEND,        ANYBODY,         ACTION_NOTHING_BEGUN, STEP_KEEP,         STEP_KEEP,      "an old button: it was sent or dropped already"},
    {STEP_ANY,           INPUT_DROP,        ANYBODY,         ACTION_FORGET,        STEP_IDLE,         STEP_IDLE,      "whatever was begun is dropped"},
};
/* clang-format on */
const size_t dialog_rule_count = ARRAY_LEN(dialog_rules);

static const struct dialog_rule *find_in(int step, enum dialog_input input, unsigned roles)
{
    for (size_t i = 0; i < dialog_rule_count; i++) {
        const struct dialog_rule *rule = &dialog_rules[i];
        if (rule->step == step && rule->input == input && (rule->who & roles)) {
            return rule;
        }
    }
    return NULL;
}

const struct dialog_rule *dialog_find(enum dialog_step step, enum dialog_input input,
                                      unsigned roles)
{
    const struct dialog_rule *own = find_in((int)step, input, roles);
    return own ? own : find_in(STEP_ANY, input, roles);
}

/* ---- names ---- */

static const char *const step_names[] = {
#define NAME(name, wire, seat, what) wire,
    DIALOG_STEPS(NAME)
#undef NAME
};

#define WORD(name, ...) #name,

const char *dialog_step_name(enum dialog_step step)
{
    return step < STEP_COUNT ? step_names[step] : "keep";
}

enum dialog_step dialog_step_parse(const char *name)
{
    for (int i = 0; i < STEP_COUNT; i++) {
        if (str_eq(step_names[i], name)) {
            return (enum dialog_step)i;
        }
    }
    return STEP_IDLE;
}

/* ---- seats ---- */

static const struct {
    const char *name;
    unsigned roles;
} seats[SEAT_COUNT] = {
#define SEAT(name, wire, roles, what) {wire, roles},
    DIALOG_SEATS(SEAT)
#undef SEAT
};

enum seat_id dialog_step_seat(enum dialog_step step)
{
    static const enum seat_id of_steps[STEP_COUNT] = {
#define SEAT_OF(name, wire, seat, what) SEAT_##seat,
        DIALOG_STEPS(SEAT_OF)
#undef SEAT_OF
    };
    return of_steps[step];
}

const char *dialog_seat_name(enum seat_id seat)
{
    return seats[seat].name;
}

enum seat_id dialog_seat_parse(const char *name)
{
    for (int i = 0; i < SEAT_COUNT; i++) {
        if (str_eq(seats[i].name, name)) {
            return (enum seat_id)i;
        }
    }
    return SEAT_NONE;
}

unsigned dialog_seat_roles(enum seat_id seat)
{
    return seats[seat].roles;
}

enum seat_id dialog_seat_of(unsigned who)
{
    for (int i = 0; i < SEAT_COUNT; i++) {
        if (who != 0 && (who & ~seats[i].roles) == 0) {
            return (enum seat_id)i;
        }
    }
    return SEAT_NONE;
}

const char *dialog_input_name(enum dialog_input input)
{
    static const char *const names[] = {DIALOG_INPUTS(WORD)};
    return names[input];
}

const char *dialog_action_name(enum dialog_action action)
{
    static const char *const names[] = {DIALOG_ACTIONS(WORD)};
    return names[action];
}

const char *screen_name(enum screen_id screen)
{
    static const char *const names[] = {
#define SCREEN(name, ...) #name,
#include "bot-gateway/dialog/screens.def"
    };
    return names[screen];
}
