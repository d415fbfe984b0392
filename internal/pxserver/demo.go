package pxserver

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Demo are tables like Statistics Norway's, in two languages. The figures are
// invented and the same at every start.
func Demo() []Table {
	tables := []Table{population(), employed(), prices(), livestock(), districts(), names(), cellsTable(), ended(), weekly()}
	for i := range tables {
		if t := &tables[i]; len(t.Contact) == 0 && t.ID != "07984" { // which has one of each contents
			t.Contact = anybody()
		}
	}
	return tables
}

// DemoSubjects are the levels in which the tables of Demo stand.
func DemoSubjects() []Subject {
	return []Subject{
		{Path: "al", Text: T("Arbeid og lønn", "Labour market and earnings")},
		{Path: "al/al02", Text: T("Sysselsetting", "Employment")},
		{Path: "al/al02/regsys", Text: T("Sysselsetting, registerbasert", "Employment, register-based")},
		{Path: "be", Text: T("Befolkning", "Population")},
		{Path: "be/be01", Text: T("Befolkning, nåværende og framskrevet", "Population, current and projected")},
		{Path: "be/be01/folkemengde", Text: T("Befolkning", "Population")},
		{Path: "be/be01/folkemengde/avsluttet", Text: T("Avsluttede tidsserier", "Closed time series")},
		{Path: "be/be02", Text: T("Navn", "Names")},
		{Path: "be/be02/navn", Text: T("Navn", "Names")},
		{Path: "in", Text: T("Innvandring og innvandrere", "Immigration and immigrants")},
		{Path: "in/in00", Text: T("Befolkning", "Population")},
		{Path: "in/in00/folkemengde", Text: T("Befolkning", "Population")},
		{Path: "js", Text: T("Jord, skog, jakt og fiskeri", "Agriculture, forestry, hunting and fishing")},
		{Path: "js/HEAD", Text: T("Landbruk", "Agriculture"), Headline: true},
		{Path: "js/js01", Text: T("Jordbruk", "Agriculture")},
		{Path: "js/js01/husdyr", Text: T("Husdyr", "Livestock")},
		{Path: "pp", Text: T("Priser og prisindekser", "Prices and price indices")},
		{Path: "pp/pp04", Text: T("Konsumpriser", "Consumer prices")},
		{Path: "pp/pp04/kpi", Text: T("Konsumprisindeksen", "Consumer price index")},
	}
}

var source = T("Statistisk sentralbyrå (oppdiktede tall)", "Statistics Norway (invented figures)")

// published is a day at the time when tables are published, in local time.
func published(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 8, 0, 0, 0, local)
}

func homepage(short string) []Related {
	return []Related{
		{"statistics-homepage", "KORTNAVN:" + short, "https://www.ssb.no/" + short, "Statistikkens hjemmeside", "text/html"},
		{"about-statistics", "KORTNAVN:" + short, "https://www.ssb.no/" + short + "#om-statistikken", "Om statistikken", "text/html"},
	}
}

// anybody is whom the tables name that name nobody of their own, as every table of a
// real server names somebody: clients count on it.
func anybody() []Contact {
	return []Contact{{Name: "Anne Nordmann", Mail: "anne@example.org", Phone: "00 00 00 00", Raw: "Anne Nordmann, oppdiktet#00 00 00 00#anne@example.org"}}
}

// periods are the codes of a time variable.
func periods(codes ...string) Variable {
	return Variable{Code: "Tid", Text: T("år", "year"), Kind: Time, Show: "code", Values: Values(codes...)}
}

func years(from, to int) []string {
	var codes []string
	for y := from; y <= to; y++ {
		codes = append(codes, strconv.Itoa(y))
	}
	return codes
}

// parts are the parts of years: K 4, M 12.
func parts(from, to int, letter string, n int) []string {
	var codes []string
	for y := from; y <= to; y++ {
		for k := 1; k <= n; k++ {
			if n > 9 {
				codes = append(codes, fmt.Sprintf("%d%s%02d", y, letter, k))
			} else {
				codes = append(codes, fmt.Sprintf("%d%s%d", y, letter, k))
			}
		}
	}
	return codes
}

func sex() Variable {
	return Variable{Code: "Kjonn", Text: T("kjønn", "sex"), Elimination: true, URNs: "urn:ssb:classification:klass:2 urn:ssb:conceptvariable:vardok:2798",
		Values: Values("1=Menn=Males", "2=Kvinner=Females")}
}

