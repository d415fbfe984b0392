package xlsxconv

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/jsonstat-go/toolkit/internal/about"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// Limits of what a chart can show. A person can tell a dozen lines apart.
const (
	maxSeries = 12
	maxPoints = 500
)

// chart is the picture of a pivot.
type chart struct{ *plan }

// series is a line or a group of bars: a stretch of cells of the first sheet.
type series struct{ name, categories, values string }

// write adds a sheet with a chart of the pivot. Time runs along the axis: through
// the columns where time is in the heading, else down the rows.
func (c *chart) write(f *excelize.File) error {
	all, left := c.series()
	if len(all) == 0 {
		c.o.Warn("there is nothing to draw: the table has no rows")
		return nil
	}
	if left > 0 {
		c.o.Warn(fmt.Sprintf("the chart shows the first %d rows or columns, not the other %d", len(all), left))
	}
	name := c.words.chart
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	no := false
	if err := f.SetSheetView(name, 0, &excelize.ViewOptions{ShowGridLines: &no}); err != nil {
		return err
	}
	kind := excelize.Line
	if c.o.Chart == BarChart {
		kind = excelize.Col
	}
	font := excelize.Font{Color: chartColor, Size: 10, Family: family}
	drawn := &excelize.Chart{
		Type:         kind,
		Dimension:    excelize.ChartDimension{Width: 960, Height: 540},
		Legend:       excelize.ChartLegend{Position: "bottom"},
		Title:        excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.heading(), Font: &excelize.Font{Bold: true, Size: 14, Color: chartColor}}}},
		XAxis:        excelize.ChartAxis{Font: font, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.timeFormat()}},
		YAxis:        excelize.ChartAxis{Font: font, MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: c.axisFormat()}},
		ShowBlanksAs: "gap",
	}
	if len(all) == 1 {
		drawn.Legend.Position = "none"
	}
	for _, s := range all {
		drawn.Series = append(drawn.Series, excelize.ChartSeries{Name: s.name, Categories: s.categories, Values: s.values,
			Line: excelize.LineOptions{Width: 2}, Marker: excelize.ChartMarker{Symbol: "none"}})
	}
	yes, across := true, "landscape"
	if err := f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &across}); err != nil {
		return err
	}
	return f.AddChart(name, "B2", drawn)
}

// heading is the title of the table, with what is drawn of it where that is not
// all.
func (c *chart) heading() string {
	title := clean(about.Line(c.ds.Label()))
	for _, d := range c.layout.By[:len(c.layout.By)-1] {
		if c.ds.Dimensions()[d].Len() > 1 {
			title += ": " + clean(about.Line(c.heads(d, 0)))
		}
	}
	if !c.timeAcross() {
		for _, d := range c.layout.Stub[:max(len(c.layout.Stub)-1, 0)] {
			if c.ds.Dimensions()[d].Len() > 1 {
				title += ": " + clean(about.Line(c.ds.Dimensions()[d].CategoryLabel(0)))
			}
		}
	}
	text, rest := cut(strings.TrimPrefix(title, ": "), 250)
	if rest != "" {
		text += "…"
	}
	return text
}

// axisFormat is the number format of the first figure.
func (c *chart) axisFormat() string {
	if len(c.places) == 0 {
		return "General"
	}
	return format(c.places[0])
}

// timeFormat is the number format along the axis.
func (c *chart) timeFormat() string {
	d := c.lastStub()
	if c.timeAcross() {
		d = c.layout.By[len(c.layout.By)-1]
	}
	if d >= 0 && c.dates[d] != nil {
		return dayFormat
	}
	return "General"
}

// series are the lines of the chart, and how many did not fit.
func (c *chart) series() (all []series, left int) {
	stub, values := c.columnsOf(dimensionColumn), c.columnsOf(valueColumn)
	rows := int(min(c.rows, c.room()))
	if rows == 0 || len(values) == 0 || !c.layout.Pivoted() {
		return nil, 0
	}
	top := int64(c.title + c.levels + 1)
	area := func(c1 int, r1 int64, c2 int, r2 int64) string {
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", c.sheets[0], columnName(c1), r1, columnName(c2), r2)
	}
	one := func(column int, r int64) string { return fmt.Sprintf("%s!$%s$%d", c.sheets[0], columnName(column), r) }
	if c.timeAcross() {
		// The last dimension of the heading runs along the axis; of the others
		// the first categories are drawn.
		n := min(c.ds.Dimensions()[c.layout.By[len(c.layout.By)-1]].Len(), maxPoints)
		along := func(r int64) string { return area(values[0], r, values[n-1], r) }
		if c.status == StatusColumn && n > 1 { // others stand between them: a list of cells
			along = func(r int64) string {
				var cells []string
				for _, v := range values[:n] {
					cells = append(cells, one(v, r))
				}
				return "(" + strings.Join(cells, ",") + ")"
			}
		}
		for r := range min(rows, maxSeries) {
			at := top + int64(r)
			s := series{categories: along(top - 1), values: along(at)}
			if len(stub) > 0 {
				s.name = area(stub[0], at, stub[len(stub)-1], at)
			}
			all = append(all, s)
		}
		return all, rows - len(all)
	}
	values = values[:min(len(values), c.ds.Dimensions()[c.layout.By[len(c.layout.By)-1]].Len())] // as above
	n := int64(min(rows, maxPoints))
	if d := c.lastStub(); d >= 0 && len(c.layout.Stub) > 1 {
		n = min(n, int64(c.ds.Shape()[d])) // the rows of the first combination of the others
	}
	for _, v := range values[:min(len(values), maxSeries)] {
		s := series{name: one(v, top-1), values: area(v, top, v, top+n-1)}
		if len(stub) > 0 {
			last := stub[len(stub)-1]
			s.categories = area(last, top, last, top+n-1)
		}
		all = append(all, s)
	}
	return all, len(values) - len(all)
}

// timeAcross tells whether the axis runs through the columns.
func (c *chart) timeAcross() bool {
	last := c.ds.Dimensions()[c.layout.By[len(c.layout.By)-1]]
	if last.Role() == jsonstat.Time {
		return true
	}
	return !slices.ContainsFunc(c.layout.Stub, func(d int) bool { return c.ds.Dimensions()[d].Role() == jsonstat.Time })
}

// lastStub is the dimension that moves fastest down the rows, -1 if there is none.
func (c *chart) lastStub() int {
	if n := len(c.layout.Stub); n > 0 {
		return c.layout.Stub[n-1]
	}
	return -1
}

func (c *chart) columnsOf(kind columnKind) []int {
	var list []int
	for i := range c.cols {
		if c.cols[i].kind == kind {
			list = append(list, i)
		}
	}
	return list
}
