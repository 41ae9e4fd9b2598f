// The only file that knows prometheus-cpp. What it throws ends here.
#include "CPrometheus.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

struct cprometheus_document {
  std::vector<MetricFamily> families;

  // The last family if it is of that type, or nullptr.
  MetricFamily *last_family(MetricType type) {
    return !families.empty() && families.back().type == type ? &families.back() : nullptr;
  }

  // The last sample of the last family, or nullptr.
  ClientMetric *last_sample() {
    return !families.empty() && !families.back().metric.empty() ? &families.back().metric.back() : nullptr;
  }
};

namespace {

// What `work` returns, or 0 if it throws.
template <typename Work>
int guarded(Work work) noexcept {
  try {
    return work() ? 1 : 0;
  } catch (...) {
    return 0;
  }
}

}  // namespace

cprometheus_document *cprometheus_create(void) {
  cprometheus_document *document = nullptr;
  guarded([&] { return (document = new cprometheus_document()) != nullptr; });
  return document;
}

void cprometheus_destroy(cprometheus_document *document) { delete document; }

int cprometheus_add_family(cprometheus_document *document, const char *name, const char *help, cprometheus_kind kind) {
  return guarded([&] {
    MetricFamily family;
    switch (kind) {
      case CPROMETHEUS_COUNTER: family.type = MetricType::Counter; break;
      case CPROMETHEUS_GAUGE: family.type = MetricType::Gauge; break;
      case CPROMETHEUS_HISTOGRAM: family.type = MetricType::Histogram; break;
      default: return false;
    }
    family.name = name;
    family.help = help;
    document->families.push_back(std::move(family));
    return true;
  });
}

int cprometheus_add_value(cprometheus_document *document, double value) {
  return guarded([&] {
    ClientMetric sample;
    sample.counter.value = value;
    sample.gauge.value = value;
    auto *family = document->last_family(MetricType::Counter);
    if (family == nullptr) family = document->last_family(MetricType::Gauge);
    if (family == nullptr) return false;
    family->metric.push_back(std::move(sample));
    return true;
  });
}

int cprometheus_add_histogram(cprometheus_document *document, uint64_t count, double sum) {
  return guarded([&] {
    auto *family = document->last_family(MetricType::Histogram);
    if (family == nullptr) return false;
    ClientMetric sample;
    sample.histogram.sample_count = count;
    sample.histogram.sample_sum = sum;
    family->metric.push_back(std::move(sample));
    return true;
  });
}

int cprometheus_add_bucket(cprometheus_document *document, double upper_bound, uint64_t cumulative_count) {
  return guarded([&] {
    auto *sample = document->last_sample();
    if (sample == nullptr || document->last_family(MetricType::Histogram) == nullptr) return false;
    ClientMetric::Bucket bucket;
    bucket.upper_bound = upper_bound;
    bucket.cumulative_count = cumulative_count;
    sample->histogram.bucket.push_back(bucket);
    return true;
  });
}

int cprometheus_add_label(cprometheus_document *document, const char *name, const char *value) {
  return guarded([&] {
    auto *sample = document->last_sample();
    if (sample == nullptr) return false;
    ClientMetric::Label label;
    label.name = name;
    label.value = value;
    sample->label.push_back(std::move(label));
    return true;
  });
}

int cprometheus_serialize(const cprometheus_document *document, uint8_t **bytes, size_t *size) {
  return guarded([&] {
    const std::string text = prometheus::TextSerializer().Serialize(document->families);
    auto *copy = static_cast<uint8_t *>(std::malloc(text.size() + 1));
    if (copy == nullptr) return false;
    std::memcpy(copy, text.data(), text.size());
    *bytes = copy;
    *size = text.size();
    return true;
  });
}

void cprometheus_free(uint8_t *bytes) { std::free(bytes); }
