/** `npm run package`: out/patchbay-VERSION.vsix, one for every platform. Builds first (`vscode:prepublish`). */
import { withSetUp } from "./set-up.mjs";

await withSetUp(async () => {
  const { packVsix, vsixPath } = await import("./build/vsix.mjs");
  const { root } = await import("./layout.mjs");
  return packVsix(root, vsixPath);
});
