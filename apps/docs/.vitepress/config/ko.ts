import type { DefaultTheme, LocaleSpecificConfig } from "vitepress";
import { scenarioLinks } from "./scenario-links.ts";

const sidebar: DefaultTheme.SidebarItem[] = [
  {
    text: "가이드",
    items: [
      { text: "시작하기", link: "/ko/guide/getting-started" },
      { text: "내 문서에 넣기", link: "/ko/guide/in-your-docs" },
      { text: "작동 원리", link: "/ko/guide/how-it-works" },
      { text: "직접 만든 TCP 시험하기", link: "/ko/guide/your-own-tcp" },
    ],
  },
  {
    text: "레퍼런스",
    items: [
      { text: "&lt;tcp-connection&gt;", link: "/ko/reference/tcp-connection" },
      { text: "&lt;tcp-load&gt;", link: "/ko/reference/tcp-load" },
      { text: "명령줄", link: "/ko/reference/command-line" },
      { text: "전수 탐색", link: "/ko/reference/explorer" },
      { text: "다이제스트", link: "/ko/reference/digest" },
    ],
  },
  {
    text: "시나리오",
    items: [{ text: "전체 목록", link: "/ko/scenarios/" }, ...scenarioLinks("ko")],
  },
];

export const korean: LocaleSpecificConfig<DefaultTheme.Config> = {
  description: "SYN부터 FIN까지, TCP 연결을 직접 보고 검증하고 대규모로 돌려 봅니다.",
  themeConfig: {
    nav: [
      { text: "가이드", link: "/ko/guide/getting-started", activeMatch: "^/ko/guide/" },
      { text: "시나리오", link: "/ko/scenarios/", activeMatch: "^/ko/scenarios/" },
      { text: "레퍼런스", link: "/ko/reference/tcp-connection", activeMatch: "^/ko/reference/" },
    ],
    sidebar,
    outline: { label: "이 페이지의 내용" },
    docFooter: { prev: "이전", next: "다음" },
    darkModeSwitchLabel: "화면 모드",
    lightModeSwitchTitle: "밝은 화면으로 바꾸기",
    darkModeSwitchTitle: "어두운 화면으로 바꾸기",
    sidebarMenuLabel: "메뉴",
    returnToTopLabel: "맨 위로",
    langMenuLabel: "언어 바꾸기",
    skipToContentLabel: "본문으로 건너뛰기",
    notFound: {
      title: "페이지를 찾을 수 없습니다",
      quote: "주소가 바뀌었거나 없는 페이지입니다.",
      linkLabel: "첫 페이지로 가기",
      linkText: "첫 페이지로",
    },
  },
};

/** The words of the search box. */
export const koreanSearch: NonNullable<DefaultTheme.LocalSearchOptions["translations"]> = {
  button: { buttonText: "검색", buttonAriaLabel: "검색" },
  modal: {
    displayDetails: "자세한 목록 보기",
    resetButtonTitle: "검색어 지우기",
    backButtonTitle: "검색 닫기",
    noResultsText: "검색 결과가 없습니다:",
    footer: {
      selectText: "선택",
      selectKeyAriaLabel: "엔터 키",
      navigateText: "이동",
      navigateUpKeyAriaLabel: "위쪽 화살표 키",
      navigateDownKeyAriaLabel: "아래쪽 화살표 키",
      closeText: "닫기",
      closeKeyAriaLabel: "Esc 키",
    },
  },
};
