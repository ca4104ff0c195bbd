import type { Channels, Result, State } from "../.patchbay/types/server-logs.d.ts";

const LINES = 2_000;
const paths = ["/", "/orders", "/orders/7", "/search", "/login"];

/** Makes up the logs of some days, the same ones each time. The sixth day's was cut off in the middle of a line. */
export default function record({ days }: State<"record">): Result<"record"> {
  return { logs: Array.from({ length: days }, (_, day) => logOf(day + 1)) };
}

function logOf(day: number): Channels["logs"][number] {
  let seed = day;
  const below = (sides: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >> 8) % sides;
  };
  const lines = Array.from({ length: LINES }, () => {
    const status = below(100) < 2 + (day % 3) ? 500 : 200;
    return `GET ${paths[below(paths.length)]} ${status} ${5 + below(200)}ms`;
  });
  if (day === 6) lines.push("GET /sea");
  return { day, lines };
}
