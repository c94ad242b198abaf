#include "tcp.h"

#include <string.h>

#define WINDOW 8000
#define MSS 1000
#define FIRST_RTO_US 1000000
#define LONGEST_RTO_US 60000000
#define MOST_TRIES 8
#define TIME_WAIT_US 60000000

/* a < b and a <= b, modulo 2^32. */
static int lt(uint32_t a, uint32_t b) { return (int32_t)(a - b) < 0; }
static int le(uint32_t a, uint32_t b) { return (int32_t)(a - b) <= 0; }

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* SEG.LEN: text, and one number each for SYN and FIN. */
static uint32_t seg_len(const struct segment *s)
{
    return (uint32_t)s->length + ((s->flags & SYN) != 0) + ((s->flags & FIN) != 0);
}

static void emit(struct tcp *tcp, int flags, uint32_t seq, const uint8_t *text, size_t length)
{
    struct segment s = {seq, 0, flags, WINDOW, 0, text, length};
    if (flags & ACK) s.ack = tcp->rcv_nxt;
    if (flags & SYN) s.mss = MSS;
    if (flags & RST) s.window = 0;
    tcp_output(&s);
}

static void emit_ack(struct tcp *tcp) { emit(tcp, ACK, tcp->snd_max, NULL, 0); }

/* Answers a segment that belongs to no connection. */
static void emit_reset_for(const struct segment *s)
{
    struct segment reset = {0, s->seq + seg_len(s), RST | ACK, 0, 0, NULL, 0};
    if (s->flags & RST) return;
    if (s->flags & ACK) reset = (struct segment){s->ack, 0, RST, 0, 0, NULL, 0};
    tcp_output(&reset);
}

static void forget(struct tcp *tcp, enum tcp_state state)
{
    tcp->state = state;
    tcp->length = 0;
    tcp->fin_queued = 0;
    tcp->passive = 0;
    tcp->timer_us = -1;
}

static void fail(struct tcp *tcp, const char *event)
{
    int listens = tcp->passive && tcp->state == SYN_RECEIVED;
    if (!listens) tcp_event(event);
    forget(tcp, listens ? LISTEN : CLOSED);
}

static void restart_timer(struct tcp *tcp, int64_t now_us)
{
    tcp->tries = 0;
    tcp->rto_us = FIRST_RTO_US;
    tcp->timer_us = now_us + tcp->rto_us;
}

static void begin(struct tcp *tcp, int flags, int64_t now_us)
{
    tcp->iss = tcp->next_iss;
    tcp->next_iss += 1 << 24; /* another one for another connection */
    tcp->snd_una = tcp->iss;
    tcp->snd_nxt = tcp->snd_max = tcp->text_seq = tcp->iss + 1;
    tcp->snd_mss = 536;
    tcp->length = 0;
    emit(tcp, flags, tcp->iss, NULL, 0);
    restart_timer(tcp, now_us);
}

void tcp_start(struct tcp *tcp, uint32_t iss)
{
    forget(tcp, CLOSED);
    tcp->next_iss = iss;
}

const char *tcp_listen(struct tcp *tcp)
{
    if (tcp->state != CLOSED) return "EISCONN";
    tcp->state = LISTEN;
    return NULL;
}

const char *tcp_connect(struct tcp *tcp, int64_t now_us)
{
    if (tcp->state != CLOSED) return "EISCONN";
    tcp->state = SYN_SENT;
    begin(tcp, SYN, now_us);
    return NULL;
}

/* Whether text and FIN may be on their way. */
static int may_send(const struct tcp *tcp)
{
    return tcp->state == ESTABLISHED || tcp->state == CLOSE_WAIT || tcp->state == FIN_WAIT_1 ||
           tcp->state == CLOSING || tcp->state == LAST_ACK;
}

/* How many octets and FINs there are from `seq` on. */
static uint32_t left_from(const struct tcp *tcp, uint32_t seq)
{
    return tcp->text_seq + (uint32_t)tcp->length + (tcp->fin_queued ? 1 : 0) - seq;
}

/* Sends up to `room` numbers from snd_nxt on, as one segment. */
static void send_some(struct tcp *tcp, uint32_t room)
{
    size_t sent = tcp->snd_nxt - tcp->text_seq;
    size_t unsent = tcp->length - sent;
    size_t length = least(least(unsent, tcp->snd_mss), room);
    int fin = tcp->fin_queued && length == unsent && length < room;
    emit(tcp, ACK | (length > 0 ? PSH : 0) | (fin ? FIN : 0), tcp->snd_nxt, tcp->text + sent, length);
    tcp->snd_nxt += (uint32_t)length + (fin ? 1 : 0);
    if (lt(tcp->snd_max, tcp->snd_nxt)) tcp->snd_max = tcp->snd_nxt;
}

/* Sends what the window has room for. */
static void transmit(struct tcp *tcp, int64_t now_us)
{
    if (!may_send(tcp)) return;
    while (left_from(tcp, tcp->snd_nxt) > 0 && lt(tcp->snd_nxt, tcp->snd_una + tcp->snd_wnd))
        send_some(tcp, tcp->snd_una + tcp->snd_wnd - tcp->snd_nxt);
    if (left_from(tcp, tcp->snd_una) > 0 && tcp->timer_us < 0) restart_timer(tcp, now_us);
}

