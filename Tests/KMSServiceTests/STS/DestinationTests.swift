// Where requests go.

import AWSSigV4
import KMSModel
import Testing

@testable import KMSService

@Suite struct DestinationTests {
  private static let form = HeaderField(name: "Content-Type", value: "application/x-www-form-urlencoded; charset=utf-8")
  private static let list = HeaderField(name: "X-Amz-Target", value: "TrentService.ListKeys")

  private func destination(
    _ method: String, _ target: String, _ headers: [HeaderField] = [], body: String = ""
  ) -> Destination? {
    Destination(ServiceRequest(method: method, target: target, headers: headers, body: Array(body.utf8)))
  }

  private func isForSTS(_ destination: Destination?) -> Bool {
    if case .sts = destination { true } else { false }
  }

  @Test(arguments: [
    "/?Action=GetCallerIdentity&Version=2011-06-15", "/?Version=2011-06-15&Action=GetCallerIdentity", "/?Action=",
    "/?Action=GetCallerIdentity&X-Amz-Expires=60&X-Amz-Signature=00", "/?Action=%",
  ])
  func queriesForSTS(target: String) {
    #expect(isForSTS(destination("GET", target)))
    #expect(destination("POST", target) == nil)
    #expect(destination("PUT", target) == nil)
    #expect(destination("GET", target, body: "x") == nil)
  }

  @Test(arguments: [
    "/", "/?", "/?action=GetCallerIdentity", "/x?Action=GetCallerIdentity", "/?a=Action=b", "/health", "",
  ])
  func queriesForNothing(target: String) {
    #expect(destination("GET", target) == nil)
  }

  @Test func formsAreForSTS() {
    #expect(isForSTS(destination("POST", "/", [Self.form], body: "Action=GetCallerIdentity")))
    #expect(isForSTS(destination("POST", "/", [Self.form], body: "")))
    #expect(destination("GET", "/", [Self.form], body: "Action=GetCallerIdentity") == nil)
    #expect(destination("POST", "/", body: "Action=GetCallerIdentity") == nil)
  }

  @Test func targetsAreForKMS() {
    guard case .operation(.listKeys)? = destination("POST", "/", [Self.list, Self.form], body: "{}") else {
      Issue.record("not ListKeys")
      return
    }
    #expect(destination("GET", "/", [Self.list]) == nil)
    #expect(destination("POST", "/x", [Self.list]) == nil)
  }

  @Test(arguments: ["/?X-Amz-Signature=00", "/?X-Amz-Algorithm=x&a=b", "/?a=b&X%2DAmz-Credential=x"])
  func presignedTargetsGetAsFarAsBeingRefused(target: String) {
    let authorization = HeaderField(name: "authorization", value: "")
    guard case .operation(.listKeys)? = destination("POST", target, [Self.list]) else {
      Issue.record("not ListKeys")
      return
    }
    #expect(destination("POST", target, [Self.list, authorization]) == nil)
    #expect(destination("POST", "/x" + target.dropFirst(), [Self.list]) == nil)
    #expect(destination("POST", "/?a=b", [Self.list]) == nil)
  }

  @Test func targetsAreTakenByteForByteAndOnce() {
    let lookAlike = HeaderField(name: "X-Amz-Target", value: "TrentService.List\u{212A}eys")
    #expect(lookAlike.value == Self.list.value)
    #expect(destination("POST", "/", [lookAlike]) == nil)
    let other = HeaderField(name: "x-amz-target", value: "TrentService.CreateKey")
    #expect(destination("POST", "/", [Self.list, other]) == nil)
    #expect(destination("POST", "/", [Self.list, Self.list]) == nil)
  }

  @Test func mediaTypesHaveNoCase() {
    let form = HeaderField(name: "content-type", value: "Application/X-WWW-Form-URLEncoded")
    #expect(isForSTS(destination("POST", "/", [form], body: "Action=GetCallerIdentity")))
  }
}
