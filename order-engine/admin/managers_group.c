/* managers_group.c - the chat where the managers' alerts and questions appear beside the private
 * ones: bound, unbound, lost, moved */
#include <inttypes.h>

#include "common/base/text.h"
#include "order-engine/admin/admin.h"
#include "sql/order_engine_queries.h"

#define GROUP_TITLE_MAX 255 /* characters; Telegram allows no more */

struct bound {
    int64_t chat_id; /* 0: there is none */
    struct save *save;
};

static void on_bound(void *ctx, const struct db_result *r)
{
    ((struct bound *)ctx)->chat_id = db_rows(r) > 0 ? db_i64(r, 0, 0) : 0;
}

static void load(struct admin_work *work)
{
    struct bound *bound = work->job->facts = xcalloc(1, sizeof *bound);
    bound->save = work->save;
    admin_call(work, Q_lock_group, on_bound);
}

static bool is_bound(const struct admin_work *work, int64_t chat_id)
{
    return ((const struct bound *)work->job->facts)->chat_id == chat_id;
}

static void audit(struct admin_work *work, int64_t chat_id)
{
    char detail[48];
    snprintf(detail, sizeof detail, "{\"chat_id\":%" PRId64 "}", chat_id);
    admin_audit(work, "managers_group", detail);
}

static void on_told(void *ctx, const struct db_result *r)
{
    save_note_told(((struct bound *)ctx)->save, (size_t)db_rows(r));
}

/* Alerts and questions that stand, for those who read there now. */
static void tell_what_stands(struct admin_work *work)
{
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_tell_group, on_told);
}

/* ---- managers_group.bind ---- */

static void bind_run(struct admin_work *work)
{
    const struct msg_managers_group_bind *b = &work->job->msg.body.managers_group_bind;
    if (!admin_may(work, ROLE_OWNER))
        return;
    if (b->chat_id >= 0 || b->title[0] == '\0' || text_utf16_units(b->title) > GROUP_TITLE_MAX) {
        job_refuse_hint(work->job, "a group chat with a title");
        return;
    }
    db_arg_i64(work->args, b->chat_id);
    db_arg_text(work->args, b->title);
    db_arg_bool(work->args, b->is_forum);
    db_arg_i64(work->args, work->world->now);
    admin_call(work, Q_bind_group, NULL);
    if (!is_bound(work, b->chat_id))
        tell_what_stands(work);
    audit(work, b->chat_id);
    job_ok(work->job);
}

const struct admin_command admin_managers_group_bind = {load, bind_run};

/* ---- managers_group.unbind, managers_group.lost ---- */

static void unbind(struct admin_work *work, int64_t chat_id)
{
    admin_call(work, Q_unbind_group, NULL);
    audit(work, chat_id);
}

static void unbind_run(struct admin_work *work)
{
    int64_t chat_id = work->job->msg.body.managers_group_unbind.chat_id;
    if (!admin_may(work, ROLE_OWNER))
        return;
    if (!is_bound(work, chat_id)) {
        job_refuse_plain(work->job, REFUSE_moot);
        return;
    }
    unbind(work, chat_id);
    job_ok(work->job);
}

const struct admin_command admin_managers_group_unbind = {load, unbind_run};

/* Whoever has removed the bot: it is a fact. Of any other group it does not matter. */
static void lost_run(struct admin_work *work)
{
    int64_t chat_id = work->job->msg.body.managers_group_lost.chat_id;
    if (chat_id != 0 && is_bound(work, chat_id))
        unbind(work, chat_id);
    job_ok(work->job);
}

const struct admin_command admin_managers_group_lost = {load, lost_run};

/* ---- managers_group.moved ---- */

/* What the bot has said there cannot be edited from the new chat: what stands is told again. */
static void moved_run(struct admin_work *work)
{
    const struct msg_managers_group_moved *b = &work->job->msg.body.managers_group_moved;
    job_ok(work->job);
    if (b->chat_id == 0 || b->to_chat_id >= 0 || !is_bound(work, b->chat_id))
        return;
    db_arg_i64(work->args, b->to_chat_id);
    admin_call(work, Q_move_group, NULL);
    tell_what_stands(work);
    audit(work, b->to_chat_id);
}

const struct admin_command admin_managers_group_moved = {load, moved_run};
