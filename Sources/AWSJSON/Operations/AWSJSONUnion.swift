// What every generated union can do, and reading one.

/// A value that is one of several, written as a JSON object with the one member that says which.
///
/// A union from a newer service may hold a member that this code does not know. It is read as `unknown` with the
/// member's name; its value is lost, so that such a union cannot be sent: it is written as an empty object, which
/// services refuse.
public protocol AWSJSONUnion: AWSJSONStructure, Equatable {
  /// A union whose member this code does not know.
  static func unknown(_ member: String) -> Self
}

extension JSONReader {
  /// The union that comes next; `readMember` reads the value of the member with the given name.
  ///
  /// Null members and `__type` count as absent, as in every awsJson protocol. Gives nil when no member is set, which is
  /// a violation on a server and overlooked by a client, or when the member's value violates the model.
  ///
  /// - Throws: ``JSONError/ambiguousUnion(offset:)`` when more than one member is set.
  @inlinable
  public mutating func readUnion<Union: AWSJSONUnion>(
    _ validation: inout Validation,
    _ readMember: (inout JSONReader, inout Validation, JSONName) throws(JSONError) -> Union?
  ) throws(JSONError) -> Union? {
    var union: Union?
    var isSet = false
    let start = try startOfValue()
    try beginObject()
    while let name = try nextMember() {
      if try readNull() { continue }
      if "__type" ~= name {
        try skipValue()
        continue
      }
      guard !isSet else { throw .ambiguousUnion(offset: start) }
      isSet = true
      union = try readMember(&self, &validation, name)
    }
    if !isSet { validation.missing() }
    return union
  }

  /// Where the value that comes next begins.
  @usableFromInline
  mutating func startOfValue() throws(JSONError) -> Int {
    try skipWhiteSpace()
    return offset
  }
}
