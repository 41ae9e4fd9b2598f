// Replies of STS in the forms that AWS, moto and this project's own service write, and in forms that none should.

import AWSJSON
import AWSSigV4
import SecureMemory
import Testing

@testable import AWSClient

@Suite("Replies of STS")
struct STSReplyTests {
  private static let expected = Credentials(
    accessKeyID: "ASIAIOSFODNN7EXAMPLE", secretAccessKey: SecretBytes("wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY".utf8),
    sessionToken: "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22w==",
    expiration: SigningTime(secondsSinceEpoch: 1_573_690_983))  // 2019-11-14T00:23:03Z

  private static let members = """
    <AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId>\
    <SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY</SecretAccessKey>\
    <SessionToken>AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22w==</SessionToken>\
    <Expiration>2019-11-14T00:23:03Z</Expiration>
    """

  private func read(_ body: String, status: Int = 200) throws(CredentialsError) -> STSReply {
    try STSReply(TransportResponse(statusCode: status, headers: [], body: Array(body.utf8)), to: "AssumeRole")
  }

  @Test(
    "credentials in every spelling",
    arguments: [
      // This project's service, in one line.
      """
      <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>\
      <AssumedRoleUser><AssumedRoleId>AROA:s</AssumedRoleId><Arn>arn:aws:sts::111122223333:assumed-role/app/s</Arn>\
      </AssumedRoleUser><Credentials>\(members)</Credentials><PackedPolicySize>6</PackedPolicySize>\
      </AssumeRoleResult><ResponseMetadata><RequestId>c6104cbe</RequestId></ResponseMetadata></AssumeRoleResponse>
      """,
      // The API reference's example: many lines, white space around values.
      """
      <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/
      2011-06-15/">
        <AssumeRoleResult>
        <SourceIdentity>DevUser123</SourceIdentity>
          <AssumedRoleUser>
            <AssumedRoleId>ARO123EXAMPLE123:TestAR</AssumedRoleId>
            <Arn>arn:aws:sts::123456789012:assumed-role/demo/TestAR</Arn>
          </AssumedRoleUser>
          <Credentials>
            <AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId>
            <SecretAccessKey>
              wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY
            </SecretAccessKey>
            <SessionToken>
             AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22w==
            </SessionToken>
            <Expiration>2019-11-14T00:23:03Z</Expiration>
          </Credentials>
          <PackedPolicySize>8</PackedPolicySize>
        </AssumeRoleResult>
        <ResponseMetadata>
          <RequestId>c6104cbe-af31-11e0-8154-cbc7ccf896c7</RequestId>
        </ResponseMetadata>
      </AssumeRoleResponse>
      """,
      // moto: a declaration, milliseconds, another order.
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <AssumeRoleResult>
          <Credentials>
            <SessionToken>AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22w==</SessionToken>
            <SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLEKEY</SecretAccessKey>
            <Expiration>2019-11-14T00:23:03.000Z</Expiration>
            <AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId>
          </Credentials>
          <PackedPolicySize/>
        </AssumeRoleResult>
      </AssumeRoleResponse>

      """,
      // Prefixes, comments, instructions, both quotes, references.
      "\u{FEFF}"
        + """
        <!-- a -- b --><sts:AssumeRoleResponse xmlns:sts='x>y' a = "1" ><sts:AssumeRoleResult><?p i?>\
        <sts:Credentials><sts:AccessKeyId>ASIA&#73;OSFODNN7EXAMPLE</sts:AccessKeyId><!---->\
        <SecretAccessKey>wJalrXUtnFEMI&#x2f;K7MDENG&#47;bPxRfiCYzEXAMPLEKEY</SecretAccessKey >\
        <SessionToken>AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22w&#x3D;=</SessionToken>\
        <Expiration>2019-11-14T01:23:03+01:00</Expiration><New><A b="c"/><B>&lt;</B></New></sts:Credentials>\
        </sts:AssumeRoleResult></sts:AssumeRoleResponse><!-- end -->
        """,
    ])
  func spellings(body: String) throws {
    guard case .credentials(let credentials) = try read(body) else {
      Issue.record("an error was read")
      return
    }
    #expect(credentials == Self.expected)
  }

  private static let complete = "<Credentials>\(members)</Credentials>"

  private static func reply(_ inner: String) -> String {
    "<AssumeRoleResponse><AssumeRoleResult>\(inner)</AssumeRoleResult></AssumeRoleResponse>"
  }

  @Test(
    "what is no reply with credentials is refused, and nothing of it repeated",
    arguments: [
      "", "{}", "<", "<a", "<AssumeRoleResponse>", "text", "<html><body>login</body></html>",
      reply(""), reply("<Credentials/>"), reply("<Credentials>text</Credentials>"),
      reply(complete).replacing("AssumeRole", with: "GetFederationToken"),
      reply(complete) + "<more/>",
      reply(complete) + "text",
      reply("<Credentials>\(members)</Credentials"),
      reply("<Credentials>\(members)</Credential>"),
      reply("<Credentials a=b>\(members)</Credentials>"),
      reply("<Credentials a='<'>\(members)</Credentials>"),
      reply("<Credentials a='b'c='d'>\(members)</Credentials>"),
      reply(complete).replacing("EXAMPLEKEY", with: "EXAMPLE<b/>KEY"),
      reply(complete).replacing("ASIA", with: "ASIA/"),
      reply(complete).replacing("ASIA", with: "ASIA&"),
      reply(complete).replacing("ASIA", with: "ASIA&#0;"),
      reply(complete).replacing("ASIA", with: "ASIA&#xD800;"),
      reply(complete).replacing("ASIA", with: "ASIA&#99999999;"),
      reply(complete).replacing("ASIA", with: "ASIA&nbsp;"),
      reply(complete).replacing("ASIA", with: "ASIA\u{1}"),
      reply(complete).replacing("ASIA", with: "<![CDATA[ASIA]]>"),
      reply(complete).replacing("2019-11-14T", with: "2019-11-31T"),
      reply(complete).replacing("<SessionToken>A", with: "<SessionToken>A\nX-Evil: "),
      "<!DOCTYPE a [<!ENTITY b \"ASIA\">]>" + reply(complete),
    ])
  func malformed(body: String) { expectRefusal(of: body) }

  @Test("what is too deep or too long is refused")
  func bounds() {
    expectRefusal(of: Self.reply(String(repeating: "<a>", count: 20_000)))
    expectRefusal(
      of: Self.reply(String(repeating: "<a>", count: 20) + String(repeating: "</a>", count: 20) + Self.complete))
    expectRefusal(of: Self.reply(Self.complete + "<a>\(String(repeating: "x", count: 70_000))</a>"))
  }

  private func expectRefusal(of body: String) {
    do {
      let reply = try read(body)
      Issue.record("\(reply)")
    } catch {
      #expect(error.description.utf8.count < 120)
      #expect(!error.description.contains("ASIA") && !error.description.contains("EXAMPLEKEY"))
    }
  }

  @Test("the beginning of a reply is none, and none traps")
  func truncated() {
    let whole = Array(Self.reply("<Credentials b='c'>\(Self.members)<!-- d --></Credentials>").utf8)
    for length in stride(from: 0, to: whole.count, by: 5) {
      let response = TransportResponse(statusCode: 200, headers: [], body: Array(whole[..<length]))
      #expect(throws: CredentialsError.self) { try STSReply(response, to: "AssumeRole") }
    }
  }

  @Test(
    "errors",
    arguments: [
      (
        """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <Error>
            <Type>Sender</Type>
            <Code>AccessDenied</Code>
            <Message>User: x is not authorized to perform: sts:AssumeRole on &quot;y&quot;</Message>
          </Error>
          <RequestId>4f2f7a</RequestId>
        </ErrorResponse>
        """, "AccessDenied", "User: x is not authorized to perform: sts:AssumeRole on \"y\""
      ),
      ("<ErrorResponse><Error><Code>Throttling</Code><Detail/></Error></ErrorResponse>", "Throttling", nil),
      ("<html><h1>502 Bad Gateway</h1></html>", nil, nil),
      ("upstream connect error", nil, nil),
      ("", nil, nil),
    ] as [(String, String?, String?)])
  func errors(body: String, code: String?, message: String?) throws {
    guard case .error(let readCode, let readMessage) = try read(body, status: 403) else {
      Issue.record("credentials were read")
      return
    }
    #expect(readCode == code)
    #expect(readMessage == message)
  }
}
