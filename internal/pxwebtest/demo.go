package pxwebtest

import "net/http"

func Demo() []Table {
	return []Table{{ID: "05839", Name: "Folkemengde", Subjects: []string{"be/folkemengde"}, Title: T("Befolkning", "Population"), Variables: []Variable{
		{Code: "Region", Text: T("region", "region"), Values: Values("0=Hele landet=The whole country", "0301=Oslo", "1103=Stavanger"), Elimination: true, EliminationValue: "0"},
		{Code: "Kjonn", Text: T("kjønn", "sex"), Values: Values("1=Menn=Males", "2=Kvinner=Females"), Elimination: true},
		{Code: "ContentsCode", Kind: Contents, Text: T("statistikkvariabel", "contents"), Values: Values("Personer=Personer=Persons", "Andel=Andel=Share")},
		{Code: "Tid", Kind: Time, Text: T("år", "year"), Values: Values("2023", "2024", "2025")},
	}}}
}
func DemoSubjects() []Subject                                                               { return []Subject{{Path: "be", Text: T("Befolkning", "Population")}} }
func (t *Table) subject() (string, Text)                                                    { return "be", T("Befolkning", "Population") }
func (s *Server) service(path []string) http.HandlerFunc                                    { return nil }

