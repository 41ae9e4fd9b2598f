// What Keywright calls of OpenSSL 3's libcrypto: EVP, its parameters, and the error queue.
//
// Nothing here needs a wrapper: where OpenSSL offers a macro or a variadic call (EVP_EC_gen, EVP_PKEY_Q_keygen),
// the plain functions underneath do the same.
#pragma once
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
