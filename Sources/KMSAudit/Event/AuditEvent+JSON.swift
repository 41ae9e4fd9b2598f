// A record as JSON, member by member in CloudTrail's order.

import AWSJSON
import KMSDomain

extension AuditEvent {
  /// The record's format, CloudTrail's `eventVersion`.
  static let version = "1.11"
  /// The most of parameters or of an answer that a record has, in bytes, as in CloudTrail; longer ones are left out.
  public static let maximumElementBytes = 100 * 1024

  /// The most that is kept of texts that callers choose, in Unicode scalars.
  enum TextLimit {
    static let userAgent = 1024
    static let message = 4096
    static let other = 1024
  }

  /// How CloudTrail calls whoever acts inside the service.
  private static let inside = "AWS Internal"

  /// The record as one JSON object on one line, without a line's end.
  public func encoded() -> [UInt8] {
    let elements = (requestParameters?.count ?? 0) + (responseElements?.count ?? 0)
    var writer = JSONWriter(capacity: 1536 + min(elements, 2 * Self.maximumElementBytes))
    writer.beginObject()
    writer.member("eventVersion")
    writer.string(Self.version)
    writer.member("userIdentity")
    actor.encode(&writer)
    encodeCall(&writer)
    encodeOutcome(&writer)
    encodePlace(&writer)
    writer.endObject()
    return writer.finish()
  }

  private func encodeCall(_ writer: inout JSONWriter) {
    writer.member("eventTime")
    writer.dateTime(secondsSince1970: time)
    writer.member("eventSource")
    writer.string(source.rawValue)
    writer.member("eventName")
    writer.string(name.limited(to: TextLimit.other))
    writer.member("awsRegion")
    writer.string(region.description)
    writer.member("sourceIPAddress")
    writer.string(sourceIPAddress?.limited(to: TextLimit.other) ?? Self.inside)
    if case .service = actor {
      writer.member("userAgent")
      writer.string(Self.inside)
    } else if let userAgent {
      writer.member("userAgent")
      writer.string(userAgent.limited(to: TextLimit.userAgent))
    }
  }

  private func encodeOutcome(_ writer: inout JSONWriter) {
    if let refusal {
      writer.member("errorCode")
      // CloudTrail has this one error under another name than the API.
      writer.string(refusal.code == "AccessDeniedException" ? "AccessDenied" : refusal.code)
      if let message = refusal.message {
        writer.member("errorMessage")
        writer.string(message.limited(to: TextLimit.message))
      }
    }
    writer.member("requestParameters")
    Self.encode(requestParameters, &writer)
    writer.member("responseElements")
    Self.encode(responseElements, &writer)
    if !additionalEventData.isEmpty || !recipient.isEmpty {
      writer.member("additionalEventData")
      writer.beginObject()
      Self.encode(additionalEventData, &writer)
      if !recipient.isEmpty {
        writer.member("recipient")
        writer.beginObject()
        Self.encode(recipient, &writer)
        writer.endObject()
      }
      writer.endObject()
    }
  }

  private static func encode(_ members: [(name: String, value: String)], _ writer: inout JSONWriter) {
    for (name, value) in members {
      writer.key(name)
      writer.string(value.limited(to: TextLimit.other))
    }
  }

  private func encodePlace(_ writer: inout JSONWriter) {
    if let requestID {
      writer.member("requestID")
      writer.string(requestID)
    }
    writer.member("eventID")
    writer.string(eventID)
    writer.member("readOnly")
    writer.bool(isReadOnly)
    writer.member("resources")
    writer.list(resources) { writer, resource in resource.encode(&writer) }
    writer.member("eventType")
    if case .service = actor { writer.string("AwsServiceEvent") } else { writer.string("AwsApiCall") }
    writer.member("managementEvent")
    writer.bool(true)
    writer.member("recipientAccountId")
    writer.string(recipientAccount.description)
    if let sharedEventID {
      writer.member("sharedEventID")
      writer.string(sharedEventID)
    }
    writer.member("eventCategory")
    writer.string("Management")
    if tlsHost != nil || tlsVersion != nil {
      writer.member("tlsDetails")
      writer.beginObject()
      if let tlsVersion {
        writer.member("tlsVersion")
        writer.string(tlsVersion)
      }
      if let tlsHost {
        writer.member("clientProvidedHostHeader")
        writer.string(tlsHost.limited(to: TextLimit.other))
      }
      writer.endObject()
    }
  }

  /// The element, `null` where there is none, or CloudTrail's note in place of one that is too long.
  private static func encode(_ element: [UInt8]?, _ writer: inout JSONWriter) {
    guard let element, !element.isEmpty else { return writer.null() }
    guard element.count > maximumElementBytes else { return writer.json(element) }
    writer.beginObject()
    writer.member("omitted")
    writer.bool(true)
    writer.member("originalSize")
    writer.int(element.count)
    writer.member("reason")
    writer.string("longer than \(maximumElementBytes) bytes")
    writer.endObject()
  }
}

extension AuditEvent.Resource {
  fileprivate func encode(_ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("accountId")
    writer.string(account.description)
    writer.member("type")
    writer.string(kind.rawValue)
    writer.member("ARN")
    writer.string(arn.limited(to: AuditEvent.TextLimit.other))
    writer.endObject()
  }
}

extension String {
  /// The first `count` Unicode scalars.
  func limited(to count: Int) -> String {
    // No text has more scalars than bytes, and the bytes are counted already.
    utf8.count <= count ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
  }
}
