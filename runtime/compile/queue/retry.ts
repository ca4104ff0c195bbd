const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/** Milliseconds to wait after so many failures in a row of a graph: doubled each time, up to half a minute, and spread by a fifth. */
export function retryDelay(graph: string, failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1)) * spread(graph, failures);
}

/** 0.8 to 1.2, from the graph's name and the count of failures: spreads retries of many graphs, and is the same in every run. */
function spread(graph: string, failures: number): number {
  let hash = failures;
  for (let i = 0; i < graph.length; i += 1) hash = (Math.imul(hash, 31) + graph.charCodeAt(i)) | 0;
  return 0.8 + ((hash >>> 0) % 401) / 1000;
}
