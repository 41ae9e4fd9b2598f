// ML-DSA (FIPS 204) with an empty context, by the BoringSSL that swift-crypto builds.
//
// In C, and by itself, because a Swift module cannot import BoringSSL and OpenSSL at once: they have types of the same
// names. Functions return 1 when they succeed, and 0 when not; a parameter set is 44, 65 or 87.
#pragma once
#include <stddef.h>
#include <stdint.h>

enum {
  CMLDSA_SEED_BYTES = 32,
  // A message representative, FIPS 204's μ.
  CMLDSA_REPRESENTATIVE_BYTES = 64,
};

// Sizes in bytes: of both keys, expanded, in memory; of a public key as it is encoded; of a signature.
size_t cmldsa_private_key_size(int parameter_set);
size_t cmldsa_public_key_size(int parameter_set);
size_t cmldsa_encoded_public_key_size(int parameter_set);
size_t cmldsa_signature_size(int parameter_set);

// Expands a seed to both halves.
int cmldsa_expand(int parameter_set, const uint8_t *seed, void *private_key, void *public_key);

// Writes a public key as FIPS 204 encodes it, and reads one.
int cmldsa_encode(int parameter_set, const void *public_key, uint8_t *encoded);
int cmldsa_decode(int parameter_set, const uint8_t *encoded, size_t encoded_size, void *public_key);

// Algorithm 2, hedged; and the same from line 7 of Algorithm 7 on.
int cmldsa_sign(int parameter_set, const void *private_key, const uint8_t *message, size_t message_size,
                uint8_t *signature);
int cmldsa_sign_representative(int parameter_set, const void *private_key, const uint8_t *representative,
                               uint8_t *signature);

// Algorithm 3.
int cmldsa_verify(int parameter_set, const void *public_key, const uint8_t *message, size_t message_size,
                  const uint8_t *signature, size_t signature_size);
