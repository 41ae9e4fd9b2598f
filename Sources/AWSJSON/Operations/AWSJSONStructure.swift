// What every generated input, output and nested structure can do.

/// A structure that is written as a JSON object.
public protocol AWSJSONStructure: Sendable {
  /// Reads the object that comes next. Unknown members are skipped, null members are absent.
  ///
  /// Gives nil only when a violation that prevents the value was recorded in `validation`.
  static func decode(_ reader: inout JSONReader, _ validation: inout Validation) throws(JSONError) -> Self?

  /// Writes the object; absent members are left out.
  func encode(_ writer: inout JSONWriter)

  /// False for the output of an operation that has none in the model: its body is empty.
  static var hasBody: Bool { get }
}

extension AWSJSONStructure {
  public static var hasBody: Bool { true }

  /// Reads a request's body and holds it to all of the model's constraints. An empty body counts as `{}`.
  public static func decodeInput(_ body: [UInt8]) throws(InputError) -> Self {
    var validation = Validation(.enforceConstraints)
    let value: Self?
    do {
      value = try decodeBody(body, &validation)
    } catch {
      throw .serialization(error)
    }
    guard let value, validation.violations.isEmpty else { throw .constraints(message: validation.message) }
    return value
  }

  /// Reads a reply's body; only its required members must be there. An empty body counts as `{}`, and so does `null`,
  /// which some services send for an output without members.
  public static func decodeOutput(_ body: [UInt8]) throws(OutputDecodingError) -> Self {
    var validation = Validation(.presenceOnly)
    let value: Self?
    do {
      value = try decodeBody(body.elementsEqual("null".utf8) ? [] : body, &validation)
    } catch {
      throw .malformed(error)
    }
    guard let value, validation.violations.isEmpty else { throw .missing(message: validation.message) }
    return value
  }

  /// The body: this structure's JSON, or nothing where there is no body.
  public func encoded() -> [UInt8] {
    guard Self.hasBody else { return [] }
    var writer = JSONWriter()
    encode(&writer)
    return writer.finish()
  }

  /// The value of a structure that a service left out although it must send it: one that has nothing but corrected and
  /// default members. Nil when there is none.
  public static func corrected(_ validation: inout Validation) throws(JSONError) -> Self? {
    var reader = JSONReader(Array("{}".utf8))
    return try decode(&reader, &validation)
  }

  private static func decodeBody(_ body: [UInt8], _ validation: inout Validation) throws(JSONError) -> Self? {
    var reader = JSONReader(body.isEmpty ? Array("{}".utf8) : body)
    let value = try decode(&reader, &validation)
    try reader.finish()
    return value
  }
}
