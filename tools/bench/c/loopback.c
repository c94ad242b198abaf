/*
 * Linux: how many connections a second the kernel opens and closes over
 * 127.0.0.1. Each goes through the handshake, the client's FIN, its ACK, the
 * server's FIN, its ACK, and leaves a TIME-WAIT at the client: the lifecycle
 * of the simulator's `steady`, seven segments.
 *
 * It runs in a network namespace of its own where it may make one (as root,
 * or where users may have namespaces), which ends with it, TIME-WAITs and
 * all; elsewhere in the one it was started in. Clients and servers are
 * threads in pairs, each pair with a port of its own, and the clients move
 * from one source address to the next (127.0.0.2, 127.0.0.3 …), so that no
 * 4-tuple has to wait for its TIME-WAIT to end.
 *
 * Many are in flight: a client closes and opens the next at once, and the
 * server follows as fast as it can. Or one at a time: a client waits for the
 * server's FIN before it opens the next, as one program that asks another does.
 *
 * Arguments: connections, pairs of threads, seconds at the most, and 1 for one
 * connection at a time or 0 for many. Prints JSON; exits with 1 where not every
 * connection was closed from both sides.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* A third of the ephemeral ports: the kernel finds a free one at once. */
enum { PER_ADDRESS = 9000, MOST_PAIRS = 16 };

typedef struct {
  int listener;
  struct sockaddr_in server;
  uint32_t firstAddress; /* the pair's first source address, in host order */
  int connections;
  int oneAtATime;
  int mostInFlight; /* opened by the client and not yet closed by the server */
  _Atomic int closed; /* by the server, after the client's FIN */
} Pair;

static void fail(const char *what) {
  fprintf(stderr, "loopback: %s: %s\n", what, strerror(errno));
  exit(1);
}

static struct sockaddr_in address_of(uint32_t address) {
  return (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(address)};
}

/* True where the namespace is ours alone. */
static int own_namespace(void) {
  if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return 0;
  struct ifreq loopback = {.ifr_name = "lo", .ifr_flags = IFF_UP};
  int any = socket(AF_INET, SOCK_DGRAM, 0);
  if (any < 0 || ioctl(any, SIOCSIFFLAGS, &loopback) != 0) fail("bringing lo up");
  close(any);
  return 1;
}

static void listen_on(Pair *pair) {
  pair->server = address_of(INADDR_LOOPBACK);
  socklen_t length = sizeof pair->server;
  pair->listener = socket(AF_INET, SOCK_STREAM, 0);
  if (pair->listener < 0 || bind(pair->listener, (struct sockaddr *)&pair->server, length) != 0 ||
      listen(pair->listener, 4096) != 0 ||
      getsockname(pair->listener, (struct sockaddr *)&pair->server, &length) != 0) {
    fail("listening");
  }
}

/* Reads the end of the stream, which is the client's FIN, and closes. */
static void *serve(void *argument) {
  Pair *pair = argument;
  char octet;
  for (int count = 0; count < pair->connections; count++) {
    int socket = accept4(pair->listener, NULL, NULL, 0);
    if (socket < 0) fail("accepting");
    if (read(socket, &octet, 1) != 0) fail("reading the end of the stream");
    /* Before the client can know of it. */
    pair->closed++;
    if (close(socket) != 0) fail("closing at the server");
  }
  return NULL;
}

/* Half-closes, and reads the end of the stream, which is the server's FIN. */
static void await_server(int client) {
  char octet;
  if (shutdown(client, SHUT_WR) != 0) fail("half-closing at the client");
  if (read(client, &octet, 1) != 0) fail("reading the server's FIN");
}

