package xlsxconv

import "strings"

// words are what we say ourselves in a workbook, in a language.
type words struct {
	info, chart, value, status                                           string
	title, table, area, source, updated, next, licence, attribution      string
	copyrighted, official, yes, no, contact, address, language, homepage string
	notes, ofTable, variables, id, name, categories, units, unit, base   string
	decimals, period, symbols, symbol, meaning, links, classification    string
	definition, count                                                    string
}

var english = words{
	info: "Info", chart: "Chart", value: "Value", status: "Status",
	title: "Title", table: "Table", area: "Subject", source: "Source", updated: "Updated", next: "Next update",
	licence: "Licence", attribution: "Attribution", copyrighted: "Copyright", official: "Official statistics", yes: "yes", no: "no",
	contact: "Contact", address: "Address", language: "Language", homepage: "Related",
	notes: "Notes", ofTable: "Table", variables: "Variables", id: "Code", name: "Name", categories: "Categories",
	units: "Units", unit: "Unit", base: "Base period", decimals: "Decimals", period: "Reference time",
	symbols: "Symbols", symbol: "Symbol", meaning: "Meaning", links: "Classifications and definitions",
	classification: "Classification", definition: "Definition", count: "Number of figures",
}

var norwegian = words{
	info: "Info", chart: "Diagram", value: "Verdi", status: "Status",
	title: "Tittel", table: "Tabell", area: "Emne", source: "Kilde", updated: "Oppdatert", next: "Neste oppdatering",
	licence: "Lisens", attribution: "Kildehenvisning", copyrighted: "Opphavsrett", official: "Offisiell statistikk", yes: "ja", no: "nei",
	contact: "Kontakt", address: "Adresse", language: "Språk", homepage: "Se også",
	notes: "Merknader", ofTable: "Tabellen", variables: "Variabler", id: "Kode", name: "Navn", categories: "Kategorier",
	units: "Enheter", unit: "Enhet", base: "Basisperiode", decimals: "Desimaler", period: "Referansetid",
	symbols: "Symboler", symbol: "Symbol", meaning: "Betydning", links: "Klassifikasjoner og definisjoner",
	classification: "Klassifikasjon", definition: "Definisjon", count: "Antall tall",
}

// speak are the words of a language.
func speak(lang string) *words {
	switch lang, _, _ := strings.Cut(strings.ToLower(lang), "-"); lang {
	case "no", "nb", "nn":
		return &norwegian
	}
	return &english
}
