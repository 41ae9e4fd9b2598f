// Giving way to everything else.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The scheduling of the calling thread.
enum ThreadPriority {
  /// Gives the calling thread about a third of what others get that want the processor as well. Best effort.
  static func lower() {
    #if os(Linux)
      // On Linux 0 means the calling thread.
      _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 5)
    #elseif canImport(Darwin)
      pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0)
    #endif
  }

  /// Lets the calling thread run only when nothing else wants the processor. Best effort: what the system refuses is left as it is.
  static func lowerToIdle() {
    #if os(Linux)
      var parameters = sched_param()
      parameters.sched_priority = 0
      let idlePolicy: Int32 = 5  // SCHED_IDLE, sched(7): not among the constants Swift imports
      // On Linux 0 means the calling thread for both calls.
      if sched_setscheduler(0, idlePolicy, &parameters) != 0 {
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
      }
    #elseif canImport(Darwin)
      pthread_set_qos_class_self_np(QOS_CLASS_BACKGROUND, 0)
    #endif
  }
}
