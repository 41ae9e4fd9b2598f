// What Keywright calls of libsodium: Ed25519ph, which neither OpenSSL 3.0 nor swift-crypto has.
#pragma once
#include <sodium/core.h>
#include <sodium/crypto_sign_ed25519.h>
