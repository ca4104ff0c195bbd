import type { ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createHttpClient, environmentSecrets, type JsonValue, type MemoryStore, type RunSession } from "../../../runtime/index.js";
import { ManualClock } from "../../support/manual-clock.js";
import { Loopback, type Seen } from "../../support/loopback.js";
import type { ShortGraph } from "../../support/graph-text.js";
import { eventsOf, start, type Given } from "./harness.js";

let server: Loopback;
let answer: (seen: Seen, response: ServerResponse) => void = () => undefined;

beforeAll(async () => {
  server = await Loopback.start((seen, response) => answer(seen, response));
});
afterAll(() => server.stop());
beforeEach(() => {
  server.seen.length = 0;
  server.brokenOff = 0;
  answers({ ok: true });
});

/** Lets the server answer everything with this. */
function answers(body: JsonValue | Buffer, { status = 200, ...headers }: Record<string, string | number> = {}): void {
  const raw = Buffer.isBuffer(body) ? body : typeof body === "string" ? body : JSON.stringify(body);
  const type = Buffer.isBuffer(body) || typeof body === "string" ? {} : { "content-type": "application/json" };
  answer = (_seen, response) => response.writeHead(Number(status), { ...type, ...headers } as Record<string, string>).end(raw);
}

const channels = { base: {}, answer: {}, s: { schema: { type: "string" } }, n: { schema: { type: "number" } } };

/** A graph of one request; `{{base}}` is the server. */
function graph(fields: object, rest: Partial<ShortGraph> = {}): ShortGraph {
  const get = { kind: "http", handler: undefined, url: "{{base}}/", output: "answer", ...fields };
  return { channels: { ...channels, x: {} }, nodes: { get }, edges: { e1: "@start -> get" }, ...rest };
}

async function run(
  fields: object,
  input: Record<string, JsonValue> = {},
  given: Given = {},
  rest: Partial<ShortGraph> = {},
): Promise<RunSession> {
  const { session } = start(graph(fields, rest), {}, { input: { base: server.origin, ...input }, ...given });
  await session.continue();
  return session;
}

/** What the node wrote. */
async function written(fields: object, input: Record<string, JsonValue> = {}, given: Given = {}): Promise<JsonValue | undefined> {
  const session = await run(fields, input, given);
  expect([session.frontier.error, session.status]).toEqual([undefined, "completed"]);
  return session.channels["answer"];
}

async function failure(fields: object, input: Record<string, JsonValue> = {}, given: Given = {}) {
  const session = await run(fields, input, given);
  expect(session.status).toBe("failed");
  return session.frontier.error;
}

