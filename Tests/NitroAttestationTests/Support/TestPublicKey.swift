// Public keys made with OpenSSL 3, DER.

import Foundation

enum TestPublicKey {
  /// Too short.
  static let rsa1024 = decoded(
    """
    MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDDuK47uf17Lt9oQsDdn7etviiaVdX3x3VVDPVoR9BLN0K8ghiCyCN1BzlArjzD\
    YE07T+HrGNwQekLHBBqq2a1bc50/b2zdGhH6O6hRwY54/8PQmVqyamSCT38BAgcUSxwxtRLAIgIwnB9IIIcLvWxGLMRDYAT8ZbNb\
    gisVjRai1QIDAQAB
    """)
  /// What enclaves use.
  static let rsa2048 = decoded(
    """
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApDsZ10xyHS9RfKKbJTFTEdr+ehEsnLWxaV4Wp4r2D4hEgt3/DAPJbYUt\
    aNyc18nZG8zfh8UV0qa6Z+gpFDsGbFU8PKec0JPAmJw1G4bMzVbIHGLsbGxeJu8Kf/pWm9pR2lEpb4X4CHAen80jmjVk1KbjlzPp\
    jYJD1gUQf8moO+2TUYSSd/Q2CCcqtaRxUKjCAb6h4e6RC45taapgYv4kDpujNp7FaOvQ8BNYYnmz6CN6YHFFwgMz10+q72Gtp7Tp\
    XSm8HgdfiZ0dTpnqQGwdASnGLIxMj4spO9o1dm2dfmHoEHTYfkeouNbWcdeS2QovM8YC/1JslPSN+rXwtErHJwIDAQAB
    """)
  /// Twice as long.
  static let rsa4096 = decoded(
    """
    MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEAvRB59rM5JNHBiIFkNMLvjn9t6ixWpMi1SFme2QskcltvaZnGsqBCWdrl\
    FHhcOKgXpFscEboBqyMyXZ01xTOCJQ1tWIF2T1mFnumd5/HRXDMzqkSe6wxoTbk9HgPh0W6mKtoyaVD+rWC+JmVBYUvzO8xYb+Aa\
    PJIDq8tjoRDzhZLcIvhftqM7hWqp44hh3o+AWLoJxn44StFb6veWV0ulMeTYZnX72t4X1niUwJeHVztLQG4AcJekj+jKDZWGxStj\
    XgEIGa9V/9BcpimfWXn+nO7LZz5A7MKuLYfYYzEaF9wCX+PoIqnypHtFBMGrSdMrt3mquP4kA1CRoW1Bbu+lZIkuNSMFytPFcxiV\
    wX2ELcHRPV9g0X6OOIWdWUVFaFcGcppWCZbxt90dmK26L9rlmh1DOlK1XbP4QYJXFGqPtimzhKf6IshxE65gpvJS+FmGIKDficyS\
    XznXZPblbBMMnzvICUflN87nYvrbsYqDW+XZ9TD8dA9oVd9ErwkjA3bTFVPBvlFGq2N+8bq7DUwX21++Sg5zIXU4HAIChBEpfOXp\
    WP03kHqyA4Da4reDPbCZiIK2vBLcOgQirA+bdghNVGkZBz9/SbzBt7jZ1xWOcgin0QslwJdZeqLLZG6VQpQGbb5u/fYn04bKy+QU\
    8uKqQgyRkukYsu7B4Dn2vgLV20ECAwEAAQ==
    """)
  /// With the exponent 3.
  static let rsa2048WithExponent3 = decoded(
    """
    MIIBIDANBgkqhkiG9w0BAQEFAAOCAQ0AMIIBCAKCAQEAswci0quJMdM27KIKvwk0pWOtLBblOULzLADJCCka68+tnBPnXyNyw1rj\
    IkVxKIS/7oXLcnE4JwnKTLXuOh/v5MW1Al5YD31vrjdeBua3RMDcdeoYCkiXHQe2f990TglFs4kIx+YYoIhibKq7vi7mK5PTfbaG\
    nNiPQ4uMctsYe/6hdD0Ynax0PWSz1qFTEKMqU7XeWnAl07/ejDVHV+BMrt3uw3sPUzt7RIVMq+z3bayGzSTxk1RFwVRI4N1QVop7\
    h9v6Zc2klPAofy4GJaL6tM8pnufT04owkE2dV/t4/6RC8PZQuDKIf2Yuc/N8qlZYRilPCkmKFwZ0SVJ9J7nN0wIBAw==
    """)
  /// For signatures only: its algorithm is id-RSASSA-PSS.
  static let rsaPSS = decoded(
    """
    MIIBIDALBgkqhkiG9w0BAQoDggEPADCCAQoCggEBAODXABCsIYzCSwQMiZQep19YQAqZk4c/GGaKEKEcpFppTFaLVKT/YhCcIbkT\
    PORuBPZHdMaVsAlLCqAuOvJr/Op3/+RQ4WPTvTwUDocuJP8oVSM5uJ0sSktFMoeBx92kBwpXYfl6NZbNksZESu9ynXw2HyRaZ5p3\
    16txnl2bJel+OxhI8L7+NsE3MPnEuph+g+RnyV2MAkPDFnKsF/FwpGzFs3dlAlfUfzynEPG4o+g4lcJ4BnlwbxALFCTW4XB/gQzy\
    JcM/dRyGMNAKgnbS+4PrsIcfXDeWrvXJD0uXoFoP0n71Uzw7h7X3LxqwEGXgtYfoUe55wDjASTEcWXPpHJUCAwEAAQ==
    """)
  /// On a curve.
  static let p384 = decoded(
    """
    MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEHsyFJ3k+2hwjlb76B1Fl2btMhkY3x8tw1d/gbK6ml6S8OZ9BiS/5LDQho4k8SOA+PKBL\
    pnD3i0cYea7Xd3vyxZw6IBSScqzTWkZ3IcWP0eYGS2KbFTvCqfl7IqFWhk1j
    """)
  /// An RSAPublicKey without the SubjectPublicKeyInfo around it.
  static let pkcs1 = decoded(
    """
    MIIBCgKCAQEAqtGh+D1wXoNzhC2U6DE0Z3BnYD8KoERGZVpJDM1Ma9n5JThnwC8/6vsKV+nSo1a5wuyeIk4F2dBmOwm1bClBGAWH\
    2jNy+SbAxlEeohY3C16Wd7gBLY0qfnKr3DPfJKFZqhZAwHqQhlQkN+jEoBg5OWM8kYDc6XSgFSwv9FEKlI/p/0exNRN6lxEafUdn\
    0zNZc1dAwkDZ7gnobkoc2FmeL9Vt+efbtzwfQONs6eRgCydzEE7tdamimPLyUontwcCxoU9F7qSs6z+2ly+1Cdx5NJaDVwWdox2y\
    v5MMAAzPWu5k9NwJuJp9pvRimOLRLa7345Q5D8GgbEPkjkMMyA7l0wIDAQAB
    """)

  private static func decoded(_ base64: String) -> [UInt8] {
    Data(base64Encoded: base64).map { [UInt8]($0) } ?? []
  }
}