// municipalities are a few, with the country first if it is among the values.
func municipalities(country bool) Variable {
	v := Variable{Code: "Region", Text: T("region", "region"), Kind: Geo, Map: "Kommuner 2024", Show: "code_value", URNs: "urn:ssb:classification:klass:131",
		Notes: []Note{{Text: T("Kommuner per 1.1.2024.", "Municipalities as of 1 January 2024."), Mandatory: true}},
		Values: Values("0301=Oslo", "1101=Eigersund", "1103=Stavanger", "1106=Haugesund", "1108=Sandnes", "3301=Drammen", "4601=Bergen", "4602=Kinn",
			"5001=Trondheim - Tråante", "5501=Tromsø", "5503=Harstad - Hárstták")}
	v.Values[9].Notes = []Note{
		{Text: T("Til og med 2023: 5401 Tromsø.", "Until 2023: 5401 Tromsø.")},
		{Text: T("Grensejustert <b>2020</b>.", "Border adjusted <b>2020</b>."), Mandatory: true}}
	counties := CodeList{ID: "KommFylker", Text: T("Fylker 2024-", "Counties 2024-"), Aggregation: true, Values: []Group{
		{"F-03", T("Oslo", "Oslo"), []string{"0301"}},
		{"F-11", T("Rogaland", "Rogaland"), []string{"1101", "1103", "1106", "1108"}},
		{"F-33", T("Buskerud", "Buskerud"), []string{"3301"}},
		{"F-46", T("Vestland", "Vestland"), []string{"4601", "4602"}},
		{"F-50", T("Trøndelag - Trööndelage", "Trøndelag"), []string{"5001"}},
		{"F-55", T("Troms - Romsa - Tromssa", "Troms"), []string{"5501", "5503"}}}}
	sums := CodeList{ID: "KommSummer", Text: T("Kommuner 2024, sammenslåtte tidsserier", "Municipalities 2024, aggregated time series"), Aggregation: true}
	set := CodeList{ID: "Kommuner", Text: T("Alle kommuner", "All municipalities")}
	for _, m := range v.Values {
		sums.Values = append(sums.Values, Group{"K-" + m.Code, m.Text, []string{m.Code}})
		set.Values = append(set.Values, Group{Code: m.Code})
	}
	v.CodeLists = []CodeList{counties, sums, set}
	if country {
		v.Values = append(Values("0=Hele landet=The whole country"), v.Values...)
		v.Elimination, v.EliminationValue = true, "0"
	}
	return v
}

// ages are one-year groups, with groups of five years.
func ages() Variable {
	v := Variable{Code: "Alder", Text: T("alder", "age"), Elimination: true, URNs: "urn:ssb:conceptvariable:vardok:2"}
	five := CodeList{ID: "FemAarigGruppering", Text: T("5-årige aldersgrupper, 0-99", "5-year age groups, 0-99"), Aggregation: true}
	for a := range 105 {
		code := fmt.Sprintf("%03d", a)
		v.Values = append(v.Values, Value{Code: code, Text: T(strconv.Itoa(a)+" år", plural(a, "year"))})
		if a%5 == 0 && a < 100 {
			five.Values = append(five.Values, Group{fmt.Sprintf("F%02d-%02d", a, a+4), T(fmt.Sprintf("%d-%d år", a, a+4), fmt.Sprintf("%d-%d years", a, a+4)), nil})
		}
		if a < 100 {
			g := &five.Values[len(five.Values)-1]
			g.Members = append(g.Members, code)
		}
	}
	v.Values = append(v.Values, Value{Code: "105+", Text: T("105 år eller eldre", "105 years or older")})
	var oldest []string
	for a := 100; a < 105; a++ {
		oldest = append(oldest, fmt.Sprintf("%03d", a))
	}
	five.Values = append(five.Values, Group{"F100+", T("100 år eller eldre", "100 years or older"), append(oldest, "105+")})
	v.CodeLists = []CodeList{five}
	return v
}

func plural(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return strconv.Itoa(n) + " " + word
}

