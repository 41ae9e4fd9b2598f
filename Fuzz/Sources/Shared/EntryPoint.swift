// What libFuzzer calls, and what every target is made of.

/// Hands one input to the target's own `examine`.
@c(LLVMFuzzerTestOneInput)
public func examineOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  examine(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// Ends the process, which libFuzzer takes for a finding, unless `condition` holds.
func require(_ condition: @autoclosure () -> Bool, _ rule: String) {
  guard condition() else { fatalError("broken: \(rule)") }
}

/// The value of `body`; its failure is a finding.
func mustSucceed<Value, Failure: Error>(_ rule: String, _ body: () throws(Failure) -> Value) -> Value {
  do {
    return try body()
  } catch {
    fatalError("broken: \(rule): \(error)")
  }
}

/// Whether `body` fails.
func fails<Value, Failure: Error>(_ body: () throws(Failure) -> Value) -> Bool {
  (try? body()) == nil
}
