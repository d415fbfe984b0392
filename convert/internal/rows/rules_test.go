package rows

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/jsonstat"
)

// shape is a cube in a line: dimensions with their sizes, and how many values it has.
func shape(t *testing.T, ds *jsonstat.Dataset) string {
	t.Helper()
	var parts []string
	for _, d := range ds.Dimensions() {
		parts = append(parts, fmt.Sprintf("%s %d", d.ID(), d.Len()))
	}
	n := 0
	for obs, err := range ds.Observations() {
		if err != nil {
			t.Fatal(err)
		}
		if !obs.Missing() {
			n++
		}
	}
	return fmt.Sprintf("%s: %d", strings.Join(parts, ", "), n)
}

// with are options with a proposal on top.
func with(o Options, propose json.RawMessage) Options {
	o.Plan, o.Values = propose, nil // as somebody types what is proposed in the place of what was
	return o
}

// A rule is a table, and the cube that it becomes at once, or the error and the cube
// that its proposal leads to.
type rule struct {
	name, text string
	o          Options
	want       string // the cube at once
	err        string // part of the error
	then       string // the cube with what it proposes; "" if it proposes nothing
	warn       string // part of the only warning
}

// lines repeats a row for numbers, which stand at its %d or %s places.
func lines(header string, n int, row func(i int) string) string {
	var b strings.Builder
	b.WriteString(header + "\n")
	for i := range n {
		b.WriteString(row(i) + "\n")
	}
	return b.String()
}

// activities is a table of industries whose codes begin with 0, beside their names.
func activities(n int) string {
	return lines("code,name,employees", n, func(i int) string {
		code := i * 100
		if i > 0 {
			code += 900
		}
		return fmt.Sprintf("%d,Industry %d,%d", code, i, 40+i*7)
	})
}

