import { createContext, use } from "react";
import { useStore } from "zustand";
import type { Host } from "./channel.js";
import type { Session } from "./session.js";
import type { CanvasState } from "./state.js";
import type { CanvasStore } from "./store.js";

/** What the components of one canvas share. */
export interface CanvasServices {
  readonly store: CanvasStore;
  readonly host: Host;
  readonly session: Session;
}

/** Gives the components their services. */
export const CanvasContext = createContext<CanvasServices | undefined>(undefined);

/** The services of the canvas that a component is in. */
export function useServices(): CanvasServices {
  const services = use(CanvasContext);
  if (services === undefined) throw new Error("Rendered outside a canvas.");
  return services;
}

/** A part of the store; the component renders again when that part changes by identity. */
export function useCanvas<Part>(select: (state: CanvasState) => Part): Part {
  return useStore(useServices().store, select);
}
