import type { ClassAttributes, HTMLAttributes } from "react";

interface TextControl extends HTMLAttributes<HTMLElement>, ClassAttributes<HTMLElement & { value: string }> {
  class?: string;
  value?: string;
  label?: string;
  placeholder?: string;
  disabled?: boolean;
  invalid?: boolean;
}

interface ButtonControl extends HTMLAttributes<HTMLElement>, ClassAttributes<HTMLElement> {
  class?: string;
  secondary?: boolean;
  disabled?: boolean;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "vscode-textfield": TextControl;
      "vscode-textarea": TextControl & { rows?: number; monospace?: boolean };
      "vscode-button": ButtonControl;
    }
  }
}
