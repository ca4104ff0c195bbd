import type { WireData } from "../canvas/flow-types.js";
import { Icon } from "../canvas/icon.js";

/** What came of a condition: a filled dot where the edge was taken when that was tested last, a hollow one where it was not. */
export function TestMark({ data }: { readonly data: WireData }): React.ReactElement | null {
  const { tested, taken, view } = data;
  if (view.condition === "plain" || (!tested && taken === "never")) return null;
  return (
    <span className="test-mark" data-test={tested ? "not-taken" : "taken"}>
      <Icon name={tested ? "circle-outline" : "circle-filled"} />
    </span>
  );
}
