import "./canvas.css";
import "./far.css";
import { useMemo, useState } from "react";
import { ReactFlow, SelectionMode, useStore, type IsValidConnection } from "reactflow";
import { edgeTypes } from "../edges/edge-types.js";
import { Arrowheads } from "../edges/arrowheads.js";
import { nodeTypes } from "../nodes/node-types.js";
import { AnswerPopover } from "../questions/answer-popover.js";
import { ConflictLayer } from "../conflicts/conflict-layer.js";
import { DiffLayer } from "../diff/diff-layer.js";
import { useCanvas, useServices } from "../store/context.js";
import { fitOptions, fitted, zoomRange } from "./fit.js";
import type { FlowEdge } from "./flow-types.js";
import { GuideLines } from "./guides/guide-lines.js";
import { EdgeInsert } from "./plus/edge-insert.js";
import { PlusButtons } from "./plus/plus-buttons.js";
import { LabelLayerProvider } from "./label-layer.js";
import { Minimap } from "../minimap/minimap.js";
import { Picture } from "../picture/picture.js";
import { MANY } from "./detail.js";
import { Dots } from "./dots.js";
import { createProjection } from "./projection.js";
import { spokenPicture } from "./spoken.js";
import { mayConnect } from "./to-intents.js";
import { useFollowPause } from "./use-follow-pause.js";
import { useGlide } from "./use-glide.js";
import { useGestures } from "./use-gestures.js";
import { useInMotion } from "./use-in-motion.js";
import { useKeepFitted } from "./use-keep-fitted.js";
import { useKeyboard } from "./use-keyboard.js";
import { useMarquee } from "./use-marquee.js";
import { useMounted } from "./use-mounted.js";
import { useReveal } from "./use-reveal.js";

const middleButton = [1];
const addKeys = ["Shift", "Control", "Meta"];
/** Below this zoom the small print of cards cannot be read. */
const FAR = 0.7;
/** Below this zoom nothing can be read. */
const AWAY = 0.25;
const bare = { hideAttribution: true };
const isValidConnection: IsValidConnection<FlowEdge> = ({ source, target }) => mayConnect({ from: source, to: target });

/** The graph, drawn and editable. */
export function Canvas(): React.ReactElement {
  const { session } = useServices();
  const [project] = useState(createProjection);
  const flow = useCanvas(project);
  const editable = useCanvas((state) => state.shown?.readOnly === false);
  const gestures = useGestures();
  const shown = useCanvas((state) => state.shown);
  const isLarge = flow.nodes.length > MANY;
  const [viewport] = useState(() => session.viewport ?? (shown !== undefined && isLarge ? fitted(shown) : undefined));
  const { nodes, edges, drawn, beyond, outlines } = useMounted(flow, viewport);
  const range = useMemo(() => shown && zoomRange(shown), [shown]);
  const far = useStore(({ transform: [, , zoom] }) => zoom < FAR);
  const away = useStore(({ transform: [, , zoom] }) => zoom < AWAY);
  useInMotion();
  useMarquee(isLarge);
  useKeyboard();
  useReveal();
  useFollowPause();
  useKeepFitted(isLarge);
  useGlide();
  return (
    <LabelLayerProvider>
      <ReactFlow
        {...gestures}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...(viewport === undefined ? { fitView: true, fitViewOptions: fitOptions() } : { defaultViewport: viewport })}
        {...range}
        nodesDraggable={editable}
        nodesConnectable={editable}
        edgesReconnectable={editable}
        isValidConnection={isValidConnection}
        connectionRadius={30}
        reconnectRadius={14}
        panOnScroll
        panOnDrag={middleButton}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        selectionKeyCode={null}
        multiSelectionKeyCode={addKeys}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        disableKeyboardA11y
        elevateNodesOnSelect={false}
        proOptions={bare}
        data-surface="canvas"
        data-far={far}
        data-away={away}
        data-drawn={drawn}
      >
        {!drawn && <Dots />}
        {drawn && <Picture flow={flow} outlines={outlines} spoken={spokenPicture(flow)} />}
        {beyond !== undefined && <Picture flow={flow} outlines={outlines} beyond={beyond} />}
        <Arrowheads />
        <ConflictLayer />
        <DiffLayer />
        <GuideLines />
        <EdgeInsert />
        <PlusButtons />
        <Minimap flow={flow} />
        <AnswerPopover />
      </ReactFlow>
    </LabelLayerProvider>
  );
}
