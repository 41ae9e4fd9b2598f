// Keeping secrets out of core dumps and swap.

import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// What the operating system offers to keep the process's memory to itself.
enum ProcessHardening {
  /// Forbids core dumps, keeps memory out of those that are made nevertheless and, where the limits allow it, forbids
  /// swapping.
  ///
  /// - Returns: what could not be had, for the log.
  static func apply() -> [String] {
    var missing: [String] = []
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    #if os(Linux)
      if setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) != 0 { missing.append("core dumps stay possible") }
      // That limit does not bind a program to which the kernel pipes core dumps; an empty filter does (core(5)).
      if !keepMemoryOutOfCoreDumps() { missing.append("core dumps that are piped to a program have the memory") }
      // Only with an unlimited allowance: with less, later allocations would fail instead of being swapped.
      var allowance = rlimit()
      let lockedMemory: __rlimit_resource_t = 8  // RLIMIT_MEMLOCK, getrlimit(2): a macro that Swift does not import
      getrlimit(lockedMemory, &allowance)
      let onFault: CInt = 4  // MCL_ONFAULT, mlockall(2): lock what is used, not what is reserved
      if allowance.rlim_cur != rlim_t.max || mlockall(Int32(MCL_CURRENT) | Int32(MCL_FUTURE) | onFault) != 0 {
        missing.append("memory is not locked: swap must be encrypted or off (ulimit -l unlimited locks it)")
      }
    #else
      if setrlimit(RLIMIT_CORE, &none) != 0 { missing.append("core dumps stay possible") }
    #endif
    return missing
  }

  #if os(Linux)
    /// Leaves every mapping out of whatever core dump there may be; says whether it could.
    private static func keepMemoryOutOfCoreDumps() -> Bool {
      let filter = open("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC)
      guard filter >= 0 else { return false }
      defer { close(filter) }
      return write(filter, "0", 1) == 1
    }
  #endif
}
