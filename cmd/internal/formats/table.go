package formats

import (
	"slices"
	"sync"
)

// All is the registry. First bytes are asked in this order, so that what is special
// stands in front of what is general: SDMX-JSON before JSON, JSON before CSV.
func All() []Format { return slices.Clone(rows()) }

// rows are those of All, made once: nothing in this package changes them.
var rows = sync.OnceValue(func() []Format {
	fromJSONStat := []string{
		"jsonstat2jsonstat", "jsonstat2csv", "jsonstat2arrobj", "jsonstat2objarr", "jsonstat2array", "jsonstat2object",
		"jsonstat2xlsx", "jsonstat2arrow", "jsonstat2parquet", "jsonstat2px", "jsonstatdice", "jsonstatslice",
	}
	toJSONStat := []string{
		"jsonstat2jsonstat", "jsonstatdice", "jsonstatslice", "csv2jsonstat", "xlsx2jsonstat", "arrow2jsonstat",
		"parquet2jsonstat", "px2jsonstat", "sdmx2jsonstat", "pxfetch get", "pxfetch dataset",
	}
	const (
		unpack = "unpack it first"
		pack   = "an output is compressed if its name ends in .gz or .zst"
		inXlsx = "jsonstat2xlsx writes .xlsx"
	)
	return []Format{
		{Name: "gzip", Title: "a file compressed with gzip", Endings: []string{".gz"}, Given: unpack, starts: bytesAt("\x1f\x8b")},
		{Name: "zstd", Title: "a file compressed with zstd", Endings: []string{".zst"}, Given: unpack, starts: bytesAt("\x28\xb5\x2f\xfd")},
		{Name: "bzip2", Title: "a file compressed with bzip2", Endings: []string{".bz2"}, Given: unpack, Wanted: pack, starts: isBzip2},
		{Name: "xz", Title: "a file compressed with xz", Endings: []string{".xz"}, Given: unpack, Wanted: pack, starts: bytesAt("\xfd7zXZ\x00")},
		{Name: "7z", Title: "a 7z archive", Endings: []string{".7z"}, Given: unpack, Wanted: pack, starts: bytesAt("7z\xbc\xaf\x27\x1c")},
		{Name: "tar", Title: "a tar archive", Endings: []string{".tar", ".tgz"}, Given: unpack, Wanted: pack, starts: isTar},
		{Name: "parquet", Title: "a Parquet file", Endings: []string{".parquet", ".pq"},
			Readers: []string{"parquet2jsonstat"}, Writers: []string{"jsonstat2parquet"}, starts: isBinary("PAR1", "PARE")},
		{Name: "arrow", Title: "an Arrow table", Endings: []string{".arrow", ".arrows", ".feather", ".ipc"},
			Readers: []string{"arrow2jsonstat"}, Writers: []string{"jsonstat2arrow"}, starts: isBinary("ARROW1", "\xff\xff\xff\xff", "FEA1")},
		{Name: "xlsx", Title: "an Excel workbook", Endings: []string{".xlsx"}, family: "zip",
			Readers: []string{"xlsx2jsonstat"}, Writers: []string{"jsonstat2xlsx"}, starts: isWorkbook},
		{Name: "xlsm", Title: "an Excel workbook with macros", Endings: []string{".xlsm"}, Readers: []string{"xlsx2jsonstat"}, Wanted: inXlsx},
		{Name: "ods", Title: "an OpenDocument spreadsheet", Endings: []string{".ods"}, family: "zip",
			Given: "save it as .xlsx first, which xlsx2jsonstat reads", starts: isOpenDocument},
		{Name: "zip", Title: "a zip archive", Endings: []string{".zip"}, Given: unpack + ", as unzip does", Wanted: pack, family: "zip", starts: bytesAt("PK\x03\x04", "PK\x05\x06")},
		{Name: "xls", Title: "an Excel workbook of the kind before 2007", Endings: []string{".xls"},
			Given: "save it as .xlsx first, without a password, which xlsx2jsonstat reads", Wanted: inXlsx, starts: bytesAt("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")},
		{Name: "pdf", Title: "a PDF document", Endings: []string{".pdf"}, Given: "look for the table as CSV or as a workbook", starts: isPDF},
		{Name: "html", Title: "a web page", Endings: []string{".html", ".htm"}, Given: "look at it: it may be what a server says of an error, or the page that the file is linked on", family: "markup", starts: isHTML},
		{Name: "sdmx-ml", Title: "an SDMX-ML message", Endings: []string{".sdmx.xml"}, Shared: []string{".xml"}, family: "markup",
			Given: "ask the service for SDMX-CSV or SDMX-JSON, which sdmx2jsonstat reads: Accept: application/vnd.sdmx.data+csv, or format=jsondata", starts: isSDMXML},
		{Name: "xml", Title: "an XML document", Endings: []string{".xml"}, family: "markup", starts: isXML},
		{Name: "ndjson", Title: "JSON in lines", Endings: []string{".ndjson", ".jsonl"}, Shared: []string{".json"}, Switch: "ndjson", family: "json",
			Writers: []string{"jsonstat2arrobj", "jsonstat2array"}, starts: isNDJSON},
		{Name: "sdmx-json", Title: "an SDMX-JSON message", Endings: []string{".sdmx.json"}, Shared: []string{".json"}, family: "json",
			Readers: []string{"sdmx2jsonstat"}, starts: isSDMXJSON},
		{Name: "jsonstat", Title: "a JSON-stat document", Endings: []string{".json", ".jsonstat", ".json-stat"}, family: "json",
			Readers: fromJSONStat, Writers: toJSONStat, starts: isJSONStat},
		{Name: "json", Title: "a JSON document", Shared: []string{".json"}, family: "json", Given: "jsonstat2jsonstat says what is wrong with it if it should be JSON-stat",
			Writers: []string{"jsonstat2arrobj", "jsonstat2objarr", "jsonstat2array", "jsonstat2object", "pxfetch query", "pxfetch convert"}, starts: isJSON},
		{Name: "px", Title: "a PX file", Endings: []string{".px"}, Shared: []string{".pxk"}, Readers: []string{"px2jsonstat"}, Writers: []string{"jsonstat2px"}, starts: isPX},
		{Name: "csv-stat", Title: "a CSV-stat table", Endings: []string{".jsv"}, Shared: []string{".csv", ".tsv", ".tab"}, Switch: "rich", family: "csv",
			Readers: []string{"csv2jsonstat"}, Writers: []string{"jsonstat2csv"}, starts: isCSVStat},
		{Name: "sdmx-csv", Title: "an SDMX-CSV message", Endings: []string{".sdmx.csv"}, Shared: []string{".csv"}, family: "csv",
			Readers: []string{"sdmx2jsonstat"}, starts: isSDMXCSV},
		{Name: "csv", Title: "a CSV table", Endings: []string{".csv", ".tsv", ".tab"}, Shared: []string{".txt"}, family: "csv",
			Readers: []string{"csv2jsonstat"}, Writers: []string{"jsonstat2csv"}, starts: isText},
	}
})
