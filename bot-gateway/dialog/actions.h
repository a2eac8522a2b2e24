/* actions.h - the actions' functions, for the table in actions.c; by what they are about in actions_drafts|orders|people|admission|accounts|group.c, and
 * those that only look something up in actions_lookup.c
 *
 * A make function looks at the turn and either fills the command that is to be asked, and says true; or does what there is to do by
 * itself (a sentence, a screen, the draft) and says false. An after function draws the consequences of a command that went well.
 */
#pragma once
#include "bot-gateway/dialog/turn.h"
#include "common/base/zone.h"
#include "common/wire/msg.h"

/* What a command's strings live in until it is encoded. */
struct words {
    struct buf  text, lines, sealed, cut; /* cut: lines taken apart, what files point into */
    const char *files[ORDER_FILES_MAX + 2]; /* one more than allowed, so that the engine can say so; and the text's own line */
    size_t      file_count;
    char        date[16];
    char        id[32];
    char        zone[ZONE_NAME_MAX];
    char        name[4 * PERSON_NAME_MAX];
};
void words_fini(struct words *);

/* Words and files of this update (an album's are several). with_address: the message itself is named too, for the delivery mark
 * and for words too long to be quoted. */
void words_gather(const struct turn *, bool with_address, struct words *);
void words_gather_draft(const struct turn *, struct words *);
struct msg_strings words_files(struct words *);
/* Masks what the turn's guard has told to. */
void words_mask(const struct turn *, struct words *);

/* For make functions that have no command after all: a sentence (to a press a toast), and the step stays. Always false. */
bool action_stay(struct turn *, const char *msgid);
/* Keeps this update's messages in the draft; false, and the person is told, if that is too much. */
bool action_collect(struct turn *);

typedef bool (*action_make_fn)(struct turn *, struct msg *, struct words *);
typedef void (*action_after_fn)(struct turn *, const struct msg_answer *);

/* ---- actions_guard.c ---- */

typedef void (*action_goes_on_fn)(struct turn *);
/* Looks whether what is said has to be masked, then goes on; a contact card that has to be is not passed on at all. */
void action_guard(struct turn *, action_goes_on_fn);
/* Tells the author that something was masked. */
void action_tell_masked(struct turn *);

#define MAKES(name) bool name(struct turn *, struct msg *, struct words *)
#define AFTER(name) void name(struct turn *, const struct msg_answer *)

/* ---- actions_drafts.c: nothing an engine need know ---- */
MAKES(make_nothing);
MAKES(make_explain);
MAKES(make_explain_edit);
MAKES(make_explain_card);
MAKES(make_remind_join);
MAKES(make_nothing_begun);
MAKES(make_forget);
MAKES(make_begin_order);
MAKES(make_collect);
MAKES(make_hold);
MAKES(make_amend);
MAKES(make_place_new);
MAKES(make_kind);
MAKES(make_wish);
MAKES(make_find);
MAKES(make_tariff);
MAKES(make_name);

/* ---- actions_orders.c ---- */
MAKES(make_create);
MAKES(make_details);
MAKES(make_cancel);
MAKES(make_answer);
MAKES(make_accept);
MAKES(make_rate);
MAKES(make_rework);
MAKES(make_complain);
MAKES(make_say);
MAKES(make_place_say);
MAKES(make_take);
MAKES(make_decline);
MAKES(make_set_estimate);
MAKES(make_keep_time);
MAKES(make_extend);
MAKES(make_give_back);
MAKES(make_ask);
MAKES(make_resume);
MAKES(make_finish);
MAKES(make_assign);
MAKES(make_acknowledge);
AFTER(after_parts_are_sent);
AFTER(after_show_card);
AFTER(after_finish);

/* ---- actions_vault.c ---- */
MAKES(make_hand_over);
MAKES(make_reveal);
AFTER(after_reveal);

/* ---- actions_staff.c ---- */
MAKES(make_ping);
MAKES(make_settle);
MAKES(make_answer_complaint);
MAKES(make_reassign);
MAKES(make_release);
MAKES(make_prolong);
MAKES(make_call_off);
MAKES(make_say_to);

/* ---- actions_desk.c ---- */
MAKES(make_write_managers);
MAKES(make_answer_inquiry);
MAKES(make_upgrade_pass);
MAKES(make_upgrade_decline);

/* ---- actions_people.c ---- */
MAKES(make_pin);
MAKES(make_unpin);
MAKES(make_upgrade);
MAKES(make_on_duty);
MAKES(make_away);
MAKES(make_follow);
MAKES(make_speak);
MAKES(make_zone);
MAKES(make_phone);
MAKES(make_reachable);
MAKES(make_join);
MAKES(make_invite_role);
MAKES(make_invite_until);
AFTER(after_duty);
AFTER(after_speak);
AFTER(after_zone);
AFTER(after_phone);
AFTER(after_join);
AFTER(after_invite);

/* ---- actions_group.c ---- */
MAKES(make_greet_group);
MAKES(make_bind_group);
MAKES(make_unbind_group);
MAKES(make_lose_group);
MAKES(make_move_group);
AFTER(after_move_group);

/* ---- actions_lookup.c: straight from the database, then turn_show ---- */
void action_send_files(struct turn *);
void action_repeat(struct turn *);

/* ---- actions_edits.c ---- */
void action_pass_edit(struct turn *);

/* ---- actions_reports.c ---- */
MAKES(make_report);
MAKES(make_digest);
/* ---- actions_admission.c ---- */
MAKES(make_apply);
MAKES(make_decide);
MAKES(make_choose_above);
MAKES(make_choice);
MAKES(make_pick);
MAKES(make_add_chosen);
MAKES(make_give_role);
MAKES(make_restore_role);
MAKES(make_take_role);
AFTER(after_admission);
AFTER(after_role_change);

/* ---- actions_accounts.c ---- */
MAKES(make_invite_more);
MAKES(make_paid_until);
MAKES(make_grant);
AFTER(after_account);

#undef MAKES
#undef AFTER
