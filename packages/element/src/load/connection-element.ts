/**
 * Registers `<tcp-connection>`, unless the page has one already: who opens a
 * connection of a crowd needs it, and nobody else. Loaded when it is asked for.
 */
export async function loadConnectionElement(): Promise<void> {
  const { TcpConnection } = await import("../connection/tcp-connection.ts");
  if (customElements.get("tcp-connection") !== undefined) return;
  customElements.define("tcp-connection", TcpConnection);
}
