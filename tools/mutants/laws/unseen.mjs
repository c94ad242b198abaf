const BOUND = "a bound of a parameter: a run is made of parameters that were checked before";
const ONE_CLIENT = "a run has one client, so no backlog is ever full and no cookie is sent";
const ADDRESSES = "a run has two hosts with one address and at most one listener each";
const ICMP = "no scenario has ICMP errors, and no link makes any";
const LESS = "sends less than it may, and a law of RFC 5681 says only what is too much";
const NO_CALL = "no step of a scenario makes that call";

/**
 * Mutants of tools/mutants that no run can show to a law, each with the reason. `npm run mutants --
 * --laws --unseen` holds them to the laws all the same, and one that a law does see fails
 * it: the reason has then ceased to be true.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const UNSEEN = {
  "an MSS may leave no room for the headers": BOUND,
  "an acknowledgment may wait for a second": BOUND,
  "timestamps do not shorten TIME-WAIT":
    "TIME-WAIT that is kept breaks nothing: SHLD-4 and MAY-2 only permit to end it",
  "a flood takes as many records as it likes": ONE_CLIENT,
  "any cookie is believed": ONE_CLIENT,
  "a cookie says more than the peer can take": ONE_CLIENT,
  "a cookie opens more than there is room for": ONE_CLIENT,
  "the first duplicates send nothing": LESS,
  "R2 is the host's, whatever the connection's is": NO_CALL,
  "the urgent text that is left does not count what is unread": NO_CALL,
  "keep-alive cannot be turned off": NO_CALL,
  "no acknowledgment waits":
    "an acknowledgment that comes early breaks nothing: SHLD-18 only permits to wait",
  "a second passive OPEN takes the listener's place": ADDRESSES,
  "a port from which a connection is opening cannot be listened on": ADDRESSES,
  "whatever address the user names, the host chooses": ADDRESSES,
  "a listener at one address takes what comes to any": ADDRESSES,
  "the host opens from its first address, whatever the peer's IP version is": ADDRESSES,
  "whatever address a SYN came to, the host answers from its first": ADDRESSES,
  "OPEN to a group or to everyone is not refused": ADDRESSES,
  "OPEN to no address is not refused": ADDRESSES,
  "what comes to everyone is the host's, too": ADDRESSES,
  "a SYN from a group is answered": ADDRESSES,
  "an ICMP error goes to whatever connection has its local port": ICMP,
  "an ICMP error goes nowhere": ICMP,
  "no one hears of soft errors": ICMP,
  "source quench is a soft error": ICMP,
  "a soft error aborts": ICMP,
  "a hard error does not abort": ICMP,
};
