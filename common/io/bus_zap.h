/* bus_zap.h - who may connect over tcp: ZeroMQ asks by ZAP, we compare with a list of keys */
#pragma once
#include <systemd/sd-event.h>

#include "common/base/err.h"

#define BUS_ZAP_DOMAIN "itsupport"

struct bus_zap;

/* keys: Z85, space-separated. NULL with ERR_INPUT if one is none, or if the list is empty. One per process. */
struct bus_zap *bus_zap_new(sd_event *loop, const char *keys, struct err *);
void            bus_zap_free(struct bus_zap **);
