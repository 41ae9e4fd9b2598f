// Registers on the command line: `N=HEX`, repeated.

import ArgumentParser

/// One platform configuration register.
struct RegisterArgument: ExpressibleByArgument {
  let index: Int
  let value: [UInt8]

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), (0...31).contains(index), let value = HexArgument(parts[1]),
      [32, 48, 64].contains(value.bytes.count)
    else { return nil }
    self.index = index
    self.value = value.bytes
  }

  /// Bytes as condition keys and logs have them.
  static func text(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] })
  }
}

extension [RegisterArgument] {
  /// The registers; one given twice is a mistake of the user's.
  func byIndex() throws(CommandFailure) -> [Int: [UInt8]] {
    var registers: [Int: [UInt8]] = [:]
    for register in self {
      guard registers.updateValue(register.value, forKey: register.index) == nil else {
        throw CommandFailure(.usage, "PCR \(register.index) is given twice")
      }
    }
    return registers
  }
}

/// Bytes in hexadecimal.
struct HexArgument: ExpressibleByArgument {
  let bytes: [UInt8]

  init?(argument: String) { self.init(argument[...]) }

  init?(_ text: Substring) {
    let digits = text.compactMap { $0.isASCII ? $0.hexDigitValue.map(UInt8.init) : nil }
    guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
    bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
