/*
 * The adapter: hands what happens to the TCP, and says what it does about it.
 * How that is read and written is in port.h.
 *
 *     cc -std=c11 -O2 -o small-tcp adapter.c tcp.c
 *     synfin laws -- ./small-tcp
 */
#include "port.h"
#include "tcp.h"

static struct tcp tcp;

void tcp_output(const struct segment *s)
{
    struct port_segment sent = {s->seq, s->ack, s->flags, s->window, s->mss, s->text, s->length};
    port_sent(&sent);
}

void tcp_received(const uint8_t *text, size_t length) { port_received(text, length); }

void tcp_event(const char *event) { port_event(event); }

/* Returns NULL, or why a call is refused. */
static const char *perform(const struct port_input *in)
{
    const struct port_segment *p = &in->segment;
    struct segment s = {p->seq, p->ack, p->flags, p->window, p->mss, p->text, p->length};
    switch (in->type) {
    case PORT_START: tcp_start(&tcp, in->iss); return NULL;
    case PORT_LISTEN: return tcp_listen(&tcp);
    case PORT_CONNECT: return tcp_connect(&tcp, in->now_us);
    case PORT_SEND: return tcp_send(&tcp, s.text, s.length, in->now_us);
    case PORT_SHUTDOWN: return tcp_shutdown(&tcp, in->now_us);
    case PORT_ABORT: return tcp_abort(&tcp);
    case PORT_SEGMENT: tcp_arrives(&tcp, &s, in->now_us); return NULL;
    default: tcp_timeout(&tcp, in->now_us); return NULL;
    }
}

/* What --bug turns on. */
static int is_bug(int argc, char **argv, const char *name)
{
    return argc == 3 && strcmp(argv[1], "--bug") == 0 && strcmp(argv[2], name) == 0;
}

int main(int argc, char **argv)
{
    static const char *states[] = {
        "CLOSED",     "LISTEN",     "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1",
        "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING",  "LAST-ACK",     "TIME-WAIT",
    };
    struct port_input in;
    if (is_bug(argc, argv, "no-time-wait")) tcp.bug = NO_TIME_WAIT;
    else if (is_bug(argc, argv, "early-fin")) tcp.bug = EARLY_FIN;
    else if (argc != 1) {
        fprintf(stderr, "usage: small-tcp [--bug no-time-wait|early-fin]\n");
        return 2;
    }
    while (port_read(&in)) {
        const char *error = perform(&in);
        port_answer(tcp.timer_us, states[tcp.state], error);
    }
    return 0;
}
