export { diagramView } from "./diagram-view.ts";
export { inspectorView } from "./inspector.ts";
