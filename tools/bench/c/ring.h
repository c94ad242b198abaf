/*
 * A queue in a ring that grows: timers of one constant length, or segments on
 * a link of one constant delay, come due in the order in which they went in,
 * so neither a heap nor a wheel has to sort them.
 */
#ifndef SYNFIN_RING_H
#define SYNFIN_RING_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline void *must(void *memory) {
  if (memory == NULL) {
    fprintf(stderr, "event-loop: out of memory\n");
    exit(1);
  }
  return memory;
}

#define ring_bytes(ring) (((ring).mask + 1) * sizeof *(ring).items)

/* Every item has `dueUs`; `peek` is UINT64_MAX where the ring is empty. */
#define DEFINE_RING(Ring, Item)                                                                    \
  typedef struct {                                                                                 \
    Item *items;                                                                                   \
    uint64_t head, tail, mask;                                                                     \
  } Ring;                                                                                          \
                                                                                                   \
  static void Ring##_make(Ring *ring) {                                                            \
    ring->items = must(malloc(1024 * sizeof(Item)));                                               \
    ring->head = ring->tail = 0;                                                                   \
    ring->mask = 1023;                                                                             \
  }                                                                                                \
                                                                                                   \
  static void Ring##_grow(Ring *ring) {                                                            \
    uint64_t size = ring->mask + 1, first = ring->head & ring->mask;                               \
    Item *items = must(malloc(2 * size * sizeof(Item)));                                           \
    memcpy(items, ring->items + first, (size - first) * sizeof(Item));                             \
    memcpy(items + size - first, ring->items, first * sizeof(Item));                               \
    free(ring->items);                                                                             \
    *ring = (Ring){items, 0, size, 2 * size - 1};                                                  \
  }                                                                                                \
                                                                                                   \
  static inline void Ring##_push(Ring *ring, Item item) {                                          \
    if (ring->tail - ring->head > ring->mask) Ring##_grow(ring);                                   \
    if (ring->tail != ring->head &&                                                                \
        ring->items[(ring->tail - 1) & ring->mask].dueUs > item.dueUs) {                           \
      fprintf(stderr, "event-loop: a ring out of order\n");                                        \
      exit(1);                                                                                     \
    }                                                                                              \
    ring->items[ring->tail++ & ring->mask] = item;                                                 \
  }                                                                                                \
                                                                                                   \
  static inline uint64_t Ring##_peek(const Ring *ring) {                                           \
    return ring->head == ring->tail ? UINT64_MAX : ring->items[ring->head & ring->mask].dueUs;     \
  }                                                                                                \
                                                                                                   \
  static inline Item Ring##_pop(Ring *ring) { return ring->items[ring->head++ & ring->mask]; }

#endif