const char *tcp_send(struct tcp *tcp, const uint8_t *text, size_t length, int64_t now_us)
{
    if (tcp->state < SYN_SENT) return "ENOTCONN";
    if (tcp->fin_queued || tcp->state == TIME_WAIT) return "EPIPE";
    if (length > sizeof tcp->text - tcp->length) return "ENOBUFS";
    memcpy(tcp->text + tcp->length, text, length);
    tcp->length += length;
    transmit(tcp, now_us);
    return NULL;
}

static void enter_closing_states(struct tcp *tcp)
{
    if (tcp->state == ESTABLISHED) tcp->state = FIN_WAIT_1;
    if (tcp->state == CLOSE_WAIT) tcp->state = LAST_ACK;
}

const char *tcp_shutdown(struct tcp *tcp, int64_t now_us)
{
    if (tcp->state == CLOSED) return "ENOTCONN";
    if (tcp->fin_queued) return "EPIPE";
    if (tcp->state == LISTEN || tcp->state == SYN_SENT) {
        forget(tcp, CLOSED);
        return NULL;
    }
    tcp->fin_queued = 1;
    enter_closing_states(tcp);
    transmit(tcp, now_us);
    return NULL;
}

const char *tcp_abort(struct tcp *tcp)
{
    if (tcp->state == CLOSED) return "ENOTCONN";
    if (tcp->state >= SYN_RECEIVED && tcp->state <= CLOSE_WAIT)
        emit(tcp, RST | ACK, tcp->snd_max, NULL, 0);
    forget(tcp, CLOSED);
    return NULL;
}

/* The retransmission timer runs out: the oldest goes out again, and go back from there. */
void tcp_timeout(struct tcp *tcp, int64_t now_us)
{
    tcp->timer_us = -1;
    if (tcp->state == TIME_WAIT) {
        forget(tcp, CLOSED);
        return;
    }
    if (++tcp->tries > MOST_TRIES) {
        fail(tcp, "timed out");
        return;
    }
    tcp->rto_us = tcp->rto_us * 2 > LONGEST_RTO_US ? LONGEST_RTO_US : tcp->rto_us * 2;
    tcp->timer_us = now_us + tcp->rto_us;
    if (tcp->state == SYN_SENT) {
        emit(tcp, SYN, tcp->iss, NULL, 0);
    } else if (tcp->state == SYN_RECEIVED) {
        emit(tcp, SYN | ACK, tcp->iss, NULL, 0);
    } else {
        tcp->snd_nxt = tcp->snd_una;
        /* A window that is shut is probed with a single octet, or the FIN. */
        if (tcp->snd_wnd == 0) send_some(tcp, 1);
        else transmit(tcp, now_us);
    }
}

static void take_window(struct tcp *tcp, const struct segment *s)
{
    tcp->snd_wnd = s->window;
    tcp->snd_wl1 = s->seq;
    tcp->snd_wl2 = s->ack;
}

static void established(struct tcp *tcp, const struct segment *s)
{
    tcp->state = ESTABLISHED;
    tcp->snd_una = s->ack;
    tcp->timer_us = -1;
    take_window(tcp, s);
    tcp_event("connected");
    if (tcp->fin_queued) enter_closing_states(tcp);
}

static void take_syn(struct tcp *tcp, const struct segment *s)
{
    tcp->irs = s->seq;
    tcp->rcv_nxt = s->seq + 1;
    if (s->mss != 0) tcp->snd_mss = (uint32_t)least(s->mss, 1460);
}

static void arrives_in_listen(struct tcp *tcp, const struct segment *s, int64_t now_us)
{
    if (s->flags & (RST | ACK)) {
        emit_reset_for(s);
        return;
    }
    if (!(s->flags & SYN)) return;
    tcp->state = SYN_RECEIVED;
    tcp->passive = 1;
    tcp->rcv_nxt = s->seq + 1;
    begin(tcp, SYN | ACK, now_us);
    take_syn(tcp, s);
    take_window(tcp, s);
}

static void arrives_in_syn_sent(struct tcp *tcp, const struct segment *s, int64_t now_us)
{
    int acks = (s->flags & ACK) != 0;
    if (acks && s->ack != tcp->snd_max) {
        emit_reset_for(s);
        return;
    }
    if (s->flags & RST) {
        if (acks) fail(tcp, "reset");
        return;
    }
    if (!(s->flags & SYN)) return;
    take_syn(tcp, s);
    if (acks) {
        established(tcp, s);
        emit_ack(tcp);
        transmit(tcp, now_us);
    } else {
        tcp->state = SYN_RECEIVED;
        emit(tcp, SYN | ACK, tcp->iss, NULL, 0);
    }
}

