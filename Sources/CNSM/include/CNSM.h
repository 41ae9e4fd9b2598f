// Requests to the Nitro Secure Module: ioctl(2) takes a variable number of arguments, which Swift cannot call.
#pragma once
#include <stddef.h>

// Opens the device at `path`, sends it `request` and puts its answer into `response`, which has room for
// `*response_length` bytes; the length becomes the answer's. Returns 0, or the error number: ENOSYS where the system has
// no such driver.
int cnsm_exchange(
    const char *path, const void *request, size_t request_length, void *response, size_t *response_length);
