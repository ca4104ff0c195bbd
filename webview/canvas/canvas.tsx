import "./canvas.css";
import "./far.css";
import { useState } from "react";
import { Background, ReactFlow, SelectionMode, useStore, type IsValidConnection } from "reactflow";
import { edgeTypes } from "../edges/edge-types.js";
import { Arrowheads } from "../edges/arrowheads.js";
import { nodeTypes } from "../nodes/node-types.js";
import { useCanvas, useServices } from "../store/context.js";
import { fitOptions } from "./fit.js";
import type { FlowEdge } from "./flow-types.js";
import { GRID } from "./geometry.js";
import { LabelLayerProvider } from "./label-layer.js";
import { createProjection } from "./projection.js";
import { mayConnect } from "./to-intents.js";
import { useFollowPause } from "./use-follow-pause.js";
import { useGestures } from "./use-gestures.js";
import { useKeepFitted } from "./use-keep-fitted.js";
import { useKeyboard } from "./use-keyboard.js";
import { useReveal } from "./use-reveal.js";

const grid: [number, number] = [GRID, GRID];
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
  const [viewport] = useState(session.viewport);
  const far = useStore(({ transform: [, , zoom] }) => zoom < FAR);
  const away = useStore(({ transform: [, , zoom] }) => zoom < AWAY);
  useKeyboard();
  useReveal();
  useFollowPause();
  useKeepFitted();
  return (
    <LabelLayerProvider>
      <ReactFlow
        {...gestures}
        nodes={flow.nodes}
        edges={flow.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        {...(viewport === undefined ? { fitView: true, fitViewOptions: fitOptions() } : { defaultViewport: viewport })}
        minZoom={0.1}
        maxZoom={2}
        snapToGrid
        snapGrid={grid}
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
      >
        <Background gap={GRID} size={1} />
        <Arrowheads />
      </ReactFlow>
    </LabelLayerProvider>
  );
}
