// Key material at rest: it unwraps as it was, under its key, in its place, or not at all.

import KMSCrypto
import SecureMemory
import Testing

@Suite struct KeyWrapTests {
  private let wrap: KeyWrap
  private let place = Array("account/key/material".utf8)

  init() throws { wrap = try KeyWrap(wrappingKey: RandomBytes.bytes(count: 32)) }

  private func refusal(_ wrapped: [UInt8], _ place: [UInt8], by wrap: KeyWrap? = nil) -> CryptoError? {
    cryptoError { () throws(CryptoError) in _ = try (wrap ?? self.wrap).unwrap(wrapped, associatedData: place) }
  }

  @Test(arguments: [0, 1, 28, 32, 64, 128, 2400, 100_000]) func materialComesBack(count: Int) throws {
    let material = RandomBytes.bytes(count: count)
    for place in [place, []] {
      let wrapped = try wrap.wrap(material, associatedData: place)
      #expect(wrapped.count == count + KeyWrap.overhead)
      #expect(try wrap.unwrap(wrapped, associatedData: place) == material)
    }
  }

  @Test func everyAlteredByteTruncationAndExtensionIsRefused() throws {
    let wrapped = try wrap.wrap(RandomBytes.bytes(count: 32), associatedData: place)
    for index in wrapped.indices {
      for change in UInt8(1)...255 {
        var altered = wrapped
        altered[index] ^= change
        #expect(refusal(altered, place) == .authenticationFailure)
      }
      #expect(refusal(Array(wrapped.prefix(index)), place) == .authenticationFailure)
    }
    #expect(refusal(wrapped + [0], place) == .authenticationFailure)
  }

  @Test func anyOtherPlaceIsRefused() throws {
    let wrapped = try wrap.wrap(RandomBytes.bytes(count: 32), associatedData: place)
    for other in [[], [0], place + [0], Array(place.dropLast()), place.reversed()] as [[UInt8]] {
      #expect(refusal(wrapped, other) == .authenticationFailure)
    }
  }

  @Test func anyOtherWrappingKeyIsRefused() throws {
    let wrapped = try wrap.wrap(RandomBytes.bytes(count: 32), associatedData: place)
    for _ in 0..<50 {
      let other = try KeyWrap(wrappingKey: RandomBytes.bytes(count: 32))
      #expect(refusal(wrapped, place, by: other) == .authenticationFailure)
    }
  }

  @Test func everyWrappingIsDifferent() throws {
    let material = RandomBytes.bytes(count: 32)
    let wrapped = try (0..<1000).map { _ in try wrap.wrap(material, associatedData: place) }
    #expect(Set(wrapped.map { $0[1..<13] }).count == wrapped.count)
  }

  @Test(arguments: [0, 16, 31, 33]) func otherWrappingKeyLengthsAreRefused(count: Int) {
    #expect(throws: CryptoError.invalidKeyLength) { try KeyWrap(wrappingKey: RandomBytes.bytes(count: count)) }
  }
}
