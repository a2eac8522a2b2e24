/* http.c - to be written */
#include "common/io/http.h"