// population is the table that examples fetch: 41,976 figures in all.
func population() Table {
	country := municipalities(true)
	return Table{
		ID: "05839", Name: "Folkemengde", Subjects: []string{"be/be01/folkemengde", "in/in00/folkemengde"}, Dataset: "1082",
		Title: T("Befolkning, etter region, kjønn og alder (K) 2010 - 2025", "Population, by region, sex and age (M) 2010 - 2025"), Contents: T("Befolkning", "Population"),
		Source: source, Updated: published(2025, time.February, 19), Heading: 2, Official: true, Infofile: "None", NextUpdate: "2026-02-24T07:00:00Z",
		Related: homepage("folkemengde"),
		Notes:   []Note{{Text: T("Per 1. januar.<br>Se «Om statistikken».", "As of 1 January.<br>See “About the statistics”.")}},
		Contact: []Contact{{Name: "Kari Nordmann", Mail: "kari@example.org", Phone: "00 00 00 00", Raw: "Kari Nordmann, oppdiktet#00 00 00 00#kari@example.org"}},
		Variables: []Variable{country, sex(), ages(),
			{Code: "ContentsCode", Text: T("statistikkvariabel", "contents"), Kind: Contents, Values: []Value{
				{Code: "Personer", Text: T("Personer", "Persons"), Unit: T("personer", "persons"), RefPeriod: T("1. januar", "1 January"), MeasuringType: "Stock", Alternative: T("Befolkning 1. januar", "Population 1 January")}}},
			periods(years(2010, 2025)...)},
		Cells: func(dst []byte, at []int, edition int) ([]byte, string) {
			h := hash(5839, at, edition)
			n := 2 + h%90
			if at[0] <= 1 {
				n = n*40 + h>>20%40 // the country and Oslo are larger
			}
			if at[2] > 95 {
				n /= uint64(at[2] - 80)
			}
			return strconv.AppendUint(dst, n, 10), ""
		},
	}
}

// employed has all that metadata can have, and symbols also on figures.
func employed() Table {
	region := municipalities(false)
	ola := Contact{Name: "Ola Nordmann", Mail: "ola@example.org", Phone: "00 00 00 00", Raw: "Ola Nordmann, oppdiktet#00 00 00 00#ola@example.org"}
	both := sex()
	both.Values = append(Values("0=Begge kjønn=Both sexes"), both.Values...)
	both.EliminationValue = "0"
	return Table{
		ID: "07984", Name: "RegSys", Subjects: []string{"al/al02/regsys"}, Title: T("Sysselsatte, etter region og kjønn (K) 2019K1 - 2024K4", "Employed persons, by region and sex (M) 2019K1 - 2024K4"),
		Contents: T("Sysselsatte", "Employed persons"), Source: source, Updated: published(2024, time.November, 6), Heading: 2, Decimals: 1, Official: true, TimeUnit: "Quarterly",
		Related: homepage("regsys"),
		Notes: []Note{
			{Text: T("Tallene er foreløpige.<br>Se «Om statistikken».", "Figures are preliminary.<br>See “About the statistics”."), Mandatory: true},
			{Text: T("Brudd i serien for Oslo.", "Break in the series of Oslo."), Only: "Region=0301", Mandatory: true},
			{Text: T("Brudd i serien for Tromsø.", "Break in the series of Tromsø."), Only: "Region=5501", Mandatory: true}},
		Variables: []Variable{region, both,
			{Code: "ContentsCode", Text: T("statistikkvariabel", "contents"), Kind: Contents, Values: []Value{
				{Code: "Sysselsatte", Text: T("Sysselsatte", "Employed persons"), Unit: T("personer", "persons"), RefPeriod: T("4. kvartal", "4th quarter"), MeasuringType: "Stock", URNs: "urn:ssb:conceptvariable:vardok:1743", Contact: []Contact{ola}},
				{Code: "Prosent", Text: T("Sysselsatte i prosent av befolkningen", "Employed persons, per cent of population"), Unit: T("prosent", "per cent"), Decimals: 1, RefPeriod: T("4. kvartal", "4th quarter"), MeasuringType: "Average", URNs: "urn:ssb:contextvariable:common:5ea1a2b6-7f60-4d5e-9d0c-1d2e3f4a5b6c:12:Prosent", Contact: []Contact{ola}},
				{Code: "Indeks", Text: T("Indeks", "Index"), Unit: T("indeks", "index"), Decimals: 1, RefPeriod: T("4. kvartal", "4th quarter"), BasePeriod: T("2015=100", "2015=100"), MeasuringType: "Other", PriceType: "Fixed", Adjustment: "SesOnly", Alternative: T("Indeks for sysselsatte", "Index of employed persons"), Updated: published(2025, time.February, 6), Contact: []Contact{{Raw: "Oppdiktet kontor#post@example.org"}, ola}},
				{Code: "ContentsCode", Text: T("Antall jobber", "Number of jobs"), Unit: T("jobber", "jobs"), MeasuringType: "Flow", Adjustment: "WorkAndSes", URNs: "urn:ssb:conceptvariable:vardok:1"}},
			},
			{Code: "Tid", Text: T("kvartal", "quarter"), Kind: Time, Show: "code", Values: Values(parts(2019, 2024, "K", 4)...)}},
		Cells: Pseudo(7984),
	}
}

