// The service that this example asks: node server.mjs [PORT]. It is busy the first time, as services are.
import { createServer } from "node:http";

const orders = { "A-17/b": { state: "on its way" } };
let asked = 0;

const server = createServer((request, response) => void answer(request, response));

async function answer(request, response) {
  const say = (status, value, headers = {}) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
  asked += 1;
  if (request.headers.authorization !== `Bearer ${process.env.ORDERS_TOKEN ?? "try-me-out"}`) return say(401, { error: "Who is asking?" });
  if (asked === 1) return say(503, { error: "Busy" }, { "retry-after": "1" });
  const [, id] = /^\/orders\/([^/]+)$/.exec(request.url) ?? [];
  if (id !== undefined) {
    const order = orders[decodeURIComponent(id)];
    return order === undefined ? say(404, { error: "No such order" }) : say(200, order);
  }
  if (request.method !== "POST" || request.url !== "/replies") return say(404, { error: "No such page" });
  let text = "";
  for await (const chunk of request) text += chunk;
  console.log(`reply: ${text}`);
  say(202, {});
}

server.listen(Number(process.argv[2] ?? 8787), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}`));
