// ISO 639-3 codes of languages that BCP 47 writes with two letters, for files that want three. A data table.
import { languageInfo } from "./languageInfo.ts";

/** ISO 639-1 and 639-3, run together (SIL's code tables, as in Debian's iso-codes 4). */
const TWO_TO_THREE = `
aaaar ababk aeave afafr akaka amamh anarg arara asasm avava ayaym azaze babak bebel bgbul bibis
bmbam bnben bobod brbre bsbos cacat ceche chcha cocos crcre csces cuchu cvchv cycym dadan dedeu
dvdiv dzdzo eeewe elell eneng eoepo esspa etest eueus fafas ffful fifin fjfij fofao frfra fyfry
gagle gdgla glglg gngrn guguj gvglv hahau heheb hihin hohmo hrhrv hthat huhun hyhye hzher iaina
idind ieile igibo iiiii ikipk ioido isisl itita iuiku jajpn jvjav kakat kgkon kikik kjkua kkkaz
klkal kmkhm knkan kokor krkau kskas kukur kvkom kwcor kykir lalat lbltz lglug lilim lnlin lolao
ltlit lulub lvlav mgmlg mhmah mimri mkmkd mlmal mnmon mrmar msmsa mtmlt mymya nanau nbnob ndnde
nenep ngndo nlnld nnnno nonor nrnbl nvnav nynya ococi ojoji omorm orori ososs papan pipli plpol
pspus ptpor quque rmroh rnrun roron rurus rwkin sasan scsrd sdsnd sesme sgsag shhbs sisin skslk
slslv smsmo snsna sosom sqsqi srsrp ssssw stsot susun svswe swswa tatam tetel tgtgk ththa titir
tktuk tltgl tntsn toton trtur tstso tttat twtwi tytah uguig ukukr ururd uzuzb veven vivie vovol
wawln wowol xhxho yiyid yoyor zazha zhzho zuzul
`;

const threeLetters = new Map(
  TWO_TO_THREE.trim()
    .split(/\s+/)
    .map((pair) => [pair.slice(0, 2), pair.slice(2)]),
);

/** "pt-PT" -> "por-Latn": ISO 639-3 language and ISO 15924 script, as mteb writes languages. */
export function languageScript(code: string): string {
  const language = code.split("-")[0]!.toLowerCase();
  return `${threeLetters.get(language) ?? language}-${languageInfo(code).script}`;
}

/** Whether ISO 639-1 has it. @param code in small letters */
export function isTwoLetterCode(code: string): boolean {
  return threeLetters.has(code);
}
