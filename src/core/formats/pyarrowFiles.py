"""Small Parquet files in the encodings and packings that pyarrow writes: pyarrowFiles.fixture.json, base64 by name.

Run with a Python that has pyarrow: python src/core/formats/pyarrowFiles.py > src/core/formats/pyarrowFiles.fixture.json
"""

import base64
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq

lists = pa.table({"x": ["a", "b", "q", None], "y": [["a"], ["r", "s"], [], ["t"]], "n": [1, 2, 3, 4]})
deltas = pa.table({"x": ["alpha", "alphabet", "alpine", "beta"], "n": pa.array([1, 2, 4, 8], pa.int64())})
structs = pa.table(
    {
        "b": [True, False, None, True],
        "m": [{"t": "u", "v": 1}, {"t": "w", "v": 2}, None, {"t": "u", "v": 1}],
    }
)
files = {}


def write(name, table, **options):
    file = io.BytesIO()
    pq.write_table(table, file, store_schema=False, write_statistics=False, **options)
    files[name] = base64.b64encode(file.getvalue()).decode()


for packing in ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]:
    write(f"plain-{packing}", lists, compression=packing)
write("v2", lists, compression="snappy", data_page_version="2.0")
write("v2none", structs, compression="none", data_page_version="2.0")
write("v1bool", structs, compression="none")
for name, text, options in [
    ("delta", "DELTA_BYTE_ARRAY", {"compression": "none"}),
    ("deltav2", "DELTA_LENGTH_BYTE_ARRAY", {"compression": "snappy", "data_page_version": "2.0"}),
]:
    encodings = {"x": text, "n": "DELTA_BINARY_PACKED"}
    write(name, deltas, use_dictionary=False, column_encoding=encodings, **options)
write("nodict", lists, compression="none", use_dictionary=False)
print(json.dumps(files, indent=1))
