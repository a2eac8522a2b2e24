/* qr_picture.h - a link as a picture to be scanned */
#pragma once
#include "common/base/buf.h"

/* Appends a PNG. -1: the text does not fit a QR code, or there is no memory for the picture. */
int qr_picture(const char *text, struct buf *png);
