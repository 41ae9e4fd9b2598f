// The only file that knows swift-crypto's BoringSSL.
//
// swift-crypto's public API has neither ML-DSA-44 nor external μ, and its BoringSSL is no product of that package: a
// release may move it without notice. The compiler notices then, or the known-answer tests.
#include "CMLDSA.h"

#include <CCryptoBoringSSL_bytestring.h>
#include <CCryptoBoringSSL_mldsa.h>

_Static_assert(CMLDSA_SEED_BYTES == MLDSA_SEED_BYTES, "seed");
_Static_assert(CMLDSA_REPRESENTATIVE_BYTES == MLDSA_MU_BYTES, "message representative");

#define PARAMETER_SET(N)                                                                                              \
  static int expand_##N(const uint8_t *seed, void *private_key, void *public_key) {                                   \
    return MLDSA##N##_private_key_from_seed(private_key, seed, MLDSA_SEED_BYTES) &&                                   \
           MLDSA##N##_public_from_private(public_key, private_key);                                                   \
  }                                                                                                                   \
  static int encode_##N(const void *public_key, uint8_t *encoded) {                                                   \
    CBB builder;                                                                                                      \
    int done = CBB_init_fixed(&builder, encoded, MLDSA##N##_PUBLIC_KEY_BYTES) &&                                      \
               MLDSA##N##_marshal_public_key(&builder, public_key) &&                                                 \
               CBB_len(&builder) == MLDSA##N##_PUBLIC_KEY_BYTES;                                                      \
    CBB_cleanup(&builder);                                                                                            \
    return done;                                                                                                      \
  }                                                                                                                   \
  static int decode_##N(const uint8_t *encoded, size_t encoded_size, void *public_key) {                              \
    CBS reader;                                                                                                       \
    CBS_init(&reader, encoded, encoded_size);                                                                         \
    return MLDSA##N##_parse_public_key(public_key, &reader) && CBS_len(&reader) == 0;                                 \
  }

PARAMETER_SET(44)
PARAMETER_SET(65)
PARAMETER_SET(87)

#define SELECT(E44, E65, E87)                                                                                         \
  switch (parameter_set) {                                                                                            \
    case 44: return E44;                                                                                              \
    case 65: return E65;                                                                                              \
    case 87: return E87;                                                                                              \
    default: return 0;                                                                                                \
  }

size_t cmldsa_private_key_size(int parameter_set) {
  SELECT(sizeof(struct MLDSA44_private_key), sizeof(struct MLDSA65_private_key), sizeof(struct MLDSA87_private_key))
}

size_t cmldsa_public_key_size(int parameter_set) {
  SELECT(sizeof(struct MLDSA44_public_key), sizeof(struct MLDSA65_public_key), sizeof(struct MLDSA87_public_key))
}

size_t cmldsa_encoded_public_key_size(int parameter_set) {
  SELECT(MLDSA44_PUBLIC_KEY_BYTES, MLDSA65_PUBLIC_KEY_BYTES, MLDSA87_PUBLIC_KEY_BYTES)
}

size_t cmldsa_signature_size(int parameter_set) {
  SELECT(MLDSA44_SIGNATURE_BYTES, MLDSA65_SIGNATURE_BYTES, MLDSA87_SIGNATURE_BYTES)
}

int cmldsa_expand(int parameter_set, const uint8_t *seed, void *private_key, void *public_key) {
  SELECT(expand_44(seed, private_key, public_key), expand_65(seed, private_key, public_key),
         expand_87(seed, private_key, public_key))
}

int cmldsa_encode(int parameter_set, const void *public_key, uint8_t *encoded) {
  SELECT(encode_44(public_key, encoded), encode_65(public_key, encoded), encode_87(public_key, encoded))
}

int cmldsa_decode(int parameter_set, const uint8_t *encoded, size_t encoded_size, void *public_key) {
  SELECT(decode_44(encoded, encoded_size, public_key), decode_65(encoded, encoded_size, public_key),
         decode_87(encoded, encoded_size, public_key))
}

int cmldsa_sign(int parameter_set, const void *private_key, const uint8_t *message, size_t message_size,
                uint8_t *signature) {
  SELECT(MLDSA44_sign(signature, private_key, message, message_size, NULL, 0),
         MLDSA65_sign(signature, private_key, message, message_size, NULL, 0),
         MLDSA87_sign(signature, private_key, message, message_size, NULL, 0))
}

int cmldsa_sign_representative(int parameter_set, const void *private_key, const uint8_t *representative,
                               uint8_t *signature) {
  SELECT(MLDSA44_sign_message_representative(signature, private_key, representative),
         MLDSA65_sign_message_representative(signature, private_key, representative),
         MLDSA87_sign_message_representative(signature, private_key, representative))
}

int cmldsa_verify(int parameter_set, const void *public_key, const uint8_t *message, size_t message_size,
                  const uint8_t *signature, size_t signature_size) {
  SELECT(MLDSA44_verify(public_key, signature, signature_size, message, message_size, NULL, 0),
         MLDSA65_verify(public_key, signature, signature_size, message, message_size, NULL, 0),
         MLDSA87_verify(public_key, signature, signature_size, message, message_size, NULL, 0))
}
