"""ECDH on the curve of SM2 (GB/T 32918.5) in plain Python: the openssl command and the cryptography library lack it."""

import secrets

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
BASE = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
# SubjectPublicKeyInfo up to the coordinates of the point.
HEAD = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004")


class PrivateKey:
    """A key that agrees with others on a secret."""

    def __init__(self):
        self.scalar = secrets.randbelow(N - 1) + 1
        self.public = HEAD + b"".join(coordinate.to_bytes(32, "big") for coordinate in _times(self.scalar, BASE))

    def agree(self, public_key):
        """The x coordinate that both sides come to."""
        point = int.from_bytes(public_key[-64:-32], "big"), int.from_bytes(public_key[-32:], "big")
        return _times(self.scalar, point)[0].to_bytes(32, "big")


def _plus(one, other):
    if one is None or other is None:
        return one or other
    (x, y), (u, v) = one, other
    if x == u and (y + v) % P == 0:
        return None
    slope = (3 * (x * x - 1) * pow(2 * y, -1, P) if one == other else (v - y) * pow(u - x, -1, P)) % P
    sum_x = (slope * slope - x - u) % P
    return sum_x, (slope * (x - sum_x) - y) % P


def _times(scalar, point):
    result = None
    while scalar:
        if scalar & 1:
            result = _plus(result, point)
        point = _plus(point, point)
        scalar >>= 1
    return result
