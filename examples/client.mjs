// A client of `jiandu serve`: plain Node 18 or newer, no packages.
//
//     JIANDU_URL=http://127.0.0.1:8000 JIANDU_TOKEN=… node examples/client.mjs
import { randomUUID } from "node:crypto";

const { JIANDU_URL: url, JIANDU_TOKEN: token, JIANDU_LANG: language = "en" } = process.env;

/** What went wrong, as the service says it: `problem.code`, `problem.reasons`. */
class Refused extends Error {
  constructor(problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/** Asks, and asks again with the same key while the service is busy: what was done is not done again. */
async function ask(method, path, { body, seen, key = randomUUID() } = {}) {
  const headers = { Authorization: `Bearer ${token}`, "Accept-Language": language };
  if (method === "POST") headers["Idempotency-Key"] = key;
  if (body) headers["Content-Type"] = "application/json";
  if (seen) headers["If-Match"] = seen;
  for (let tries = 1; ; tries += 1) {
    let answer;
    try {
      answer = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
    } catch (lost) {
      if (tries === 5) throw lost;
    }
    if (answer?.ok) return { ...(await answer.json()), etag: answer.headers.get("ETag"), at: answer.headers.get("Location") };
    const busy = !answer || [429, 503].includes(answer.status);
    if (!busy || tries === 5) throw new Refused(await answer.json());
    await new Promise((done) => setTimeout(done, 1000 * Number(answer?.headers.get("Retry-After") ?? 1)));
  }
}

const card = { track: "A", source: "complaint", applicant_role: "victim" };
const opened = await ask("POST", "/cases", { body: { guide: "case-filing", unit: "630102", card } });
console.log(`${opened.state}, due ${opened.deadlines[0].due}`);

const { offers } = await ask("GET", `${opened.at}/offers`);
console.log("possible:", offers.filter((offer) => offer.allowed).map((offer) => offer.act).join(" "));

const { properties } = await ask("GET", "/guides/case-filing/acts/check_standing");
console.log("check_standing asks for:", Object.keys(properties).join(" "));

try {
  await ask("POST", `${opened.at}/acts/notify.draft`, { body: { record: { reasons: "有犯罪事实" } } });
} catch (refused) {
  console.log("refused:", refused.problem.reasons.map((reason) => reason.code).join(" "));
}

const submitted = await ask("POST", `${opened.at}/acts/submit`, { seen: opened.etag });
console.log(`${submitted.state}, entries: ${submitted.seq}`);

try {
  await ask("POST", `${opened.at}/note`, { body: { reason: "来电" }, seen: opened.etag });
} catch (late) {
  console.log(`${late.problem.status} ${late.problem.code}`);
}
