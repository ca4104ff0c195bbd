import { afterEach } from "vitest";
import type { Workbench } from "./workbench.js";

/** Takes a screenshot of what a test that failed left behind. */
export function keepFailures(workbench: () => Workbench): void {
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await workbench().screenshot(`failed-${task.name.replaceAll(/\W+/g, "-")}`);
  });
}
