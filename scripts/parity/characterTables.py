"""Which characters the published tokenizers take for marks, punctuation and controls: their tables are of an older Unicode
than any browser's, and browsers differ. Asks the library about every character; run with a Python that has `tokenizers`:

    python3 scripts/parity/characterTables.py > src/training/textRules/characterTables.ts
"""

from tokenizers import normalizers, pre_tokenizers


def bert(**on):
    off = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return normalizers.BertNormalizer(**{**off, **on})


CHARS = [chr(point) for point in range(0x110000) if not 0xD800 <= point < 0xE000]
mark, nonspacing, clean = normalizers.StripAccents(), bert(strip_accents=True), bert(clean_text=True)
punctuation = pre_tokenizers.Punctuation("isolated")

TABLES = {
    # name: what it is, whether a character is in it
    "MARK": ("What StripAccents takes off.", lambda c: mark.normalize_str(f"a{c}b") == "ab"),
    "NONSPACING": (
        "What BERT's strip_accents takes off; of composed ones, see their parts.",
        lambda c: nonspacing.normalize_str(f"a{c}b") == "ab",
    ),
    "CONTROL": ("What BERT's clean_text takes off.", lambda c: clean.normalize_str(f"a{c}b") == "ab"),
    "PUNCTUATION": ("What is split off as punctuation.", lambda c: len(punctuation.pre_tokenize_str(f"a{c}b")) == 3),
}


def digits(number):
    letters = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (digits(number // 36) if number >= 36 else "") + letters[number % 36]


def ranges(inside):
    """Gap and length by turns, in base 36: characters out, characters in, …"""
    lengths, run, state = [], 0, False
    for char in CHARS:
        if inside(char) != state:
            lengths.append(run)
            run, state = 0, not state
        run += 1
    if state:
        lengths.append(run)
    return " ".join(map(digits, lengths))


print("// Characters by what the published tokenizers do with them. Made by scripts/parity/characterTables.py; a data table.")
for name, (what, inside) in TABLES.items():
    print(f"\n/** {what} Lengths by turns out and in, base 36, surrogates left out of the count. */")
    print(f'export const {name} =\n  "{ranges(inside)}";')
