// The members of an error body that clients look at.

/// What could be made out of an error reply's body.
struct ErrorBody {
  var type: String?
  var code: String?
  var message: String?
  /// Whether there is more in it than that.
  var hasDetails = false

  /// How much of a body that is not JSON is worth showing, in bytes.
  private static let textLimit = 1024

  init(_ body: [UInt8]) {
    if body.isEmpty { return }
    do {
      try read(body)
    } catch {
      // A proxy's HTML page, say: show it as it is.
      self = ErrorBody(text: body)
    }
  }

  private init(text: [UInt8]) {
    let start = text.prefix(Self.textLimit)
    let shown = String(decoding: start, as: UTF8.self).drop { $0.isWhitespace }
    message = shown.isEmpty ? nil : String(shown)
  }

  private mutating func read(_ body: [UInt8]) throws(JSONError) {
    var reader = JSONReader(body)
    var capitalizedMessage: String?
    try reader.beginObject()
    while let name = try reader.nextMember() {
      switch name {
      case "__type": type = try Self.string(&reader)
      case "code":
        code = try Self.string(&reader)
        // It may be a member of the error as well.
        hasDetails = true
      case "message": message = try Self.string(&reader)
      case "Message": capitalizedMessage = try Self.string(&reader)
      default:
        try reader.skipValue()
        hasDetails = true
      }
    }
    try reader.finish()
    message = message ?? capitalizedMessage
  }

  /// The string that comes next; nil, and the value skipped, if it is something else.
  private static func string(_ reader: inout JSONReader) throws(JSONError) -> String? {
    guard try reader.peekKind() == .string else {
      try reader.skipValue()
      return nil
    }
    return try reader.readString()
  }
}
