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
		{"one row with a number more, and a value by name", "port,rooms,value\nN,4,120\n", Options{}, "port 1, rooms 1: 1", "", "", ""},
		{"one age throughout in front of the value", "year,sex,age,berths\n2023,m,38,5\n2023,f,38,6\n2024,m,38,7\n2024,f,38,8\n", Options{}, "", "several columns hold figures: age, berths", "year 2, sex 2, measure 2: 8", ""},
		{"one age throughout in front of a value by name", "year,sex,age,value\n2023,m,38,5\n2023,f,38,6\n2024,m,38,7\n2024,f,38,8\n", Options{}, "year 2, sex 2, age 1: 4", "", "", ""},
		{"a fraction in front of a value by name, in a cube that is not full", "station,sort,lat,value\nA,x,59.9,5\nB,x,60.3,6\nA,y,59.9,7\nB,y,60.3,8\nC,x,61.5,9\nC,y,60.3,9\nD,x,61.5,9\nD,y,60.5,9\n", Options{}, "station 4, sort 2, lat 4: 8", "", "", "lat is taken for a dimension"},
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
		{"headings of PxWeb", "region,sex,POP 1981,POP 1991\nA,m,1,2\nA,f,3,4\nB,m,5,6\nB,f,7,8\n", Options{}, "", "POP 1981, POP 1991", "region 2, sex 2, Contents 1, Time 2: 8", ""},
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
		{"a label of the value is not its id", "port,Value label,Status,Value\nN,x,,1\nN,y,:,n/a\nS,x,,3\nS,y,,4\n", Options{}, "port 2, Value label 2: 3", "", "", ""},
		{"a dimension called as the statuses are", "port,Status,Status,berths\nN,x,,1\nN,y,p,2\nS,x,,3\nS,y,,4\n", Options{}, "port 2, Status (2) 2: 4", "", "", "several columns are called"},
		{"a dimension called as the values are", "port,value,status,value\nN,x,,1\nN,y,p,2\nS,x,,3\nS,y,,4\n", Options{}, "port 2, value (2) 2: 4", "", "", "several columns are called"},
		{"two columns of figures called as values are", "port,value,value\nN,1,10\nS,2,20\n", Options{}, "", "called as values are: value (2), value (3)", "port 2, measure 2: 4", ""},
		{"two such columns, one of which is a dimension", "port,value,value\nN,1,10\nN,2,20\nS,1,30\n", Options{}, "", "called as values are: value (2), value (3)", "", ""},
		{"where another column is said to hold the statuses", "port,Status,mark,berths\nN,x,,1\nN,y,p,2\nS,x,,3\nS,y,,4\n", Options{Status: "mark"}, "port 2, Status 2: 4", "", "", ""},
		{"statuses behind one of CSO's codes", "TLIST(A1),status,value\n2023,p,5\n2024,e,6\n", Options{}, "TLIST(A1) 2: 2", "", "", ""},
		{"a dimension called flag behind the statuses", "value,status,flag,port\n1,,x,N\n2,,y,N\n3,p,x,S\n4,,y,S\n", Options{}, "flag 2, port 2: 4", "", "", ""},
		{"flags behind statuses are not dropped", "port,value,status,flag\nN,1,,x\nS,2,p,y\nV,3,,x\n", Options{}, "", "flag says nothing", "port 3: 3", ""},
		{"statuses of each value", "port,men,men status,women,women status\nN,1,p,2,\nS,3,,4,c\n", Options{Values: []string{"men", "women"}}, "port 2, measure 2: 4", "", "", ""},
		{"statuses by their suffix", "port,men,men_f,women,women_f\nN,1,p,2,\nS,3,,4,c\n", Options{Values: []string{"men", "women"}, StatusSuffix: "_f"}, "port 2, measure 2: 4", "", "", ""},
		{"row numbers of pandas", ",port,berths\n0,N,5\n1,S,6\n", Options{}, "port 2: 2", "", "", ""},
		{"row numbers of R", "rownames,port,berths\n1,N,5\n2,S,6\n", Options{}, "port 2: 2", "", "", ""},
		{"filtered pandas", ",port,berths\n7,N,5\n15,S,6\n303,V,9\n", Options{}, "port 3: 3", "", "", ""},
		{"a first column called index that does not rise", "index,port,berths\n2,N,5\n1,S,6\n", Options{}, "", "index could be row numbers, or a dimension", "port 2: 2", ""},
		{"row numbers of tables that were put together", ",port,year,berths\n0,N,2023,5\n1,N,2024,6\n0,S,2023,7\n1,S,2024,8\n", Options{}, "", "1 could be row numbers, or a dimension", "port 2, year 2: 4", ""},
		{"a first column without a name that is a dimension", ",sex,count\n1,m,5\n1,f,6\n2,m,7\n2,f,8\n", Options{}, "", "1 could be row numbers, or a dimension", "1 2, sex 2: 4", ""},
		{"a column that is empty and has no name", "port,berths,\nN,5,\nS,6,\n", Options{}, "port 2: 2", "", "", ""},
		{"a last column without a name", "port,year,\nN,2023,5\nS,2023,6\n", Options{}, "", "no name", "", ""},

		// Headers.
		{"no header", "A,17,5\nA,18,6\nB,17,7\n", Options{}, "", "looks like data", "1 2, 2 2: 3", ""},
		{"a number as a header beside a value by name without figures", "007,port,value\n2023,N,n/a\n2023,S,n/a\n2024,N,n/a\n2024,S,n/a\n", Options{}, "007 2, port 2: 0", "", "", ""},
		{"no header, and said so", "A,17,5\nA,18,6\nB,17,7\n", Options{Header: "0"}, "1 2, 2 2: 3", "", "", ""},
		{"headers that are ages", "town,0,1,2,3\nA,1,2,3,4\nB,5,6,7,8\n", Options{By: []string{"age"}, Stub: []string{"town"}}, "town 2, age 4: 8", "", "", ""},
		{"a year twice", "port,2023,2023,2024\nN,1,2,3\nS,4,5,6\n", Options{}, "", "2023 (2), 2023 (3), 2024", "port 2, measure 3: 6", ""},
		{"a second row of the header", "port,men,women\n,persons,persons\nN,1,2\nS,3,4\n", Options{}, "", "several columns hold figures", "port 2, measure 2: 4", ""},
		{"lines above the header", "Berths by port\nSource: invented\nport,year,berths\nN,2023,5\nS,2023,6\n", Options{}, "port 2, year 1: 2", "", "", "2 lines above the header"},
		{"row names of R without a header", "port,berths\n1,N,5\n2,S,6\n3,V,7\n", Options{}, "port 3: 3", "", "", ""},

		// Cells.
		{"one bad cell is an error with its place", "port,berths\nN,5\nS,6\nV,few\nW,7\n", Options{}, "", `line 4: berths: "few" is no number`, "", ""},
		{"kept as a text", "port,berths\nN,5\nS,few\nV,7\n", Options{Texts: true}, "port 3: 3", "", "", ""},
		{"taken for missing", "port,berths\nN,5\nS,few\nV,7\n", Options{NA: []string{"few"}}, "port 3: 2", "", "", ""},
		{"a sign of a currency", "port,fee\nN,5\nS,$6\nV,7\nW,8\n", Options{}, "", "currency", "", ""},
		{"a zero in front makes codes", "place,code,berths\nA,0301,5\nB,1103,6\nC,4601,7\n", Options{}, "", "place says nothing", "code 3: 3", ""},

		// Headings that have words for time.
		{"ages in years across", "town,0 years,1 years,2 years\nA,1,2,3\nB,4,5,6\n", Options{}, "", "0 years, 1 years, 2 years", "town 2, Category 3: 6", ""},
		{"school years across", "school,Year 1,Year 2,Year 3\nA,25,30,28\nB,25,30,31\nC,20,30,28\n", Options{}, "", "Year 1, Year 2, Year 3", "school 3, Category 3: 9", ""},
		{"weeks across", "town,sex,Week 1,Week 2\nA,m,5,6\nA,f,5,3\nB,m,1,6\nB,f,5,6\n", Options{}, "", "Week 1, Week 2", "town 2, sex 2, Category 2: 8", ""},
		{"how long beside how long", "town,Total time,Driving time\nA,50,20\nB,40,21\nC,50,20\n", Options{}, "", "Total time, Driving time", "town 3, measure 2: 6", ""},
		{"how long beside a count", "town,Waiting time,visits\nA,50,20\nB,40,21\nC,50,20\n", Options{}, "", "Waiting time, visits", "town 3, measure 2: 6", ""},
		{"weeks of a year", "town,fiscal week,cases\nA,1,20\nA,2,21\nB,1,22\nB,2,20\n", Options{}, "town 2, fiscal week 2: 4", "", "", ""},
		{"a month for each town", "town,month,cases\nA,1,20\nB,2,21\nC,2,22\n", Options{}, "town 3, month 2: 3", "", "", ""},
		{"the latest year of each country", "country,year,score\nA,2021,20\nB,2019,21\nC,2023,22\n", Options{}, "", "country says nothing", "country 3, year 3: 3", ""},
		{"a year for each country behind the figures", "town,pop,year founded\nA,50,1920\nB,40,1921\nC,50,1820\n", Options{}, "", "pop or year founded", "town 3: 3", ""},

		// Row numbers.
		{"row numbers that were written twice", "Unnamed: 0.1,Unnamed: 0,region,year,pop\n0,0,A,2021,5\n1,1,A,2022,6\n2,2,B,2021,7\n3,3,B,2022,8\n", Options{}, "region 2, year 2: 4", "", "", ""},
		{"row numbers that have a name", "id,region,year,pop\n1,A,2021,5\n2,A,2022,6\n3,B,2021,7\n4,B,2022,8\n", Options{}, "", "id says nothing", "region 2, year 2: 4", ""},
		{"row numbers that have a name, beside several figures", "id,region,year,men,women\n1,A,2021,5,9\n2,A,2022,6,9\n3,B,2021,7,8\n4,B,2022,8,7\n", Options{}, "", "men, women", "region 2, year 2, measure 2: 8", ""},
		{"codes that count, with names and groups", "id,name,group,pop\n1,A,x,5\n2,B,y,6\n3,C,x,7\n", Options{}, "", "group, name", "id 3: 3", ""},
		{"row numbers of SAS", "Obs,region,sex,count\n1,A,m,15\n2,A,f,25\n3,B,m,35\n4,B,f,45\n", Options{}, "region 2, sex 2: 4", "", "", ""},
		{"row numbers beside nothing but figures", ",pop\n0,5\n1,6\n", Options{}, "", "no column that could be a dimension", "1 2: 2", ""},
		{"a column without a name is no id", ",region,pop\n3,A,5\n1,B,6\n2,C,7\n", Options{}, "", "1 could be row numbers", "region 3: 3", ""},
		{"a register with several columns that tell its rows apart", "orgnr,navn,adresse,postnr,ansatte\n912345678,Alfa,Gata 1,0150,12\n923456789,Beta,Gata 2,5003,140\n934567890,Gamma,Gata 3,7010,12\n", Options{}, "", "orgnr, adresse, navn say nothing", "postnr 3: 3", ""},
		{"a name is no id, however short", "kommune,navn,pop\n301,O,5\n1103,S,6\n1108,T,7\n", Options{}, "", "navn says nothing", "kommune 3: 3", ""},
		{"a unit is no id", "indicator,region,unit,pop\npop,A,n,5\npop,B,n,6\narea,A,km2,7\narea,B,km2,8\n", Options{}, "", "unit says nothing", "indicator 2, region 2: 4", ""},

		// Statuses, and what they mean.
		{"OBS_FLAG", "geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\nN,2021,1.5,\nN,2022,,:\nS,2021,3.5,p\nS,2022,4,\n", Options{}, "geo 2, TIME_PERIOD 2: 3", "", "", ""},
		{"labels of statuses", "geo,time,obs_value,obs_status,obs_status.label\nN,2021,1.5,,\nN,2022,2,B,Break\nS,2021,3.5,,\nS,2022,4,,\n", Options{}, "geo 2, time 2: 4", "", "", ""},
		{"labels of statuses that are all empty", "geo,time,value,flag,flag description\nN,2021,1.5,,\nN,2022,2,,\nS,2021,3.5,,\nS,2022,4,,\n", Options{}, "geo 2, time 2: 4", "", "", ""},
		{"statuses by an ending that nobody named", "port,Y2023,Y2023F,Y2024,Y2024F\nN,1,A,2,A\nS,3,A,4,E\n", Options{}, "", "Y2023, Y2024", "port 2, Time 2: 4", ""},
		{"a value by name, and numbers behind it that tell rows apart", "region,value,age\nA,5,0\nA,6,1\nB,7,0\nB,8,1\n", Options{}, "", "value, age", "region 2, age 2: 4", ""},

		{"a status of what has no values", "Health,Health flag,count\ngood,y,5\ngood,n,6\nbad,y,7\nbad,n,8\n", Options{}, "Health 2, Health flag 2: 4", "", "", ""},
		{"a status of codes", "grade,grade status,count\n1,y,5\n1,n,6\n2,y,7\n2,n,8\n", Options{}, "", "could hold statuses or be a dimension", "grade 2, grade status 2: 4", ""},
		{"a value by name that is a dimension", "question,value,count\nq1,1,5\nq1,2,6\nq2,1,7\nq2,2,8\n", Options{}, "", "value, count", "question 2, value 2: 4", ""},

		// Texts behind the figures.
		{"notes behind years across", "dept,2021,2022,Note\nA,1,2,\nB,3,4,x\n", Options{}, "", "2021, 2022", "dept 2, Time 2: 4", ""},
		{"names behind years across", "code,2021,2022,name\nA,1,2,Ash\nB,3,4,Elm\n", Options{}, "", "2021, 2022", "code 2, Time 2: 4", ""},
		{"codes behind years across", "name,2021,2022,code\nAsh,1,2,A\nElm,3,4,B\n", Options{}, "", "2021, 2022", "code 2, Time 2: 4", ""},
		{"a text for each row behind the figures", "region,year,sex,n,comment,link\nA,2021,m,5,a,u1\nA,2021,f,6,b,u2\nB,2021,m,7,c,u3\nB,2021,f,8,d,u4\n", Options{}, "", "n or link", "region 2, year 1, sex 2: 4", ""},
		{"quarters of two words across", "dept,Q1 2024,Q2 2024\nA,1,2\nB,3,4\n", Options{}, "", "Q1 2024, Q2 2024", "dept 2, Time 2: 4", ""},
		{"answers of a survey", "q1,q2,q3\n1,2,3\n2,2,1\n3,1,1\n", Options{}, "", "q1, q2, q3", "", ""},

		// Rows that are not what they should be.
		{"a note below two columns", "town,pop\nA,5\nB,6\nSource: us,\n", Options{}, "town 2: 2", "", "", "1 line below the table is left out: \"Source: us\""},
		{"a note within the table", "town,pop\nA,5\nSource: us,\nB,6\n", Options{}, "", "nothing but \"Source: us\"", "", ""},
		{"a last column without a name, of two", "town,\nA,5\nB,6\n", Options{}, "", "looks like data", "", "1 line above"},
		{"no header, with years", "A,2021,5\nA,2022,6\nB,2021,7\n", Options{}, "", "looks like data", "1 2, 2 2: 3", ""},
		{"no header, and columns that repeat others", "1,A,2016,597\n0,B,2015,597\n2,A,2017,4099\n", Options{}, "", "looks like data", "1 3, measure 2: 6", ""},
		{"several columns are called as values are", "group,year,value,verdi\nx,2015,6,0\ny,2016,27,3\nz,2016,2,0\n", Options{}, "", "value, verdi", "group 3, year 2, measure 2: 6", ""},
		{"one row with several numbers more", "port,rooms,floors,berths\nN,4,2,120\n", Options{}, "port 1, rooms 1, floors 1: 1", "", "", "rooms, floors are taken for dimensions"},
		{"several columns without a name", ",,count\nA,m,5\nA,f,6\n", Options{}, "1 1, 2 2: 2", "", "", "columns without a name are called 1, 2"},
		{"labels in two columns", "code,name,name 2,pop\n1,A,x,5\n2,B,y,6\n", Options{Labels: [][2]string{{"code", "name"}, {"code", "name 2"}}}, "", "cannot have its labels in both", "", ""},
		{"labels of two columns in one", "code,place,name,pop\n1,a,x,5\n2,b,y,6\n", Options{Labels: [][2]string{{"code", "name"}, {"place", "name"}}}, "", "cannot hold the labels of both", "", ""},
		{"statuses in columns without a name", "geo,2021,,2022,\nA,5,p,6,\nB,7,,8,e\nC,1,,2,e\n", Options{}, "", "2021, 2022", "geo 3, Time 2: 6", ""},
		{"no header, with months", "men,2024M01,1696\nmen,2024M02,1430\nmen,2024M03,1696\n", Options{}, "", "looks like data", "1 1, 2 3: 3", ""},
		{"headings that count", "town,0,1,2,3\nA,1,2,3,4\nB,5,6,7,8\n", Options{}, "", "looks like data", "town 2, Category 4: 8", ""},
		{"a frame whose last column has no name", "level_0,level_1,0\nA,x,5\nA,y,6\nB,x,7\nB,y,8\n", Options{}, "level_0 2, level_1 2: 4", "", "", ""},
		{"a series without a name", "region,year,0\nA,2021,5\nA,2022,6\nB,2021,7\nB,2022,8\n", Options{}, "region 2, year 2: 4", "", "", ""},
		{"separators at the end of all rows but the header", "region,year,pop\nA,2021,5,\nB,2021,6,\n", Options{}, "region 2, year 1: 2", "", "", ""},
		{"rows of separators", "region,pop\nA,5\n,\nB,6\n", Options{}, "region 2: 2", "", "", ""},
		{"a note below an empty row", "region,pop\nA,5\nB,6\n,\nSource: us,\n", Options{}, "region 2: 2", "", "", "1 line below the table is left out: \"Source: us\""},
		{"a note below the table", "region,year,pop\nA,2021,5\nA,2022,7\nB,2022,6\nSource: us,,\n", Options{}, "region 2, year 2: 3", "", "", "1 line below the table is left out: \"Source: us\""},
		{"a heading within the table", "region,year,pop\nA,2021,5\nOthers,,\nB,2022,6\n", Options{}, "", "line 3: the row has nothing but \"Others\"", "", ""},
		{"a category without values", "town,2021,2022\nA,1,2\nB,,\n", Options{By: []string{"year"}}, "town 2, year 2: 2", "", "", ""},
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
				if (tt.warn == "") != (len(warnings) == 0) || len(warnings) > 1 || tt.warn != "" && !strings.Contains(warnings[0], tt.warn) {
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
