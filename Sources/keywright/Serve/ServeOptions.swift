// The flags of `keywright serve`. Each is also an environment variable and a key of the configuration file.

import ArgumentParser

/// What the command line may say about serving.
struct ServeOptions: ParsableArguments {
  @Flag(help: "For development: any credentials are accepted. Not for production.")
  var dev = false

  @Flag(help: "Let --dev listen on an address that other machines can reach.")
  var devAllowRemote = false

  @Option(help: "Address to listen on. (default: 127.0.0.1)")
  var host: String?

  @Option(help: "Port to listen on; 0 for any that is free. (default: 8270)")
  var port: String?

  @Option(help: "Folder of the embedded store. (default: $XDG_DATA_HOME/keywright; with --dev a temporary one)")
  var dataDir: String?

  @Option(help: "A Region to serve; may be given again. (default: us-east-1; with --dev every Region is served)")
  var region: [String] = []

  @Option(help: "The account of the administrator, and of callers with --dev. (default: 123456789012)")
  var account: String?

  @Option(help: "PEM file of the TLS certificate chain.")
  var tlsCertificate: String?

  @Option(help: "PEM file of the TLS private key.")
  var tlsKey: String?

  @Option(help: "Where the root key is: file:PATH. (default: file:DATA-DIR/root.key, made at the first start)")
  var rootKey: String?

  @Option(help: "JSON or YAML file that declares accounts, users, roles and identity providers.")
  var identities: String?

  @Flag(help: "With --dev: log every decision, and say it in a header of the answer.")
  var explain = false

  @Option(help: "on or off: whether requests are recorded in DATA-DIR/audit. (default: on; without a data folder off)")
  var audit: String?

  @Option(help: "Where the key of the audit trail is: file:PATH, 32 bytes. (default: made from the root key)")
  var auditKey: String?

  @Option(help: "A file of the audit trail is followed by another at this size, in MiB. (default: 64)")
  var auditFileSize: String?

  @Option(help: "A file of the audit trail is followed by another at this age, in hours. (default: 24)")
  var auditFileAge: String?

  @Option(
    help: "Request quotas: kms for KMS's own, or NAME=REQUESTS-PER-SECOND; may be given again. (default: none)")
  var requestQuotas: [String] = []

  @Option(help: "How many slow key pairs (RSA) may wait to be made. (default: 64)")
  var keyPairQueue: String?

  @Option(
    help: "A resource quota other than KMS's, such as grants-per-key=100; may be given again.")
  var quota: [String] = []

  @Option(help: "PEM file of a root of attested recipients; may be given again. (default: none, and none is believed)")
  var attestationRoot: [String] = []

  @Option(help: "How old an attestation document may be, in seconds. (default: 300)")
  var attestationFreshness: String?

  @Option(help: "PEM file of an authority trusted to certify external key store proxies; may be given again.")
  var xksTrustRoot: [String] = []

  @Option(
    help: "Where an external key store proxy is, if not where its name says: NAME=ADDRESS[:PORT]; may be given again.")
  var xksHost: [String] = []

  @Option(help: "trace, debug, info, notice, warning, error or critical. (default: info)")
  var logLevel: String?

  @Option(help: "JSON or YAML configuration file; its keys are the names of these flags.")
  var config: String?
}
