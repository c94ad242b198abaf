import { CATALOGUE } from "synfin:catalogue";
import type { Listed } from "../../src/connection/catalogue.ts";

export const catalogue: readonly Listed[] = CATALOGUE;
