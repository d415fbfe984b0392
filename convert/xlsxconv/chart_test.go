package xlsxconv

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
)

// quays is a cube of ports, goods and years, with statuses or without.
func quays(cells string, ports int) string {
	var ids []string
	for i := range ports {
		ids = append(ids, fmt.Sprintf("%q", fmt.Sprint("P", i)))
	}
	return fmt.Sprintf(`{"version":"2.0","class":"dataset","label":"Landings","role":{"time":["year"]},"id":["port","good","year"],"size":[%d,2,3],"dimension":{"port":{"label":"Port","category":{"index":[%s]}},
"good":{"label":"Good","category":{"index":["a","b"],"label":{"a":"Cod","b":"Herring"}}},"year":{"label":"Year","category":{"index":["2022","2023","2024"]}}},%s}`, ports, strings.Join(ids, ","), cells)
}

var (
	chartRef   = regexp.MustCompile(`<(tx|cat|val)>.*?<f>(.*?)</f>`)
	chartTitle = regexp.MustCompile(`<title>.*?</title>`)
	chartText  = regexp.MustCompile(`<a:t>(.*?)</a:t>`)
)

// TestChartSeries holds what the lines of a chart are drawn of: their names, the
// axis, the values; the title and what is told.
func TestChartSeries(t *testing.T) {
	values := func(n int) string {
		var list []string
		for i := range n {
			list = append(list, fmt.Sprint(i))
		}
		return `"value":[` + strings.Join(list, ",") + `]`
	}
	const some = `,"status":{"1":"x"}`
	for _, tt := range []struct {
		name, text string
		o          Options
		want       string
	}{
		{"years across", quays(values(12), 2), Options{Chart: LineChart, Table: convert.Table{By: []string{"year"}}}, "title: Landings\n" +
			"tx Data!$A$4:$B$4, cat Data!$C$3:$E$3, val Data!$C$4:$E$4\n" +
			"tx Data!$A$5:$B$5, cat Data!$C$3:$E$3, val Data!$C$5:$E$5\n" +
			"tx Data!$A$6:$B$6, cat Data!$C$3:$E$3, val Data!$C$6:$E$6\n" +
			`tx Data!$A$7:$B$7, cat Data!$C$3:$E$3, val Data!$C$7:$E$7`},
		{"years across, with statuses", quays(values(12)+some, 2), Options{Chart: LineChart, Table: convert.Table{By: []string{"year"}}}, "title: Landings\n" +
			"tx Data!$A$4:$B$4, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$4,Data!$E$4,Data!$G$4)\n" +
			"tx Data!$A$5:$B$5, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$5,Data!$E$5,Data!$G$5)\n" +
			"tx Data!$A$6:$B$6, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$6,Data!$E$6,Data!$G$6)\n" +
			`tx Data!$A$7:$B$7, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$7,Data!$E$7,Data!$G$7)`},
		{"years across below goods", quays(values(12), 2), Options{Chart: BarChart, Table: convert.Table{By: []string{"good", "year"}}}, "title: Landings: Cod\n" +
			"tx Data!$A$5:$A$5, cat Data!$B$4:$D$4, val Data!$B$5:$D$5\n" +
			`tx Data!$A$6:$A$6, cat Data!$B$4:$D$4, val Data!$B$6:$D$6`},
		{"years across below goods, with statuses", quays(values(12)+some, 2), Options{Chart: LineChart, Table: convert.Table{By: []string{"good", "year"}}}, "title: Landings: Cod\n" +
			"tx Data!$A$5:$A$5, cat (Data!$B$4,Data!$D$4,Data!$F$4), val (Data!$B$5,Data!$D$5,Data!$F$5)\n" +
			`tx Data!$A$6:$A$6, cat (Data!$B$4,Data!$D$4,Data!$F$4), val (Data!$B$6,Data!$D$6,Data!$F$6)`},
		{"years down, goods across", quays(values(12), 2), Options{Chart: LineChart, Table: convert.Table{By: []string{"good"}}}, "title: Landings: P0\n" +
			"tx Data!$C$3, cat Data!$B$4:$B$6, val Data!$C$4:$C$6\n" +
			`tx Data!$D$3, cat Data!$B$4:$B$6, val Data!$D$4:$D$6`},
		{"years down, goods across, with statuses", quays(values(12)+some, 2), Options{Chart: LineChart, Table: convert.Table{By: []string{"good"}}}, "title: Landings: P0\n" +
			"tx Data!$C$3, cat Data!$B$4:$B$6, val Data!$C$4:$C$6\n" +
			`tx Data!$E$3, cat Data!$B$4:$B$6, val Data!$E$4:$E$6`},
		{"years down, ports below goods across", quays(values(12), 2), Options{Chart: LineChart, Table: convert.Table{By: []string{"good", "port"}}}, "title: Landings: Cod\n" +
			"tx Data!$B$4, cat Data!$A$5:$A$7, val Data!$B$5:$B$7\n" +
			`tx Data!$C$4, cat Data!$A$5:$A$7, val Data!$C$5:$C$7`},
		{"all across", quays(values(6), 1), Options{Chart: LineChart, Table: convert.Table{By: []string{"port", "good", "year"}}}, "title: Landings: Cod\n" +
			`tx , cat Data!$A$5:$C$5, val Data!$A$6:$C$6`},
		{"dates down", quays(values(12), 2), Options{Chart: LineChart, Table: convert.Table{By: []string{"good"}}, Dates: true}, "title: Landings: P0\n" +
			"tx Data!$C$3, cat Data!$B$4:$B$6, val Data!$C$4:$C$6\n" +
			`tx Data!$D$3, cat Data!$B$4:$B$6, val Data!$D$4:$D$6`},
		{"more rows than lines, years across", quays(values(42)+some, 7), Options{Chart: LineChart, Table: convert.Table{By: []string{"year"}}}, "warning: the chart shows the first 12 rows or columns, not the other 2\n" +
			"title: Landings\n" +
			"tx Data!$A$4:$B$4, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$4,Data!$E$4,Data!$G$4)\n" +
			"tx Data!$A$5:$B$5, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$5,Data!$E$5,Data!$G$5)\n" +
			"tx Data!$A$6:$B$6, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$6,Data!$E$6,Data!$G$6)\n" +
			"tx Data!$A$7:$B$7, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$7,Data!$E$7,Data!$G$7)\n" +
			"tx Data!$A$8:$B$8, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$8,Data!$E$8,Data!$G$8)\n" +
			"tx Data!$A$9:$B$9, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$9,Data!$E$9,Data!$G$9)\n" +
			"tx Data!$A$10:$B$10, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$10,Data!$E$10,Data!$G$10)\n" +
			"tx Data!$A$11:$B$11, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$11,Data!$E$11,Data!$G$11)\n" +
			"tx Data!$A$12:$B$12, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$12,Data!$E$12,Data!$G$12)\n" +
			"tx Data!$A$13:$B$13, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$13,Data!$E$13,Data!$G$13)\n" +
			"tx Data!$A$14:$B$14, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$14,Data!$E$14,Data!$G$14)\n" +
			`tx Data!$A$15:$B$15, cat (Data!$C$3,Data!$E$3,Data!$G$3), val (Data!$C$15,Data!$E$15,Data!$G$15)`},
		{"more columns than lines, years down", quays(values(78), 13), Options{Chart: LineChart, Table: convert.Table{By: []string{"port"}}}, "warning: the chart shows the first 12 rows or columns, not the other 1\n" +
			"title: Landings: Cod\n" +
			"tx Data!$C$3, cat Data!$B$4:$B$6, val Data!$C$4:$C$6\n" +
			"tx Data!$D$3, cat Data!$B$4:$B$6, val Data!$D$4:$D$6\n" +
			"tx Data!$E$3, cat Data!$B$4:$B$6, val Data!$E$4:$E$6\n" +
			"tx Data!$F$3, cat Data!$B$4:$B$6, val Data!$F$4:$F$6\n" +
			"tx Data!$G$3, cat Data!$B$4:$B$6, val Data!$G$4:$G$6\n" +
			"tx Data!$H$3, cat Data!$B$4:$B$6, val Data!$H$4:$H$6\n" +
			"tx Data!$I$3, cat Data!$B$4:$B$6, val Data!$I$4:$I$6\n" +
			"tx Data!$J$3, cat Data!$B$4:$B$6, val Data!$J$4:$J$6\n" +
			"tx Data!$K$3, cat Data!$B$4:$B$6, val Data!$K$4:$K$6\n" +
			"tx Data!$L$3, cat Data!$B$4:$B$6, val Data!$L$4:$L$6\n" +
			"tx Data!$M$3, cat Data!$B$4:$B$6, val Data!$M$4:$M$6\n" +
			`tx Data!$N$3, cat Data!$B$4:$B$6, val Data!$N$4:$N$6`},
		{"nothing to draw", quays(`"value":[]`, 2), Options{Chart: LineChart, Table: convert.Table{By: []string{"year"}}}, `warning: there is nothing to draw: the table has no rows`},
		{"rows without values", quays(strings.Replace(values(12), "0,1,2,", "null,null,null,", 1), 2), Options{Chart: LineChart, Table: convert.Table{By: []string{"year"}, Keep: convert.NonMissing}}, "title: Landings\n" +
			"tx Data!$A$4:$B$4, cat Data!$C$3:$E$3, val Data!$C$4:$E$4\n" +
			"tx Data!$A$5:$B$5, cat Data!$C$3:$E$3, val Data!$C$5:$E$5\n" +
			`tx Data!$A$6:$B$6, cat Data!$C$3:$E$3, val Data!$C$6:$E$6`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out []string
			tt.o.Warn = func(m string) { out = append(out, "warning: "+m) }
			text := testParts(t, testDataset(t, tt.text), &tt.o)["xl/charts/chart1.xml"]
			text = strings.NewReplacer("\n", "").Replace(text)
			if title := chartTitle.FindString(text); title != "" {
				var words []string
				for _, m := range chartText.FindAllStringSubmatch(title, -1) {
					words = append(words, m[1])
				}
				out = append(out, "title: "+strings.Join(words, ""))
			}
			for _, s := range strings.Split(text, "<ser>")[1:] {
				var refs []string
				for _, m := range chartRef.FindAllStringSubmatch(s, -1) {
					refs = append(refs, m[1]+" "+m[2])
				}
				out = append(out, strings.Join(refs, ", "))
			}
			got := strings.Join(out, "\n")
			if got != tt.want {
				t.Errorf("it is\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
