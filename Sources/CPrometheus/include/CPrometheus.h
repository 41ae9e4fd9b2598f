// Metrics in Prometheus's text format (version 0.0.4), written by prometheus-cpp.
//
// In C, because Swift code cannot catch C++ exceptions: none leaves these functions. A document is filled from the
// top: a family, then its samples, each followed by its labels. Functions return 1 when they succeed, and 0 when not:
// without memory, or when what is added has nothing to belong to. Texts are copied.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  CPROMETHEUS_COUNTER,
  CPROMETHEUS_GAUGE,
  CPROMETHEUS_HISTOGRAM,
} cprometheus_kind;

typedef struct cprometheus_document cprometheus_document;

// A new document, for one thread at a time; NULL without memory. NULL may be destroyed.
cprometheus_document *cprometheus_create(void);
void cprometheus_destroy(cprometheus_document *document);

// Begins a family of metrics. The name and the help must be fit for the format: they are written as they are.
int cprometheus_add_family(cprometheus_document *document, const char *name, const char *help, cprometheus_kind kind);

// Adds a sample to the last family, a counter or a gauge.
int cprometheus_add_value(cprometheus_document *document, double value);

// Adds a sample to the last family, a histogram; then its buckets from the lowest bound up. A count is that of the
// observations up to the bound, and includes those of the buckets below. The bucket without bound is added by itself.
int cprometheus_add_histogram(cprometheus_document *document, uint64_t count, double sum);
int cprometheus_add_bucket(cprometheus_document *document, double upper_bound, uint64_t cumulative_count);

// Labels the last sample. Values may hold anything.
int cprometheus_add_label(cprometheus_document *document, const char *name, const char *value);

// Writes the document. The bytes are the caller's, who frees them with cprometheus_free.
int cprometheus_serialize(const cprometheus_document *document, uint8_t **bytes, size_t *size);
void cprometheus_free(uint8_t *bytes);

#ifdef __cplusplus
}
#endif
