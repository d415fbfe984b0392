package rows

import (
	"regexp"
	"slices"
	"strings"
)

// Names of columns that say what they are, in any case of letters. The list stands in
// docs, too.
var (
	valueNames = []string{"value", "values", "obs_value", "observation", "obsvalue", "wert", "valor", "verdi", "värde", "arvo", "valeur"}

	// These and the lists below are written as norm writes them.
	statusNames = []string{"status", "obs status", "flag", "flags", "flag codes", "symbol", "obsstatus", "observation status", "value status", "data marking"}

	// Columns of Statistics Canada's tables that are nothing new beside REF_DATE.
	statcanNames = []string{"dguid", "vector", "coordinate", "uom_id", "scalar_id", "symbol", "terminated", "decimals", "scalar_factor"}

	// What pandas, R and others call a first column of row numbers.
	rowNames = []string{"", "unnamed: 0", "rownames", "row names", "index", " 1"}

	rankNames = []string{"rank", "ranking", "rang", "position", "pos", "#", "place", "plass", "no "}

	codeEndings = []string{" code", " id", " kode", " codes"}
)

var (
	flagsForm    = regexp.MustCompile(`^flags?( (and|&) \w+)?( codes?)?$`)
	statusForm   = regexp.MustCompile(`(?i)^(.+?)[ _.](status|symbol|flag|flags)$`)
	labelForm    = regexp.MustCompile(`^(.*?)[ _.]?(label|labels|name|names|title|description|desc|navn|namn|bezeichnung|text)$`)
	contentsForm = regexp.MustCompile(`^(TLIST\(\w+\)|C\d+V\d+)$`)
	pandasForm   = regexp.MustCompile(`^__index_level_\d+__$`)
)

// isRank tells whether a column is called a rank.
func isRank(c *column) bool { return slices.Contains(rankNames, norm(c.Name)) }

// isValueName and isStatusName go by the lists above.
func isValueName(header string) bool {
	n := norm(header)
	return slices.Contains(valueNames, n) || slices.Contains(valueNames, strings.ReplaceAll(n, " ", "_"))
}

func isStatusName(n string) bool {
	return slices.Contains(statusNames, n) || flagsForm.MatchString(n)
}

// byName says what columns are whose names say it.
func (d *decider) nameParts() error {
	if first := d.columns[0]; first.part == Undecided && (first.counting || first.rising) && slices.Contains(rowNames, norm(first.Name)) && len(d.columns) > 1 {
		put(first, LeftOut, ByName)
	}
	byNorm := map[string]*column{}
	for _, c := range d.columns {
		byNorm[norm(c.Name)] = c
	}
	_, statcan := byNorm["ref date"]
	for _, c := range d.columns {
		if c.part != Undecided {
			continue
		}
		n := norm(c.Name)
		switch {
		case pandasForm.MatchString(c.Name) && c.texts == 0 && int64(c.size) == d.n:
			put(c, LeftOut, ByName)
		case statcan && slices.Contains(statcanNames, strings.ReplaceAll(n, " ", "_")):
			put(c, LeftOut, ByName)
		case isValueName(c.Name) && c.texts <= c.figures:
			if len(d.values) == 0 { // else the user named others
				put(c, Value, ByName)
			}
		case isStatusName(n):
			d.statusByName(c, n)
		case d.statusOf(c):
		default:
			if err := d.labelsByName(c, n, byNorm); err != nil {
				return err
			}
		}
	}
	if err := d.timestamps(); err != nil {
		return err
	}
	if values := d.having(func(c *column) bool { return c.part == Value && c.why == ByName }); len(values) > 1 && len(d.choice.By) == 0 {
		return undecided(values, Choice{Values: names(values)}, "several columns are called as values are: %s", list(values))
	}
	return nil
}

