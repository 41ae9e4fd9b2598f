"""Ed25519ph (RFC 8032 §5.1) in plain Python, slow and independent: the cryptography library has only Ed25519."""

import hashlib

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SQUARE_ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def verify(public_key, prehash, signature):
    """Whether a signature is the key's over what has this prehash: SHA-512 of the message, in HashEdDSA."""
    point, nonce = _point(public_key), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or point is None or nonce is None or scalar >= L:
        return False
    domain = b"SigEd25519 no Ed25519 collisions" + bytes([1, 0])
    digest = hashlib.sha512(domain + signature[:32] + public_key + prehash).digest()
    challenge = int.from_bytes(digest, "little") % L
    return _times(scalar, BASE) == _plus(nonce, _times(challenge, point))


def _point(data):
    """A point from its 32 bytes: y, and the sign of x in the highest bit."""
    encoded = int.from_bytes(data, "little")
    y, sign = encoded & ((1 << 255) - 1), encoded >> 255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQUARE_ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or y >= P:
        return None
    return (P - x if x & 1 != sign else x, y)


def _plus(one, other):
    (x, y), (u, v) = one, other
    product = D * x * u * y * v % P
    return (
        (x * v + y * u) * pow(1 + product, -1, P) % P,
        (y * v + x * u) * pow(1 - product, -1, P) % P,
    )


def _times(scalar, point):
    result = (0, 1)
    while scalar:
        if scalar & 1:
            result = _plus(result, point)
        point = _plus(point, point)
        scalar >>= 1
    return result


BASE = _point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