describe("what is asked", () => {
  const requests: readonly [name: string, fields: object, input: Record<string, JsonValue>, seen: Partial<Seen>][] = [
    ["a path", { url: "{{base}}/orders/{{n}}" }, { n: 7 }, { method: "GET", url: "/orders/7", body: "" }],
    ["a value in a path", { url: "{{base}}/o/{{s}}/x" }, { s: "a/b?c=1#é" }, { url: "/o/a%2Fb%3Fc%3D1%23%C3%A9/x" }],
    ["a value in a query", { url: "{{base}}/?q={{s}}" }, { s: "a&b=c" }, { url: "/?q=a%26b%3Dc" }],
    ["a query", { query: { "a b": "{{s}}", n: 1, yes: true } }, { s: "x&y" }, { url: "/?a%20b=x%26y&n=1&yes=true" }],
    ["a query behind another", { url: "{{base}}/?a=1#f", query: { b: "2" } }, {}, { url: "/?a=1&b=2" }],
    ["a list and nothing", { query: { a: "{{x}}", b: "{{answer}}" } }, { x: [1, "2"], answer: null }, { url: "/?a=1&a=2" }],
    ["text", { method: "POST", body: "Hello {{s}}!" }, { s: '"you"' }, { method: "POST", body: 'Hello "you"!' }],
    [
      "JSON",
      { method: "PUT", body: { a: "{{x}}", b: ["<{{s}}>", 1, null] } },
      { x: { y: 1 }, s: '"\n' },
      { method: "PUT", body: '{"a":{"y":1},"b":["<\\"\\n>",1,null]}' },
    ],
    ["a value", { method: "PATCH", body: "{{x}}" }, { x: [1, 2] }, { body: "[1,2]" }],
    ["a value that is text", { method: "POST", body: "{{x}}" }, { x: "plain" }, { body: "plain" }],
    ["no value", { method: "DELETE", body: "{{x}}" }, { x: null }, { method: "DELETE", body: "" }],
    [
      "a form",
      { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: { a: "{{s}}", b: [1, 2] } },
      { s: "x y&z" },
      { body: "a=x+y%26z&b=1&b=2" },
    ],
  ];
  test.each(requests)("%s", async (_name, fields, input, seen) => {
    await written(fields, input);
    expect(server.seen).toMatchObject([seen]);
  });

  test("headers, and the type of the body unless they say it", async () => {
    await written(
      { method: "POST", headers: { "X-A": "{{s}}-{{n}}", "X-None": "{{answer}}" }, body: { a: 1 } },
      { s: "v", n: 2, answer: null },
    );
    await written({ method: "POST", headers: { "content-type": "application/vnd.api+json" }, body: { a: 1 } });
    await written({ method: "POST", body: "text" });
    expect(server.seen[0]?.headers).toMatchObject({ "x-a": "v-2", "content-type": "application/json" });
    expect(server.seen[0]?.headers).not.toHaveProperty("x-none");
    expect(server.seen.map(({ headers }) => headers["content-type"])).toEqual([
      "application/json",
      "application/vnd.api+json",
      "text/plain;charset=UTF-8",
    ]);
  });

  const faults: readonly [name: string, fields: object, input: Record<string, JsonValue>, code: string][] = [
    ["a hole that cannot be filled", { url: "{{base}}/{{x.id}}" }, { x: {} }, "EXPRESSION"],
    ["a value that leads up the path", { url: "{{base}}/a/{{s}}/b" }, { s: ".." }, "HTTP_URL"],
    ["no address", { url: "{{s}}" }, { s: "example" }, "HTTP_URL"],
    ["another scheme", { url: "{{s}}" }, { s: "file:///etc/passwd" }, "HTTP_URL"],
    ["credentials in the address", { url: "{{s}}" }, { s: "http://u:p4ssw0rd@127.0.0.1/" }, "HTTP_URL"],
    ["a header of two lines", { headers: { "x-a": "{{s}}" } }, { s: "a\r\nx-b: 1" }, "HTTP_HEADER"],
  ];
  test.each(faults)("refuses %s", async (_name, fields, input, code) => {
    const error = await failure(fields, input);
    expect([error?.code, error?.details?.["node"]]).toEqual([code, "get"]);
    expect(JSON.stringify(error)).not.toContain("p4ssw0rd");
    expect(server.seen).toEqual([]);
  });
});

