/** The way a graph runs on canvas and pictures. It is of whoever looks, not of the document. */
export type Orientation = "left-to-right" | "top-to-bottom";
