import { ReactFlowProvider } from "reactflow";
import { ArrangeBar } from "./canvas/arrange/arrange-bar.js";
import { Breadcrumbs } from "./canvas/breadcrumbs.js";
import { Canvas } from "./canvas/canvas.js";
import { Dock } from "./canvas/dock.js";
import { DropVeil } from "./canvas/drop/drop-veil.js";
import { EmptyHint } from "./canvas/empty-hint.js";
import { LiveRegion, SaidRegion } from "./canvas/live-region.js";
import { SafetyRegion } from "./canvas/safety-strip.js";
import { StaleRegion } from "./canvas/stale-strip.js";
import { FindBox } from "./canvas/find-box.js";
import { useCommitTyped } from "./canvas/use-commit-typed.js";
import { Palette } from "./canvas/palette/palette.js";
import { Shortcuts } from "./canvas/shortcuts/shortcuts.js";
import { DiffBar } from "./diff/diff-bar.js";
import { Toolbar } from "./canvas/toolbar.js";
import { Inspector } from "./inspector/inspector.js";
import { Timeline } from "./timeline/timeline.js";
import { CanvasContext, useCanvas, type CanvasServices } from "./store/context.js";

/** One canvas with everything around it. */
export function App({ services }: { readonly services: CanvasServices }): React.ReactElement {
  return (
    <CanvasContext value={services}>
      <ReactFlowProvider>
        <Frame />
      </ReactFlowProvider>
    </CanvasContext>
  );
}

function Frame(): React.ReactElement {
  const loaded = useCanvas((state) => state.shown !== undefined);
  const runStatus = useCanvas((state) => state.now.status);
  const past = useCanvas((state) => state.past !== undefined);
  const earlier = useCanvas((state) => state.shown?.earlier === true);
  useCommitTyped();
  return (
    <div className="window" data-run-status={runStatus} data-loaded={loaded}>
      <DiffBar />
      <div className="frame">
        <div className="place">
          <main className="stage" aria-label="Graph canvas" data-past={past}>
            {loaded && !earlier && <Toolbar />}
            {loaded && !earlier && <Breadcrumbs />}
            {loaded && !earlier && <ArrangeBar />}
            {loaded && <Canvas />}
            <EmptyHint />
            <Palette />
            <FindBox />
            {loaded && !earlier && <DropVeil />}
            <Shortcuts />
            <Dock />
            <LiveRegion />
            <SaidRegion />
            <StaleRegion />
            <SafetyRegion />
          </main>
          {loaded && <Timeline />}
        </div>
        {loaded && <Inspector />}
      </div>
    </div>
  );
}
