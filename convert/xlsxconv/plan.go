package xlsxconv

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/convert"
	"github.com/jsonstat-go/toolkit/convert/internal/layout"
	"github.com/jsonstat-go/toolkit/internal/about"
	"github.com/jsonstat-go/toolkit/internal/pxext"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// plan is what the data sheets look like.
type plan struct {
	ds      *jsonstat.Dataset
	o       Options
	px      pxext.Table
	lang    string
	words   *words
	stub    []string // ids of the dimensions down the side, where their order is said
	layout  *layout.Layout
	shows   []layout.Show // by dimension: how its categories are shown
	dates   [][]int64     // by dimension: days of its categories as a sheet counts them; nil: shown as text
	status  Status        // one of Column, Cell and None
	used    []bool        // by number of status: it occurs
	onValue bool          // some status stands on a value
	cols    []column
	title   int   // rows above the header
	levels  int   // rows of the header
	rows    int64 // of the table, without its header
	sheets  []string
	metric  int   // dimension whose categories have decimals of their own, -1 if there is none
	places  []int // decimals of its categories, else of the table
}

// columnKind is what a column holds.
type columnKind uint8

const (
	dimensionColumn columnKind = iota
	statusColumn
	valueColumn
)

// column is a column of the data sheets.
type column struct {
	kind   columnKind
	dim    int         // of a dimension column
	show   layout.Show // of a dimension column: Label, ID or Both
	date   bool        // of a dimension column: its cells are days
	value  int         // of a status or value column in a pivot: which one
	header string      // in the last row of the header
}

// newPlan plans a workbook.
func newPlan(ds *jsonstat.Dataset, o *Options) (*plan, error) {
	p := &plan{ds: ds, px: pxext.TableOf(ds.Extension())}
	if o != nil {
		p.o = *o
	}
	if p.o.Warn == nil {
		p.o.Warn = func(string) {}
	}
	if p.lang = p.o.Lang; p.lang == "" {
		p.lang = cmp.Or(p.px.Language, "en")
	}
	p.words = speak(p.lang)
	p.o.ValueName, p.o.StatusName = cmp.Or(p.o.ValueName, p.words.value), cmp.Or(p.o.StatusName, p.words.status)
	if p.o.Field == convert.ID {
		p.o.ValueName, p.o.StatusName = "value", "status"
	}
	if len(p.o.Stub)+len(p.o.Heading) > 0 {
		s, err := sidesOf(ds, &p.o, p.px)
		if err != nil {
			return nil, err
		}
		p.stub, p.o.By, p.o.Drop = s.stub, s.heading, slices.Concat(p.o.Drop, s.dropped)
	}
	p.heading()
	p.setPlaces()
	p.setDates()
	if err := p.setShows(); err != nil {
		return nil, err
	}
	if err := p.setColumns(); err != nil {
		return nil, err
	}
	return p, p.setRows()
}

// heading chooses the pivoted dimensions.
func (p *plan) heading() {
	if p.o.Chart != NoChart && len(p.o.By) == 0 {
		p.o.Pivot = true
	}
	if !p.o.Pivot || len(p.o.By) > 0 {
		return
	}
	named := map[string]bool{}
	for _, id := range p.px.Heading {
		if p.ds.Dimension(id) != nil && !named[id] {
			named[id] = true
			p.o.By = append(p.o.By, id)
		}
	}
	if len(p.o.By) == 0 || len(p.o.By) == len(p.ds.Dimensions()) && len(p.o.By) > 1 {
		p.o.By = nil
		for _, d := range p.ds.Role(jsonstat.Time) {
			p.o.By = append(p.o.By, d.ID())
		}
	}
	if n := len(p.ds.Dimensions()); len(p.o.By) == 0 && n > 0 {
		p.o.By = []string{p.ds.Dimensions()[n-1].ID()}
	}
}

