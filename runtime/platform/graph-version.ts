import type { FileVersion } from "../model/file-version.js";
import type { SourcedGraph } from "../run/graph-source.js";

/** A graph in a file, with all that it runs, in one state: who has it can run it, whatever the files say by then. */
export class GraphVersion implements FileVersion {
  readonly version: string;
  /** Where the run goes that is inside says nothing of where the one around it goes. */
  readonly commands = false;
  readonly #make: () => SourcedGraph;
  #graph: SourcedGraph | undefined;

  constructor(version: string, make: () => SourcedGraph) {
    this.version = version;
    this.#make = make;
  }

  /** The graph; compiled when first asked for. A graph that contains itself leads back here. */
  get graph(): SourcedGraph {
    this.#graph ??= this.#make();
    return this.#graph;
  }
}
