package growth_test

import (
	"strings"
	"testing"

	"github.com/jsonstat-go/toolkit/convert/sdmxconv"
	"github.com/jsonstat-go/toolkit/internal/growth"
)

// component is a dimension or an attribute of a message, with n values.
func component(name string, n int) string {
	return `{"id":"` + name + `","name":"` + name + `","values":` + array(n, func(i int) string { return `{"id":` + id(i) + `,"name":"same"}` }) + `}`
}

// component1 is one with a single value.
func component1(i int) string {
	return `{"id":"d` + number(i) + `","name":"same","values":[{"id":"x","name":"X"}]}`
}

func message(dimensions, attributes, more, data string) string {
	return `{"header":{"id":"x","prepared":"2025-01-01"},"structure":{"name":"M","dimensions":{` + dimensions + `},"attributes":{` + attributes + `}` + more + `},"dataSets":[{` + data + `}]}`
}

// messages are SDMX messages that have n of something.
func messages() []shape {
	time2 := `"observation":[` + component("TIME_PERIOD", 2) + `]`
	none := `"dataSet":[],"series":[],"observation":[]`
	series := func(n int, inside string) string {
		return `"series":` + object(n, func(i int) string { return `"` + number(i) + `":{` + inside + `}` })
	}
	two := `"observations":{"0":[1],"1":[2]}`
	return []shape{
		{"series", 0, func(n int) string {
			return message(`"series":[`+component("PORT", n)+`],`+time2, none, "", series(n, two))
		}},
		{"series without names", 0, func(n int) string {
			return message(`"series":[{"id":"PORT","values":`+array(n, func(i int) string { return `{"id":` + id(i) + `}` })+`}],`+time2, none, "", series(n, two))
		}},
		{"observations", 0, func(n int) string {
			return message(`"observation":[`+component("PORT", n)+`]`, none, "", `"observations":`+object(n, func(i int) string { return `"` + number(i) + `":[1]` }))
		}},
		{"observations backward", 0, func(n int) string {
			return message(`"observation":[`+component("PORT", n)+`]`, none, "", `"observations":`+object(n, func(i int) string { return `"` + number(n-1-i) + `":[1]` }))
		}},
		{"dimensions", 1000, func(n int) string {
			return message(`"series":`+array(n, component1)+`,`+time2, none, "", `"series":{"`+strings.Repeat("0:", n-1)+`0":{`+two+`}}`)
		}},
		{"dimensions of the data set", 1000, func(n int) string {
			return message(`"dataSet":`+array(n, component1)+`,"observation":[`+component("TIME_PERIOD", 2)+`]`, none, "", two)
		}},
		{"statuses", 0, func(n int) string {
			return message(`"observation":[`+component("PORT", n)+`]`, `"observation":[`+component("OBS_STATUS", n)+`]`, "", `"observations":`+object(n, func(i int) string { return `"` + number(i) + `":[1,` + number(i) + `]` }))
		}},
		{"attributes of the data set", 1000, func(n int) string {
			return message(`"series":[`+component("PORT", 1)+`],`+time2, `"dataSet":`+array(n, component1)+`,"series":[],"observation":[]`, "", `"attributes":`+array(n, every("0"))+`,"series":{"0":{`+two+`}}`)
		}},
		{"attributes of series", 1000, func(n int) string {
			return message(`"series":[`+component("PORT", 2)+`],`+time2, `"dataSet":[],"series":`+array(n, component1)+`,"observation":[]`, "", series(2, `"attributes":`+array(n, every("0"))+`,`+two))
		}},
		{"attributes of observations", 1000, func(n int) string {
			return message(`"series":[`+component("PORT", 2)+`],`+time2, `"dataSet":[],"series":[],"observation":`+array(n, component1), "", series(2, `"observations":{"0":[1,`+list(n, every("0"))+`],"1":[2]}`))
		}},
		{"values of an attribute of series", 0, func(n int) string {
			return message(`"series":[`+component("PORT", n)+`],`+time2, `"dataSet":[],"series":[`+component("NOTE", n)+`],"observation":[]`, "",
				`"series":`+object(n, func(i int) string { return `"` + number(i) + `":{"attributes":[` + number(i) + `],` + two + `}` }))
		}},
		{"values of an attribute of observations", 0, func(n int) string {
			return message(`"observation":[`+component("PORT", n)+`]`, `"dataSet":[],"series":[],"observation":[`+component("NOTE", n)+`]`, "",
				`"observations":`+object(n, func(i int) string { return `"` + number(i) + `":[1,` + number(i) + `]` }))
		}},
		{"units of series", 0, func(n int) string {
			return message(`"series":[`+component("PORT", n)+`],`+time2, `"dataSet":[],"series":[`+component("UNIT_MEASURE", n)+`],"observation":[]`, "",
				`"series":`+object(n, func(i int) string { return `"` + number(i) + `":{"attributes":[` + number(i) + `],` + two + `}` }))
		}},
		{"annotations", 0, func(n int) string {
			return message(`"series":[`+component("PORT", 1)+`],`+time2, none, `,"annotations":`+array(n, func(i int) string {
				return `{"type":"T` + number(i) + `","title":"t","uri":"https://example.org/` + number(i) + `"}`
			}),
				`"annotations":`+array(n, number)+`,"series":{"0":{`+two+`}}`)
		}},
		{"annotations of series", 0, func(n int) string {
			return message(`"series":[`+component("PORT", n)+`],`+time2, none, `,"annotations":`+array(n, func(i int) string { return `{"type":"T","title":"t` + number(i) + `"}` }),
				`"series":`+object(n, func(i int) string { return `"` + number(i) + `":{"annotations":[` + number(i) + `],` + two + `}` }))
		}},
		{"data sets", 500, func(n int) string {
			return `{"header":{"id":"x"},"structure":{"name":"M","dimensions":{"series":[` + component("PORT", n) + `],` + time2 + `},"attributes":{` + none + `}},"dataSets":` +
				array(n, func(i int) string { return `{"series":{"` + number(i) + `":{` + two + `}}}` }) + `}`
		}},
		{"measures", 1000, func(n int) string {
			return `{"meta":{"id":"x"},"data":{"structures":[{"name":"M","dimensions":{"observation":[` + component("PORT", 1) + `]},"measures":{"observation":` +
				array(n, func(i int) string { return `{"id":"m` + number(i) + `","name":"same"}` }) + `},"attributes":{}}],"dataSets":[{"observations":{"0":` + array(n, number) + `}}]}}`
		}},
		{"languages", 0, func(n int) string {
			return message(`"series":[{"id":"PORT","name":"P","names":`+object(n, func(i int) string { return `"l` + number(i) + `":"n"` })+`,"values":[{"id":"x"}]}],`+time2, none, "", `"series":{"0":{`+two+`}}`)
		}},
		{"parents in a chain", 0, func(n int) string {
			return message(`"series":[{"id":"PORT","values":`+array(n, func(i int) string { return `{"id":` + id(i) + `,"parent":` + id(i+1) + `}` })+`}],`+time2, none, "", `"series":{"0":{`+two+`}}`)
		}},
		{"statuses as texts", 0, func(n int) string {
			return message(`"observation":[`+component("PORT", n)+`]`, `"observation":[`+component("OBS_STATUS", n)+`]`, "", `"observations":`+object(n, func(i int) string { return `"` + number(i) + `":[1,` + id(n-1-i) + `]` }))
		}},
		{"groups", 0, func(n int) string {
			return message(`"series":[`+component("PORT", n)+`],`+time2, `"dataSet":[],"series":[],"observation":[],"dimensionGroup":[`+component("OBS_STATUS", n)+`,`+component("NOTE", n)+`]`, "",
				`"dimensionGroupAttributes":`+object(n, func(i int) string { return `"` + number(i) + `:":[` + number(i) + `,` + number(i) + `]` })+`,`+series(n, two))
		}},
		{"deletions", 0, func(n int) string {
			return `{"header":{"id":"x"},"structure":{"name":"M","dimensions":{"series":[` + component("PORT", n) + `],` + time2 + `},"attributes":{` + none + `}},"dataSets":[{` + series(n, two) + `},{"action":"Delete","series":` +
				object(n/2, func(i int) string { return `"` + number(2*i) + `":{}` }) + `}]}`
		}},
		{"data sets of their own time", 1000, func(n int) string {
			return `{"header":{"id":"x"},"structure":{"name":"M","dimensions":{"series":[` + component("PORT", 2) + `],` + time2 + `},"attributes":{` + none + `}},"dataSets":` +
				array(n, func(i int) string { return `{"validFrom":"` + number(i) + `","series":{"0":{` + two + `}}}` }) + `}`
		}},
		{"links", 0, func(n int) string {
			return message(`"series":[`+component("PORT", 1)+`],`+time2, none, `,"links":`+array(n, func(i int) string {
				return `{"href":"https://example.org/` + number(i) + `","rel":"r` + number(i) + `"}`
			}), `"series":{"0":{`+two+`}}`)
		}},
		{"unknown members", 0, func(n int) string {
			return message(`"series":[`+component("PORT", 1)+`],`+time2, none, ","+list(n, by("1")), list(n, by("1"))+`,"series":{"0":{`+two+`}}`)
		}},
	}
}

