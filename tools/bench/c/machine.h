/*
 * A reduced machine of RFC 9293 §3.10, in the order of its text: everything
 * that a lifecycle without loss goes through, checks included.
 */
#ifndef SYNFIN_MACHINE_H
#define SYNFIN_MACHINE_H

#include "world.h"

static inline int seq_lt(uint32_t a, uint32_t b) { return (int32_t)(a - b) < 0; }
static inline int seq_le(uint32_t a, uint32_t b) { return (int32_t)(a - b) <= 0; }

static void start_row(Row *row, uint32_t connection, uint32_t end, uint32_t iss) {
  row->connection = connection;
  row->end = (uint8_t)end;
  row->iss = row->sndUna = row->sndNxt = row->sndEnd = iss;
  row->sndEnd++;
  row->rcvWnd = 65535;
  row->rtoUs = SECOND;
  row->sndMss = 536;
  row->timeWaitAtUs = NEVER;
}

/* RFC 6298 §2, with its minimum of one second. */
static void sample_rtt(Row *row, uint32_t rttUs) {
  if (row->srttUs == 0) {
    row->srttUs = rttUs == 0 ? 1 : rttUs;
    row->rttvarUs = rttUs / 2;
  } else {
    uint32_t error = row->srttUs > rttUs ? row->srttUs - rttUs : rttUs - row->srttUs;
    row->rttvarUs = (3 * row->rttvarUs + error) / 4;
    row->srttUs = (7 * row->srttUs + rttUs) / 8;
    if (row->srttUs == 0) row->srttUs = 1;
  }
  uint32_t variance = 4 * row->rttvarUs == 0 ? 1 : 4 * row->rttvarUs;
  row->rtoUs = row->srttUs + variance < SECOND ? SECOND : row->srttUs + variance;
}

/* SND.UNA advances: the round trip is sampled, the window opens, the timer stops (§5.2). */
static void take_ack(World *world, Row *row, uint32_t ack) {
  if (row->rttSentUs != NEVER && seq_le(row->rttSeq, ack)) {
    sample_rtt(row, (uint32_t)(world->nowUs - row->rttSentUs));
    row->rttSentUs = NEVER;
  }
  row->sndUna = ack;
  row->dupAcks = 0;
  row->synAcked = 1;
  if (row->cwnd < row->ssthresh) row->cwnd += row->sndMss;
  if (ack == row->sndNxt) {
    row->retransmitAtUs = NEVER;
    row->retransmits = 0;
  }
}

static void update_window(Row *row, const Segment *segment) {
  row->sndWnd = segment->window;
  row->sndWl1 = segment->seq;
  row->sndWl2 = segment->ack;
  if (row->sndWnd > row->sndMaxWnd) row->sndMaxWnd = row->sndWnd;
}

/* The peer's SYN: its numbers, its segments, and the congestion window (RFC 5681). */
static void take_syn(Row *row, const Segment *segment) {
  row->irs = segment->seq;
  row->rcvNxt = segment->seq + 1;
  if (segment->mss != 0) row->sndMss = segment->mss;
  row->cwnd = 3 * row->sndMss;
  row->ssthresh = UINT32_MAX;
  update_window(row, segment);
}

static void established(World *world, Row *row) {
  change(world, row, ESTABLISHED);
  if (row->end != CLIENT) return;
  Timer hold = {world->nowUs + world->spec.holdUs, row_index(world, row)};
  Timers_push(&world->closing[CLIENT], hold);
}

static void time_wait(World *world, Row *row) {
  change(world, row, TIME_WAIT);
  row->retransmitAtUs = NEVER;
  row->timeWaitAtUs = world->nowUs + world->spec.twoMslUs;
  Timers_push(&world->timeWait, (Timer){row->timeWaitAtUs, row_index(world, row)});
}

/* The 4-tuple is free again; a later timer finds the row's deadlines off. */
static void closed(World *world, Row *row) {
  change(world, row, CLOSED);
  row->retransmitAtUs = row->timeWaitAtUs = NEVER;
  *ports_at(&world->ports[row->end], row->clientAddress, row->clientPort) = 0;
}

