import { describe, expect, test } from "vitest";
import { type Failure, runScript } from "../../src/index.ts";
import { profile } from "../support/stories.ts";

const rfc9293 = profile("rfc9293");

const LISTEN = `--tolerance_usecs=1000
0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
`;
const ACCEPTED = `${LISTEN}+.1 < S 0:0(0) win 20000 <mss 1000>
+0 > S. 0:0(0) ack 1 <...>
+.1 < . 1:1(0) ack 1 win 20000
+0 accept(3, ..., ...) = 4
`;

function run(script: string, defines?: readonly string[]) {
  return runScript(script, { profile: rfc9293, ...(defines && { defines }) });
}

function failure(script: string): Failure {
  const { failure: found } = run(script);
  if (found === undefined) throw new Error(`passed:\n${script}`);
  return found;
}

describe("a packet that is not the one expected", () => {
  test.each([
    ["> F. 0:0(0) ack 1 <...>", "other flags"],
    ["> S. 0:5(5) ack 1 <...>", "another length"],
    ["> S. 0:0(0) ack 2 <...>", "another acknowledgment"],
    ["> S. 0:0(0) ack 1 win 1 <...>", "another window"],
    ["> S. 0:0(0) ack 1 urg 1 <...>", "another urgent pointer"],
    ["> S. 0:0(0) ack 1 <mss 1460,nop>", "other options"],
    ["> S. 0:0(0) ack 1", "other options"],
    ["> S. 0!:0!(0) ack 1 <...>", "another sequence number"],
    ["> S. ...(0) ack 2! <...>", "another acknowledgment"],
    ["> S. 0:0(0) <...>", "another acknowledgment"],
  ])("%s: %s", (packet, difference) => {
    const found = failure(`${LISTEN}+.1 < S 0:0(0) win 20000 <mss 1000>\n+0 ${packet}\n`);
    expect(found).toMatchObject({ kind: "mismatch", line: 6, column: 4 });
    expect(found.expected).toBe(`"${packet}"`);
    expect(found.found).toContain('"> S. 0:0(0) ack 1 win 65535 <mss 1460>" came');
    expect(found.found).toContain(difference);
  });

  test("any sequence number, any window, any options will do where the script says so", () => {
    const script = `${LISTEN}+.1 < S 0:0(0) win 20000 <mss 1000>\n+0 > S. ...(0) ack 1! <...>\n`;
    expect(run(script).passed).toBe(true);
  });

  test("none came", () => {
    expect(failure(`${LISTEN}+.1 > S. 0:0(0) ack 1 <...>\n`).message).toBe(
      'expected "> S. 0:0(0) ack 1 <...>", but nothing came by 0.101 s',
    );
    expect(failure(`${LISTEN}* > S. 0:0(0) ack 1\n`).found).toBe("nothing came");
  });
});

describe("times", () => {
  const withSyn = `${LISTEN}+.1 < S 0:0(0) win 20000 <mss 1000>\n+0 > S. 0:0(0) ack 1 <...>\n`;

  test.each([
    ["+1", true],
    ["+1.001", true],
    ["+.999", true],
    ["+1.0011", false],
    ["+.9989", false],
    ["1.1", true],
    ["+.5~+1.5", true],
    ["1~1.1", true],
    ["+.5~+.9", false],
    ["*", true],
  ])("the SYN,ACK again %s s after the first one: %s", (time, passes) => {
    expect(run(`${withSyn}${time} > S. 0:0(0) ack 1 <...>\n`).passed).toBe(passes);
  });

  test("too early or too late says when it came", () => {
    expect(failure(`${withSyn}+1.5 > S. 0:0(0) ack 1 <...>\n`).message).toBe(
      'expected "> S. 0:0(0) ack 1 <...>" between 1.599 s and 1.601 s, but it came at 1.1 s',
    );
  });

  test("behind a range or *, a relative time counts from when the packet really came", () => {
    for (const time of ["*", "+.5~+1.5"]) {
      expect(
        run(`${withSyn}${time} > S. 0:0(0) ack 1 <...>\n+2 > S. 0:0(0) ack 1 <...>`).passed,
      ).toBe(true);
    }
  });

  test("without a word of the script's own, an eighth of the interval is tolerated", () => {
    const lax = withSyn.replace("--tolerance_usecs=1000\n", "");
    expect(run(`${lax}+1.1 > S. 0:0(0) ack 1 <...>\n`).passed).toBe(true);
    expect(run(`${lax}+1.2 > S. 0:0(0) ack 1 <...>\n`).passed).toBe(false);
    expect(run(`--tolerance_percent=20\n${lax}+1.2 > S. 0:0(0) ack 1 <...>\n`).passed).toBe(true);
  });
});

