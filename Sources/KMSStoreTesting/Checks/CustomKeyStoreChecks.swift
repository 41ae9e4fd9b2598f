// Custom key stores belong to one account and Region, and outlive none of their keys.

import KMSDomain

extension StoreConformance {
  static let customKeyStoreChecks = [
    Check("a custom key store comes back as it was put, is changed, and deleted") { store in
      let neighbour = Samples.customKeyStore(2)
      var customKeyStore = Samples.customKeyStore(1)
      try await store.insert([customKeyStore, neighbour])
      try expect(try await store.stored(customKeyStore), equals: customKeyStore, "the store")
      for state in CustomKeyStore.ConnectionState.allCases {
        for (number, text) in Samples.texts.enumerated() {
          customKeyStore.name = "n" + text
          customKeyStore.connectionState = state
          customKeyStore.connectionErrorCode = number == 0 ? nil : text
          customKeyStore.proxy = ExternalKeyStoreProxy(
            connectivity: number.isMultiple(of: 2) ? .publicEndpoint : .vpcEndpointService, uriEndpoint: "u" + text,
            uriPath: text, vpcEndpointServiceName: number == 1 ? nil : "v" + text,
            vpcEndpointServiceOwner: number == 2 ? nil : Samples.otherAccount.account, accessKeyID: "a" + text,
            wrappedSecretAccessKey: Samples.bytes(number * 9, seed: number))
          let changed = customKeyStore
          try await store.write { transaction throws(Fault) in try transaction.update(changed) }
          let found = try await store.stored(customKeyStore)
          try expect(found, equals: customKeyStore, "the store after a change")
          try expect(found.map(texts), equals: texts(of: customKeyStore), "the bytes of its texts")
        }
      }
      let last = customKeyStore
      try await store.write { transaction throws(Fault) in
        try transaction.deleteCustomKeyStore(last.id, in: Samples.otherAccount)
        try transaction.deleteCustomKeyStore(last.id + "\u{0}", in: last.home)
      }
      try expect(try await store.stored(customKeyStore), equals: customKeyStore, "the store after others were deleted")
      try await store.write { transaction throws(Fault) in
        try transaction.deleteCustomKeyStore(last.id, in: last.home)
        try transaction.deleteCustomKeyStore(last.id, in: last.home)
      }
      try expect(try await store.stored(customKeyStore), equals: nil, "the store after its deletion")
      try expect(try await store.stored(neighbour), equals: neighbour, "another store")
    },

    Check("custom key stores are listed in ascending order of name, of one account and Region") { store in
      let names = ["A", "B", "a", "a b", "b", "é", "語"]
      let expected = names.enumerated().map { Samples.customKeyStore(90 - $0, name: $1) }
      let others = [
        Samples.customKeyStore(200, name: "A", in: Samples.otherAccount),
        Samples.customKeyStore(201, name: "A", in: Samples.otherRegion),
      ]
      try await store.insert(expected.reversed() + others)
      try expect(try await list(store), equals: expected, "all")
      try expect(try await list(store, limit: 2), equals: Array(expected.prefix(2)), "the first two")
      try expect(try await list(store, limit: 0), equals: [], "none")
      try expect(try await list(store, after: "B", limit: 2), equals: Array(expected[2..<4]), "two after B")
      try expect(try await list(store, after: "aa", limit: 1), equals: [expected[4]], "one after a name not there")
      try expect(try await list(store, after: "語"), equals: [], "after the last")
      let elsewhere = try await store.read { reader throws(Fault) in
        try reader.customKeyStores(in: Samples.otherRegion, after: nil, limit: 9)
      }
      try expect(elsewhere, equals: [others[1]], "those of the other Region")
    },

    Check("a custom key store's id and name are unique in its home, and one that is missing is not changed") { store in
      let (first, second) = (Samples.customKeyStore(1, name: "first"), Samples.customKeyStore(2, name: "second"))
      try await store.insert([first, second, Samples.customKeyStore(3, name: "first", in: Samples.otherRegion)])
      for (what, refused) in [
        ("the same id", Samples.customKeyStore(1, name: "third")),
        ("the same name", Samples.customKeyStore(4, name: "first")),
      ] {
        try await expectInternalFailure(what) { () throws(Fault) in try await store.insert([refused]) }
      }
      for (what, refused) in [
        ("a name that another has", Samples.customKeyStore(2, name: "first")),
        ("updating a missing store", Samples.customKeyStore(9)),
        ("updating a store of another account", Samples.customKeyStore(1, in: Samples.otherAccount)),
      ] {
        try await expectInternalFailure(what) { () throws(Fault) in
          try await store.write { transaction throws(Fault) in try transaction.update(refused) }
        }
      }
      try expect(try await list(store), equals: [first, second], "the stores after that")
      let exchanged = [Samples.customKeyStore(1, name: "free"), Samples.customKeyStore(2, name: "first")]
      try await store.write { transaction throws(Fault) in
        for customKeyStore in exchanged { try transaction.update(customKeyStore) }
      }
      try expect(try await list(store), equals: exchanged.reversed(), "the stores with other names")
    },

    Check("a custom key store with keys stays, one without goes") { store in
      let (full, empty) = (Samples.customKeyStore(1), Samples.customKeyStore(2))
      let keys = KeyState.allCases.enumerated().map { number, state in
        Samples.key(
          number, origin: .externalKeyStore, state: state, materials: [], customKeyStore: full,
          externalKeyID: "key \(number)")
      }
      try await store.insert([full, empty])
      try await store.insert(keys + [Samples.key(90)])
      for (number, key) in keys.enumerated() {
        try expect(try await hasKeys(store, full), equals: true, "whether there are keys before deletion \(number)")
        try await expectInternalFailure("deleting a store with keys") { () throws(Fault) in
          try await store.write { transaction throws(Fault) in
            try transaction.deleteCustomKeyStore(full.id, in: full.home)
          }
        }
        try expect(try await store.stored(full), equals: full, "the store")
        try await store.write { transaction throws(Fault) in
          try transaction.deleteKey(key.id, region: key.home.region)
        }
      }
      for customKeyStore in [full, empty] {
        try expect(try await hasKeys(store, customKeyStore), equals: false, "whether there are keys")
        try await store.write { transaction throws(Fault) in
          try transaction.deleteCustomKeyStore(customKeyStore.id, in: customKeyStore.home)
        }
        try expect(try await store.stored(customKeyStore), equals: nil, "the store after its deletion")
      }
      try expect(try await store.stored(Samples.key(90)), equals: Samples.key(90), "a key outside")
    },

    Check("a key is in no custom key store but one of its home") { store in
      let elsewhere = Samples.customKeyStore(1, in: Samples.otherRegion)
      try await store.insert([elsewhere])
      for customKeyStore in [elsewhere, Samples.customKeyStore(2)] {
        try await expectInternalFailure("a key in a store that is not there") { () throws(Fault) in
          try await store.insert([Samples.key(1, origin: .externalKeyStore, customKeyStore: customKeyStore)])
        }
      }
      try expect(try await store.stored(Samples.key(1)), equals: nil, "the key")
    },

    Check("a key is found by the external key that it is associated with") { store in
      let homes = [Samples.customKeyStore(1), Samples.customKeyStore(2)]
      let ids = ["a", "A", "é", "e\u{301}", "a\u{0}b", "a%"]
      var keys: [Key] = []
      for home in homes {
        for id in ids {
          keys.append(
            Samples.key(
              keys.count, origin: .externalKeyStore, materials: [], customKeyStore: home, externalKeyID: id))
        }
      }
      try await store.insert(homes)
      try await store.insert(keys)
      for key in keys {
        let found = try await store.read { reader throws(Fault) in
          try reader.keyID(
            externalKeyID: key.externalKeyID ?? "", inCustomKeyStore: key.customKeyStoreID ?? "", of: key.home)
        }
        try expect(found, equals: key.id, "the key of \(key.externalKeyID.debugDescription)")
      }
      for (id, customKeyStore, home) in [
        ("", homes[0].id, Samples.home), ("b", homes[0].id, Samples.home), ("a\u{0}", homes[0].id, Samples.home),
        ("a", homes[0].id + "\u{0}", Samples.home), ("a", homes[0].id, Samples.otherAccount),
      ] {
        let found = try await store.read { reader throws(Fault) in
          try reader.keyID(externalKeyID: id, inCustomKeyStore: customKeyStore, of: home)
        }
        try expect(found, equals: nil, "the key of \(id.debugDescription) in \(customKeyStore.debugDescription)")
      }
    },
  ]

  private static func list(
    _ store: any Store, after name: String? = nil, limit: Int = 100
  ) async throws -> [CustomKeyStore] {
    try await store.read { reader throws(Fault) in
      try reader.customKeyStores(in: Samples.home, after: name, limit: limit)
    }
  }

  private static func hasKeys(_ store: any Store, _ customKeyStore: CustomKeyStore) async throws -> Bool {
    try await store.read { reader throws(Fault) in
      try reader.hasKeys(inCustomKeyStore: customKeyStore.id, of: customKeyStore.home)
    }
  }

  /// The bytes of every text: two that Swift takes for equal differ.
  private static func texts(of customKeyStore: CustomKeyStore) -> [[UInt8]] {
    let proxy = customKeyStore.proxy
    return [
      customKeyStore.name, customKeyStore.connectionErrorCode ?? "", proxy.uriEndpoint, proxy.uriPath,
      proxy.vpcEndpointServiceName ?? "", proxy.accessKeyID,
    ].map { Array($0.utf8) }
  }
}
