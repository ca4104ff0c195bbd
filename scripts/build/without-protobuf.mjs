/**
 * Leaves a package's encoding to Protocol Buffers out of a bundle: it asks for a package that it does not bring, and nothing
 * here encodes sketches.
 *
 * @type {import("esbuild").Plugin}
 */
export const withoutProtobuf = {
  name: "without-protobuf",
  setup(build) {
    build.onResolve({ filter: /^\.\.?\/proto\/compiled$/ }, ({ path }) => ({ path, namespace: "without-protobuf" }));
    build.onLoad({ filter: /.*/, namespace: "without-protobuf" }, () => ({ contents: "" }));
  },
};
