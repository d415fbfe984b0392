package formats

// All is the registry. First bytes are asked in this order, so that what is special
// stands in front of what is general: SDMX-JSON before JSON, JSON before CSV.
func All() []Format {
	fromJSONStat := []string{
		"jsonstat2csv", "jsonstat2arrobj", "jsonstat2objarr", "jsonstat2array", "jsonstat2object",
		"jsonstat2xlsx", "jsonstat2arrow", "jsonstat2parquet", "jsonstat2jsonstat", "jsonstatdice", "jsonstatslice",
	}
	toJSONStat := []string{
		"jsonstat2jsonstat", "jsonstatdice", "jsonstatslice", "csv2jsonstat", "xlsx2jsonstat", "arrow2jsonstat",
		"parquet2jsonstat", "sdmx2jsonstat", "pxfetch",
	}
	return []Format{
		{Name: "gzip", Title: "a file compressed with gzip", Endings: []string{".gz"}, starts: bytesAt("\x1f\x8b")},
		{Name: "zstd", Title: "a file compressed with zstd", Endings: []string{".zst"}, starts: bytesAt("\x28\xb5\x2f\xfd")},
		{Name: "parquet", Title: "a Parquet file", Endings: []string{".parquet", ".pq"},
			Readers: []string{"parquet2jsonstat"}, Writers: []string{"jsonstat2parquet"}, starts: bytesAt("PAR1", "PARE")},
		{Name: "arrow", Title: "an Arrow table", Endings: []string{".arrow", ".arrows", ".feather", ".ipc"},
			Readers: []string{"arrow2jsonstat"}, Writers: []string{"jsonstat2arrow"}, starts: bytesAt("ARROW1", "\xff\xff\xff\xff", "FEA1")},
		{Name: "xlsx", Title: "an Excel workbook", Endings: []string{".xlsx", ".xlsm"},
			Readers: []string{"xlsx2jsonstat"}, Writers: []string{"jsonstat2xlsx"}, starts: isWorkbook},
		{Name: "ods", Title: "an OpenDocument spreadsheet", Endings: []string{".ods"}, starts: isOpenDocument},
		{Name: "zip", Title: "a zip archive", Endings: []string{".zip"}, starts: bytesAt("PK\x03\x04", "PK\x05\x06")},
		{Name: "xls", Title: "an Excel workbook of the kind before 2007", Endings: []string{".xls"}, starts: bytesAt("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")},
		{Name: "pdf", Title: "a PDF document", Endings: []string{".pdf"}, starts: bytesAt("%PDF-")},
		{Name: "html", Title: "a web page", Endings: []string{".html", ".htm"}, starts: isHTML},
		{Name: "sdmx-ml", Title: "an SDMX-ML message", Endings: []string{".sdmx.xml"}, starts: isSDMXML},
		{Name: "xml", Title: "an XML document", Endings: []string{".xml"}, starts: isXML},
		{Name: "sdmx-json", Title: "an SDMX-JSON message", Endings: []string{".sdmx.json"}, Readers: []string{"sdmx2jsonstat"}, starts: isSDMXJSON},
		{Name: "jsonstat", Title: "a JSON-stat document", Endings: []string{".json", ".jsonstat", ".json-stat"},
			Readers: fromJSONStat, Writers: toJSONStat, starts: isJSONStat},
		{Name: "ndjson", Title: "JSON in lines", Endings: []string{".ndjson", ".jsonl"}, Writers: []string{"jsonstat2arrobj", "jsonstat2array"}},
		{Name: "json", Title: "a JSON document that is no JSON-stat", starts: isJSON,
			Writers: []string{"jsonstat2arrobj", "jsonstat2objarr", "jsonstat2array", "jsonstat2object"}},
		{Name: "px", Title: "a PX file", Endings: []string{".px"}, starts: isPX},
		{Name: "csv-stat", Title: "a CSV-stat table", Endings: []string{".jsv"}, Readers: []string{"csv2jsonstat"}, Writers: []string{"jsonstat2csv"}, starts: isCSVStat},
		{Name: "sdmx-csv", Title: "an SDMX-CSV message", Endings: []string{".sdmx.csv"}, Readers: []string{"sdmx2jsonstat"}, starts: isSDMXCSV},
		{Name: "csv", Title: "a CSV table", Endings: []string{".csv", ".tsv", ".tab", ".txt"},
			Readers: []string{"csv2jsonstat"}, Writers: []string{"jsonstat2csv"}, starts: isText},
	}
}
