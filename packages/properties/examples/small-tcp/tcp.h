/*
 * A small TCP, of the size of a course project: one connection, no options but
 * the MSS, no congestion control, and nothing is kept that comes out of order.
 * It knows neither clock nor network: time is an argument, and what it does it
 * says through the four functions at the end, which its user provides.
 */
#ifndef SMALL_TCP_H
#define SMALL_TCP_H

#include <stddef.h>
#include <stdint.h>

enum { FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16 };

enum tcp_state {
    CLOSED, LISTEN, SYN_SENT, SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1,
    FIN_WAIT_2, CLOSE_WAIT, CLOSING, LAST_ACK, TIME_WAIT
};

/* What can be planted to see whether a test finds it. */
enum tcp_bug { NO_BUG, NO_TIME_WAIT, EARLY_FIN };

struct segment {
    uint32_t seq, ack;
    int flags;
    uint32_t window;
    uint32_t mss; /* 0 without the option */
    const uint8_t *text;
    size_t length;
};

struct tcp {
    enum tcp_state state;
    enum tcp_bug bug;
    int passive; /* came from LISTEN, and returns there */
    uint32_t iss, next_iss, irs;
    uint32_t snd_una, snd_nxt, snd_max, snd_wnd, snd_wl1, snd_wl2, snd_mss;
    uint32_t rcv_nxt;
    int fin_queued; /* the user has closed: a FIN follows the text */
    uint8_t text[1 << 20]; /* what the peer has not acknowledged, sent or not */
    size_t length;
    uint32_t text_seq; /* the sequence number of text[0] */
    int64_t timer_us;  /* when to call tcp_timeout, or -1 */
    int64_t rto_us;
    int tries;
};

/* Begins anew, with this initial sequence number. The bug stays. */
void tcp_start(struct tcp *tcp, uint32_t iss);

/* The user calls. They return NULL, or the name of an error. */
const char *tcp_listen(struct tcp *tcp);
const char *tcp_connect(struct tcp *tcp, int64_t now_us);
const char *tcp_send(struct tcp *tcp, const uint8_t *text, size_t length, int64_t now_us);
const char *tcp_shutdown(struct tcp *tcp, int64_t now_us);
const char *tcp_abort(struct tcp *tcp);

void tcp_arrives(struct tcp *tcp, const struct segment *segment, int64_t now_us);
void tcp_timeout(struct tcp *tcp, int64_t now_us);

/* To be provided: a segment goes out, text has come, and what the user is told. */
void tcp_output(const struct segment *segment);
void tcp_received(const uint8_t *text, size_t length);
void tcp_event(const char *event);

#endif
