// Asks an MCP server what a client asks, with the official SDK for Node, and prints what it got as JSON:
//
//   node client.mjs FOLDER_OF_NODE_MODULES URL_OF_MCP < CALLS
//
// CALLS is a JSON list of {"name", "arguments"}. The SDK holds every result against its tool's output schema, and fails where it does not fit.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, url] = process.argv.slice(-2);
const require = createRequire(folder + "/");
const { Client } = require("@modelcontextprotocol/sdk/client/index.js");
const { StreamableHTTPClientTransport } = require("@modelcontextprotocol/sdk/client/streamableHttp.js");

const client = new Client({ name: "factbox-test", version: "1" });
const faults = [];
client.onerror = (error) => faults.push(String(error));
await client.connect(new StreamableHTTPClientTransport(new URL(url)));
const { tools } = await client.listTools();
const results = [];
for (const call of JSON.parse(readFileSync(0, "utf8"))) {
  results.push(await client.callTool(call).catch((error) => ({ thrown: String(error) })));
}
await client.ping();
await client.close();
console.log(JSON.stringify({
  server: client.getServerVersion(), capabilities: client.getServerCapabilities(), instructions: client.getInstructions(), tools, results, faults,
}));
