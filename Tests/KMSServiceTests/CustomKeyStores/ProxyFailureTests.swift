// The table from a proxy's failure to KMS's error, cell by cell.

import KMSDomain
import KMSModel
import Testing

@testable import KMSOperations

@Suite struct ProxyFailureTests {
  /// A row: the failure, and what CreateKey, CreateCustomKeyStore and ConnectCustomKeyStore make of it.
  struct Row: Sendable, CustomTestStringConvertible {
    let failure: ProxyFailure
    let keyCreation: Fault.Kind
    let configuration: Fault.Kind
    let connection: ConnectionErrorCode

    init(
      _ failure: ProxyFailure, _ keyCreation: Fault.Kind, _ configuration: Fault.Kind, _ connection: ConnectionErrorCode
    ) {
      self.failure = failure
      self.keyCreation = keyCreation
      self.configuration = configuration
      self.connection = connection
    }

    var testDescription: String { "\(failure)" }
  }

  static let rows: [Row] = [
    Row(
      .refused(.validation), .customKeyStoreInvalidState, .xksProxyInvalidResponse, .xksProxyInvalidResponse),
    Row(
      .refused(.invalidState), .xksKeyInvalidConfiguration, .xksProxyInvalidResponse, .xksProxyInvalidResponse),
    Row(
      .refused(.invalidCiphertext), .customKeyStoreInvalidState, .xksProxyInvalidResponse, .xksProxyInvalidResponse),
    Row(
      .refused(.invalidKeyUsage), .xksKeyInvalidConfiguration, .xksProxyInvalidResponse, .xksProxyInvalidResponse),
    Row(
      .refused(.authenticationFailed), .customKeyStoreInvalidState, .xksProxyIncorrectAuthenticationCredential,
      .invalidCredentials),
    Row(.refused(.accessDenied), .invalidState, .xksProxyInvalidResponse, .xksProxyAccessDenied),
    Row(.refused(.keyNotFound), .xksKeyNotFound, .xksProxyInvalidResponse, .xksProxyInvalidResponse),
    Row(
      .refused(.invalidURIPath), .customKeyStoreInvalidState, .xksProxyInvalidConfiguration,
      .xksProxyInvalidConfiguration),
    Row(.refused(.throttling), .customKeyStoreInvalidState, .xksProxyURIUnreachable, .xksProxyNotReachable),
    Row(
      .refused(.internalFailure), .customKeyStoreInvalidState, .xksProxyInvalidResponse, .xksProxyInvalidResponse),
    Row(
      .refused(.unsupportedOperation), .xksKeyInvalidConfiguration, .xksProxyInvalidResponse,
      .xksProxyInvalidResponse),
    Row(.refused(.dependencyTimeout), .customKeyStoreInvalidState, .xksProxyURIUnreachable, .xksProxyTimedOut),
    Row(.unreachable, .customKeyStoreInvalidState, .xksProxyURIUnreachable, .xksProxyNotReachable),
    Row(.timeout, .customKeyStoreInvalidState, .xksProxyURIUnreachable, .xksProxyTimedOut),
    Row(.tls, .customKeyStoreInvalidState, .xksProxyURIUnreachable, .xksProxyInvalidTLSConfiguration),
    Row(.malformedResponse, .customKeyStoreInvalidState, .xksProxyInvalidResponse, .xksProxyInvalidResponse),
    Row(.keyManagerUnavailable, .customKeyStoreInvalidState, .xksProxyURIUnreachable, .xksProxyNotReachable),
  ]

  @Test(arguments: rows) func whatCallersSee(_ row: Row) {
    #expect(row.failure.cryptographicFault.kind == .invalidState)
    #expect(row.failure.keyCreationFault("k").kind == row.keyCreation)
    #expect(row.failure.configurationFault.kind == row.configuration)
    #expect(row.failure.connectionErrorCode == row.connection)
    for fault in [
      row.failure.cryptographicFault, row.failure.keyCreationFault("k"), row.failure.configurationFault,
    ] {
      // Every refusal has words of its own, and is no failure of this service's.
      #expect(fault.message?.isEmpty == false && !fault.kind.isServerFailure)
    }
  }

  @Test func everyErrorNameHasARow() {
    let rows = Self.rows.map(\.failure)
    for refusal in ProxyFailure.Refusal.allCases { #expect(rows.contains(.refused(refusal))) }
    #expect(Set(rows.map { $0.cryptographicFault.message }).count == rows.count)
  }
}
