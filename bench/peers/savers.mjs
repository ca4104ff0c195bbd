/**
 * What LangGraph.js asks of a checkpoint saver: its base class, and its own tests. Loaded from the folder it is installed in; the contract
 * is `SaverPeer` in ../../test/peers/langgraph.ts. The tests are written to the globals of a test runner.
 */
export { BaseCheckpointSaver, maxChannelVersion, MemorySaver, TASKS, WRITES_IDX_MAP } from "@langchain/langgraph-checkpoint";
export { deltaChannelHistoryTests, validate } from "@langchain/langgraph-checkpoint-validation";
