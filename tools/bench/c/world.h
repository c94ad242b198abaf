/*
 * One cell: the rows of its connections, the ports of its hosts, what is on
 * the link, and the timers. Everything in it is independent of other cells.
 */
#ifndef SYNFIN_WORLD_H
#define SYNFIN_WORLD_H

#include "digest.h"
#include "ports.h"
#include "ring.h"

#define NEVER UINT64_MAX
#define SECOND 1000000ull

enum { CLOSED, LISTEN, SYN_SENT, SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT,
       CLOSING, LAST_ACK, TIME_WAIT, STATES };
enum { FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16 };
enum { CLIENT, SERVER, ENDS };
enum { OPENED = 1, ARRIVED, CALLED_CLOSE, TIMED_OUT };

/* The TCB of one end, under its RFC names: two cache lines, the hot one first. */
typedef struct {
  uint8_t state, end, finSent, synAcked;
  uint32_t connection;                         /* counts over all cells */
  uint32_t iss, sndUna, sndNxt, sndWnd, sndWl1, sndWl2, sndMaxWnd;
  uint32_t irs, rcvNxt, rcvWnd;
  uint32_t clientAddress;                      /* the server has one address and one port */
  uint16_t clientPort, sndMss;
  uint64_t retransmitAtUs;
  uint64_t timeWaitAtUs, rttSentUs, waitingSinceUs;
  uint32_t rtoUs, srttUs, rttvarUs, rttSeq, retransmits;
  uint32_t cwnd, ssthresh, dupAcks, sndEnd, lastAckSent;
} Row;
_Static_assert(sizeof(Row) == 128, "a row is 128 bytes");

typedef struct {
  uint64_t dueUs;
  uint32_t seq, ack;
  uint32_t clientAddress;
  uint16_t clientPort, window, mss;
  uint8_t flags, to;
} Segment;
_Static_assert(sizeof(Segment) == 32, "a segment is 32 bytes");

typedef struct {
  uint64_t dueUs;
  uint32_t row;
} Timer;

DEFINE_RING(Link, Segment)
DEFINE_RING(Timers, Timer)

typedef struct {
  uint64_t connections, ratePerSecond, holdUs, delayUs, twoMslUs;
} Spec;

/* Retransmission timers have one of two lengths: before the first round-trip sample and after. */
typedef struct {
  Spec spec;
  uint64_t nowUs, nextOpenAtUs;
  Row *rows[ENDS];
  uint32_t rowsUsed[ENDS];
  Ports ports[ENDS];
  Link link;
  Timers firstRto[ENDS], laterRto[ENDS], closing[ENDS], timeWait;
  uint64_t census[ENDS][STATES];
  uint64_t opens, arrivals, closes, timeouts, unexpected;
  Digest digest;
} World;

static inline uint32_t row_index(const World *world, const Row *row) {
  return (uint32_t)(row - world->rows[row->end]);
}

/* Counting changes is what makes a census free of scanning. */
static inline void change(World *world, Row *row, uint8_t to) {
  world->census[row->end][row->state]--;
  world->census[row->end][to]++;
  row->state = to;
}

static inline void record(World *world, uint32_t kind, const Row *row, const Segment *segment) {
  uint32_t words[] = {kind, (uint32_t)world->nowUs, (uint32_t)(world->nowUs >> 32),
                      row->connection, row->end, row->state,
                      segment == NULL ? 0 : segment->seq, segment == NULL ? 0 : segment->ack,
                      segment == NULL ? 0 : segment->flags};
  digest(&world->digest, words, sizeof words / sizeof words[0]);
}

/* Puts a segment on the link, SEG.SEQ being `seq`. */
static inline void send_segment(World *world, Row *row, uint32_t seq, uint8_t flags) {
  row->lastAckSent = row->rcvNxt;
  Link_push(&world->link, (Segment){
    .dueUs = world->nowUs + world->spec.delayUs,
    .seq = seq,
    .ack = flags & ACK ? row->rcvNxt : 0,
    .clientAddress = row->clientAddress,
    .clientPort = row->clientPort,
    .window = (uint16_t)row->rcvWnd,
    .mss = flags & SYN ? 1460 : 0,
    .flags = flags,
    .to = row->end == CLIENT ? SERVER : CLIENT,
  });
}

/* Sends a SYN or a FIN, times its round trip and arms its timer (RFC 6298 §3, §5.1). */
static inline void send_control(World *world, Row *row, uint8_t flags) {
  send_segment(world, row, row->sndNxt, flags);
  row->sndNxt++;
  row->rttSeq = row->sndNxt;
  row->rttSentUs = row->waitingSinceUs = world->nowUs;
  row->retransmitAtUs = world->nowUs + row->rtoUs;
  Timers *ring = row->srttUs == 0 ? &world->firstRto[row->end] : &world->laterRto[row->end];
  Timers_push(ring, (Timer){row->retransmitAtUs, row_index(world, row)});
}

#endif
