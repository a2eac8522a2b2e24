/* actions_people.c - the commands about people: joining, inviting, duty, language, time zone,
 * pins */
#include "bot-gateway/dialog/actions.h"

#include "bot-gateway/texts/cities.h"
#include "common/base/clock.h"

bool make_pin(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_pin_add;
    m->body.pin_add = (struct msg_pin_add){.contractor_id = t->arg};
    return true;
}

bool make_unpin(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_pin_remove;
    m->body.pin_remove = (struct msg_pin_remove){.contractor_id = t->arg};
    return true;
}

bool make_upgrade(struct turn *t, struct msg *m, struct words *w)
{
    (void)t, (void)w;
    m->type = MSG_upgrade_request;
    return true;
}

/* The press's number is a set: a bit for each category. */
bool make_follow(struct turn *t, struct msg *m, struct words *w)
{
    for (int id = 1; id < 63; id++) {
        if (((uint64_t)t->arg >> id & 1) != 0) {
            buf_printf(&w->lines, "%d\n", id);
        }
    }
    w->file_count = split_lines(w->lines.data, w->files, ARRAY_LEN(w->files));
    m->type = MSG_person_set_categories;
    m->body.person_set_categories =
        (struct msg_person_set_categories){.category_ids = words_files(w)};
    return true;
}

bool make_on_duty(struct turn *t, struct msg *m, struct words *w)
{
    (void)t, (void)w;
    m->type = MSG_person_set_duty;
    m->body.person_set_duty = (struct msg_person_set_duty){.on_duty = true, .has_on_duty = true};
    return true;
}

#define AWAY_HOURS_MAX (366 * 24)

static int64_t away_until(const struct turn *t)
{
    return t->arg > 0 ? t->reader.now_ms + min_i64(t->arg, AWAY_HOURS_MAX) * HOUR_MS : 0;
}

bool make_away(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_person_set_duty;
    m->body.person_set_duty = (struct msg_person_set_duty){.on_duty = false,
                                                           .has_on_duty = true,
                                                           .away_until = away_until(t),
                                                           .has_away_until = t->arg > 0};
    return true;
}

bool make_speak(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    if (t->arg >= LANGUAGE_COUNT) {
        return make_nothing_begun(t, m, w);
    }
    m->type = MSG_person_update;
    m->body.person_update =
        (struct msg_person_update){.language = language_code((enum language)t->arg)};
    return true;
}

/* The zone of the button or of the words; "" = the installation's. -1: none we know. */
static int zone_meant(const struct turn *t, char ret[static ZONE_NAME_MAX])
{
    if (!turn_is_press(t)) {
        return city_parse_zone(t->update->text, ret);
    }
    const struct city *city = city_numbered(t->arg);
    snprintf(ret, ZONE_NAME_MAX, "%s", city ? city->zone : "");
    return city || t->arg == 0 ? 0 : -1;
}

bool make_zone(struct turn *t, struct msg *m, struct words *w)
{
    if (zone_meant(t, w->zone) < 0) {
        return action_stay(t, N_("I do not know this place. A larger city nearby will do, or the "
                                 "difference to UTC, such as +7. Back: /settings"));
    }
    t->screen = SCREEN_settings;
    m->type = MSG_person_update;
    m->body.person_update = (struct msg_person_update){.time_zone = w->zone};
    return true;
}

bool make_phone(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_person_update;
    m->body.person_update = (struct msg_person_update){.phone = t->update->phone};
    return true;
}

bool make_reachable(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    m->type = MSG_person_reachable;
    m->body.person_reachable = (struct msg_person_reachable){
        .reachable = t->action == ACTION_REACHABLE, .has_reachable = true};
    return true;
}

bool make_join(struct turn *t, struct msg *m, struct words *w)
{
    const struct update *u = t->update;
    bool has_link = t->seat->step == STEP_JOIN && t->seat->draft.token;
    if (!has_link && t->roles != ROLE_STRANGER) {
        return make_nothing_begun(t, m, w);
    }
    person_name(u, w->name, sizeof w->name);
    m->type = MSG_person_join;
    m->body.person_join = (struct msg_person_join){.token = has_link ? t->seat->draft.token : NULL,
                                                   .name = w->name,
                                                   .username = *u->username ? u->username : NULL,
                                                   .language = language_code(t->reader.language),
                                                   .privacy_version = PRIVACY_VERSION};
    return true;
}

