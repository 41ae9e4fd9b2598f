// NIO's HTTP/1 request decoder, plus what it keeps to itself: whether a head has begun, and where it grew too large.

import NIOCore
import NIOHTTP1

/// Decodes requests within the server's limits.
final class RequestDecoder: ByteToMessageDecoder {
  typealias InboundOut = HTTPServerRequestPart

  private enum HeadProgress { case nothing, requestLine, fields }

  private let decoder: HTTPRequestDecoder
  private let maximumTargetBytes: Int
  private var isInMessage = false
  private var deliveredPart = false
  private var progress = HeadProgress.nothing

  init(limits: HTTPServer.Limits) {
    var bounds = NIOHTTPDecoderLimitConfiguration()
    bounds.maxHeaderFieldSize = limits.maximumHeadBytes
    bounds.maxHeaderListSize = limits.maximumHeadBytes
    bounds.maxHeaderFieldCount = limits.maximumHeaderCount
    decoder = HTTPRequestDecoder(limitConfiguration: bounds)
    maximumTargetBytes = limits.maximumTargetBytes
  }

  /// Whether bytes have arrived that belong to the next request's head. Bytes that came together with the end of the
  /// request before it do not count until more follow.
  var hasPartialHead: Bool { progress != .nothing }

  /// To be told of every part that arrives further on: NIO's decoder delivers them past this one.
  func delivered(_ part: HTTPServerRequestPart) {
    deliveredPart = true
    progress = .nothing
    isInMessage = if case .end = part { false } else { true }
  }

  func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
    guard !isInMessage else { return try decoder.decode(context: context, buffer: &buffer) }
    let line = progress == .fields ? nil : buffer.readableBytesView
    deliveredPart = false
    do {
      let state = try decoder.decode(context: context, buffer: &buffer)
      if !deliveredPart { progress = line?.contains(Self.lineFeed) == false ? .requestLine : .fields }
      return state
    } catch HTTPParserError.headerOverflow {
      // The decoder has one error for every part of a head that is too large; a long first line is the target's fault.
      let lineLength = line.map { $0.firstIndex(of: Self.lineFeed).map($0.startIndex.distance(to:)) ?? $0.count }
      throw lineLength ?? 0 > maximumTargetBytes ? Refusal.targetTooLong : Refusal.headTooLarge
    }
  }

  func decodeLast(context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool) throws -> DecodingState {
    try decoder.decodeLast(context: context, buffer: &buffer, seenEOF: seenEOF)
  }

  func decoderAdded(context: ChannelHandlerContext) { decoder.decoderAdded(context: context) }

  func decoderRemoved(context: ChannelHandlerContext) { decoder.decoderRemoved(context: context) }

  private static let lineFeed = UInt8(ascii: "\n")
}
