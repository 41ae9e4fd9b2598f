// swift-tools-version: 6.2
import PackageDescription

// Programs outside the package, as a user would write them. A package of its own: whoever depends on Keywright resolves
// nothing of it.

let package = Package(
  name: "keywright-examples",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "keywright", path: ".."),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .executableTarget(
      name: "DataKeyPairDemo",
      dependencies: [
        .product(name: "KMSClient", package: "keywright"),
        .product(name: "Crypto", package: "swift-crypto"),
      ])
  ]
)
