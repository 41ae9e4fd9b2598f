// SHA-256, straight from the library.

import Crypto

func checksum(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }
