// Credentials as JSON, and the times in them.

import AWSJSON
import AWSSigV4
import SecureMemory
import Testing

@testable import AWSClient

@Suite("Credentials documents")
struct CredentialsDocumentTests {
  @Test(
    "documents of processes and services",
    arguments: [
      (
        #"{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":"s","SessionToken":"t","Expiration":"2026-07-25T17:20:00Z"}"#,
        "SessionToken", true, "t", 1_785_000_000
      ),
      (#"{"Version": 1, "AccessKeyId": "AKID", "SecretAccessKey": "s"}"#, "SessionToken", true, nil, nil),
      (
        #"{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":"s","SessionToken":"","Expiration":null}"#,
        "SessionToken", true, nil, nil
      ),
      (
        #"{"Code":"Success","Token":"t","x":{"AccessKeyId":"no"},"AccessKeyId":"AKID","SecretAccessKey":"\u0073"}"#,
        "Token", false, "t", nil
      ),
      (#"{"AccessKeyId":"AKID","SecretAccessKey":"s","SessionToken":5,"Token":"t"}"#, "Token", false, "t", nil),
    ] as [(String, String, Bool, String?, Int64?)])
  func documents(json: String, member: String, versioned: Bool, token: String?, expiration: Int64?) throws {
    let document = try CredentialsDocument(Array(json.utf8), tokenMember: member, requiresVersion: versioned)
    #expect(
      document.credentials
        == Credentials(
          accessKeyID: "AKID", secretAccessKey: SecretBytes("s".utf8), sessionToken: token,
          expiration: expiration.map(SigningTime.init(secondsSinceEpoch:))))
  }

  @Test(
    "what is no such document is refused, and nothing of it repeated",
    arguments: [
      "", "AKID hunter2", "[]", "null", #"{"AccessKeyId":"AKID"}"#, #"{"SecretAccessKey":"hunter2"}"#,
      #"{"Version":2,"AccessKeyId":"AKID","SecretAccessKey":"hunter2"}"#,
      #"{"Version":"1","AccessKeyId":"AKID","SecretAccessKey":"hunter2"}"#,
      #"{"AccessKeyId":"AKID","SecretAccessKey":"hunter2"}"#,
      #"{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":"hunter2"} x"#,
      #"{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":""}"#,
      #"{"Version":1,"AccessKeyId":"AKID\r\nX: 1","SecretAccessKey":"hunter2"}"#,
      #"{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":"hunter2","SessionToken":"a b"}"#,
      #"{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":"hunter2","Expiration":"soon"}"#,
      #"{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":"hunter2","Expiration":""}"#,
      #"{"Version":1,"AccessKeyId":"AKID","SecretAccessKey":{"hunter2":1}}"#,
    ])
  func malformed(json: String) {
    do {
      let document = try CredentialsDocument(Array(json.utf8), tokenMember: "SessionToken", requiresVersion: true)
      Issue.record("\(document.credentials)")
    } catch {
      #expect(!error.description.contains("hunter2") && !error.description.contains("AKID"))
    }
  }

  @Test(
    "times",
    arguments: [
      ("2026-07-25T17:20:00Z", 1_785_000_000), ("2026-07-25T17:20:00.999999Z", 1_785_000_000),
      ("2026-07-25T19:20:00+02:00", 1_785_000_000), ("2026-07-25T13:50:00-0330", 1_785_000_000),
      ("2026-07-25T17:20:00+00:00", 1_785_000_000), ("1969-12-31T23:59:59Z", -1),
      ("2026-07-25T17:20:00", nil), ("2026-07-25 17:20:00Z", nil), ("2026-02-29T00:00:00Z", nil),
      ("2026-07-25T17:20:00.Z", nil), ("2026-07-25T17:20:00Z1", nil), ("2026-07-25T17:20:00+25:00", nil),
      ("2026-07-25T17:20:00+2:00", nil), ("2026-07-25T17:20:00+02:000", nil), ("20260725T172000Z", nil), ("", nil),
      ("2026-07-25T1x:20:00Z", nil), ("+026-07-25T17:20:00Z", nil),
    ] as [(String, Int64?)])
  func times(text: String, seconds: Int64?) {
    #expect(SigningTime(dateTime: text)?.secondsSinceEpoch == seconds)
  }
}
