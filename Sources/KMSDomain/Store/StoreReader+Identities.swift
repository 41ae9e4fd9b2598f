// Everybody whom a store keeps, read page by page.

extension StoreReader {
  /// All principals of an account, or of every account; in ascending order of ARN.
  public func allPrincipals(in account: AccountID? = nil) throws(Fault) -> [Principal] {
    try allPages { last, limit throws(Fault) in
      if let account {
        try principals(in: account, after: last?.arn, limit: limit)
      } else {
        try principals(after: last?.arn, limit: limit)
      }
    }
  }

  /// All access keys, in ascending order of id.
  public func allAccessKeys() throws(Fault) -> [AccessKey] {
    try allPages { last, limit throws(Fault) in try accessKeys(after: last?.id, limit: limit) }
  }

  private func allPages<Item>(
    _ page: (_ last: Item?, _ limit: Int) throws(Fault) -> [Item]
  ) throws(Fault) -> [Item] {
    let limit = 1000
    var all: [Item] = []
    while true {
      let next = try page(all.last, limit)
      all += next
      guard next.count == limit else { return all }
    }
  }
}
