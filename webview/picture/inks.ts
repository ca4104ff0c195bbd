/** Colours of the theme by what they are for, as a drawing can use them. */
export interface Inks {
  readonly ground: string;
  readonly card: string;
  readonly outline: string;
  readonly words: string;
  readonly quiet: string;
  readonly focus: string;
  readonly due: string;
  readonly running: string;
  readonly waiting: string;
  readonly done: string;
  readonly failed: string;
  readonly lit: string;
  readonly stale: string;
  readonly forced: string;
  readonly breakpoint: string;
  readonly error: string;
  readonly warning: string;
  readonly yellow: string;
  readonly orange: string;
  readonly red: string;
  readonly purple: string;
  readonly blue: string;
  readonly green: string;
  readonly added: string;
  readonly removed: string;
  readonly changed: string;
  readonly moved: string;
  readonly font: string;
}

const tokens = {
  ground: "--vscode-editor-background",
  card: "--pb-card",
  outline: "--pb-outline",
  words: "--pb-words",
  quiet: "--pb-quiet",
  focus: "--pb-focus",
  due: "--pb-due",
  running: "--pb-running",
  waiting: "--pb-waiting",
  done: "--pb-done",
  failed: "--pb-failed",
  lit: "--pb-lit",
  stale: "--pb-stale",
  forced: "--pb-forced",
  breakpoint: "--vscode-debugIcon-breakpointForeground, #e51400",
  error: "--vscode-editorError-foreground",
  warning: "--vscode-editorWarning-foreground",
  yellow: "--vscode-charts-yellow",
  orange: "--vscode-charts-orange, var(--vscode-charts-yellow)",
  red: "--vscode-charts-red",
  purple: "--vscode-charts-purple",
  blue: "--vscode-charts-blue",
  green: "--vscode-charts-green",
  added: "--pb-added",
  removed: "--pb-removed",
  changed: "--pb-changed",
  moved: "--pb-moved",
} as const;

/** The colours in force at an element; it mixes them, as a drawing cannot. */
export function inksAt(element: Element): Inks {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const inks = Object.fromEntries(
    Object.entries(tokens).map(([name, token]) => {
      probe.style.color = `var(${token})`;
      return [name, getComputedStyle(probe).color];
    }),
  );
  const font = getComputedStyle(probe).fontFamily;
  probe.remove();
  return { ...inks, font } as Inks; // the names are those of `tokens`
}

/** Calls `changed` whenever the theme may be another one; returns what ends that. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  for (const element of [document.documentElement, document.body]) {
    observer.observe(element, { attributes: true, attributeFilter: ["class", "style", "data-vscode-theme-id"] });
  }
  return () => observer.disconnect();
}
