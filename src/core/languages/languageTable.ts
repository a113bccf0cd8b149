// Languages of the lab's datasets: code | English name | own name | script | resource class. A data table, no behaviour.
//
// Names and scripts follow Unicode CLDR. The class is that of Joshi et al. 2020 (arXiv 2004.09095, lang2tax.txt),
// matched by language name; it is empty where that list has no such name. Sinhala stands there as "sinhalese" (1),
// Norwegian as "norwegian (bokmål)" (1), Chinese as "mandarin" (5), Filipino as "tagalog" (3).
export const LANGUAGE_TABLE = `
ace|Acehnese|Bahsa Acèh|Latn|1
af|Afrikaans|Afrikaans|Latn|3
ak|Akan|Akan|Latn|1
am|Amharic|አማርኛ|Ethi|2
ang|Old English|Ænglisc|Latn|1
ar|Arabic|العربية|Arab|5
arq|Algerian Arabic|الدارجة الجزائرية|Arab|
arz|Egyptian Arabic|اللهجه المصريه|Arab|3
as|Assamese|অসমীয়া|Beng|1
ast|Asturian|asturianu|Latn|1
awa|Awadhi|अवधी|Deva|
az|Azerbaijani|azərbaycan|Latn|1
ba|Bashkir|башҡорт|Cyrl|1
ban|Balinese|Basa Bali|Latn|
bbc|Batak Toba|Hata Batak Toba|Latn|
be|Belarusian|беларуская|Cyrl|3
bem|Bemba|Ichibemba|Latn|
ber|Berber|Tamaziɣt|Latn|
bew|Betawi|Betawi|Latn|
bg|Bulgarian|български|Cyrl|3
bgn|Western Balochi|بلوچی|Arab|
bho|Bhojpuri|भोजपुरी|Deva|1
bjn|Banjar|Bahasa Banjar|Latn|1
blo|Anii|anii kagɩja|Latn|
bm|Bambara|bamanakan|Latn|1
bn|Bengali|বাংলা|Beng|3
bo|Tibetan|བོད་སྐད་|Tibt|1
br|Breton|brezhoneg|Latn|1
bs|Bosnian|bosanski|Latn|3
bug|Buginese|Basa Ugi|Latn|1
ca|Catalan|català|Latn|4
cbk|cbk|Chavacano|Latn|1
ccp|Chakma|𑄌𑄋𑄴𑄟𑄳𑄦|Cakm|
ceb|Cebuano|Cebuano|Latn|3
ch|Chamorro|Chamoru|Latn|1
chm|Mari|марий|Cyrl|
chr|Cherokee|ᏣᎳᎩ|Cher|1
ckb|Central Kurdish|کوردیی ناوەندی|Arab|1
cs|Czech|čeština|Latn|4
csb|Kashubian|kaszëbsczi|Latn|1
cv|Chuvash|чӑваш чӗлхи|Cyrl|1
cy|Welsh|Cymraeg|Latn|1
da|Danish|dansk|Latn|3
de|German|Deutsch|Latn|5
din|Dinka|Thuɔŋjäŋ|Latn|1
doi|Dogri|डोगरी|Deva|
dsb|Lower Sorbian|dolnoserbšćina|Latn|1
dtp|Central Dusun|Kadazandusun|Latn|
dv|Divehi|ދިވެހިބަސް|Thaa|1
dz|Dzongkha|རྫོང་ཁ|Tibt|1
ee|Ewe|eʋegbe|Latn|1
el|Greek|Ελληνικά|Grek|3
en|English|English|Latn|5
eo|Esperanto|Esperanto|Latn|1
es|Spanish|español|Latn|5
es-419|Spanish (Latin America)|español (Latinoamérica)|Latn|5
et|Estonian|eesti|Latn|3
eu|Basque|euskara|Latn|4
fa|Persian|فارسی|Arab|4
ff|Fula|Pulaar|Latn|1
ff-Adlm|Fula (Adlam)|𞤆𞤵𞤤𞤢𞤪 (𞤀𞤁𞤂𞤢𞤃)|Adlm|1
fi|Finnish|suomi|Latn|4
fil|Filipino|Filipino|Latn|3
fj|Fijian|Na Vosa Vakaviti|Latn|1
fo|Faroese|føroyskt|Latn|1
fon|Fon|Fɔ̀ngbè|Latn|
fr|French|français|Latn|5
frr|Northern Frisian|Nordfriisk|Latn|1
fuv|Nigerian Fulfulde|Fulfulde|Latn|
fy|Western Frisian|Frysk|Latn|1
ga|Irish|Gaeilge|Latn|2
gd|Scottish Gaelic|Gàidhlig|Latn|1
gl|Galician|galego|Latn|3
gsw|Swiss German|Schwiizertüütsch|Latn|1
gu|Gujarati|ગુજરાતી|Gujr|1
ha|Hausa|Hausa|Latn|2
he|Hebrew|עברית|Hebr|3
hi|Hindi|हिन्दी|Deva|4
hi-Latn|Hindi (Latin)|Hindi (Latin)|Latn|4
hmn|Hmong|Hmoob|Latn|
hr|Croatian|hrvatski|Latn|4
hsb|Upper Sorbian|hornjoserbšćina|Latn|1
hu|Hungarian|magyar|Latn|4
hy|Armenian|հայերեն|Armn|1
ia|Interlingua|interlingua|Latn|1
id|Indonesian|Bahasa Indonesia|Latn|3
ie|Interlingue|Interlingue|Latn|1
ig|Igbo|Igbo|Latn|1
io|Ido|Ido|Latn|1
is|Icelandic|íslenska|Latn|2
it|Italian|italiano|Latn|4
ja|Japanese|日本語|Jpan|5
jv|Javanese|Basa Jawa|Latn|1
ka|Georgian|ქართული|Geor|3
kab|Kabyle|Taqbaylit|Latn|1
kg|Kongo|Kikongo|Latn|1
kk|Kazakh|қазақ тілі|Cyrl|3
kk-Arab|Kazakh (Arabic)|قازاق ءتىلى (اراب جازۋى)|Arab|3
kl|Kalaallisut|kalaallisut|Latn|1
km|Khmer|ខ្មែរ|Khmr|1
kn|Kannada|ಕನ್ನಡ|Knda|1
ko|Korean|한국어|Kore|4
kok|Konkani|कोंकणी|Deva|2
kr|Kanuri|Kanuri|Latn|
ks|Kashmiri|کٲشُر|Arab|1
ku|Kurdish|kurdî (kurmancî)|Latn|1
kw|Cornish|kernewek|Latn|1
ky|Kyrgyz|кыргызча|Cyrl|1
la|Latin|Latina|Latn|3
lb|Luxembourgish|Lëtzebuergesch|Latn|1
lfn|Lingua Franca Nova|Lingua Franca Nova|Latn|
lg|Ganda|Luganda|Latn|1
lij|Ligurian|ligure|Latn|1
ln|Lingala|lingála|Latn|1
lo|Lao|ລາວ|Laoo|2
lt|Lithuanian|lietuvių|Latn|3
lus|Mizo|Mizo ṭawng|Latn|
lv|Latvian|latviešu|Latn|3
mad|Madurese|Basa Madhurâ|Latn|
mai|Maithili|मैथिली|Deva|1
mey|Hassaniyya Arabic|حسانية|Arab|
mg|Malagasy|Malagasy|Latn|1
mi|Māori|Māori|Latn|1
min|Minangkabau|Baso Minangkabau|Latn|1
mk|Macedonian|македонски|Cyrl|1
ml|Malayalam|മലയാളം|Mlym|1
mn|Mongolian|монгол|Cyrl|1
mni|Manipuri|মৈতৈলোন্|Beng|0
mr|Marathi|मराठी|Deva|2
ms|Malay|Bahasa Melayu|Latn|3
mt|Maltese|Malti|Latn|2
my|Burmese|မြန်မာ|Mymr|1
nb|Norwegian Bokmål|norsk bokmål|Latn|1
nd|North Ndebele|isiNdebele|Latn|
nds|Low German|Plattdüütsch|Latn|
ne|Nepali|नेपाली|Deva|1
nij|Ngaju|Bahasa Ngaju|Latn|
nl|Dutch|Nederlands|Latn|4
nn|Norwegian Nynorsk|norsk nynorsk|Latn|1
no|Norwegian (Bokmål)|norsk|Latn|1
nov|Novial|Novial|Latn|
nso|Northern Sotho|Sesotho sa Leboa|Latn|1
nus|Nuer|Thok Nath|Latn|
ny|Nyanja|Chichewa|Latn|1
oc|Occitan|occitan|Latn|1
om|Oromo|Oromoo|Latn|1
or|Odia|ଓଡ଼ିଆ|Orya|1
orv|Old East Slavic|рѹсьскъ ꙗзыкъ|Cyrl|
pa|Punjabi|ਪੰਜਾਬੀ|Guru|2
pa-Arab|Punjabi (Arabic)|پنجابی (عربی)|Arab|2
pam|Pampanga|Kapampangan|Latn|1
pap|Papiamento|Papiamentu|Latn|1
pcm|Nigerian Pidgin|Naijíriá Píjin|Latn|
pl|Polish|polski|Latn|4
pms|Piedmontese|Piemontèis|Latn|1
ps|Pashto|پښتو|Arab|1
pt|Portuguese|português|Latn|4
pt-PT|Portuguese (Portugal)|português (Portugal)|Latn|4
qu|Quechua|Runasimi|Latn|1
quc|Kʼicheʼ|Kʼicheʼ|Latn|
rhg|Rohingya|Ruáingga|Rohg|
rm|Romansh|rumantsch|Latn|1
ro|Romanian|română|Latn|3
ru|Russian|русский|Cyrl|4
rw|Kinyarwanda|Ikinyarwanda|Latn|1
sa|Sanskrit|संस्कृत भाषा|Deva|2
sat|Santali|ᱥᱟᱱᱛᱟᱲᱤ|Olck|1
sc|Sardinian|sardu|Latn|1
sd|Sindhi|سنڌي|Arab|1
sg|Sango|Sängö|Latn|1
shi|Tachelhit|ⵜⴰⵛⵍⵃⵉⵜ|Tfng|
shn|Shan|တႆး|Mymr|
si|Sinhala|සිංහල|Sinh|1
sk|Slovak|slovenčina|Latn|3
sl|Slovenian|slovenščina|Latn|3
sm|Samoan|Gagana Sāmoa|Latn|1
sn|Shona|chiShona|Latn|1
so|Somali|Soomaali|Latn|1
sq|Albanian|shqip|Latn|1
sr|Serbian|српски|Cyrl|4
sr-Cyrl|Serbian (Cyrillic)|српски (ћирилица)|Cyrl|4
sr-Latn|Serbian (Latin)|srpski (latinica)|Latn|4
ss|Swati|siSwati|Latn|1
st|Southern Sotho|Sesotho|Latn|1
su|Sundanese|Basa Sunda|Latn|1
sv|Swedish|svenska|Latn|4
sw|Swahili|Kiswahili|Latn|2
swg|Swabian|Schwäbisch|Latn|
syr|Syriac|ܣܘܪܝܝܐ|Syrc|
ta|Tamil|தமிழ்|Taml|3
te|Telugu|తెలుగు|Telu|1
tg|Tajik|тоҷикӣ|Cyrl|1
th|Thai|ไทย|Thai|3
ti|Tigrinya|ትግርኛ|Ethi|2
tk|Turkmen|türkmen dili|Latn|1
tl|Filipino|Tagalog|Latn|3
tn|Tswana|Setswana|Latn|2
to|Tongan|lea fakatonga|Latn|1
tr|Turkish|Türkçe|Latn|4
ts|Tsonga|Xitsonga|Latn|1
tt|Tatar|татар|Cyrl|1
tw|Twi|Twi|Latn|1
ty|Tahitian|Reo Tahiti|Latn|1
tzl|Talossan|Talossan|Latn|
ug|Uyghur|ئۇيغۇرچە|Arab|1
uk|Ukrainian|українська|Cyrl|3
ur|Urdu|اردو|Arab|3
uz|Uzbek|o‘zbek|Latn|3
ve|Venda|Tshivenḓa|Latn|1
vec|Venetian|veneto|Latn|1
vi|Vietnamese|Tiếng Việt|Latn|4
war|Waray|Winaray|Latn|1
wo|Wolof|Wolof|Latn|2
wuu|Wu Chinese|吴语|Hans|1
xh|Xhosa|IsiXhosa|Latn|2
yi|Yiddish|ייִדיש|Hebr|1
yo|Yoruba|Èdè Yorùbá|Latn|2
yo-BJ|Yoruba (Benin)|Èdè Yorùbá (Bɛ̀nɛ̀)|Latn|2
yue|Cantonese|粵語|Hant|1
yue-Hans|Cantonese (Simplified)|粤语 (简体)|Hans|1
zh|Chinese|中文|Hans|5
zh-Hant|Chinese (Traditional)|中文（繁體）|Hant|5
zh-Hant-HK|Chinese (Traditional, Hong Kong SAR China)|中文（繁體字，中國香港特別行政區）|Hant|5
zu|Zulu|isiZulu|Latn|2
`;
