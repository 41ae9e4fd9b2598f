// What a transport brings back.

/// An answer of a proxy, complete and uninterpreted.
struct ProxyResponse: Sendable {
  let status: Int
  let body: [UInt8]
}
