import { createContext } from "react";

/** What the fields within are of. */
export type FieldSubject = { readonly node: string; readonly kind: string } | { readonly edge: string } | { readonly channel: string };

/** What the fields within are of; undefined: the graph. */
export const Subject = createContext<FieldSubject | undefined>(undefined);
