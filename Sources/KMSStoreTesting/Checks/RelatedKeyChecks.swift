// Related multi-Region keys share an id, and nothing in the store.

import KMSDomain

extension StoreConformance {
  static let relatedKeyChecks = [
    Check("related keys of one id in several Regions have their own records, material, aliases and grants") { store in
      var keys = relatives()
      try await store.insert(keys)
      try await store.insert(keys.map { Samples.alias("app", of: $0) })
      try await store.insert(keys.map { Samples.grant(1, on: $0, name: $0.home.region.description) })
      keys[1].description = "another"
      keys[1].disable()
      keys[1].rotate(to: Samples.material(7), .init(date: Samples.date, cause: .onDemand))
      try await update(keys[1], in: store)
      for key in keys { try expect(try await store.stored(key), equals: key, "a relative") }
      let gone = keys[2]
      try await store.write { transaction throws(Fault) in
        try transaction.deleteGrant(Samples.grant(1, on: gone).id, on: gone.id, region: gone.home.region)
        try transaction.deleteKey(gone.id, region: gone.home.region)
      }
      try expect(try await store.stored(gone), equals: nil, "the one deleted")
      for key in keys[..<2] {
        try expect(try await store.stored(key), equals: key, "a relative")
        let grant = Samples.grant(1, on: key, name: key.home.region.description)
        try expect(try await store.stored(grant), equals: grant, "its grant")
        let alias = Samples.alias("app", of: key)
        try expect(try await store.stored(alias), equals: alias, "its alias")
      }
    },

    Check("related keys change together, or none does") { store in
      let keys = relatives()
      try await store.insert(keys)
      try await expectInternalFailure("a promotion of which one key is missing") { () throws(Fault) in
        try await store.write { transaction throws(Fault) in
          try transaction.deleteKey(keys[2].id, region: keys[2].home.region)
          for var key in keys {
            key.promote(keys[1].home.region)
            try transaction.update(key)
          }
        }
      }
      for key in keys { try expect(try await store.stored(key), equals: key, "a relative after that") }
      let promoted = try await store.write { transaction throws(Fault) in
        var promoted: [Key] = []
        for var key in keys {
          key.promote(keys[1].home.region)
          try transaction.update(key)
          promoted.append(key)
        }
        return promoted
      }
      for key in promoted {
        try expect(key.multiRegion?.primaryRegion, equals: keys[1].home.region, "the primary's Region")
        try expect(try await store.stored(key), equals: key, "a relative after the promotion")
      }
    },
  ]

  /// A primary and two replicas.
  private static func relatives() -> [Key] {
    let homes = [Samples.home, Samples.otherRegion, Samples.thirdRegion]
    let role = MultiRegionRole(primaryRegion: homes[0].region, replicaRegions: homes[1...].map(\.region))
    return homes.map { Samples.key(1, in: $0, multiRegion: role) }
  }
}
