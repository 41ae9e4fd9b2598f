// Prometheus's text format, written by prometheus-cpp.

import CPrometheus

/// A document of metrics, filled from the top.
///
/// Nothing is thrown: without memory a document is not complete, and ``serialized()`` says so.
final class MetricsDocument {
  /// A label of a sample.
  typealias Label = (name: String, value: String)

  /// The format's media type.
  static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private let document: OpaquePointer?
  private var isComplete: Bool

  init() {
    document = cprometheus_create()
    isComplete = document != nil
  }

  deinit { cprometheus_destroy(document) }

  /// Begins a family of counters; the name ends in `_total`.
  func counters(_ name: StaticString, _ help: StaticString) { family(name, help, CPROMETHEUS_COUNTER) }

  /// Begins a family of gauges.
  func gauges(_ name: StaticString, _ help: StaticString) { family(name, help, CPROMETHEUS_GAUGE) }

  /// Begins a family of histograms.
  func histograms(_ name: StaticString, _ help: StaticString) { family(name, help, CPROMETHEUS_HISTOGRAM) }

  /// Adds a counter or a gauge to the family.
  func add(_ value: Double, _ labels: Label...) {
    add { cprometheus_add_value($0, value) }
    for label in labels { add(label) }
  }

  /// Adds a histogram to the family.
  func add(_ reading: LatencyTable.Reading, _ label: Label) {
    add { cprometheus_add_histogram($0, reading.count, reading.sum) }
    for (bound, count) in zip(LatencyTable.bounds, reading.cumulativeCounts) {
      add { cprometheus_add_bucket($0, bound, count) }
    }
    add(label)
  }

  /// The text in UTF-8; nil without memory for it.
  func serialized() -> [UInt8]? {
    guard isComplete, let document else { return nil }
    var bytes: UnsafeMutablePointer<UInt8>?
    var size = 0
    guard cprometheus_serialize(document, &bytes, &size) == 1, let bytes else { return nil }
    defer { cprometheus_free(bytes) }
    return [UInt8](UnsafeBufferPointer(start: bytes, count: size))
  }

  /// Names and help stand in the source: the format takes them as they are.
  private func family(_ name: StaticString, _ help: StaticString, _ kind: cprometheus_kind) {
    add { cprometheus_add_family($0, name.description, help.description, kind) }
  }

  private func add(_ label: Label) {
    add { cprometheus_add_label($0, label.name, label.value) }
  }

  private func add(_ step: (OpaquePointer) -> Int32) {
    guard isComplete, let document else { return }
    isComplete = step(document) == 1
  }
}
