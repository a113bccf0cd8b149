# Makes src/components/charts/figureFont.ttf, the face of figures saved as PDF: the page's own (package @fontsource-variable/inter,
# SIL Open Font License 1.1) at weight 400, its subsets joined, outlines alone. Needs fontTools and brotli.
#   python scripts/python/figureFont.py
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "node_modules/@fontsource-variable/inter/files"
SUBSETS = ["latin", "latin-ext", "greek", "greek-ext", "cyrillic", "cyrillic-ext", "vietnamese"]
DROPPED = ["GSUB", "GPOS", "GDEF", "STAT", "HVAR", "MVAR", "avar", "DSIG"]  # text is placed letter by letter

with TemporaryDirectory() as folder:
    parts = []
    for name in SUBSETS:
        font = instancer.instantiateVariableFont(TTFont(FILES / f"inter-{name}-wght-normal.woff2"), {"wght": 400})
        for table in DROPPED:
            if table in font:
                del font[table]
        font.flavor = None
        parts.append(f"{folder}/{name}.ttf")
        font.save(parts[-1])
    whole = Merger().merge(parts)

options = subset.Options()
options.hinting = False
options.glyph_names = False
options.notdef_outline = True
options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14]  # copyright, names, version, licence
subsetter = subset.Subsetter(options)
subsetter.populate(unicodes=list(whole.getBestCmap()))
subsetter.subset(whole)
whole.save(ROOT / "src/components/charts/figureFont.ttf")
print(f"{len(whole.getBestCmap())} letters")
