// The program of a thread that lays out one graph and ends.
import { parentPort, workerData } from "node:worker_threads";
import { layOut } from "../../layout/lay-out.js";
import type { LayoutRequest } from "../../layout/layout-request.js";
import { elkLayering } from "./elk-layering.js";

// Who starts it sends a request; both are of one build.
parentPort?.postMessage(await layOut(workerData as LayoutRequest, elkLayering));
