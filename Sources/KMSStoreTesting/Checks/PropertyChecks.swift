// Properties are bytes by name.

import KMSDomain

extension StoreConformance {
  static let propertyChecks = [
    Check("a property comes back as it was set last") { store in
      try expect(try await store.property("store-key"), equals: nil, "a property that was not set")
      for value in [[1, 2, 3], [], Samples.bytes(1 << 20, seed: 1), [0], [0, 0xFF, 0]] {
        try await store.setProperty("store-key", to: value)
        try expect(try await store.property("store-key"), equals: value, "the property")
      }
    },

    Check("properties are told apart by every scalar of their names") { store in
      let names = ["a", "A", "a\u{0}", "a\u{0}b", "", "é", "e\u{301}"]
      for (number, name) in names.enumerated() { try await store.setProperty(name, to: [UInt8(number)]) }
      for (number, name) in names.enumerated() {
        try expect(try await store.property(name), equals: [UInt8(number)], "\(name.debugDescription)")
      }
    },
  ]
}