// prices is monthly, with a base period and a value set.
func prices() Table {
	groups := Variable{Code: "Konsumgrp", Text: T("konsumgruppe", "consumption group"), Show: "code_value", Values: Values("TOTAL=Totalindeks=All-items", "01=Matvarer og alkoholfrie drikkevarer=Food and non-alcoholic beverages",
		"02=Alkoholholdige drikkevarer og tobakk=Alcoholic beverages and tobacco", "03=Klær og skotøy=Clothing and footwear", "04=Bolig, lys og brensel=Housing, water, electricity, gas and other fuels", "07=Transport=Transport")}
	groups.CodeLists = []CodeList{{ID: "KPIdivisjon", Text: T("Hovedgrupper", "Divisions"), Values: []Group{{Code: "01"}, {Code: "02"}, {Code: "03"}, {Code: "04"}, {Code: "07"}}}}
	return Table{
		ID: "03013", Name: "KPIny", Subjects: []string{"pp/pp04/kpi"}, Title: T("Konsumprisindeks, etter konsumgruppe 2020M01 - 2025M10", "Consumer price index, by consumption group 2020M01 - 2025M10"), Dataset: "1086",
		Contents: T("Konsumprisindeks", "Consumer price index"), Source: source, Updated: published(2025, time.November, 10), Heading: 2, Decimals: 1, Official: true, TimeUnit: "Monthly", NoAggregation: true,
		Related: homepage("kpi"),
		Variables: []Variable{groups,
			{Code: "ContentsCode", Text: T("statistikkvariabel", "contents"), Kind: Contents, Values: []Value{
				{Code: "KpiIndMnd", Text: T("Konsumprisindeks (2015=100)", "Consumer Price Index (2015=100)"), Unit: T("indeks", "index"), Decimals: 1, BasePeriod: T("2015=100", "2015=100"), RefPeriod: T("15. i måneden", "15th of the month"), MeasuringType: "Other"},
				{Code: "Manedsendring", Text: T("Månedsendring (prosent)", "Monthly change (per cent)"), Unit: T("prosent", "per cent"), Decimals: 1, RefPeriod: T("Måneden", "The month"), MeasuringType: "Other"}}},
			{Code: "Tid", Text: T("måned", "month"), Kind: Time, Show: "code", Values: Values(parts(2020, 2025, "M", 12)[:70]...)}},
		Cells: func(dst []byte, at []int, edition int) ([]byte, string) {
			h := hash(3013, at, edition)
			if at[1] == 1 {
				if at[2] == 0 {
					return dst, "."
				}
				return tenths(dst, int64(h%31)-12), ""
			}
			return tenths(dst, 1100+int64(at[2])*4+int64(h%30)), ""
		},
	}
}

// tenths appends a number with one decimal, without it where it is 0, as the
// servers write it.
func tenths(dst []byte, n int64) []byte {
	if n < 0 {
		dst, n = append(dst, '-'), -n
	}
	dst = strconv.AppendInt(dst, n/10, 10)
	if n%10 != 0 {
		dst = append(dst, '.', byte('0'+n%10))
	}
	return dst
}

