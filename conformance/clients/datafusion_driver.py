"""Answers queries over Parquet with DataFusion for the tests of this folder.

A line of JSON in, {"path": FILE OR FOLDER, "sql": [...]}; a line out for it:
{"types": {COLUMN: TYPE}, "rows": [[[...], ...], ...]}, the rows of each query over
table t, or {"fault": TEXT}.
"""

import json
import sys

import datafusion


def plain(value):
    if value is None or isinstance(value, (int, float, str)):
        return value
    return str(value)


def answer(request):
    context = datafusion.SessionContext()
    context.register_parquet("t", request["path"])
    tables = []
    for sql in request["sql"]:
        rows = []
        for batch in context.sql(sql).collect():
            lists = [column.to_pylist() for column in batch.columns]
            rows += [[plain(v) for v in row] for row in zip(*lists)]
        tables.append(rows)
    types = {f.name: str(f.type) for f in context.table("t").schema()}
    return {"types": types, "rows": tables}


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Exception as e:
        reply = {"fault": str(e)}
    print(json.dumps(reply), flush=True)
