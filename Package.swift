// swift-tools-version: 6.2
import PackageDescription

// Keywright: the AWS KMS API in Swift. `docs/architecture.md` draws the arrows between these targets.

/// `KEYWRIGHT_STRICT=1` makes warnings errors: in our own targets only, so that dependencies are built once either way.
let strictness: [SwiftSetting] = Context.environment["KEYWRIGHT_STRICT"] == "1" ? [.treatAllWarnings(as: .error)] : []

let settings: [SwiftSetting] =
  [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  ] + strictness

extension Target.Dependency {
  static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
  static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
  static let crypto = product(name: "Crypto", package: "swift-crypto")
  static let cryptoExtras = product(name: "CryptoExtras", package: "swift-crypto")
  static let grdb = product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["Service"]))
  static let inMemoryLogging = product(name: "InMemoryLogging", package: "swift-log")
  static let inMemoryTracing = product(name: "InMemoryTracing", package: "swift-distributed-tracing")
  static let jwtKit = product(name: "JWTKit", package: "jwt-kit", condition: .when(traits: ["Service"]))
  static let lifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
  static let logging = product(name: "Logging", package: "swift-log")
  static let metrics = product(name: "Metrics", package: "swift-metrics")
  static let metricsTestKit = product(name: "MetricsTestKit", package: "swift-metrics")
  static let nioCore = product(name: "NIOCore", package: "swift-nio")
  static let nioFoundationEssentialsCompat = product(
    name: "NIOFoundationEssentialsCompat", package: "swift-nio")
  static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
  static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
  static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
  static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
  static let nioTLS = product(name: "NIOTLS", package: "swift-nio")
  static let serviceContext = product(name: "ServiceContextModule", package: "swift-service-context")
  static let swiftASN1 = product(name: "SwiftASN1", package: "swift-asn1")
  static let tracing = product(name: "Tracing", package: "swift-distributed-tracing")
  static let x509 = product(name: "X509", package: "swift-certificates")
  static let yams = product(name: "Yams", package: "Yams", condition: .when(traits: ["Service"]))
}

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: settings)
}

/// The tests of one service of the Smithy protocol tests, with its generated client.
func protocolTests(_ folder: String) -> Target {
  .testTarget(
    name: "\(folder)ProtocolTests", dependencies: ["ProtocolTestHarness", "AWSClient", "AWSJSON"],
    path: "Tests/ProtocolTests/\(folder)", swiftSettings: settings)
}

