// As much of KMS as envelopes need: it makes data keys, and opens those it has made.

import AWSJSON
import AWSSigV4
import KMSClient
import Synchronization

/// Wraps data keys by remembering them. Keys are known by ARN, key id and one alias.
final class WrappingService: Transport {
  struct WrappedKey {
    var plaintext: [UInt8]
    var keyARN: String
    var encryptionContext: [String: String]
  }

  static let keyARN = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  static let otherKeyARN = "arn:aws:kms:us-east-1:111122223333:key/aaaaaaaa-12ab-34cd-56ef-1234567890ab"

  private struct State {
    var wrapped: [[UInt8]: WrappedKey] = [:]
    var calls: [String] = []
    var failuresToCome = 0
    var isHeld = false
  }

  private let state = Mutex(State())
  private let dataKeyLength: Int
  /// What replies say instead of the key that was used.
  private let claimedKeyARN: String?

  init(dataKeyLength: Int = 32, claimedKeyARN: String? = nil) {
    self.dataKeyLength = dataKeyLength
    self.claimedKeyARN = claimedKeyARN
  }

  /// The operations that were called, in order.
  var calls: [String] { state.withLock { $0.calls } }

  /// Makes a data key known that no call has made.
  func know(_ blob: [UInt8], _ key: WrappedKey) {
    state.withLock { $0.wrapped[blob] = key }
  }

  /// Refuses the next calls.
  func fail(times: Int) {
    state.withLock { $0.failuresToCome = times }
  }

  /// Answers nothing until ``release()``.
  func hold() {
    state.withLock { $0.isHeld = true }
  }

  /// Answers again.
  func release() {
    state.withLock { $0.isHeld = false }
  }

  func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
    let target = request.headers.first { $0.isNamed("x-amz-target") }?.value ?? ""
    let operation = String(target.drop { $0 != "." }.dropFirst())
    while state.withLock({ $0.isHeld }) {
      do { try await Task.sleep(for: .milliseconds(1)) } catch { throw .cancelled }
    }
    return state.withLock { state in
      state.calls.append(operation)
      if state.failuresToCome > 0 {
        state.failuresToCome -= 1
        return Self.refusal("AccessDeniedException")
      }
      if operation == "GenerateDataKey", let input = try? GenerateDataKeyInput.decodeInput(request.body) {
        return generateDataKey(input, &state)
      }
      if operation == "Decrypt", let input = try? DecryptInput.decodeInput(request.body) {
        return decrypt(input, state)
      }
      return Self.refusal("ValidationException")
    }
  }

  private func generateDataKey(_ input: GenerateDataKeyInput, _ state: inout State) -> TransportResponse {
    guard let keyARN = Self.keyARN(of: input.keyID) else { return Self.refusal("NotFoundException") }
    let plaintext = (0..<dataKeyLength).map { _ in UInt8.random(in: .min ... .max) }
    let blob = (0..<48).map { _ in UInt8.random(in: .min ... .max) }
    state.wrapped[blob] = WrappedKey(
      plaintext: plaintext, keyARN: keyARN, encryptionContext: input.encryptionContext ?? [:])
    let output = GenerateDataKeyOutput(
      ciphertextBlob: blob, keyID: claimedKeyARN ?? keyARN, plaintext: SecretBytes(plaintext))
    return TransportResponse(statusCode: 200, headers: [], body: output.encoded())
  }

  private func decrypt(_ input: DecryptInput, _ state: State) -> TransportResponse {
    guard let blob = input.ciphertextBlob, let wrapped = state.wrapped[blob],
      wrapped.encryptionContext == input.encryptionContext ?? [:]
    else { return Self.refusal("InvalidCiphertextException") }
    if let keyID = input.keyID, Self.keyARN(of: keyID) != wrapped.keyARN {
      return Self.refusal("IncorrectKeyException")
    }
    let output = DecryptOutput(
      keyID: claimedKeyARN ?? wrapped.keyARN, encryptionAlgorithm: .symmetricDefault,
      plaintext: SecretBytes(wrapped.plaintext))
    return TransportResponse(statusCode: 200, headers: [], body: output.encoded())
  }

  private static func keyARN(of keyID: String) -> String? {
    if keyID == "alias/app" { return keyARN }
    return [keyARN, otherKeyARN].first { $0 == keyID || $0.hasSuffix("/\(keyID)") }
  }

  private static func refusal(_ code: String) -> TransportResponse {
    TransportResponse(statusCode: 400, headers: [], body: Array(#"{"__type":"\#(code)"}"#.utf8))
  }
}
