// CPU microseconds of one RSA-2048 verification and one signature over a 32-octet digest, OpenSSL with reused contexts: the floor that
// no signed exchange can go below. Prints "verify <us> sign <us>".
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace {

double cpu_microseconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_nsec) / 1e3;
}

void must(int done) {
  if (done <= 0) std::abort();
}

template <class Operation>
double each(int count, Operation operation) {
  const double start = cpu_microseconds();
  for (int i = 0; i < count; ++i) operation();
  return (cpu_microseconds() - start) / count;
}

EVP_PKEY_CTX* context(EVP_PKEY* key, int (*init)(EVP_PKEY_CTX*)) {
  EVP_PKEY_CTX* c = EVP_PKEY_CTX_new(key, nullptr);
  must(init(c));
  must(EVP_PKEY_CTX_set_rsa_padding(c, RSA_PKCS1_PADDING));
  must(EVP_PKEY_CTX_set_signature_md(c, EVP_sha256()));
  return c;
}

}  // namespace

int main() {
  EVP_PKEY* key = EVP_RSA_gen(2048);
  EVP_PKEY_CTX* signing = context(key, EVP_PKEY_sign_init);
  EVP_PKEY_CTX* verifying = context(key, EVP_PKEY_verify_init);
  const unsigned char digest[32] = {1, 2, 3};
  unsigned char signature[256];
  std::size_t length = sizeof signature;
  const auto sign = [&] { must(EVP_PKEY_sign(signing, signature, &(length = sizeof signature), digest, sizeof digest)); };
  const auto verify = [&] { must(EVP_PKEY_verify(verifying, signature, length, digest, sizeof digest)); };
  each(200, sign);
  each(2000, verify);
  const double sign_us = each(2000, sign);
  const double verify_us = each(20000, verify);
  std::printf("verify %.2f sign %.2f\n", verify_us, sign_us);
}
