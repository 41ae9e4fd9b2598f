// Runs a command of the shell and collects what it prints, within bounds.

internal import NIOPosix
internal import SecureMemory
internal import Synchronization

#if canImport(Glibc)
  @preconcurrency internal import Glibc
#elseif canImport(Musl)
  @preconcurrency internal import Musl
#elseif canImport(Darwin)
  @preconcurrency internal import Darwin
#endif

/// One run of a command, in a process group of its own.
///
/// A thread of its own waits for it. Foundation's `Process` would do, but comes with all of Foundation and collects the
/// output in memory that is not wiped.
final class ShellCommand: Sendable {
  /// Why there is no output.
  enum Failure: Error, Equatable, CustomStringConvertible {
    /// A system call failed.
    case system(CInt)
    case timeout(Duration)
    case outputTooLong(Int)
    case exit(status: CInt)
    case signal(CInt)
    case cancelled

    var description: String {
      switch self {
      case .system(let code): "the command could not be run: \(String(cString: strerror(code)))"
      case .timeout(let limit): "the command was killed: it took longer than \(limit)"
      case .outputTooLong(let limit): "the command was killed: it printed more than \(limit) bytes"
      case .exit(let status): "the command failed with exit status \(status); run it by hand to see why"
      case .signal(let number): "the command was ended by signal \(number)"
      case .cancelled: "the command was killed: nobody waits for it any more"
      }
    }
  }

  /// How often a waiting thread looks whether it is to give up.
  private static let tick = Duration.milliseconds(20)
  /// A pipe can be kept from other programs only after it was made; meanwhile no second command may start, or it would
  /// hold the first one's output open.
  private static let starting = Mutex(())

  private let command: String
  private let timeout: Duration
  private let maximumOutput: Int
  private let isCancelled = Mutex(false)

  init(_ command: String, timeout: Duration, maximumOutput: Int) {
    self.command = command
    self.timeout = timeout
    self.maximumOutput = maximumOutput
  }

  /// Runs the command; what it printed, once it has exited with status 0.
  func output() async throws(Failure) -> SecretBytes {
    let pool = NIOThreadPool(numberOfThreads: 1)
    pool.start()
    let result = await withTaskCancellationHandler {
      do {
        return try await pool.runIfActive { Result { () throws(Failure) in try self.run() } }
      } catch {
        return Result<SecretBytes, Failure>.failure(.cancelled)
      }
    } onCancel: {
      isCancelled.withLock { $0 = true }
    }
    // Its only work is done, so this ends at once and cannot fail.
    try? await pool.shutdownGracefully()
    return try result.get()
  }

  // MARK: On the thread

  private func run() throws(Failure) -> SecretBytes {
    let deadline = ContinuousClock.now + timeout
    let (process, output) = try start()
    defer { close(output) }
    let status: CInt
    let bytes: SecretBytes
    do {
      bytes = try collect(output, until: deadline)
      status = try wait(for: process, until: deadline)
    } catch {
      // Somebody else has waited for it, and its number may be another's by now.
      if error == .system(ECHILD) { throw error }
      // It has not been waited for, so nobody else can have its number, which is its group's.
      kill(-process, SIGKILL)
      while waitpid(process, nil, 0) < 0, errno == EINTR {}
      throw error
    }
    let signal = status & 0x7F
    guard signal == 0 else { throw .signal(signal) }
    let code = status >> 8 & 0xFF
    guard code == 0 else { throw .exit(status: code) }
    return bytes
  }

  private func checkPatience(_ deadline: ContinuousClock.Instant) throws(Failure) {
    if isCancelled.withLock({ $0 }) { throw .cancelled }
    if ContinuousClock.now >= deadline { throw .timeout(timeout) }
  }

  /// All that is written to a pipe until its last writer is gone.
  private func collect(
    _ descriptor: CInt, until deadline: ContinuousClock.Instant
  ) throws(Failure) -> SecretBytes {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: maximumOutput + 1, alignment: 16)
    var count = 0
    defer {
      SecretBytes.wipe(UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
      buffer.deallocate()
    }
    while count <= maximumOutput {
      try checkPatience(deadline)
      var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&poller, 1, CInt(Self.tick / .milliseconds(1)))
      if ready == 0 { continue }
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
      let length = ready < 0 ? -1 : read(descriptor, rest.baseAddress, rest.count)
      if length == 0 { return SecretBytes(copying: UnsafeRawBufferPointer(rebasing: buffer[..<count])) }
      if length > 0 { count += length } else if errno != EINTR { throw .system(errno) }
    }
    throw .outputTooLong(maximumOutput)
  }

  /// The status that the process ends with. Having closed its output it is about to, as a rule.
  private func wait(for process: pid_t, until deadline: ContinuousClock.Instant) throws(Failure) -> CInt {
    var status: CInt = 0
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { return status }
      if ended < 0, errno != EINTR { throw .system(errno) }
      try checkPatience(deadline)
      usleep(1_000)
    }
  }

  // MARK: Starting

  /// Starts the shell; its process, which leads its group, and the end of the pipe that it prints to.
  private func start() throws(Failure) -> (process: pid_t, output: CInt) {
    guard !command.utf8.contains(0) else { throw .system(EINVAL) }
    return try Self.starting.withLock { _ throws(Failure) in
      let (reading, writing) = try makePipe()
      defer { close(writing) }
      var process: pid_t = 0
      let code = withSpawnSettings(output: writing) { actions, attributes in
        var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/sh"), strdup("-c"), strdup(command), nil]
        defer { for argument in arguments { free(argument) } }
        return posix_spawn(&process, "/bin/sh", actions, attributes, &arguments, environ)
      }
      guard code == 0 else {
        close(reading)
        throw .system(code)
      }
      return (process, reading)
    }
  }

  /// A pipe whose ends programs that are started later do not inherit.
  private func makePipe() throws(Failure) -> (reading: CInt, writing: CInt) {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0, let reading = ends.first, let writing = ends.last else { throw .system(errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (reading, writing)
  }
}
