// The parts of the multilingual NanoBEIR and the sets of the catalogue that they are. Reads nothing.

/** Parts as MTEB spells them: "ArguAna" of MultilingualNanoArguAnaRetrieval. */
export const NANO_PARTS: readonly string[] =
  "ArguAna ClimateFever DBPedia FEVER FiQA2018 HotpotQA MSMARCO NFCorpus NQ Quora SCIDOCS SciFact Touche2020".split(
    " ",
  );

export const nanoSetId = (part: string): string => `nanobeir-${part.toLowerCase()}`;
