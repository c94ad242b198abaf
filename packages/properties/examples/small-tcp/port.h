/*
 * What every adapter in C has to do: reads what happens to a TCP as lines of
 * JSON, and writes what it does about it as one line each. Take a copy of this
 * one file along to your own TCP; it needs nothing but the C library.
 *
 *     struct port_input in;
 *     while (port_read(&in)) {
 *         ... hand `in` to the TCP; call port_sent, port_received, port_event as it acts ...
 *         port_answer(wake_at_us, state, error);
 *     }
 *
 * Messages, fields and units: the README of @synfin/properties, "The protocol".
 */
#ifndef SYNFIN_PORT_H
#define SYNFIN_PORT_H

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The control bits, as they stand in the header. */
enum { PORT_FIN = 1, PORT_SYN = 2, PORT_RST = 4, PORT_PSH = 8, PORT_ACK = 16, PORT_URG = 32 };

struct port_segment {
    uint32_t seq, ack; /* raw; ack is 0 without the ACK bit */
    int flags;
    uint32_t window; /* as it stands in the header */
    uint32_t mss;    /* 0 without the option */
    const uint8_t *text;
    size_t length; /* of the text, in octets */
};

/* What happens: a new run, a call of the user's, a segment, or the time that was named. */
enum port_type {
    PORT_START, PORT_LISTEN, PORT_CONNECT, PORT_SEND,
    PORT_SHUTDOWN, PORT_ABORT, PORT_SEGMENT, PORT_TIME
};

struct port_input {
    enum port_type type;
    int64_t now_us;
    uint32_t iss;                /* of PORT_START */
    struct port_segment segment; /* of PORT_SEGMENT; its text also of PORT_SEND */
};

enum { PORT_MOST_TEXT = 1 << 16, PORT_MOST_ANSWER = 1 << 20 };

/* A list or a text of the answer, as JSON. */
struct port_part {
    size_t length;
    char text[PORT_MOST_ANSWER];
};

static struct port_part port_segments, port_text, port_events;

/* Adds to a part of the answer; where `comma` is set, with one before it unless it is the first. */
static inline void port_add(struct port_part *part, int comma, const char *format, ...)
{
    size_t room;
    int written;
    va_list values;
    if (comma && part->length > 0) port_add(part, 0, ",");
    room = sizeof part->text - part->length;
    va_start(values, format);
    written = vsnprintf(part->text + part->length, room, format, values);
    va_end(values);
    if (written < 0 || (size_t)written >= room) {
        fprintf(stderr, "port.h: an answer of more than %d characters\n", PORT_MOST_ANSWER);
        exit(2);
    }
    part->length += (size_t)written;
}

static inline void port_add_hex(struct port_part *part, const uint8_t *octets, size_t length)
{
    for (size_t i = 0; i < length; i++) port_add(part, 0, "%02x", octets[i]);
}

static const char *const port_flag_names[] = {
    "FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR",
};

/* The TCP sends a segment. */
static inline void port_sent(const struct port_segment *s)
{
    const char *comma = "";
    port_add(&port_segments, 1, "{\"seq\":%u,\"ack\":%u,\"flags\":\"", s->seq, s->ack);
    for (int bit = 0; bit < 8; bit++) {
        if (!(s->flags & 1 << bit)) continue;
        port_add(&port_segments, 0, "%s%s", comma, port_flag_names[bit]);
        comma = ",";
    }
    port_add(&port_segments, 0, "\",\"window\":%u,", s->window);
    if (s->mss != 0) port_add(&port_segments, 0, "\"mss\":%u,", s->mss);
    port_add(&port_segments, 0, "\"text\":\"");
    port_add_hex(&port_segments, s->text, s->length);
    port_add(&port_segments, 0, "\"}");
}

/* Its user has received this text, the next in order. */
static inline void port_received(const uint8_t *text, size_t length)
{
    port_add_hex(&port_text, text, length);
}

/* Its user is told "connected", "peer closed", "reset" or "timed out". */
static inline void port_event(const char *event)
{
    port_add(&port_events, 1, "\"%s\"", event);
}

