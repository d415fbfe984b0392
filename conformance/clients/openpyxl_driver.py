"""Reads and writes workbooks with openpyxl for the tests of this folder.

dump FILE ...        everything that a test looks at, as a line of JSON for each file
resave FILE OUT      open and save
edit FILE OUT        sort the rows of the first sheet the other way round, hide a
                     column, change the first value, take out the last row
plain OUT            write a small table as somebody would
"""

import datetime
import json
import sys

import openpyxl


def dump(name):
    book = openpyxl.load_workbook(name)
    sheets = []
    for ws in book.worksheets:
        cells = {}
        for row in ws.iter_rows():
            for c in row:
                if c.value is None:
                    continue
                value = c.value
                if isinstance(value, (datetime.datetime, datetime.date)):
                    value = value.strftime("%Y-%m-%d")
                cells[c.coordinate] = [c.data_type, value, c.number_format]
        sheets.append(
            {
                "name": ws.title,
                "state": ws.sheet_state,
                "freeze": ws.freeze_panes or "",
                "filter": ws.auto_filter.ref or "",
                "titles": ws.print_title_rows or "",
                "landscape": ws.page_setup.orientation == "landscape",
                "merged": sorted(str(r) for r in ws.merged_cells.ranges),
                "widths": {k: d.width for k, d in ws.column_dimensions.items()},
                "links": {c.coordinate: c.hyperlink.target for row in ws.iter_rows() for c in row if c.hyperlink},
                "charts": len(ws._charts),
                "cells": cells,
            }
        )
    p = book.properties
    print(json.dumps({"title": p.title, "creator": p.creator, "created": str(p.created), "sheets": sheets}))


def header_row(ws):
    return int(ws.auto_filter.ref.split(":")[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def edit(name, out):
    book = openpyxl.load_workbook(name)
    ws = book.worksheets[0]
    head = header_row(ws)
    rows = [[c.value for c in row] for row in ws.iter_rows(min_row=head + 1)]
    rows.reverse()
    for i, row in enumerate(rows):
        for k, value in enumerate(row):
            ws.cell(row=head + 1 + i, column=k + 1).value = value
    ws.delete_rows(head + 1)
    ws.cell(row=ws.max_row, column=ws.max_column).value = 4711.5
    ws.column_dimensions["A"].hidden = True
    ws.title = "Mine"
    book.save(out)


def plain(out):
    book = openpyxl.Workbook()
    ws = book.active
    ws.title = "Catch"
    ws.append(["Port", "Day", "Status", "Tonnes"])
    ws.append(["007", datetime.date(2024, 1, 1), None, 12.5])
    ws.append(["007", datetime.date(2024, 2, 1), "x", None])
    ws.append(["S2", datetime.date(2024, 1, 1), None, 0.1])
    ws.append(["S2", datetime.date(2024, 2, 1), None, 1234567])
    book.save(out)


def main():
    what, names = sys.argv[1], sys.argv[2:]
    if what == "dump":
        for name in names:
            dump(name)
    elif what == "resave":
        openpyxl.load_workbook(names[0]).save(names[1])
    elif what == "edit":
        edit(*names)
    elif what == "plain":
        plain(*names)


main()
