/** Size of a card, in canvas pixels. Fixed, so that nothing has to be measured and ports line up on the grid. */
export const CARD = { width: 220, height: 60 } as const;
/** Size of a terminal; as high as a card, so that their ports line up. */
export const TERMINAL = { width: 80, height: 60 } as const;
