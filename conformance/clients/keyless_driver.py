"""Takes all keys away from the Arrow and Parquet files of a folder, of tables and of
columns: they are what somebody has who never heard of cubes.
"""

import os
import sys

import pyarrow as pa
import pyarrow.parquet

for name in os.listdir(sys.argv[1]):
    path = os.path.join(sys.argv[1], name)
    if name.endswith(".arrow"):
        with pa.OSFile(path) as f:
            table = pa.ipc.open_file(f).read_all()
    else:
        table = pa.parquet.read_table(path)
    table = pa.Table.from_arrays(table.columns, schema=pa.schema([f.remove_metadata() for f in table.schema]))
    if name.endswith(".arrow"):
        with pa.OSFile(path, "wb") as f, pa.ipc.new_file(f, table.schema) as w:
            w.write_table(table)
    else:
        pa.parquet.write_table(table, path, store_schema=False)