bool make_invite_role(struct turn *t, struct msg *m, struct words *w)
{
    (void)w;
    if (t->arg == ROLE_CLIENT) {
        t->screen = SCREEN_invite_tariff;
        return false;
    }
    m->type = MSG_invite_create;
    m->body.invite_create = (struct msg_invite_create){.role = role_name((enum role)t->arg)};
    return true;
}

/* The day up to which so many months are paid; 0: to the end of this month. */
static void date_in_months(const struct turn *t, int64_t months, char out[16])
{
    struct zone_time today;
    zone_local(t->reader.days_zone, t->reader.now_ms, &today);
    int64_t first = zone_days(today.year, today.month, 1);
    int64_t day = months > 0 ? zone_add_months(first + today.day - 1, (int)months)
                             : zone_add_months(first, 1) - 1;
    int y, m, d;
    zone_date(day, &y, &m, &d);
    snprintf(out, 16, "%04d-%02d-%02d", y, m, d);
}

#define INVITE_MONTHS_MAX 120

bool make_invite_until(struct turn *t, struct msg *m, struct words *w)
{
    if (t->seat->step != STEP_INVITE_UNTIL || !t->seat->draft.name) {
        return make_nothing_begun(t, m, w);
    }
    if (turn_is_press(t)) {
        date_in_months(t, min_i64(t->arg, INVITE_MONTHS_MAX), w->date);
    } else if (format_parse_date(t->update->text, w->date) < 0) {
        return action_stay(t, N_("I did not understand the date. For example: 31.12.2026."));
    }
    m->type = MSG_invite_create;
    m->body.invite_create = (struct msg_invite_create){.role = role_name(ROLE_CLIENT),
                                                       .tariff_id = t->seat->draft.arg,
                                                       .has_tariff_id = true,
                                                       .account_name = t->seat->draft.name,
                                                       .paid_until = w->date};
    t->screen = SCREEN_invite_link;
    return true;
}

/* ---- what follows ---- */

void after_duty(struct turn *t, const struct msg_answer *answer)
{
    (void)answer;
    t->chat->person.on_duty = t->action == ACTION_ON_DUTY;
    t->chat->person.away_until = away_until(t);
}

void after_speak(struct turn *t, const struct msg_answer *answer)
{
    (void)answer;
    t->reader.language = (enum language)t->arg;
    t->chat->person.viewer.reader.language = t->reader.language;
}

void after_zone(struct turn *t, const struct msg_answer *answer)
{
    (void)answer;
    char zone[ZONE_NAME_MAX];
    zone_meant(t, zone);
    viewer_set_zone(&t->chat->person.viewer, zone);
    t->reader.zone = t->chat->person.viewer.reader.zone;
}

static void ask_for_phone(struct turn *t)
{
    scoped(buf_fini) struct buf rows = {0};
    buf_add_text(&rows, "[{\"text\":");
    buf_add_json(&rows, tr(t->reader.language, N_("📱 Share my number")));
    buf_add_text(&rows, ",\"request_contact\":true}]");
    turn_offer_keyboard(t,
                        N_("If you like, share your phone number: whoever works with you can call "
                           "then. It is not required."),
                        buf_text(&rows));
}

void after_phone(struct turn *t, const struct msg_answer *answer)
{
    (void)answer;
    turn_put_keyboard_away(t, N_("📱 Thank you, the number is noted."));
}

void after_join(struct turn *t, const struct msg_answer *answer)
{
    int role = answer->role ? role_parse(answer->role) : -1;
    if (role > 0) {
        t->roles = (t->roles & ~(unsigned)ROLE_STRANGER) | (unsigned)role;
    }
    t->chat->person.is_read = false;
    ask_for_phone(t);
}

void after_invite(struct turn *t, const struct msg_answer *answer)
{
    t->invite_token = xstrdup_or_null(answer->token);
}
