import "@vscode/codicons/dist/codicon.css";
import "reactflow/dist/base.css";
import "./theme.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.js";
import { answerPicture } from "./canvas/draw-picture.js";
import { Channel } from "./store/channel.js";
import { Session } from "./store/session.js";
import { createCanvasStore } from "./store/store.js";
import { connectToVsCode } from "./vscode-api.js";

const port = connectToVsCode();
const channel = new Channel(port);
const store = createCanvasStore(channel);
const session = new Session(channel, store, port);
channel.on("picture/wanted", (wanted) => void answerPicture(channel, wanted));

function complain(thrown: unknown): void {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  channel.command("webview/failed", { message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) });
}

window.addEventListener("error", (event) => complain(event.error ?? event.message));
window.addEventListener("unhandledrejection", (event) => complain(event.reason));
window.addEventListener("pagehide", () => channel.dispose());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") void session.load();
});

const mount = document.getElementById("root") ?? document.body.appendChild(document.createElement("div"));
mount.id = "root";
session.start();
createRoot(mount, { onUncaughtError: complain }).render(<App services={{ store, host: channel, session }} />);
