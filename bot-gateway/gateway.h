/* gateway.h - the gateway put together: Telegram, PostgreSQL, the bus, and who of several gateways is the active one
 *
 *      introduced (getMe)  +  election won  ──▶  leads: binds the bus, polls, sends
 *      session lost        ──▶  confirms nothing, apologises, goes on by itself when PostgreSQL is back
 *      another one active  ──▶  stands by; one that has led before starts anew (exit 1), so that nothing old is left in it
 */
#pragma once
#include <systemd/sd-event.h>

#include "common/base/conf.h"

struct gateway_conf {
#define SETTING CONF_MEMBER
#include "bot-gateway/settings.def"
};
extern const struct conf_schema gateway_settings;

struct gateway;

/* conf is borrowed. NULL with ERR_INPUT: token or vault key cannot be right. Telegram and PostgreSQL need not be there. */
struct gateway *gateway_new(sd_event *loop, const struct gateway_conf *, struct err *);
void            gateway_stop(struct gateway *); /* polls and sends nothing new; leaves the loop when all has ended */
void            gateway_log_stats(struct gateway *);
void            gateway_free(struct gateway **);
