/** What Node.js prints of its inspector: of no interest where a person has asked for it. */
const TALK = [
  /^Debugger listening on ws:/,
  /^For help, see: https:\/\/nodejs\.org\//,
  /^Debugger attached\.$/,
  /^Waiting for the debugger to disconnect\.\.\.$/,
  /^Debugger ending on ws:/,
];

/** Whether a line of a process's standard error is of its inspector. */
export function isInspectorTalk(line: string): boolean {
  return TALK.some((each) => each.test(line));
}
