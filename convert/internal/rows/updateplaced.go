package rows

import "slices"

// placed looks at dimensions that stand where the format has dimensions. What is a
// function of another one could be something else that stands there: there is a warning,
// and where it would multiply the cube an error.
func placed(u *survey) error {
	dims := u.dimensions()
	all, err := dependent(u, dims)
	if err != nil || len(all) == 0 {
		return err
	}
	gone := columnsOf(all)
	says, are := "say", "are dimensions by where they stand"
	if len(gone) == 1 {
		says, are = "says", "is a dimension by where it stands"
	}
	n := float64(max(1, len(u.of(Value))))
	for _, c := range dims {
		n *= float64(u.came(c))
	}
	if n <= manyMore*float64(u.inserted) {
		u.warn([]string{"Ignore", "Dimensions"}, "%s %s nothing that other columns do not say, and %s", list(gone), says, are)
		return nil
	}
	e := undecided(gone, repeatRules{u.decision}.away(all, nil), "%s %s nothing that other columns do not say, and would make %.0f cells of %d rows", list(gone), says, n, u.inserted)
	if keep := (Choice{Dimensions: called(dims)}); u.try(keep) == nil {
		e.Keep = keep.Dimensions
	}
	return u.proposed(e)
}

// dependent are the dimensions that are functions of other ones, each with one that is
// none itself. Of those that say the same the first one stays.
func dependent(u *survey, dims []*column) ([]repeat, error) {
	varying := slices.DeleteFunc(slices.Clone(dims), func(c *column) bool { return u.came(c) < 2 })
	varying = varying[:min(len(varying), maxPaired)]
	if len(varying) < 2 || u.inserted < 2 {
		return nil, nil
	}
	of, err := functions(varying, u.came, u.eachWhole)
	if err != nil {
		return nil, err
	}
	gone := make([]bool, len(varying))
	for i, b := range varying {
		for k, a := range varying {
			of[i][k] = of[i][k] && !u.steps.Apart(b.Name, a.Name)
		}
	}
	for i := range varying {
		for k := range varying {
			gone[i] = gone[i] || of[i][k] && (!of[k][i] || k < i)
		}
	}
	var list []repeat
	for i, b := range varying {
		if !gone[i] {
			continue
		}
		r := repeat{column: b}
		for k, a := range varying {
			if of[i][k] && !gone[k] && (r.of == nil || a.size < r.of.size) {
				r.of = a
			}
		}
		list = append(list, r)
	}
	return list, nil
}
