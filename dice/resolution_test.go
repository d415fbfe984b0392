package dice_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/jsonstat"
)

// dimension makes a dimension of ids, each with the label that follows it
// behind a vertical bar.
func dimension(t testing.TB, id string, role jsonstat.Role, categories ...jsonstat.Category) *jsonstat.Dimension {
	t.Helper()
	d, err := jsonstat.NewDimension(jsonstat.DimensionSpec{ID: id, Label: id + "-label", Role: role, Categories: categories})
	require.NoError(t, err)
	return d
}

func categories(ids ...string) []jsonstat.Category {
	var list []jsonstat.Category
	for _, id := range ids {
		list = append(list, jsonstat.Category{ID: id})
	}
	return list
}

func TestResolve(t *testing.T) {
	region := dimension(t, "Region", jsonstat.Geo,
		jsonstat.Category{ID: "03", Label: "Oslo"}, jsonstat.Category{ID: "0301", Label: "Oslo"}, jsonstat.Category{ID: "11", Label: "Rogaland"},
		jsonstat.Category{ID: "1103", Label: "Stavanger"}, jsonstat.Category{ID: "*", Label: "All"}, jsonstat.Category{ID: "top(1)", Label: "Odd"})
	years := dimension(t, "Tid", jsonstat.Time, categories("2020", "2021", "2022", "2023", "2024")...)
	back := dimension(t, "Tid", jsonstat.Time, categories("2024", "2023", "2022")...)
	quarters := dimension(t, "q", "", categories("2023K3", "2023K4", "2024K1")...)
	mixed := dimension(t, "q", "", categories("2023", "2023K4", "2024K1")...)
	codes := dimension(t, "q", "", categories("0301", "1103", "1104")...)
	figures := dimension(t, "c", jsonstat.Metric, categories("2020", "2021")...)
	tests := []struct {
		name string
		dim  *jsonstat.Dimension
		text string
		want []int // nil: the dimension is kept whole
	}{
		{"ids in the order of the table", region, "Region=11/03", []int{0, 2}},
		{"an id twice", region, "Region=11/11", []int{2}},
		{"glob", region, "Region=03*", []int{0, 1}},
		{"glob of one sign", region, "Region=1?", []int{2}},
		{"globs that overlap", region, "Region=*3/03*", []int{0, 1, 3}},
		{"an id that looks like a glob", region, "Region=*", []int{4}},
		{"an id that looks like an expression", region, "Region=top(1)", []int{5}},
		{"the same in quotes", region, `Region="top(1)"`, []int{5}},
		{"criteria add up", region, "Region=03,Region=11", []int{0, 2}},
		{"all", years, "Tid=*", nil},
		{"a range", years, "Tid=2021..2023", []int{1, 2, 3}},
		{"a range of one", years, "Tid=2021..2021", []int{1}},
		{"from", years, "Tid=2023..", []int{3, 4}},
		{"to", years, "Tid=to(2021)", []int{0, 1}},
		{"top of time", years, "Tid=top(2)", []int{3, 4}},
		{"top of time, passing over", years, "Tid=top(2,1)", []int{2, 3}},
		{"top of more than there are", years, "Tid=top(9)", nil},
		{"top of more than are left", years, "Tid=top(9,3)", []int{0, 1}},
		{"bottom of time", years, "Tid=bottom(2)", []int{0, 1}},
		{"bottom of time, passing over", years, "Tid=bottom(2,1)", []int{1, 2}},
		{"top of time that goes back", back, "Tid=top(1)", []int{0}},
		{"bottom of time that goes back", back, "Tid=bottom(1)", []int{2}},
		{"top of periods without a role", quarters, "q=top(1)", []int{2}},
		{"top of several frequencies", mixed, "q=top(1)", []int{0}},
		{"top of codes that are no years", codes, "q=top(1)", []int{0}},
		{"top of figures that look like years", figures, "c=top(1)", []int{0}},
		{"bottom of others", region, "Region=bottom(2)", []int{4, 5}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spec, err := dice.Parse(tt.text)
			require.NoError(t, err)
			keep, err := spec.Resolve([]*jsonstat.Dimension{tt.dim})
			require.NoError(t, err)
			require.Equal(t, [][]int{tt.want}, keep)
		})
	}
	t.Run("labels", func(t *testing.T) {
		for text, want := range map[string][]int{
			"Region=oslo":                 {0, 1}, // both of that label
			"region-LABEL=Rogaland":       {2},
			"Region=*land":                {2},
			"Region=Rogaland..stavanger":  {2, 3},
			"Region=All":                  {4},
			"Region=03":                   {0},
			`Region="Rogaland"/Stavanger`: {2, 3},
		} {
			spec, err := dice.Parse(text)
			require.NoError(t, err)
			spec.Labels = true
			keep, err := spec.Resolve([]*jsonstat.Dimension{region})
			require.NoError(t, err, "%s", text)
			require.Equal(t, [][]int{want}, keep, "%s", text)
		}
	})
	t.Run("omit", func(t *testing.T) {
		spec := &dice.Spec{Criteria: []dice.Criterion{
			{Dimension: "Region", Select: dice.IDs("03", "0301", "11")},
			{Dimension: "Region", Select: dice.IDs("0301"), Omit: true},
			{Dimension: "Tid", Select: []dice.Selector{{Kind: dice.Top, N: 1}}, Omit: true},
		}}
		keep, err := spec.Resolve([]*jsonstat.Dimension{region, years})
		require.NoError(t, err)
		require.Equal(t, [][]int{{0, 2}, {0, 1, 2, 3}}, keep)
	})
}

