/** An address and a port as people write them: `192.0.2.1:80`, `[2001:db8::1]:80` (RFC 5952 §6). */
export function formatEndpoint(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