/* The four cases of RFC 9293's Table 6; the window is never shut. */
static int is_acceptable(const struct tcp *tcp, const struct segment *s)
{
    uint32_t last = s->seq + seg_len(s) - (seg_len(s) > 0);
    uint32_t edge = tcp->rcv_nxt + WINDOW;
    return (le(tcp->rcv_nxt, s->seq) && lt(s->seq, edge)) || (le(tcp->rcv_nxt, last) && lt(last, edge));
}

static void enter_time_wait(struct tcp *tcp, int64_t now_us)
{
    if (tcp->bug == NO_TIME_WAIT) {
        forget(tcp, CLOSED);
        return;
    }
    tcp->state = TIME_WAIT;
    tcp->timer_us = now_us + TIME_WAIT_US;
}

/* Returns whether the segment is to be looked at any further. */
static int take_ack(struct tcp *tcp, const struct segment *s, int64_t now_us)
{
    if (lt(tcp->snd_max, s->ack)) {
        emit_ack(tcp);
        return 0;
    }
    if (lt(tcp->snd_una, s->ack)) {
        size_t acked = least(s->ack - tcp->text_seq, tcp->length);
        memmove(tcp->text, tcp->text + acked, tcp->length - acked);
        tcp->length -= acked;
        tcp->text_seq += (uint32_t)acked;
        tcp->snd_una = s->ack;
        if (lt(tcp->snd_nxt, s->ack)) tcp->snd_nxt = s->ack;
        if (tcp->state != TIME_WAIT) tcp->timer_us = -1;
    }
    if (lt(tcp->snd_wl1, s->seq) || (tcp->snd_wl1 == s->seq && le(tcp->snd_wl2, s->ack))) take_window(tcp, s);
    if (tcp->snd_wnd == 0) tcp->tries = 0; /* who answers probes is alive */
    if (tcp->fin_queued && left_from(tcp, tcp->snd_una) == 0) {
        if (tcp->state == FIN_WAIT_1) tcp->state = FIN_WAIT_2;
        else if (tcp->state == CLOSING) enter_time_wait(tcp, now_us);
        else if (tcp->state == LAST_ACK) forget(tcp, CLOSED);
    }
    return tcp->state != CLOSED;
}

static void take_fin(struct tcp *tcp, int64_t now_us)
{
    tcp->rcv_nxt += 1;
    tcp_event("peer closed");
    emit_ack(tcp);
    if (tcp->state == ESTABLISHED) tcp->state = CLOSE_WAIT;
    else if (tcp->state == FIN_WAIT_1) tcp->state = CLOSING;
    else if (tcp->state == FIN_WAIT_2) enter_time_wait(tcp, now_us);
}

/* Text and FIN, where they join on to what has come before. */
static void take_text(struct tcp *tcp, const struct segment *s, int64_t now_us)
{
    uint32_t old = tcp->rcv_nxt - s->seq;
    int open = tcp->state == ESTABLISHED || tcp->state == FIN_WAIT_1 || tcp->state == FIN_WAIT_2;
    if (seg_len(s) == 0) return;
    if (tcp->state == TIME_WAIT) tcp->timer_us = now_us + TIME_WAIT_US;
    if (open && tcp->bug == EARLY_FIN && (s->flags & FIN) && lt(tcp->rcv_nxt, s->seq)) {
        tcp->rcv_nxt = s->seq + (uint32_t)s->length;
        take_fin(tcp, now_us);
        return;
    }
    if (!open || lt(tcp->rcv_nxt, s->seq)) {
        emit_ack(tcp);
        return;
    }
    if (old < s->length) {
        tcp_received(s->text + old, s->length - old);
        tcp->rcv_nxt += (uint32_t)(s->length - old);
    }
    if (s->flags & FIN) take_fin(tcp, now_us);
    else emit_ack(tcp);
}

/* An old FIN comes again: it is acknowledged, and TIME-WAIT begins anew. */
static void arrives_unacceptable(struct tcp *tcp, const struct segment *s, int64_t now_us)
{
    if (s->flags & RST) return;
    emit_ack(tcp);
    if (tcp->state == TIME_WAIT && (s->flags & FIN)) tcp->timer_us = now_us + TIME_WAIT_US;
}

void tcp_arrives(struct tcp *tcp, const struct segment *s, int64_t now_us)
{
    if (tcp->state == CLOSED) emit_reset_for(s);
    else if (tcp->state == LISTEN) arrives_in_listen(tcp, s, now_us);
    else if (tcp->state == SYN_SENT) arrives_in_syn_sent(tcp, s, now_us);
    else if (!is_acceptable(tcp, s)) arrives_unacceptable(tcp, s, now_us);
    else if (s->flags & RST) fail(tcp, "reset");
    else if (s->flags & SYN) emit_ack(tcp);
    else if (s->flags & ACK) {
        if (tcp->state == SYN_RECEIVED) {
            if (s->ack != tcp->snd_una + 1) {
                emit_reset_for(s);
                return;
            }
            established(tcp, s);
        }
        if (!take_ack(tcp, s, now_us)) return;
        take_text(tcp, s, now_us);
        transmit(tcp, now_us);
    }
}