static void *connect_all(void *argument) {
  Pair *pair = argument;
  int one = 1;
  for (int count = 0; count < pair->connections; count++) {
    struct sockaddr_in from = address_of(pair->firstAddress + (uint32_t)(count / PER_ADDRESS));
    int client = socket(AF_INET, SOCK_STREAM, 0);
    if (client < 0) fail("making a socket");
    setsockopt(client, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    if (bind(client, (struct sockaddr *)&from, sizeof from) != 0) fail("binding");
    if (connect(client, (const struct sockaddr *)&pair->server, sizeof pair->server) != 0) {
      fail("connecting");
    }
    int inFlight = count + 1 - pair->closed;
    if (inFlight > pair->mostInFlight) pair->mostInFlight = inFlight;
    if (pair->oneAtATime) await_server(client);
    if (close(client) != 0) fail("closing at the client");
  }
  return NULL;
}

static double seconds(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void run_pairs(Pair *pairs, int count) {
  pthread_t threads[2 * MOST_PAIRS];
  for (int at = 0; at < count; at++) {
    if (pthread_create(&threads[2 * at], NULL, serve, &pairs[at]) != 0 ||
        pthread_create(&threads[2 * at + 1], NULL, connect_all, &pairs[at]) != 0) {
      fail("starting a thread");
    }
  }
  for (int at = 0; at < 2 * count; at++) pthread_join(threads[at], NULL);
}

/* One of TCP's counters in this namespace: a line of names, then a line of numbers. */
static long tcp_counter(const char *wanted) {
  char names[1024], numbers[1024];
  long found = -1;
  FILE *file = fopen("/proc/thread-self/net/snmp", "r");
  if (file == NULL) fail("reading the kernel's counters");
  while (fgets(names, sizeof names, file) && fgets(numbers, sizeof numbers, file)) {
    if (strncmp(names, "Tcp:", 4) != 0) continue;
    char *restNames = names, *restNumbers = numbers, *name, *number;
    while ((name = strtok_r(NULL, " \n", &restNames)) != NULL &&
           (number = strtok_r(NULL, " \n", &restNumbers)) != NULL) {
      if (strcmp(name, wanted) == 0) found = atol(number);
    }
  }
  fclose(file);
  return found;
}

/*
 * What the counters were, and by how much they have grown. EstabResets are the
 * connections that a reset ended; of OutRsts there may be some all the same:
 * where two cores reorder the server's ACK and FIN, the client's TIME-WAIT
 * answers the one that comes late, and the server's end is gone by then.
 */
typedef struct {
  long segments, resets, established;
} Counters;

static Counters counters_since(Counters before) {
  return (Counters){tcp_counter("OutSegs") - before.segments,
                    tcp_counter("OutRsts") - before.resets,
                    tcp_counter("EstabResets") - before.established};
}

static int integer(const char *text, int least, int most) {
  char *end;
  long value = strtol(text, &end, 10);
  if (*end == 0 && value >= least && value <= most) return (int)value;
  fprintf(stderr, "loopback: %s is not an integer from %d to %d\n", text, least, most);
  exit(2);
}

static void make_pairs(Pair *pairs, int count, int connections, int oneAtATime) {
  for (int at = 0; at < count; at++) {
    pairs[at].oneAtATime = oneAtATime;
    pairs[at].connections = connections / count + (at < connections % count ? 1 : 0);
    pairs[at].firstAddress = INADDR_LOOPBACK + 1 + (uint32_t)at * 256;
    listen_on(&pairs[at]);
  }
}

int main(int count, char **args) {
  if (count != 5) {
    fprintf(stderr, "usage: loopback CONNECTIONS PAIRS SECONDS ONE-AT-A-TIME\n");
    return 2;
  }
  int connections = integer(args[1], 1, 100000), pairCount = integer(args[2], 1, MOST_PAIRS);
  alarm((unsigned)integer(args[3], 1, 600));
  Pair pairs[MOST_PAIRS] = {0};
  int own = own_namespace();
  make_pairs(pairs, pairCount, connections, integer(args[4], 0, 1));
  Counters before = counters_since((Counters){0, 0, 0});
  double started = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  run_pairs(pairs, pairCount);
  double took = seconds(CLOCK_MONOTONIC) - started;
  cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  Counters grown = counters_since(before);
  int closed = 0, inFlight = 0;
  for (int at = 0; at < pairCount; at++) {
    closed += pairs[at].closed;
    inFlight += pairs[at].mostInFlight;
  }
  printf("{\"connections\":%d,\"closed\":%d,\"lifecyclesPerSecond\":%.0f,\"seconds\":%.6f,"
         "\"cpuSeconds\":%.6f,\"mostInFlight\":%d,\"ownNamespace\":%s,\"segmentsPerConnection\":%.2f,"
         "\"resetsSent\":%ld,\"connectionsReset\":%ld}\n",
         connections, closed, connections / took, took, cpu, inFlight, own ? "true" : "false",
         (double)grown.segments / connections, grown.resets, grown.established);
  return closed == connections && (!own || grown.established == 0) ? 0 : 1;
}
