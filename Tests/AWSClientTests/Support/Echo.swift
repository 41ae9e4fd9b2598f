// An operation of no service, small enough to see every byte of: for what is the same in all of them.

import AWSJSON
import SecureMemory

/// Takes a text and a secret, gives them back. Its output requires the text.
enum Echo: AWSJSONOperation {
  static let name = "Echo"
  static let target = "TestService.Echo"

  struct Input: AWSJSONStructure, Equatable {
    var text: String?
    var secret: SecretBytes?

    static func decode(_ reader: inout JSONReader, _ validation: inout Validation) throws(JSONError) -> Self? {
      var input = Input()
      try reader.beginObject()
      while let name = try reader.nextMember() {
        switch name {
        case "Text": input.text = try reader.readString()
        case "Secret": input.secret = try reader.readSecret()
        default: try reader.skipValue()
        }
      }
      return input
    }

    func encode(_ writer: inout JSONWriter) {
      writer.beginObject()
      if let text {
        writer.member("Text")
        writer.string(text)
      }
      if let secret {
        writer.member("Secret")
        writer.secret(secret)
      }
      writer.endObject()
    }
  }

  struct Output: AWSJSONStructure, Equatable {
    var text: String
    var secret: SecretBytes?

    static func decode(_ reader: inout JSONReader, _ validation: inout Validation) throws(JSONError) -> Self? {
      guard let input = try Input.decode(&reader, &validation) else { return nil }
      guard let text = input.text else {
        validation.missing("text")
        return nil
      }
      return Output(text: text, secret: input.secret)
    }

    func encode(_ writer: inout JSONWriter) { Input(text: text, secret: secret).encode(&writer) }
  }

  enum Failure: AWSOperationError, Equatable {
    case service(ServiceErrorReply)
    case client(ClientFailure)

    init(_ reply: ServiceErrorReply) { self = .service(reply) }
    init(_ failure: ClientFailure) { self = .client(failure) }
  }
}