// livestock has the symbol of nil and no contents variable's metadata to speak of.
func livestock() Table {
	return Table{
		ID: "12660", Name: "Husdyr", Subjects: []string{"js/js01/husdyr"}, Title: T("Husdyr, etter fylke og husdyrslag (F) 2020 - 2024", "Livestock, by county and kind (C) 2020 - 2024"), Contents: T("Husdyr", "Livestock"),
		Source: source, Updated: published(2024, time.December, 3), Heading: 2, NoAggregation: true, Related: homepage("husdyr"),
		Notes: []Note{{Text: T("- betyr null.", "- means zero.")}},
		Variables: []Variable{
			{Code: "Region", Text: T("fylke", "county"), Kind: Geo, Elimination: true, EliminationValue: "0", Show: "value", Values: Values("0=Hele landet=The whole country", "03=Oslo", "11=Rogaland", "34=Innlandet", "46=Vestland")},
			{Code: "HusdyrSlag", Text: T("husdyrslag", "kind of livestock"), Values: Values("01=Storfe=Cattle", "02=Sau=Sheep", "03=Geit=Goats", "04=Svin=Pigs", "05=Høner=Hens")},
			{Code: "ContentsCode", Text: T("statistikkvariabel", "contents"), Kind: Contents, Values: []Value{
				{Code: "Husdyr", Text: T("Husdyr", "Livestock"), Unit: T("dyr", "animals"), MeasuringType: "Stock", RefPeriod: T("1. oktober", "1 October")},
				{Code: "Jordbruk", Text: T("Jordbruksbedrifter", "Holdings"), Unit: T("bedrifter", "holdings"), MeasuringType: "Stock", RefPeriod: T("1. oktober", "1 October")}}},
			periods(years(2020, 2024)...)},
		Cells: func(dst []byte, at []int, edition int) ([]byte, string) {
			h := hash(12660, at, edition)
			switch {
			case at[0] == 1 && h%3 == 0:
				return dst, NilSymbol
			case at[0] > 0 && h%11 == 0:
				return dst, ":"
			}
			return strconv.AppendUint(dst, h%90_000, 10), ""
		},
	}
}

// districts is small enough to read.
func districts() Table {
	return Table{
		ID: "10826", Name: "FolkemengdeBydel", Subjects: []string{"be/be01/folkemengde"}, Title: T("Befolkning, etter bydel i Oslo (B) 2023 - 2025", "Population, by district in Oslo (D) 2023 - 2025"), Contents: T("Befolkning", "Population"),
		Source: source, Updated: published(2025, time.February, 19), Heading: 2, Related: homepage("folkemengde"),
		Variables: []Variable{
			{Code: "Region", Text: T("bydel", "district"), Kind: Geo, Map: "Bydeler Oslo", Show: "value", Values: Values("030101=Gamle Oslo", "030102=Grünerløkka", "030103=Sagene")},
			{Code: "ContentsCode", Text: T("statistikkvariabel", "contents"), Kind: Contents, Values: []Value{{Code: "Personer", Text: T("Personer", "Persons"), Unit: T("personer", "persons"), MeasuringType: "Stock"}}},
			periods(years(2023, 2025)...)},
		Cells: func(dst []byte, at []int, edition int) ([]byte, string) {
			if at[0] == 1 && at[2] == 2 {
				return dst, ".."
			}
			return strconv.AppendInt(dst, int64([]int{61204, 65093, 46312}[at[0]]+at[2]*611+edition), 10), ""
		},
	}
}

// names has more values than metadata of v1 tells.
func names() Table {
	v := Variable{Code: "Etternavn", Text: T("etternavn", "surname"), Show: "value", Values: surnames()}
	return Table{
		ID: "12891", Name: "Etternavn", Subjects: []string{"be/be02/navn"}, Title: T("Etternavn 2023 - 2024", "Surnames 2023 - 2024"), Contents: T("Etternavn", "Surnames"),
		Source: source, Updated: published(2025, time.January, 22), Heading: 2, Related: homepage("navn"),
		Variables: []Variable{v,
			{Code: "ContentsCode", Text: T("statistikkvariabel", "contents"), Kind: Contents, Values: []Value{{Code: "Personer", Text: T("Personer", "Persons"), Unit: T("personer", "persons")}}},
			periods(years(2023, 2024)...)},
		Cells: Whole(12891),
	}
}

// surnames are made once; they are many.
var surnames = sync.OnceValue(func() []Value {
	values := make([]Value, 60_000)
	for n := range values {
		values[n] = Value{Code: fmt.Sprintf("%05d", n), Text: T(surname(n), surname(n))}
	}
	return values
})

func surname(n int) string {
	first := []string{"Ås", "Berg", "Dal", "Eng", "Fjell", "Grøn", "Haug", "Lund", "Sol", "Øst"}
	last := []string{"aker", "bakken", "dal", "eng", "gård", "haugen", "land", "li", "moen", "rud", "set", "vik"}
	s := first[n%10] + last[n/10%12]
	if n >= 120 {
		s += " " + strconv.Itoa(n/120)
	}
	return s
}

