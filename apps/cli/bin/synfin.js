#!/usr/bin/env node
// npm links a command when it installs, before anything is built: this file is
// there by then, and the bundle that it loads is not.
import "../dist/synfin.js";
