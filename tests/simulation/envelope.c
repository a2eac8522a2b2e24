/* envelope.c - what a command of the bus can say */
#include "tests/simulation/envelope.h"

#include "common/wire/msg.h"

/* Beside enum msg_type: the names of a message's fields, a space around each. */
static const char *const fields[] = {
/* clang-format off */
#define MESSAGE(cname, ...)     [MSG_##cname] = " "
#define FIELD(name, type, need) #name " "
#define END(cname)              ,
#include "common/wire/messages.def"
    /* clang-format on */
};

static int message_of(enum order_event event)
{
    bool of_alert = event == EVENT_ACKNOWLEDGE || event == EVENT_SETTLE;
    char name[64];
    snprintf(name, sizeof name, "%s.%s", of_alert ? "alert" : "order", order_event_name(event));
    return msg_type_parse(name);
}

void envelope_fit(struct speaker *by, struct order_command *command)
{
    int type = message_of(command->event);
    if (type < 0) /* time's events have no command */
        return;
    if (strstr(fields[type], " files ") == NULL)
        command->file_count = 0;
    if ((by->acts_as & ROLE_OWNER) != 0 &&
        (msg_type_from((enum msg_type)type) & DAEMON_ADMIN_WEB) == 0)
        by->acts_as = 0;
}
