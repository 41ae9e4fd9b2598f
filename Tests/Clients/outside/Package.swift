// swift-tools-version: 6.2
import PackageDescription

// A program of somebody else's, which depends on Keywright by its path. A test copies this folder out of the
// repository and builds it there.

let keywright = Context.environment["KEYWRIGHT_CHECKOUT"] ?? "../../.."

let package = Package(
  name: "outside",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "keywright", path: keywright, traits: [])],
  targets: [
    .executableTarget(name: "Outside", dependencies: [.product(name: "KMSClient", package: "keywright")])
  ]
)
