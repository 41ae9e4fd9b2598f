// The texts of errors about custom key stores and the proxies behind them. None of them is public: all are our choice.

extension Fault {
  // MARK: Custom key stores

  /// A custom key store that the account does not have in the Region.
  public static func customKeyStoreNotFound(_ idOrName: String) -> Fault {
    .init(.customKeyStoreNotFound, "The custom key store \(idOrName) does not exist.")
  }
  /// A name that another custom key store of the account and Region has.
  public static func customKeyStoreNameInUse(_ name: String) -> Fault {
    .init(.customKeyStoreNameInUse, "The name \(name) is used by another custom key store in this account and Region.")
  }
  /// An account with as many custom key stores in the Region as it may have.
  public static let tooManyCustomKeyStores = Fault(
    .limitExceeded, "The limit of custom key stores in this account and Region has been reached.")
  /// A custom key store whose connection state does not allow the operation.
  public static func customKeyStoreState(_ store: CustomKeyStore) -> Fault {
    .init(
      .customKeyStoreInvalidState,
      "The custom key store \(store.id) is \(store.connectionState.rawValue), which does not allow this operation.")
  }
  /// A custom key store that cannot be deleted, because it has keys, of whatever state.
  public static func customKeyStoreHasKeys(_ id: String) -> Fault {
    .init(.customKeyStoreHasKeys, "The custom key store \(id) contains KMS keys.")
  }
  /// A CloudHSM cluster. There are none here, so none is found.
  public static func cloudHSMClusterNotFound(_ id: String) -> Fault {
    .init(.cloudHSMClusterNotFound, "The CloudHSM cluster \(id) cannot be found.")
  }
  /// Something that keys in custom key stores do not do.
  public static func inCustomKeyStore(_ what: String) -> Fault {
    .unsupported("\(what) is not supported for KMS keys in a custom key store.")
  }

  // MARK: Proxies that are in use

  /// An endpoint and a path that another external key store has.
  public static let proxyURIInUse = Fault(
    .xksProxyURIInUse, "The proxy URI endpoint and path are used by another external key store.")
  /// An endpoint that another external key store has, when they cannot share it.
  public static let proxyEndpointInUse = Fault(
    .xksProxyURIEndpointInUse, "The proxy URI endpoint is used by another external key store.")
  /// A VPC endpoint service that another external key store has.
  public static let vpcEndpointServiceInUse = Fault(
    .xksProxyVPCEndpointServiceInUse, "The VPC endpoint service is used by another external key store.")

  // MARK: External keys

  /// An external key that another KMS key of the store is associated with.
  public static func externalKeyInUse(_ id: String) -> Fault {
    .init(.xksKeyAlreadyInUse, "The external key \(id) is associated with another KMS key of the custom key store.")
  }
  /// An external key of the wrong kind, or disabled.
  public static func externalKeyConfiguration(_ id: String) -> Fault {
    .init(
      .xksKeyInvalidConfiguration,
      "The external key \(id) must be an enabled AES_256 key that can encrypt and decrypt.")
  }
  /// An external key that the proxy does not have.
  public static func externalKeyNotFound(_ id: String) -> Fault {
    .init(.xksKeyNotFound, "The external key store proxy cannot find the external key \(id).")
  }
  /// An encryption context that is longer than a proxy takes as additional authenticated data.
  public static let encryptionContextTooLong = Fault.validation(
    "The encryption context is too long for a KMS key in an external key store.")

  // MARK: What a proxy did, or did not do. The kind depends on who asked; the proxy's own words are never passed on.

  /// Nobody answers at the proxy's address.
  public static func proxyUnreachable(_ kind: Kind) -> Fault {
    .init(kind, "KMS cannot communicate with the external key store proxy.")
  }
  /// The proxy did not answer in time.
  public static func proxyTimedOut(_ kind: Kind) -> Fault {
    .init(kind, "The external key store proxy did not respond to the request in the time allotted.")
  }
  /// No secure connection to the proxy can be made.
  public static func proxyTLS(_ kind: Kind) -> Fault {
    .init(
      kind, "KMS cannot connect to the external key store proxy: its TLS configuration or certificate is not valid.")
  }
  /// The proxy's answer makes no sense.
  public static func proxyResponse(_ kind: Kind) -> Fault {
    .init(kind, "KMS cannot interpret the response from the external key store proxy.")
  }
  /// All instances of the key manager behind the proxy are unavailable.
  public static func keyManagerUnavailable(_ kind: Kind) -> Fault {
    .init(kind, "The external key store proxy reports that its external key manager is unavailable.")
  }
  /// The proxy calls the request invalid.
  public static func proxyCallsInvalid(_ kind: Kind) -> Fault {
    .init(kind, "The external key store proxy rejected the request as invalid.")
  }
  /// The external key is disabled, or otherwise not usable.
  public static func externalKeyState(_ kind: Kind) -> Fault {
    .init(kind, "The external key is not in a state that allows the operation.")
  }
  /// The proxy cannot decrypt the ciphertext.
  public static func proxyCiphertext(_ kind: Kind) -> Fault {
    .init(
      kind,
      "The external key store proxy rejected the request because the ciphertext or the encryption context is not valid."
    )
  }
  /// The external key does not serve for the operation.
  public static func externalKeyUsage(_ kind: Kind) -> Fault {
    .init(kind, "The external key cannot be used for the operation.")
  }
  /// The proxy does not know the credential, or finds the signature wrong.
  public static func proxyCredential(_ kind: Kind) -> Fault {
    .init(kind, "The external key store proxy rejected the authentication credential.")
  }
  /// The proxy does not allow the operation.
  public static func proxyAccessDenied(_ kind: Kind) -> Fault {
    .init(kind, "The external key store proxy denied access to the operation.")
  }
  /// The proxy no longer has the external key.
  public static func externalKeyMissing(_ kind: Kind) -> Fault {
    .init(kind, "The external key store proxy cannot find the external key.")
  }
  /// The proxy does not have the path.
  public static func proxyPath(_ kind: Kind) -> Fault {
    .init(kind, "The external key store proxy does not recognize the proxy URI path.")
  }
  /// The proxy has too many requests.
  public static func proxyThrottled(_ kind: Kind) -> Fault {
    .init(kind, "The external key store proxy rejected the request because of a high request rate.")
  }
  /// The proxy failed.
  public static func proxyFailed(_ kind: Kind) -> Fault {
    .init(kind, "The external key store proxy encountered an internal error.")
  }
  /// The proxy does not know the operation, or the algorithm.
  public static func proxyUnsupported(_ kind: Kind) -> Fault {
    .init(kind, "The external key store proxy does not support the operation.")
  }
  /// The key manager did not answer the proxy in time.
  public static func keyManagerTimedOut(_ kind: Kind) -> Fault {
    .init(kind, "The external key manager did not respond to the external key store proxy in time.")
  }
}
