package sdmxconv

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert"
)

// TestCSVLabels holds which columns are the names of others.
func TestCSVLabels(t *testing.T) {
	ignore := func(names ...string) Options {
		return Options{TableOptions: convert.TableOptions{Ignore: names}}
	}
	const few = "DIM;Some thing;TIME_PERIOD;OBS_VALUE\na;%s;2020;1\nb;%s;2020;2\nc;%s;2020;3\na;%s;2021;4\n"
	tests := []part{
		{"headers with blanks and of small letters", "PORT;Port;FISH;Kind of fish;TIME_PERIOD;OBS_VALUE\nN1;North;c;Cod;2020;1\nS2;South;c;Cod;2020;2\nN1;North;h;Herring;2020;3\nS2;South;h;Herring;2020;4\n", Options{From: CSV},
			[]string{`"id":["PORT","FISH","TIME_PERIOD"],"size":[2,2,1]`, `"PORT":{"label":"Port","category":{"index":["N1","S2"],"label":{"N1":"North","S2":"South"}}}`, `"FISH":{"label":"Kind of fish","category":{"index":["c","h"],"label":{"c":"Cod","h":"Herring"}}}`}, ""},
		{"names of attributes", "A,TIME_PERIOD,OBS_VALUE,COLLECTION,Collection Indicator,UNIT_MULT,Unit multiplier\na,2020,1,E,End of period,3,Thousands\na,2021,2,A,Average,3,Thousands\n", Options{},
			[]string{`"COLLECTION":{"0":"E","1":"A"}`, `"UNIT_MULT":{"id":"3","label":"Thousands"}`, `"name":{"COLLECTION":"Collection Indicator"}`, `"label":{"COLLECTION":{"E":"End of period","A":"Average"}}`, `-"Collection Indicator":`}, ""},
		{"no function, no names", "A,Long name,TIME_PERIOD,OBS_VALUE\na,One,2020,1\na,Two,2020,2\nb,One,2020,3\nb,Two,2020,4\n", Options{}, []string{`"id":["A","Long name","TIME_PERIOD"]`}, ""},
		{"ids in small letters: headers with blanks alone", "DATAFLOW,LAST UPDATE,freq,unit,Unit of measure,geo,TIME_PERIOD,OBS_VALUE\nF,d,A,t,Tons,AT,2020,1\nF,d,A,t,Tons,AT,2021,2\n", Options{},
			[]string{`"id":["freq","unit","geo","TIME_PERIOD"]`, `"unit":{"label":"Unit of measure","category":{"index":["t"],"label":{"t":"Tons"}}}`, `"updated":"d"`}, ""},
		{"one column of names that its letters alone tell", "FREQ,Sex,TIME_PERIOD,OBS_VALUE\nA,T,2023,1\nA,T,2024,2\n", Options{From: CSV}, []string{`"id":["FREQ","TIME_PERIOD"]`}, "Sex is taken for the names of FREQ"},
		{"two ids in small letters behind others", "KIND,age,sex,TIME_PERIOD,OBS_VALUE\nk,1,m,2020,1\nk,1,m,2021,2\n", Options{From: CSV}, []string{`"id":["KIND","age","sex","TIME_PERIOD"]`}, ""},
		{"nothing behind the time and the values", "AREA,Area,TIME_PERIOD,Time period,OBS_VALUE,Observation value,OBS_STATUS,Status of it\nn,North,2020,,1,,E,Estimated\nn,North,2021,,2,,,\n", Options{},
			[]string{`"id":["AREA","TIME_PERIOD"]`, `"TIME_PERIOD":{"label":"Time period","category":{"index":["2020","2021"]}}`, `"status":{"label":{"E":"Estimated"}}`, `-attributes`}, ""},
		{"the value again", "AREA,TIME_PERIOD,OBS_VALUE,Observation value\nn,2020,1,1\nn,2021,2,2\n", Options{}, []string{`"value":[1,2]`, `-attributes`}, ""},
		{"a text behind the values", "AREA,TIME_PERIOD,OBS_VALUE,Remark of ours\nn,2020,1,new\nn,2021,2,\n", Options{}, []string{`"attributes":{"Remark of ours":{"0":"new"}}`}, ""},
		{"X_LABEL", "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,FREQ_LABEL,AREA,AREA_LABEL,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MEASURE_LABEL,OBS_STATUS,OBS_STATUS_LABEL\ndatastructure,F,I,A,Annual,n,North,2020,1,T,Tons,E,Estimated\ndatastructure,F,I,A,Annual,s,South,2020,2,T,Tons,A,Normal\n", Options{},
			[]string{`"id":["FREQ","AREA","TIME_PERIOD"]`, `"FREQ":{"category":{"index":["A"],"label":{"A":"Annual"}}}`, `"UNIT_MEASURE":{"id":"T","label":"Tons"}`, `"status":{"label":{"E":"Estimated","A":"Normal"}}`, `-"FREQ_LABEL"`}, ""},
		{"X_LABEL in small letters, behind others", "area,sex,area_label,TIME_PERIOD,OBS_VALUE\nn,f,North,2020,1\n", Options{}, []string{`"id":["area","sex","TIME_PERIOD"]`, `"label":{"n":"North"}`}, ""},
		{"a label of values", "A,TIME_PERIOD,OBS_VALUE,OBS_VALUE_LABEL\na,2020,1,high\n", Options{}, []string{`"OBS_VALUE_LABEL":"high"`}, ""},
		{"a label without its X", "FREQ_LABEL,TIME_PERIOD,OBS_VALUE\nAnnual,2020,1\n", Options{}, []string{`"id":["FREQ_LABEL","TIME_PERIOD"]`}, ""},
		{"a label that says otherwise", "A,A_LABEL,TIME_PERIOD,OBS_VALUE\na,One,2020,1\na,Uno,2021,2\n", Options{}, []string{`"label":{"a":"One"}`}, `"Uno" in line 3: the first one counts`},
		{"one of an attribute", "A,TIME_PERIOD,OBS_VALUE,X,X_LABEL\na,2020,1,p,Pe\na,2021,2,p,\na,2022,3,p,Pi\n", Options{}, []string{`"X":{"id":"p","label":"Pe"}`}, `"Pi" in line 4: the first one counts`},
		{"one of a status", "A,TIME_PERIOD,OBS_VALUE,OBS_STATUS,OBS_STATUS_LABEL\na,2020,1,E,Est.\na,2021,2,E,Guess\n", Options{}, []string{`"status":{"label":{"E":"Est."}}`}, `"Guess" in line 3`},
		{"a label that comes late", "A,A_LABEL,TIME_PERIOD,OBS_VALUE\na,,2020,1\na,One,2021,2\n", Options{}, []string{`"label":{"a":"One"}`}, ""},
		{"few names", fmt.Sprintf(few, "x", "x", "x", "x"), Options{From: CSV}, []string{`"id":["DIM","TIME_PERIOD"]`}, "Some thing is taken for the names of DIM, and has 1 texts for 3 ids"},
		{"names that are left out", fmt.Sprintf(few, "x", "y", "z", "x"), Options{From: CSV, TableOptions: convert.TableOptions{Ignore: []string{"Some thing"}}}, []string{`"DIM":{`, `-"label":{"a":`}, ""},
		{"other names, by the user", "A,First name,Second name,TIME_PERIOD,OBS_VALUE\na,One,Uno,2020,1\n", Options{TableOptions: convert.TableOptions{Labels: [][2]string{{"A", "Second name"}}, Ignore: []string{"First name"}}}, []string{`"id":["A","TIME_PERIOD"]`, `"label":{"a":"Uno"}`}, ""},
		{"a name that is a dimension, by the user", "A,Long name,TIME_PERIOD,OBS_VALUE\na,One,2020,1\n", Options{TableOptions: convert.TableOptions{Dimensions: []string{"A", "Long name", "TIME_PERIOD"}}}, []string{`"id":["A","Long name","TIME_PERIOD"]`}, ""},
		{"headers that are alike over names", "A,Name of it,B,Name of it,TIME_PERIOD,OBS_VALUE\na,One,b,Two,2020,1\n", Options{}, []string{`"id":["A","B","TIME_PERIOD"]`, `"label":{"a":"One"}`, `"label":{"b":"Two"}`}, ""},
		{"STRUCTURE_NAME beside ids in small letters", "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,freq,na_item,unit,geo,TIME_PERIOD,OBS_VALUE\ndataflow,F,Fish,A,x,t,AT,2020,1\n", Options{},
			[]string{`"label":"Fish"`, `"id":["freq","na_item","unit","geo","TIME_PERIOD"]`}, ""},
		{"and names between them", "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,LAST UPDATE,freq,Frequency,geo,Geo,TIME_PERIOD,Time,OBS_VALUE,Value\ndataflow,F,Fish,d,A,Annual,AT,Austria,2020,,1,\n", Options{},
			[]string{`"id":["freq","geo","TIME_PERIOD"]`, `"freq":{"label":"Frequency","category":{"index":["A"],"label":{"A":"Annual"}}}`, `"updated":"d"`}, ""},
		{"names that are the ids again", "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,A,A,TIME_PERIOD,TIME_PERIOD,OBS_VALUE,OBS_VALUE\ndataflow,F,Fish,a,One,2020,,1,\n", Options{}, []string{`"id":["A","TIME_PERIOD"]`, `"label":{"a":"One"}`}, ""},
		{"values and times that come twice", "DATAFLOW,A: Letter,TIME_PERIOD,OBS_VALUE,DECIMALS: Decimals\nF: Flow,a: One,2020: 2020,12.5: 12.5,1: One\nF: Flow,a: One,2021: 2021,-3: -3,1: One\nF: Flow,a: One,2022,,1: One\nF: Flow,a: One,2023,NaN: NaN,1: One\n", Options{},
			[]string{`"index":["2020","2021","2022","2023"]`, `"value":[12.5,-3,null,null]`}, ""},
		{"measures that come twice", "STRUCTURE,STRUCTURE_ID,A: Letter,TIME_PERIOD: Time,TONS: Tons,REMARK: Remark\ndataflow,F,a: One,2020: 2020,5: 5,g: good\ndataflow,F,a: One,2021: 2021,6,g: good\n", Options{}, []string{`"value":[5,6]`, `"REMARK":{"id":"g","label":"good"}`}, ""},
		{"no names, no halves", "A,TIME_PERIOD,OBS_VALUE\na,2020,5: 5\n", Options{}, []string{`"value":["5: 5"]`}, "is no number"},
		{"headers with bare colons", "DATAFLOW,REF_AREA:Geographic area,TIME_PERIOD:Time period,OBS_VALUE:Observation Value\nF,n: North,2020,1\nF,s: South,2020,2\n", Options{}, []string{`"REF_AREA":{"label":"Geographic area","category":{"index":["n","s"],"label":{"n":"North","s":"South"}}}`, `"value":[1,2]`}, ""},
		{"ids and names in turns", "DATAFLOW,REF_AREA,Geographic area,SEX,Sex,TIME_PERIOD,Time period,OBS_VALUE,Observation Value\nF,n,North,f,Female,2020,2020,1,1\nF,s,South,f,Female,2020,2020,2,2\n", Options{}, []string{`"id":["REF_AREA","SEX","TIME_PERIOD"]`, `"value":[1,2]`, `-attributes`}, ""},
		{"names, by a structure", "DATAFLOW,A,Long name,TIME_PERIOD,OBS_VALUE\nF,a,One,2020,1\n", Options{Structure: structureOf("A", "Long name", "TIME_PERIOD")}, []string{`"id":["A","Long name","TIME_PERIOD"]`}, ""},
		{"names called as what they name, with a structure", "DATAFLOW,SEX,Sex,TIME_PERIOD,OBS_VALUE\nF,f,Women,2020,1\n", Options{Structure: structureOf("SEX", "TIME_PERIOD")}, []string{`"id":["SEX","TIME_PERIOD"]`, `"label":{"f":"Women"}`}, ""},
		{"a column of names that goes with its ids", "A,Long name,B,TIME_PERIOD,OBS_VALUE\na,One,b,2020,1\n", ignore("A"), []string{`"id":["B","TIME_PERIOD"]`, `-"Long name"`}, ""},
	}
	checkParts(t, tests)
}

