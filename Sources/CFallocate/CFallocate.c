#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "CFallocate.h"

#include <errno.h>
#include <fcntl.h>

int cfallocate_keep_size(int descriptor, off_t offset, off_t length) {
#if defined(__linux__)
  int failed;
  do {
    failed = fallocate(descriptor, FALLOC_FL_KEEP_SIZE, offset, length);
  } while (failed && errno == EINTR);
  return failed ? errno : 0;
#else
  (void)descriptor, (void)offset, (void)length;
  return EOPNOTSUPP;
#endif
}