describe("a call that does something else", () => {
  test.each([
    ["read(4, ..., 10) = 10", "has not returned; a call that blocks is written"],
    ["close(4) = -1 EBADF", "close(4) returned 0"],
    ["close(9) = 0", "close(9) returned -1 EBADF"],
    ["shutdown(3, SHUT_WR) = 0", "returned -1 ENOTCONN"],
    ["write(4, ..., 10) = 9", "returned 10"],
    ["write(4, ..., 10) = -1 EPIPE", "returned 10"],
    ["bind(4, ..., ...) = 0", "returned -1 EINVAL"],
    ["connect(4, ..., ...) = 0", "returned -1 EISCONN"],
    ["connect(3, ..., ...) = 0", "returned -1 EOPNOTSUPP"],
    ["accept(4, ..., ...) = 5", "returned -1 EINVAL"],
    ["accept(3, ..., ...) = 5", "has not returned"],
    ["getsockopt(4, SOL_SOCKET, SO_ERROR, [ECONNRESET], [4]) = 0", "gave [0]"],
    ["getsockopt(4, SOL_SOCKET, SO_SNDBUF, [7], [4]) = 0", "gave [65536]"],
    ["fcntl(4, F_GETFL) = 0x802", "returned 2"],
    ["ioctl(4, FIONREAD, [5]) = 0", "gave [0]"],
    ["socket(..., SOCK_STREAM, IPPROTO_TCP) = 3", "3 is"],
  ])("%s", (call, found) => {
    expect(failure(`${ACCEPTED}+0 ${call}\n`).message).toContain(found);
  });

  test("that it returns too soon, too late, or never", () => {
    const data = "+.2 < P. 1:11(10) ack 1 win 20000\n+0 > . 1:1(0) ack 11\n";
    expect(run(`${ACCEPTED}+0....2 read(4, ..., 10) = 10\n${data}`).passed).toBe(true);
    expect(failure(`${ACCEPTED}+0....1 read(4, ..., 10) = 10\n${data}`).message).toBe(
      "expected a return at 0.3 s, but the call returned at 0.4 s",
    );
    expect(failure(`${ACCEPTED}+0....1 read(4, ..., 10) = 10\n`).message).toBe(
      'expected "read(4, ..., 10) = 10", but it has not returned',
    );
  });

  test("that it reads other octets than were sent", () => {
    const echo = `${ACCEPTED}+0 write(4, "ab", 2) = 2\n+0 > P. 1:3(2) ack 1\n`;
    const read = '+.1 < P. 1:3(2) ack 3 win 20000\n+0 > . 3:3(0) ack 3\n+0 read(4, "ab", 2) = 2\n';
    expect(failure(echo + read).message).toBe('expected "ab", but read() gave "\\u0000\\u0000"');
  });
});

describe("what cannot be run is a failure that names itself", () => {
  test.each([
    ["+0 mmap(4) = 0", "mmap()"],
    ["+0 setsockopt(4, SOL_TCP, TCP_DEFER_ACCEPT, [5], 4) = 0", "TCP_DEFER_ACCEPT"],
    ["+0 ioctl(4, SIOCATMARK, [5]) = 0", "SIOCATMARK"],
    ["+0 send(4, ..., 5, MSG_EOR) = 5", "MSG_EOR"],
    ["+0 send(4, ..., 5, 4) = 5", "flags 0x4"],
    ["+0 socket(..., SOCK_DGRAM, IPPROTO_UDP) = 5", "SOCK_DGRAM"],
    ["+0 socket(..., 2, 17) = 5", "socket type 2"],
    ["+0 connect(4, {sin_port=htons(80)}, ...) = 0", "port 80"],
    ["+0 < icmp redirect [1:1(0)]", "ICMP redirect"],
    ["+0 < icmp unreachable nobody_home [1:1(0)]", "ICMP unreachable nobody_home"],
    ["+0 > icmp unreachable port_unreachable [1:1(0)]", "ICMP from the stack"],
    ['+0 bind(3, {AF_INET, htons(1), gethostbyname("x")}, ...) = 0', "this address"],
    ["+0 < [ect0] . 1:1(0) ack 1 win 20000", "[ect0]"],
    ["+0 < . 1:1(0) ack 1 win 20000 <...>", "<...>"],
    ["+0 < . 1:1(0) ack 1 win 20000 <eol,nop>", "behind"],
    ["+0 `reboot`", '"reboot"'],
    ["+0 `sockstat | awk x`", '"awk x"'],
    ["+0 `sysctl -w net.inet.tcp.blackhole=7`", "blackhole"],
    ["+0 `sysctl -w kern.unheard_of=1`", "kern.unheard_of"],
    ["+0 %{ import os }%", '"import os"'],
    ["+0 %{ assert tcpi_unheard_of == 1 }%", "tcpi_unheard_of"],
    ["+0 %{ assert $ }%", "this code"],
  ])("%s", (line, what) => {
    const found = failure(`${ACCEPTED}${line}\n`);
    expect(found).toMatchObject({ kind: "unsupported", line: 9 });
    expect(found.message).toContain("unsupported: ");
    expect(found.message).toContain(what);
  });

  test.each([
    ["--unheard_of=1", "--unheard_of"],
    ["--ip_version=ipv5", "--ip_version=ipv5"],
  ])("%s", (option, what) => {
    const found = failure(`${option}\n${LISTEN}`);
    expect(found).toMatchObject({ kind: "unsupported", line: 1 });
    expect(found.message).toContain(what);
  });
});

