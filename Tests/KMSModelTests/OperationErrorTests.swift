// From a service's answer, or a failure on the client's side, to an operation's error enum.

import AWSJSON
import KMSModel
import SmithyCodegen
import Testing

@Suite struct OperationErrorTests {
  private func reply(_ code: String) -> ServiceErrorReply {
    ServiceErrorReply(code: code, message: "because", requestID: "r-1", statusCode: 400)
  }

  @Test func modeledErrorsHaveTheirOwnCase() {
    guard case .notFound(let error) = GenerateDataKeyPairError(reply("NotFoundException")) else {
      Issue.record("NotFoundException is in the model of GenerateDataKeyPair")
      return
    }
    #expect(error == NotFoundException(message: "because", requestID: "r-1"))
    #expect(error.code == "NotFoundException")
    #expect(error.statusCode == 400)
  }

  @Test(arguments: OperationCodec.all)
  func everyModeledErrorIsRecognised(operation: OperationCodec) throws {
    let description = try KMSDescription()
    let shape = try #require(description.operations[operation.name])
    for error in shape.errors {
      let failure = try #require(operation.failure(reply(error.name)) as? any ServiceOperationError)
      #expect(
        failure.serviceError == ServiceErrorSummary(code: error.name, message: "because", requestID: "r-1"))
      #expect(failure.clientFailure == nil)
      #expect("\(failure)" == "\(error.name): because (request r-1)")
      let caseName = try #require(Mirror(reflecting: failure).children.first?.label)
      #expect(caseName != "unmodeled")
    }
  }

  @Test(arguments: OperationCodec.all)
  func everyClientFailureIsKept(operation: OperationCodec) throws {
    let failures: [ClientFailure] = [
      .transport(TransportError("no route", mayHaveReachedServer: false)),
      .timeout(TimeoutError("too slow", mayHaveReachedServer: true)),
      .decoding(DecodingFailure(.missing(message: "KeyId"), statusCode: 200, requestID: "r-2")),
      .credentials(CredentialsError("none found")), .cancelled,
    ]
    for failure in failures {
      let error = try #require(operation.clientFailure(failure) as? any ServiceOperationError)
      #expect(error.clientFailure == failure)
      #expect(error.serviceError == nil)
    }
  }

  @Test func faultsAnswerWith500() {
    #expect(KMSInternalException.statusCode == 500)
    #expect(DependencyTimeoutException.statusCode == 500)
    #expect(KeyUnavailableException.statusCode == 500)
    #expect(LimitExceededException.statusCode == 400)
    #expect(NotFoundException.statusCode == 400)
    #expect(KMSInternalException().statusCode == 500)
  }

  @Test func sharedErrorsHaveTheirCase() {
    func isExpected(_ code: String, _ matches: (EncryptError) -> Bool) {
      #expect(matches(EncryptError(reply(code))), "\(code)")
    }
    isExpected("AccessDeniedException") { if case .accessDenied = $0 { true } else { false } }
    isExpected("ThrottlingException") { if case .throttling = $0 { true } else { false } }
    isExpected("Throttling") { if case .throttling = $0 { true } else { false } }
    isExpected("ValidationException") { if case .validation = $0 { true } else { false } }
    isExpected("UnrecognizedClientException") { if case .unrecognizedClient = $0 { true } else { false } }
    isExpected("InvalidSignatureException") { if case .invalidSignature = $0 { true } else { false } }
    isExpected("IncompleteSignatureException") { if case .incompleteSignature = $0 { true } else { false } }
    isExpected("MissingAuthenticationTokenException") {
      if case .missingAuthenticationToken = $0 { true } else { false }
    }
    isExpected("ExpiredTokenException") { if case .expiredToken = $0 { true } else { false } }
    isExpected("SerializationException") { if case .serialization = $0 { true } else { false } }
    isExpected("UnknownOperationException") { if case .unknownOperation = $0 { true } else { false } }
    isExpected("InternalFailure") { if case .internalFailure = $0 { true } else { false } }
    isExpected("ServiceUnavailable") { if case .serviceUnavailable = $0 { true } else { false } }
  }

  @Test func unmodeledErrorsKeepWhatWasSaid() {
    let error = EncryptError(reply("TeapotException"))
    guard case .unmodeled("TeapotException", "because", "r-1") = error else {
      Issue.record("\(error)")
      return
    }
    // NotFoundException is modelled, but not for GenerateRandom.
    guard case .unmodeled("NotFoundException", _, _) = GenerateRandomError(reply("NotFoundException")) else {
      Issue.record("NotFoundException is not in the model of GenerateRandom")
      return
    }
    #expect("\(EncryptError(ServiceErrorReply(code: "502", message: nil, requestID: nil, statusCode: 502)))" == "502")
  }
}