func TestResolveErrors(t *testing.T) {
	region := dimension(t, "Region", jsonstat.Geo, jsonstat.Category{ID: "0301", Label: "Oslo"}, jsonstat.Category{ID: "0302", Label: "Oslo"}, jsonstat.Category{ID: "1103", Label: "Stavanger"})
	other := dimension(t, "Other", "", categories("a", "b")...)
	tests := []struct {
		name, text, want string
		labels           bool
		is               error
	}{
		{"unknown dimension", "Regon=0301", `there is no dimension "Regon"; did you mean "Region"?`, false, jsonstat.ErrUnknown},
		{"the label of a dimension", "Region-label=0301", `there is no dimension "Region-label"; did you mean "Region"?`, false, jsonstat.ErrUnknown},
		{"unknown category", "Region=0303", `there is no category "0303" in dimension "Region"; did you mean "0301" or "0302"?`, false, jsonstat.ErrUnknown},
		{"the label of a category", "Region=Stavanger", `there is no category "Stavanger" in dimension "Region"; did you mean "1103"?`, false, jsonstat.ErrUnknown},
		{"a glob that matches nothing", "Region=9*", `there is no category "9*" in dimension "Region"`, false, jsonstat.ErrUnknown},
		{"a range with an unknown end", "Region=0301..0399", `there is no category "0399" in dimension "Region"`, false, jsonstat.ErrUnknown},
		{"a range the wrong way round", "Region=1103..0301", `in dimension "Region" "1103" comes after "0301": write 0301..1103`, false, nil},
		{"a range from a label of two", "Region=Oslo..1103", `2 categories of dimension "Region" have the label "Oslo": end the range with an id`, true, nil},
		{"nothing left", "Region=top(1,7)", `nothing is left of dimension "Region": a dice must keep a category of each`, false, dice.ErrEmpty},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			spec, err := dice.Parse(tt.text)
			require.NoError(t, err)
			spec.Labels = tt.labels
			_, err = spec.Resolve([]*jsonstat.Dimension{region, other})
			require.EqualError(t, err, tt.want)
			if tt.is != nil {
				require.ErrorIs(t, err, tt.is)
			}
		})
	}
	_, err := dice.Slice(nil, "Region")
	require.EqualError(t, err, `dimension "Region" is given without a category`)
	_, err = (&dice.Spec{}).Resolve([]*jsonstat.Dimension{region, region})
	require.EqualError(t, err, `dimension "Region" is given twice`)
}
