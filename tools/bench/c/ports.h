/*
 * Which connection a 4-tuple belongs to, where one end of it is always the
 * same server: a page of 256 ports for each 256 ports of an address in use.
 */
#ifndef SYNFIN_PORTS_H
#define SYNFIN_PORTS_H

#include "ring.h"

typedef struct {
  uint32_t **pages; /* by address and the port's upper octet; NULL where none is in use */
  uint32_t addresses;
} Ports;

static void ports_make(Ports *ports, uint32_t addresses) {
  ports->pages = must(calloc((size_t)addresses * 256, sizeof(uint32_t *)));
  ports->addresses = addresses;
}

/* The place that holds 1 + the row's index, or 0. */
static inline uint32_t *ports_at(Ports *ports, uint32_t address, uint16_t port) {
  uint32_t **page = &ports->pages[address * 256 + (port >> 8)];
  if (*page == NULL) *page = must(calloc(256, sizeof(uint32_t)));
  return *page + (port & 255);
}

static uint64_t ports_bytes(const Ports *ports) {
  uint64_t bytes = 0;
  for (uint32_t page = 0; page < ports->addresses * 256; page++) {
    bytes += sizeof(uint32_t *) + (ports->pages[page] == NULL ? 0 : 256 * sizeof(uint32_t));
  }
  return bytes;
}

static void ports_free(Ports *ports) {
  for (uint32_t page = 0; page < ports->addresses * 256; page++) free(ports->pages[page]);
  free(ports->pages);
}

#endif
