/*
 * ns-3 doing the work of the simulator's `steady`: N connections opened at a
 * constant rate between two nodes over a point-to-point link, each held for a
 * while, closed first by the client and then by the server, until the last
 * has left TIME-WAIT. Its TCP is ns-3's own with what Debian's package sets.
 *
 * Arguments: connections, connections per second, hold µs, one-way delay µs,
 * 2MSL µs. Prints JSON; exits with 1 where not every connection went through.
 */
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>

#include <ns3/core-module.h>
#include <ns3/internet-module.h>
#include <ns3/network-module.h>
#include <ns3/point-to-point-module.h>

using namespace ns3;

namespace {

struct Spec {
  uint64_t connections, ratePerSecond, holdUs, delayUs, twoMslUs;
};

constexpr uint16_t SERVER_PORT = 80;
Spec spec;
uint64_t timeWaits = 0, clientsClosed = 0, serversClosed = 0, failed = 0;

void onClientState(TcpSocket::TcpStates_t from, TcpSocket::TcpStates_t to) {
  if (to == TcpSocket::TIME_WAIT) timeWaits++;
  if (from == TcpSocket::TIME_WAIT && to == TcpSocket::CLOSED) clientsClosed++;
}

void onServerState(TcpSocket::TcpStates_t from, TcpSocket::TcpStates_t to) {
  if (from == TcpSocket::LAST_ACK && to == TcpSocket::CLOSED) serversClosed++;
}

void closeSocket(Ptr<Socket> socket) { socket->Close(); }

void onConnected(Ptr<Socket> socket) {
  Simulator::Schedule(MicroSeconds(spec.holdUs), &closeSocket, socket);
}

void onFailed(Ptr<Socket>) { failed++; }

void onAccepted(Ptr<Socket> socket, const Address &) {
  socket->TraceConnectWithoutContext("State", MakeCallback(&onServerState));
  socket->SetCloseCallbacks(MakeCallback(&closeSocket), MakeCallback(&onFailed));
}

void openSocket(Ptr<Node> client, InetSocketAddress server) {
  Ptr<Socket> socket = Socket::CreateSocket(client, TcpSocketFactory::GetTypeId());
  socket->TraceConnectWithoutContext("State", MakeCallback(&onClientState));
  socket->SetConnectCallback(MakeCallback(&onConnected), MakeCallback(&onFailed));
  socket->Bind();
  socket->Connect(server);
}

/* Each connection schedules the next, so that the queue holds one of them and not all. */
void openNext(uint64_t nth, Ptr<Node> client, InetSocketAddress server) {
  openSocket(client, server);
  if (++nth == spec.connections) return;
  Time at = MicroSeconds(nth * 1000000 / spec.ratePerSecond);
  Simulator::Schedule(at - Simulator::Now(), &openNext, nth, client, server);
}

/* Fast enough that nothing waits in a queue: what delays is the link. */
InetSocketAddress buildNetwork(NodeContainer &nodes) {
  nodes.Create(2);
  PointToPointHelper link;
  link.SetDeviceAttribute("DataRate", StringValue("1000Gbps"));
  link.SetChannelAttribute("Delay", TimeValue(MicroSeconds(spec.delayUs)));
  NetDeviceContainer devices = link.Install(nodes);
  InternetStackHelper().Install(nodes);
  Ipv4AddressHelper addresses("192.0.2.0", "255.255.255.0");
  Ipv4Address server = addresses.Assign(devices).GetAddress(1);
  return InetSocketAddress(server, SERVER_PORT);
}

void listenAt(Ptr<Node> node) {
  Ptr<Socket> listener = Socket::CreateSocket(node, TcpSocketFactory::GetTypeId());
  listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), SERVER_PORT));
  listener->Listen();
  listener->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address &>(),
                              MakeCallback(&onAccepted));
}

uint64_t integer(const char *text, uint64_t least, uint64_t most) {
  char *end;
  uint64_t value = std::strtoull(text, &end, 10);
  if (*end == 0 && value >= least && value <= most) return value;
  std::fprintf(stderr, "steady: %s is not an integer from %lu to %lu\n", text, least, most);
  std::exit(2);
}

double cpuSeconds() {
  rusage used;
  getrusage(RUSAGE_SELF, &used);
  auto of = [](timeval time) { return double(time.tv_sec) + 1e-6 * double(time.tv_usec); };
  return of(used.ru_utime) + of(used.ru_stime);
}

} // namespace

int main(int count, char **args) {
  if (count != 6) {
    std::fprintf(stderr, "usage: steady CONNECTIONS RATE HOLD-US DELAY-US 2MSL-US\n");
    return 2;
  }
  /* ns-3 has 16384 ephemeral ports for each node. */
  constexpr uint64_t HOUR = 3600000000;
  spec = {integer(args[1], 1, 16000), integer(args[2], 1, 1000000), integer(args[3], 0, HOUR),
          integer(args[4], 0, 500000), integer(args[5], 0, HOUR)};
  Config::SetDefault("ns3::TcpSocketBase::MaxSegLifetime", DoubleValue(spec.twoMslUs / 2e6));
  NodeContainer nodes;
  InetSocketAddress server = buildNetwork(nodes);
  listenAt(nodes.Get(1));
  Simulator::Schedule(Seconds(0), &openNext, uint64_t(0), nodes.Get(0), server);
  double cpu = cpuSeconds();
  auto started = std::chrono::steady_clock::now();
  Simulator::Run();
  std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  cpu = cpuSeconds() - cpu;
  std::printf("{\"connections\":%lu,\"lifecyclesPerSecond\":%.1f,\"seconds\":%.6f,"
              "\"cpuSeconds\":%.6f,\"timeWaits\":%lu,\"clientsClosed\":%lu,"
              "\"serversClosed\":%lu,\"failed\":%lu,\"events\":%lu}\n",
              spec.connections, spec.connections / took.count(), took.count(), cpu, timeWaits,
              clientsClosed, serversClosed, failed, Simulator::GetEventCount());
  Simulator::Destroy();
  bool all = timeWaits == spec.connections && serversClosed == spec.connections;
  return all && clientsClosed == spec.connections && failed == 0 ? 0 : 1;
}