// setPlaces finds the decimals of the figures: of the categories of the dimension that has
// units, -1 where they are not known; of the table alone if no dimension has units.
func (p *plan) setPlaces() {
	table := -1
	if p.px.Decimals != nil {
		table = *p.px.Decimals
	}
	p.metric = slices.IndexFunc(p.ds.Dimensions(), (*jsonstat.Dimension).HasUnits)
	if p.metric < 0 {
		p.places = []int{table}
		return
	}
	d := p.ds.Dimensions()[p.metric]
	for k := range d.Len() {
		n := table
		if u := d.CategoryUnit(k); u != nil && u.Decimals != nil {
			n = *u.Decimals
		}
		p.places = append(p.places, n)
	}
}

// setDates finds the days of the dimensions that are shown as dates.
func (p *plan) setDates() {
	p.dates = make([][]int64, len(p.ds.Dimensions()))
	if !p.o.Dates {
		return
	}
	any, timed := false, len(p.ds.Role(jsonstat.Time)) > 0
	for i, d := range p.ds.Dimensions() {
		if d.Role() == jsonstat.Time || !timed {
			p.dates[i] = serials(d)
			any = any || p.dates[i] != nil
		}
	}
	if !any {
		p.o.Warn("no time dimension has periods as ids, from March 1900 on: there are no dates")
	}
}

// setShows decides how the categories of each dimension are shown: as asked, but
// so that no two look the same.
func (p *plan) setShows() error {
	by := map[string]bool{}
	for _, id := range p.o.By {
		by[id] = true
	}
	for i, d := range p.ds.Dimensions() {
		show := p.o.Content
		if by[d.ID()] {
			show = p.o.Field
		}
		if show == layout.Default || (show == layout.Columns && by[d.ID()]) {
			show = layout.Label
		}
		switch {
		case p.dates[i] != nil:
			show = layout.ID // one column, of dates
		case show == layout.Label && !distinct(d, show):
			show = layout.Both
		}
		if show == layout.Both && !distinct(d, show) {
			show = layout.ID
		}
		if show == layout.ID || show == layout.Columns {
			for k := range d.Len() {
				if id := d.CategoryID(k); id == "" && d.Index("[]") >= 0 {
					return fmt.Errorf("dimension %q has the categories \"\" and \"[]\", which look the same in a cell", d.ID())
				} else if len(id) > maxCell && length(id) > maxCell {
					return fmt.Errorf("category %.40s… of dimension %q has an id of more than %d characters, which no cell can hold: %w", id, d.ID(), maxCell, jsonstat.ErrLimit)
				}
			}
		}
		p.shows = append(p.shows, show)
	}
	return nil
}

// heads is what a category of a pivoted dimension is shown as.
func (p *plan) heads(i, k int) string {
	return headText(p.ds.Dimensions()[i], p.shows[i], k)
}

// setColumns says which columns there are.
func (p *plan) setColumns() error {
	values := 1
	for _, id := range p.o.By {
		d := p.ds.Dimension(id)
		if d == nil {
			continue // layout.New has the better words
		}
		if values *= d.Len(); values > MaxColumns {
			return &SizeError{Columns: values}
		}
	}
	var err error
	if p.layout, err = p.lay(); err != nil {
		return err
	}
	if p.status, err = p.statusForm(); err != nil {
		return err
	}
	for _, c := range p.layout.Columns {
		if c.Kind == layout.Dimension {
			header := fit(c.Header)
			if header == "" {
				header = fmt.Sprintf("#%d", len(p.cols)+1)
			}
			p.cols = append(p.cols, column{kind: dimensionColumn, dim: c.Dim, show: c.Show, date: p.dates[c.Dim] != nil, header: header})
		}
	}
	value, status := column{kind: valueColumn, header: p.o.ValueName}, column{kind: statusColumn, header: p.o.StatusName}
	if p.layout.Pivoted() {
		last := p.layout.By[len(p.layout.By)-1]
		for k := range p.layout.Values {
			value.value, status.value = k, k
			value.header = p.heads(last, p.layout.Category(last, k))
			p.cols = append(p.cols, value)
			if p.status == StatusColumn {
				p.cols = append(p.cols, status)
			}
		}
	} else {
		if p.status == StatusColumn {
			p.cols = append(p.cols, status)
		}
		p.cols = append(p.cols, value)
	}
	if len(p.cols) > MaxColumns {
		return &SizeError{Columns: len(p.cols)}
	}
	p.levels = max(len(p.layout.By), 1)
	return nil
}

