import { PROFILE_NAMES } from "@synfin/core/tcp";
import { FAULT_ACTIONS, FAULT_KINDS } from "@synfin/simulator";

/** What `synfin trace --help` prints. */
export const TRACE_HELP: string = `usage: synfin trace SCENARIO [OPTIONS]

Plays a connection in virtual time and prints it. The same scenario, seed,
faults and profile give the same trace, everywhere.

  SCENARIO         a name from "synfin scenarios", or the path of a JSON file
  --seed N         a whole number from 0 on; 1 by default
  --fault SPEC     what the network does to a segment; may be given again:
                   ACTION[=TIME]:END:KIND[:N][+]
                     ACTION  ${FAULT_ACTIONS.join(", ")}
                     END     the sending host: client, server
                     KIND    ${FAULT_KINDS.join(", ")}
                     N       which one, from 1; * for every one
                     +       its retransmissions as well
                   such as drop:client:FIN or delay=200ms:server:SYN-ACK
  --profile NAME   whose TCP both hosts run, not the scenario's own choice:
                   ${PROFILE_NAMES.join(", ")}
  --format FORMAT  text (a ladder), json, pcapng, svg; by default what the
                   ending of FILE says, or else text
  --out FILE       write there and not to standard output
  --seq MODE       relative (the default) or absolute; for text and svg
  --ascii          no characters beyond ASCII; for text
  --lang LANG      en (the default) or ko; for svg
  --vantage PLACE  where the capture is taken; for pcapng: client (the
                   default) or server, with what that host sent and what
                   reached it; both, with all that either host sent
  --help           this text
`;
