// Identity providers in a declaration.

import Foundation
import KMSAccess
import KMSDomain

extension DeclaredIdentityProvider {
  private static let maximumClientIDs = 100

  /// Reads a provider of an account.
  init(_ node: DeclarationNode, of account: AccountID, at place: String) throws(DeclarationError) {
    let object = try DeclarationObject(node, at: place, members: ["url", "clientIDs", "keys"])
    let issuer = try object.text("url")
    guard Self.isIssuer(issuer) else {
      throw DeclarationError(
        "an issuer is an https address without user, query and fragment", at: object.place(of: "url"))
    }
    var clientIDs: [String] = []
    for (node, place) in try object.list("clientIDs") {
      guard let clientID = node.spelling, (1...255).contains(clientID.utf8.count), !clientIDs.contains(clientID) else {
        throw DeclarationError("a client id is a text of 1 to 255 bytes, given once", at: place)
      }
      clientIDs.append(clientID)
    }
    guard (1...Self.maximumClientIDs).contains(clientIDs.count) else {
      throw DeclarationError(
        "a provider has from 1 to \(Self.maximumClientIDs) client ids", at: object.place(of: "clientIDs"))
    }
    guard let keysSource = KeysSource(try object.text("keys")) else {
      throw DeclarationError("keys are at file:PATH or https://…", at: object.place(of: "keys"))
    }
    self.init(account: account, issuer: issuer, clientIDs: clientIDs, keysSource: keysSource)
  }

  private static func isIssuer(_ text: String) -> Bool {
    guard text.utf8.count <= 255, let url = addressParts(text) else { return false }
    return url.scheme == "https" && url.query == nil && url.fragment == nil
  }

  fileprivate static func addressParts(_ text: String) -> URLComponents? {
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let url = URLComponents(string: text),
      let host = url.host, !host.isEmpty, url.user == nil, url.password == nil
    else { return nil }
    return url
  }
}

extension DeclaredIdentityProvider.KeysSource {
  /// Reads `file:PATH`, `https://…`, or `http://…` for this machine; nil for anything else.
  fileprivate init?(_ text: String) {
    if text.hasPrefix("file:") {
      guard text.utf8.count > 5, !text.utf8.contains(0) else { return nil }
      self = .file(path: String(text.dropFirst(5)))
      return
    }
    guard let url = DeclaredIdentityProvider.addressParts(text), url.fragment == nil else { return nil }
    let isHere = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(url.host ?? "")
    guard url.scheme == "https" || (url.scheme == "http" && isHere) else { return nil }
    self = .url(text)
  }
}
