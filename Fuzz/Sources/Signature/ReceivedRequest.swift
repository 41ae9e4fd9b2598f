// From fuzzed bytes to a request: the text of HTTP/1.1, with line feeds alone.

@testable import AWSSigV4

/// Reads `METHOD target`, header lines, an empty line, and the body. Lines that are no header are left out, as an HTTP
/// decoder refuses them; so are names that are no tokens (RFC 9110 §5.6.2).
func readRequest(_ input: [UInt8]) -> SignableRequest {
  let lineFeed = UInt8(ascii: "\n")
  var rest = input[...]
  func nextLine() -> ArraySlice<UInt8> {
    let end = rest.firstIndex(of: lineFeed) ?? rest.endIndex
    defer { rest = rest[min(end + 1, rest.endIndex)...] }
    return rest[..<end]
  }
  let first = nextLine()
  let space = first.firstIndex(of: UInt8(ascii: " ")) ?? first.endIndex
  var request = SignableRequest(
    method: String(decoding: first[..<space], as: UTF8.self),
    target: String(decoding: first[min(space + 1, first.endIndex)...], as: UTF8.self), headers: [], body: [])
  while !rest.isEmpty {
    let line = nextLine()
    guard !line.isEmpty else { break }
    guard let colon = line.dropFirst().firstIndex(of: UInt8(ascii: ":")), line[..<colon].allSatisfy(\.isTokenByte)
    else {
      continue
    }
    request.headers.append(
      HeaderField(
        name: String(decoding: line[..<colon], as: UTF8.self),
        value: String(decoding: line[(colon + 1)...], as: UTF8.self)))
  }
  request.body = Array(rest)
  return request
}

extension UInt8 {
  fileprivate var isTokenByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(self)
    }
  }
}
