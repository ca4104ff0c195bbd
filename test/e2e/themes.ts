/** A colour theme of VS Code, by its name and the class that the workbench wears. */
export const themes = {
  light: { label: "Light Modern", className: "vs" },
  dark: { label: "Dark Modern", className: "vs-dark" },
  "high-contrast": { label: "Dark High Contrast", className: "hc-black" },
  "light-high-contrast": { label: "Light High Contrast", className: "hc-light" },
} as const;

/** Name of a theme in commands and screenshots. */
export type ThemeName = keyof typeof themes;
