import { captureHostLaws, captureLaws, type Law, type Run } from "@synfin/properties";

/** What `synfin check --help` prints. */
export const CHECK_HELP: string = `usage: synfin check CAPTURE [--at ADDRESS]… [--json]

Holds every TCP connection of a capture to the laws that a capture can show.
Each broken law is a line with the packet's number, as Wireshark counts.

  CAPTURE       a pcap or pcapng file; - reads standard input
  --at ADDRESS  the capture was made at the host with this address; may be
                given again, for one made where both ends are
  --json        one object: passed segments others connections laws
  --help        this text

Wherever on the way it was made, a capture shows both ends'
${lines(captureLaws)}
At a host it shows of this host, and of no other, in addition
${lines(captureHostLaws)}
No capture made at one place can show what users called and received, which
timers ran, and in which states the ends were: so none shows that text reached
its user, that a RST came from nowhere, how long TIME-WAIT lasted, or that a
change of state was permitted. "synfin laws" asks a TCP itself.

A packet that the capture missed looks like a broken law: what acknowledges
it, acknowledges what was never seen. Where all of one direction is missing,
or the beginning, only what that leaves to judge is judged. Checksums are not
looked at, since a capture at the sender has them before the network card has
filled them in.

Exits with 0 where all laws hold, 1 where one is broken, 2 for bad usage or
bad input: a capture without a TCP segment, or one that breaks off, whose
packets until there are judged first.
`;

function lines(laws: readonly Law<Run>[]): string {
  return laws.map(({ name, says }) => wrap(`${name}: ${says}`)).join("");
}

/** Lines of at most 79 columns, the first indented by 2 and the others by 4. */
function wrap(text: string): string {
  let [all, line] = ["", " "];
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > 79) {
      all += `${line}\n`;
      line = "   ";
    }
    line += ` ${word}`;
  }
  return `${all}${line}\n`;
}
