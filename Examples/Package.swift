// swift-tools-version: 6.2
import PackageDescription

// Programs outside the package, as a user would write them. A package of its own: whoever depends on Keywright resolves
// nothing of it.

let kmsClient: Target.Dependency = .product(name: "KMSClient", package: "keywright")
let kmsClientTesting: Target.Dependency = .product(name: "KMSClientTesting", package: "keywright")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
  name: "keywright-examples",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "keywright", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .executableTarget(name: "DataKeyPairDemo", dependencies: [kmsClient, crypto]),
    .executableTarget(name: "SignFile", dependencies: [kmsClient, crypto, argumentParser]),
    .executableTarget(name: "EnvelopeStream", dependencies: [kmsClient, argumentParser]),
    .systemLibrary(name: "CLibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .executableTarget(name: "Secp256k1AndSM2", dependencies: [kmsClient, "CLibcrypto"]),
    .executableTarget(
      name: "HummingbirdService",
      dependencies: [
        kmsClient, crypto,
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]),
    .target(name: "UnitTested", dependencies: [kmsClient]),
    .testTarget(name: "UnitTestedTests", dependencies: ["UnitTested", kmsClientTesting]),
  ])
