import { expect, test } from "vitest";
import { runScript } from "../../../src/index.ts";
import { profile } from "../../support/stories.ts";

const ALL = "mss 1460,nop,wscale 6,sackOK,TS val 100 ecr 0";

/** Whether our SYN carries these options once the settings are made. */
function offers(name: string, settings: string, options: string): string | undefined {
  const script = `\`sysctl ${settings}\`
0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
+0 connect(3, ..., ...) = -1 EINPROGRESS (Operation now in progress)
+0 > S 0:0(0) <${options}>
`;
  return runScript(script, { profile: profile(name) }).failure?.message;
}

test.each([
  ["rfc9293", "net.inet.tcp.recvspace=65536", "mss 1460"],
  ["rfc9293", "net.inet.tcp.rfc1323=1 net.inet.tcp.sack.enable=1", ALL],
  ["rfc9293", "net.inet.tcp.sack.enable=1", "mss 1460,sackOK,eol,eol"],
  ["freebsd", "net.inet.tcp.rfc1323=1", ALL],
  ["freebsd", "net.inet.tcp.rfc1323=0", "mss 1460,sackOK,eol,eol"],
  ["freebsd", "net.inet.tcp.rfc1323=2 net.inet.tcp.sack.enable=0", "mss 1460,nop,wscale 6"],
  ["freebsd", "net.inet.tcp.rfc1323=3", "mss 1460,sackOK,TS val 100 ecr 0"],
  ["freebsd", "net.inet.tcp.rfc1323=0 net.inet.tcp.sack.enable=0", "mss 1460"],
])("%s after sysctl %s offers <%s>", (name, settings, options) => {
  expect(offers(name, settings, options)).toBeUndefined();
});
