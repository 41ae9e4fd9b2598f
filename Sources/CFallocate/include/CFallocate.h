// fallocate(2), which Swift's view of the C library leaves out.
#pragma once
#include <sys/types.h>

// Has the file system set aside room for `length` bytes from `offset` on; the file's size stays. Returns 0, or the
// error number: EOPNOTSUPP where the system or the file system cannot.
int cfallocate_keep_size(int descriptor, off_t offset, off_t length);