// cellsTable has codes and numbers that are easily broken on the way.
func cellsTable() Table {
	t := Table{
		ID: "90001", Name: "Rare celler", Subjects: []string{""}, Title: T("Rare celler, 100 % «oppdiktet»", "Odd cells, 100% “invented”"), Contents: T("Rare celler", "Odd cells"), Source: source,
		Updated: published(2025, time.March, 3), Heading: 1, Decimals: 2, NoDate: true, Copyright: true, Description: "Rare celler", UpdateFrequency: "aldri", Survey: "ingen",
		Variables: []Variable{
			{Code: "size", Text: T(`størrelse "stor"`, `size "large"`), Values: Values("S", "M+L", "a,b", "x y", "æøå", "100%", "(1)", "K/M")},
			{Code: "id", Text: T("løpenummer", "number"), Elimination: true, Values: Values("1=en=one", "2=to=two", "3=tre=three")},
			{Code: "ContentsCode", Text: T("statistikkvariabel", "contents"), Kind: Contents, Values: []Value{
				{Code: "A", Text: T("Tall\tA", "Number\tA"), Unit: T("stk.", "no."), Decimals: 2}, {Code: "B", Text: T("Tall B", "Number B"), Unit: T("€", "€"), Decimals: 7}}},
			{Code: "Tid", Text: T("halvår", "half-year"), Kind: Time, Values: Values(parts(2022, 2024, "H", 2)...)}},
		Cells: Odd(90001),
	}
	t.Variables[0].Values = append(t.Variables[0].Values, Value{Code: "=1", Text: T("=1+1", "=1+1")})
	return t
}

// ended is a series that goes on no more.
func ended() Table {
	return Table{
		ID: "04232", Name: "FolkemengdeGml", Subjects: []string{"be/be01/folkemengde/avsluttet"}, Title: T("Befolkning, etter fylke (avslutta serie) 1990 - 1999", "Population, by county (closed series) 1990 - 1999"), Contents: T("Befolkning", "Population"),
		Source: source, Updated: published(2000, time.January, 1), Discontinued: true,
		Variables: []Variable{
			{Code: "Region", Text: T("fylke", "county"), Values: Values("01=Østfold", "02=Akershus", "03=Oslo")},
			periods(years(1990, 1999)...)}, // no contents variable
		Cells: Whole(4232),
	}
}

// weekly has weeks, the newest first.
func weekly() Table {
	weeks := strings.Fields("2026U23 2026U22 2026U21 2026U20 2026U19 2026U18")
	return Table{
		ID: "03024", Name: "LaksPris", Subjects: []string{"js/js01/husdyr"}, Title: T("Eksport av laks 2026U18 - 2026U23", "Export of salmon 2026U18 - 2026U23"), Contents: T("Eksport av laks", "Export of salmon"),
		Source: source, Updated: published(2026, time.June, 10), TimeUnit: "Weekly", Heading: 1,
		Variables: []Variable{
			{Code: "VareGrupper2", Text: T("varegruppe", "commodity group"), Values: Values("01=Fersk=Fresh", "02=Frosset=Frozen")},
			{Code: "ContentsCode", Text: T("statistikkvariabel", "contents"), Kind: Contents, Values: []Value{{Code: "Vekt", Text: T("Vekt", "Weight"), Unit: T("tonn", "tonnes")}, {Code: "Kilopris", Text: T("Kilopris", "Price per kilo"), Unit: T("kr", "NOK"), Decimals: 2}}},
			{Code: "Tid", Text: T("uke", "week"), Kind: Time, Values: Values(weeks...)}},
		Cells: Pseudo(3024),
	}
}

// Large is a table of at least so many cells that is generated as it is served:
// ten contents, a hundred periods, and regions by sexes for the rest.
func Large(id string, cells int) Table {
	regions := (cells + 2*10*100 - 1) / (2 * 10 * 100)
	region := Variable{Code: "Region", Text: T("region", "region"), Kind: Geo, Elimination: true}
	for n := range regions {
		region.Values = append(region.Values, Value{Code: fmt.Sprintf("%05d", n), Text: T(fmt.Sprintf("Grunnkrets %d", n), fmt.Sprintf("Basic unit %d", n))})
	}
	contents := Variable{Code: "ContentsCode", Text: T("statistikkvariabel", "contents"), Kind: Contents}
	for n := range 10 {
		contents.Values = append(contents.Values, Value{Code: fmt.Sprintf("C%d", n), Text: T(fmt.Sprintf("Tall %d", n), fmt.Sprintf("Number %d", n)), Unit: T("antall", "number"), Decimals: n % 3})
	}
	return Table{ID: id, Name: "Stor" + id, Title: T("Stor tabell", "Large table"), Source: source, Heading: 2,
		Variables: []Variable{region, sex(), contents, periods(years(1926, 2025)...)}, Cells: Pseudo(uint64(cells))}
}
