/** Size of a card, in canvas pixels. Fixed, so that nothing has to be measured and ports line up on the grid. */
export const CARD = { width: 220, height: 60 } as const;
/** Size of a terminal; as high as a card, so that their ports line up. */
export const TERMINAL = { width: 80, height: 60 } as const;

/** How much room something takes, in canvas pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Distance of the grid that nodes snap to, in canvas pixels. */
export const GRID = 20;

/** The nearest line of the grid. */
export function toGrid(coordinate: number): number {
  return Math.round(coordinate / GRID) * GRID + 0; // + 0 turns -0 into 0
}
