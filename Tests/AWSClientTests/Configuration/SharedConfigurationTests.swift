// Where the shared files are, how they are read, and what both together say.

import FoundationEssentials
import SecureMemory
import Testing

@testable import AWSClient

@Suite("Shared configuration")
struct SharedConfigurationTests {
  @Test(
    "the files' places",
    arguments: [
      (["HOME": "/home/app"], "/home/app/.aws/config", "/home/app/.aws/credentials"),
      (["HOME": "/home/app/"], "/home/app/.aws/config", "/home/app/.aws/credentials"),
      (["HOME": "/h", "AWS_CONFIG_FILE": "~/c", "AWS_SHARED_CREDENTIALS_FILE": "/etc/k"], "/h/c", "/etc/k"),
      (
        ["HOME": "/h", "AWS_CONFIG_FILE": "~other/c", "AWS_SHARED_CREDENTIALS_FILE": ""], "~other/c",
        "/h/.aws/credentials"
      ),
      (["AWS_CONFIG_FILE": "c"], "c", nil),
      (["HOME": ""], nil, nil),
    ] as [([String: String], String?, String?)])
  func places(environment: [String: String], configuration: String?, credentials: String?) {
    let locations = SharedFileLocations(DictionaryEnvironment(environment))
    #expect(locations.configuration == configuration)
    #expect(locations.credentials == credentials)
  }

  @Test("the credentials file wins, and brings its access key as a whole")
  func merge() async throws {
    let files = DictionaryFiles(
      config: """
        [default]
        region = eu-central-1
        output = json
        aws_access_key_id = OLD
        aws_secret_access_key = old
        aws_session_token = old
        [profile a]
        aws_access_key_id = A
        aws_secret_access_key = a
        aws_session_token = t
        """,
      credentials: """
        [default]
        aws_access_key_id = NEW
        aws_secret_access_key = new
        output = text
        [a]
        region = eu-west-1
        [b]
        region = eu-west-2
        """)
    let shared = try await SharedConfiguration(["HOME": "/home/app"] as DictionaryEnvironment, files: files)
    let standard = try #require(shared.profile("default"))
    #expect(
      standard.settings == ["region": "eu-central-1", "output": "text", "aws_access_key_id": "NEW"])
    #expect(standard.secretAccessKey == SecretBytes("new".utf8))
    let a = try #require(shared.profile("a"))
    #expect(a.settings == ["aws_access_key_id": "A", "aws_session_token": "t", "region": "eu-west-1"])
    #expect(a.secretAccessKey == SecretBytes("a".utf8))
    #expect(shared.profile("b")?.settings == ["region": "eu-west-2"])
    #expect(shared.profile("c") == nil)
  }

  @Test("files that are not there are empty")
  func absent() async throws {
    let shared = try await SharedConfiguration(["HOME": "/home/app"] as DictionaryEnvironment, files: DictionaryFiles())
    #expect(shared.profile("default") == nil)
  }

  @Test("the file system: content, absence, what is no file, and the size limit")
  func fileSystem() async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "keywright-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let file = directory + "/config"
    let files = FileSystem()

    #expect(try await files.content(of: file) == nil)
    #expect(try await files.content(of: "/dev/null") == SecretBytes([]))
    #expect(FileManager.default.createFile(atPath: file, contents: Data("[default]".utf8)))
    #expect(try await files.content(of: file) == SecretBytes("[default]".utf8))
    #expect(try await files.content(of: file + "/below") == nil)

    let largest = Data(count: FileSystem.maximumBytes)
    #expect(FileManager.default.createFile(atPath: file, contents: largest))
    #expect(try await files.content(of: file)?.count == FileSystem.maximumBytes)
    #expect(FileManager.default.createFile(atPath: file, contents: largest + [0]))
    await #expect(
      throws: ConfigurationError.sharedFile(path: file, line: nil, reason: "it is larger than 1048576 bytes")
    ) {
      try await files.content(of: file)
    }
    await #expect(throws: ConfigurationError.self) { try await files.content(of: directory) }
  }
}