// lay makes the layout.
func (p *plan) lay() (*layout.Layout, error) {
	o := layout.Options{Field: p.o.Field, Each: p.shows, By: p.o.By, Drop: p.o.Drop, DropConstant: p.o.DropConstant, Warn: p.o.Warn,
		Stub: p.stub, Stay: p.o.Stub}
	if len(p.o.By) == 0 {
		o.Taken = []string{p.o.ValueName, p.o.StatusName}
	}
	return layout.New(p.ds, o)
}

// statusForm decides where statuses stand.
func (p *plan) statusForm() (Status, error) {
	if p.o.Status == StatusNone || !p.ds.Cells().Info().HasStatus || !p.ds.HasCells() {
		return StatusNone, nil
	}
	var err error
	if p.used, p.onValue, err = usedStatuses(p.ds); err != nil {
		return StatusNone, err
	}
	switch {
	case p.o.Chart != NoChart: // which draws a text as zero
		if p.o.Status == StatusCell {
			p.o.Warn("a chart would draw a status in a cell as zero: statuses have columns")
		}
	case p.o.Status == StatusCell || (p.o.Status == StatusDefault && p.layout.Pivoted() && !p.onValue):
		return p.inCells()
	}
	return StatusColumn, nil
}

// inCells puts statuses into empty cells, unless they could be taken for values.
func (p *plan) inCells() (Status, error) {
	facts, err := p.ds.Cells().Facts()
	if err != nil {
		return StatusNone, err
	}
	if facts.Texts+facts.Booleans == 0 {
		if p.onValue {
			p.o.Warn("some statuses stand on a value: they are not seen in the table")
		}
		return StatusCell, nil
	}
	if p.o.Status == StatusCell {
		p.o.Warn("some values are texts, among which statuses would not be seen: statuses have a column")
	}
	return StatusColumn, nil
}

// setRows counts the rows and spreads them over sheets.
func (p *plan) setRows() error {
	if layout.TooMany(p.ds, p.o.Keep) && !p.o.AllCells {
		return &convert.TooManyRowsError{Cells: p.ds.Len()}
	}
	var err error
	if p.rows, err = countRows(p.ds, p.layout, p.o.Keep); err != nil {
		return err
	}
	if !p.o.NoTitle && p.entitled() != "" {
		p.title = 2
	}
	room := p.room()
	if p.rows > room && !p.o.Split {
		return &SizeError{Rows: p.rows + p.header()}
	}
	p.sheets = []string{"Data"}
	for n := int64(2); (n-1)*room < p.rows; n++ {
		p.sheets = append(p.sheets, fmt.Sprintf("Data %d", n))
	}
	return nil
}

// entitled is the title of the table: that of the dataset, and behind it the categories of
// the dimensions that have no column.
func (p *plan) entitled() string {
	title := about.Line(p.ds.Label())
	for _, d := range p.layout.Dropped {
		if text := about.Line(headText(p.ds.Dimensions()[d], layout.Label, 0)); title == "" || text != title {
			title += ", " + text
		}
	}
	return strings.TrimPrefix(title, ", ")
}

// room is how many rows of the table fit into a sheet.
func (p *plan) room() int64 { return sheetRows - p.header() }

// header is the last row of the header.
func (p *plan) header() int64 { return int64(p.title + p.levels) }

// sheetRows is how many rows a sheet has. Only tests change it.
var sheetRows int64 = MaxRows
