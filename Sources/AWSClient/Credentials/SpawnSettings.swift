// What a shell is started with.

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

#if canImport(Darwin)
  typealias SpawnFileActions = posix_spawn_file_actions_t?
  typealias SpawnAttributes = posix_spawnattr_t?
#else
  typealias SpawnFileActions = posix_spawn_file_actions_t
  typealias SpawnAttributes = posix_spawnattr_t
#endif

/// Lends what a shell is started with: no input, its output to `output`, its messages to nowhere, a process group of its
/// own, and signals as if this process had changed nothing about them. Gives the code of the first call that failed.
func withSpawnSettings(
  output: CInt, _ body: (UnsafePointer<SpawnFileActions>, UnsafePointer<SpawnAttributes>) -> CInt
) -> CInt {
  #if canImport(Darwin)
    var (actions, attributes): (SpawnFileActions, SpawnAttributes) = (nil, nil)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_CLOEXEC_DEFAULT
  #else
    var (actions, attributes) = (SpawnFileActions(), SpawnAttributes())
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
  #endif
  var code = posix_spawn_file_actions_init(&actions)
  guard code == 0 else { return code }
  defer { posix_spawn_file_actions_destroy(&actions) }
  code = posix_spawnattr_init(&attributes)
  guard code == 0 else { return code }
  defer { posix_spawnattr_destroy(&attributes) }

  var noSignals = sigset_t()
  sigemptyset(&noSignals)
  var allSignals = sigset_t()
  sigfillset(&allSignals)
  sigdelset(&allSignals, SIGKILL)
  sigdelset(&allSignals, SIGSTOP)
  let steps: [CInt] = [
    // First: `output` may be one of the numbers that are opened anew below.
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO),
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0),
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0),
    posix_spawnattr_setflags(&attributes, Int16(flags)),
    posix_spawnattr_setpgroup(&attributes, 0),
    posix_spawnattr_setsigmask(&attributes, &noSignals),
    posix_spawnattr_setsigdefault(&attributes, &allSignals),
  ]
  return steps.first { $0 != 0 } ?? body(&actions, &attributes)
}