let package = Package(
  name: "keywright",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "KMSClient", targets: ["KMSClient"]),
    .library(name: "AWSClient", targets: ["AWSClient", "AWSJSON", "SecureMemory"]),
    .library(name: "KMSClientNitro", targets: ["KMSClientNitro"]),
    .library(name: "KMSClientTesting", targets: ["KMSClientTesting"]),
    .library(name: "SmithyCodegen", targets: ["SmithyCodegen"]),
    .executable(name: "keywright", targets: ["keywright"]),
    .executable(name: "smithy-codegen", targets: ["smithy-codegen"]),
    .plugin(name: "GenerateAWSClient", targets: ["GenerateAWSClient"]),
  ],
  // Without it SwiftPM fetches nothing that only the service needs: `.package(…, traits: [])` is enough for the client.
  traits: [
    .trait(name: "Service", description: "The service, and KMSClientTesting, which runs it in a test's process."),
    .default(enabledTraits: ["Service"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-service-context", from: "1.3.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
  ],
  targets: [
    // The API's own words: bytes, signatures, generated types.
    library("SecureMemory"),
    library("AWSJSON", ["SecureMemory"]),
    library("AWSSigV4", ["SecureMemory", .crypto]),
    library("KMSModel", ["AWSJSON", "SecureMemory"]),
    library(
      "AWSClient",
      [
        "AWSJSON", "AWSSigV4", "SecureMemory", .asyncHTTPClient, .lifecycle, .logging, .metrics, .nioCore, .nioHTTP1,
        .nioPosix, .nioSSL, .serviceContext, .tracing,
      ]),
    library(
      "KMSClient",
      ["AWSClient", "KMSModel", "AWSJSON", "SecureMemory", .crypto, .cryptoExtras]),

    // The generator.
    library("SmithyCodegen", ["AWSJSON"]),
    .executableTarget(
      name: "smithy-codegen", dependencies: ["SmithyCodegen", .argumentParser], swiftSettings: settings),

    .plugin(
      name: "GenerateAWSClient",
      capability: .command(
        intent: .custom(verb: "generate-aws-client", description: "Generate a typed client from a Smithy model."),
        permissions: [.writeToPackageDirectory(reason: "Writes the generated client.")]),
      dependencies: ["smithy-codegen"]),

    // The service, from the inside out.
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    .target(name: "CMLDSA", dependencies: [.cryptoExtras]),
    library("KMSCrypto", ["CMLDSA", "COpenSSL", "CSodium", "SecureMemory", .crypto, .cryptoExtras]),
    library("KMSDomain"),
    library("KMSAccess", ["KMSDomain", "AWSJSON", "AWSSigV4", "SecureMemory"]),
    .target(name: "CFallocate"),
    library("KMSAudit", ["KMSAccess", "KMSDomain", "AWSJSON", "CFallocate", "SecureMemory", .crypto, .logging]),
    .target(name: "CPrometheus", linkerSettings: [.linkedLibrary("prometheus-cpp-core")]),
    library("KMSMetrics", ["CPrometheus"]),
    library(
      "KMSWebIdentity",
      ["KMSAccess", "KMSDomain", "AWSJSON", .asyncHTTPClient, .jwtKit, .logging, .nioCore, .nioHTTP1]),
    library(
      "KMSOperations",
      ["KMSAccess", "KMSDomain", "KMSCrypto", "KMSModel", "NitroAttestation", "AWSJSON", "SecureMemory"]),
    library(
      "KMSExternalKeyStore",
      [
        "KMSOperations", "KMSCrypto", "KMSDomain", "AWSJSON", "AWSSigV4", "SecureMemory", .asyncHTTPClient, .crypto,
        .logging, .nioCore, .nioHTTP1, .nioSSL,
      ]),
    library("KMSStoreSQLite", ["KMSDomain", .grdb]),
    library("KMSStoreTesting", ["KMSDomain"]),
    library(
      "KMSService",
      [
        "KMSOperations", "KMSAccess", "KMSAudit", "KMSDomain", "KMSCrypto", "KMSMetrics", "KMSModel",
        "NitroAttestation", "AWSJSON", "AWSSigV4", "SecureMemory", .crypto, .logging,
      ]),
    .target(name: "CNSM"),
    library("NitroAttestation", ["CNSM", "SecureMemory", .crypto, .cryptoExtras, .swiftASN1, .x509]),
    library("KMSClientNitro", ["KMSClient", "KMSModel", "NitroAttestation", "AWSJSON", "SecureMemory"]),
    library(
      "KMSClientTesting",
      [
        "KMSClient", "KMSService", "KMSOperations", "KMSAccess", "KMSDomain", "KMSCrypto", "KMSStoreSQLite", "KMSModel",
        "NitroAttestation", "AWSClient", "AWSJSON", "AWSSigV4", "SecureMemory", .logging,
      ]),
    library(
      "KMSServer",
      ["KMSService", "AWSSigV4", "SecureMemory", .logging, .nioCore, .nioHTTP1, .nioPosix, .nioSSL, .nioTLS]),
    .executableTarget(
      name: "keywright",
      dependencies: [
        "KMSServer", "KMSService", "KMSExternalKeyStore", "KMSOperations", "KMSAccess", "KMSAudit", "KMSDomain",
        "KMSCrypto", "KMSMetrics", "KMSStoreSQLite", "KMSWebIdentity", "KMSClient", "KMSModel", "NitroAttestation",
        "AWSJSON", "SecureMemory", .argumentParser, .logging, .yams,
      ],
      swiftSettings: settings),

    // Tests.
    tests(
      "KMSServiceTests",
      [
        "KMSService", "KMSOperations", "KMSAccess", "KMSAudit", "KMSDomain", "KMSCrypto", "KMSModel", "KMSStoreSQLite",
        "NitroAttestation", "AWSJSON", "AWSSigV4", "SecureMemory", .cryptoExtras, .logging,
      ]),
    tests(
      "KMSExternalKeyStoreTests",
      [
        "KMSExternalKeyStore", "KMSOperations", "KMSCrypto", "KMSDomain", "AWSSigV4", "SecureMemory", .crypto, .logging,
      ]),
    tests("KMSStoreSQLiteTests", ["KMSStoreSQLite", "KMSStoreTesting", "KMSDomain", .grdb]),
    tests("SmithyCodegenTests", ["SmithyCodegen"]),
    tests(
      "GeneratedCodeTests", ["SmithyCodegen", "AWSJSON", "SecureMemory"], resources: [.copy("Model")]),
    tests("KMSModelTests", ["KMSModel", "AWSJSON", "SecureMemory", "SmithyCodegen"]),
    tests("AWSJSONTests", ["AWSJSON", "SecureMemory"]),
    tests("KMSDomainTests", ["KMSDomain"]),
    tests("KMSAccessTests", ["KMSAccess", "KMSDomain", "SecureMemory"], exclude: ["Decisions/Cases"]),
    tests("KMSAuditTests", ["KMSAudit", "KMSAccess", "KMSDomain", "AWSJSON", "SecureMemory", .crypto, .logging]),
    tests("KMSMetricsTests", ["KMSMetrics"]),
    tests("KMSWebIdentityTests", ["KMSWebIdentity", "KMSAccess", "KMSDomain", .cryptoExtras, .jwtKit, .logging]),
    tests("KMSCryptoTests", ["KMSCrypto", "COpenSSL", "SecureMemory", .crypto, .cryptoExtras]),
    .target(
      name: "ClientTestSupport", dependencies: ["KMSClient", "AWSSigV4", .nioCore, .nioPosix, .nioSSL],
      path: "Tests/ClientTestSupport", swiftSettings: settings),
    tests(
      "AWSClientTests",
      [
        "AWSClient", "ClientTestSupport", "KMSClient", "AWSJSON", "AWSSigV4", "SecureMemory", .asyncHTTPClient,
        .inMemoryLogging, .inMemoryTracing, .lifecycle, .logging, .metrics, .metricsTestKit, .tracing,
      ]),
    tests(
      "KMSClientTests",
      [
        "KMSClient", "ClientTestSupport", "AWSJSON", "AWSSigV4", "SecureMemory", .crypto, .cryptoExtras,
      ]),
    .systemLibrary(
      name: "CZlib", path: "Tests/ProtocolTests/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "ProtocolTestHarness", dependencies: ["AWSClient", "AWSJSON", "CZlib"],
      path: "Tests/ProtocolTests/Harness", swiftSettings: settings),
    protocolTests("JSON11"),
    protocolTests("JSON10"),
    protocolTests("JSON10QueryCompatible"),
    tests("KMSClientEndToEndTests", ["KMSClient", "KMSModel", "SecureMemory", .crypto, .cryptoExtras]),
    tests("KMSClientTestingTests", ["KMSClientTesting", "KMSClientNitro", "SecureMemory"]),
    tests(
      "NitroAttestationTests", ["NitroAttestation", "SecureMemory", .crypto, .swiftASN1, .x509],
      exclude: ["Vectors"]),
    tests("KMSClientNitroTests", ["KMSClientNitro", "AWSClient", "ClientTestSupport", "SecureMemory", .crypto]),
    tests(
      "KMSServerTests",
      [
        "KMSServer", "KMSService", "AWSSigV4", .logging, .nioCore, .nioEmbedded, .nioHTTP1, .nioPosix, .nioSSL, .nioTLS,
      ]),
    tests("AWSSigV4Tests", ["AWSSigV4", "SecureMemory"]),
  ],
  cxxLanguageStandard: .cxx17
)

// The examples that need nothing beyond our own dependencies, built with everything else: see scripts/check-examples.
// Users build them as the package in `Examples/`.
if Context.environment["KEYWRIGHT_EXAMPLES"] == "1" {
  let asUsers: [SwiftSetting] = [.swiftLanguageMode(.v6)] + strictness
  func example(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
      name: name, dependencies: dependencies, path: "Examples/Sources/\(name)", swiftSettings: asUsers)
  }
  package.targets += [
    example("DataKeyPairDemo", ["KMSClient", .crypto]),
    example("SignFile", ["KMSClient", .crypto, .argumentParser]),
    example("EnvelopeStream", ["KMSClient", .argumentParser]),
    .systemLibrary(name: "CLibcrypto", path: "Examples/Sources/CLibcrypto", pkgConfig: "libcrypto"),
    example("Secp256k1AndSM2", ["KMSClient", "CLibcrypto"]),
    .target(
      name: "UnitTested", dependencies: ["KMSClient"], path: "Examples/Sources/UnitTested", swiftSettings: asUsers),
    .testTarget(
      name: "UnitTestedTests", dependencies: ["UnitTested", "KMSClientTesting"],
      path: "Examples/Tests/UnitTestedTests", swiftSettings: asUsers),
  ]
}
