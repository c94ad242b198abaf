/*
 * The adapter: reads what happens as lines of JSON, and answers each with one.
 *
 *     cc -std=c11 -O2 -o small-tcp adapter.c tcp.c
 *     synfin laws -- ./small-tcp
 */
#include "tcp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct tcp tcp;
static char segments[1 << 20], received[1 << 20], events[256];

static void append_hex(char *to, const uint8_t *octets, size_t length)
{
    to += strlen(to);
    for (size_t i = 0; i < length; i++) to += sprintf(to, "%02x", octets[i]);
}

void tcp_output(const struct segment *s)
{
    static const char *names[] = {"FIN", "SYN", "RST", "PSH", "ACK"};
    char flags[32] = "", mss[32] = "";
    for (int bit = 0; bit < 5; bit++)
        if (s->flags & 1 << bit) strcat(strcat(flags, *flags ? "," : ""), names[bit]);
    if (s->mss != 0) sprintf(mss, "\"mss\":%u,", s->mss);
    sprintf(segments + strlen(segments), "%s{\"seq\":%u,\"ack\":%u,\"flags\":\"%s\",\"window\":%u,%s\"text\":\"",
            *segments ? "," : "", s->seq, s->ack, flags, s->window, mss);
    append_hex(segments, s->text, s->length);
    strcat(segments, "\"}");
}

void tcp_received(const uint8_t *text, size_t length) { append_hex(received, text, length); }

void tcp_event(const char *event) { sprintf(events + strlen(events), "%s\"%s\"", *events ? "," : "", event); }

/* What stands behind "name": in a line, or an empty text. */
static const char *field(const char *line, const char *name)
{
    char key[32];
    sprintf(key, "\"%s\":", name);
    const char *found = strstr(line, key);
    return found == NULL ? "" : found + strlen(key);
}

static int is(const char *line, const char *name, const char *value)
{
    const char *found = field(line, name);
    return found[0] == '"' && strncmp(found + 1, value, strlen(value)) == 0 && found[1 + strlen(value)] == '"';
}

static size_t text_of(const char *line, uint8_t *text)
{
    const char *digits = field(line, "text");
    size_t length = 0;
    unsigned octet;
    while (*digits != '\0' && sscanf(digits + 1 + 2 * length, "%2x", &octet) == 1) text[length++] = (uint8_t)octet;
    return length;
}

static int flags_of(const char *line)
{
    static const char *names[] = {"FIN", "SYN", "RST", "PSH", "ACK"};
    char list[32] = "";
    int flags = 0;
    sscanf(field(line, "flags"), "\"%31[^\"]", list);
    for (int bit = 0; bit < 5; bit++)
        if (strstr(list, names[bit]) != NULL) flags |= 1 << bit;
    return flags;
}

static uint32_t number(const char *line, const char *name) { return (uint32_t)strtoul(field(line, name), NULL, 10); }

static const char *call(const char *line, const uint8_t *text, size_t length, int64_t now_us)
{
    if (is(line, "call", "listen")) return tcp_listen(&tcp);
    if (is(line, "call", "connect")) return tcp_connect(&tcp, now_us);
    if (is(line, "call", "send")) return tcp_send(&tcp, text, length, now_us);
    if (is(line, "call", "shutdown")) return tcp_shutdown(&tcp, now_us);
    return tcp_abort(&tcp);
}

int main(int argc, char **argv)
{
    static const char *states[] = {"CLOSED", "LISTEN", "SYN-SENT", "SYN-RECEIVED", "ESTABLISHED", "FIN-WAIT-1",
                                   "FIN-WAIT-2", "CLOSE-WAIT", "CLOSING", "LAST-ACK", "TIME-WAIT"};
    static char line[1 << 17];
    static uint8_t text[1 << 16];
    if (argc == 3 && strcmp(argv[1], "--bug") == 0 && strcmp(argv[2], "no-time-wait") == 0) tcp.bug = NO_TIME_WAIT;
    else if (argc == 3 && strcmp(argv[1], "--bug") == 0 && strcmp(argv[2], "early-fin") == 0) tcp.bug = EARLY_FIN;
    else if (argc != 1) {
        fprintf(stderr, "usage: small-tcp [--bug no-time-wait|early-fin]\n");
        return 2;
    }
    while (fgets(line, sizeof line, stdin) != NULL) {
        int64_t now_us = strtoll(field(line, "nowUs"), NULL, 10);
        size_t length = text_of(line, text);
        const char *error = NULL;
        *segments = *received = *events = '\0';
        if (is(line, "type", "start")) tcp_start(&tcp, number(line, "iss"));
        else if (is(line, "type", "time")) tcp_timeout(&tcp, now_us);
        else if (is(line, "type", "call")) error = call(line, text, length, now_us);
        else {
            struct segment s = {number(line, "seq"), number(line, "ack"), flags_of(line),
                                number(line, "window"), number(line, "mss"), text, length};
            tcp_arrives(&tcp, &s, now_us);
        }
        printf("{\"segments\":[%s],\"received\":\"%s\",\"events\":[%s],\"state\":\"%s\"", segments, received, events,
               states[tcp.state]);
        if (tcp.timer_us >= 0) printf(",\"wakeAtUs\":%lld", (long long)tcp.timer_us);
        if (error != NULL) printf(",\"error\":\"%s\"", error);
        printf("}\n");
        fflush(stdout);
    }
    return 0;
}
