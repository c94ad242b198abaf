import { lessonPages } from "../../.vitepress/lessons.ts";

export default { paths: () => lessonPages("ko") };
