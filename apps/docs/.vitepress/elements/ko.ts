import type { Kind, Tag } from "./manifest.ts";

const COMMON_STYLES = {
  "--synfin-background": "바탕.",
  "--synfin-panel": "위아래 막대의 바탕.",
  "--synfin-ink": "글자.",
  "--synfin-soft": "옅은 글자.",
  "--synfin-line": "구분선과 테두리.",
  "--synfin-opening": "ESTABLISHED 이전의 상태.",
  "--synfin-open": "ESTABLISHED.",
  "--synfin-closing": "첫 FIN 이후의 상태.",
  "--synfin-waiting": "TIME-WAIT.",
  "--synfin-font": "문장의 글꼴.",
  "--synfin-mono": "숫자와 이름의 글꼴.",
} as const;

/**
 * The descriptions of the manifest in Korean; a test holds that no name is
 * missing here, and none too many.
 */
export const KOREAN: Readonly<
  Record<Tag, Readonly<Record<Kind, Readonly<Record<string, string>>>>>
> = {
  "tcp-connection": {
    attributes: {
      scenario: "제공되는 시나리오의 이름. 예: `lost-fin`.",
      seed: "실행 중의 모든 난수를 정하는 0 이상의 정수.",
      faults: "빈칸으로 구분한 장애 목록: `drop:client:FIN delay=200ms:server:ACK`.",
      seq: "시퀀스 번호. `relative`는 양쪽의 첫 번호부터 세고, `absolute`는 실제로 전송되는 값을 그대로 표시.",
      speed: "재생 속도. 1이 보통 속도.",
      autoplay: "화면에 보이면 저절로 재생. 독자가 동작 줄이기를 켜 두었다면 재생하지 않음.",
      tool: "아직 도착하지 않은 세그먼트를 클릭하면 일어날 일: `drop`, `delay`, `duplicate`, 또는 살펴보기만 하는 `inspect`.",
      loop: "끝나면 처음부터 다시 재생.",
      start: "시작할 단계. 1부터 셈.",
      stop: "끝낼 단계. 1부터 셈. 독자가 장애를 일으키면 끝까지 이어짐.",
      view: "보여 줄 것을 빈칸으로 구분: `picker ladder controls narration states header transcript`. 없으면 모두 보임.",
      src: "시나리오 대신 재생할 파일: JSON 트레이스나 캡처(pcap, pcapng).",
      link: "페이지 주소의 조각(fragment)에서 이 엘리먼트가 쓸 이름. 없으면 주소를 건드리지 않음.",
      lang: "언어: `en` 또는 `ko`. 다른 `lang`처럼 상속됨.",
    },
    properties: {
      trace: "장애와 유실까지 담은 지금의 실행. 실행할 수 없으면 undefined.",
      state: "지금 상태를 담은 데이터.",
      ready: "요청한 것이 그려졌거나 그릴 수 없을 때 이행되는 프로미스. `state` 참고.",
      currentTime: "가상 시간의 초. 값을 넣으면 그 시점으로 이동.",
      paused: "재생 중이 아닌지 여부.",
    },
    methods: {
      play: "여기서부터 재생. 끝에 서 있으면 처음부터.",
      pause: "그 자리에서 멈춤.",
      step: "그만큼 앞 단계로 나아감. `count`가 음수면 되돌아감.",
      seek: "초로 나타낸 시점으로 이동.",
      dropSegment: "id가 `client-3` 같은 전송을 잃어버림. 그 앞의 일은 그대로 남음.",
      delaySegment: "전송이 그만큼의 초 뒤에 도착하게 함. 생략하면 1.2초.",
      duplicateSegment: "전송이 두 번 도착하게 함.",
      undo: "마지막 장애를 취소.",
      reset: "모든 장애를 취소하고 처음으로 돌아감.",
      exportAs:
        "실행을 담은 파일: `svg`, `png`, `json`, `text`, `pcapng`. 실행이 없으면 거부되는 프로미스.",
      toLink:
        "시나리오, 장애, 시각을 조각에 담은 이 페이지의 주소. 열면 같은 `link`를 가진 엘리먼트가 그 자리에서 멈춰 있음.",
    },
    events: {
      "tcp-step": "현재 단계가 바뀌었을 때. `detail`에 `step`, `steps`, `atUs`가 있음. 버블링됨.",
      "tcp-change": "속성이나 장애로 실행이 바뀌었을 때. `detail.trace`가 새 실행. 버블링됨.",
      error: "요청한 것을 실행할 수 없을 때. `detail.message`에 고칠 방법이 적혀 있음.",
    },
    slots: {
      "": '엘리먼트가 정의되기 전까지, 그리고 요청한 것을 실행할 수 없을 때 보임. 그 안의 `<script type="application/json">`은 페이지가 직접 만든 시나리오나 설명.',
    },
    parts: {
      frame: "엘리먼트 전체.",
      header: "시나리오와 설정이 있는 막대.",
      export: "실행을 저장할 수 있는 파일의 메뉴.",
      ends: "두 호스트와 현재 상태.",
      ladder: "세그먼트를 그린 그림.",
      controls: "재생 버튼과 시간 막대가 있는 막대.",
      narration: "현재 단계에서 일어나는 일과 그 이유.",
      diagram: "RFC 9293 그림 5의 상태와 양쪽의 위치.",
      inspector: "선택한 세그먼트의 헤더를 비트 단위로 표시.",
      transcript: "모든 세그먼트의 표.",
    },
    styles: {
      ...COMMON_STYLES,
      "--synfin-client": "왼쪽 호스트가 보내는 것.",
      "--synfin-server": "오른쪽 호스트가 보내는 것.",
      "--synfin-accent": "현재 시점, 그리고 초점이 있는 것.",
      "--synfin-fail": "사라졌거나 잘못된 것.",
      "--synfin-ladder-height": "스크롤되기 전까지 사다리가 차지하는 최대 높이. `none`이면 전부.",
    },
  },
  "tcp-load": {
    attributes: {
      scenario: "부하 시나리오의 이름. 예: `port-exhaustion`.",
      profile: "호스트가 어느 TCP를 쓰는지. 예: `linux`. 없으면 시나리오가 정한 것.",
      connections: "시나리오에 있다면 그 이름의 매개변수: 연결의 수.",
      rate: "시나리오에 있다면 그 이름의 매개변수: 1초에 여는 수.",
      set: "입력란에 보이는 이름으로 아무 매개변수나: `hold=5s loss=1%`.",
      seed: "초기 시퀀스 번호를 비롯해 우연에 맡긴 모든 것을 정하는 값: 0에서 2³² − 1까지.",
      replications: "이 시드로 하는 독립된 실행의 수. 둘 이상이면 신뢰 구간이 나옴.",
      "worker-url": "정책이 Blob worker를 막는 페이지에서, 직접 호스팅하는 worker 파일.",
      autorun: "화면에 보이면 시작. 독자가 동작 줄이기를 켜 두었다면 시작하지 않음.",
      link: "페이지 주소의 조각(fragment)에서 이 엘리먼트가 쓸 이름. 없으면 주소를 건드리지 않음.",
      lang: "언어: `en` 또는 `ko`. 다른 `lang`처럼 상속됨.",
    },
    properties: {
      view: "지금의 실행을 담은 데이터: `phase`, `intent`, `backend`, `census`, `result`.",
      kept: "비교하려고 남겨 둔 실행. 처음에는 없음.",
    },
    methods: {
      run: "지금 설정으로 실행을 시작. 진행 중인 실행은 물러남.",
      pause: "진행 중인 실행을 멈춰 둠.",
      resume: "멈춰 둔 실행을 이어 감.",
      cancel: "진행 중인 실행을 끝냄. 그때까지 나온 것은 남음.",
      runMore: "지금까지의 실행에 네 번을 더해, 관찰한 값에 신뢰 구간을 줌.",
      keep: "다음 실행과 비교하도록 지금의 실행을 남겨 둠.",
      letGo: "남겨 둔 실행을 놓아줌.",
      openConnection:
        "지금 실행의 연결 하나를 1부터 센 번호로 `<tcp-connection>`에서 엶. 화면에 나오거나 나올 수 없게 되면 이행됨.",
      closeConnection: "연결에서 군중으로, 그리고 초점이 있던 곳으로 되돌아감.",
      exportAs:
        "실행을 파일로: 차트는 `svg`나 `png`, 결과는 명령줄이 출력하는 그대로 `json`, 시간에 따른 수는 `csv`, 고른 연결은 `pcapng`. 끝난 실행이 없으면 거부됨.",
      toLink:
        "설정을 조각에 담은 이 페이지의 주소. 열면 같은 `link`를 가진 엘리먼트가 그 설정으로, 실행하라고 할 때까지 기다림.",
    },
    events: {
      "tcp-start": "실행이 시작될 때.",
      "tcp-end":
        "실행이 끝났을 때. `detail.reason`은 `done`, `cancelled`, `failed` 중 하나. `done`이면 `detail.result`가 결과이고, `failed`면 `detail.error`에 이유가 있음.",
      "tcp-open": "연결 하나를 열 때. `detail.nth`가 1부터 센 그 번호.",
    },
    slots: {},
    parts: {
      frame: "엘리먼트 전체.",
      header: "제목과 진행 상황이 있는 막대.",
      share: "이 설정으로 여는 링크를 복사하는 버튼.",
      keep: "비교할 실행을 남기거나 놓아주는 버튼.",
      export: "저장할 파일의 목록.",
      scenario: "시나리오 목록.",
      profile: "어느 TCP인지 고르는 목록.",
      run: "실행을 시작하는 버튼.",
      fields: "시나리오의 매개변수.",
      error: "매개변수의 잘못이나 실행이 실패한 이유를 알리는 줄.",
      story: "시나리오에서 일어나는 일과 모델에서 뺀 것.",
      chart: "가상 시간에 따른 상태별 수.",
      kept: "남겨 둔 실행의 차트.",
      legend: "보고 있는 시점의 수.",
      moments: "가장 바쁜 순간과 처음 실패한 순간.",
      grid: "하나하나의 연결.",
      open: "고른 연결을 여는 버튼.",
      opened: "열려 있는 연결.",
      back: "군중으로 되돌아가는 버튼.",
      figures: "연결이 어떻게 되었는지를 나타내는 수치.",
      comparison: "두 실행을 견주는 표.",
      theory: "이론이 기대한 값과 관찰한 값.",
      more: "실행을 더 하는 버튼.",
      spans: "백분위수의 표.",
      table: "상태별 수의 표.",
      footer: "아래쪽 막대.",
      pause: "실행을 멈추고 이어 가는 버튼.",
      cancel: "실행을 끝내는 버튼.",
      progress: "실행의 진행 상황.",
    },
    styles: {
      ...COMMON_STYLES,
      "--synfin-accent": "진행률과 초점.",
      "--synfin-fail": "실패, 그리고 입력란의 잘못.",
    },
  },
};
