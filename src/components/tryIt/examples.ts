// Questions to start with, in many languages: single words for emoji, whole questions for passages.

export interface Example {
  readonly lang: string;
  readonly text: string;
  readonly gloss: string; // in English
}

const WORDS: readonly Example[] = [
  { lang: "en", text: "rainy weather", gloss: "rainy weather" },
  { lang: "es", text: "gato feliz", gloss: "happy cat" },
  { lang: "ar", text: "قلب", gloss: "heart" },
  { lang: "zh", text: "生日", gloss: "birthday" },
  { lang: "hi", text: "आग", gloss: "fire" },
  { lang: "de", text: "Wintersport", gloss: "winter sports" },
  { lang: "ru", text: "музыка", gloss: "music" },
  { lang: "tr", text: "sıcak içecek", gloss: "hot drink" },
  { lang: "th", text: "ดอกไม้", gloss: "flower" },
  { lang: "el", text: "θάλασσα", gloss: "sea" },
  { lang: "vi", text: "trái cây", gloss: "fruit" },
  { lang: "sw", text: "chakula", gloss: "food" },
  { lang: "yo", text: "ọkọ̀", gloss: "vehicle" },
  { lang: "am", text: "ፀሐይ", gloss: "sun" },
];

const QUESTIONS: readonly Example[] = [
  { lang: "en", text: "Who won the game?", gloss: "Who won the game?" },
  { lang: "es", text: "¿Dónde nació?", gloss: "Where was he or she born?" },
  { lang: "ar", text: "متى بدأت الحرب؟", gloss: "When did the war begin?" },
  { lang: "zh", text: "这座城市有多少人口？", gloss: "How many people live in this city?" },
  { lang: "de", text: "Warum gibt es Sauerstoff?", gloss: "Why is there oxygen?" },
  { lang: "ru", text: "Кто написал этот закон?", gloss: "Who wrote this law?" },
  { lang: "hi", text: "नदी कितनी लंबी है?", gloss: "How long is the river?" },
  { lang: "tr", text: "Başkent neresidir?", gloss: "Where is the capital?" },
];

/** Examples in the languages that are asked about; all of them if none fits. */
export function examplesFor(datasetId: string, languages: readonly string[]): readonly Example[] {
  const all = datasetId === "cldr-emoji" ? WORDS : QUESTIONS;
  const fitting = all.filter(({ lang }) => languages.includes(lang));
  return (fitting.length > 0 ? fitting : all).slice(0, 10);
}