/*
 * The answer to what port_read has read. `wake_at_us`: when the TCP's next timer runs out,
 * or -1; `state`: RFC 9293's name of its state, or NULL; `error`: why the call is refused, or
 * NULL.
 */
static inline void port_answer(int64_t wake_at_us, const char *state, const char *error)
{
    printf("{\"segments\":[%s],", port_segments.text);
    printf("\"received\":\"%s\",\"events\":[%s]", port_text.text, port_events.text);
    if (state != NULL) printf(",\"state\":\"%s\"", state);
    if (wake_at_us >= 0) printf(",\"wakeAtUs\":%lld", (long long)wake_at_us);
    if (error != NULL) printf(",\"error\":\"%s\"", error);
    printf("}\n");
    fflush(stdout);
}

/* What stands behind "name": in a line, or an empty text. No text of a line has quotes in it. */
static inline const char *port_field(const char *line, const char *name)
{
    char key[32];
    snprintf(key, sizeof key, "\"%s\":", name);
    const char *found = strstr(line, key);
    return found == NULL ? "" : found + strlen(key);
}

static inline uint32_t port_number(const char *line, const char *name)
{
    return (uint32_t)strtoul(port_field(line, name), NULL, 10);
}

/* The place in `names` of what stands behind "name":, or -1. */
static inline int port_choice(const char *line, const char *name, const char *const *names, int count)
{
    const char *found = port_field(line, name);
    for (int i = 0; i < count; i++) {
        size_t length = strlen(names[i]);
        const int begins = found[0] == '"' && strncmp(found + 1, names[i], length) == 0;
        if (begins && found[1 + length] == '"') return i;
    }
    return -1;
}

static inline enum port_type port_type_of(const char *line)
{
    static const char *const calls[] = {"listen", "connect", "send", "shutdown", "abort"};
    static const char *const types[] = {"start", "call", "segment", "time"};
    switch (port_choice(line, "type", types, 4)) {
    case 0: return PORT_START;
    case 1: return (enum port_type)(PORT_LISTEN + port_choice(line, "call", calls, 5));
    case 2: return PORT_SEGMENT;
    default: return PORT_TIME;
    }
}

static inline int port_flags(const char *line)
{
    char list[64] = "";
    int flags = 0;
    sscanf(port_field(line, "flags"), "\"%63[^\"]", list);
    for (int bit = 0; bit < 8; bit++)
        if (strstr(list, port_flag_names[bit]) != NULL) flags |= 1 << bit;
    return flags;
}

/* The octets that stand behind "text":. Returns how many there are. */
static inline size_t port_octets(const char *line, uint8_t *octets, size_t most)
{
    const char *digits = port_field(line, "text");
    size_t length = 0;
    if (*digits == '"') digits++;
    for (; length < most && *digits != '\0' && *digits != '"'; digits += 2) {
        const char pair[] = {digits[0], digits[1], '\0'};
        octets[length++] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return length;
}

/* Reads the next thing that happens. Returns 0 when there is no more. */
static inline int port_read(struct port_input *in)
{
    static char line[2 * PORT_MOST_TEXT + 512];
    static uint8_t text[PORT_MOST_TEXT];
    struct port_part *parts[] = {&port_segments, &port_text, &port_events};
    if (fgets(line, sizeof line, stdin) == NULL) return 0;
    for (int i = 0; i < 3; i++) parts[i]->text[parts[i]->length = 0] = '\0';
    in->type = port_type_of(line);
    in->now_us = strtoll(port_field(line, "nowUs"), NULL, 10);
    in->iss = port_number(line, "iss");
    in->segment.seq = port_number(line, "seq");
    in->segment.ack = port_number(line, "ack");
    in->segment.flags = port_flags(line);
    in->segment.window = port_number(line, "window");
    in->segment.mss = port_number(line, "mss");
    in->segment.text = text;
    in->segment.length = port_octets(line, text, sizeof text);
    return 1;
}

#endif