describe("what is read", () => {
  const bodies: readonly [
    name: string,
    body: JsonValue | Buffer,
    headers: Record<string, string | number>,
    fields: object,
    value: JsonValue,
  ][] = [
    ["JSON", { a: [1, "é"] }, {}, {}, { a: [1, "é"] }],
    ["JSON of a kind", '{"a":1}', { "content-type": "application/problem+json; charset=utf-8" }, {}, { a: 1 }],
    ["no JSON", "", { "content-type": "application/json" }, {}, null],
    ["text", "hello", { "content-type": "text/html" }, {}, "hello"],
    ["text in its character set", Buffer.from([0xe9]), { "content-type": "text/plain; charset=latin1" }, {}, "é"],
    ["JSON that says nothing of itself", "[1]", {}, { as: "json" }, [1]],
    ["JSON as text", { a: 1 }, {}, { as: "text" }, '{"a":1}'],
    ["bytes", Buffer.from([0, 255, 1]), { "content-type": "image/png" }, {}, "AP8B"],
    ["what was packed", gzipSync("packed"), { "content-encoding": "gzip", "content-type": "text/plain" }, {}, "packed"],
    ["nothing", "", { status: 204 }, {}, null],
  ];
  test.each(bodies)("%s", async (_name, body, headers, fields, value) => {
    answers(body, headers);
    expect(await written(fields)).toEqual(value);
  });

  test("the whole response", async () => {
    answers({ id: 1 }, { status: 201, "x-request": "r-1" });
    expect(await written({ take: "response" })).toMatchObject({
      status: 201,
      url: `${server.origin}/`,
      headers: { "x-request": "r-1", "content-type": "application/json" },
      body: { id: 1 },
    });
  });

  test("JSON that is none is a failure that shows its beginning", async () => {
    answers("<html>Oops</html>", { "content-type": "application/json" });
    expect(await failure({})).toMatchObject({ code: "HTTP_BODY", details: { node: "get", status: 200, body: "<html>Oops</html>" } });
  });

  test("no more than `maxSize`, and the connection is ended", async () => {
    const full = Buffer.alloc(64 * 1024, "x");
    let sent = 0;
    answer = (_seen, response) => {
      const pump = (): void => {
        while (!response.destroyed && sent < 256 * 2 ** 20) {
          sent += full.length;
          if (!response.write(full)) return void response.once("drain", pump);
        }
      };
      pump();
    };
    expect(await failure({ maxSize: "100KB" })).toMatchObject({ code: "HTTP_TOO_LARGE", details: { bytes: 102_400 } });
    await server.until(() => server.brokenOff === 1);
    expect(sent).toBeLessThan(64 * 2 ** 20);
  });
});

describe("statuses", () => {
  const choices: ShortGraph = graph(
    { expect: ["2xx", "404"] },
    {
      nodes: {
        get: { kind: "http", handler: undefined, url: "{{base}}/", expect: ["2xx", "404"] },
        found: { kind: "expression", handler: undefined, set: { s: "'found'" } },
        missing: { kind: "expression", handler: undefined, set: { s: "'missing'" } },
      },
      edges: { e1: "@start -> get", e2: "get -> found on 2xx", e3: "get -> missing on 404" },
    },
  );

  test.each([
    [200, "found"],
    [202, "found"],
    [404, "missing"],
  ])("%s takes its edge", async (status, s) => {
    answers({}, { status });
    const { session } = start(choices, {}, { input: { base: server.origin } });
    await session.continue();
    expect([session.status, session.channels["s"]]).toEqual(["completed", s]);
  });

  test("a status that is not expected is a failure that tells what the server said", async () => {
    answers({ error: "no such order" }, { status: 404 });
    const error = await failure({ url: "{{base}}/orders/7" });
    expect(error).toMatchObject({
      code: "HTTP_STATUS",
      message: `GET ${server.origin}/orders/7 was answered with status 404, not 2xx: {"error":"no such order"}`,
      details: { node: "get", status: 404, url: `${server.origin}/orders/7`, body: '{"error":"no such order"}' },
    });
  });

  test("of a long body an error tells the beginning", async () => {
    answers("y".repeat(5000), { status: 500 });
    expect((await failure({}))?.details?.["body"]).toBe(`${"y".repeat(500)}…`);
  });

  test("a failure is caught by an `@error` edge, with its status", async () => {
    answers({}, { status: 503 });
    const session = await run(
      {},
      {},
      {},
      {
        nodes: {
          get: { kind: "http", handler: undefined, url: "{{base}}/" },
          sorry: { kind: "expression", handler: undefined, set: { n: "input.errors[0].details.status" } },
        },
        edges: { e1: "@start -> get", e2: "get -> sorry on @error" },
      },
    );
    expect([session.status, session.channels["n"]]).toEqual(["completed", 503]);
  });
});

