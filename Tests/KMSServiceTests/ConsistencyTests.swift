// After a change is acknowledged no request sees the state before it, whatever was cached and whoever was reading.

import Foundation
import KMSDomain
import KMSModel
import KMSOperations
import KMSService
import Testing

@Suite struct ConsistencyTests {
  private static func canEncrypt(_ service: TestService, _ name: String) async throws -> Bool {
    do {
      _ = try await service.call(GenerateDataKey.self, GenerateDataKeyInput(keyID: name, keySpec: .aes256))
      return true
    } catch let refusal as TestService.Refusal where refusal.code == "DisabledException" {
      return false
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func enablingAndDisablingUnderLoad() async throws {
    let service = try await TestService()
    let key = try await service.makeKey().keyID
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          while !Task.isCancelled {
            _ = try await Self.canEncrypt(service, key)
            // Nothing above need suspend: without this, four loops would keep two threads to themselves.
            await Task.yield()
          }
        }
      }
      for _ in 0..<100 {
        _ = try await service.call(DisableKey.self, DisableKeyInput(keyID: key))
        #expect(try await Self.canEncrypt(service, key) == false)
        _ = try await service.call(EnableKey.self, EnableKeyInput(keyID: key))
        #expect(try await Self.canEncrypt(service, key) == true)
      }
      group.cancelAll()
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func anAliasThatMovesUnderLoad() async throws {
    let service = try await TestService()
    let keys = [try await service.makeKey(), try await service.makeKey()]
    let alias = "alias/moving"
    _ = try await service.call(CreateAlias.self, CreateAliasInput(aliasName: alias, targetKeyID: keys[0].keyID))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          while !Task.isCancelled {
            _ = try await Self.canEncrypt(service, alias)
            // Nothing above need suspend: without this, four loops would keep two threads to themselves.
            await Task.yield()
          }
        }
      }
      for round in 1...100 {
        let target = keys[round % 2]
        _ = try await service.call(UpdateAlias.self, UpdateAliasInput(aliasName: alias, targetKeyID: target.keyID))
        let found = try await service.call(DescribeKey.self, DescribeKeyInput(keyID: alias)).keyMetadata.arn
        #expect(found == target.arn)
      }
      group.cancelAll()
    }
    _ = try await service.call(DeleteAlias.self, DeleteAliasInput(aliasName: alias))
    await #expect(throws: TestService.Refusal.self) {
      try await service.call(DescribeKey.self, DescribeKeyInput(keyID: alias))
    }
  }

  @Test func moreKeysThanTheCacheHolds() async throws {
    let service = try await TestService(keyCapacity: 4)
    var blobs: [(KeyMetadata, [UInt8])] = []
    for _ in 0..<20 {
      let key = try await service.makeKey()
      let made = try await service.call(GenerateDataKey.self, GenerateDataKeyInput(keyID: key.arn, keySpec: .aes256))
      blobs.append((key, made.ciphertextBlob))
    }
    for (key, blob) in blobs + blobs.reversed() {
      let opened = try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: blob))
      #expect(opened.keyID == key.arn)
    }
  }

  @Test func fiftyAliasesAndNoMore() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    // All at once: the limit holds against races too.
    let outcomes = await withTaskGroup(of: String?.self) { group in
      for number in 0..<60 {
        group.addTask {
          do {
            _ = try await service.call(
              CreateAlias.self, CreateAliasInput(aliasName: "alias/n\(number)", targetKeyID: key.keyID))
            return nil
          } catch {
            return (error as? TestService.Refusal)?.code
          }
        }
      }
      return await group.reduce(into: [String?]()) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 == nil }.count == 50)
    #expect(outcomes.filter { $0 == "LimitExceededException" }.count == 10)
  }
}
