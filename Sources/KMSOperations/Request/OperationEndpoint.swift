// One operation from bytes to bytes: decode, perform, encode.

public import AWSJSON
public import KMSAccess
public import KMSDomain

/// An operation with its types put away, so that the service can hold all of them in one table.
public struct OperationEndpoint: Sendable {
  /// Why an operation gave no output.
  public enum Refusal: Error, Sendable {
    /// The body does not fit the operation's input.
    case input(InputError)
    /// The operation refused.
    case fault(Fault)
  }

  /// An answer's body.
  public struct Output: Sendable {
    /// JSON, or nothing for operations that answer nothing.
    public let body: [UInt8]
    /// Whether the body holds a secret and is to be wiped once it is sent.
    public let carriesSecret: Bool
  }

  private let body: @Sendable ([UInt8], Caller, OperationContext, inout RequestRecord) async throws(Refusal) -> Output

  init<Operation: ServedOperation>(_: Operation.Type) {
    body = { bytes, caller, context, record throws(Refusal) in
      let input: Operation.Input
      do throws(InputError) {
        input = try Operation.Input.decodeInput(bytes)
      } catch {
        do throws(Fault) { try Operation.countRefused(caller, in: context) } catch { throw .fault(error) }
        throw .input(error)
      }
      if context.keepsRecords { record.noteParameters(input, of: Operation.self) }
      let output: Operation.Output
      do throws(Fault) {
        output = try await Operation.respond(to: input, from: caller, in: context, noting: &record)
      } catch {
        throw .fault(error)
      }
      if context.keepsRecords { record.noteAnswer(output, of: Operation.self) }
      guard Operation.Output.hasBody else { return Output(body: [], carriesSecret: false) }
      var writer = JSONWriter(capacity: 512)
      output.encode(&writer)
      let carriesSecret = writer.carriesSecret
      return Output(body: writer.finish(), carriesSecret: carriesSecret)
    }
  }

  /// Performs the operation for an authenticated caller; `record` gets what the audit trail is to say of it.
  public func respond(
    to body: [UInt8], from caller: Caller, in context: OperationContext, noting record: inout RequestRecord
  ) async throws(Refusal) -> Output {
    try await self.body(body, caller, context, &record)
  }
}
