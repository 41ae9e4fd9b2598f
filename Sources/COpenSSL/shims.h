// What Keywright calls of OpenSSL 3's libcrypto: EVP, its parameters, curve groups, and the error queue.
//
// Where OpenSSL offers a macro or a variadic call (EVP_EC_gen, EVP_PKEY_Q_keygen), the plain functions underneath do
// the same; only two macros of constants, which Swift does not read, have a function here.
#pragma once
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/params.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

// What EVP_PKEY_fromdata takes: the public half…
static inline int COpenSSL_EVP_PKEY_PUBLIC_KEY(void) { return EVP_PKEY_PUBLIC_KEY; }
// … or both.
static inline int COpenSSL_EVP_PKEY_KEYPAIR(void) { return EVP_PKEY_KEYPAIR; }