// structureOf is a data message whose structure has these dimensions.
func structureOf(ids ...string) *strings.Reader {
	var list []string
	for _, id := range ids {
		list = append(list, fmt.Sprintf(`{"id":%q}`, id))
	}
	return strings.NewReader(`{"data":{"structure":{"dimensions":{"observation":[` + strings.Join(list, ",") + `]}}}}`)
}

// TestCSVPlaced holds which columns are dimensions by where they stand and by their ids.
func TestCSVPlaced(t *testing.T) {
	dims := func(names ...string) Options {
		return Options{TableOptions: convert.TableOptions{Dimensions: names}}
	}
	const words = "say nothing that other columns do not say, and are dimensions by where they stand"
	const word = " says nothing that other columns do not say, and is a dimension by where it stands"
	const gaps = "SHIP,GUESSED,NOTICE,TIME_PERIOD,OBS_VALUE\na,no,,2020,1\na,no,,2021,2\nb,yes,late,2020,3\nb,yes,,2021,4\nc,no,,2020,5\nc,no,,2021,6\n"
	tests := []part{
		{"FREQ and REF_AREA behind the values", "STRUCTURE,STRUCTURE_ID,TIME_PERIOD,SHIP,OBS_VALUE,FREQ,REF_AREA\ndataflow,F,2020,a,1,A,N\ndataflow,F,2021,a,2,A,S\n", Options{}, []string{`"id":["TIME_PERIOD","SHIP"]`, `"attributes":{"FREQ":"A","REF_AREA":{"0":"N","1":"S"}}`}, ""},
		{"between time and values, in 1.0", "DATAFLOW,SHIP,TIME_PERIOD,CREW,OBS_VALUE\nF,a,2020,x,1\nF,a,2021,y,2\n", Options{}, []string{`"id":["SHIP","TIME_PERIOD"]`, `"CREW":{"0":"x","1":"y"}`}, ""},
		{"the time first, in 1.0", "DATAFLOW,TIME_PERIOD,SHIP,OBS_VALUE\nF,2020,a,1\nF,2021,a,2\n", Options{}, []string{`"id":["TIME_PERIOD","SHIP"]`}, ""},
		{"between time and values, in 2.0", "STRUCTURE,STRUCTURE_ID,SHIP,TIME_PERIOD,CREW,OBS_VALUE\ndataflow,F,a,2020,x,1\ndataflow,F,a,2021,x,2\n", Options{}, []string{`"id":["SHIP","TIME_PERIOD","CREW"]`}, ""},
		{"the time behind the values", "DATAFLOW,SHIP,OBS_VALUE,TIME_PERIOD\nF,a,1,2020\nF,a,2,2021\n", Options{}, []string{`"id":["SHIP","TIME_PERIOD"]`}, ""},
		{"ids of attributes", "SHIP,OBS_STATUS,CONF_STATUS,DECIMALS,UNIT_MULT,COLLECTION,TIME_FORMAT,TITLE,TITLE_COMPL,COMMENTS,COMMENT_TS,SERIES_COMMENT,TIME_PERIOD,OBS_VALUE\na,E,F,1,3,A,P1Y,t,u,c,d,e,2020,1\n", Options{},
			[]string{`"id":["SHIP","TIME_PERIOD"]`, `"status":["E"]`}, ""},
		{"ids of dimensions", "SHIP,UNIT_MEASURE,SOURCE,TIME_PERIOD,OBS_VALUE\na,T,S,2020,1\n", Options{}, []string{`"id":["SHIP","UNIT_MEASURE","SOURCE","TIME_PERIOD"]`}, ""},
		{"empty on an observation", gaps, Options{}, []string{`"id":["SHIP","GUESSED","TIME_PERIOD"]`, `"NOTICE":{"6":"late"}`, `-""`}, "GUESSED" + word},
		{"empty throughout", "SHIP,NOTICE,TIME_PERIOD,OBS_VALUE\na,,2020,1\n", Options{}, []string{`"id":["SHIP","TIME_PERIOD"]`, `-"NOTICE"`}, ""},
		{"empty where there is no value", "STRUCTURE,STRUCTURE_ID,ACTION,SHIP,TIME_PERIOD,OBS_VALUE,X\ndataflow,F,I,a,2020,1,\ndataflow,F,I,a,,,x\n", Options{}, []string{`"id":["SHIP","TIME_PERIOD"]`, `"X":"x"`}, ""},
		{"a column that a structure has", "DATAFLOW,SHIP,NOTICE,TIME_PERIOD,OBS_VALUE\nF,a,,2020,1\nF,b,n,2020,2\n", Options{Structure: structureOf("SHIP", "NOTICE", "TIME_PERIOD")}, []string{`"id":["SHIP","NOTICE","TIME_PERIOD"],"size":[2,2,1]`}, ""},
		{"an id of attributes that a structure has", "DATAFLOW,SHIP,COLLECTION,TIME_PERIOD,OBS_VALUE\nF,a,x,2020,1\n", Options{Structure: structureOf("SHIP", "COLLECTION", "TIME_PERIOD")}, []string{`"id":["SHIP","COLLECTION","TIME_PERIOD"]`}, ""},
		{"several functions, one warning", "SHIP,NAME_CODE,KIND,TIME_PERIOD,OBS_VALUE\na,x,p,2020,1\nb,y,q,2020,2\nc,z,q,2020,3\na,x,p,2021,1\n", Options{}, []string{`"size":[3,3,2,2]`}, "NAME_CODE, KIND " + words},
		{"no word about named dimensions", gaps, dims("SHIP", "GUESSED", "TIME_PERIOD"), []string{`"id":["SHIP","GUESSED","TIME_PERIOD"]`}, ""},
		{"a named one, the others are attributes", gaps, dims("SHIP", "TIME_PERIOD"), []string{`"id":["SHIP","TIME_PERIOD"],"size":[3,2]`, `"GUESSED":{"dimensions":["SHIP"],"values":{"a":"no","b":"yes","c":"no"}}`}, ""},
		{"a function of the time", "SHIP,REVISED,TIME_PERIOD,OBS_VALUE\na,n,2020,1\na,y,2021,2\n", Options{}, []string{`"size":[1,2,2]`}, "REVISED" + word},
		{"frequencies, of which each period has one", "FREQ,SHIP,TIME_PERIOD,OBS_VALUE\nA,a,2020,1\nM,a,2020-01,2\nA,b,2020,1\nM,b,2020-01,2\n", Options{}, []string{`"size":[2,2,2]`}, ""},
		{"a full cube", "A,B,TIME_PERIOD,OBS_VALUE\na,c,1,1\na,d,1,2\nb,c,1,3\nb,d,1,4\n", Options{}, []string{`"value":[1,2,3,4]`}, ""},
		{"functions beside rows of some categories", "STRUCTURE,STRUCTURE_ID,ACTION,A,B,TIME_PERIOD,OBS_VALUE,X\ndataflow,F,I,a,c,1,1,\ndataflow,F,I,b,c,1,2,\ndataflow,F,I,a,,,,x\ndataflow,F,I,,,,,y\n", Options{}, []string{`"size":[2,1,1]`, `"value":[1,2]`}, ""},
		{"keys with the id of the flow", "KEY,FREQ,CONF,CUR,TIME_PERIOD,NOTE,OBS_VALUE\nEXR.A.USD,A,A,USD,2020,n,1\nEXR.M.USD,M,A,USD,2020,n,1\n", Options{}, []string{`"id":["FREQ","CUR","TIME_PERIOD"]`, `"CONF":"A"`, `"NOTE":"n"`}, ""},
		{"keys that another column has by chance", "SERIES_KEY,CONF,FREQ,CUR,TIME_PERIOD,OBS_VALUE\nA.USD,A,A,USD,2020,1\nM.USD,A,M,USD,2020,1\n", Options{}, []string{`"id":["FREQ","CUR","TIME_PERIOD"]`, `"CONF":"A"`}, ""},
		{"keys with an id of attributes", "SERIES_KEY,COLLECTION,CUR,TIME_PERIOD,OBS_VALUE\nA.USD,A,USD,2020,1\n", Options{}, []string{`"id":["COLLECTION","CUR","TIME_PERIOD"]`}, ""},
		{"a series row that says what observations say", "STRUCTURE,STRUCTURE_ID,ACTION,A: Letter,TIME_PERIOD: Time,OBS_VALUE: Value,U: Unit,V: Other\ndataflow,F,I,a: One,,,k: Kilo,p: Pe\ndataflow,F,I,a: One,2020,1,k: Kilo,q: Qu\ndataflow,F,I,b: Two,2020,2,k: Kilo,q: Qu\n", Options{},
			[]string{`"U":{"id":"k","label":"Kilo"}`, `"V":[{"id":"q","label":"Qu"},{"dimensions":["A"],"values":{"a":"p"}}]`}, ""},
	}
	checkParts(t, tests)
}

