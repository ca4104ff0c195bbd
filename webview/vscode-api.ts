// The one file that touches VS Code's webview API.

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(value: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The host as the webview sees it: a wire, and a small memory that survives while the editor is hidden. */
export interface HostPort {
  readonly post: (message: unknown) => void;
  /** Calls `receive` for every message; returns what ends that. */
  readonly listen: (receive: (message: unknown) => void) => () => void;
  readonly recall: () => unknown;
  readonly remember: (value: unknown) => void;
}

/** Connects to VS Code; may be called once in the life of a webview. */
export function connectToVsCode(): HostPort {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    listen: (receive) => {
      const onMessage = (event: MessageEvent<unknown>): void => receive(event.data);
      window.addEventListener("message", onMessage);
      return () => window.removeEventListener("message", onMessage);
    },
    recall: () => api.getState(),
    remember: (value) => api.setState(value),
  };
}
