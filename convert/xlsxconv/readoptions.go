package xlsxconv

import "github.com/jsonstat-go/toolkit/convert"

// ReadOptions say how a workbook is read. The zero value, and nil, read what
// [Write] wrote, with the changes that people made to its table since, and of any
// other workbook the first sheet by the rules of [convert.TableOptions].
type ReadOptions struct {
	// TableOptions: with any that say what columns are, or how they are read, a sheet
	// is read by rule though Write wrote it. Description and what says how texts are read
	// make no difference to what Write wrote, with a warning.
	convert.TableOptions

	// Sheet is the name of the sheet to read by rule. Default: the first that can be
	// seen. If that is empty, a list of the others or without figures, the error is a
	// [*convert.TableError] that names the others, and "Sheet" in Also.
	Sheet string

	// Plain reads by rule, whatever wrote the workbook.
	Plain bool
}

// byRule tells whether the options ask for the rule.
func (o *ReadOptions) byRule() bool {
	return o.Plain || o.Sheet != "" || o.Header != "" || len(o.Values)+len(o.Dimensions)+len(o.Labels)+len(o.Ignore)+len(o.By)+len(o.Stub)+len(o.Plan) > 0 ||
		o.Status != "" || o.StatusSuffix != "" || o.Content != convert.Default || o.Head != nil || o.Explain != nil
}
