// One link in all the ways in which it arrives, and hostile texts that only look like one.
import "../../testing/propertySeed.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cpuMs } from "../../testing/cpuTime.ts";
import { decodeLink, encodeLink } from "./link.ts";
import { isLinkText, linkEntries } from "./linkText.ts";
import { findPreset } from "./presets.ts";

const LINK = "v=2&preset=cross&seed=7";
const LAB = "https://lab.example/";
const encode = encodeURIComponent;
const safe = (address: string, domain = "eur01.safelinks.protection.outlook.com") =>
  `https://${domain}/?url=${encode(address)}&data=05%7C01%7Ca%40b.org%7C0%7C0&sdata=x%3D&reserved=0`;

/** As Proofpoint's second version writes an address: "%" as "-", "/" as "_", and these two themselves as escapes. */
const second = (address: string) =>
  `https://urldefense.proofpoint.com/v2/url?u=${encode(address)
    .replace(/[-_.~!*'()]/g, (mark) =>
      mark === "." ? "." : `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
    )
    .replaceAll("%2F", "_")
    .replaceAll("%", "-")}&d=DwMFaQ&c=abc-_1&r=x&m=y&s=z&e=`;
/** As its third: marks out of the text, runs of them as "**A". */
const third = (text: string, marks: string) =>
  `https://urldefense.com/v3/__${text}__;${Buffer.from(marks).toString("base64url")}!!Token-_1!abc_-$`;

const SPOILT: Readonly<Record<string, string>> = {
  "as it is": `${LAB}#${LINK}`,
  "hash alone": `#${LINK}`,
  "entries alone": LINK,
  "escaped ampersands": `#${LINK.replaceAll("&", "&amp;")}`,
  "ampersands escaped twice, in figures": `${LAB}#${LINK.replaceAll("&", "&amp;amp;").replace("&amp;amp;", "&#38;")}`,
  "hash sign in the path": `/%23${LINK}`,
  "hash sign in the path of a folder": `${LAB}courses/%23${LINK}`,
  "path and entries escaped": `${LAB}%23${encode(LINK)}`,
  "hash escaped whole": `${LAB}#${encode(LINK)}`,
  "hash and escaped ampersands escaped whole": `${LAB}#${encode(LINK.replaceAll("&", "&amp;"))}`,
  "path and entries with escaped ampersands": `/%23${encode(LINK.replaceAll("&", "&amp;"))}`,
  "hash escaped whole, twice": `${LAB}#${encode(encode(LINK))}`,
  "end of a sentence, escaped with it": `${LAB}#${encode(`${LINK}>.`)}`,
  "end of a Chinese sentence": `（${LAB}#${LINK}）。`,
  "end of an Arabic question": `${LAB}#${LINK}؟`,
  "query in place of the hash": `${LAB}?${LINK}`,
  "query alone": `?${LINK}`,
  "Safe Links": safe(`${LAB}#${LINK}`),
  "Safe Links with an empty hash": `${safe(`${LAB}#${LINK}`)}#`,
  "Safe Links of a link with escaped ampersands": safe(`${LAB}#${LINK.replaceAll("&", "&amp;")}`),
  "Safe Links of a query": safe(`${LAB}?${LINK}`, "nam02.safelinks.protection.outlook.com"),
  "Safe Links of Safe Links": safe(safe(`${LAB}#${LINK}`)),
  "the hash behind Safe Links": `${safe(LAB)}#${LINK}`,
  "another program's": `https://www.google.com/url?sa=D&q=${encode(`${LAB}#${LINK}`)}&ust=1`,
  "end of a sentence": `${LAB}#${LINK}.`,
  "in a bracket, with a question mark": `(${LAB}#${LINK})?`,
  "between angle brackets": `<${LAB}#${LINK}>`,
  "angle bracket as browsers spell it": `#${LINK}%3E`,
  "in quotes": `“${LAB}#${LINK}”,`,
  "broken by a mail": `${LAB}#v=2&preset=cr\r\noss&se\n  ed=7`,
  "broken and quoted in an answer": `> ${LAB}#v=2&preset=\n> > cross&seed=7`.slice(2),
  "with blanks about it": `  ${LAB}#${LINK} \n`,
  "in capitals": `${LAB}#V=2&PRESET=CROSS&Seed=7`,
  "with a mark of old pages": `${LAB}#!${LINK}`,
  "with a slash": `${LAB}#/${LINK}`,
  "with both, in the path": `${LAB}%23!/${LINK}`,
  "as mails are sent": `${LAB}#${LINK.replaceAll("=", "=3D")}`,
  "as mails are sent, in small letters": `#${LINK.replaceAll("=", "=3d")}=20`,
  "as mails are sent, in lines": `${LAB}#v=3D2&pre=\r\nset=3Dcro=\nss&seed=3D=  \n7`,
  "as mails in HTML are sent": `${LAB}#${LINK.replaceAll("=", "=3D").replaceAll("&", "&amp;")}`,
  "with its marks in figures": `${LAB}&#35;v&#61;2&amp;preset&#x3D;cross&#38;seed&#x3d;7`,
  "from JSON": `${LAB}#${LINK.replaceAll("&", "\\u0026").replaceAll("=", "\\u003d")}`,
  "from a shell": `${LAB}\\#${LINK.replaceAll("&", "\\&").replaceAll("=", "\\=")}`,
  "with what a browser marked": `${LAB}#${LINK}:~:text=a%20word&x`,
  "without its protocol": `lab.example/?${LINK}`,
  "Proofpoint, version 1": `https://urldefense.proofpoint.com/v1/url?u=${encode(`${LAB}#${LINK}`)}&k=a%0A&r=b`,
  "Proofpoint, version 2": second(`${LAB}#${LINK}`),
  "Proofpoint, version 2, of escaped ampersands": second(`${LAB}#${LINK.replaceAll("&", "&amp;")}`),
  "Proofpoint, version 2, escaped for HTML": second(`${LAB}#${LINK}`).replaceAll("&", "&amp;"),
  "Proofpoint, version 3": third(`${LAB}*${LINK}`, "#"),
  "Proofpoint, version 3, with a slash less": third(`https:/lab.example/*${LINK}`, "#"),
  "Proofpoint, version 3, of a link escaped whole": third(
    `${LAB}**A3v*3D2*26preset*3Dcross*26seed*3D7`,
    "%2%%%%%",
  ),
  "Proofpoint, version 3, in a mail": third(`${LAB}*${LINK}`, "#")
    .replaceAll("=", "=3D")
    .replace("preset", "pre=\nset"),
  "Safe Links of Proofpoint": safe(third(`${LAB}*${LINK}`, "#")),
  "Barracuda's": `https://linkprotect.cudasvc.com/url?a=${encode(`${LAB}#${LINK}`)}&c=E,1,x&typo=1`,
  "Sophos'": `https://eu-west-1.protection.sophos.com?d=lab.example&u=${Buffer.from(`${LAB}#${LINK}`).toString("base64")}&i=a&t=b`,
  "Cisco's": `https://secure-web.cisco.com/1a-b_c/${encode(`${LAB}?${LINK}`)}`,
  "with soft hyphens": `${LAB}#v=2&preset=cr\u00adoss&\u200bseed=7`,
};

