import type { Language } from "../locale/language.ts";

interface Meanings {
  readonly where: (octets: string, bits: string) => string;
  readonly fields: Readonly<Record<string, string>>;
}

const en: Meanings = {
  where: (octets, bits) => `${counted("octet", octets)}, ${counted("bit", bits)}`,
  fields: {
    srcPort: "The port of the end that sent the segment.",
    dstPort: "The port of the end that it is for.",
    seq: "The number of the first octet of its data; with SYN, the initial number.",
    ack: "With ACK: the number that its sender expects next. All before it has come.",
    offset: "The length of this header in words of 32 bits; at least 5.",
    reserved: "Kept for later: sent as zero, and ignored when received.",
    CWR: "The sender has reduced its window, as ECE asked (RFC 3168).",
    ECE: "The network said that it is congested, or in a SYN: I know ECN (RFC 3168).",
    URG: "The urgent pointer counts.",
    ACK: "The acknowledgment number counts: in every segment but the first SYN.",
    PSH: "Hand the data to the user now; do not wait for more.",
    RST: "The connection is not to be: drop it at once.",
    SYN: "A connection begins, and numbers count from here. It takes one number itself.",
    FIN: "The sender has no more data. It takes one number itself.",
    window: "How many octets from the acknowledgment number on the sender takes.",
    checksum: "Over the header, the data, and the addresses that IP carries.",
    urgent: "With URG: where the urgent data ends, counted from the sequence number.",
    options: "Each a kind, a length and a value; filled up to words of 32 bits.",
  },
};

const ko: Meanings = {
  where: (octets, bits) => `옥텟 ${octets}, 비트 ${bits}`,
  fields: {
    srcPort: "세그먼트를 보낸 쪽의 포트입니다.",
    dstPort: "세그먼트를 받을 쪽의 포트입니다.",
    seq: "데이터 첫 옥텟의 번호입니다. SYN이 있으면 초기 번호입니다.",
    ack: "ACK가 있을 때, 보낸 쪽이 다음에 기다리는 번호입니다. 그 앞은 모두 도착했습니다.",
    offset: "32비트 워드로 센 이 헤더의 길이입니다. 적어도 5입니다.",
    reserved: "나중을 위해 비워 둡니다. 0으로 보내고, 받으면 무시합니다.",
    CWR: "ECE의 요청대로 보낸 쪽이 윈도를 줄였습니다(RFC 3168).",
    ECE: "네트워크가 혼잡하다고 알려 왔습니다. SYN에서는 ECN을 안다는 뜻입니다(RFC 3168).",
    URG: "긴급 포인터가 유효합니다.",
    ACK: "확인 응답 번호가 유효합니다. 첫 SYN을 뺀 모든 세그먼트에 있습니다.",
    PSH: "더 기다리지 말고 데이터를 바로 사용자에게 넘깁니다.",
    RST: "있어서는 안 될 연결입니다. 바로 버립니다.",
    SYN: "연결이 시작되고 번호는 여기서부터 셉니다. SYN도 번호 하나를 차지합니다.",
    FIN: "보낼 데이터가 더 없습니다. FIN도 번호 하나를 차지합니다.",
    window: "확인 응답 번호부터 몇 옥텟을 더 받을 수 있는지 나타냅니다.",
    checksum: "헤더와 데이터, 그리고 IP가 나르는 주소에 대한 합입니다.",
    urgent: "URG가 있을 때, 시퀀스 번호부터 세어 긴급 데이터가 끝나는 곳입니다.",
    options: "각각 종류, 길이, 값으로 되어 있고, 32비트 워드가 되도록 채웁니다.",
  },
};

/** `octets 4–7`, or `octet 13` alone. */
function counted(noun: string, range: string): string {
  return `${noun}${range.includes("–") ? "s" : ""} ${range}`;
}

/** What the fields mean, in each language. */
export const FIELD_MEANINGS: Readonly<Record<Language, Meanings>> = { en, ko };