/* OPEN Call (§3.10.1). */
static void user_open(World *world, Row *row) {
  change(world, row, SYN_SENT);
  send_control(world, row, SYN);
}

/* CLOSE Call (§3.10.4). */
static void user_close(World *world, Row *row) {
  change(world, row, row->state == CLOSE_WAIT ? LAST_ACK : FIN_WAIT_1);
  row->finSent = 1;
  send_control(world, row, FIN | ACK);
}

/* §3.10.7.2: a SYN for the listener; its connection has a row of its own. */
static void listen_arrives(World *world, Row *row, const Segment *segment) {
  take_syn(row, segment);
  change(world, row, SYN_RECEIVED);
  send_control(world, row, SYN | ACK);
}

/* §3.10.7.3. */
static void syn_sent_arrives(World *world, Row *row, const Segment *segment) {
  int acceptable = segment->flags & ACK && seq_lt(row->iss, segment->ack) &&
                   seq_le(segment->ack, row->sndNxt);
  if (!acceptable || segment->flags & RST || !(segment->flags & SYN)) {
    world->unexpected++;
    return;
  }
  take_syn(row, segment);
  take_ack(world, row, segment->ack);
  established(world, row);
  send_segment(world, row, row->sndNxt, ACK);
}

/* The four cases of Table 6. */
static int is_acceptable(const Row *row, const Segment *segment, uint32_t length) {
  uint32_t offset = segment->seq - row->rcvNxt;
  if (length == 0) return row->rcvWnd == 0 ? offset == 0 : offset < row->rcvWnd;
  return row->rcvWnd != 0 && (offset < row->rcvWnd || offset + length - 1 < row->rcvWnd);
}

/* Fifth, check the ACK field. 0 where the segment goes no further. */
static int check_ack(World *world, Row *row, const Segment *segment) {
  if (seq_lt(row->sndNxt, segment->ack)) {
    world->unexpected++;
    send_segment(world, row, row->sndNxt, ACK);
    return 0;
  }
  int fresh = seq_lt(row->sndUna, segment->ack);
  if (row->state == SYN_RECEIVED) {
    if (!fresh) return 0;
    established(world, row);
  }
  if (fresh) take_ack(world, row, segment->ack);
  if (seq_lt(row->sndWl1, segment->seq) ||
      (row->sndWl1 == segment->seq && seq_le(row->sndWl2, segment->ack))) {
    update_window(row, segment);
  }
  if (!row->finSent || row->sndUna != row->sndNxt) return 1;
  if (row->state == FIN_WAIT_1) change(world, row, FIN_WAIT_2);
  else if (row->state == CLOSING) time_wait(world, row);
  else if (row->state == LAST_ACK) closed(world, row);
  return row->state != CLOSED;
}

/* Eighth, check the FIN bit. */
static void check_fin(World *world, Row *row, const Segment *segment) {
  if (!(segment->flags & FIN) || segment->seq != row->rcvNxt) return;
  row->rcvNxt++;
  send_segment(world, row, row->sndNxt, ACK);
  if (row->state == ESTABLISHED) {
    change(world, row, CLOSE_WAIT);
    Timer now = {world->nowUs, row_index(world, row)};
    Timers_push(&world->closing[row->end], now);
  } else if (row->state == FIN_WAIT_1) {
    change(world, row, CLOSING);
  } else if (row->state == FIN_WAIT_2) {
    time_wait(world, row);
  }
}

/* §3.10.7.4. */
static void other_states_arrives(World *world, Row *row, const Segment *segment) {
  uint32_t length = (segment->flags & SYN ? 1 : 0) + (segment->flags & FIN ? 1 : 0);
  if (!is_acceptable(row, segment, length)) {
    world->unexpected++;
    if (!(segment->flags & RST)) send_segment(world, row, row->sndNxt, ACK);
    return;
  }
  if (segment->flags & (RST | SYN) || !(segment->flags & ACK)) {
    world->unexpected++;
    return;
  }
  if (check_ack(world, row, segment)) check_fin(world, row, segment);
}

#endif
