// Credentials that a command prints.

public import AWSJSON
public import AWSSigV4
internal import SecureMemory

/// Runs a command for every set of credentials: what a profile's `credential_process` names.
///
/// The shell `/bin/sh -c` runs it, as other AWS tools do on POSIX systems, with this process's environment and no input.
/// It has to print one JSON object, at most 64 KiB, and exit with status 0:
///
///     {"Version": 1, "AccessKeyId": "…", "SecretAccessKey": "…", "SessionToken": "…", "Expiration": "2026-05-29T00:21:43Z"}
///
/// The last two may be left out. What it writes to its standard error is dropped: only the command knows whether that is
/// fit for logs. Its output is read into memory that is wiped.
///
/// Every request would run it again; ``CachingCredentialsProvider`` keeps what it printed until it expires. Source: AWS
/// SDKs and Tools Reference Guide, "Process credential provider".
public struct ProcessCredentialsProvider: CredentialsProvider {
  /// The longest output, in bytes.
  static let maximumOutput = 64 << 10

  private let command: String
  private let timeout: Duration

  /// Nothing runs yet.
  ///
  /// - Parameters:
  ///   - command: the shell's command line. It is run as it is: nothing of it may come from a stranger.
  ///   - timeout: how long it may take. Then, and when the caller is cancelled, it is killed with all processes of its
  ///     group.
  public init(command: String, timeout: Duration = .seconds(60)) {
    self.command = command
    self.timeout = timeout
  }

  /// What the command prints now.
  ///
  /// - Throws: `CredentialsError` saying how the command or its output failed, and nothing of either.
  public func credentials() async throws(CredentialsError) -> Credentials {
    let output: SecretBytes
    do {
      output = try await ShellCommand(command, timeout: timeout, maximumOutput: Self.maximumOutput).output()
    } catch .cancelled {
      throw .cancelled
    } catch {
      throw CredentialsError("credential_process: \(error)")
    }
    do {
      return try Self.read(output)
    } catch {
      throw CredentialsError("credential_process: \(error)")
    }
  }

  private static func read(_ output: SecretBytes) throws(CredentialsError) -> Credentials {
    var json = output.withUnsafeBytes { [UInt8]($0) }
    defer { SecretBytes.wipe(&json) }
    return try CredentialsDocument(json, tokenMember: "SessionToken", requiresVersion: true).credentials
  }
}

extension ProcessCredentialsProvider: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Nothing of the command: people put passwords into command lines.
  public var description: String { "ProcessCredentialsProvider(<redacted>)" }
  /// The same as ``description``.
  public var debugDescription: String { description }
  /// Shows the time limit only.
  public var customMirror: Mirror { Mirror(self, children: ["timeout": timeout]) }
}
