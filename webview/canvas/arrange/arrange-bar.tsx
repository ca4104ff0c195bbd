import "./arrange-bar.css";
import { useCanvas } from "../../store/context.js";
import { ToolButton } from "../tool-button.js";
import { usePerform } from "../use-perform.js";
import type { ArrangeAction } from "./arrange.js";
import { ArrangeGlyph, type Glyph } from "./arrange-glyph.js";

interface Tool {
  readonly glyph: Glyph;
  readonly title: string;
  readonly action: ArrangeAction;
}

const alignments: readonly Tool[] = [
  { glyph: "left", title: "Align left", action: { type: "align", to: "left" } },
  { glyph: "centre", title: "Align centres", action: { type: "align", to: "centre" } },
  { glyph: "right", title: "Align right", action: { type: "align", to: "right" } },
  { glyph: "top", title: "Align top", action: { type: "align", to: "top" } },
  { glyph: "middle", title: "Align middles", action: { type: "align", to: "middle" } },
  { glyph: "bottom", title: "Align bottom", action: { type: "align", to: "bottom" } },
];
const distributions: readonly Tool[] = [
  { glyph: "across", title: "Distribute horizontally", action: { type: "distribute", way: "across" } },
  { glyph: "down", title: "Distribute vertically", action: { type: "distribute", way: "down" } },
];
const tidy: Tool = { glyph: "tidy", title: "Tidy to grid", action: { type: "tidy" } };

/** Below the toolbar while several nodes are selected: what brings them into line. */
export function ArrangeBar(): React.ReactElement | null {
  const count = useCanvas((state) => (state.shown?.readOnly === false ? state.selection.nodes.length : 0));
  if (count < 2) return null;
  return (
    <div className="arrange-bar" role="toolbar" aria-label={`Arrange ${String(count)} nodes`}>
      {alignments.map((tool) => (
        <ArrangeButton key={tool.glyph} tool={tool} enabled />
      ))}
      <span className="toolbar-rule" />
      {distributions.map((tool) => (
        <ArrangeButton key={tool.glyph} tool={tool} enabled={count > 2} />
      ))}
      <span className="toolbar-rule" />
      <ArrangeButton tool={tidy} enabled />
    </div>
  );
}

function ArrangeButton({
  tool: { glyph, title, action },
  enabled,
}: {
  readonly tool: Tool;
  readonly enabled: boolean;
}): React.ReactElement {
  const perform = usePerform();
  const why = enabled ? title : `${title}: select three nodes or more`;
  return (
    <ToolButton
      command={`arrange/${glyph}`}
      label={why}
      icon={<ArrangeGlyph glyph={glyph} />}
      disabled={!enabled}
      onClick={() => perform(action)}
    />
  );
}
