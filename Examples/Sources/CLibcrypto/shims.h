// The part of OpenSSL 3's libcrypto that reads keys, signs and verifies.
#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>
