package rows

import (
	"strings"
	"testing"
)

// TestHeadingParts splits headings of two dimensions: in the one way that there is, with
// a word where periods make one of several likely, or not at all.
func TestHeadingParts(t *testing.T) {
	for _, tt := range []struct {
		name, headings, want string
		likely               string
	}{
		{"a word each", "a x, a y, b z", "a|x a|y b|z", ""},
		{"the last parts have a word", "small boats 2023, small boats 2024, crew 2023, crew 2024", "small boats|2023 small boats|2024 crew|2023 crew|2024", ""},
		{"the first parts have a word", "2023 small boats, 2023 crew, 2024 small boats, 2024 crew", "2023|small boats 2023|crew 2024|small boats 2024|crew", ""},
		{"neither", "small boats North, small boats South quay, crew North, crew South quay", "small boats|North small boats|South quay crew|North crew|South quay", ""},
		{"in no order, periods behind", "small boats 2023, crew 2024, small boats 2024, crew 2023", "small boats|2023 crew|2024 small boats|2024 crew|2023", ""},
		{"not all pairs, periods behind", "small boats 2023, small boats 2024, crew 2024", "small boats|2023 small boats|2024 crew|2024", ""},
		{"not all pairs, periods in front", "2023M01 small boats, 2023M02 small boats, 2023M02 crew", "2023M01|small boats 2023M02|small boats 2023M02|crew", ""},
		{"not all pairs", "small boats North, small boats South, crew North", "error it cannot be told where the heading \"small boats North\" is to be split into A and B: there is no column for each pair", ""},
		{"not all pairs, of words unlike", "small boats North, crew South quay, crew North", "error it cannot be told where the heading \"small boats North\" is to be split into A and B: there is no column for each pair", ""},
		{"one word", "a x, b", "error the heading \"b\" has 1 word, not one for each of A, B", ""},
		{"a common first word", "Population men, Population women and children", "Population|men Population|women and children", ""},
		{"common first words", "Number of men, Number of women", "error the heading \"Number of men\" can be split in several ways into A and B", ""},
		{"a common last word", "men in 2023, women in 2023", "error the heading \"men in 2023\" can be split in several ways into A and B", ""},
		{"a first part that others begin with", "Men 2023, Men 2024, Men and women 2023, Men and women 2024", "Men|2023 Men|2024 Men and women|2023 Men and women|2024", ""},
		{"a common first word before periods", "Men alone 2023, Men alone 2024, Men all 2023, Men all 2024", "Men alone|2023 Men alone|2024 Men all|2023 Men all|2024", "Men alone|2023"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var values []*column
			for _, name := range strings.Split(tt.headings, ", ") {
				values = append(values, &column{Field: Field{Name: name}})
			}
			likely := ""
			parts, err := headingParts(values, []string{"A", "B"}, func(first, second string) { likely += first + "|" + second })
			var list []string
			for _, p := range parts {
				list = append(list, strings.Join(p, "|"))
			}
			got := strings.Join(list, " ")
			if err != nil {
				got = "error " + err.Error()
			}
			if got != tt.want || likely != tt.likely {
				t.Errorf("they are %s, likely %q\nwant %s, %q", got, likely, tt.want, tt.likely)
			}
		})
	}
}