describe("retries", () => {
  const retry = { attempts: 3, delay: "10ms", jitter: 0, backoff: 1, cap: "1m" };

  /** The delays of the retries, and how often the server was asked, once the clock was moved on for each wait. */
  async function retried(fields: object): Promise<{ readonly session: RunSession; readonly events: readonly string[] }> {
    const { session, clock } = start(graph({ retry, ...fields }), {}, { input: { base: server.origin } });
    const done = session.continue();
    while (session.status === "running") {
      clock.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await done;
    return { session, events: eventsOf(session, "get").filter((event) => event.startsWith("task-retried")) };
  }

  test("as long as the server asks for, where that is longer than the policy's wait", async () => {
    answer = (_seen, response) =>
      server.seen.length === 1 ? response.writeHead(429, { "retry-after": "7" }).end() : response.writeHead(200).end("done");
    const { session, events } = await retried({});
    expect([session.status, events]).toEqual(["completed", ["task-retried 1 HTTP_STATUS 7000"]]);
    expect(server.seen.length).toBe(2);
  });

  test("not where the server asks for more than the policy allows", async () => {
    answers("", { status: 503, "retry-after": "3600" });
    const { session, events } = await retried({});
    expect([session.status, events, server.seen.length]).toEqual(["failed", [], 1]);
  });

  test("not of what the server will always refuse", async () => {
    answers("", { status: 400 });
    const { events } = await retried({});
    expect([events, server.seen.length]).toEqual([[], 1]);
  });

  test("of what broke off", async () => {
    answer = (_seen, response) => (server.seen.length < 3 ? response.socket?.destroy() : response.end("done"));
    const { session, events } = await retried({});
    expect([session.status, events]).toEqual(["completed", ["task-retried 1 HTTP_FAILED 10", "task-retried 2 HTTP_FAILED 10"]]);
  });
});

describe("ends", () => {
  test("a stop closes the connection", async () => {
    answer = () => undefined;
    const { session } = start(graph({}), {}, { input: { base: server.origin } });
    const done = session.continue();
    await server.until(() => server.seen.length === 1);
    expect(server.brokenOff).toBe(0);
    await session.stop();
    await done;
    expect(session.status).toBe("cancelled");
    await server.until(() => server.brokenOff === 1);
  });

  test("a time-out closes the connection, also in the middle of a body", async () => {
    answer = (_seen, response) => void response.writeHead(200, { "content-type": "text/plain" }).write("begun");
    const { session, clock } = start(graph({ timeout: "5s" }), {}, { input: { base: server.origin } });
    const done = session.continue();
    await server.until(() => server.seen.length === 1);
    clock.advance(5_000);
    await done;
    expect(session.frontier.error).toMatchObject({ code: "TIMED_OUT", details: { limit: "run" } });
    await server.until(() => server.brokenOff === 1);
  });

  test("each piece of an answer is a sign of life", async () => {
    const pieces = ["a", "b", "c"];
    let next = (): void => undefined;
    answer = (_seen, response) => {
      next = () => void (pieces.length > 0 ? response.write(pieces.shift()) : response.end());
      response.writeHead(200, { "content-type": "text/plain" }).flushHeaders();
    };
    let signs = 0;
    const client = createHttpClient(environmentSecrets, new ManualClock());
    const request = { method: "GET", url: [server.origin], query: [], headers: [], redirects: 0, maxBytes: 100 };
    // The server goes on when the client has shown that it noticed.
    const outcome = await client.send(request, new AbortController().signal, () => {
      signs += 1;
      next();
    });
    expect([outcome.ok && new TextDecoder().decode(outcome.answer.body), signs]).toEqual(["abc", 4]);
  });

  test("a server that falls silent is not waited for", async () => {
    answer = (_seen, response) => response.writeHead(200).flushHeaders();
    const { session, clock } = start(graph({ timeout: { idle: "5s" } }), {}, { input: { base: server.origin } });
    const done = session.continue();
    await server.until(() => server.seen.length === 1);
    while (session.status === "running") {
      clock.advance(5_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await done;
    expect(session.frontier.error).toMatchObject({ code: "TIMED_OUT", details: { limit: "idle" } });
  });

  test("a fallback takes the place of what failed", async () => {
    answers("", { status: 500 });
    expect(await written({ fallback: { answer: "instead" } })).toBe("instead");
  });

  test("an answer that was kept is used again", async () => {
    const { session, services } = start(graph({ cache: { key: "s" } }), {}, { input: { base: server.origin, s: "k" } });
    await session.continue();
    const again = start(graph({ cache: { key: "s" } }), {}, { store: services.store, input: { base: server.origin, s: "k" } });
    await again.session.continue();
    expect([again.session.channels["answer"], server.seen.length]).toEqual([{ ok: true }, 1]);
  });
});

describe("redirects", () => {
  let other: Loopback;
  beforeAll(async () => {
    other = await Loopback.start((_seen, response) => response.end("other"));
  });
  afterAll(() => other.stop());
  beforeEach(() => {
    other.seen.length = 0;
  });

  function leadsTo(location: string, status = 302): void {
    answer = (seen, response) => (seen.url === "/" ? response.writeHead(status, { location }).end() : response.end("arrived"));
  }

  test("are followed, and a POST becomes a GET", async () => {
    leadsTo("/there");
    expect(await written({ method: "POST", body: { a: 1 }, headers: { authorization: "t" } })).toBe("arrived");
    expect(server.seen).toMatchObject([{ method: "POST" }, { method: "GET", url: "/there", body: "", headers: { authorization: "t" } }]);
    expect(server.seen[1]?.headers).not.toHaveProperty("content-type");
  });

  test("keep method and body where the status says so", async () => {
    leadsTo("/there", 307);
    await written({ method: "POST", body: { a: 1 } });
    expect(server.seen[1]).toMatchObject({ method: "POST", body: '{"a":1}', headers: { "content-type": "application/json" } });
  });

  test("tell another origin no credentials", async () => {
    leadsTo(`${other.origin}/x`);
    const headers = { authorization: "Bearer a", cookie: "b=c", "X-Api-Key": "d", accept: "text/plain" };
    expect(await written({ headers })).toBe("other");
    expect(other.seen[0]?.headers).toMatchObject({ accept: "text/plain" });
    for (const name of ["authorization", "cookie", "x-api-key"]) expect(other.seen[0]?.headers).not.toHaveProperty(name);
  });

  test("do not take a secret in a body to another origin", async () => {
    leadsTo(`${other.origin}/x`, 308);
    const error = await failure({ method: "POST", body: { k: "{{secret.KEY}}" } }, {}, { secrets: { KEY: "s3cr3t-key" } });
    expect([error?.code, other.seen.length]).toEqual(["HTTP_REDIRECT", 0]);
  });

  test("end somewhere", async () => {
    answer = (_seen, response) => response.writeHead(302, { location: "/" }).end();
    expect((await failure({ redirects: 3 }))?.code).toBe("HTTP_REDIRECT");
    expect(server.seen.length).toBe(4);
  });

  test("lead to nothing but http and https", async () => {
    leadsTo("file:///etc/passwd");
    expect((await failure({}))?.code).toBe("HTTP_REDIRECT");
  });

  test("are an answer like any other where none is followed", async () => {
    leadsTo("/there");
    expect(await written({ redirects: 0, expect: "3xx", take: "response" })).toMatchObject({
      status: 302,
      headers: { location: "/there" },
    });
  });
});

describe("secrets", () => {
  const secrets = { TOKEN: 'tok/en+"1 é\\', PIN: "12345678" };
  const fields = {
    method: "POST",
    url: "{{base}}/p/{{secret.TOKEN}}",
    query: { q: "{{secret.TOKEN}}" },
    headers: { "x-pin": "Pin {{secret.PIN}}" },
    body: { t: "<{{secret.TOKEN}}>", s: "{{s}}" },
  };

  /** Everything that is kept or told of a run. */
  function told(session: RunSession, store: MemoryStore): string {
    const checkpoints = store.list(session.id).map(({ id }) => store.load(id));
    return JSON.stringify([session.trace, store.trace(session.id), session.channels, session.frontier, checkpoints]);
  }

  function expectHidden(text: string): void {
    for (const value of Object.values(secrets))
      for (const form of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]) {
        expect(text).not.toContain(form);
        expect(text).not.toContain(JSON.stringify(form).slice(1, -1));
      }
  }

  test("are sent in each place", async () => {
    await written(fields, { s: "v" }, { secrets });
    expect(server.seen).toMatchObject([
      {
        url: `/p/${encodeURIComponent(secrets.TOKEN)}?q=${encodeURIComponent(secrets.TOKEN)}`,
        headers: { "x-pin": "Pin 12345678" },
        body: JSON.stringify({ t: `<${secrets.TOKEN}>`, s: "v" }),
      },
    ]);
  });

  test("and do not come back, whatever the server says", async () => {
    answer = (seen, response) =>
      response
        .writeHead(200, { "content-type": "application/json", "x-echo": seen.url })
        .end(JSON.stringify({ url: seen.url, body: seen.body, json: JSON.parse(seen.body), [secrets.TOKEN]: 12345678, n: 5 }));
    const { session, services } = start(graph({ ...fields, take: "response" }), {}, { input: { base: server.origin, s: "v" }, secrets });
    await session.continue();
    expect(session.channels["answer"]).toMatchObject({ status: 200, body: { json: { t: "<***>", s: "v" }, "***": "***", n: 5 } });
    expectHidden(told(session, services.store));
  });

  test.each(["text", "base64"])("nor as %s", async (as) => {
    answer = (seen, response) => response.end(`${seen.url} ${String(seen.headers["x-pin"])}`);
    const shown = (await written({ ...fields, as }, { s: "v" }, { secrets })) as string;
    expectHidden(as === "base64" ? atob(shown) : shown);
  });

  test.each([
    ["a refused request", 401, {}],
    ["an answer that is no JSON", 200, { as: "json" }],
  ])("nor in the error of %s", async (_name, status, more) => {
    answer = (seen, response) => response.writeHead(status).end(`bad ${seen.url} ${seen.body} ${String(seen.headers["x-pin"])}`);
    const { session, services } = start(graph({ ...fields, ...more }), {}, { input: { base: server.origin, s: "v" }, secrets });
    await session.continue();
    expect(session.status).toBe("failed");
    expectHidden(told(session, services.store));
  });

  test.each([
    ["an address that is none", { url: "{{base}}{{secret.TOKEN}}" }],
    ["a header that cannot be sent", { headers: { a: "{{secret.LINES}}" } }],
  ])("nor in the error of %s", async (_name, more) => {
    const { session, services } = start(graph(more), {}, { input: { base: "http://" }, secrets: { ...secrets, LINES: "a\nsecret-line" } });
    await session.continue();
    expect(session.status).toBe("failed");
    expectHidden(told(session, services.store));
    expect(told(session, services.store)).not.toContain("secret-line");
  });

  test.each<[string, Record<string, string>]>([
    ["missing", {}],
    ["empty", { KEY: "" }],
    ["too short", { KEY: "abc" }],
  ])("that are %s keep the request from being sent", async (_name, given) => {
    const error = await failure({ headers: { a: "{{secret.KEY}}" } }, {}, { secrets: given });
    expect([error?.code, error?.details, server.seen.length]).toEqual(["SECRET", { node: "get", secret: "KEY" }, 0]);
  });
});

describe("connections", () => {
  test("nobody listens", async () => {
    const gone = await Loopback.start(() => undefined);
    const { origin } = gone;
    await gone.stop();
    expect(await failure({ url: `${origin}/` })).toMatchObject({ code: "HTTP_REFUSED", details: { host: origin.slice(7) } });
  });

  test("a name that leads nowhere", async () => {
    expect((await failure({ url: "http://nowhere.invalid/" }))?.code).toBe("HTTP_DNS");
  });

  test("no TLS at the other end", async () => {
    expect((await failure({ url: `${server.origin.replace("http:", "https:")}/` }))?.code).toBe("HTTP_TLS");
  });
});