// statusByName takes a column for statuses by its name: only beside or behind a column
// that is a value by name, or as the last one behind figures. Elsewhere it is a
// dimension like any other.
func (d *decider) statusByName(c *column, n string) {
	value := slices.IndexFunc(d.columns, func(k *column) bool {
		return k.part == Value || isValueName(k.Name) && k.part == Undecided
	})
	end := true
	for _, k := range d.columns[c.at+1:] {
		end = end && k.part != Undecided
	}
	var before *column
	for _, k := range d.columns[:c.at] {
		if k.part == Undecided {
			before = k
		}
	}
	end = end && before != nil && before.figures > before.texts && n != "symbol"
	switch {
	case n == "obs status", n == "observation status",
		value >= 0 && (c.at > value || c.at == value-1 && n != "symbol"),
		value < 0 && end:
		put(c, Status, ByName)
	}
}

// statusOf takes X_symbol, X Status for the statuses of X.
func (d *decider) statusOf(c *column) bool {
	if suffix := d.choice.StatusSuffix; suffix != "" {
		if base, ok := strings.CutSuffix(c.Name, suffix); ok {
			if i := d.named(base); i >= 0 && i != c.at {
				put(c, Status, ByUser)
				c.of = i
				return true
			}
		}
	}
	m := statusForm.FindStringSubmatch(c.Name)
	if m == nil {
		return false
	}
	i := d.named(m[1])
	if i < 0 || i == c.at {
		return false
	}
	put(c, Status, ByName)
	c.of = i
	return true
}

// named is the number of the column of that name, -1 if there is none.
func (t *table) named(name string) int {
	if t.byName == nil {
		t.byName = make(map[string]int, len(t.columns))
		for i, c := range slices.Backward(t.columns) {
			t.byName[c.Name] = i
		}
	}
	if i, ok := t.byName[name]; ok {
		return i
	}
	return -1
}

// labelsByName takes X_LABEL for the labels of X, X for those of X code, and what
// stands behind TLIST(..) and C…V… for theirs, where the cells bear it out.
func (d *decider) labelsByName(c *column, n string, byNorm map[string]*column) error {
	if m := labelForm.FindStringSubmatch(n); m != nil && m[1] != "" {
		base := strings.TrimSpace(m[1])
		var ids []string
		if m[2] == "label" || m[2] == "labels" {
			ids = append(ids, base)
		}
		ids = append(ids, base+" code", base+" id", base+"code", base+"id", base+" kode", base, base+" iso")
		for _, name := range ids {
			id := byNorm[name]
			if id == nil || id == c || id.part != Undecided && id.part != Dimension {
				continue
			}
			ok, err := d.isFunction(c, id)
			if err != nil {
				return err
			}
			if ok {
				d.pair(id, c)
			} else if ok, err = d.isFunction(id, c); err != nil {
				return err
			} else if ok && id.part == Undecided {
				put(id, LeftOut, ByName)
			}
			break
		}
	}
	if c.part != Undecided {
		return nil
	}
	if contentsForm.MatchString(c.Name) && c.at+1 < len(d.columns) {
		if b := d.columns[c.at+1]; b.part == Undecided && b.size == c.size {
			ok, err := d.isFunction(b, c)
			if err != nil {
				return err
			}
			if ok {
				d.pair(c, b)
			}
		}
		return nil
	}
	for _, ending := range codeEndings {
		base, cut := strings.CutSuffix(n, ending)
		if !cut {
			continue
		}
		b := byNorm[base]
		if b == nil || b == c || b.part != Undecided {
			continue
		}
		ok, err := d.isFunction(b, c)
		if err != nil {
			return err
		}
		if ok {
			d.pair(c, b)
			return nil
		}
	}
	return nil
}

// pair takes a column for labels of another one.
func (d *decider) pair(id, labels *column) {
	put(labels, Labels, ByName)
	labels.of = id.at
	if id.part == Undecided {
		put(id, Dimension, ByName)
	}
}

// timestamps leaves out a column called timestamp that says of each period when it
// begins, as PxWeb writes it.
func (d *decider) timestamps() error {
	i := slices.IndexFunc(d.columns, func(c *column) bool { return c.part == Undecided && norm(c.Name) == "timestamp" && c.time })
	if i < 0 {
		return nil
	}
	for _, c := range d.columns {
		if c.at == i || c.part != Undecided && c.part != Dimension || !c.time && !c.periods {
			continue
		}
		ok, err := d.isFunction(d.columns[i], c)
		if err != nil {
			return err
		}
		if ok {
			put(d.columns[i], LeftOut, ByName)
			return nil
		}
	}
	return nil
}
