// The many codes that benchmarks use for a language, to the one BCP 47 tag the lab uses. Never guesses from a name.
import { languageInfo } from "./languageInfo.ts";
import { isRegion } from "./regions.ts";

/**
 * Codes with a shorter or more usual tag: ISO 639-3 and the bibliographic ones of 639-2 to 639-1, macrolanguage members to the language that
 * their set means by them, names that were withdrawn. As Unicode CLDR's aliases have it, except where the lab keeps
 * apart what benchmarks keep apart: prs (CLDR fa-AF), twi (CLDR ak), kzj (CLDR dtp).
 */
const ALIASES = `
afr af amh am ara ar arb ar aze az azj az bak ba bam bm bel be ben bn bod bo bos bs bre br bul bg cat ca ces cs cha ch
cmn zh cor kw cym cy dan da deu de div dv dzo dz ekk et ell el eng en epo eo est et eus eu ewe ee fao fo fas fa fij fj
fin fi fra fr fry fy fuc ff gaz om gla gd gle ga glg gl grn gn guj gu hat ht hau ha heb he hin hi hrv hr hun hu hye hy
ibo ig ido io ile ie in id ina ia ind id isl is ita it iw he jav jv ji yi jpn ja kan kn kat ka kaz kk khk mn khm km kin rw
kir ky kmr ku kor ko kur ku lao lo lat la lav lv lin ln lit lt ltz lb lug lg lvs lv mal ml mar mr mhr chm mkd mk mlg mg
mlt mt mon mn mri mi msa ms mya my nde nd nep ne nld nl nno nn nob nb nor no npi ne nya ny oci oc ory or orm om pan pa pbt ps
pes fa plt mg pol pl por pt pus ps ron ro rus ru sin si slk sk slv sl smo sm sna sn snd sd som so sot st spa es sqi sq
als sq srp sr ssw ss sun su swa sw swe sv swh sw tah ty tam ta tat tt tel te tgk tg tgl fil tl fil tha th tir ti ton to
tsn tn tso ts tuk tk tur tr twi tw uig ug ukr uk urd ur uzb uz uzn uz ven ve vie vi wol wo xho xh ydd yi yid yi yor yo
zho zh zsm ms zul zu
alb sq arm hy baq eu bur my chi zh cze cs dut nl fre fr geo ka ger de gre el ice is jw jv mac mk mao mi may ms per fa que qu
rum ro slo sk tib bo wel cy`;

const aliases = new Map<string, string>();
const words = ALIASES.trim().split(/\s+/);
for (let i = 0; i < words.length; i += 2) aliases.set(words[i]!, words[i + 1]!);

/** Regions whose Chinese is written in another script than the language's default. */
const CHINESE_REGIONS: Readonly<Record<string, string>> = {
  CN: "",
  SG: "",
  TW: "-Hant",
  HK: "-Hant-HK",
  MO: "-Hant-MO",
};

/**
 * "eng" -> "en", "zho-TW" -> "zh-Hant", "arb_Latn" -> "ar-Latn", "srp-Cyrl" -> "sr", "pt_br" -> "pt-BR". A script that is the language's
 * usual one is left out; a region stays. An unlisted code of the right shape stays as it is, in lower case.
 *
 * @returns null where the code has no shape of a language code, or names a region that there is not
 */
export function languageTag(code: string): string | null {
  const [base = "", ...rest] = code.split(/[-_]/);
  if (!/^[a-z]{2,3}$/i.test(base) || rest.length > 2) return null;
  const language = aliases.get(base.toLowerCase()) ?? base.toLowerCase();
  let tag = language;
  const kinds = new Set<string>(); // one script and one region at most
  for (const part of rest) {
    if (/^[a-z]{4}$/i.test(part)) {
      kinds.add("script");
      const script = part[0]!.toUpperCase() + part.slice(1).toLowerCase();
      if (script !== languageInfo(language).script) tag += `-${script}`;
    } else if (/^([a-z]{2}|[0-9]{3})$/i.test(part)) {
      kinds.add("region");
      const region = part.toUpperCase();
      if (!isRegion(region)) return null;
      if (tag === "zh") tag += CHINESE_REGIONS[region] ?? `-${region}`;
      else if (tag !== "zh-Hant" || region !== "TW") tag += `-${region}`; // Taiwan's is what zh-Hant means
    } else return null;
  }
  if (kinds.size < rest.length) return null;
  return tag;
}
