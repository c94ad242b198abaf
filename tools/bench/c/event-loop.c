/*
 * The limit: the event loop of the bulk simulator's `steady`, in plain C. N
 * connections are opened at a constant rate, held, and closed first by the
 * client; each sends seven segments and ends with TIME-WAIT. What it has in
 * common with the simulator: fifteen events for each lifecycle (an OPEN, seven
 * arrivals, two CLOSEs, four retransmission timers long dead and one 2MSL),
 * a row of 128 bytes at each end, FIFO rings, a paged port table, a
 * census that counts changes, and a digest of every event.
 *
 * What it leaves out: loss and with it every retransmission (a live timer is
 * an error here), text, options but the MSS, keep-alive and the user timeout,
 * the departures from the RFC's letter that are parameters there, samples of
 * the census over time, the listener's backlog, and any order of simultaneous
 * events but "ring by ring". Rows are not used again, and stay where they are
 * instead of being loaded and stored as a whole.
 *
 * Arguments: connections, connections per second, hold µs, one-way delay µs,
 * 2MSL µs and, if wanted, how many connections make a cell (all by default).
 * Cells run one after another, in the same memory. Prints JSON.
 */
#define _DEFAULT_SOURCE
#include "machine.h"
#include <inttypes.h>
#include <sys/mman.h>
#include <time.h>

enum { FIRST_PORT = 10000, PORTS_PER_ADDRESS = 50000 };

/* Which of all connections the n-th of a cell is: cells take turns in opening. */
typedef struct {
  uint32_t index, count;
} Cell;

static Row *row_for(World *world, uint32_t end, uint32_t address, uint16_t port) {
  uint32_t place = *ports_at(&world->ports[end], address, port);
  if (place == 0) return NULL;
  Row *row = &world->rows[end][place - 1];
  return row->clientAddress == address && row->clientPort == port ? row : NULL;
}

static Row *new_row(World *world, uint32_t end, uint32_t address, uint16_t port, Cell cell) {
  uint32_t index = world->rowsUsed[end]++;
  Row *row = &world->rows[end][index];
  uint32_t connection = index * cell.count + cell.index;
  start_row(row, connection, end, finish(mix(mix(0x9e3779b9u, connection), end)));
  row->clientAddress = address;
  row->clientPort = port;
  *ports_at(&world->ports[end], address, port) = index + 1;
  world->census[end][CLOSED]++;
  return row;
}

static uint64_t opens_at(const World *world, Cell cell, uint64_t nth) {
  if (nth == world->spec.connections) return NEVER;
  return (nth * cell.count + cell.index) * SECOND / world->spec.ratePerSecond;
}

static void open_next(World *world, Cell cell) {
  uint32_t nth = (uint32_t)world->opens++;
  uint16_t port = (uint16_t)(FIRST_PORT + nth % PORTS_PER_ADDRESS);
  Row *row = new_row(world, CLIENT, nth / PORTS_PER_ADDRESS, port, cell);
  user_open(world, row);
  world->nextOpenAtUs = opens_at(world, cell, world->opens);
  record(world, OPENED, row, NULL);
}

static void arrive(World *world, Cell cell) {
  Segment segment = Link_pop(&world->link);
  Row *row = row_for(world, segment.to, segment.clientAddress, segment.clientPort);
  world->arrivals++;
  if (row == NULL && segment.to == SERVER && segment.flags == SYN) {
    row = new_row(world, SERVER, segment.clientAddress, segment.clientPort, cell);
    listen_arrives(world, row, &segment);
  } else if (row == NULL) {
    world->unexpected++;
    return;
  } else if (row->state == SYN_SENT) {
    syn_sent_arrives(world, row, &segment);
  } else {
    other_states_arrives(world, row, &segment);
  }
  record(world, ARRIVED, row, &segment);
}

static void close_next(World *world, uint32_t end) {
  Row *row = &world->rows[end][Timers_pop(&world->closing[end]).row];
  world->closes++;
  user_close(world, row);
  record(world, CALLED_CLOSE, row, NULL);
}

/* Cancelled lazily: a timer is dead unless its row still has this deadline. */
static void retransmission_due(World *world, Timers *ring, uint32_t end) {
  Timer timer = Timers_pop(ring);
  Row *row = &world->rows[end][timer.row];
  world->timeouts++;
  if (row->retransmitAtUs == timer.dueUs) world->unexpected++;
  record(world, TIMED_OUT, row, NULL);
}

