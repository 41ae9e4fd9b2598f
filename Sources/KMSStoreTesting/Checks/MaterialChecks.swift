// Key material keeps its order, however a key's generations change.

import KMSDomain

extension StoreConformance {
  static let materialChecks = [
    Check("material of every size comes back in its order") { store in
      var key = Samples.key(1)
      key.materials = [0, 1, 60, 1000, 5000, 70_000].enumerated().map { number, size in
        Samples.material(9 - number, size: size)
      }
      try await store.insert([key])
      try expect(try await store.stored(key), equals: key, "the key")
    },

    Check("generations of material are added, replaced and removed") { store in
      var key = Samples.key(1)
      try await store.insert([key])
      for generations in [[0, 1], [0, 1, 2, 3], [0, 7, 2, 3], [0], [], [5, 4], Array(0..<120), [119, 0]] {
        key.materials = generations.map { Samples.material($0) }
        key.currentMaterialID = generations.last.map { Samples.material($0).id }
        try await update(key, in: store)
      }
    },

    Check("material belongs to one key, in one Region") { store in
      var here = Samples.key(1)
      let there = Samples.key(1, in: Samples.otherRegion)
      let next = Samples.key(2)
      try await store.insert([here, there, next])
      here.materials = []
      here.currentMaterialID = nil
      try await update(here, in: store)
      try expect(try await store.stored(there), equals: there, "the key of the same id in the other Region")
      try expect(try await store.stored(next), equals: next, "the next key")
    },
  ]
}
