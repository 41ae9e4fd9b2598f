#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE
#endif
#include "CNSM.h"

#include <errno.h>

#if defined(__linux__)
#include <fcntl.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <unistd.h>

// `struct nsm_raw` and NSM_IOCTL_RAW of linux/nsm.h, which older kernels' headers do not have.
struct cnsm_slice {
  uint64_t address;
  uint64_t length;
};

struct cnsm_message {
  struct cnsm_slice request;
  struct cnsm_slice response;
};

#define CNSM_IOCTL_RAW _IOWR(0x0A, 0, struct cnsm_message)
_Static_assert(CNSM_IOCTL_RAW == 0xC0200A00, "not the driver's request");
#endif

int cnsm_exchange(
    const char *path, const void *request, size_t request_length, void *response, size_t *response_length) {
#if defined(__linux__)
  int descriptor;
  do {
    descriptor = open(path, O_RDWR | O_CLOEXEC);
  } while (descriptor < 0 && errno == EINTR);
  if (descriptor < 0) return errno;
  struct cnsm_message message = {
      {(uint64_t)(uintptr_t)request, request_length},
      {(uint64_t)(uintptr_t)response, *response_length},
  };
  // Not repeated when a signal interrupts it: the module may have acted on the request.
  int code = ioctl(descriptor, CNSM_IOCTL_RAW, &message) < 0 ? errno : 0;
  close(descriptor);
  if (code) return code;
  if (message.response.length > *response_length) return EMSGSIZE;
  *response_length = (size_t)message.response.length;
  return 0;
#else
  (void)path, (void)request, (void)request_length, (void)response, (void)response_length;
  return ENOSYS;
#endif
}
