// What is a policy document and what is not, and what a document means.

import KMSDomain
import Testing

@testable import KMSAccess

@Suite struct PolicyParsingTests {
  private static let account = AccountID("111122223333")

  // MARK: Accepted

  @Test(arguments: [
    // One statement or a list.
    #"{"Statement":{\#(PolicyText.allowAccount)}}"#, #"{"Statement":[{\#(PolicyText.allowAccount)}]}"#,
    PolicyText.document(PolicyText.allowAccount, PolicyText.allowAccount),
    "\t\n\r " + PolicyText.allow() + "\n",
    PolicyText.document(PolicyText.allowAccount, version: "2008-10-17"),
    // Sids: absent, empty any number of times, with spaces.
    PolicyText.document(#""Sid":"","# + PolicyText.allowAccount, #""Sid":"","# + PolicyText.allowAccount),
    PolicyText.document(#""Sid":"Enable IAM User Permissions","# + PolicyText.allowAccount),
    // Every kind of principal.
    PolicyText.allow(#""*""#), PolicyText.allow(#"{"AWS":"*"}"#), PolicyText.allow(#"{"AWS":"111122223333"}"#),
    PolicyText.allow(#"{"AWS":["444455556666","arn:aws:iam::777788889999:role/path/R"]}"#),
    PolicyText.allow(#"{"AWS":"arn:aws:sts::444455556666:assumed-role/R/S"}"#),
    PolicyText.allow(#"{"AWS":"arn:aws:sts::444455556666:federated-user/N"}"#),
    PolicyText.allow(#"{"Service":"logs.eu-west-1.amazonaws.com"}"#),
    PolicyText.allow(#"{"Service":["s3.amazonaws.com","ec2.amazonaws.com.cn"],"AWS":"111122223333"}"#),
    PolicyText.allow(#"{"Federated":"cognito-identity.amazonaws.com"}"#),
    PolicyText.allow(#"{"Federated":["accounts.google.com","arn:aws:iam::111122223333:saml-provider/X"]}"#),
    PolicyText.allow(#"{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.example.com/id"}"#),
    // A statement that lacks its action or its resource does nothing.
    PolicyText.document(#""Effect":"Allow","Principal":"*","Resource":"*""#),
    PolicyText.document(#""Effect":"Allow","Principal":"*","Action":"kms:*""#),
    PolicyText.document(
      #""Effect":"Deny","NotPrincipal":{"AWS":"111122223333"},"NotAction":["kms:Get*"],"NotResource":"*""#),
    PolicyText.allow(action: #"["kms:Encrypt","kms:decrypt","KMS:Re*","s3:GetObject","*"]"#),
    PolicyText.allow(action: #""*:*""#), PolicyText.allow(resource: #"["*","arn:aws:kms:*:111122223333:key/*"]"#),
    // Conditions.
    PolicyText.condition("{}"), PolicyText.condition(#"{"StringEquals":{}}"#),
    PolicyText.condition(#"{"StringEquals":{"kms:CallerAccount":"111122223333","kms:ViaService":["a","b"]}}"#),
    PolicyText.condition(
      #"{"Bool":{"aws:SecureTransport":true,"kms:MultiRegion":"False"},"Null":{"aws:TokenIssueTime":"true"}}"#),
    PolicyText.condition(#"{"NumericLessThanIfExists":{"kms:RotationPeriodInDays":365,"aws:EpochTime":[1.5,"2e3"]}}"#),
    PolicyText.condition(#"{"ForAnyValue:StringLikeIfExists":{"kms:EncryptionContextKeys":"a*"}}"#),
    PolicyText.condition(#"{"ForAllValues:StringEquals":{"kms:EncryptionContextKeys":["a"],"aws:TagKeys":"b"}}"#),
    PolicyText.condition(#"{"StringEquals":{"accounts.google.com:sub":"x","kms:EncryptionContext:a b:c":"☃"}}"#),
  ])
  func accepted(text: String) throws {
    let policy = try KeyPolicy(text, partition: "aws")
    #expect(!policy.statements.isEmpty)
  }

  @Test(arguments: ConditionOperator.allCases)
  func everyOperator(comparison: ConditionOperator) throws {
    let value =
      switch comparison.family {
      case .text, .bool, .presence: "true"
      case .number: "1"
      case .instant: "2024-02-29T12:00:00Z"
      case .binary: "dHJ1ZQ=="
      case .address: "192.0.2.0/24"
      case .arn: "arn:aws:iam::*:role/*"
      }
    for prefix in ["", "ForAnyValue:", "ForAllValues:"] {
      for suffix in ["", "IfExists"] where suffix.isEmpty || comparison != .null {
        let name = prefix + comparison.rawValue + suffix
        let text = PolicyText.condition(#"{"\#(name)":{"AWS:SourceIp":"\#(value)"}}"#)
        let condition = try #require(try KeyPolicy(text, partition: "aws").statements.first?.conditions.first)
        #expect(condition.comparison == comparison)
        #expect(condition.qualifier.map { $0.rawValue + ":" } ?? "" == prefix)
        #expect(condition.ifExists == !suffix.isEmpty)
        #expect(condition.key == "aws:sourceip")
        #expect(condition.values == [value])
      }
    }
  }

  // MARK: Refused

  @Test(arguments: [
    ("", PolicyError.notJSON), ("not json", .notJSON), (#"{"Statement":[]"#, .notJSON),
    (PolicyText.allow() + "x", .notJSON),
    (String(repeating: "[", count: 100_000), .notJSON), ("\u{FEFF}" + PolicyText.allow(), .notJSON),
    ("[]", .notAnObject), (#""text""#, .notAnObject), ("null", .notAnObject), ("1", .notAnObject),
    ("{}", .missingMember("Statement")), (#"{"statement":[]}"#, .unknownMember("statement")),
    (#"{"Statement":[]}"#, .malformedMember("Statement")), (#"{"Statement":null}"#, .malformedMember("Statement")),
    (#"{"Statement":"x"}"#, .malformedMember("Statement")), (#"{"Statement":[[]]}"#, .malformedMember("Statement")),
    (#"{"Statement":{\#(PolicyText.allowAccount)},"Comment":"x"}"#, .unknownMember("Comment")),
    (#"{"Statement":{\#(PolicyText.allowAccount)},"Id":1}"#, .malformedMember("Id")),
    (PolicyText.document(PolicyText.allowAccount, version: "2012-10-18"), .unknownVersion("2012-10-18")),
    (#"{"Version":20121017,"Statement":{\#(PolicyText.allowAccount)}}"#, .malformedMember("Version")),
    // Members twice, at every level.
    (#"{"Statement":{\#(PolicyText.allowAccount)},"Statement":[]}"#, .duplicateMember("Statement")),
    (PolicyText.allow(more: #","Effect":"Deny""#), .duplicateMember("Effect")),
    (PolicyText.allow(#"{"AWS":"111122223333","AWS":"*"}"#), .duplicateMember("AWS")),
    (PolicyText.condition(#"{"Bool":{"a:b":"true","a:b":"false"}}"#), .duplicateMember("a:b")),
    // Statements.
    (PolicyText.allow(more: #","Extra":1"#), .unknownMember("Extra")),
    (PolicyText.allow(more: #","action":"kms:*""#), .unknownMember("action")),
    (PolicyText.document(#""Principal":"*","Action":"kms:*","Resource":"*""#), .missingMember("Effect")),
    (PolicyText.document(#""Effect":"allow","Principal":"*""#), .unknownEffect("allow")),
    (PolicyText.document(#""Effect":true,"Principal":"*""#), .malformedMember("Effect")),
    (PolicyText.allow(more: #","Sid":7"#), .malformedMember("Sid")),
    (
      PolicyText.document(#""Sid":"a","# + PolicyText.allowAccount, #""Sid":"a","# + PolicyText.allowAccount),
      .duplicateSid("a")
    ),
    (PolicyText.allow(more: #","NotAction":"kms:*""#), .conflictingMembers("Action", "NotAction")),
    (PolicyText.allow(more: #","NotResource":"*""#), .conflictingMembers("Resource", "NotResource")),
    (PolicyText.allow(more: #","NotPrincipal":"*""#), .conflictingMembers("Principal", "NotPrincipal")),
    (PolicyText.allow(action: "[]"), .malformedMember("Action")),
    (PolicyText.allow(action: "1"), .malformedMember("Action")),
    (PolicyText.allow(action: #"["kms:*",1]"#), .malformedMember("Action")),
    (PolicyText.allow(action: #""Decrypt""#), .invalidAction("Decrypt")),
    (PolicyText.allow(action: #""k*:Decrypt""#), .invalidAction("k*:Decrypt")),
    (PolicyText.allow(action: #""*:Decrypt""#), .invalidAction("*:Decrypt")),
    (PolicyText.allow(resource: "null"), .malformedMember("Resource")),
    (PolicyText.allow(resource: #""key/x""#), .invalidResource("key/x")),
    // Principals.
    (PolicyText.document(#""Effect":"Allow","Action":"kms:*","Resource":"*""#), .noPrincipal),
    (PolicyText.allow("{}"), .noPrincipal), (PolicyText.allow("null"), .invalidPrincipal),
    (PolicyText.allow("[]"), .invalidPrincipal), (PolicyText.allow(#""111122223333""#), .invalidPrincipal),
    (PolicyText.allow(#"["*"]"#), .invalidPrincipal), (PolicyText.allow(#"{"AWS":[]}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"AWS":null}"#), .invalidPrincipal), (PolicyText.allow(#"{"AWS":""}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"AWS":["*",1]}"#), .invalidPrincipal), (PolicyText.allow(#"{"aws":"*"}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"AWS":"arn:aws:iam::111122223333:user/*"}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"AWS":"arn:aws:iam::111122223333:group/g"}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"AWS":"arn:aws-cn:iam::111122223333:root"}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"AWS":"AIDACKCEVSQ6C2EXAMPLE"}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"AWS":"logs.amazonaws.com"}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"AWS":["111122223333","x"]}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"CanonicalUser":"79a59df900b949e5"}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"Service":"*"}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"Service":"logs"}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"Service":".amazonaws.com"}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"Service":"logs.example.com"}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"Federated":"*"}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"Federated":"arn:aws:iam::111122223333:saml-provider/"}"#), .invalidPrincipal),
    (PolicyText.allow(#"{"Federated":"arn:aws:iam::111122223333:user/a"}"#), .invalidPrincipal),
    // Conditions.
    (PolicyText.condition("[]"), .malformedMember("Condition")),
    (PolicyText.condition(#"{"StringEquals":"x"}"#), .malformedMember("Condition")),
    (PolicyText.condition(#"{"StringEquals":{"a:b":null}}"#), .malformedMember("Condition")),
    (PolicyText.condition(#"{"StringEquals":{"a:b":[]}}"#), .malformedMember("Condition")),
    (PolicyText.condition(#"{"StringEquals":{"a:b":{}}}"#), .malformedMember("Condition")),
    (PolicyText.condition(#"{"StringEquals":{"ab":"x"}}"#), .invalidConditionKey("ab")),
    (PolicyText.condition(#"{"StringEquals":{":b":"x"}}"#), .invalidConditionKey(":b")),
    (PolicyText.condition(#"{"StringSame":{"a:b":"x"}}"#), .unknownOperator("StringSame")),
    (PolicyText.condition(#"{"StringSame":{}}"#), .unknownOperator("StringSame")),
    (PolicyText.condition(#"{"NullIfExists":{"a:b":"true"}}"#), .unknownOperator("NullIfExists")),
    (PolicyText.condition(#"{"ForSomeValues:Bool":{"a:b":"true"}}"#), .unknownOperator("ForSomeValues:Bool")),
    (
      PolicyText.condition(#"{"ForAnyValue:ForAnyValue:Bool":{"a:b":"true"}}"#),
      .unknownOperator("ForAnyValue:ForAnyValue:Bool")
    ),
    (PolicyText.condition(#"{"BoolIfExistsIfExists":{"a:b":"true"}}"#), .unknownOperator("BoolIfExistsIfExists")),
    (PolicyText.condition(#"{"IfExists":{"a:b":"true"}}"#), .unknownOperator("IfExists")),
    (PolicyText.condition(#"{"Bool":{"a:b":"yes"}}"#), .invalidConditionValue(operator: "Bool")),
    (PolicyText.condition(#"{"Null":{"a:b":["true","1"]}}"#), .invalidConditionValue(operator: "Null")),
    (PolicyText.condition(#"{"NumericEquals":{"a:b":"many"}}"#), .invalidConditionValue(operator: "NumericEquals")),
    (PolicyText.condition(#"{"NumericEquals":{"a:b":"inf"}}"#), .invalidConditionValue(operator: "NumericEquals")),
    // What an operator cannot compare.
    (PolicyText.condition(#"{"NumericEquals":{"a:b":"0x10"}}"#), .invalidConditionValue(operator: "NumericEquals")),
    (PolicyText.condition(#"{"NumericEquals":{"a:b":["1",""]}}"#), .invalidConditionValue(operator: "NumericEquals")),
    (PolicyText.condition(#"{"NumericEquals":{"a:b":"1e999"}}"#), .invalidConditionValue(operator: "NumericEquals")),
    (PolicyText.condition(#"{"DateEquals":{"a:b":"soon"}}"#), .invalidConditionValue(operator: "DateEquals")),
    (PolicyText.condition(#"{"DateLessThan":{"a:b":true}}"#), .invalidConditionValue(operator: "DateLessThan")),
    (
      PolicyText.condition(#"{"DateGreaterThanIfExists":{"a:b":"2023-02-29"}}"#),
      .invalidConditionValue(operator: "DateGreaterThanIfExists")
    ),
    (PolicyText.condition(#"{"BinaryEquals":{"a:b":"AQI"}}"#), .invalidConditionValue(operator: "BinaryEquals")),
    (PolicyText.condition(#"{"BinaryEquals":{"a:b":"AQJ="}}"#), .invalidConditionValue(operator: "BinaryEquals")),
    (PolicyText.condition(#"{"BinaryEquals":{"a:b":"A Q I="}}"#), .invalidConditionValue(operator: "BinaryEquals")),
    (PolicyText.condition(#"{"IpAddress":{"a:b":"10.0.0.0/33"}}"#), .invalidConditionValue(operator: "IpAddress")),
    (PolicyText.condition(#"{"IpAddress":{"a:b":["::/0","x"]}}"#), .invalidConditionValue(operator: "IpAddress")),
    (PolicyText.condition(#"{"NotIpAddress":{"a:b":"*"}}"#), .invalidConditionValue(operator: "NotIpAddress")),
    (PolicyText.condition(#"{"ArnEquals":{"a:b":"alice"}}"#), .invalidConditionValue(operator: "ArnEquals")),
    (PolicyText.condition(#"{"ArnLike":{"a:b":"arn:aws:iam::*"}}"#), .invalidConditionValue(operator: "ArnLike")),
    (PolicyText.condition(#"{"ArnLike":{"a:b":"${aws:x}*"}}"#), .invalidConditionValue(operator: "ArnLike")),
    (PolicyText.condition(#"{"NumericEquals":{"a:b":"${aws:x}"}}"#), .invalidConditionValue(operator: "NumericEquals")),
    // Variables that are none.
    (PolicyText.condition(#"{"StringLike":{"a:b":"${aws:x"}}"#), .invalidConditionValue(operator: "StringLike")),
    (PolicyText.condition(#"{"StringEquals":{"a:b":"${}"}}"#), .invalidConditionValue(operator: "StringEquals")),
    (PolicyText.condition(#"{"StringEquals":{"a:b":"${a:b, c}"}}"#), .invalidConditionValue(operator: "StringEquals")),
    (PolicyText.condition(#"{"StringEquals":{"a:b":"${a:b,'c}"}}"#), .invalidConditionValue(operator: "StringEquals")),
    (
      PolicyText.condition(#"{"StringEquals":{"a:b":"${a:${b}}"}}"#), .invalidConditionValue(operator: "StringEquals")
    ),
    (PolicyText.allow(resource: #""arn:aws:kms:*:*:${""#), .invalidResource("arn:aws:kms:*:*:${")),
    // What any request without the key would fulfil.
    (
      PolicyText.condition(#"{"ForAllValues:StringEquals":{"kms:EncryptionContext:Team":"x"}}"#),
      .overlyPermissiveCondition("kms:encryptioncontext:team")
    ),
    (
      PolicyText.condition(#"{"ForAllValues:StringLikeIfExists":{"AWS:RequestTag/a":"x"}}"#),
      .overlyPermissiveCondition("aws:requesttag/a")
    ),
  ])
  func refused(text: String, error: PolicyError) {
    #expect(throws: error, "\(text.prefix(200))") { try KeyPolicy(text, partition: "aws") }
  }

  @Test func publishedTexts() {
    #expect(
      PolicyError.invalidPrincipal.description == "Policy contains a statement with one or more invalid principals.")
    #expect(PolicyError.overlyPermissiveCondition("a:b").description.hasPrefix("OverlyPermissiveCondition: "))
  }

  @Test func partitions() throws {
    let text = PolicyText.allow(#"{"AWS":"arn:aws-cn:iam::111122223333:root"}"#)
    #expect(try KeyPolicy(text, partition: "aws-cn").statements.count == 1)
    #expect(throws: PolicyError.invalidPrincipal) { try KeyPolicy(PolicyText.allow(), partition: "aws-cn") }
  }

  // MARK: Meaning

  @Test func everythingAStatementSays() throws {
    let text = """
      {"Version":"2012-10-17","Id":"k\\u0031","Statement":[
        {"Sid":"One","Effect":"Deny","NotPrincipal":{"AWS":["111122223333","arn:aws:iam::444455556666:user/a"]},
         "NotAction":"kms:Get*","Resource":"arn:aws:kms:*:*:key/*",
         "Condition":{"ForAnyValue:StringLike":{"kms:EncryptionContext:Team":["a","b"]},"Bool":{"aws:SecureTransport":false}}},
        {"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com","Federated":"accounts.google.com"},"Action":["kms:a","kms:b"]}]}
      """
    let policy = try KeyPolicy(text, partition: "aws")
    #expect(policy.version == "2012-10-17")
    #expect(policy.id == "k1")
    try #require(policy.statements.count == 2)
    let one = policy.statements[0]
    #expect(one.sid == "One")
    #expect(one.effect == .deny)
    let account = try #require(Self.account)
    let user = try #require(PrincipalARN("arn:aws:iam::444455556666:user/a"))
    #expect(one.principals == .allBut([.account(account), .identity(user)]))
    #expect(one.actions == .allBut([try #require(ActionPattern("kms:Get*"))]))
    #expect(one.resources == .only([try #require(ResourcePattern("arn:aws:kms:*:*:key/*", hasVariables: true))]))
    #expect(
      one.conditions == [
        try #require(
          PolicyCondition(
            comparison: .stringLike, qualifier: .forAnyValue, ifExists: false, key: "kms:encryptioncontext:team",
            values: ["a", "b"], hasVariables: true)),
        try #require(
          PolicyCondition(
            comparison: .bool, qualifier: nil, ifExists: false, key: "aws:securetransport", values: ["false"],
            hasVariables: true)),
      ])
    #expect(one.conditions.map(\.key) == ["kms:encryptioncontext:team", "aws:securetransport"])
    #expect(one.reference.description == "statement \"One\"")
    #expect(policy.statements[1].reference.description == "statement 2")
    let two = policy.statements[1]
    #expect(two.sid == nil)
    #expect(two.principals == .only([.service("s3.amazonaws.com"), .federated("accounts.google.com")]))
    #expect(two.resources == nil)
    #expect(!two.applies(to: "kms:a", on: "*"))
  }

  @Test func theVersionIsTheFirstUnlessSaid() throws {
    let policy = try KeyPolicy(#"{"Statement":{\#(PolicyText.allowAccount)}}"#, partition: "aws")
    #expect(policy.version == "2008-10-17")
    #expect(policy.id == nil)
  }

  @Test func everyActionOfEveryService() throws {
    let statement = try #require(try KeyPolicy(PolicyText.allow(action: #""*:*""#), partition: "aws").statements.first)
    #expect(statement.applies(to: "kms:Decrypt", on: "*") && statement.applies(to: "sts:AssumeRole", on: "*"))
  }

  @Test func identityPolicies() throws {
    let text = PolicyText.document(#""Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:*:*:key/*""#)
    let statement = try #require(try IdentityPolicy(text).statements.first)
    #expect(statement.principals == nil)
    #expect(statement.applies(to: "kms:Decrypt", on: "arn:aws:kms:eu-west-1:111122223333:key/x"))
    #expect(throws: PolicyError.unknownMember("Principal")) { try IdentityPolicy(PolicyText.allow()) }
    #expect(throws: PolicyError.missingMember("Action")) {
      try IdentityPolicy(PolicyText.document(#""Effect":"Allow","Resource":"*""#))
    }
    #expect(throws: PolicyError.missingMember("Resource")) {
      try IdentityPolicy(PolicyText.document(#""Effect":"Allow","Action":"*""#))
    }
  }
}