describe("the state of the system", () => {
  test.each([
    ["`sockstat -s | grep -c ESTABLISHED | grep 1`", true],
    ["`sockstat -s | grep -c ESTABLISHED | grep 0`", false],
    ["`sockstat -s | grep LISTEN | wc -l | grep -q 1`", true],
    ["`netstat -an | grep -v ESTABLISHED | grep -c LISTEN | grep 1 > /dev/null`", true],
    ["`sleep 1 && true; sockstat | grep TIME_WAIT`", false],
    ["`tcpdrop -s ESTABLISHED; sockstat | grep -c ESTABLISHED | grep 0`", true],
    ["%{ assert tcpi_state == TCPI_ESTABLISHED and not tcpi_probes, 'state' }%", true],
    ["%{ assert tcpi_state in (TCP_CLOSE_WAIT, TCP_ESTABLISHED); assert 1 < 2 <= 2 }%", true],
    ["%{\nassert tcpi_rto >= 1000000 # us\nassert (tcpi_rto // 2 + 1) * 2 > tcpi_rto\n}%", true],
    ["%{ assert tcpi_state == TCPI_CLOSE_WAIT }%", false],
    ["%{ assert tcpi_state != TCPI_ESTABLISHED or tcpi_rto == 0 }%", false],
  ])("%s: %s", (line, passes) => {
    expect(run(`${ACCEPTED}+0 ${line}\n`).passed).toBe(passes);
  });

  test("says what it is where the script thinks otherwise", () => {
    expect(failure(`${ACCEPTED}+0 %{ assert tcpi_state == TCPI_CLOSED }%\n`).message).toBe(
      "expected tcpi_state == TCPI_CLOSED, but it is ESTABLISHED",
    );
    expect(failure(`${ACCEPTED}+0 \`sockstat | grep TIME_WAIT\`\n`).found).toBe(
      "the sockets are [LISTEN, ESTABLISHED]",
    );
  });
});

test("a condition holds for the names given, or for the profile's own", () => {
  const script = `${LISTEN}#ifdef FreeBSD\n+0 mmap() = 0\n#endif\n`;
  expect(run(script).passed).toBe(true);
  expect(run(script, ["FreeBSD"]).failure?.message).toContain("mmap()");
  expect(runScript(script, { profile: profile("freebsd") }).failure?.message).toContain("mmap()");
});

test("what is no script fails as one, with its place", () => {
  expect(run("0 f( = 0\n")).toMatchObject({
    passed: false,
    events: 0,
    ladder: "",
    failure: { kind: "syntax", line: 1, column: 6, found: '"="' },
  });
});

test("the ladder shows what happened up to the failure", () => {
  const { ladder, events } = run(
    `${ACCEPTED}+.1 < P. 1:11(10) ack 1 win 20000\n+0 > . 1:1(0) ack 11\n+1 close(4) = 0\n+0 > F. 1:1(0) ack 11\n`,
  );
  expect(events).toBe(10);
  expect(ladder).toBe(`\
    0.000000  CLOSED       │ socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
    0.000000               │ bind(3, ..., ...) = 0
    0.000000  LISTEN       │ listen(3, 1) = 0
    0.100000               │ <── S 0:0(0) win 20000 <mss 1000>
    0.100000  SYN-RECEIVED │ ──> S. 0:0(0) ack 1 win 65535 <mss 1460>
    0.200000               │ <── . 1:1(0) ack 1 win 20000
    0.200000  ESTABLISHED  │ accept(3, ..., ...) = 4
    0.300000               │ <── P. 1:11(10) ack 1 win 20000
    0.300000               │ ──> . 1:1(0) ack 11 win 65525
    1.300000               │ close(4) = 0
    1.300000  CLOSED       │ ──> R 1:1(0) win 0
`);
});