func rules() []rule {
	return []rule{
		// The table of the reference: categories, then one column of figures.
		{"the last column is the value", "port,year,berths\nN,2023,120\nN,2024,130\nS,2023,15\nS,2024,16\n", Options{}, "port 2, year 2: 4", "", "", ""},
		{"one region and three years", "port,year,berths\nN,2022,120\nN,2023,130\nN,2024,15\n", Options{}, "port 1, year 3: 3", "", "", ""},
		{"one row", "port,year,berths\nN,2022,120\n", Options{}, "port 1, year 1: 1", "", "", ""},
		{"one row with a number more", "port,rooms,berths\nN,4,120\n", Options{}, "port 1, rooms 1: 1", "", "", "rooms is taken for a dimension"},
		{"ages by sex", "age,sex,count\n0,m,5\n0,f,6\n1,m,7\n1,f,8\n", Options{}, "age 2, sex 2: 4", "", "", ""},
		{"two columns of codes and one of figures", "a,b,value\n1,1,5\n1,2,6\n2,1,7\n2,2,8\n", Options{}, "a 2, b 2: 4", "", "", ""},
		{"no column of figures: the last one is of time", "town,year\nA,2023\nB,2024\n", Options{}, "", "holds periods", "", ""},
		{"no column of figures: texts", "town,mayor\nA,Ann\nB,Bo\n", Options{}, "", "there is no column of figures", "", ""},
		{"all values are missing", "town,berths\nA,\nB,..\n", Options{}, "", "there is no column of figures", "", ""},
		{"all values are missing, by name", "town,Value\nA,\nB,..\n", Options{}, "town 2: 0", "", "", ""},

		// Several columns of figures.
		{"men beside women", "age,men,women\n0,5,6\n1,7,8\n2,9,9\n", Options{}, "", "several columns hold figures: men, women", "age 3, measure 2: 6", ""},
		{"area beside population", "country,area,population\nA,100,2000\nB,250,3000\nC,80,2000\n", Options{}, "", "area, population", "country 3, measure 2: 6", ""},
		{"area beside population, one missing", "country,area,population\nA,100,2000\nB,,3000\nC,80,2000\n", Options{}, "", "area, population", "country 3, measure 2: 5", ""},
		{"area beside population, one country all zeros", "country,area,population\nA,100,2000\nB,0,0\nC,80,2000\n", Options{}, "", "area, population", "country 3, measure 2: 6", ""},
		{"count beside per cent", "group,count,per cent\na,5,12.5\nb,15,37.5\nc,20,50\n", Options{}, "", "count, per cent", "group 3, measure 2: 6", ""},
		{"years across", "port,2022,2023,2024\nN,1,2,3\nS,4,5,6\n", Options{}, "", "2022, 2023, 2024", "port 2, Time 3: 6", ""},
		{"months across, January empty", "port,Jan,Feb,Mar\nN,,2,3\nS,,5,6\n", Options{}, "", "Jan, Feb, Mar", "port 2, Time 3: 4", ""},
		{"headings of PxWeb", "region,sex,POP 1981,POP 1991\nA,m,1,2\nA,f,3,4\nB,m,5,6\nB,f,7,8\n", Options{}, "", "POP 1981, POP 1991", "region 2, sex 2, Category 2: 8", ""},
		{"headings of two kinds", "region,P 2010,P 2012,Q 2010,Q 2012\nA,1,2,3,4\nB,5,6,7,8\n", Options{By: []string{"kind", "year"}, Stub: []string{"region"}}, "region 2, kind 2, year 2: 8", "", "", ""},
		{"a value by name beside figures behind it", "a,value,weight\nx,1,10\ny,2,20\nz,3,35\n", Options{}, "", "value, weight", "a 3, measure 2: 6", ""},
		{"a value by name behind numbers", "a,code,value\nx,1,10\nx,2,20\ny,1,30\ny,2,40\n", Options{}, "a 2, code 2: 4", "", "", ""},
		{"still said with one of them named", "age,men,women\n0,5,6\n1,7,8\n", Options{Values: []string{"women"}}, "", "men, women", "age 2, measure 2: 4", ""},
		{"with value and dimensions the rest is left out", "age,men,women\n0,5,6\n1,7,8\n", Options{Values: []string{"women"}, Dimensions: []string{"age"}}, "age 2: 2", "", "", "left out: men"},
		{"one column of figures that is not the last", "town,berths,note\nA,12,x\nB,15,y\nC,20,x\n", Options{}, "", "berths or note", "town 3: 3", ""},
		{"dates with amounts and a currency, the key last", "date,amount,currency,account\n2024-01-01,5,NOK,a1\n2024-01-01,9,NOK,a2\n2024-01-02,7,NOK,a1\n2024-01-02,8,NOK,a2\n", Options{}, "", "amount", "date 2, currency 1, account 2: 4", ""},
		{"stations with coordinates", "station,lat,lon,rain\nSN1,59.9,10.7,5\nSN2,60.3,5.3,9\nSN3,63.4,10.4,7\n", Options{}, "", "lat, lon, rain", "station 3, measure 3: 9", ""},
		{"ranks", "rank,town,berths\n2,A,12\n1,B,15\n3,C,9\n", Options{}, "", "rank, berths", "town 3, measure 2: 6", ""},
		{"employees that look like years", "firm,employees,turnover\nA,1998,500\nB,2010,700\nC,2004,600\n", Options{}, "", "employees, turnover", "firm 3, measure 2: 6", ""},

		// Codes and what repeats them.
		{"codes 0, 1000, 1100 beside names, 75 rows", activities(75), Options{}, "", "name says nothing", "code 75: 75", ""},
		{"codes 0, 1000, 1100 beside names, 166 rows", activities(166), Options{}, "", "name says nothing", "code 166: 166", ""},
		{"COICOP codes", "coicop,text,index\n01.1,Food,101.5\n01.2,Drinks,103\n02.1,Alcohol,99\n", Options{}, "", "text says nothing", "coicop 3: 3", ""},
		{"price classes of two decimals", "class,region,dwellings\n0.50,A,5\n0.75,A,6\n1.25,A,7\n0.50,B,8\n0.75,B,9\n1.25,B,4\n", Options{}, "class 3, region 2: 6", "", "", ""},
		{"a register of names", "id,name,born\n1,Ann,1980\n2,Bo,1981\n3,Cid,1982\n", Options{}, "", "name says nothing", "id 3: 3", ""},
		{"labels by name before codes", "Country Name,Country Code,Year,Value\nNorway,NO,2023,1\nNorway,NO,2024,2\nSweden,SE,2023,3\nSweden,SE,2024,4\n", Options{}, "Country Code 2, Year 2: 4", "", "", ""},
		{"StatCan", "REF_DATE,GEO,DGUID,VECTOR,COORDINATE,VALUE,STATUS\n2023,A,d1,v1,1.1,5,\n2024,A,d1,v1,1.1,6,E\n2023,B,d2,v2,2.1,7,\n2024,B,d2,v2,2.1,8,\n", Options{}, "REF_DATE 2, GEO 2: 4", "", "", ""},
		{"VECTOR without REF_DATE is a dimension", "VECTOR,year,value\nv1,2023,1\nv1,2024,2\nv2,2023,3\nv2,2024,4\n", Options{}, "VECTOR 2, year 2: 4", "", "", ""},
		{"CSO's codes before labels", "TLIST(A1),Year,C02V03,Sex,VALUE\n2023,2023,1,Male,5\n2024,2024,1,Male,6\n2023,2023,2,Female,7\n2024,2024,2,Female,8\n", Options{}, "TLIST(A1) 2, C02V03 2: 4", "", "", ""},

		// Names that are words.
		{"symbol, date, price", "symbol,date,price\nA,2024-01-01,5\nA,2024-01-02,6\nB,2024-01-01,7\nB,2024-01-02,8\n", Options{}, "symbol 2, date 2: 4", "", "", ""},
		{"our own long table", "Region,Tid,Status,value\nA,2023,,5\nA,2024,p,6\n", Options{}, "Region 1, Tid 2: 2", "", "", ""},
		{"a status that is a dimension", "port,status,berths\nN,open,5\nN,closed,6\nS,open,7\nS,closed,8\n", Options{}, "port 2, status 2: 4", "", "", ""},
		{"a status that could be a dimension", "port,value,status\nN,5,open\nN,6,closed\nS,7,open\nS,8,closed\n", Options{}, "", "could hold statuses or be a dimension", "port 2, status 2: 4", ""},
		{"statuses of each value", "port,men,men status,women,women status\nN,1,p,2,\nS,3,,4,c\n", Options{Values: []string{"men", "women"}}, "port 2, measure 2: 4", "", "", ""},
		{"statuses by their suffix", "port,men,men_f,women,women_f\nN,1,p,2,\nS,3,,4,c\n", Options{Values: []string{"men", "women"}, StatusSuffix: "_f"}, "port 2, measure 2: 4", "", "", ""},
		{"row numbers of pandas", ",port,berths\n0,N,5\n1,S,6\n", Options{}, "port 2: 2", "", "", ""},
		{"row numbers of R", "rownames,port,berths\n1,N,5\n2,S,6\n", Options{}, "port 2: 2", "", "", ""},
		{"filtered pandas", ",port,berths\n7,N,5\n15,S,6\n303,V,9\n", Options{}, "port 3: 3", "", "", ""},
		{"a first column called index that does not rise", "index,port,berths\n2,N,5\n1,S,6\n", Options{}, "", "port says nothing", "index 2: 2", ""},
		{"a column that is empty and has no name", "port,berths,\nN,5,\nS,6,\n", Options{}, "port 2: 2", "", "", ""},
		{"a last column without a name", "port,year,\nN,2023,5\nS,2023,6\n", Options{}, "", "no name", "", ""},

		// Headers.
		{"no header", "A,17,5\nA,18,6\nB,17,7\n", Options{}, "", "looks like data", "1 2, 2 2: 3", ""},
		{"no header, and said so", "A,17,5\nA,18,6\nB,17,7\n", Options{Header: "0"}, "1 2, 2 2: 3", "", "", ""},
		{"headers that are ages", "town,0,1,2,3\nA,1,2,3,4\nB,5,6,7,8\n", Options{By: []string{"age"}, Stub: []string{"town"}}, "town 2, age 4: 8", "", "", ""},
		{"a year twice", "port,2023,2023,2024\nN,1,2,3\nS,4,5,6\n", Options{}, "", "2023 (2), 2023 (3), 2024", "port 2, measure 3: 6", ""},
		{"a second row of the header", "port,men,women\n,persons,persons\nN,1,2\nS,3,4\n", Options{}, "", "several columns hold figures", "port 2, measure 2: 4", ""},
		{"lines above the header", "Berths by port\nSource: invented\nport,year,berths\nN,2023,5\nS,2023,6\n", Options{}, "port 2, year 1: 2", "", "", "2 lines above the header"},
		{"row names of R without a header", "port,berths\n1,N,5\n2,S,6\n3,V,7\n", Options{}, "port 3: 3", "", "", ""},

		// Cells.
		{"one bad cell is an error with its place", "port,berths\nN,5\nS,6\nV,x\nW,7\n", Options{}, "", `line 4: berths: "x" is no number`, "", ""},
		{"kept as a text", "port,berths\nN,5\nS,x\nV,7\n", Options{Texts: true}, "port 3: 3", "", "", ""},
		{"taken for missing", "port,berths\nN,5\nS,x\nV,7\n", Options{NA: []string{"x"}}, "port 3: 2", "", "", ""},
		{"a sign of a currency", "port,fee\nN,5\nS,$6\nV,7\nW,8\n", Options{}, "", "currency", "", ""},
		{"a zero in front makes codes", "place,code,berths\nA,0301,5\nB,1103,6\nC,4601,7\n", Options{}, "", "place says nothing", "code 3: 3", ""},

		// Rows that are not what they should be.
		{"the same coordinates twice", "port,year,berths\nN,2023,5\nN,2023,6\nS,2023,6\n", Options{}, "", "have a row already, in line 2", "", ""},
		{"a row that is too short", "port,year,berths\nN,2023\n", Options{}, "", "the row has 2 columns, the header has 3", "", ""},
		{"a row that is too long", "port,berths\nN,5,6\nS,7\n", Options{}, "", "columns, the header has", "", ""},
		{"nothing", "", Options{}, "", "the table is empty", "", ""},
		{"a header alone", "port,berths\n", Options{}, "", "a header but no rows", "", ""},
	}
}

