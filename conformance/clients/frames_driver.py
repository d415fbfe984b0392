"""Writes small tables into a folder as pandas, polars and pyarrow write them by default.

All figures are invented: catches at two ports in two years, of which one is missing,
and variations of it.
"""

import datetime
import decimal
import os
import sys

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet

out = sys.argv[1]


def at(name):
    return os.path.join(out, name)


ports = ["N", "N", "S", "S"]
years = [2023, 2024, 2023, 2024]
catches = [1.5, None, 3, 4.25]

frame = pd.DataFrame({"port": ports, "year": years, "catch": catches})
frame.to_csv(at("pandas-index.csv"))
frame.to_csv(at("pandas-plain.csv"), index=False)
frame.set_index(["port", "year"]).to_csv(at("pandas-keyed.csv"))
frame.set_index(["port", "year"])["catch"].to_csv(at("pandas-series.csv"))
frame[frame.catch != 3].to_csv(at("pandas-filtered.csv"))
frame.to_parquet(at("pandas-index.parquet"))
frame.to_parquet(at("pandas-plain.parquet"), index=False)
frame.set_index(["port", "year"]).to_parquet(at("pandas-keyed.parquet"))
frame[frame.catch != 3].to_parquet(at("pandas-filtered.parquet"))
frame.to_feather(at("pandas.arrow"))
frame.to_json(at("pandas-records.json"), orient="records")
frame.to_json(at("pandas-lines.json"), orient="records", lines=True)

# The order of the categories is theirs, not that of the rows; one has no row.
ordered = frame.assign(port=pd.Categorical(ports, categories=["S", "V", "N"], ordered=True))
ordered.to_parquet(at("pandas-categories.parquet"))

months = ["2024-01", "2024-02", "2024-01", "2024-02"]
periods = pd.DataFrame({"port": ports, "month": pd.PeriodIndex(months, freq="M"), "catch": catches})
periods.to_csv(at("pandas-periods.csv"), index=False)
periods.to_parquet(at("pandas-periods.parquet"))

days = pd.to_datetime(["2024-01-01", "2024-01-15", "2024-01-01", "2024-01-15"])
pd.DataFrame({"port": ports, "day": days, "catch": catches}).to_csv(at("pandas-days.csv"), index=False)
pd.DataFrame({"port": ports, "day": days, "catch": catches}).to_parquet(at("pandas-days.parquet"))
hours = days + pd.to_timedelta([6, 6, 6, 6], unit="h")
pd.DataFrame({"port": ports, "hour": hours.tz_localize("UTC"), "catch": catches}).to_parquet(at("pandas-hours.parquet"))
pd.DataFrame({"port": ports, "open": [True, False, True, False], "catch": catches}).to_csv(at("pandas-bool.csv"), index=False)
pd.DataFrame({"port": ports, "open": [True, False, True, False], "catch": catches}).to_parquet(at("pandas-bool.parquet"))
wide = frame.pivot(index="port", columns="year", values="catch")
wide.to_csv(at("pandas-wide.csv"))

# Statuses of which most are missing: pandas writes nothing for them.
marked = frame.assign(status=[None, "m", None, None]).rename(columns={"catch": "value"})
marked.to_csv(at("pandas-status.csv"), index=False)
marked.to_parquet(at("pandas-status.parquet"))
marked.to_csv(at("pandas-status-nan.csv"), index=False, na_rep="NaN")

pframe = pl.DataFrame({"port": ports, "year": years, "catch": catches})
pframe.write_csv(at("polars.csv"))
pframe.write_parquet(at("polars.parquet"))
pframe.write_ipc(at("polars.arrow"))
pframe.write_ndjson(at("polars-lines.json"))
pframe.write_json(at("polars.json"))
pframe.with_row_index().write_csv(at("polars-index.csv"))
pframe.with_row_index().write_parquet(at("polars-index.parquet"))
pframe.with_columns(pl.col("port").cast(pl.Categorical)).write_parquet(at("polars-categories.parquet"))
pframe.with_columns(pl.col("port").cast(pl.Enum(["S", "N"]))).write_ipc(at("polars-enum.arrow"))
pframe.with_columns(pl.col("catch").cast(pl.Decimal(10, 2))).write_parquet(at("polars-decimals.parquet"))
pframe.with_columns(pl.col("catch").fill_null(float("nan"))).write_parquet(at("polars-nan.parquet"))
pframe.with_columns(pl.col("catch").fill_null(float("nan"))).write_csv(at("polars-nan.csv"))
pdays = pl.DataFrame({"port": ports, "day": [d.date() for d in days], "catch": catches})
pdays.write_csv(at("polars-days.csv"))
pdays.write_parquet(at("polars-days.parquet"))
phours = pl.DataFrame({"port": ports, "hour": [d.to_pydatetime() for d in hours], "catch": catches})
phours.write_csv(at("polars-hours.csv"))
phours.write_ipc(at("polars-hours.arrow"))

table = pa.table({
    "port": pa.array(ports).dictionary_encode(),
    "day": pa.array([datetime.date(2024, 1, 1), datetime.date(2024, 1, 15)] * 2),
    "catch": pa.array([None if c is None else decimal.Decimal(str(c)) for c in catches], pa.decimal128(10, 2)),
})
pyarrow.parquet.write_table(table, at("pyarrow.parquet"))
pyarrow.feather.write_feather(table, at("pyarrow.arrow"))
