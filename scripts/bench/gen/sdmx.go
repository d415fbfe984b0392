package main

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"
)

// message is a data message of SDMX: areas, indicators and years, each
// observation with a status, one in twenty without a value.
type message struct {
	areas, indicators, periods []category
}

// newMessage makes one of at least the given number of observations.
func newMessage(cells int) *message {
	m := &message{periods: calendar(40)}
	for i := range 20 {
		n := strconv.Itoa(i + 1)
		m.indicators = append(m.indicators, category{"I" + n, "Indicator " + n})
	}
	perArea := len(m.indicators) * len(m.periods)
	for i := range (cells + perArea - 1) / perArea {
		n := strconv.Itoa(i + 1)
		m.areas = append(m.areas, category{"A" + n, "Area " + n})
	}
	return m
}

// The statuses of observations, by number.
var statuses = []category{{"A", "Normal value"}, {"E", "Estimated value"}, {"M", "Missing value"}}

// observation appends the number of an observation, or none, and gives the number
// of its status.
func observation(b []byte, cell int, none string) ([]byte, int) {
	r := random(cell)
	if status(r) != "" {
		return append(b, none...), 2
	}
	b = contents[1].appendTo(b, r>>8)
	if r>>60 == 0 {
		return b, 1
	}
	return b, 0
}

// put appends an observation as SDMX-JSON has it.
func put(b []byte, key string, cell int) []byte {
	b = append(b, '"')
	b = append(b, key...)
	b = append(b, `":[`...)
	b, status := observation(b, cell, "null")
	b = append(b, ',')
	b = strconv.AppendInt(b, int64(status), 10)
	return append(b, ']')
}

// flat writes SDMX-JSON with all observations in one object.
func (m *message) flat(w *bufio.Writer) {
	m.open(w)
	fmt.Fprint(w, `"observations":{`)
	cell := 0
	for a := range m.areas {
		for i := range m.indicators {
			for p := range m.periods {
				b := w.AvailableBuffer()
				if cell > 0 {
					b = append(b, ',')
				}
				b = put(b, fmt.Sprintf("%d:%d:%d", a, i, p), cell)
				_, _ = w.Write(b) // Flush reports the error
				cell++
			}
		}
	}
	fmt.Fprint(w, "}")
	m.close(w, nil, []string{m.area(0), m.indicator(1), m.period(2)})
}

// series writes SDMX-JSON with a series for each area and indicator.
func (m *message) series(w *bufio.Writer) {
	m.open(w)
	fmt.Fprint(w, `"series":{`)
	cell := 0
	for a := range m.areas {
		for i := range m.indicators {
			if cell > 0 {
				fmt.Fprint(w, ",")
			}
			fmt.Fprintf(w, `"%d:%d":{"observations":{`, a, i)
			for p := range m.periods {
				b := w.AvailableBuffer()
				if p > 0 {
					b = append(b, ',')
				}
				b = put(b, strconv.Itoa(p), cell)
				_, _ = w.Write(b)
				cell++
			}
			fmt.Fprint(w, "}}")
		}
	}
	fmt.Fprint(w, "}")
	m.close(w, []string{m.area(0), m.indicator(1)}, []string{m.period(2)})
}

func (m *message) open(w *bufio.Writer) {
	fmt.Fprint(w, `{"header":{"id":"m1","test":false,"prepared":"2025-03-01T10:00:00Z","sender":{"id":"INV","name":"Invented Office"}},`,
		`"dataSets":[{"action":"Information",`)
}

// close writes the structure: dimensions of series and of observations.
func (m *message) close(w *bufio.Writer, series, observation []string) {
	fmt.Fprintf(w, `}],"structure":{"name":"Figures of areas","dimensions":{"dataSet":[],"series":[%s],"observation":[%s]},`,
		strings.Join(series, ","), strings.Join(observation, ","))
	fmt.Fprintf(w, `"attributes":{"dataSet":[],"series":[],"observation":[%s]}}}`+"\n", component("OBS_STATUS", "Observation status", "", statuses))
}

func (m *message) area(at int) string {
	return component("REF_AREA", "Area", fmt.Sprintf(`"keyPosition":%d,"role":"REF_AREA",`, at), m.areas)
}

func (m *message) indicator(at int) string {
	return component("INDICATOR", "Indicator", fmt.Sprintf(`"keyPosition":%d,`, at), m.indicators)
}

func (m *message) period(at int) string {
	return component("TIME_PERIOD", "Year", fmt.Sprintf(`"keyPosition":%d,"role":"TIME_PERIOD",`, at), m.periods)
}

// component is a dimension or an attribute of the structure.
func component(id, name, extra string, values []category) string {
	var list []string
	for _, v := range values {
		list = append(list, fmt.Sprintf(`{"id":%q,"name":%q}`, v.code, v.label))
	}
	return fmt.Sprintf(`{"id":%q,"name":%q,%s"values":[%s]}`, id, name, extra, strings.Join(list, ","))
}

// csv writes SDMX-CSV 1.0, ids alone.
func (m *message) csv(w *bufio.Writer) {
	fmt.Fprint(w, "DATAFLOW,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS\n")
	cell := 0
	for _, a := range m.areas {
		for _, i := range m.indicators {
			for _, p := range m.periods {
				b := append(w.AvailableBuffer(), "INV:FIGURES(1.0),"...)
				b = append(b, a.code...)
				b = append(b, ',')
				b = append(b, i.code...)
				b = append(b, ',')
				b = append(b, p.code...)
				b = append(b, ',')
				b, status := observation(b, cell, "")
				b = append(b, ',')
				b = append(b, statuses[status].code...)
				_, _ = w.Write(append(b, '\n'))
				cell++
			}
		}
	}
}
