package parquetconv_test

import (
	"bytes"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/parquetconv"
)

// TestDimensionTable: what a dimension says of its categories, with nulls for what it does
// not, and the days of periods.
func TestDimensionTable(t *testing.T) {
	ds := parsed(t, `{"version":"2.0","class":"dataset","id":["a/b","what","time"],"size":[3,2,2],"role":{"time":["time"]},"dimension":{
		"a/b":{"category":{"index":["","x","y"],"label":{"":"All","x":"One"},"child":{"":["x","y"],"x":["y"]},"note":{"y":["first","second"]}}},
		"what":{"category":{"index":["kg","pc"],"unit":{"kg":{"decimals":0,"label":"tonnes"},"pc":{"symbol":"%"}}}},
		"time":{"category":{"index":["2024Q1","2023Q4"]}}},"value":[]}`)
	for i, want := range []string{
		"code|label|parent|order|unit|decimals|note|first|last\n|All|<null>|0|<null>|<null>|<null>|<null>|<null>\nx|One||1|<null>|<null>|<null>|<null>|<null>\ny|y||2|<null>|<null>|first\nsecond|<null>|<null>",
		"code|label|parent|order|unit|decimals|note|first|last\nkg|kg|<null>|0|tonnes|0|<null>|<null>|<null>\npc|pc|<null>|1|%|<null>|<null>|<null>|<null>",
		"code|label|parent|order|unit|decimals|note|first|last\n2024Q1|2024Q1|<null>|0|<null>|<null>|<null>|19723|19813\n2023Q4|2023Q4|<null>|1|<null>|<null>|<null>|19631|19722",
	} {
		d := ds.Dimensions()[i]
		var table bytes.Buffer
		if err := parquetconv.WriteDimension(&table, d, nil); err != nil {
			t.Fatal(err)
		}
		if got := rowsOf(t, table.Bytes()); got != want {
			t.Errorf("%s is\n%s\nwant\n%s", d.ID(), got, want)
		}
	}
	if got := parquetconv.DimensionFile(ds.Dimensions()[0]); got != "dims/a%2Fb.parquet" {
		t.Errorf("the file is called %s", got)
	}
}
