// Asks an MCP server what a client asks, with an official client for Node, and prints what it got as JSON:
//
//   node client.mjs FOLDER_OF_NODE_MODULES URL_OF_MCP CLIENT < CALLS
//
// CLIENT is sdk, which begins with initialize, or client, its successor, which negotiates the version. CALLS is a JSON list of {"name", "arguments"}.
// Both hold every result against its tool's output schema, and fail where it does not fit.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, url, which] = process.argv.slice(-3);
const require = createRequire(folder + "/");
const { Client, StreamableHTTPClientTransport } = which === "sdk"
  ? { ...require("@modelcontextprotocol/sdk/client/index.js"), ...require("@modelcontextprotocol/sdk/client/streamableHttp.js") }
  : require("@modelcontextprotocol/client");

const client = new Client({ name: "factbox-test", version: "1" }, { versionNegotiation: { mode: "auto" } });
const faults = [];
client.onerror = (error) => faults.push(String(error));
const transport = new StreamableHTTPClientTransport(new URL(url));
await client.connect(transport);
const { tools } = await client.listTools();
const results = [];
for (const call of JSON.parse(readFileSync(0, "utf8"))) {
  results.push(await client.callTool(call).catch((error) => ({ thrown: String(error) })));
}
const answer = {
  version: transport.protocolVersion, server: client.getServerVersion(), capabilities: client.getServerCapabilities(),
  instructions: client.getInstructions(), tools, results, faults,
};
await client.close();
console.log(JSON.stringify(answer));