describe("a link", () => {
  it.each(Object.entries(SPOILT))("is read %s", (_, text) => {
    expect(decodeLink(text)).toEqual(decodeLink(LINK));
    expect(isLinkText(text)).toBe(true);
  });

  it("keeps a mark at its end that belongs to it", () => {
    const hybrid = findPreset("hybrid")!;
    const spec = { ...hybrid.spec, data: { ...hybrid.spec.data, train: "mine." } };
    const unknown = { later: "what (is) this!" };
    for (const extra of [{}, { unknown }]) {
      const decoded = decodeLink(encodeLink(spec, hybrid, extra));
      expect(decoded.spec.data.train).toBe("mine.");
      if ("unknown" in extra) expect(decoded.unknown).toEqual(unknown);
    }
  });

  it.each([
    "https://example.org/",
    "https://example.org/?page=3",
    safe("https://example.org/"),
    safe("javascript:alert(1)//#v=2"),
    "https://example.org/a%23b",
    second("https://example.org/"),
    third("https://example.org/", ""),
    "https://urldefense.com/v3/__https://example.org/*v=2__;%%%!!a!b$",
    "https://urldefense.com/v3/__https://example.org/",
    "https://protect-us.mimecast.com/s/AbCdEfGh?domain=lab.example",
    "https://lab.example/?next=/%23v=2",
    `${safe("x")}&url=`,
  ])("is not found in %s", (text) => {
    expect(linkEntries(text)).toBe("");
  });

  it.each(["run.json", "runs/v2.json", "C:\\runs\\a.json", "spec%23v.json"])(
    "is not taken for one: %s",
    (name) => {
      expect(isLinkText(name)).toBe(false);
    },
  );

  it("is unwrapped five times at most", () => {
    let text = `${LAB}#${LINK}`;
    for (let i = 0; i < 5; i++) text = safe(text);
    expect(linkEntries(text)).toBe(LINK);
    expect(linkEntries(safe(text))).toBe("");
  });

  it("never throws and loses nothing that was spelt right, whatever surrounds it", () => {
    const mark = fc.constantFrom(..." <([{\"'`>)]}.,;:!?\n\r\t");
    const marks = fc.array(mark, { maxLength: 5 }).map((list) => list.join(""));
    fc.assert(
      fc.property(marks, marks, fc.string({ unit: "binary", maxLength: 60 }), (before, after, any) => {
        expect(decodeLink(`${before.replaceAll("]", "")}${LAB}#${LINK}${after}`).spec).toEqual(
          decodeLink(LINK).spec,
        );
        expect(typeof linkEntries(any)).toBe("string");
        expect(typeof linkEntries(safe(any))).toBe("string");
      }),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 2000) },
    );
  });

  it.each([
    ["marks", ".".repeat(60_000) + "a"],
    ["blanks", " ".repeat(60_000) + "a"],
    ["breaks", "\n>".repeat(30_000) + "a"],
    ["entities", "&amp;".repeat(12_000) + "amp"],
    ["question marks", "#" + "?".repeat(60_000) + "a"],
    ["escaped hash signs", "/" + "%23v".repeat(15_000)],
    ["wrappers", "https://a/?" + "url=https%3A%2F%2Fa&".repeat(3_000)],
    ["percent signs without an entry", `#${"%25".repeat(20_000)}`],
    ["percent signs", safe("%25".repeat(10_000))],
    ["equals signs", "=3D".repeat(20_000)],
    ["lone equals signs", `=3D${"= ".repeat(30_000)}`],
    ["backslashes", "\\".repeat(60_000)],
    ["stars", third("*".repeat(30_000), "#".repeat(20_000))],
    ["queries in base64", `https://a/?${`x=${Buffer.from("https://b").toString("base64")}&`.repeat(3_000)}`],
    ["word", `/%23${"a".repeat(60_000)}`],
  ])("takes time in proportion to a text of many %s", (_, text) => {
    const start = cpuMs();
    for (let i = 0; i < 5; i++) linkEntries(text);
    expect(cpuMs() - start).toBeLessThan(2000); // a few ms; an hour where each is tried from each place
  });
});
