// Addresses in which a link's "#" was escaped lead to the link, and never away from this host.
import fc from "fast-check";
import { expect, it } from "vitest";
import { linkedPath } from "./linkPaths.ts";

it.each([
  ["/%23v=2&preset=cross", "/#v=2&preset=cross"],
  ["/lab/%23v=3&seed=7", "/lab/#v=3&seed=7"],
  ["/%23v%3D2%26preset%3Dcross", "/#v%3D2%26preset%3Dcross"],
  ["/%23!/v=2", "/#!/v=2"],
  ["//evil.example/%23v=2", "/evil.example/#v=2"],
  ["/\\evil.example/%23v=2", "/evil.example/#v=2"],
])("%s is %s", (url, place) => {
  expect(linkedPath(url)).toBe(place);
});

it.each(["/", "/index.html", "/assets/a%23.js", "/?next=/%23v=2", "/a?x=%23v=2"])("%s is as it is", (url) => {
  expect(linkedPath(url)).toBeUndefined();
});

it("stays on its host, whatever is asked for", () => {
  const piece = fc.constantFrom("/", "\\", "//", "evil.example", "%2F", "..", "@", ":", "http:", "?", "a");
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const place = linkedPath(`/${pieces.join("")}%23v=2`);
      if (place !== undefined) expect(new URL(place, "http://lab.example").host).toBe("lab.example");
    }),
  );
});