func TestReadSDMX(t *testing.T) {
	for _, s := range messages() {
		t.Run(s.name, func(t *testing.T) { checkSDMX(t, s, &sdmxconv.Options{From: sdmxconv.JSON}) })
	}
}

// sdmxTables are SDMX-CSV.
func sdmxTables() []shape {
	head := "DATAFLOW,PORT,TIME_PERIOD,OBS_VALUE,OBS_STATUS,NOTE\n"
	return []shape{
		{"categories", 0, func(n int) string {
			return head + lines(n, func(i int) string { return "I:F(1.0),c" + number(i) + ",2024," + number(i) + ",A,n" })
		}},
		{"names", 0, func(n int) string {
			return head + lines(n, func(i int) string {
				return "I:F(1.0): F,c" + number(i) + ": same,2024: 2024," + number(i) + ",A: Normal,n: N"
			})
		}},
		{"statuses and notes", 0, func(n int) string {
			return head + lines(n, func(i int) string {
				return "I:F(1.0),c" + number(i) + ",2024," + number(i) + ",s" + number(i) + ",note " + number(i)
			})
		}},
		{"several notes", 0, func(n int) string {
			return "DATAFLOW,PORT,TIME_PERIOD,OBS_VALUE,NOTE[]: Note\n" + lines(n, func(i int) string {
				return "I:F(1.0): F,c" + number(i) + ",2024," + number(i) + ",a" + number(i) + ": A;b" + number(i) + ": B"
			})
		}},
		{"structures in turn", 300, func(n int) string {
			return head + lines(3*n, func(i int) string { return "F" + number(i%n) + ",c" + number(i) + ",2024,1,A,n" })
		}},
		{"deletions", 0, func(n int) string {
			return "STRUCTURE,STRUCTURE_ID,ACTION,PORT,TIME_PERIOD,OBS_VALUE\n" + lines(n, func(i int) string {
				return "dataflow,I:F(1.0),I,c" + number(i) + ",2024," + number(i)
			}) + lines(n/2, func(i int) string { return "dataflow,I:F(1.0),D,c" + number(2*i) + ",2024," })
		}},
	}
}

func TestReadSDMXCSV(t *testing.T) {
	for _, s := range sdmxTables() {
		t.Run(s.name, func(t *testing.T) { checkSDMX(t, s, &sdmxconv.Options{From: sdmxconv.CSV}) })
	}
}

func checkSDMX(t *testing.T, s shape, o *sdmxconv.Options) {
	growth.Check(t, size(s), func(n int) (func() error, error) {
		text := s.text(n)
		return func() error {
			_, err := sdmxconv.Read(strings.NewReader(text), o)
			return err
		}, nil
	})
}
