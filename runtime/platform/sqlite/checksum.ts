import { hash } from "node:crypto";

/** 128 bits over the UTF-8 bytes of a stored text: finds damage, promises no secrecy. */
export function checksum(body: string): string {
  return hash("sha256", body, "hex").slice(0, 32);
}
