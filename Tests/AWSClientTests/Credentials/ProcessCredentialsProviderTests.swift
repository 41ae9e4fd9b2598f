// Commands that print credentials, and all the ways in which they do not.

import AWSJSON
import AWSSigV4
import SecureMemory
import Testing

@testable import AWSClient

@Suite("Process credentials")
struct ProcessCredentialsProviderTests {
  private func credentials(_ command: String, timeout: Duration = .seconds(20)) async throws -> Credentials {
    try await ProcessCredentialsProvider(command: command, timeout: timeout).credentials()
  }

  private func failure(_ command: String, timeout: Duration = .seconds(20)) async -> String? {
    do {
      _ = try await ProcessCredentialsProvider(command: command, timeout: timeout).credentials()
      return nil
    } catch {
      return error.description
    }
  }

  @Test("temporary credentials")
  func temporary() async throws {
    let credentials = try await credentials(
      #"""
      echo 'to be dropped' >&2
      printf '{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "s\u002f3cr3t",'
      echo '"SessionToken": "t0k3n", "Expiration": "2026-05-29T00:21:43+00:00", "AccountId": "1"}'
      """#)
    #expect(
      credentials
        == Credentials(
          accessKeyID: "AKID", secretAccessKey: SecretBytes("s/3cr3t".utf8), sessionToken: "t0k3n",
          expiration: SigningTime(timestamp: "20260529T002143Z")))
  }

  @Test("long-term credentials, from a command line with quotes and variables")
  func longTerm() async throws {
    let credentials = try await credentials(
      #"key="A KID"; [ -n "$PATH" ] && printf '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"s"}' "${key#A }""#)
    #expect(credentials == Credentials(accessKeyID: "KID", secretAccessKey: SecretBytes("s".utf8)))
    #expect(credentials.expiration == nil)
  }

  @Test(
    "failures tell nothing of the command or its output",
    arguments: [
      ("echo hunter2; echo hunter2 >&2; exit 3", "the command failed with exit status 3; run it by hand to see why"),
      ("no-such-hunter2", "the command failed with exit status 127; run it by hand to see why"),
      ("kill -9 $$ # hunter2", "the command was ended by signal 9"),
      ("yes hunter2", "the command was killed: it printed more than 65536 bytes"),
      ("echo hunter2", "the document with the credentials cannot be read: The body is not valid JSON (at byte 0)"),
      ("true", "the document with the credentials cannot be read: The body is not valid JSON (at byte 0)"),
      ("echo '{\"Version\": 2}'", "the document with the credentials is not of Version 1"),
      ("echo '{\"Version\": 1, \"AccessKeyId\": \"A\"}'", "the document has no AccessKeyId or no SecretAccessKey"),
      ("hunter2\0", "the command could not be run: Invalid argument"),
    ])
  func failures(command: String, reason: String) async {
    #expect(await failure(command) == "credential_process: \(reason)")
  }

  @Test("the time limit ends the whole group, also one whose leader has closed its output")
  func timeout() async throws {
    for command in ["sleep 60 & sleep 60", "exec >&-; sleep 60"] {
      let start = ContinuousClock.now
      #expect(
        await failure(command, timeout: .milliseconds(30))
          == "credential_process: the command was killed: it took longer than 0.03 seconds")
      #expect(ContinuousClock.now - start < .seconds(10))
    }
  }

  @Test("cancelling ends the command")
  func cancelled() async throws {
    let start = ContinuousClock.now
    let task = Task { await failure("sleep 60") }
    try await Task.sleep(for: .milliseconds(20))
    task.cancel()
    #expect(await task.value == CredentialsError.cancelled.description)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test("commands run side by side")
  func concurrent() async throws {
    let start = ContinuousClock.now
    await withTaskGroup(of: String?.self) { group in
      for _ in 0..<8 { group.addTask { await failure("sleep 0.05; exit 4") } }
      for await text in group {
        #expect(text == "credential_process: the command failed with exit status 4; run it by hand to see why")
      }
    }
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test("a provider does not print its command")
  func redaction() {
    let provider = ProcessCredentialsProvider(command: "login --password hunter2")
    var dumped = ""
    dump(provider, to: &dumped)
    for text in [dumped, "\(provider)", String(reflecting: provider)] { #expect(!text.contains("hunter2")) }
  }
}
