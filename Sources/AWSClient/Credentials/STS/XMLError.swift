// Why a reply in XML could not be read.

/// XML that is not well formed, or not what was expected. None of the cases carries bytes of the input.
///
/// Offsets count bytes from the start of the document.
enum XMLError: Error, Equatable, CustomStringConvertible {
  /// Not XML, the document's early end included.
  case syntax(offset: Int)
  /// A document type, a CDATA section, or an entity that a document type would have to declare.
  case unsupported(offset: Int)
  /// Another element than the protocol's, or an element where there should be text.
  case mismatch(offset: Int)
  /// More elements inside each other than the reader opens.
  case tooDeep(offset: Int)
  /// A document longer than the reader takes.
  case tooLong

  var description: String {
    switch self {
    case .syntax(let offset): "not valid XML (at byte \(offset))"
    case .unsupported(let offset): "a form of XML that is not read (at byte \(offset))"
    case .mismatch(let offset): "other XML than the protocol's (at byte \(offset))"
    case .tooDeep(let offset): "XML nested too deeply (at byte \(offset))"
    case .tooLong: "too much XML"
    }
  }
}
