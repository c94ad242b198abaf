/*
 * The digest of a run as the simulator takes it: two 32-bit hashes of every
 * event, each summed over all events, so that neither order nor cells matter.
 */
#ifndef SYNFIN_DIGEST_H
#define SYNFIN_DIGEST_H

#include <stdint.h>

typedef struct {
  uint32_t a, b;
} Digest;

static inline uint32_t mix(uint32_t hash, uint32_t word) {
  word *= 0xcc9e2d51u;
  word = (word << 15) | (word >> 17);
  hash ^= word * 0x1b873593u;
  hash = (hash << 13) | (hash >> 19);
  return hash * 5 + 0xe6546b64u;
}

static inline uint32_t finish(uint32_t hash) {
  hash = (hash ^ (hash >> 16)) * 0x85ebca6bu;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35u;
  return hash ^ (hash >> 16);
}

static inline void digest(Digest *all, const uint32_t *words, int count) {
  uint32_t a = 0x243f6a88u, b = 0x85a308d3u;
  for (int at = 0; at < count; at++) {
    a = mix(a, words[at]);
    b = mix(b, words[at] ^ 0x85a308d3u);
  }
  all->a += finish(a);
  all->b += finish(b);
}

#endif
