/* profile.h - what Telegram shows of the bot before anybody has pressed Start, in every language of the catalogues */
#pragma once
#include "bot-gateway/telegram.h"

/* Asks Telegram to show it; may be repeated freely. What fails is logged and left as it was. */
void profile_show(struct telegram *);
