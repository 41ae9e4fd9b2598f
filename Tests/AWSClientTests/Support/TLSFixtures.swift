// Certificates of the TLS tests, made with Python's `cryptography`; valid to 2126.

enum TLSFixtures {
  /// The authority, which no system trusts.
  static let authority = """
    -----BEGIN CERTIFICATE-----
    MIIBXDCCAQOgAwIBAgIUee1mwbS0M5di0DaUrFGvuwRrPfwwCgYIKoZIzj0EAwIw
    IzEhMB8GA1UEAwwYS2V5d3JpZ2h0IHRlc3QgYXV0aG9yaXR5MCAXDTIwMDEwMTAw
    MDAwMFoYDzIxMjYwMTAxMDAwMDAwWjAjMSEwHwYDVQQDDBhLZXl3cmlnaHQgdGVz
    dCBhdXRob3JpdHkwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATBH7D++xWjDN7N
    7O2uOqD34aUyKygH6PeIPV4l/FeHqom+pl15dLvjMe4DB4kDeFEV1AM+8PDPapMw
    9FbRxWxIoxMwETAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIAQC
    Zy7J+Y/2fJtlS4uxjdiPfTqYIAlTtZK+vKTrvtnkAiB+Enjqpb2cI4ag2qH32tre
    BtlEnCG9iNTsFfuVeafGJw==
    -----END CERTIFICATE-----
    """
  /// A certificate for 127.0.0.1.
  static let valid = """
    -----BEGIN CERTIFICATE-----
    MIIBXDCCAQKgAwIBAgIUPghIA7GlvM34tYlAnPF+kKet+aAwCgYIKoZIzj0EAwIw
    IzEhMB8GA1UEAwwYS2V5d3JpZ2h0IHRlc3QgYXV0aG9yaXR5MCAXDTIwMDEwMTAw
    MDAwMFoYDzIxMjYwMTAxMDAwMDAwWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTAT
    BgcqhkjOPQIBBggqhkjOPQMBBwNCAASBQM6IFf7m4886lR1kwXu0UDftSJrkSl2C
    k2a+b01mkf7S2xvyN2JS2tjGOHYTjm3hYGG3jSWpsWwbAH3b+UmboyEwHzAMBgNV
    HRMBAf8EAjAAMA8GA1UdEQQIMAaHBH8AAAEwCgYIKoZIzj0EAwIDSAAwRQIgUkY7
    7tuvovoD0izqJWL3v+TBQL+kotH2PrpySLKasmACIQDF8GJjGxiGovEO+egmLKj4
    x3tzB5/crzddUwjJ5ABmWQ==
    -----END CERTIFICATE-----
    """
  /// A certificate for another name.
  static let otherName = """
    -----BEGIN CERTIFICATE-----
    MIIBZTCCAQugAwIBAgIUOnSMG3MwVXVxmuna3XelIk5fbJgwCgYIKoZIzj0EAwIw
    IzEhMB8GA1UEAwwYS2V5d3JpZ2h0IHRlc3QgYXV0aG9yaXR5MCAXDTIwMDEwMTAw
    MDAwMFoYDzIxMjYwMTAxMDAwMDAwWjAWMRQwEgYDVQQDDAtrbXMuZXhhbXBsZTBZ
    MBMGByqGSM49AgEGCCqGSM49AwEHA0IABIFAzogV/ubjzzqVHWTBe7RQN+1ImuRK
    XYKTZr5vTWaR/tLbG/I3YlLa2MY4dhOObeFgYbeNJamxbBsAfdv5SZujKDAmMAwG
    A1UdEwEB/wQCMAAwFgYDVR0RBA8wDYILa21zLmV4YW1wbGUwCgYIKoZIzj0EAwID
    SAAwRQIhAJHaqA7YSHx7kFCWnTMvXMe39xkwLAluGCUKIqw3pWNGAiBGOVt4dMkB
    rwzsZF/uSOf6B7GkKy70nON30MTtDXffmg==
    -----END CERTIFICATE-----
    """
  /// A certificate for 127.0.0.1 that ended in 2021.
  static let expired = """
    -----BEGIN CERTIFICATE-----
    MIIBWzCCAQCgAwIBAgIUNSmn7dgNgpEkaNchhsszvfb0Ce0wCgYIKoZIzj0EAwIw
    IzEhMB8GA1UEAwwYS2V5d3JpZ2h0IHRlc3QgYXV0aG9yaXR5MB4XDTIwMDEwMTAw
    MDAwMFoXDTIxMDEwMTAwMDAwMFowFDESMBAGA1UEAwwJMTI3LjAuMC4xMFkwEwYH
    KoZIzj0CAQYIKoZIzj0DAQcDQgAEgUDOiBX+5uPPOpUdZMF7tFA37Uia5EpdgpNm
    vm9NZpH+0tsb8jdiUtrYxjh2E45t4WBht40lqbFsGwB92/lJm6MhMB8wDAYDVR0T
    AQH/BAIwADAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0kAMEYCIQCk0MLa
    q02tIJwrRooO5uj099RV1yI5yJGxESTKW9K1awIhAKGbEQNow0s0j3xCwXvLSI7X
    7QAr83fU+kbMdB3pzkNl
    -----END CERTIFICATE-----
    """
  /// The private key of the three certificates; it protects nothing.
  static let privateKey = """
    -----BEGIN PRIVATE KEY-----
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgiF9c+Zc3MTcjDnCn
    iw05jLYZItOQNZVLOcArRw3BPhChRANCAASBQM6IFf7m4886lR1kwXu0UDftSJrk
    Sl2Ck2a+b01mkf7S2xvyN2JS2tjGOHYTjm3hYGG3jSWpsWwbAH3b+Umb
    -----END PRIVATE KEY-----
    """
}
