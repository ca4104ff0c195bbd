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
  /** Calls `receive` for every message, in one turn for those that were posted in one; returns what ends that. */
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
      const onMessage = ({ data }: MessageEvent<unknown>): void => {
        for (const message of Array.isArray(data) ? data : [data]) receive(message);
      };
      window.addEventListener("message", onMessage);
      return () => window.removeEventListener("message", onMessage);
    },
    recall: () => api.getState(),
    remember: (value) => api.setState(value),
  };
}
