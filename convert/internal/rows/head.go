package rows

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// head makes the head of the dataset.
func (m *maker) head() (jsonstat.Head, error) {
	head := jsonstat.Head{}
	if m.o.Head != nil {
		head = m.o.Head.Head()
		head.Dimensions = nil
	}
	if head.Label == "" && m.grid != nil {
		head.Label = m.grid.title
	}
	m.o.Entitle(&head)
	var ids []string
	for _, a := range m.axes {
		dim, err := m.dimension(a)
		if err != nil {
			return head, err
		}
		ids = append(ids, a.id)
		head.Dimensions = append(head.Dimensions, dim)
	}
	for _, id := range slices.Sorted(maps.Keys(m.o.Roles)) {
		if !slices.Contains(ids, id) {
			they := "there are none"
			if len(ids) > 0 {
				they = "they are " + strings.Join(ids, ", ")
			}
			return head, &Error{Sheet: m.headerPlace().Sheet, Msg: fmt.Sprintf("there is no dimension %q to give a role to: %s", id, they), Err: ErrColumn}
		}
	}
	if err := m.inPerCent(&head); err != nil {
		return head, err
	}
	if m.about != nil || m.file != nil {
		return describe(head, m.about, m.file, m.o)
	}
	return head, nil
}

// dimension makes a dimension of an axis.
func (m *maker) dimension(a *axis) (*jsonstat.Dimension, error) {
	role, given := m.o.Roles[a.id]
	if a.from != nil {
		if !given || role == a.from.Role() {
			return a.from, nil
		}
		return WithRole(a.from, role)
	}
	switch {
	case given:
	case a.metric:
		role = jsonstat.Metric
	case a.column != nil && a.column.Field.Time:
		role = jsonstat.Time
	}
	spec := jsonstat.DimensionSpec{ID: a.id, Label: a.label, Role: role}
	for i, text := range a.texts {
		cat := jsonstat.Category{ID: text}
		if a.names != nil {
			cat.Label = a.names[i]
		}
		spec.Categories = append(spec.Categories, cat)
	}
	dim, err := jsonstat.NewDimension(spec)
	if err != nil {
		return nil, &Error{Msg: err.Error(), Err: err}
	}
	return dim, nil
}

// inPerCent notes the unit of values that were followed by %: with the categories of the
// metric dimension or, where there is none, in the extension.
func (m *maker) inPerCent(head *jsonstat.Head) error {
	values := m.of(Value)
	if m.o.Head != nil || !slices.ContainsFunc(values, func(c *column) bool { return c.percents > 0 }) {
		return nil
	}
	for i, dim := range head.Dimensions {
		if dim.Role() != jsonstat.Metric {
			continue
		}
		spec := dim.Spec()
		for k := range spec.Categories {
			for v, c := range values {
				of := m.axes[i].of
				if c.percents > 0 && (of == nil || int(of[v]) == k) && spec.Categories[k].Unit == nil {
					spec.Categories[k].Unit = &jsonstat.Unit{Label: "%", Symbol: "%", Position: "end"}
				}
			}
		}
		var err error
		head.Dimensions[i], err = jsonstat.NewDimension(spec)
		return err
	}
	if len(head.Extension) == 0 {
		head.Extension = json.RawMessage(`{"unit":{"label":"%","symbol":"%","position":"end"}}`)
	}
	return nil
}

// dataset makes the dataset of a head and cells, nil for none.
func (m *maker) dataset(head jsonstat.Head, cells jsonstat.Cells) (*jsonstat.Dataset, error) {
	if m.forms.ValueForm == jsonstat.AsRead && m.forms.StatusForm == jsonstat.AsRead {
		return datasetOf(head, cells)
	}
	of := m.o.Head
	if of == nil || m.o.Label != "" || m.o.Source != "" || m.o.Updated != "" || len(m.o.Roles) > 0 { // it is another head
		var err error
		if of, err = datasetOf(head, nil); err != nil {
			return nil, err
		}
	}
	return of.WithCells(cells, m.forms.ValueForm, m.forms.StatusForm)
}
