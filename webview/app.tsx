import { ReactFlowProvider } from "reactflow";
import { Canvas } from "./canvas/canvas.js";
import { Dock } from "./canvas/dock.js";
import { EmptyHint } from "./canvas/empty-hint.js";
import { LiveRegion } from "./canvas/live-region.js";
import { SafetyRegion } from "./canvas/safety-strip.js";
import { StaleRegion } from "./canvas/stale-strip.js";
import { FindBox } from "./canvas/find-box.js";
import { Palette } from "./canvas/palette.js";
import { Toolbar } from "./canvas/toolbar.js";
import { Inspector } from "./inspector/inspector.js";
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
  const runStatus = useCanvas((state) => state.run.status);
  return (
    <div className="frame" data-run-status={runStatus} data-loaded={loaded}>
      <main className="stage" aria-label="Graph canvas">
        {loaded && <Toolbar />}
        {loaded && <Canvas />}
        <EmptyHint />
        <Palette />
        <FindBox />
        <Dock />
        <LiveRegion />
        <StaleRegion />
        <SafetyRegion />
      </main>
      {loaded && <Inspector />}
    </div>
  );
}