static void time_wait_due(World *world) {
  Timer timer = Timers_pop(&world->timeWait);
  Row *row = &world->rows[CLIENT][timer.row];
  world->timeouts++;
  if (row->timeWaitAtUs == timer.dueUs) closed(world, row);
  record(world, TIMED_OUT, row, NULL);
}

/* Of events at one time, those of the first of these kinds come first. */
enum { ARRIVAL, SERVER_CLOSE, OPEN, CLIENT_CLOSE, CLIENT_FIRST_RTO, SERVER_FIRST_RTO,
       CLIENT_LATER_RTO, SERVER_LATER_RTO, TWO_MSL, KINDS };

static int next_event(const World *world, uint64_t *atUs) {
  const uint64_t due[KINDS] = {
    Link_peek(&world->link), Timers_peek(&world->closing[SERVER]),
    world->nextOpenAtUs, Timers_peek(&world->closing[CLIENT]),
    Timers_peek(&world->firstRto[CLIENT]), Timers_peek(&world->firstRto[SERVER]),
    Timers_peek(&world->laterRto[CLIENT]), Timers_peek(&world->laterRto[SERVER]),
    Timers_peek(&world->timeWait),
  };
  int first = 0;
  for (int kind = 1; kind < KINDS; kind++) {
    if (due[kind] < due[first]) first = kind;
  }
  *atUs = due[first];
  return first;
}

static void run(World *world, Cell cell) {
  world->nextOpenAtUs = opens_at(world, cell, 0);
  for (;;) {
    int kind = next_event(world, &world->nowUs);
    if (world->nowUs == NEVER) return;
    switch (kind) {
    case ARRIVAL: arrive(world, cell); break;
    case SERVER_CLOSE: close_next(world, SERVER); break;
    case OPEN: open_next(world, cell); break;
    case CLIENT_CLOSE: close_next(world, CLIENT); break;
    case CLIENT_FIRST_RTO: retransmission_due(world, &world->firstRto[CLIENT], CLIENT); break;
    case SERVER_FIRST_RTO: retransmission_due(world, &world->firstRto[SERVER], SERVER); break;
    case CLIENT_LATER_RTO: retransmission_due(world, &world->laterRto[CLIENT], CLIENT); break;
    case SERVER_LATER_RTO: retransmission_due(world, &world->laterRto[SERVER], SERVER); break;
    case TWO_MSL: time_wait_due(world); break;
    }
  }
}

/* Fresh zero pages, whose first touch is part of the time, as it is in the simulator. */
static Row *rows_make(uint64_t count) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS;
  void *rows = mmap(NULL, count * sizeof(Row), PROT_READ | PROT_WRITE, flags, -1, 0);
  return must(rows == MAP_FAILED ? NULL : rows);
}

static void world_make(World *world, Spec spec) {
  *world = (World){.spec = spec};
  for (int end = 0; end < ENDS; end++) {
    world->rows[end] = rows_make(spec.connections);
    ports_make(&world->ports[end], (uint32_t)(spec.connections / PORTS_PER_ADDRESS + 1));
    Timers_make(&world->firstRto[end]);
    Timers_make(&world->laterRto[end]);
    Timers_make(&world->closing[end]);
  }
  Link_make(&world->link);
  Timers_make(&world->timeWait);
}

static void world_free(World *world) {
  for (int end = 0; end < ENDS; end++) {
    munmap(world->rows[end], world->spec.connections * sizeof(Row));
    ports_free(&world->ports[end]);
    free(world->firstRto[end].items);
    free(world->laterRto[end].items);
    free(world->closing[end].items);
  }
  free(world->link.items);
  free(world->timeWait.items);
}

/* What the cells add up to, and the most memory that one of them took. */
typedef struct {
  uint64_t opens, arrivals, closes, timeouts, unexpected, alive, bytes;
  Digest digest;
} Totals;