// TestCSVUndecided holds the errors for columns without which rows are not unique, and
// for those that would multiply the cube: what they name is what mends them.
func TestCSVUndecided(t *testing.T) {
	var many strings.Builder
	many.WriteString("SHIP,OWNER,HOME,TIME_PERIOD,OBS_VALUE\n")
	for i := range 60 {
		fmt.Fprintf(&many, "s%d,o%d,h%d,2020,%d\n", i, i/2, i/4, i)
	}
	tests := []struct {
		name, message string
		want          string
		columns       []string
		dims, ignore  []string
		keep          []string
	}{
		{"an id of attributes", "SHIP,COLLECTION,TIME_PERIOD,OBS_VALUE\na,E,2020,1\na,A,2020,2\n",
			"line 3: the categories a, 2020 have a row already, in line 2: rows are not unique without COLLECTION, which is taken for an attribute", []string{"COLLECTION"}, []string{"SHIP", "COLLECTION", "TIME_PERIOD"}, nil, nil},
		{"a column behind the values", "STRUCTURE,STRUCTURE_ID,SHIP,TIME_PERIOD,OBS_VALUE,REF_AREA\ndataflow,F,a,2020,1,N\ndataflow,F,a,2020,2,S\n", "not unique without REF_AREA", []string{"REF_AREA"}, []string{"SHIP", "TIME_PERIOD", "REF_AREA"}, nil, nil},
		{"a column between time and values", "DATAFLOW,SHIP,TIME_PERIOD,CREW,OBS_VALUE,X\nF,a,2020,x,1,p\nF,a,2020,y,2,q\n", "not unique without CREW, which is taken for an attribute; they are with X, too", []string{"CREW"}, []string{"SHIP", "TIME_PERIOD", "CREW"}, nil, nil},
		{"a column that is empty on an observation", "SHIP,CREW,TIME_PERIOD,OBS_VALUE\na,x,2020,1\na,,2020,2\n", "not unique without CREW", []string{"CREW"}, []string{"SHIP", "CREW", "TIME_PERIOD"}, nil, nil},
		{"a status", "SHIP,OBS_STATUS,TIME_PERIOD,OBS_VALUE\na,E,2020,1\na,A,2020,2\n", "not unique without OBS_STATUS", []string{"OBS_STATUS"}, []string{"SHIP", "OBS_STATUS", "TIME_PERIOD"}, nil, nil},
		{"names that are more", "A,A_LABEL,TIME_PERIOD,OBS_VALUE\na,One,2020,1\na,Two,2020,2\n", "not unique without A_LABEL", []string{"A_LABEL"}, []string{"A", "A_LABEL", "TIME_PERIOD"}, nil, nil},
		{"two columns together", "SHIP,TIME_PERIOD,OBS_VALUE,P,Q,R\na,2020,1,p,q,r\na,2020,2,p,s,r\na,2020,3,t,q,r\na,2020,4,t,s,r\n", "not unique without P, Q", []string{"P", "Q"}, []string{"SHIP", "TIME_PERIOD", "P", "Q"}, nil, nil},
		{"functions that multiply the cube", many.String(), "OWNER, HOME say nothing that other columns do not say, and would make 27000 cells of 60 rows", []string{"OWNER", "HOME"}, nil, []string{"OWNER", "HOME"}, []string{"SHIP", "OWNER", "HOME", "TIME_PERIOD"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var told json.RawMessage
			got, _, err := convertText(t, tt.message, &Options{From: CSV, TableOptions: convert.TableOptions{Explain: func(p json.RawMessage) { told = p }}})
			e, ok := errors.AsType[*convert.TableError](err)
			if !ok {
				t.Fatalf("error %v\n%s", err, got)
			}
			if !strings.Contains(e.Error(), tt.want) || !errors.Is(err, convert.ErrUndecided) {
				t.Errorf("error %q, want %q", err, tt.want)
			}
			var plan struct{ Dimension, Ignore []string }
			if err := json.Unmarshal(e.Propose, &plan); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(e.Columns, tt.columns) || !slices.Equal(plan.Dimension, tt.dims) || !slices.Equal(plan.Ignore, tt.ignore) || !slices.Equal(e.Keep, tt.keep) {
				t.Errorf("it names %q, proposes %s and to keep %q", e.Columns, e.Propose, e.Keep)
			}
			if !strings.Contains(string(told), `"error":`) {
				t.Errorf("what is explained is no error: %s", told)
			}
			if _, _, err := convertText(t, tt.message, &Options{From: CSV, TableOptions: convert.TableOptions{Plan: e.Propose}}); err != nil {
				t.Errorf("with what it proposes: %v", err)
			}
		})
	}
	if _, _, err := convertText(t, "SHIP,TIME_PERIOD,OBS_VALUE,X\na,2020,1,p\na,2020,2,p\n", &Options{}); !errors.Is(err, convert.ErrTwice) || !strings.Contains(err.Error(), "perhaps a column is a dimension") {
		t.Errorf("rows that nothing tells apart: %v", err)
	}
	if _, _, err := convertText(t, "DATAFLOW,OBS_VALUE,SHIP,TIME_PERIOD\nF,1,a,2020\n", &Options{}); !errors.Is(err, ErrDimensions) {
		t.Errorf("nothing before the values: %v", err)
	}
}

// TestCSVDoubt: what is likely is told with the options that say otherwise.
func TestCSVDoubt(t *testing.T) {
	var options []string
	o := Options{TableOptions: convert.TableOptions{Doubt: func(_ string, names []string) { options = append(options, names...) }}}
	if _, _, err := convertText(t, "SHIP,GUESSED,TIME_PERIOD,OBS_VALUE\na,no,2020,1\nb,yes,2020,3\nc,no,2020,5\n", &o); err != nil || fmt.Sprint(options) != "[Ignore Dimensions]" {
		t.Errorf("%v, %v", options, err)
	}
}
