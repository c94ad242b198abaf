import type { Phrases } from "./phrases.ts";

/** 무슨 일이 왜 일어나는지, 한국어로. 조사가 어긋나지 않도록 프로토콜 낱말 뒤에는 언제나 명사를 둔다. */
export const KOREAN: Phrases = {
  host: (name) => ({ client: "클라이언트", server: "서버" })[name] ?? `${name} 호스트`,
  transition: {
    "CLOSED>LISTEN": ({ me }) => `${me}는 LISTEN 상태에서 연결해 오는 상대를 기다립니다.`,
    "CLOSED>SYN-SENT": ({ me, peer }) =>
      `${me}가 연결을 엽니다. 초기 시퀀스 번호를 골라 SYN 세그먼트에 담아 ${peer}에 보냅니다.`,
    "LISTEN>SYN-SENT": ({ me }) =>
      `${me}는 기다리기를 그만두고 직접 SYN 세그먼트를 보내 연결을 엽니다.`,
    "LISTEN>SYN-RECEIVED": ({ me, peer }) =>
      `SYN 세그먼트가 ${me}에 닿았습니다. ${peer}의 번호를 확인하는 ACK와 자신의 번호를 알리는 SYN을 한 세그먼트에 담습니다. 그래서 넷이 아니라 셋이면 됩니다.`,
    "SYN-SENT>SYN-RECEIVED": ({ me, peer }) =>
      `${me}가 SYN 세그먼트를 보냈는데 ${peer}의 SYN 세그먼트도 왔습니다. 양쪽이 동시에 연 것입니다. SYN,ACK 세그먼트로 답하며, 연결은 둘이 아니라 하나가 됩니다.`,
    "SYN-SENT>ESTABLISHED": ({ me, peer }) =>
      `SYN,ACK 세그먼트가 ${me}의 SYN을 확인해 주었으므로 ESTABLISHED 상태가 됩니다. 이제 ACK 세그먼트로 ${peer}의 번호도 도착했음을 알립니다.`,
    "SYN-RECEIVED>ESTABLISHED": ({ me, peer }) =>
      `${me}의 SYN이 확인되었습니다. 서로의 번호를 모두 알게 되어 ${me}도 ${peer}처럼 ESTABLISHED 상태가 됩니다.`,
    "TIME-WAIT>SYN-RECEIVED": ({ me }) =>
      `TIME-WAIT 상태인 ${me}에 새 SYN 세그먼트가 왔습니다. 번호가 옛 연결이 쓴 것보다 뒤이므로 새 연결을 시작해도 됩니다.`,
    "SYN-RECEIVED>FIN-WAIT-1": ({ me }) =>
      `핸드셰이크가 끝나기 전에 ${me}의 사용자가 닫습니다. SYN 다음에 FIN이 나갑니다.`,
    "ESTABLISHED>FIN-WAIT-1": ({ me }) =>
      `${me}는 더 보낼 것이 없음을 FIN으로 알립니다. 자기 방향만 닫는 것이어서 받는 것은 아직 됩니다.`,
    "ESTABLISHED>CLOSE-WAIT": ({ me, peer }) =>
      `${peer}의 FIN이 왔으니 그쪽에서 더 올 데이터는 없습니다. ${me}는 이를 확인합니다. 아직 보낼 수 있으며, CLOSE-WAIT 상태에서 자기 사용자가 닫기를 기다립니다. 이 일을 대신할 타이머는 없습니다.`,
    "CLOSE-WAIT>LAST-ACK": ({ me }) =>
      `${me}의 사용자도 닫습니다. FIN을 보내고 이제 그에 대한 확인만 남았습니다.`,
    "FIN-WAIT-1>FIN-WAIT-2": ({ me, peer }) =>
      `${me}의 FIN이 확인되었습니다. FIN-WAIT-2 상태에서 ${peer}의 FIN을 기다립니다. 그쪽은 사용자가 닫을 때까지 아직 보낼 수 있습니다.`,
    "FIN-WAIT-1>CLOSING": ({ me, peer }) =>
      `양쪽이 동시에 닫았습니다. 자기 FIN의 확인보다 ${peer}의 FIN이 먼저 왔으므로 ${me}는 이를 확인하고 CLOSING 상태에서 기다립니다.`,
    "FIN-WAIT-1>TIME-WAIT": ({ me, peer }) =>
      `${peer}의 세그먼트 하나에 FIN과 우리 FIN의 확인이 함께 왔습니다. ${me}는 FIN-WAIT-2 상태를 건너뜁니다. 세그먼트 셋으로 닫힌 것입니다.`,
    "FIN-WAIT-2>TIME-WAIT": ({ me, peer }) =>
      `${peer}의 FIN이 왔습니다. ${me}는 이를 확인하고, 이 ACK가 유실되면 다시 확인해 주려고 TIME-WAIT 상태에 머무릅니다.`,
    "CLOSING>TIME-WAIT": ({ me }) =>
      `${me}의 FIN이 드디어 확인되었습니다. 동시에 닫았으므로 양쪽 모두 TIME-WAIT 상태를 거칩니다.`,
    "LAST-ACK>CLOSED": ({ me }) =>
      `마지막 확인이 왔습니다. ${me}는 더 기다릴 것이 없어 연결을 잊습니다.`,
    "TIME-WAIT>CLOSED": ({ me, wait }) =>
      `2MSL(${wait})이 지났습니다. 이 연결의 세그먼트는 이제 어디에도 남아 있을 수 없으므로 ${me}는 연결을 잊습니다.`,
    "SYN-RECEIVED>LISTEN": ({ me }) =>
      `연결이 되기 전에 재설정되었습니다. ${me}는 LISTEN 상태에서 왔으므로 그리로 돌아가고, 사용자는 아무것도 모릅니다.`,
  },
  ending: {
    "rcv RST": ({ me, state }) =>
      state === "TIME-WAIT"
        ? `RST 세그먼트의 번호가 ${me}가 다음에 기대하는 번호와 꼭 맞으므로 믿고, TIME-WAIT 상태를 일찍 끝냅니다. RFC 1337은 무시하기를 권합니다.`
        : `RST 세그먼트의 번호가 ${me}가 다음에 기대하는 번호와 꼭 맞으므로 믿습니다. 연결은 ${state} 상태에서 TIME-WAIT 없이 바로 끝납니다.`,
    ABORT: ({ me }) =>
      `${me}의 사용자가 연결을 중단합니다. RST 세그먼트가 나가고 연결은 바로 사라지며, 보내지 못한 데이터는 버립니다.`,
    CLOSE: ({ me }) => `연결이 생기기 전에 ${me}의 사용자가 닫습니다. 기다릴 것이 없습니다.`,
    "R2 timeout": ({ me }) =>
      `${me}는 같은 세그먼트를 R2가 허용하는 시간보다 오래 거듭 보냈습니다. 포기하고 사용자에게 시간 초과를 알립니다.`,
    "user timeout": ({ me }) =>
      `사용자 시한이 지나도록 ${me}의 데이터가 확인되지 않아 연결을 포기합니다.`,
    reboot: ({ me, peer }) =>
      `${me}가 멈췄다가 다시 켜집니다. 아무것도 기억하지 못하지만 ${peer}는 모르고 있습니다. 반만 열린 연결이 되었습니다.`,
    "rcv SYN in window": ({ me }) =>
      `${me}의 창 안에 들어온 SYN은 오류입니다. 옛 규칙에 따라 연결을 재설정합니다.`,
    "keep-alive timeout": ({ me, peer }) =>
      `어떤 프로브에도 답이 없습니다. ${me}는 ${peer}가 사라졌다고 보고 사용자에게 시간 초과를 알립니다.`,
    "FIN-WAIT-2 timeout": ({ me, peer }) =>
      `${me}의 사용자는 떠난 지 오래인데 ${peer}의 FIN은 오지 않습니다. ${me}는 더 기다리지 않습니다. RFC 9293이라면 기다립니다.`,
  },
  other: {
    sends: ({ me, flags }) => `${me}가 ${flags} 세그먼트를 보냅니다.`,
    sendsData: ({ me, bytes, seq }) => `${me}가 ${seq}번부터 ${bytes}바이트를 보냅니다.`,
    sendsAgain: ({ me, flags, wait }) =>
      `${wait} 안에 확인이 오지 않았습니다. ${me}는 같은 ${flags} 세그먼트를 같은 시퀀스 번호로 다시 보내고, 다음에는 길게는 두 배까지 기다립니다.`,
    sendsRst: ({ me }) => `${me}가 RST 세그먼트로 연결을 재설정합니다.`,
    answersRst: ({ me, flags }) =>
      `${flags} 세그먼트에 맞는 연결이 ${me}에는 없습니다. 보낸 쪽이 기다리지 않도록 RST 세그먼트로 답합니다.`,
    answersWrongAck: ({ me, flags, ack }) =>
      `${flags} 세그먼트가 ${me}가 보낸 적 없는 ${ack}번까지 확인합니다. 오래된 것에 대한 답일 수밖에 없으므로 RST 세그먼트로 멈추게 합니다.`,
    refused: ({ me, peer }) =>
      `${peer}가 SYN에 RST 세그먼트로 답했습니다. 거기서 기다리는 이가 없습니다. ${me}는 다시 CLOSED 상태가 되고 사용자는 연결이 거부되었음을 압니다.`,
    injected: ({ flags, seq }) =>
      `네트워크에서 ${seq}번의 오래된 ${flags} 세그먼트가 나타났습니다. 지금 보낸 쪽은 없습니다.`,
    lost: ({ me, flags }) =>
      `${me}의 ${flags} 세그먼트가 도중에 유실되었습니다. 아무도 모르며, 확인이 오지 않는 것만이 단서입니다.`,
    corrupted: ({ me, flags }) =>
      `${flags} 세그먼트가 손상되어 왔습니다. 체크섬이 맞지 않으므로 ${me}는 유실된 것처럼 조용히 버립니다.`,
    receivesData: ({ me, bytes }) => `${bytes}바이트가 순서대로 ${me}에 도착했습니다.`,
    receivesAck: ({ me, ack }) =>
      `${ack}번 앞까지 모두 도착했음을 ACK 세그먼트가 ${me}에 알립니다.`,
    receivesOld: ({ me, flags }) =>
      `${me}가 전에 받은 ${flags} 세그먼트입니다. 아무것도 받아들이지 않고 다음에 기대하는 번호를 다시 알립니다.`,
    receivesEarly: ({ me, flags }) =>
      `${flags} 세그먼트가 그 앞에 올 것보다 먼저 ${me}에 닿아 기다려야 합니다. ${me}는 다음에 기대하는 번호를 다시 알립니다.`,
    challengesSyn: ({ me, state }) =>
      `${state} 상태인 ${me}에 SYN 세그먼트가 왔습니다. 오래되었거나 위조일 수 있으므로 기대하는 번호만 ACK 세그먼트로 알립니다. 정말 새로 시작하는 상대라면 RST 세그먼트로 답할 것입니다.`,
    challengesRst: ({ me }) =>
      `RST 세그먼트의 번호가 ${me}의 창 안에 있지만 다음에 기대하는 번호와 꼭 맞지는 않습니다. 위조일 수 있으므로 챌린지 ACK로 되묻습니다. 정말 끊으려는 상대라면 그 번호로 다시 보낼 것입니다.`,
    challengesAck: ({ me, ack }) =>
      `세그먼트가 ${ack}번까지 확인하는데 그럴 수 없는 번호입니다. ${me}는 실제 위치를 챌린지 ACK로 알리고 아무것도 받아들이지 않습니다.`,
    retransmitsFast: ({ me, seq }) =>
      `세 번째 중복 ACK입니다. 뒤의 것은 도착하는데 무언가가 사라졌습니다. ${me}는 타이머를 기다리지 않고 ${seq}번을 바로 다시 보냅니다.`,
    retransmitsRest: ({ me, seq }) =>
      `아직 다 메워지지 않았습니다. ${me}는 다음으로 빠진 ${seq}번을 다시 보냅니다.`,
    retransmitsOnAck: ({ me, seq }) =>
      `시간 초과 전에 나간 것은 모두 의심스럽습니다. ${me}는 이 확인을 받고 ${seq}번도 다시 보냅니다.`,
    resendsIntoWindow: ({ me, seq }) =>
      `창이 다시 열렸으므로 ${me}는 자리가 없어 버려졌던 ${seq}번을 다시 보냅니다.`,
    probesWindow: ({ me, peer, wait }) =>
      `${peer}의 창이 아직 닫혀 있고, 그것을 여는 ACK는 유실될 수도 있습니다. ${me}는 ${wait} 뒤 가장 작은 것을 보내 물어봅니다. 다음 프로브는 두 배를 기다립니다.`,
    windowOpens: ({ me, details }) => `다시 자리가 생겨 ${me}가 먼저 알립니다: ${details}.`,
    windowShuts: ({ me, peer }) =>
      `${me}의 사용자가 읽지 않아 버퍼가 찼습니다. 창이 0이므로 ${peer}는 프로브만 보낼 수 있습니다.`,
    windowIsScaled: ({ me, details }) =>
      `두 SYN이 모두 윈도 스케일을 제안했으므로 이제 ${me}의 창은 더 큰 단위로 셉니다: ${details}.`,
    offersOptions: ({ details }) =>
      `SYN 세그먼트가 제안도 합니다: ${details}. 두 SYN이 모두 제안해야 쓰입니다.`,
    reportsSack: ({ me, details }) =>
      `${me}는 빠진 곳 너머에 받아 둔 것을 알립니다: ${details}. 끝 번호는 빼고 셉니다.`,
    probesPeer: ({ me, peer, wait }) =>
      `${wait} 동안 ${peer}에서 아무것도 오지 않았습니다. ${me}는 이미 쓴 번호로 빈 세그먼트를 보냅니다. 누가 있다면 답해야 합니다.`,
    answersProbe: ({ me }) =>
      `옛 번호이므로 ${me}는 기대하는 번호로 답합니다. 아직 거기 있다는 뜻입니다.`,
    userReads: ({ me, bytes }) => `${me}의 사용자가 ${bytes}바이트를 읽습니다.`,
    userKeepsAlive: ({ me }) =>
      `${me}의 사용자가 킵얼라이브를 켭니다. 이제 침묵이 길어지면 물어봅니다.`,
    receivesFinAgain: ({ me, peer }) =>
      `${peer}의 FIN이 다시 왔으니 확인이 도착하지 않은 것입니다. ${me}는 다시 확인하고 2MSL을 새로 시작합니다. TIME-WAIT 상태가 있는 까닭입니다.`,
    receivesRst: ({ me }) =>
      `RST 세그먼트의 번호가 ${me}가 기대하는 번호와 꼭 맞지 않습니다. 위조일 수 있으므로 아무것도 바뀌지 않습니다.`,
    acknowledges: ({ me, ack }) => `${me}는 다음에 ${ack}번을 기대한다고 확인합니다.`,
    delayedAck: ({ me, wait }) =>
      `${me}는 함께 보낼 것이 있을까 ${wait} 기다렸다가 이제 확인합니다.`,
    userSends: ({ me, bytes }) => `${me}의 사용자가 ${bytes}바이트를 넘깁니다.`,
    userCallFails: ({ me }) => `${me} 사용자의 호출이 실패합니다.`,
    same: ({ me }) => `${me}도 똑같이 합니다.`,
    hangsInCloseWait: ({ me }) =>
      `실행은 여기서 끝납니다. 자기 사용자가 끝내 닫지 않고 대신 닫아 줄 타이머도 없으므로, ${me}는 CLOSE-WAIT 상태에서 멈춰 있습니다.`,
    hangsInFinWait2: ({ me, peer }) =>
      `${me}는 FIN-WAIT-2 상태에서 멈춰 있습니다. ${peer}의 FIN은 끝내 오지 않고, RFC 9293에는 이를 위한 타이머도 없습니다.`,
    changes: ({ me, state }) => `${me}는 ${state} 상태가 됩니다.`,
  },
};