/* Rows, rings as far as they have grown, and the ports' pages. */
static uint64_t world_bytes(const World *world) {
  uint64_t bytes = ring_bytes(world->link) + ring_bytes(world->timeWait);
  for (int end = 0; end < ENDS; end++) {
    bytes += world->spec.connections * sizeof(Row) + ports_bytes(&world->ports[end]);
    bytes += ring_bytes(world->firstRto[end]) + ring_bytes(world->laterRto[end]);
    bytes += ring_bytes(world->closing[end]);
  }
  return bytes;
}

static void add(Totals *totals, const World *world) {
  totals->opens += world->opens;
  totals->arrivals += world->arrivals;
  totals->closes += world->closes;
  totals->timeouts += world->timeouts;
  totals->unexpected += world->unexpected;
  totals->digest.a += world->digest.a;
  totals->digest.b += world->digest.b;
  uint64_t bytes = world_bytes(world);
  if (bytes > totals->bytes) totals->bytes = bytes;
  for (int end = 0; end < ENDS; end++) {
    for (int state = LISTEN; state < STATES; state++) totals->alive += world->census[end][state];
  }
}

static Totals run_cells(Spec spec, uint64_t perCell) {
  Totals totals = {0};
  uint32_t count = (uint32_t)((spec.connections + perCell - 1) / perCell);
  for (uint32_t index = 0; index < count; index++) {
    Spec own = spec;
    own.connections = spec.connections / count + (index < spec.connections % count ? 1 : 0);
    World world;
    world_make(&world, own);
    run(&world, (Cell){index, count});
    add(&totals, &world);
    world_free(&world);
  }
  return totals;
}

/* Every lifecycle is the same one, or the comparison is worth nothing. */
static void check(const Totals *totals, uint64_t connections) {
  if (totals->unexpected == 0 && totals->alive == 0 && totals->opens == connections &&
      totals->arrivals == 7 * connections && totals->closes == 2 * connections &&
      totals->timeouts == 5 * connections) return;
  fprintf(stderr, "event-loop: not every connection went through the whole lifecycle\n");
  exit(1);
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* What a core gave us of it: on a busy machine less than the time that passed. */
static double cpu_seconds(void) {
  struct timespec used;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return (double)used.tv_sec + 1e-9 * (double)used.tv_nsec;
}

static uint64_t integer(const char *text, uint64_t least, uint64_t most) {
  char *end;
  unsigned long long value = strtoull(text, &end, 10);
  if (*end == 0 && value >= least && value <= most) return value;
  fprintf(stderr, "event-loop: %s is not an integer from %" PRIu64 " to %" PRIu64 "\n", text, least,
          most);
  exit(2);
}

static void print(const Totals *totals, Spec spec, double took, double cpu) {
  double connections = (double)spec.connections;
  uint64_t events = totals->opens + totals->arrivals + totals->closes + totals->timeouts;
  printf("{\"connections\":%" PRIu64 ",\"lifecyclesPerSecond\":%.0f,\"nsPerEvent\":%.2f,",
         spec.connections, connections / took, 1e9 * took / (double)events);
  printf("\"seconds\":%.6f,\"cpuSeconds\":%.6f,", took, cpu);
  printf("\"events\":%" PRIu64 ",\"arrivals\":%" PRIu64 ",", events, totals->arrivals);
  printf("\"bytesPerConnection\":%.0f,\"digest\":\"%08x%08x\"}\n",
         (double)totals->bytes / connections, totals->digest.a, totals->digest.b);
}

int main(int count, char **args) {
  if (count != 6 && count != 7) {
    fprintf(stderr, "usage: event-loop CONNECTIONS RATE HOLD-US DELAY-US 2MSL-US [PER-CELL]\n");
    return 2;
  }
  /* A round trip of a second or more would meet the first retransmission. */
  Spec spec = {integer(args[1], 1, 100000000), integer(args[2], 1, 100000000),
               integer(args[3], 0, 3600 * SECOND), integer(args[4], 0, SECOND / 2 - 1),
               integer(args[5], 0, 3600 * SECOND)};
  uint64_t perCell = count == 7 ? integer(args[6], 1, spec.connections) : spec.connections;
  double started = seconds(), cpuStarted = cpu_seconds();
  Totals totals = run_cells(spec, perCell);
  double took = seconds() - started, cpu = cpu_seconds() - cpuStarted;
  check(&totals, spec.connections);
  print(&totals, spec, took, cpu);
  return 0;
}
