// Key material keeps its order, however a key's generations change.

import KMSDomain

extension StoreConformance {
  static let materialChecks = [
    Check("material of every size comes back in its order") { store in
      let key = Samples.key(
        1,
        materials: [0, 1, 60, 1000, 5000, 70_000].enumerated().map { number, size in
          Samples.material(9 - number, size: size)
        })
      try await store.insert([key])
      try expect(try await store.stored(key), equals: key, "the key")
    },

    Check("generations of material are added, replaced and removed") { store in
      try await store.insert([Samples.key(1)])
      for generations in [[0, 1], [0, 1, 2, 3], [0, 7, 2, 3], [0], [], [5, 4], Array(0..<120), [119, 0]] {
        try await update(Samples.key(1, materials: generations.map { Samples.material($0) }), in: store)
      }
    },

    Check("a material's state, rotation, description and end come back as they were put") { store in
      var materials: [WrappedKeyMaterial] = []
      for state in WrappedKeyMaterial.State.allCases {
        for cause in [nil] + WrappedKeyMaterial.Rotation.Cause.allCases {
          for text in [nil] + Samples.texts {
            let sample = Samples.material(materials.count)
            materials.append(
              WrappedKeyMaterial(
                id: sample.id, wrapped: sample.wrapped, creationDate: sample.creationDate, state: state,
                rotation: cause.map { .init(date: Samples.date(milliseconds: 1_700_000_000_001), cause: $0) },
                description: text,
                validTo: text.map { Samples.date(milliseconds: 1_800_000_000_000 + Int64($0.utf8.count)) }))
          }
        }
      }
      let key = Samples.key(1, origin: .external, materials: materials)
      try await store.insert([key])
      let found = try await store.stored(key)
      try expect(found, equals: key, "the key")
      try expect(
        found?.materials.map { $0.description.map { Array($0.utf8) } },
        equals: materials.map { $0.description.map { Array($0.utf8) } }, "the descriptions' bytes")
    },

    Check("a material that is gone differs from an empty one, and comes back when it is there again") { store in
      var key = Samples.key(1, origin: .external, materials: [0, 1, 2].map { Samples.material($0) })
      try await store.insert([key])
      for bytes in [nil, [], [1], nil, [1, 2]] as [[UInt8]?] {
        for material in key.materials { key.changeMaterial(material.id) { $0.wrapped = bytes } }
        try await update(key, in: store)
        try expect(try await store.stored(key)?.materials.map(\.wrapped), equals: [bytes, bytes, bytes], "the bytes")
      }
    },

    Check("material changes in the middle, and in its order") { store in
      var key = Samples.key(1, materials: (0..<9).map { Samples.material($0, state: .nonCurrent) })
      try await store.insert([key])
      key.changeMaterial(Samples.material(4).id) { $0.validTo = Samples.date }
      try await update(key, in: store)
      key.changeMaterial(Samples.material(4).id) { $0.wrapped = nil }
      key.changeMaterial(Samples.material(7).id) { $0.description = "seven" }
      try await update(key, in: store)
      key.add(Samples.material(9, state: .pendingRotation))
      try await update(key, in: store)
      key.rotate(to: Samples.material(9), .init(date: Samples.date, cause: .onDemand))
      try await update(key, in: store)
      key.rotate(to: Samples.material(3), .init(date: Samples.date, cause: .automatic))
      try await update(key, in: store)
      key.add(Samples.material(10, state: .pendingMultiRegionImportAndRotation))
      try await update(key, in: store)
      key.remove(Samples.material(10, state: .pendingMultiRegionImportAndRotation))
      try await update(key, in: store)
    },

    Check("material belongs to one key, in one Region") { store in
      let here = Samples.key(1)
      let there = Samples.key(1, in: Samples.otherRegion)
      let next = Samples.key(2)
      try await store.insert([here, there, next])
      try await update(Samples.key(1, materials: []), in: store)
      try expect(try await store.stored(there), equals: there, "the key of the same id in the other Region")
      try expect(try await store.stored(next), equals: next, "the next key")
    },
  ]
}
