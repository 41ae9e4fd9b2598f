// Key material in rows of the table `key_material`.

import GRDB
import KMSDomain

extension WrappedKeyMaterial {
  /// A material from a row of `selectMaterials`.
  init(_ row: Row) throws {
    self.init(
      id: try row.text(0),
      wrapped: try row.optionalBytes(7),
      creationDate: try row.instant(1),
      state: try row.parsed(2, State.init),
      rotation: try row.optionallyParsed(4, Rotation.Cause.init).map { cause in
        Rotation(date: try row.instant(3), cause: cause)
      },
      description: try row.optionalFreeText(6),
      validTo: try row.optionalInstant(5))
  }

  /// The arguments of `putMaterial`.
  func arguments(of key: Key, ordinal: Int) throws -> [(any DatabaseValueConvertible)?] {
    [
      key.home.region.description, key.id.description, ordinal, id, try StoredInstant(creationDate).milliseconds,
      state.rawValue, try rotation.map { try StoredInstant($0.date).milliseconds }, rotation?.cause.rawValue,
      try validTo.map { try StoredInstant($0).milliseconds }, bindable(description), bindable(wrapped),
    ]
  }
}
