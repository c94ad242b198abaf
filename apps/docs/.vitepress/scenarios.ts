/** Every scenario that ships, in the order in which a reader may want to meet them. */
export { scenarios } from "@synfin/simulator";
