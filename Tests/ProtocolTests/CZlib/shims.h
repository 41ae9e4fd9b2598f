// What the protocol tests call of zlib: compressing and decompressing in gzip's format.
#pragma once
#include <zlib.h>
