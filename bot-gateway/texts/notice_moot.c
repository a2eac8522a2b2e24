/* notice_moot.c - when a notice says nothing any more */
#include "bot-gateway/texts/notice_table.h"

const char *notice_moot(const struct notice_facts *n)
{
    const struct notice_row *row = notice_row_find(n->kind);
    const struct card *card = &n->card;
    if (!row || n->kind == NOTICE_cards_changed) {
        return "unknown kind";
    }
    if (n->withdrawn) {
        return "withdrawn";
    }
    if (card->viewer.person_id == 0 || card->viewer.telegram_id == 0) {
        return "person removed";
    }
    if (card->order.order_id && !(row->states & (1u << card->order.state))) {
        return order_state_name(card->order.state);
    }
    if ((row->flags & NOTICE_IS_ALERT) && card->alert.id == 0) {
        return "alert solved";
    }
    if (row->view == VIEW_WORKER && card->order.contractor.person_id != card->viewer.person_id) {
        return "somebody else's work";
    }
    bool offers = n->kind == NOTICE_offer || n->kind == NOTICE_please_take;
    if (offers && (!card->offered || !(card->viewer.roles & ROLE_CONTRACTOR))) {
        return "not offered any more";
    }
    bool asks = n->kind == NOTICE_upgrade_requested || n->kind == NOTICE_upgrade_passed;
    if (asks && n->request_id == 0) {
        return "request answered";
    }
    bool waits = n->kind == NOTICE_inquiry_sent || n->kind == NOTICE_application_sent;
    if (waits && n->answered_at != 0) {
        return "answered already";
    }
    if (n->kind == NOTICE_confirm_reminder && card->order.estimate_named) {
        return "estimate named";
    }
    return NULL;
}
