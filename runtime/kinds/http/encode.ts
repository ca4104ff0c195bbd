import type { TextEncoding } from "../../ports.js";

/** Text as it is written where it stands. */
export function encodeText(text: string, as: TextEncoding): string {
  switch (as) {
    case "text":
      return text;
    case "json":
      return JSON.stringify(text).slice(1, -1);
    case "url":
      return encodeURIComponent(text.toWellFormed());
    case "form":
      return new URLSearchParams([["", text]]).toString().slice(1);
  }
}
