// The peer: React Flow as its documentation shows it, with plain nodes and the same graph, ways of panning and zooming included.
import "reactflow/dist/style.css";
import "./raw-flow.css";
import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";
import { applyNodeChanges, ReactFlow, type Edge, type Node } from "reactflow";
import type { GraphView } from "../../webview/protocol/views.js";

declare global {
  interface Window {
    /** The graph to draw, put there before the page runs. */
    given: GraphView;
    /** The zoom to start with; undefined where all is to be in view. */
    zoom: number | undefined;
  }
}

function Raw(): React.ReactElement {
  const { given, zoom } = window;
  const [nodes, setNodes] = useState(() => given.nodes.map(plainNode));
  const [edges] = useState(() => given.edges.map(plainEdge));
  return createElement(ReactFlow, {
    nodes,
    edges,
    onNodesChange: (changes) => setNodes((before) => applyNodeChanges(changes, before)),
    panOnScroll: true,
    minZoom: 0.01,
    ...(zoom === undefined ? { fitView: true } : { defaultViewport: { x: 0, y: 0, zoom } }),
  });
}

function plainNode({ id, label, position: [x, y] }: GraphView["nodes"][number]): Node {
  return { id, position: { x, y }, data: { label } };
}

function plainEdge({ id, from, to, text }: GraphView["edges"][number]): Edge {
  return { id, source: from, target: to, ...(text === "" ? {} : { label: text }) };
}

const mount = document.getElementById("root");
if (mount !== null) createRoot(mount).render(createElement(Raw));
