import type { Phrases } from "./phrases.ts";

/** What happens and why, in English. */
export const ENGLISH: Phrases = {
  host: (name) => (name === "client" || name === "server" ? `the ${name}` : name),
  transition: {
    "CLOSED>LISTEN": ({ me }) => `${me} listens: it waits for whoever connects.`,
    "CLOSED>SYN-SENT": ({ me, peer }) =>
      `${me} opens the connection: it chooses an initial sequence number and sends it to ${peer} in a SYN.`,
    "LISTEN>SYN-SENT": ({ me }) =>
      `${me} stops waiting and opens the connection itself, with a SYN.`,
    "LISTEN>SYN-RECEIVED": ({ me, peer }) =>
      `The SYN reaches ${me}. It acknowledges the number of ${peer} and sends its own in the same segment, SYN,ACK: that is why three segments are enough, and not four.`,
    "SYN-SENT>SYN-RECEIVED": ({ me, peer }) =>
      `${me} has sent a SYN, and now a SYN of ${peer} arrives: both open at once. It answers with SYN,ACK; one connection comes of it, not two.`,
    "SYN-SENT>ESTABLISHED": ({ me, peer }) =>
      `The SYN,ACK acknowledges the SYN of ${me}, which is ESTABLISHED now. Its ACK tells ${peer} that its number has arrived, too.`,
    "SYN-RECEIVED>ESTABLISHED": ({ me, peer }) =>
      `The SYN of ${me} is acknowledged. Both ends know each other's numbers, and ${me} is ESTABLISHED like ${peer}.`,
    "TIME-WAIT>SYN-RECEIVED": ({ me }) =>
      `A new SYN reaches ${me} in TIME-WAIT. Its number is beyond all that the old connection used, so a new one may begin.`,
    "SYN-RECEIVED>FIN-WAIT-1": ({ me }) =>
      `The user of ${me} closes before the handshake is done: FIN goes out after the SYN.`,
    "ESTABLISHED>FIN-WAIT-1": ({ me }) =>
      `${me} has no more to send and says so with a FIN. It closes only its own direction, and can still receive.`,
    "ESTABLISHED>CLOSE-WAIT": ({ me, peer }) =>
      `The FIN of ${peer} arrives: no more data will come from there. ${me} acknowledges it. It may still send, and waits in CLOSE-WAIT for its own user to close; no timer will do that.`,
    "CLOSE-WAIT>LAST-ACK": ({ me }) =>
      `The user of ${me} closes, too. Its FIN goes out, and only the acknowledgment of that is missing.`,
    "FIN-WAIT-1>FIN-WAIT-2": ({ me, peer }) =>
      `The FIN of ${me} is acknowledged. It waits in FIN-WAIT-2 for the FIN of ${peer}, which may still send until the user there closes.`,
    "FIN-WAIT-1>CLOSING": ({ me, peer }) =>
      `Both ends closed at once: the FIN of ${peer} arrives before the acknowledgment of the own one. ${me} acknowledges it and waits in CLOSING.`,
    "FIN-WAIT-1>TIME-WAIT": ({ me, peer }) =>
      `One segment of ${peer} brings its FIN and the acknowledgment of ours. ${me} skips FIN-WAIT-2: three segments close the connection.`,
    "FIN-WAIT-2>TIME-WAIT": ({ me, peer }) =>
      `The FIN of ${peer} arrives. ${me} acknowledges it and stays in TIME-WAIT, to acknowledge again if this ACK is lost.`,
    "CLOSING>TIME-WAIT": ({ me }) =>
      `The FIN of ${me} is acknowledged at last. Since both closed at once, both go through TIME-WAIT.`,
    "LAST-ACK>CLOSED": ({ me }) =>
      `The last acknowledgment arrives. ${me} has nothing left to wait for and forgets the connection.`,
    "TIME-WAIT>CLOSED": ({ me, wait }) =>
      `2MSL (${wait}) are over: no segment of this connection can still be on its way. ${me} forgets it.`,
    "SYN-RECEIVED>LISTEN": ({ me }) =>
      `The attempt is reset before it was a connection. ${me} came here from LISTEN, so it returns there and its user hears nothing.`,
  },
  ending: {
    "rcv RST": ({ me, state }) =>
      state === "TIME-WAIT"
        ? `The RST fits exactly what ${me} expects next, so it is believed, and cuts TIME-WAIT short. RFC 1337 would rather ignore it.`
        : `The RST fits exactly what ${me} expects next, so it is believed: the connection ends in ${state} at once, without TIME-WAIT.`,
    ABORT: ({ me }) =>
      `The user of ${me} aborts: a RST goes out, and the connection is gone at once. What was still to be sent is thrown away.`,
    CLOSE: ({ me }) =>
      `The user of ${me} closes before there was a connection: there is nothing to wait for.`,
    "R2 timeout": ({ me }) =>
      `${me} has sent the same segment again and again, for longer than R2 allows. It gives up and tells its user that the connection timed out.`,
    "user timeout": ({ me }) =>
      `The user's timeout is over and the data of ${me} is still not acknowledged: the connection is given up.`,
    reboot: ({ me, peer }) =>
      `${me} crashes and restarts. It remembers nothing; ${peer} has not noticed and believes in a connection that is now half-open.`,
    "rcv SYN in window": ({ me }) =>
      `A SYN inside of the window of ${me} is an error: by the older rule it resets the connection.`,
    "keep-alive timeout": ({ me, peer }) =>
      `No probe was answered. ${me} takes ${peer} for gone, and its user hears that the connection timed out.`,
    "FIN-WAIT-2 timeout": ({ me, peer }) =>
      `The user of ${me} has long gone, and the FIN of ${peer} does not come: ${me} waits no longer. RFC 9293 would.`,
  },
  other: {
    sends: ({ me, flags }) => `${me} sends ${flags}.`,
    sendsData: ({ me, bytes, seq }) => `${me} sends ${bytes} bytes from number ${seq} on.`,
    sendsAgain: ({ me, flags, wait }) =>
      `No acknowledgment came within ${wait}. ${me} sends the same ${flags} again, with the same sequence number, and will wait up to twice as long.`,
    sendsRst: ({ me }) => `${me} resets the connection with a RST.`,
    answersRst: ({ me, flags }) =>
      `${flags} belongs to no connection that ${me} knows. It answers with RST, so that the sender need not wait.`,
    answersWrongAck: ({ me, flags, ack }) =>
      `The ${flags} acknowledges up to number ${ack}, which ${me} has not sent: it must be an answer to something old. ${me} sends RST to stop it.`,
    refused: ({ me, peer }) =>
      `${peer} answered the SYN with RST: nobody listens there. ${me} is CLOSED again, and its user hears that the connection was refused.`,
    injected: ({ flags, seq }) =>
      `An old ${flags} with number ${seq} turns up from the network: nobody has just sent it.`,
    lost: ({ me, flags }) =>
      `The ${flags} of ${me} is lost on the way. Nobody notices: only the missing acknowledgment will tell.`,
    corrupted: ({ me, flags }) =>
      `The ${flags} arrives damaged. Its checksum is wrong, so ${me} drops it in silence, as if it had been lost.`,
    receivesData: ({ me, bytes }) => `${bytes} bytes reach ${me}, in order.`,
    receivesAck: ({ me, ack }) =>
      `The ACK tells ${me} that everything before number ${ack} has arrived.`,
    receivesOld: ({ me, flags }) =>
      `${me} has had this ${flags} before: it takes nothing from it, and says again what it expects next.`,
    receivesEarly: ({ me, flags }) =>
      `The ${flags} reaches ${me} before what belongs in front of it, and must wait for that. ${me} says again what it expects next.`,
    challengesSyn: ({ me, state }) =>
      `A SYN reaches ${me} in ${state}. It may be old or forged, so ${me} only says in an ACK what it expects; a peer that really begins anew will answer that with RST.`,
    challengesRst: ({ me }) =>
      `The RST is inside of the window of ${me}, but not exactly what it expects next. It may be forged, so ${me} asks back with a challenge ACK; a peer that means it will reset again, with that number.`,
    challengesAck: ({ me, ack }) =>
      `The segment acknowledges up to number ${ack}, which cannot be. ${me} says in a challenge ACK where it really is, and takes nothing from it.`,
    retransmitsFast: ({ me, seq }) =>
      `The third duplicate ACK: something is lost while what follows it arrives. ${me} sends number ${seq} again at once and does not wait for its timer.`,
    retransmitsRest: ({ me, seq }) =>
      `Not all is made good yet: ${me} sends what is missing next, number ${seq}, again.`,
    retransmitsOnAck: ({ me, seq }) =>
      `What went out before the timeout is in doubt: with this ACK ${me} sends number ${seq} again, too.`,
    resendsIntoWindow: ({ me, seq }) =>
      `The window is open again, so ${me} sends number ${seq}, which found no room, once more.`,
    probesWindow: ({ me, peer, wait }) =>
      `The window of ${peer} is still shut, and an ACK that opens it might be lost. After ${wait} ${me} probes it with as little as it can; the next probe waits twice as long.`,
    windowOpens: ({ me, details }) =>
      `There is room again, and ${me} says so without being asked: ${details}.`,
    windowShuts: ({ me, peer }) =>
      `The user of ${me} does not read, and its buffer is full: the window is 0, and ${peer} may send only probes.`,
    windowIsScaled: ({ me, details }) =>
      `Both SYNs offered a window scale, so the window of ${me} now counts in larger units: ${details}.`,
    offersOptions: ({ details }) => `The SYN also offers ${details}; it takes both SYNs to agree.`,
    reportsSack: ({ me, details }) =>
      `${me} names what it has beyond the gap: ${details}, without the last number.`,
    probesPeer: ({ me, peer, wait }) =>
      `Nothing came from ${peer} for ${wait}. ${me} sends an empty segment with a number that was used before: whoever is there has to answer it.`,
    answersProbe: ({ me }) =>
      `The number is an old one, so ${me} answers what it expects: it is still there.`,
    userReads: ({ me, bytes }) => `The user of ${me} reads ${bytes} bytes.`,
    userKeepsAlive: ({ me }) =>
      `The user of ${me} turns keep-alive on: from now on silence will be looked into.`,
    receivesFinAgain: ({ me, peer }) =>
      `The FIN of ${peer} comes again, so the acknowledgment cannot have arrived. ${me} acknowledges once more and starts 2MSL anew: this is what TIME-WAIT is for.`,
    receivesRst: ({ me }) =>
      `The RST does not fit exactly what ${me} expects next; it could be forged, and changes nothing.`,
    acknowledges: ({ me, ack }) => `${me} acknowledges: it expects number ${ack} next.`,
    delayedAck: ({ me, wait }) =>
      `${me} has waited ${wait} for something to send along, and acknowledges now.`,
    userSends: ({ me, bytes }) => `The user of ${me} hands over ${bytes} bytes.`,
    userCallFails: ({ me }) => `A call by the user of ${me} fails.`,
    same: ({ me }) => `${me} does the same.`,
    hangsInCloseWait: ({ me }) =>
      `Here the run ends: ${me} hangs in CLOSE-WAIT, because its own user never closes, and no timer does it instead.`,
    hangsInFinWait2: ({ me, peer }) =>
      `${me} hangs in FIN-WAIT-2: the FIN of ${peer} never comes, and RFC 9293 has no timer for that either.`,
    changes: ({ me, state }) => `${me} goes to ${state}.`,
  },
};
