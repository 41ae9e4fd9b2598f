// What a signing key is good for: one day, one Region, one service.

/// The scope of a credential: `20150830/us-east-1/kms/aws4_request`.
public struct CredentialScope: Sendable, Hashable, CustomStringConvertible {
  /// The only ending a valid scope has.
  public static let terminator = "aws4_request"

  /// The day, `yyyyMMdd`.
  public let date: String
  /// The Region, for example `us-east-1`.
  public let region: String
  /// The service's signing name, for example `kms`.
  public let service: String
  /// The ending as the sender wrote it. Anything but ``terminator`` is refused when the scope is checked, not when it is read.
  public let terminator: String

  /// Makes the scope for a day, Region and service.
  public init(date: String, region: String, service: String) {
    self.init(date: date, region: region, service: service, terminator: Self.terminator)
  }

  /// Reads `date/region/service/terminator`; nil unless there are exactly four parts of visible ASCII characters.
  public init?(parsing text: String) {
    let scope: CredentialScope? = text.withBytes { CredentialScope($0, in: $0.indices) }
    guard let scope else { return nil }
    self = scope
  }

  /// The scope as text: its four parts with `/` between them.
  public var description: String { "\(date)/\(region)/\(service)/\(terminator)" }

  private init(date: String, region: String, service: String, terminator: String) {
    self.date = date
    self.region = region
    self.service = service
    self.terminator = terminator
  }

  init?(_ bytes: Span<UInt8>, in range: Range<Int>) {
    let slash = UInt8(ascii: "/")
    // Visible ASCII only: a scope that is equal as text must be equal as bytes too.
    for index in range where !(0x21...0x7E ~= bytes[index]) { return nil }
    guard let first = bytes.firstIndex(of: slash, in: range),
      let second = bytes.firstIndex(of: slash, in: first + 1..<range.upperBound),
      let third = bytes.firstIndex(of: slash, in: second + 1..<range.upperBound),
      bytes.firstIndex(of: slash, in: third + 1..<range.upperBound) == nil,
      first > range.lowerBound, second > first + 1, third > second + 1, range.upperBound > third + 1
    else { return nil }
    self.init(
      date: String(bytes, in: range.lowerBound..<first), region: String(bytes, in: first + 1..<second),
      service: String(bytes, in: second + 1..<third), terminator: String(bytes, in: third + 1..<range.upperBound))
  }

  func append(to bytes: inout [UInt8]) {
    for part in [date, region, service] {
      bytes.append(contentsOf: part.utf8)
      bytes.append(UInt8(ascii: "/"))
    }
    bytes.append(contentsOf: terminator.utf8)
  }
}