func TestRules(t *testing.T) {
	for _, tt := range rules() {
		t.Run(tt.name, func(t *testing.T) {
			ds, warnings, err := makeCSV(tt.text, tt.o)
			if tt.want != "" {
				if err != nil {
					t.Fatal(err)
				}
				if got := shape(t, ds); got != tt.want {
					t.Errorf("the cube is %s, want %s", got, tt.want)
				}
				if (tt.warn == "") != (len(warnings) == 0) || tt.warn != "" && !strings.Contains(warnings[0], tt.warn) {
					t.Errorf("the warnings are %q, want %q", warnings, tt.warn)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.err) {
				if err == nil {
					t.Fatalf("there is no error, but %s", shape(t, ds))
				}
				t.Fatalf("the error is %v, want %q", err, tt.err)
			}
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("%T is no *Error", err)
			}
			if (tt.then == "") != (e.Propose == nil) {
				t.Fatalf("%v proposes %s", err, e.Propose)
			}
			if tt.then == "" {
				return
			}
			ds, _, err = makeCSV(tt.text, with(tt.o, e.Propose))
			if err != nil {
				t.Fatalf("with %s: %v", e.Propose, err)
			}
			if got := shape(t, ds); got != tt.then {
				t.Errorf("with %s the cube is %s, want %s", e.Propose, got, tt.then)
			}
		})
	}
}
