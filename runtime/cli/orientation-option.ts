import type { Orientation } from "../model/orientation.js";
import type { Arguments } from "./arguments.js";
import type { Option } from "./command.js";

/** The option that says which way a graph runs. */
export const orientationOption: Option = { value: "WAY", help: "left-to-right (the default), or top-to-bottom." };

/** What it says. Throws `USAGE` for anything else. */
export function orientationOf(given: Arguments): Orientation {
  return given.choice("orientation", ["left-to-right", "top-to-bottom"]) ?? "left-to-right";
}
