import type { DebugProtocol } from "@vscode/debugprotocol";
import { exceptionFilters } from "./exceptions.js";

/** What the adapter does. Each is announced because it works. */
export const capabilities: DebugProtocol.Capabilities = {
  supportsConfigurationDoneRequest: true,
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  supportsEvaluateForHovers: true,
  supportsStepBack: true,
  supportsRestartFrame: true,
  supportsGotoTargetsRequest: true,
  supportsSetVariable: true,
  supportsSetExpression: true,
  supportsCompletionsRequest: true,
  completionTriggerCharacters: ["."],
  supportsClipboardContext: true,
  supportsDataBreakpoints: true,
  supportsSingleThreadExecutionRequests: true,
  supportsTerminateRequest: true,
  supportsExceptionInfoRequest: true,
  supportsBreakpointLocationsRequest: true,
  supportsLoadedSourcesRequest: true,
  breakpointModes: [
    { mode: "before", label: "Before the node", appliesTo: ["source"] },
    { mode: "after", label: "After the node", appliesTo: ["source"] },
    { mode: "taken", label: "Where the edge is taken", appliesTo: ["source"] },
    { mode: "tested", label: "Where the edge is tested", appliesTo: ["source"] },
  ],
  exceptionBreakpointFilters: [...exceptionFilters],
};
