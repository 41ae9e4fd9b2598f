// The four ways to name a key.

import KMSDomain
import Testing

@Suite struct KeyReferenceTests {
  static let id = IdentifierTests.uuid

  @Test func fourForms() throws {
    let id = try #require(KeyID(Self.id))
    let alias = try #require(AliasName("alias/app"))
    let home = try TestKey.home()
    #expect(try KeyReference(Self.id) == .keyID(id))
    #expect(try KeyReference("arn:aws:kms:eu-west-1:111122223333:key/\(Self.id)") == .keyARN(id, home))
    #expect(try KeyReference("alias/app") == .aliasName(alias))
    #expect(try KeyReference("arn:aws:kms:eu-west-1:111122223333:alias/app") == .aliasARN(alias, home))
  }

  @Test func arnsOfOtherPartitions() throws {
    let id = try #require(KeyID(Self.id))
    let home = try TestKey.home(region: "cn-north-1")
    #expect(try KeyReference("arn:aws-cn:kms:cn-north-1:111122223333:key/\(Self.id)") == .keyARN(id, home))
    #expect(home.keyARN(id) == "arn:aws-cn:kms:cn-north-1:111122223333:key/\(Self.id)")
  }

  @Test(arguments: ["", "app", "mrk-foo", "1234abcd12ab34cd56ef1234567890ab", "alias/a:b", "alias/"])
  func malformedIDs(text: String) {
    #expect(Self.fault(text)?.kind == .notFound)
    #expect(Self.fault(text)?.message == "Invalid keyId '\(text)'")
  }

  @Test func malformedIDInAnARN() {
    let fault = Self.fault("arn:aws:kms:eu-west-1:111122223333:key/nonsense")
    #expect(fault?.message == "Invalid keyId 'nonsense'")
  }

  @Test(arguments: [
    "arn:", "arn:aws:kms", "arn:aws:s3:eu-west-1:111122223333:key/x", "arn:aws:kms:eu-west-1:1111:key/x",
    "arn:aws:kms:EU:111122223333:key/x", "arn:aws-cn:kms:eu-west-1:111122223333:key/x",
    "arn:aws:kms:eu-west-1:111122223333:alias/", "arn:aws:kms:eu-west-1:111122223333:grant/x", "arn:::::",
  ])
  func malformedARNs(text: String) { #expect(Self.fault(text)?.kind == .invalidArn) }

  private static func fault(_ text: String) -> Fault? {
    do throws(Fault) {
      _ = try KeyReference(text)
      return nil
    } catch {
      return error
    }
  }
}
