"""Reads CSV tables by the files that describe them, for the tests of this folder.

Arguments are folders. Of each a line of JSON comes out, {"package": ..., "csvw": ...}:
what Frictionless makes of its datapackage.json, and csvw of the metadata of its table:
{"valid": BOOL, "errors": [TEXT, ...], "rows": [[...], ...]}. Numbers are texts in objects,
{"n": TEXT}. A file that is not there is null.
"""

import glob
import json
import os
import sys
import warnings
from decimal import Decimal

import csvw
import frictionless


def plain(value):
    return {"n": str(value)} if isinstance(value, (Decimal, int, float)) else value


def package(folder):
    path = os.path.join(folder, "datapackage.json")
    if not os.path.exists(path):
        return None
    report = frictionless.Package(path).validate()
    errors = [": ".join(map(str, e)) for e in report.flatten(["rowNumber", "type", "message"])]
    rows = []
    if report.valid:
        for row in frictionless.Package(path).resources[0].read_rows():
            rows.append([plain(v) for v in row.values()])
    return {"valid": report.valid, "errors": errors[:5], "rows": rows}


def metadata(folder):
    for path in glob.glob(os.path.join(folder, "*-metadata.json")):
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            table = csvw.CSVW(path, validate=True)
            valid = table.is_valid
            said += table.warnings
        rows = [[plain(v) for v in row.values()] for row in table.tables[0]] if valid else []
        return {"valid": valid, "errors": [str(w.message) for w in said][:5], "rows": rows}
    return None


for folder in sys.argv[1:]:
    answer = {}
    for name, read in ("package", package), ("csvw", metadata):
        try:
            answer[name] = read(folder)
        except Exception as e:
            answer[name] = {"valid": False, "errors": [f"{type(e).__name__}: {e}"], "rows": []}
    print(json.dumps(answer))
