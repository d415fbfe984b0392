package rows

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// A column of more different numbers than are numbered is read as any other: as the
// value, as a dimension, as one of several columns of figures; in memory and in the
// file behind it.
func TestManyNumbers(t *testing.T) {
	const n = 150_000
	r := rand.New(rand.NewPCG(1, 2))
	var values strings.Builder
	values.WriteString("place,day,amount,value\n")
	order := r.Perm(n)
	for i := range n {
		fmt.Fprintf(&values, "P%d,D%d,%d,%d.%02d\n", i/1000, i%1000, order[i], i, i%100)
	}
	text := values.String()

	ds, _, err := makeCSV(text, Options{Dimensions: []string{"place", "day"}, Values: []string{"value"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []int64{0, 65_536, 65_537, n - 1} {
		c, err := ds.AtPosition(i)
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("%d.%02d", i, i%100); c.Text != want {
			t.Errorf("cell %d is %s, want %s", i, c.Text, want)
		}
	}

	// Both columns of figures are named, though neither was numbered to its end.
	_, _, err = makeCSV(strings.Replace(text, "value", "price", 1), Options{})
	if err == nil || !strings.Contains(err.Error(), "several columns hold figures: amount, price") {
		t.Errorf("the error is %v", err)
	}

	// As a dimension it is numbered after all.
	ds, _, err = makeCSV(text, Options{Dimensions: []string{"amount"}, Values: []string{"value"}})
	if err != nil {
		t.Fatal(err)
	}
	if d := ds.Dimension("amount"); d.Len() != n || d.CategoryID(n-1) != fmt.Sprint(order[n-1]) {
		t.Errorf("the dimension has %d categories, the last is %s", d.Len(), d.CategoryID(d.Len()-1))
	}
}

// TestNumberFails: a raw column whose numbers could not be written has none, and is not
// taken for one that has when it is asked for again.
func TestNumberFails(t *testing.T) {
	src := &typed{fields: fields("a v"), batch: BatchRows}
	for i := range 3 * BatchRows {
		src.rows = append(src.rows, fmt.Sprintf("ta n%d", i))
	}
	table, err := collect(src, numbers{})
	if err != nil {
		t.Fatal(err)
	}
	defer table.close()
	c := table.columns[1]
	if !c.raw {
		t.Fatal("the column is not raw")
	}
	if err := table.store.spill(); err != nil {
		t.Fatal(err)
	}
	file := table.store.file
	if table.store.file, err = os.Open(os.DevNull); err != nil { // of which nothing can be read
		t.Fatal(err)
	}
	for range 2 {
		if err := table.number(c); err == nil || c.recode != nil {
			t.Fatalf("of a file that cannot be read the error is %v", err)
		}
	}
	if err := table.store.file.Close(); err != nil {
		t.Fatal(err)
	}
	table.store.file = file
	if err := table.number(c); err != nil || c.size != len(src.rows) {
		t.Errorf("%d rows have %d numbers, %v", len(src.rows), c.size, err)
	}
}

// Two rows with the same coordinates are told by their lines, however far apart, and
// however large the box of the dimensions is.
func TestTwiceFarApart(t *testing.T) {
	for _, dims := range []int{2, 5} {
		var b strings.Builder
		b.WriteString("a,b,c,d,e,value\n")
		const n = 20_000
		row := func(i int) string {
			k := make([]string, 5)
			for j := range k {
				k[j] = "x"
				if j < dims {
					k[j] = fmt.Sprintf("%c%d", 'a'+j, (i*(j*7+13)+i/97)%3001)
				}
			}
			return strings.Join(k, ",")
		}
		for i := range n {
			fmt.Fprintf(&b, "%s,%d\n", row(i), i)
		}
		fmt.Fprintf(&b, "%s,1\n", row(17))
		_, _, err := makeCSV(b.String(), Options{Dimensions: []string{"a", "b", "c", "d", "e"}})
		if err == nil || !strings.HasPrefix(err.Error(), fmt.Sprintf("line %d: ", n+2)) || !strings.HasSuffix(err.Error(), "have a row already, in line 19") {
			t.Errorf("%d dimensions: the error is %v", dims, err)
		}
	}
}

// The plan that is explained of one table makes the same cube of it, and of the next.
func TestPlan(t *testing.T) {
	text := "Country Name,Country Code,Year,Value,Status\nNorway,NO,2023,1,p\nNorway,NO,2024,2,\n"
	var plan []byte
	first, _, err := makeCSV(text, Options{Explain: func(p json.RawMessage) { plan = p }})
	_ = first
	if err != nil {
		t.Fatal(err)
	}
	next := "Country Name,Country Code,Year,Value,Status\nSweden,SE,2025,5,\n"
	ds, warnings, err := makeCSV(next, Options{Plan: plan})
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	if got := shape(t, ds); got != "Country Code 1, Year 1: 1" || ds.Dimension("Country Code").CategoryLabel(0) != "Sweden" {
		t.Errorf("the cube is %s of %s", got, plan)
	}
	if _, _, err := makeCSV(next, Options{Plan: []byte("[")}); err == nil || !strings.Contains(err.Error(), "the plan cannot be used") {
		t.Errorf("a plan that is none: %v", err)
	}
}

// TestExplain holds what is told of a decision, and of one that cannot be taken.
func TestExplain(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"decided", "id,port,Value\n1,N,5\n2,S,6\n", `{"value":["Value"],"dimension":["id"],"label-column":[["id","port"]],"columns":[{"number":1,"name":"id","part":"dimension","why":"user","categories":2},{"number":2,"name":"port","part":"labels","why":"user","of":"id","categories":2},{"number":3,"name":"Value","part":"value","why":"name","categories":2}],"rows":2,"cells":2}`},
		{"undecided", "age,men,women\n0,5,6\n1,7,8\n", `{"columns":[{"number":1,"name":"age","part":"undecided","why":"","categories":2},{"number":2,"name":"men","part":"undecided","why":"","categories":2},{"number":3,"name":"women","part":"undecided","why":"","categories":2}],"rows":2,"error":"several columns hold figures: men, women"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var plan []byte
			o := Options{Explain: func(p json.RawMessage) { plan = p }}
			if tt.name == "decided" {
				o.Labels = [][2]string{{"id", "port"}}
			}
			_, _, _ = makeCSV(tt.text, o)
			if string(plan) != tt.want {
				t.Errorf("it is\n%s\nwant\n%s", plan, tt.want)
			}
		})
	}
}

// Rows of nothing but separators, between labels that stand once for several rows, are left
// out behind the first rows of a table as they are among them.
func TestGapsFarBelow(t *testing.T) {
	var b strings.Builder
	b.WriteString("port,year,berths\n")
	const ports = lookAhead
	for p := range ports {
		fmt.Fprintf(&b, "P%d,2023,%d\n,2024,%d\n,2025,%d\n,,\n", p, p, p+1, p+2)
	}
	ds, _, err := makeCSV(b.String(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := shape(t, ds), fmt.Sprintf("port %d, year 3", ports); !strings.HasPrefix(got, want) {
		t.Errorf("the cube is %.40s, want %s", got, want)
	}
	if c, err := ds.AtPosition(3*ports - 1); err != nil || c.Text != fmt.Sprint(ports+1) {
		t.Errorf("the last cell is %s, %v", c.Text, err)
	}
}
