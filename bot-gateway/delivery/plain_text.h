/* plain_text.h - the words of a Telegram HTML message, for when the formatting is refused or the text is too long (pure) */
#pragma once
#include "common/base/buf.h"

/* Appends the text without its tags, its entities resolved. What is no tag and no entity stays as it is. */
void plain_text_add(struct buf *into, const char *html);

/* Bytes of the first piece of a text that is sent in several: at most `units` UTF-16 units, cut behind a line, else behind a word,
 * else wherever it must be. All of it if it fits. */
size_t plain_text_piece(const char *text, size_t units);
