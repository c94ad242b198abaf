/** What `synfin explore --help` prints. */
export const EXPLORE_HELP: string = `usage: synfin explore [OPTIONS]

Explores everything that two ends and a network with so many faults can do,
from OPEN to the last CLOSED, breadth first, and holds each step and each state
to the laws: only permitted transitions, numbers that agree, nothing delivered
that was not sent, every FIN acknowledged, 2MSL in TIME-WAIT, a timer for
whoever waits, no deadlock. Says how many states there are, or prints a
shortest way into a breach, as a ladder.

  --loss N        how many segments the network may lose; 1 by default
  --duplicate N   how many it may deliver twice; 1 by default
  --reorder N     how many it may hold back for up to one MSL; 1 by default
  --data N        full segments of text that each user sends; 1 by default
  --abort N       how many ABORT calls there may be; 0 by default
  --open SIDES    one (client opens, server listens) or both; one by default
  --states N      ends with what there is at N states; 33554432 by default
  --cross-check   also holds the machine to an abstract TCP that others made
                  (tlaplus/Examples): counts its states, which should be 1182
                  at depth 14, and says which of its actions were taken
  --json          one object instead of text
  --help          this text

All numbers but --states are from 0 to 9. A further fault or segment makes the
states 10 to 40 times as many. Ctrl-C ends with what there is.

Exits with 0 where every state was seen and no law is broken, 1 where one is,
or the result is partial, 2 for bad usage.
`;
